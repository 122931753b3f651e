"""What a goods table is made of. All boxes are on the flat page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from extractors.layout.spans import Span, joined
from schemas.geometry import Box
from schemas.pages import Page, Word


@dataclass(frozen=True, slots=True)
class Column:
    """What a column means ("" where nothing tells), the box of its header on the first page that has one, its label.

    `stack` are the meanings of labels one above the other, which may stand for values one above the other.
    """

    concept: str
    box: Box
    label: Span | None = None
    stack: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """The printed lines of one cell, top to bottom; those of a row broken over two pages stand on both."""

    spans: tuple[Span, ...]

    @property
    def page(self) -> Page:
        return self.spans[0].page

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(w for s in self.spans for w in s.words)

    @property
    def text(self) -> str:
        return joined(s.text for s in self.spans)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One item: its cells by concept, and the group headings in force above it ("Order 4711", "Made in Vietnam").

    `anchor` is the height of the line with its numbers. `assumed` are cells taken from the row above without a sign
    that they hold for this one too.
    """

    page: Page
    box: Box
    cells: Mapping[str, Cell]
    headings: tuple[Span, ...] = ()
    anchor: float = 0.0
    assumed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A sum or charge under the items: the printed label, and what stands in the columns or behind the label."""

    kind: Literal["sum", "charge"]
    page: Page
    box: Box
    label: Cell
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """The goods table of one document, over all its pages.

    `complete_by` names the proofs that no row was lost ("row_numbers", "ruled_rows", "sums", "package_ranges"), empty
    where there is none. `regions` are the bodies per page, header to last item; the sums below are left out.
    """

    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    complete_by: tuple[str, ...] = ()
    regions: tuple[tuple[Page, Box], ...] = ()
    total_rows: tuple[TotalRow, ...] = ()
