"""What stands beside a unit price: for how many units it is, and what is taken off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extractors.fieldmaking import field_from
from extractors.tables.cellreading import BASIS, CellReader, on_first_page
from extractors.tables.parts import Cell, TableRow
from extractors.values.numbers import parse_number
from schemas.fields import Field

_TRADE_SIGNS: Final = {
    "C": Decimal(100), "M": Decimal(1000), "%": Decimal(100), "%o": Decimal(1000), "‰": Decimal(1000),
}  # fmt: skip
_SIGNED: Final = re.compile(r"\d\s*/?\s*(?P<sign>[CM]|%o|%|‰)$")
_CENT: Final = Decimal("0.01")
_ROUNDING: Final = Decimal("0.011")
"""A printed amount may miss the product by its own rounding."""


@dataclass(frozen=True, slots=True)
class Priced:
    """The figures of one line, None where they were not read."""

    quantity: Decimal | None
    price: Decimal | None
    amount: Decimal | None

    def fits(self, basis: Decimal) -> bool:
        """True where the amount is that of so many units a price."""
        if self.quantity is None or self.price is None or self.amount is None:
            return False
        return abs(self.quantity * self.price / basis - self.amount) <= _ROUNDING


def basis_of(row: TableRow, reader: CellReader, figures: Priced) -> Field[Decimal] | None:
    """How many units the price is for: a column of its own, "/100" behind the price, "per 1000" in the column's title.

    A letter behind the price ("12.50/M") may also be a unit's: it counts only where the line multiplies out with it.
    """
    own = row.cells.get("price_basis")
    if found := reader.number(own, lambda t: parse_number(t, reader.style, trailing_unit=True)):
        return found if found.value != 1 else None
    cell = row.cells.get("unit_price")
    if cell is None:
        return None
    return _printed(cell) or _by_sign(cell, figures) or _in_title(reader)


def _printed(cell: Cell) -> Field[Decimal] | None:
    found = BASIS.search(cell.text)
    if found is None:
        return None
    value = Decimal(re.sub(r"\D", "", found["basis"]))
    words = [w for w in on_first_page(cell) if re.sub(r"\D", "", w.text).endswith(str(value))]
    return field_from(words or on_first_page(cell), value, cell.page)


def _by_sign(cell: Cell, figures: Priced) -> Field[Decimal] | None:
    found = _SIGNED.search(cell.text)
    value = _TRADE_SIGNS[found["sign"]] if found else None
    if value is None or not figures.fits(value):
        return None
    return field_from(on_first_page(cell)[-1:], value, cell.page)


def _in_title(reader: CellReader) -> Field[Decimal] | None:
    column = reader.columns.get("unit_price")
    found = BASIS.search(column.label.text) if column and column.label else None
    if column is None or column.label is None or found is None:
        return None
    return field_from(column.label, Decimal(re.sub(r"\D", "", found["basis"])), column.label.page)


def discount_of(row: TableRow, reader: CellReader, figures: Priced, basis: Decimal) -> Field[Decimal] | None:
    """The amount taken off a line. A percentage is one only where price, quantity and amount agree with it."""
    cell = row.cells.get("discount")
    if cell is None:
        return None
    column = reader.columns.get("discount")
    titled = "%" in column.label.text if column and column.label else False
    if "%" not in cell.text and not titled:
        return reader.money(cell)
    value = next(_taken_off(cell, reader, figures, basis), None)
    return field_from(on_first_page(cell), value, cell.page) if value is not None else None


def _taken_off(cell: Cell, reader: CellReader, figures: Priced, basis: Decimal) -> Iterator[Decimal]:
    rate = parse_number(cell.text, reader.style, trailing_unit=True)
    if rate is None or figures.quantity is None or figures.price is None or figures.amount is None:
        return
    full = figures.quantity * figures.price / basis
    taken = full * abs(rate) / 100
    if abs(full - taken - figures.amount) <= _ROUNDING:
        yield (full - figures.amount).quantize(_CENT)
