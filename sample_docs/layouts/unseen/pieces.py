"""What the layouts of this pool share: their own words, invented references, banks and logos, parties set otherwise."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

from sample_docs.generator import printing
from sample_docs.generator.chance import Chance
from sample_docs.generator.drawing import Ink, Point
from sample_docs.generator.sheet import LEADING, Run, Runs, Sheet

_TABLE: Final = Path(__file__).parent / "words.csv"
_BANKS: Final = (("Harbour & Tide Bank", "HTBK"), ("Nordquay Commercial Bank", "NQCB"), ("Banca Lanterna", "BLNT"))
_GREY: Final = "#777777"
CHARGES: Final = ("subtotal", "freight", "insurance", "discount")
Row = tuple[str, Runs]
Edges = tuple[float, float, float, float]  # left, top, right, bottom


@cache
def _words() -> dict[str, dict[str, str]]:
    """Synonyms parted by "|", by key and language."""
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        return {row["key"]: row for row in csv.DictReader(lines, delimiter=";")}


def word(sheet: Sheet, key: str) -> str:
    """This layout's word for it in the paper's language, the same one all over the paper.

    Raises:
        KeyError: `words.csv` has no such key.
    """
    row = _words()[key]
    options = (row.get(sheet.style.language) or row["en"]).split("|")
    return Chance(sheet.style.seed, sheet.paper.layout, "word", key).pick(options)


def filled(rows: Iterable[Row]) -> list[Row]:
    """Only the rows that have something to say."""
    return [(label, runs) for label, runs in rows if any(run.text.strip() for run in runs)]


def invented(sheet: Sheet, purpose: str, pattern: str) -> str:
    """A reference that is in no truth: every 9 of the pattern becomes a digit."""
    chance = sheet.chance("invented", purpose)
    return "".join(str(chance.whole(0, 9)) if sign == "9" else sign for sign in pattern)


def near(sheet: Sheet, days: int) -> str:
    """A date so many days after the paper's own (before it where negative), as it prints dates."""
    day = dt.date.fromisoformat(sheet.paper.text("date")) + dt.timedelta(days=days)
    return printing.date(day.isoformat(), sheet.style)


def total_of(sheet: Sheet, name: str, lines: Iterable[int]) -> Decimal:
    """The sum of one cell over some 0-based lines."""
    return sum((Decimal(sheet.paper.lines[line].get(name, "0")) for line in lines), Decimal(0))


def figure(sheet: Sheet, value: Decimal) -> str:
    """A number of no truth as the paper prints numbers."""
    return printing.number(f"{value:f}", sheet.style)


def bank(sheet: Sheet) -> list[str]:
    """Name, account and code of an invented bank."""
    name, code = sheet.chance("bank").pick(_BANKS)
    land = sheet.paper.company("exporter").country
    return [
        name,
        invented(sheet, "iban", f"IBAN {land}99 9999 9999 9999 9999 99"),
        f"SWIFT/BIC {code}{land}2X",
    ]


def charges(sheet: Sheet) -> list[tuple[Runs, Run]]:
    """Goods value and charges as far as the invoice has them, in this pool's words."""
    return [([Run(word(sheet, name))], sheet.value(name)) for name in CHARGES if sheet.has(name)]


def grey(ink: Ink, size: float = 7.0) -> Ink:
    """Small and grey, for captions."""
    return ink.sized(size).tinted(_GREY)


def label_rows(sheet: Sheet, at: Point, rows: Sequence[Row], *, gap: float, width: float, colon: str = "") -> float:
    """Labels down one column, values down the next; gives the y below."""
    y, ink = at[1], sheet.ink
    step = max([gap, *(ink.width(label + colon) + 7 for label, _ in rows)])
    for label, runs in rows:
        sheet.put((at[0], y), label + colon)
        end = sheet.flow((at[0] + step, y), runs, width=width - step + gap - 7 if step > gap else width)
        y = max(end, y + ink.size * LEADING) + 1
    return y


def caption(sheet: Sheet, at: Point, row: Row, *, width: float, ink: Ink | None = None) -> float:
    """A small grey label with its value underneath; gives the y below."""
    sheet.put(at, row[0], ink=grey(sheet.ink, 6.8))
    return sheet.flow((at[0], at[1] + 11), row[1], width=width, ink=ink)


def compact_party(sheet: Sheet, at: Point, name: str, *, width: float, ink: Ink | None = None) -> float:
    """The name, then street, town and country on one wrapped line; gives the y below."""
    if not sheet.has(name):
        return at[1]
    company, written = sheet.paper.company(name), ink or sheet.ink
    y = sheet.flow(at, [Run(company.name, f"{name}.name")], width=width, ink=written)
    return sheet.flow((at[0], y), address_runs(sheet, name), width=width, ink=written)


def address_runs(sheet: Sheet, name: str, *, between: str = ", ") -> list[Run]:
    """Street, town and country one after the other."""
    company = sheet.paper.company(name)
    country = printing.country(company.country, sheet.style)
    return [
        Run(company.street, f"{name}.address"),
        Run(between),
        Run(company.town, f"{name}.address"),
        Run(between),
        Run(country, f"{name}.country"),
    ]


def box(sheet: Sheet, edges: Edges, title: str, *, ink: Ink | None = None) -> Point:
    """A thin black box with its printed title; gives where its content starts."""
    sheet.frame((edges[0], edges[1]), (edges[2], edges[3]), width=0.5)
    small = ink or Ink("sans", 6)
    room = edges[2] - edges[0] - 6
    y = sheet.flow((edges[0] + 3, edges[1] + 7.5), [Run(title)] if title else [], width=room, ink=small)
    return (edges[0] + 7, y + 4)


def logo(sheet: Sheet, at: Point, size: float) -> None:
    """One of a few simple signs, its top left corner at `at`."""
    x, y, colour = at[0], at[1], sheet.style.accent
    kind = sheet.chance("logo").whole(0, 2)
    if kind == 0:
        sheet.frame(at, (x + size, y + size), width=0, fill=colour)
        sheet.stroke([(x, y + size), (x + size / 2, y + size * 0.2), (x + size, y + size)], width=2, colour="#ffffff")
    elif kind == 1:
        for step in range(3):
            low = x + step * size * 0.36
            sheet.frame((low, y + size * 0.3 * (2 - step)), (low + size * 0.26, y + size), width=0, fill=colour)
    else:
        half = size / 2
        sheet.stroke([(x, y + half), (x + half, y), (x + size, y + half), (x + half, y + size), (x, y + half)],
                     width=3, colour=colour)  # fmt: skip


def blank(sheet: Sheet, lines: int) -> None:
    """Go down by so many lines of the sheet's own type."""
    sheet.y += lines * sheet.ink.size * LEADING
