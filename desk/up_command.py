"""`tidewaiter up`: the whole stack on this machine, and what it says at the terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from desk.first_sign_in import tell_first_sign_in
from desk.languages_told import tell_what_tesseract_lacks
from desk.running import Out, gravest, named_folder, say, told
from flows.settings import Settings, load_settings

_PORTS = (1024, 50_000)
_DESK = (sys.executable, "-m", "desk.up_desk")


def up(
    *,
    once: Annotated[bool, typer.Option("--once", help="End when the inbox is empty, with an exit code.")] = False,
    exchange: Annotated[
        Path | None,
        typer.Option(
            "--exchange", metavar="DIR", parser=named_folder, help="Folder with inbox and outbox. [the bucket]"
        ),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option("--port", metavar="N", min=_PORTS[0], max=_PORTS[1], help="First of six ports. [free]"),
    ] = None,
    lanes: Annotated[
        int | None,
        typer.Option("--lanes", metavar="N", min=1, max=64, help="Shipments cleared at once. [one for each core]"),
    ] = None,
    no_desk: Annotated[bool, typer.Option("--no-desk", help="Leave the desk away; --once does, too.")] = False,
    out: Out = None,
) -> None:
    """Run the stack on this machine: object store, Prefect, the workers that watch the inbox, and the desk."""
    codes: set[int] = set()
    with told(codes):
        from flows.up.desk_server import Desk  # noqa: PLC0415 - boto3 takes a second to import, and help should not wait
        from flows.up.stack import run  # noqa: PLC0415 - likewise

        settings = load_settings()
        named = {"data_dir": out, "exchange_dir": exchange and exchange.absolute(), "lanes": lanes}
        chosen = settings.model_copy(update={name: path for name, path in named.items() if path is not None})
        tell_what_tesseract_lacks()
        desk = None if once or no_desk else Desk(_DESK, _tell_first_sign_in)
        codes.add(run(chosen, once=once, port=port, say=say, desk=desk))
    raise typer.Exit(gravest(codes))


def _tell_first_sign_in(settings: Settings) -> None:
    """Told here and not by the desk's process, whose lines go into the log of the stack."""
    from flows.accounts import open_accounts  # noqa: PLC0415 - see `up`

    with open_accounts(settings) as accounts:
        tell_first_sign_in(accounts)
