"""`tidewaiter fetch`: a shipment's originals and records, out of the archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desk.running import OUR_ERROR, Out, gravest, records_in, say, told


def fetch(
    reference: Annotated[str, typer.Argument(metavar="REFERENCE", help="The shipment's reference.")],
    *,
    target: Annotated[Path, typer.Option("--into", "-o", metavar="DIR", help="Folder to write below.")] = Path(),
    broker: Annotated[
        str | None, typer.Option("--broker", metavar="ID", help="Whose shipment. [TIDEWAITER_BROKER]")
    ] = None,
    out: Out = None,
) -> None:
    """Bring a shipment's originals as they were received, and every record of it, into a folder of its name."""
    codes: set[int] = set()
    with told(codes), records_in(out) as records:
        from flows import fetching  # noqa: PLC0415 - see `records_in`

        owner = broker or records.settings.broker
        fetched = fetching.fetch(owner, reference, records.archive, records.store, target)
        typer.echo(f"{fetched.files} files in {fetched.folder}")
        codes.add(OUR_ERROR if fetched.missing else 0)
        for name in fetched.missing:
            say(f"{name}: is no longer in the archive. `tidewaiter audit` says whether it was disposed of rightly")
    raise typer.Exit(gravest(codes))
