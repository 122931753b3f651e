"""The conditions of `tidewaiter find`, as they are typed: what cannot be looked for is refused."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer

from archive.entries import amount_value
from archive.names import number_key, party_key
from desk.days import as_day
from schemas.results import Status as AnyStatus


def _text(text: str) -> str:
    return _comparable(text, text.strip())


def _number(text: str) -> str:
    return _comparable(text, number_key(text))


def _party(text: str) -> str:
    return _comparable(text, party_key(text))


def _comparable(text: str, compared: str) -> str:
    if not compared:
        raise typer.BadParameter("has nothing to look for; give letters or digits")
    return text


def _code(text: str) -> str:
    digits = re.sub(r"[ .]", "", text)
    if not re.fullmatch(r"[0-9]{2,10}", digits):
        raise typer.BadParameter("is no HS code; give its first two to ten digits")
    return digits


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if amount_value(amount) is None:
        raise typer.BadParameter("is no amount; give one such as 17447.00")
    return amount


def _currency(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{3}", text):
        raise typer.BadParameter("is no currency; give its three letters")
    return text.upper()


def _digest(text: str) -> str:
    if not re.fullmatch(r"[0-9A-Fa-f]{8,64}", text):
        raise typer.BadParameter("is no SHA-256 digest; give its 64 digits, or the first eight or more")
    return text.lower()


Reference = Annotated[
    str | None, typer.Option("--reference", metavar="TEXT", parser=_text, help="Beginning of the reference.")
]
Number = Annotated[
    str | None, typer.Option("--number", metavar="NUMBER", parser=_number, help="Number of any of the documents.")
]
Party = Annotated[
    str | None, typer.Option("--party", metavar="NAME", parser=_party, help="Beginning of the name of any party.")
]
FileName = Annotated[
    str | None, typer.Option("--file-name", metavar="NAME", parser=_text, help="Beginning of an original's file name.")
]
IsExact = Annotated[bool, typer.Option("--exact", help="Reference, party and file name are whole, no beginnings.")]
HsCode = Annotated[
    str | None,
    typer.Option("--hs-code", metavar="DIGITS", parser=_code, help="HS code, or its first two digits or more."),
]
Status = Annotated[
    AnyStatus | None, typer.Option("--status", metavar="STATUS", help="clear, held or rejected, as it stands now.")
]
Amount = Annotated[
    Decimal | None,
    typer.Option("--amount", metavar="AMOUNT", parser=_amount, help="Total of an invoice or of the declaration."),
]
AtLeast = Annotated[
    Decimal | None, typer.Option("--at-least", metavar="AMOUNT", parser=_amount, help="Such a total, or more.")
]
AtMost = Annotated[
    Decimal | None, typer.Option("--at-most", metavar="AMOUNT", parser=_amount, help="Such a total, or less.")
]
Currency = Annotated[
    str | None, typer.Option("--currency", metavar="CUR", parser=_currency, help="Currency of that total.")
]
Digest = Annotated[
    str | None,
    typer.Option("--digest", metavar="HEX", parser=_digest, help="SHA-256 of an original, or its beginning."),
]
File = Annotated[
    Path | None,
    typer.Option("--file", metavar="PATH", exists=True, dir_okay=False, help="A file: whose original is it?"),
]
Broker = Annotated[str | None, typer.Option("--broker", metavar="ID", help="Whose shipments; by default everybody's.")]
Since = Annotated[
    dt.date | None,
    typer.Option("--since", metavar="DATE", parser=as_day, help="First day (UTC) on which papers were first received."),
]
Until = Annotated[dt.date | None, typer.Option("--until", metavar="DATE", parser=as_day, help="Last such day.")]
Limit = Annotated[int, typer.Option("--limit", metavar="N", min=1, max=1000, help="How many to show.")]
After = Annotated[
    str | None, typer.Option("--after", metavar="PLACE", help="Go on behind the last of a page, as it says.")
]
