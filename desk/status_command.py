"""`tidewaiter status`: how the work stands."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import typer
from rich.console import Console

from desk.printing import plain_table, plain_text
from desk.running import AsJson, Out, gravest, records_in, told
from schemas.results import Status

if TYPE_CHECKING:
    from flows.figures import Figures


def status(*, out: Out = None, as_json: AsJson = False) -> None:
    """Show how many shipments stand how, what has waited for longest, and how old the lists are."""
    codes: set[int] = set()
    with told(codes), records_in(out) as records:
        from flows import figures, figures_source  # noqa: PLC0415 - see `workshop_in`

        found = figures_source.figures_now(records)
        if as_json:
            sys.stdout.write(json.dumps(figures.told(found), ensure_ascii=False) + "\n")
        else:
            _print(found)
            if records.settings.desk_url is not None:
                typer.echo(f"desk: {records.settings.desk_url}")
        codes.add(0)
    raise typer.Exit(gravest(codes))


def _print(figures: Figures) -> None:
    console = Console(highlight=False) if Console().is_terminal else Console(highlight=False, width=140)
    table = plain_table("", "clear", "held", "rejected")
    for name, counts in (
        ("shipments", figures.shipments),
        ("received in the last hour", figures.last_hour),
        ("received in the last day", figures.last_day),
    ):
        table.add_row(name, *_counts(counts))
    console.print(table)
    for line in _lines(figures):
        console.print(plain_text(line), soft_wrap=True)


def _counts(counts: Mapping[Status, int]) -> tuple[str, str, str]:
    return str(counts["clear"]), str(counts["held"]), str(counts["rejected"])


def _lines(figures: Figures) -> Iterator[str]:
    held, queue = figures.oldest_held, figures.queue
    if queue is not None:
        waited = f", the oldest for {age_in_words(figures.age(queue.oldest))}" if queue.oldest else ""
        yield f"inbox: {queue.waiting}{' or more' if queue.more else ''} waiting{waited}"
    if held is not None:
        where = f"{held.broker}/{held.reference} #{held.revision}"
        yield f"held for longest: {where}, for {age_in_words(figures.age(held.received_at))}"
    if figures.quarantined:
        yield f"quarantine: {figures.quarantined} files could not be taken"
    for one in figures.lists:
        version = one.version
        what = f"{version.kind}{' for ' + version.scope if version.scope else ''}"
        named = f": {version.name}" if version.name else ""
        yield f"list {what}{named}, loaded {age_in_words(figures.age(one.loaded_at))} ago"


def age_in_words(age: dt.timedelta) -> str:
    """In its largest unit: "3 days", "1 hour", "0 minutes"."""
    for unit, seconds in (("day", 86400), ("hour", 3600), ("minute", 60)):
        count = int(age.total_seconds()) // seconds
        if count or unit == "minute":
            break
    return f"{count} {unit}{'' if count == 1 else 's'}"
