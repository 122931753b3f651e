"""The invoice's own arithmetic as relations: lines multiply out, lines and charges come to the totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from typing import Final

from validators.arithmetic import sum_tolerance, ulp
from validators.papers import Cell, Paper
from validators.products import product_of
from validators.solving.relations import AnyOf, Changes, Relation, Ruled, Sum, numbers
from validators.totals import ADDED, TAX_RATES

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


def _product(paper: Paper, line: int) -> Relation | None:
    found = product_of(paper, line)
    if found is None:
        return None
    cells, kept = found
    return Ruled(
        _LINE_RULE,
        cells,
        holds=lambda values: kept.holds(numbers(values)),
        fitting=lambda values, n: kept.wanted(numbers(values), n),
        exact=lambda values: kept.is_exact(numbers(values)),
    )


def _total(paper: Paper, total: Cell[Decimal], amounts: Sequence[Cell[Decimal]]) -> Relation:
    """All charges or fewer may be in the total: freight and insurance are also shown where prices include them."""
    discount = [cell for cell in [paper.number("discount")] if cell is not None]
    charges = [cell for name in ADDED if (cell := paper.number(name)) is not None]
    fixed = [*[_ONE] * len(amounts), *(_less(cell) for cell in discount)]
    rounding = sum_tolerance([cell.value for cell in amounts], total.value)
    ways = [
        Sum(
            _TOTAL_RULE,
            total,
            [*amounts, *discount, *charges],
            allowed=lambda _: rounding,
            signs=[*fixed, *(_ONE if cell in way else Decimal(0) for cell in charges)],
        )
        for count in range(len(charges), -1, -1)
        for way in combinations(charges, count)
    ]
    return AnyOf(_TOTAL_RULE, ways, _with_tax if paper.number("subtotal") is not None else _never)


def _never(_way: Sum, _changes: Changes) -> bool:
    return False


def _with_tax(way: Sum, changes: Changes) -> bool:
    """Whether a rate of tax in use makes the total of what this way reckons."""
    total = way.total(changes)
    cent = ulp(total)
    reckoned = total + way.left(changes)
    taxed = ((reckoned * (1 + rate / 100)).quantize(cent, ROUND_HALF_UP) for rate in TAX_RATES)
    return reckoned > 0 and any(abs(gross - total) <= cent for gross in taxed)


def _less(discount: Cell[Decimal]) -> Decimal:
    return -_ONE if discount.value >= 0 else _ONE


def _subtotal(paper: Paper, subtotal: Cell[Decimal], amounts: Sequence[Cell[Decimal]]) -> Relation:
    """Before the discount, or after it."""
    rounding = sum_tolerance([cell.value for cell in amounts], subtotal.value)
    discount = paper.number("discount")
    before = Sum(_SUBTOTAL_RULE, subtotal, amounts, allowed=lambda _: rounding)
    if discount is None or before.is_kept({}):
        return before
    signs = [*[_ONE] * len(amounts), _less(discount)]
    after = Sum(_SUBTOTAL_RULE, subtotal, [*amounts, discount], allowed=lambda _: rounding, signs=signs)
    return after if after.is_kept({}) else before
