"""The goods of one item with all that the papers call them and all codes that they give them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from schemas.shipments import LineRef
from validators.case import Case
from validators.names import folded
from validators.papers import Cell


@dataclass(frozen=True, slots=True)
class Article:
    """`position` is the item's in the declaration. The cells are those of the invoice first, then of the other papers.

    Of equal descriptions only the first is there.
    """

    position: int
    line: LineRef
    descriptions: tuple[Cell[str], ...]
    codes: tuple[Cell[str], ...]

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(cell.value for cell in self.descriptions)


def articles(case: Case) -> Iterator[Article]:
    """Every line of goods of the invoice, in order."""
    joined = _joined(case)
    for position, item in enumerate(case.matched.items):
        refs = [*item.lines, *joined.get(item.lines[0], ())]
        named = [cell for ref in refs if (cell := case.matched.text(ref, "description")) is not None]
        coded = [cell for ref in refs if (cell := case.matched.text(ref, "hs_code")) is not None]
        distinct = {folded(cell.value): cell for cell in reversed(named)}
        kept = tuple(cell for cell in named if distinct[folded(cell.value)] is cell)
        yield Article(position, item.lines[0], kept, tuple(coded))


def _joined(case: Case) -> Mapping[LineRef, list[LineRef]]:
    """For each line of an invoice the lines of other papers that speak of the same goods."""
    found: dict[LineRef, list[LineRef]] = defaultdict(list)
    for _, groups in case.matched.groups():
        for group in groups:
            others = [ref for one in group.right for ref in one.lines]
            for ours in group.left:
                found[ours.lines[0]].extend(others)
    return found
