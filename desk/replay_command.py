"""`tidewaiter replay`: an old case judged anew, beside what was found then."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from desk.printing import plain_table, plain_text
from desk.progress import ReadingProgress
from desk.running import AsJson, Out, gravest, messages, told, workshop_in

if TYPE_CHECKING:
    from flows.replaying import Replay

DIFFERS = 10
_SHOWN = 60


def replay(
    reference: Annotated[str, typer.Argument(metavar="REFERENCE", help="The shipment's reference.")],
    *,
    revision: Annotated[
        int | None, typer.Option("--revision", metavar="N", min=1, help="Which one. [the latest]")
    ] = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Judge an old shipment anew as of its day, with the program of today, and show what differs; nothing is filed."""
    codes: set[int] = set()
    with told(codes), workshop_in(out) as workshop, ReadingProgress(messages, reference) as progress:
        from flows.replaying import replay as replayed  # noqa: PLC0415 - see `workshop_in`

        found = replayed(reference, revision, workshop, progress.on_page)
        codes.add(DIFFERS if found.differences else 0)
        if as_json:
            sys.stdout.write(f"{_as_json(found)}\n")
        else:
            _print(found)
    raise typer.Exit(gravest(codes))


def _as_json(found: Replay) -> str:
    result = found.then
    told = {
        "broker": result.broker,
        "reference": result.reference,
        "revision": result.revision,
        "as_of": result.as_of.isoformat(),
        "rules": {"then": found.rules_then, "now": found.rules_now},
        "status": {"then": result.status, "now": found.now.status},
        "differences": [asdict(one) for one in found.differences],
    }
    return json.dumps(told, ensure_ascii=False)


def _print(found: Replay) -> None:
    console = Console(highlight=False) if Console().is_terminal else Console(highlight=False, width=140)
    result = found.then
    console.print(plain_text(f"{result.reference} #{result.revision} as of {result.as_of}, judged anew"))
    if found.rules_then == found.rules_now:
        console.print(plain_text(f"Rules then and now: {found.rules_then}"), soft_wrap=True)
    else:
        console.print(plain_text(f"Rules then: {found.rules_then}\nRules now:  {found.rules_now}"), soft_wrap=True)
    if not found.differences:
        console.print(f"Nothing differs: {result.status} then and now.")
        return
    table = plain_table("where", "then", "now")
    for one in found.differences:
        table.add_row(plain_text(one.where), plain_text(_short(one.then)), plain_text(_short(one.now)))
    console.print(table)


def _short(value: str | None) -> str:
    if value is None:
        return "nothing"
    return value if len(value) <= _SHOWN else f"{value[: _SHOWN - 1]}\u2026"
