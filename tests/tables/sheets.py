"""Pages set by code: words at given places, in the widths of a proportional type."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractors.tables import Table, find_table, invoice_lines, packing_lines
from extractors.values.numbers import number_style
from schemas.documents import InvoiceLine, PackingListLine
from schemas.geometry import Box
from schemas.pages import Page, Rule, Word

SIZE = 8.0
LETTER = 0.5 * SIZE
WIDE = SIZE
SPACE = 0.28 * SIZE
PITCH = 10.5
"""Points from line to line within a cell."""


def width(text: str) -> float:
    return sum(WIDE if c > "\u2e80" else LETTER for c in text)


def line_width(text: str) -> float:
    parts = text.split()
    return sum(map(width, parts)) + SPACE * (len(parts) - 1)


@dataclass
class Sheet:
    """One page under construction. `y` is the top of the next line."""

    number: int = 1
    y: float = 60.0
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)

    def put(self, x: float, text: str, *, right: bool = False, at: float | None = None) -> None:
        """Prints `text` from `x` on, or up to `x` where it is flush right."""
        top = self.y if at is None else at
        left = x - line_width(text) if right else x
        for part in text.split():
            self.words.append(Word(part, Box(left, top, left + width(part), top + SIZE), size=SIZE))
            left += width(part) + SPACE

    def row(self, *cells: tuple[float, str] | tuple[float, str, str], gap: float = 5.0) -> None:
        """Cells side by side; a cell's text may have several lines, and "r" sets it flush right."""
        deepest = 1
        for cell in cells:
            lines = cell[1].split("\n")
            deepest = max(deepest, len(lines))
            for n, text in enumerate(lines):
                if text.strip():
                    self.put(cell[0], text, right=len(cell) > 2 and cell[2] == "r", at=self.y + n * PITCH)
        self.y += deepest * PITCH + gap

    def across(self, x0: float, x1: float, *, dashes: float = 0.0, lift: float = 4.0) -> None:
        """A horizontal rule just above the next line, in dashes of the given length where asked."""
        y = self.y - lift
        if not dashes:
            self.rules.append(Rule(Box(x0, y - 0.3, x1, y + 0.3)))
            return
        x = x0
        while x < x1:
            self.rules.append(Rule(Box(x, y - 0.3, min(x + 0.75 * dashes, x1), y + 0.3)))
            x += dashes

    def down(self, xs: Iterable[float], top: float, bottom: float) -> None:
        self.rules.extend(Rule(Box(x - 0.3, top, x + 0.3, bottom)) for x in xs)

    def page(self) -> Page:
        return Page("p.pdf", "0" * 64, self.number, 595, 842, tuple(self.words), tuple(self.rules))


def table_of(*sheets: Sheet, kind: str = "commercial_invoice") -> Table:
    table = find_table([s.page() for s in sheets], kind)
    assert table is not None
    return table


def invoice(*sheets: Sheet) -> tuple[InvoiceLine, ...]:
    return invoice_lines(table_of(*sheets), number_style(w.text for s in sheets for w in s.words))


def packing(*sheets: Sheet) -> tuple[PackingListLine, ...]:
    table = table_of(*sheets, kind="packing_list")
    return packing_lines(table, number_style(w.text for s in sheets for w in s.words))


def values(lines: Sequence[InvoiceLine] | Sequence[PackingListLine], *names: str) -> list[tuple[str | None, ...]]:
    """The named fields' values as plain strings, for one line after the other."""
    return [tuple(None if (f := line.get(n)) is None else str(f.value) for n in names) for line in lines]
