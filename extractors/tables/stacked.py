"""Two values one above the other in one column: "Net kg" over "Gross kg", the article's number over its description."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from extractors.layout.spans import Span, span_of
from extractors.tables.labelled import is_code
from extractors.tables.numerals import is_amount
from extractors.tables.parts import Cell, Column, TableRow
from extractors.tables.rows import COUNTED, Line
from extractors.values.countries import parse_country
from extractors.values.identifiers import parse_hs_code
from extractors.values.units import parse_unit
from schemas.pages import Word

_MOST: Final = 0.6
"""The share of items whose cell must hold all that the labels name."""
_NEAR: Final = 0.8
"""Text heights between two lines of one cell at most."""


def _sole_code(text: str) -> bool:
    """One word with digits, of four signs or more."""
    return is_code(text) or re.fullmatch(r"(?=\D*\d)[A-Z0-9./_-]{4,}", text) is not None


_SIGNS: Final[dict[str, Callable[[str], object]]] = {
    "hs_code": parse_hs_code, "origin": parse_country, "unit": parse_unit, "part_number": _sole_code,
    "description": lambda text: any(c.isalpha() for c in text),
}  # fmt: skip


def one_item_each(lines: Sequence[Line]) -> list[Line]:
    """The lines, where one that only goes on with the lower values of stacked columns is no item of its own."""
    kept = list(lines[:1])
    for upper, line in pairwise(lines):
        below = kept[-1].kind == "item" and upper.box.overlap_y(line.box) > -_NEAR * line.box.height
        lower = line.kind == "item" and line.running_number is None and line.only_stacked
        kept.append(replace(line, kind="text") if below and lower else line)
    return kept


def unstacked(rows: Sequence[TableRow], columns: Sequence[Column]) -> tuple[list[TableRow], tuple[Column, ...]]:
    """The rows with stacked cells divided, where most of them hold what their column's labels say, line by line.

    The column keeps the first label's meaning: what stands in the row of the sums belongs to that.
    """
    done, kept = list(rows), list(columns)
    for at, column in enumerate(columns):
        own = {c.concept for c in columns if c is not column}
        if not column.stack or own & set(column.stack):
            continue
        stack = _named(column.stack, own)
        parts = [
            _counted_within(c, stack) or _parts(c, stack) or _beside(c, stack)
            for c in (row.cells.get(column.concept) for row in done)
        ]
        filled = [row for row in done if column.concept in row.cells]
        if filled and sum(map(bool, parts)) >= _MOST * len(filled):
            done = [_divided(row, column.concept, part) if part else row for row, part in zip(done, parts, strict=True)]
            kept[at] = replace(column, concept=stack[0])
    return done, tuple(kept)


def _named(stack: Sequence[str], own: set[str]) -> tuple[str, ...]:
    """The stack, where "Item" or "Code" above, below or beside the description is the article's number."""
    coded = "description" in stack and "part_number" not in {*stack, *own}
    return tuple("part_number" if c in ("item", "code") and coded else c for c in stack)


def _divided(row: TableRow, concept: str, parts: dict[str, Cell]) -> TableRow:
    rest = {name: cell for name, cell in row.cells.items() if name != concept}
    return replace(row, cells={**rest, **parts})


def _parts(cell: Cell | None, stack: Sequence[str]) -> dict[str, Cell]:
    """The lines of a cell by meaning, from top to bottom; words take what is over. Empty where they do not fit."""
    spans = cell.spans if cell else ()
    spare = len(spans) - len(stack)
    if spare < 0 or (spare and "description" not in stack) or (spare and "quantity" in stack):
        return {}
    found: dict[str, Cell] = {}
    at = 0
    for concept in stack:
        size = 1 + (spare if concept == "description" else 0)
        found[concept] = Cell(tuple(spans[at : at + size]))
        at += size
    return found if all(_fits(concept, part.spans) for concept, part in found.items()) else {}


def _counted_within(cell: Cell | None, stack: Sequence[str]) -> dict[str, Cell]:
    """A description with the one line that is nothing but a number and its unit, whatever lines stand round it."""
    if cell is None or set(stack) != {"description", "quantity"}:
        return {}
    counts = [s for s in cell.spans[1:] if _is_count(s)]
    if len(counts) != 1:
        return {}
    rest = tuple(s for s in cell.spans if s is not counts[0])
    return {"description": Cell(rest), "quantity": Cell((counts[0],))}


def _is_count(span: Span) -> bool:
    """A number and its unit and nothing else."""
    figures = [w for w in span.words if is_amount(w.text)]
    rest = span.words[len(figures) :]
    return bool(figures and rest) and figures == list(span.words[: len(figures)]) and _is_unit(rest)


def _is_unit(words: Sequence[Word]) -> bool:
    return (
        parse_unit(" ".join(w.text for w in words)) is not None
        or len({parse_unit(w.text) for w in words} - {None}) == 1
    )


def _beside(cell: Cell | None, stack: Sequence[str]) -> dict[str, Cell]:
    """The numbers of a cell that strokes part, by meaning: "102.60 / 111.60" below "net / gross"."""
    if cell is None or len(cell.spans) != 1:
        return {}
    groups: list[list[Word]] = [[]]
    for word in cell.spans[0].words:
        if word.text == "/":
            groups.append([])
        else:
            groups[-1].append(word)
    if len(groups) != len(stack) or not all(groups) or not set(stack) <= set(COUNTED):
        return {}
    cells = [Cell((span_of(cell.page, words),)) for words in groups]
    found = dict(zip(stack, cells, strict=True))
    return found if all(_fits(concept, part.spans) for concept, part in found.items()) else {}


def _fits(concept: str, spans: Sequence[Span]) -> bool:
    if concept in _SIGNS:
        return any(bool(_SIGNS[concept](s.text)) for s in spans)
    if concept in (*COUNTED, "price_basis", "number", "discount"):
        return all(any(is_amount(w.text) for w in s.words) for s in spans)
    return True
