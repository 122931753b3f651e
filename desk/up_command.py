"""`tidewaiter up`: the whole stack on this machine, and what it says at the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desk.running import Out, gravest, say, told
from flows.settings import load_settings

_PORTS = (1024, 50_000)


def up(
    *,
    once: Annotated[bool, typer.Option("--once", help="End when the inbox is empty, with an exit code.")] = False,
    exchange: Annotated[
        Path | None,
        typer.Option("--exchange", metavar="DIR", help="Folder with inbox and outbox. [the bucket]"),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option("--port", metavar="N", min=_PORTS[0], max=_PORTS[1], help="First of five ports. [free]"),
    ] = None,
    lanes: Annotated[
        int | None,
        typer.Option("--lanes", metavar="N", min=1, max=64, help="Shipments cleared at once. [one for each core]"),
    ] = None,
    out: Out = None,
) -> None:
    """Run the stack on this machine: object store, Prefect, and the worker that watches the inbox."""
    codes: set[int] = set()
    with told(codes):
        from flows.up.stack import run  # noqa: PLC0415 - boto3 takes a second to import, and help should not wait

        settings = load_settings()
        named = {"data_dir": out, "exchange_dir": exchange and exchange.absolute(), "lanes": lanes}
        chosen = settings.model_copy(update={name: path for name, path in named.items() if path is not None})
        codes.add(run(chosen, once=once, port=port, say=say))
    raise typer.Exit(gravest(codes))
