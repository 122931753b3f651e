"""`tidewaiter worker`: one of several workers, which share a store, a register and a Prefect server."""

from __future__ import annotations

from typing import Annotated

import typer

from desk.running import gravest, told
from flows.settings import load_settings


def worker(
    *,
    once: Annotated[bool, typer.Option("--once", help="End when the inbox is empty, with an exit code.")] = False,
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
        raise typer.Exit(process.main([process.ONCE] if once else []))
    raise typer.Exit(gravest(codes))
