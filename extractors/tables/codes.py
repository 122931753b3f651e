"""Article numbers that begin the descriptions, where no column of their own has them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from extractors.layout.spans import span_of
from extractors.tables.description import details_of, ends_in_codes
from extractors.tables.parts import Cell, Column, TableRow
from extractors.values.identifiers import parse_hs_code
from schemas.pages import Word

_CODE: Final = re.compile(r"(?=.*\d)[A-Z0-9]+(?:[-./_][A-Z0-9]+)*")
_AMOUNT: Final = re.compile(r"\d{1,3}(?:[.,]\d{3})*(?:[.,]\d{1,2})?")
_DASHES: Final = frozenset("-–—")
_FEWEST_DIGITS: Final = 2
_FEWEST_SIGNS: Final = 4
_MOST: Final = 0.8
"""The share of items whose descriptions must begin with a code of one shape."""
_APART: Final = 0.5
"""Text heights behind a code that are more than a space."""


def without_codes(rows: Sequence[TableRow], columns: Sequence[Column]) -> tuple[list[TableRow], tuple[Column, ...]]:
    """The rows with the codes at the start of their descriptions as cells of their own.

    All codes must have one shape and differ. A single item shows no shape: its code must stand apart from the words.
    """
    cells = [row.cells.get("description") for row in rows]
    codes = [_code(cell) if cell else "" for cell in cells]
    shape, count = Counter(map(_shape, filter(None, codes))).most_common(1)[0] if any(codes) else ("", 0)
    filled = [cell for cell in cells if cell]
    if not count or count < _MOST * len(filled) or _elsewhere(rows, filled) or not _telling(codes, filled):
        return list(rows), tuple(columns)
    done = [
        _parted(row, cell) if cell and code and _shape(code) == shape else row
        for row, cell, code in zip(rows, cells, codes, strict=True)
    ]
    words = next(c for c in columns if c.concept == "description")
    return done, (*columns, replace(words, concept="part_number", stack=()))


def _code(cell: Cell) -> str:
    """The first word where it may be an article number that words follow, beside it or below; else ""."""
    text = cell.words[0].text
    long = sum(c.isalnum() for c in text) >= _FEWEST_SIGNS and sum(c.isdigit() for c in text) >= _FEWEST_DIGITS
    named = any(c.isalpha() for w in cell.words[1:] for c in w.text)
    if not (long and named and _CODE.fullmatch(text)) or _AMOUNT.fullmatch(text) or parse_hs_code(text):
        return ""
    return text if not text.isdigit() or len(text) > _FEWEST_SIGNS else ""


def _shape(code: str) -> str:
    """Letters, digits and marks in their order: "KX15702" and "KX803" are alike; plain numbers also in their length."""
    return f"9{len(code)}" if code.isdigit() else re.sub(r"\d+", "9", re.sub(r"[A-Z]+", "A", code))


def _elsewhere(rows: Sequence[TableRow], cells: Sequence[Cell]) -> bool:
    """True where the items say their article numbers in a column, behind a label or on a line of their own."""
    if any("part_number" in row.cells for row in rows) or ends_in_codes(cells):
        return True
    return any("part_number" in details_of(cell, float("inf")).found for cell in cells)


def _telling(codes: Sequence[str], cells: Sequence[Cell]) -> bool:
    """True where the codes differ from item to item, or stand apart from the words behind them."""
    if len(cells) > 1 and len(set(codes)) == len(codes):
        return True
    return all(_apart(cell.spans[0].words) for cell in cells)


def _apart(words: Sequence[Word]) -> bool:
    if len(words) == 1:
        return True
    code, after = words[:2]
    return after.text in _DASHES or after.box.x0 - code.box.x1 > _APART * code.box.height


def _parted(row: TableRow, cell: Cell) -> TableRow:
    first = cell.spans[0]
    start = 2 if first.words[1:] and first.words[1].text in _DASHES else 1
    rest = [span_of(first.page, first.words[start:])] if first.words[start:] else []
    code = Cell((span_of(first.page, first.words[:1]),))
    return replace(row, cells={**row.cells, "part_number": code, "description": Cell((*rest, *cell.spans[1:]))})
