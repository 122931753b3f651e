"""Rows between the items: headings of groups, sums of groups, amounts carried over a page break, the row of totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from sample_docs.generator import printing
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.layouts.training.columns import field_of
from sample_docs.layouts.training.table import NOT_CARRIED, Band, Carry, Row
from sample_docs.layouts.training.words import word

_FILLS = ("", "", "#efefef", "#e8edf4")
_NOTHING = Decimal(0)


def grouped(sheet: Sheet, kinds: Sequence[str], *, sums: Sequence[str] = ()) -> list[Row]:
    """The lines, perhaps under headings of one of the kinds: `origin`, `order`, `delivery`, `pallet`."""
    lines, chance = range(len(sheet.paper.lines)), sheet.chance("groups")
    if not kinds:
        return list(lines)
    kind = chance.pick(kinds)
    starts = _origin_starts(sheet) if kind == "origin" else _random_starts(sheet)
    rows: list[Row] = []
    with_sums = bool(sums) and len(starts) > 1 and chance.happens(0.5)
    for at, start in enumerate(starts):
        end = starts[at + 1] if at + 1 < len(starts) else len(lines)
        rows += [_heading(sheet, kind, range(start, end)), *range(start, end)]
        if with_sums:
            rows.append(_group_sum(sheet, range(start, end), sums))
    return rows


def _origin_starts(sheet: Sheet) -> list[int]:
    lines = sheet.paper.lines
    return [at for at, line in enumerate(lines) if at == 0 or line.get("origin") != lines[at - 1].get("origin")]


def _random_starts(sheet: Sheet) -> list[int]:
    """Groups of a few lines each."""
    chance, starts = sheet.chance("group starts"), [0]
    while starts[-1] < len(sheet.paper.lines):
        starts.append(starts[-1] + chance.whole(1, 6))
    return starts[:-1]


def _heading(sheet: Sheet, kind: str, lines: Sequence[int]) -> Band:
    chance, text = sheet.chance("heading"), word(sheet, f"group_{kind}")
    fill, strong = chance.pick(_FILLS), chance.happens(0.7)
    if kind == "origin":
        names = [f"lines.{line}.origin" for line in lines]
        country = printing.country(sheet.paper.lines[lines[0]]["origin"], sheet.style)
        return Band([Run(f"{text} "), Run(country, names[0], tuple(names[1:]))], strong=strong, fill=fill)
    if kind == "pallet":
        return Band([Run(f"{text} {lines[0] + 1}")], strong=strong, fill=fill)
    number = sheet.chance("heading number", lines[0]).digits(6)
    return Band([Run(f"{text} {number}")], strong=strong, fill=fill)


def _group_sum(sheet: Sheet, lines: Sequence[int], names: Sequence[str]) -> Band:
    sums = {name: Run(_sum(sheet, lines, name)) for name in names}
    return Band([Run(word(sheet, "group_subtotal"))], sums, strong=sheet.chance("sum").happens(0.4))


def _sum(sheet: Sheet, lines: Sequence[int], name: str) -> str:
    values = [Decimal(sheet.paper.lines[line].get(field_of(name)) or 0) for line in lines]
    return printing.number(f"{sum(values, _NOTHING):f}", sheet.style)


def carrying(sheet: Sheet, names: Sequence[str]) -> Carry:
    """What is carried over page breaks: sums so far at the foot, again at the head of the next page, or nothing."""
    chance = sheet.chance("carried")
    if not names or not chance.happens(0.45):
        return NOT_CARRIED

    def band(last: int, key: str) -> Band | None:
        sums = {name: Run(_sum(sheet, range(last + 1), name)) for name in names}
        return Band([Run(word(sheet, key))], sums, strong=False) if last >= 0 else None

    before = Carry(lambda last: band(last, "carried_over"))
    return replace(before, after=lambda last: band(last, "brought_over")) if chance.happens(0.7) else before


def totals_row(sheet: Sheet, runs: Runs, sums: dict[str, Run]) -> Band:
    """The last row of a table, naming the paper's own totals."""
    chance = sheet.chance("totals row")
    return Band(runs, sums, strong=chance.happens(0.75), fill=chance.pick(_FILLS))
