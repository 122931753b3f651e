"""One line's arithmetic: quantity by price is the amount, with the discount and the basis that stand beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation
from typing import Final

from validators.arithmetic import CENT, in_places, multiplies_out, ulp
from validators.confusions import slips
from validators.papers import Cell, Paper

_FACTORS: Final = ("quantity", "unit_price", "amount")
_BESIDE: Final = ("price_basis", "discount")
_ONE: Final = Decimal(1)


def product_of(paper: Paper, line: int) -> tuple[tuple[Cell[Decimal], ...], LineProduct] | None:
    """The values of a line that multiply out and their rule; None where one of the three is not printed."""
    found = [paper.number(name, line) for name in (*_FACTORS, *_BESIDE)]
    cells = tuple(cell for cell in found if cell is not None)
    if None in found[: len(_FACTORS)]:
        return None
    money = paper.text("currency")
    return cells, LineProduct([cell.name for cell in cells], money.value if money else None)


class LineProduct:
    """A line's arithmetic: `names` are those of its values, in their order."""

    def __init__(self, names: Sequence[str], currency: str | None) -> None:
        self.names, self.currency = tuple(names), currency

    def _named(self, values: Sequence[Decimal]) -> dict[str, Decimal]:
        return dict(zip(self.names, values, strict=True))

    def _counted(self, of: Mapping[str, Decimal]) -> Decimal:
        basis = of.get("price_basis", _ONE)
        return of["quantity"] / (basis if basis > 0 else _ONE)

    def holds(self, values: Sequence[Decimal]) -> bool:
        """Some forms print the amount before the discount that stands beside it."""
        of = self._named(values)
        counted, price, amount = self._counted(of), of["unit_price"], of["amount"]
        less = abs(of.get("discount", Decimal(0)))
        fits = multiplies_out(counted, price, amount + less, self.currency)
        return fits or (less != 0 and multiplies_out(counted, price, amount, self.currency))

    def is_exact(self, values: Sequence[Decimal]) -> bool:
        """To the cent, or to the last place of a finer amount."""
        of = self._named(values)
        less = abs(of.get("discount", Decimal(0)))
        off = self._counted(of) * of["unit_price"] - of["amount"]
        return min(abs(off), abs(off - less)) <= min(ulp(of["amount"]), CENT) / 2

    def wanted(self, values: Sequence[Decimal], at: int) -> Iterator[Decimal]:
        """Values at that place that multiply out, rounded no coarser than the one that was read."""
        solved = self._solved(self._named(values), self.names[at])
        finest = ulp(values[at])
        for other in (*solved, *slips(values[at])):
            fine = in_places(other, finest.adjusted()) if ulp(other) > finest else other
            if self.holds([*values[:at], fine, *values[at + 1 :]]):
                yield other

    def _solved(self, of: Mapping[str, Decimal], name: str) -> list[Decimal]:
        """The value that the others ask for, as finely as it is printed and in whole units or cents."""
        less, basis = abs(of.get("discount", Decimal(0))), of.get("price_basis", _ONE)
        before, unit = of["amount"] + less, _ONE if name == "quantity" else CENT
        try:
            exact = {
                "quantity": lambda: before * basis / of["unit_price"],
                "unit_price": lambda: before * basis / of["quantity"],
                "amount": lambda: self._counted(of) * of["unit_price"] - less,
                "discount": lambda: self._counted(of) * of["unit_price"] - of["amount"],
                "price_basis": lambda: of["quantity"] * of["unit_price"] / before,
            }[name]()
            return [exact.quantize(step, ROUND_HALF_UP) for step in dict.fromkeys((ulp(of[name]), unit))]
        except (DivisionByZero, InvalidOperation):  # nothing divides by nothing, or more digits than any paper has
            return []
