"""Cells that stand for more than their own row: ditto marks, cells merged over several rows, a unit for a group."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from extractors.layout.spans import Span
from extractors.tables.parts import Cell, TableRow

SHARED: Final = ("origin", "hs_code", "unit")
"""What several items may have in common; numbers are never taken over, as those of a merged cell are sums."""

_DITTO: Final = re.compile(
    r"(?:[\-–—.\s]*(?:[\"“”„″〃]|''|,,|´´|``)[\-–—.\s]*)+"
    r"|(?:do|dto|dito|ditto|idem|id|same|same as above|wie oben|w\.o|同上)\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Merged:
    """A cell of a merged column: top and bottom of the space between its rules."""

    concept: str
    top: float
    bottom: float


def is_ditto(text: str) -> bool:
    return _DITTO.fullmatch(text.strip()) is not None


def taken_over(rows: Sequence[TableRow], merged: Mapping[int, Sequence[Merged]]) -> list[TableRow]:
    """The rows with what their cells take over from others; `merged` are the merged cells by page number's place.

    A unit printed once counts for the rows below it that have none, but is only `assumed`.
    """
    done = _from_merged(rows, merged)
    for at, (upper, row) in enumerate(pairwise(done), 1):
        done[at] = _with_unit(_undittoed(row, done[at - 1]), done[at - 1]) if upper else row
    return done


def _undittoed(row: TableRow, above: TableRow) -> TableRow:
    cells = dict(row.cells)
    for concept, cell in row.cells.items():
        if is_ditto(cell.text):
            del cells[concept]
            if concept in above.cells:
                cells[concept] = above.cells[concept]
    return replace(row, cells=cells)


def _with_unit(row: TableRow, above: TableRow) -> TableRow:
    """A number alone, under one with its unit in a column of units."""
    quantity = row.cells.get("quantity")
    if "unit" in row.cells or "unit" not in above.cells or quantity is None or any(c.isalpha() for c in quantity.text):
        return row
    cells = {**row.cells, "unit": above.cells["unit"]}
    return replace(row, cells=cells, assumed=row.assumed | {"unit"})


def _from_merged(rows: Sequence[TableRow], merged: Mapping[int, Sequence[Merged]]) -> list[TableRow]:
    done = list(rows)
    for page, spaces in merged.items():
        own = [at for at, row in enumerate(done) if id(row.page) == page]
        for space in spaces:
            _share(done, own, space)
    return done


def _share(done: list[TableRow], own: Sequence[int], space: Merged) -> None:
    """Gives what stands in the merged space to all rows beside it, where that is one value."""
    beside = [at for at in own if space.top < done[at].anchor < space.bottom]
    spans: list[Span] = []
    for at in own:
        cell = done[at].cells.get(space.concept)
        spans.extend(s for s in (cell.spans if cell else ()) if space.top < s.box.middle_y < space.bottom)
    holders = [at for at in own if _within(done[at], space)]
    if len(beside) < 2 or len(holders) > 1 or not spans:  # noqa: PLR2004  one row is not merged
        return
    for at in {*beside, *holders}:
        cells = {name: cell for name, cell in done[at].cells.items() if name != space.concept or at not in holders}
        done[at] = replace(done[at], cells={**cells, space.concept: Cell(tuple(spans))} if at in beside else cells)


def _within(row: TableRow, space: Merged) -> bool:
    cell = row.cells.get(space.concept)
    return cell is not None and any(space.top < s.box.middle_y < space.bottom for s in cell.spans)
