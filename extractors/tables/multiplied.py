"""Quantities that no column holds: numbers among the words of an item that its price and amount prove.

Number times price is the amount to the cent, in most items, and in each item for one number only: that is no chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from extractors.layout.spans import Span, joined, span_of
from extractors.tables.cellreading import CellReader
from extractors.tables.numerals import is_numeric
from extractors.tables.parts import Cell, TableRow
from extractors.tables.pricing import Priced
from extractors.values.numbers import parse_number
from extractors.values.units import parse_unit
from schemas.pages import Word

_MOST: Final = 0.6
"""The share of items that must prove theirs before any is believed."""


def with_quantities(rows: Sequence[TableRow], reader: CellReader) -> tuple[TableRow, ...]:
    """The rows, where none has a quantity, with those that the words of most of them prove."""
    if any("quantity" in row.cells for row in rows):
        return tuple(rows)
    counts = [_proved(row, reader) for row in rows]
    if sum(count is not None for count in counts) < max(1.0, _MOST * len(rows)):
        return tuple(rows)
    return tuple(row if count is None else _with(row, count) for row, count in zip(rows, counts, strict=True))


def _proved(row: TableRow, reader: CellReader) -> Span | None:
    """The one number, with its unit behind it, that the price multiplies with to the amount."""
    price, amount = reader.price(row.cells.get("unit_price")), reader.money(row.cells.get("amount"))
    words = row.cells.get("description")
    if price is None or amount is None or words is None or price.value == amount.value:
        return None
    basis = _basis(row, reader)
    fitting = [span for value, span in _numbers(words, reader) if Priced(value, price.value, amount.value).fits(basis)]
    return fitting[0] if len(fitting) == 1 else None


def _basis(row: TableRow, reader: CellReader) -> Decimal:
    found = reader.number(
        row.cells.get("price_basis"), lambda text: parse_number(text, reader.style, trailing_unit=True)
    )
    return found.value if found and found.value > 0 else Decimal(1)


def _numbers(cell: Cell, reader: CellReader) -> Iterator[tuple[Decimal, Span]]:
    """Every number that a unit follows, in lines below the first: what stands there belongs to no name."""
    for span in cell.spans[1:]:
        for start, word in enumerate(span.words):
            if not is_numeric(word.text) or (start and is_numeric(span.words[start - 1].text)):
                continue
            end = next((at for at in range(start, len(span.words)) if not is_numeric(span.words[at].text)), 0)
            value = parse_number(joined(w.text for w in span.words[start:end]), reader.style) if end else None
            if value is not None and parse_unit(span.words[end].text):
                yield value, span_of(span.page, span.words[start : end + 1])


def _with(row: TableRow, count: Span) -> TableRow:
    """The row with the quantity; a line that is nothing else is no part of the description any more."""
    rest = tuple(s for s in row.cells["description"].spans if not _is_all(s, count.words))
    return replace(row, cells={**row.cells, "description": Cell(rest), "quantity": Cell((count,))})


def _is_all(span: Span, words: Sequence[Word]) -> bool:
    return len(span.words) == len(words) and all(a is b for a, b in zip(span.words, words, strict=True))
