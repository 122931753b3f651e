"""`tidewaiter find`: shipments by what their papers carry, out of the register."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer
from rich.console import Console
from rich.table import Table

from desk import find_options as asked
from desk.places import place_of, place_text
from desk.printing import plain_table, plain_text
from desk.running import AsJson, Out, gravest, records_in, say, told

if TYPE_CHECKING:
    from archive.searching import Found, FoundShipment, Place

app = typer.Typer(add_completion=False)
_LACKING: Final = (
    "the register may lack shipments, those that are finished just now and those that it has not been told of since "
    "they were archived: the next `clear`, `up` or `worker` tells it, `tidewaiter register rebuild` at once"
)


@app.command()
def find(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    reference: asked.Reference = None,
    number: asked.Number = None,
    party: asked.Party = None,
    file_name: asked.FileName = None,
    is_exact: asked.IsExact = False,
    hs_code: asked.HsCode = None,
    status: asked.Status = None,
    amount: asked.Amount = None,
    at_least: asked.AtLeast = None,
    at_most: asked.AtMost = None,
    currency: asked.Currency = None,
    digest: asked.Digest = None,
    file: asked.File = None,
    broker: asked.Broker = None,
    since: asked.Since = None,
    until: asked.Until = None,
    limit: asked.Limit = 20,
    after: asked.After = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Find the shipments that meet every condition, newest first; what any revision carried counts."""
    if (at_least, at_most) != (None, None) and (currency is None or amount is not None):
        raise typer.BadParameter("goes with --currency, and not with --amount", param_hint="--at-least, --at-most")
    if file is not None and digest is not None:
        raise typer.BadParameter("tells the digest; give one of the two", param_hint="--file")
    sought, place = digest if file is None else _digest_of(file), _place(after)
    codes: set[int] = set()
    with told(codes), records_in(out) as records:
        from archive.searching import Search  # noqa: PLC0415 - see `records_in`

        search = Search(
            broker=broker,
            reference=reference,
            number=number,
            party=party,
            hs_code=hs_code,
            status=status,
            amount=amount,
            at_least=at_least,
            at_most=at_most,
            currency=currency,
            digest=sought,
            file=file_name,
            since=since,
            until=until,
            is_exact=is_exact,
        )
        found = records.register.find(search, limit=limit, after=place)
        _print_json(found) if as_json else _print(found)
        codes.add(0)
    raise typer.Exit(gravest(codes))


def _digest_of(file: Path) -> str:
    try:
        with file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        raise typer.BadParameter(f"{file}: {error.strerror}", param_hint="--file") from error


def _place(text: str | None) -> Place | None:
    try:
        return None if text is None else place_of(text)
    except ValueError as error:
        raise typer.BadParameter("is no place; give that which a page named", param_hint="--after") from error


def _print_json(found: Found) -> None:
    last = found.shipments[-1].place if found.has_more else None
    shown = {
        "shipments": [_as_json(one) for one in found.shipments],
        "next": None if last is None else place_text(last),
        "complete": found.is_whole,
    }
    sys.stdout.buffer.write(json.dumps(shown, ensure_ascii=False).encode() + b"\n")
    sys.stdout.flush()


def _as_json(one: FoundShipment) -> dict[str, object]:
    return {
        "broker": one.broker,
        "reference": one.reference,
        "revision": one.revision,
        "status": one.status,
        "as_of": one.as_of.isoformat(),
        "received_at": one.received_at.isoformat(),
        "invoices": one.invoices,
        "exporter": one.exporter,
    }


def _print(found: Found) -> None:
    console = Console(highlight=False) if Console().is_terminal else Console(highlight=False, width=140)
    if found.shipments:
        console.print(_table(found))
    else:
        say("no shipment meets every condition")
    if found.has_more:
        place = place_text(found.shipments[-1].place)
        console.print(plain_text(f"There are more: the same with --after {place}"), soft_wrap=True)
    if not found.is_whole:
        say(_LACKING)


def _table(found: Found) -> Table:
    table = plain_table("shipment", "status", "as of", "received (UTC)", "invoices", "exporter")
    for one in found.shipments:
        table.add_row(
            plain_text(f"{one.broker}/{one.reference} #{one.revision}"),
            one.status,
            one.as_of.isoformat(),
            f"{one.received_at:%Y-%m-%d %H:%M}",
            plain_text(", ".join(one.invoices)),
            plain_text(one.exporter or ""),
        )
    return table
