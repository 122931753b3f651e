"""What one item costs and weighs, per unit and per kilogram, so that shipments can be compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from schemas.ports import EarlierGoods
from schemas.values import plain
from validators.case import Case
from validators.papers import Cell
from validators.robust import Spread
from validators.units import canonical, converted, kilograms

KILOGRAM = "KGM"
_IN_WORDS = {
    "C62": "piece", "PR": "pair", "SET": "set", "DZN": "dozen", "KGM": "kilogram", "TNE": "tonne", "MTR": "metre",
    "LTR": "litre", "MTK": "square metre", "MTQ": "cubic metre",
}  # fmt: skip
"""Units as a clerk says them; others by their code."""


@dataclass(frozen=True, slots=True)
class Figures:
    """An item's figures; `price` is that of the whole quantity. What is not stated is None."""

    price: Decimal | None
    currency: str | None
    quantity: Decimal | None
    unit: str | None
    net: Decimal | None

    def price_per(self, unit: str | None) -> Decimal | None:
        """The price of one such unit; None where the quantity is counted in something else."""
        counted = self._counted(unit)
        return self.price / counted if self.price is not None and counted else None

    @property
    def price_per_kilogram(self) -> Decimal | None:
        net = self.net or (kilograms(self.quantity, self.unit) if self.quantity is not None else None)
        return self.price / net if self.price is not None and net else None

    def kilograms_per(self, unit: str | None) -> Decimal | None:
        """What one such unit weighs; None for units of mass, where it says nothing of the goods."""
        counted = self._counted(unit)
        if self.net is None or not counted or is_mass(unit):
            return None
        return self.net / counted

    def _counted(self, unit: str | None) -> Decimal | None:
        if self.quantity is None or self.unit is None or unit is None:
            return None
        return converted(self.quantity, self.unit, unit)


def figures_of(earlier: EarlierGoods) -> Figures:
    return Figures(earlier.item_price, earlier.currency, earlier.quantity, earlier.unit, earlier.net_mass_kg)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the shipment: its figures, and the values that they rest on by their declared name."""

    position: int
    figures: Figures
    cells: dict[str, tuple[Cell[object], ...]]

    def stated(self, *names: str) -> tuple[Cell[object], ...]:
        return tuple(cell for name in names for cell in self.cells.get(name, ()))

    def first(self, name: str) -> Cell[object] | None:
        return next(iter(self.cells.get(name, ())), None)

    def text(self, name: str) -> str | None:
        cell = self.first(name)
        return cell.value if cell is not None and isinstance(cell.value, str) else None


_NAMES = ("description", "hs_code", "origin", "quantity", "unit", "net_mass_kg", "item_price")


def item_at(case: Case, position: int) -> Item:
    """The item with the values in force; the currency is the shipment's one, None where its invoices differ."""
    cells = {name: _in_force(case, f"/items/{position}/{name}") for name in _NAMES}
    cells["currency"] = tuple(case.papers.texts("currency", "commercial_invoice"))
    currencies = {cell.value for cell in cells["currency"] if isinstance(cell.value, str)}
    unit = next((cell.value for cell in cells["unit"] if isinstance(cell.value, str)), None)
    figures = Figures(
        price=_total(cells["item_price"]),
        currency=currencies.pop() if len(currencies) == 1 else None,
        quantity=_total(cells["quantity"]),
        unit=unit,
        net=_total(cells["net_mass_kg"]),
    )
    return Item(position, figures, cells)


def _in_force(case: Case, pointer: str) -> tuple[Cell[object], ...]:
    standing = case.standings.by_pointer.get(pointer)
    refs = standing.fields if standing else ()
    found = (case.papers.at(ref.document).any(ref.field, ref.line) for ref in refs)
    return tuple(cell for cell in found if cell is not None)


def _total(cells: Sequence[Cell[object]]) -> Decimal | None:
    """The sum of the numbers; None for none, and for a number that is not above 0 (a credit, a sample for nothing)."""
    numbers = [cell.value for cell in cells if isinstance(cell.value, Decimal)]
    total = sum(numbers, Decimal(0))
    return total if total > 0 else None


def by_shipment(earlier: Sequence[EarlierGoods], figure: Callable[[Figures], Decimal | None]) -> list[Decimal]:
    """One figure for each earlier shipment, the middle of its lines': a long invoice says no more than a short one."""
    found: dict[str, list[Decimal]] = {}
    for one in earlier:
        if (value := figure(figures_of(one))) is not None:
            found.setdefault(one.reference, []).append(value)
    return [median(values) for values in found.values()]


def in_words(unit: str | None) -> str:
    return _IN_WORDS.get(canonical(unit or ""), unit or "unit")


def is_mass(unit: str | None) -> bool:
    return kilograms(Decimal(1), unit) is not None


def shown(figure: Decimal) -> str:
    """A figure as a message gives it: two decimals, four below 1."""
    return plain(round(figure, 2 if figure >= 1 else 4))


def usually(usual: Spread) -> str:
    """The usual as a message gives it."""
    return (
        f"usually {shown(usual.median)} (the median of {usual.count} earlier shipments, "
        f"{shown(usual.lowest)} to {shown(usual.highest)})"
    )
