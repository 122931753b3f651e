"""`tidewaiter evidence`: a shipment with all its proofs, in one file for an auditor."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from desk.progress import ReadingProgress
from desk.running import Out, gravest, messages, now, say, told, workshop_in
from flows.errors import NoSuchPathError

_SIZE = re.compile(rb"\A[^\n]+\n([1-9][0-9]{0,17})\n")


def evidence(
    reference: Annotated[str, typer.Argument(metavar="REFERENCE", help="The shipment's reference.")],
    *,
    target: Annotated[
        Path | None, typer.Option("--into", "-o", metavar="FILE", help="The pack. [REFERENCE-evidence.zip]")
    ] = None,
    checkpoint: Annotated[
        list[Path] | None,
        typer.Option("--checkpoint", metavar="FILE", help="A kept checkpoint to prove from, in a very long journal."),
    ] = None,
    broker: Annotated[
        str | None, typer.Option("--broker", metavar="ID", help="Whose shipment. [TIDEWAITER_BROKER]")
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="ID", help="Who makes it; by default who runs this.")
    ] = None,
    out: Out = None,
) -> None:
    """Write originals, page pictures, records, journal entries with proofs, and what checks them all, into one file."""
    codes: set[int] = set()
    with told(codes), workshop_in(out) as workshop, ReadingProgress(messages, reference) as progress:
        from flows import evidence as packs  # noqa: PLC0415 - see `workshop_in`
        from flows import fetching, journal, steps  # noqa: PLC0415 - likewise

        sizes = tuple(_size(path) for path in checkpoint or ())
        owner, who = broker or workshop.settings.broker, by or steps.user_here()
        journal.viewed(owner, reference, who, workshop.journal)
        pack = target or Path(f"{fetching.file_name(reference)}-evidence.zip")
        wanted = packs.Wanted(owner, reference, who, now(), sizes)
        missing = packs.make_pack(wanted, pack, workshop, workshop.journal, progress.on_page)
        typer.echo(
            f"{pack}: unpack it, and in its folder run `python3 verify.py --key VKEY`. VKEY is the journal's public "
            "key, as its operator tells it (`tidewaiter journal status`)"
        )
        codes.add(0)
        for key in missing:
            say(f"{key}: the journal names it, and the archive has it no longer. See `tidewaiter audit`")
    raise typer.Exit(gravest(codes))


def _size(path: Path) -> int:
    """Of the journal as a kept checkpoint tells it; raises `NoSuchPathError` for a file that is none."""
    remedy = "Give the file of a checkpoint that you kept"
    try:
        told = _SIZE.match(path.read_bytes())
    except OSError as error:
        raise NoSuchPathError(f"{path}: {error.strerror}. {remedy}") from error
    if told is None:
        raise NoSuchPathError(f"{path}: is no checkpoint. {remedy}")
    return int(told[1])
