"""The invoice's own arithmetic as relations: lines multiply out, lines and charges come to the totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation
from itertools import combinations
from typing import Final

from validators.arithmetic import CENT, multiplies_out, sum_tolerance, ulp
from validators.confusions import slips
from validators.papers import Cell, Paper
from validators.solving.relations import Relation, Sum, Values, numbers, summed
from validators.totals import ADDED

_FACTORS: Final = ("quantity", "unit_price", "amount")
_BESIDE: Final = ("price_basis", "discount")
_ONE: Final = Decimal(1)
_LINE_RULE: Final = "quantity times unit price is the amount again"
_TOTAL_RULE: Final = "lines and charges come to the total again"
_SUBTOTAL_RULE: Final = "the lines come to the subtotal again"


def account_relations(paper: Paper) -> Iterator[Relation]:
    """Of one invoice: a relation for each line that has all three numbers, and for each printed total."""
    for line in range(len(paper.lines)):
        product = _product(paper, line)
        if product is not None:
            yield product
    total, amounts = paper.number("total_amount"), paper.column("amount")
    if total is not None and amounts:
        yield _total(paper, total, amounts)
    subtotal = paper.number("subtotal")
    if subtotal is not None and amounts and len(amounts) == len(paper.lines):
        yield _subtotal(paper, subtotal, amounts)


class _Line:
    """A line's arithmetic: `names` are those of its values, in their order."""

    def __init__(self, names: Sequence[str], currency: str | None) -> None:
        self.names, self.currency = tuple(names), currency

    def _named(self, values: Values) -> dict[str, Decimal]:
        return dict(zip(self.names, numbers(values), strict=True))

    def _counted(self, of: Mapping[str, Decimal]) -> Decimal:
        basis = of.get("price_basis", _ONE)
        return of["quantity"] / (basis if basis > 0 else _ONE)

    def holds(self, values: Values) -> bool:
        """Some forms print the amount before the discount that stands beside it."""
        of = self._named(values)
        counted, price, amount = self._counted(of), of["unit_price"], of["amount"]
        less = abs(of.get("discount", Decimal(0)))
        fits = multiplies_out(counted, price, amount + less, self.currency)
        return fits or (less != 0 and multiplies_out(counted, price, amount, self.currency))

    def is_exact(self, values: Values) -> bool:
        """To the cent, or to the last place of a finer amount."""
        of = self._named(values)
        less = abs(of.get("discount", Decimal(0)))
        off = self._counted(of) * of["unit_price"] - of["amount"]
        return min(abs(off), abs(off - less)) <= min(ulp(of["amount"]), CENT) / 2

    def wanted(self, values: Values, at: int) -> Iterator[Decimal]:
        given = numbers(values)
        solved = self._solved(self._named(values), self.names[at])
        finest = ulp(given[at])
        for other in (*solved, *slips(given[at])):
            fine = other.quantize(finest) if ulp(other) > finest else other
            if self.holds([*given[:at], fine, *given[at + 1 :]]):
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


def _product(paper: Paper, line: int) -> Relation | None:
    found = [paper.number(name, line) for name in (*_FACTORS, *_BESIDE)]
    cells = [cell for cell in found if cell is not None]
    if None in found[: len(_FACTORS)]:
        return None
    money = paper.text("currency")
    kept = _Line([cell.name for cell in cells], money.value if money else None)
    return Relation(_LINE_RULE, tuple(cells), kept.holds, kept.wanted, exact=kept.is_exact)


def _allowed(values: Sequence[Decimal]) -> Decimal:
    total, *terms = values
    return sum_tolerance(terms, total)


def _total(paper: Paper, total: Cell[Decimal], amounts: Sequence[Cell[Decimal]]) -> Relation:
    """All charges or fewer may be in the total: freight and insurance are also shown where prices include them."""
    discount = [cell for cell in [paper.number("discount")] if cell is not None]
    charges = [cell for name in ADDED if (cell := paper.number(name)) is not None]
    fixed = [Decimal(-1), *[_ONE] * len(amounts), *(_less(cell) for cell in discount)]
    ways = [
        Sum((*fixed, *(_ONE if cell in way else Decimal(0) for cell in charges)), _allowed)
        for count in range(len(charges), -1, -1)
        for way in combinations(charges, count)
    ]

    def holds(values: Values) -> bool:
        return any(way.holds(values) for way in ways)

    def is_exact(values: Values) -> bool:
        return any(way.is_exact(values) for way in ways)

    def wanted(values: Values, at: int) -> Iterator[Decimal]:
        for way in ways:
            yield from way.wanted(values, at)

    return Relation(_TOTAL_RULE, (total, *amounts, *discount, *charges), holds, wanted, exact=is_exact)


def _less(discount: Cell[Decimal]) -> Decimal:
    return -_ONE if discount.value >= 0 else _ONE


def _subtotal(paper: Paper, subtotal: Cell[Decimal], amounts: Sequence[Cell[Decimal]]) -> Relation:
    """Before the discount, or after it."""
    discount = paper.number("discount")
    before = summed(_SUBTOTAL_RULE, subtotal, amounts, allowed=_allowed)
    if discount is None or before.is_kept({}):
        return before
    after = summed(
        _SUBTOTAL_RULE,
        subtotal,
        [*amounts, discount],
        allowed=_allowed,
        signs=[*[_ONE] * len(amounts), _less(discount)],
    )
    return after if after.is_kept({}) else before
