"""`tidewaiter worker`: one of several workers, which share a store, a register and a Prefect server."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from desk.languages_told import tell_what_tesseract_lacks
from desk.running import gravest, told
from flows.settings import load_settings


def _lane(text: str) -> str:
    told = re.fullmatch(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})", text)
    if told is None or int(told[1]) > int(told[2]):
        raise typer.BadParameter("is no share; write 2/3 for the second of three workers")
    return text


def worker(
    *,
    once: Annotated[bool, typer.Option("--once", help="End when the inbox is empty, with an exit code.")] = False,
    lane: Annotated[
        str | None,
        typer.Option(
            "--lane", metavar="N/M", parser=_lane, help="Begin with the N-th of M shares of the shipments. [all]"
        ),
    ] = None,
    single: Annotated[
        bool, typer.Option("--single", help="No other worker uses this archive: the register may be a file.")
    ] = False,
) -> None:
    """Watch the inbox and clear what is ready, beside other workers on other machines."""
    codes: set[int] = set()
    with told(codes):
        from flows.several_machines import refuse_what_stays_here  # noqa: PLC0415 - Prefect takes seconds to import
        from flows.up import worker as process  # noqa: PLC0415 - likewise

        refuse_what_stays_here(load_settings(), single=single)
        tell_what_tesseract_lacks()
        options = [process.ONCE] if once else []
        raise typer.Exit(process.main([*options, f"{process.LANE}{lane}"] if lane else options))
    raise typer.Exit(gravest(codes))
