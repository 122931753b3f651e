"""`tidewaiter lodged`: what customs did with a declaration, from which the dates of its retention run."""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from desk.days import as_day
from desk.running import AsJson, Out, gravest, now, records_in, say, told
from flows.intake import readable
from schemas.retention import PROCEDURES, Procedure

if TYPE_CHECKING:
    from flows.lodging import Lodged

app = typer.Typer(add_completion=False)


@app.command()
def lodged(  # noqa: PLR0913 - one parameter for each option of the command
    reference: Annotated[str, typer.Argument(metavar="REFERENCE", help="The shipment's reference.")],
    *,
    mrn: Annotated[str, typer.Option("--mrn", metavar="MRN", help="The declaration's number at customs.")],
    accepted: Annotated[
        dt.date,
        typer.Option("--accepted", metavar="DATE", parser=as_day, help="Day of acceptance; in the US, of entry."),
    ],
    released: Annotated[
        dt.date | None, typer.Option("--released", metavar="DATE", parser=as_day, help="Day the goods were released.")
    ] = None,
    ended: Annotated[
        dt.date | None,
        typer.Option("--ended", metavar="DATE", parser=as_day, help="Day customs supervision or the procedure ended."),
    ] = None,
    corrected: Annotated[
        dt.date | None,
        typer.Option("--corrected", metavar="DATE", parser=as_day, help="Day customs found the entry wrong."),
    ] = None,
    procedure: Annotated[
        Procedure, typer.Option("--procedure", metavar="P", help=f"One of {', '.join(PROCEDURES)}.")
    ] = "free_circulation",
    revision: Annotated[
        int | None, typer.Option("--revision", metavar="N", help="The revision that was lodged. [the last]")
    ] = None,
    broker: Annotated[
        str | None, typer.Option("--broker", metavar="ID", help="Whose shipment. [TIDEWAITER_BROKER]")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="ID", help="Who says so; by default who runs this.")] = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Record that a declaration was lodged; its papers are kept by these days. Told again with more, it adds."""
    codes: set[int] = set()
    with told(codes), records_in(out) as records:
        from flows import lodging, steps  # noqa: PLC0415 - see `records_in`

        wish = lodging.LodgementWish(
            mrn,
            accepted,
            released=released,
            ended=ended,
            corrected=corrected,
            procedure=procedure,
            revision=revision,
        )
        owner = broker or records.settings.broker
        found = lodging.lodge(reference, wish, records, broker=owner, by=by or steps.user_here(), now=now())
        _print(found, as_json=as_json)
        codes.add(0)
    raise typer.Exit(gravest(codes))


def _print(found: Lodged, *, as_json: bool) -> None:
    if as_json:
        whole = {"lodgement": found.record.model_dump(mode="json"), "is_new": found.is_new,
                 "last_day": found.due.last_day.isoformat(), "notes": found.notes}  # fmt: skip
        sys.stdout.write(json.dumps(whole, ensure_ascii=False) + "\n")
        return
    record = found.record
    said = "is recorded" if found.is_new else "was recorded before"
    typer.echo(readable(f"{record.reference} #{record.revision} lodged as {record.mrn}: {said}"))
    typer.echo(f"kept until {found.due.last_day} ({found.due.kept[0].rule.source})")
    for note in found.notes:
        say(note)
    if found.settled.missing:
        say(f"not in the archive: {', '.join(found.settled.missing)}. Run `tidewaiter audit`")
