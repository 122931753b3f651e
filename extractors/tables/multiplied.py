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

_FEWEST: Final = 2
"""Items that must prove theirs; and all that have a price and an amount."""


def with_quantities(rows: Sequence[TableRow], reader: CellReader) -> tuple[TableRow, ...]:
    """The rows, where none has a quantity or a discount, with the quantities that the words of all of them prove."""
    if any({"quantity", "discount"} & set(row.cells) for row in rows):
        return tuple(rows)
    counts = [_proved(row, reader) for row in rows]
    priced = [{"unit_price", "amount"} <= set(row.cells) for row in rows]
    if sum(priced) < _FEWEST or any(p and count is None for p, count in zip(priced, counts, strict=True)):
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
    """The numbers with a unit that begin the lines below the first: what stands there belongs to no name."""
    for span in cell.spans[1:]:
        end = next((at for at, w in enumerate(span.words) if not is_numeric(w.text)), 0)
        value = parse_number(joined(w.text for w in span.words[:end]), reader.style) if end else None
        if value is not None and parse_unit(span.words[end].text):
            yield value, span_of(span.page, span.words[: end + 1])


def _with(row: TableRow, count: Span) -> TableRow:
    """The row with the quantity; a line that is nothing else is no part of the description any more."""
    rest = tuple(s for s in row.cells["description"].spans if not _is_all(s, count.words))
    return replace(row, cells={**row.cells, "description": Cell(rest), "quantity": Cell((count,))})


def _is_all(span: Span, words: Sequence[Word]) -> bool:
    return len(span.words) == len(words) and all(a is b for a, b in zip(span.words, words, strict=True))
