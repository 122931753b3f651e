"""Columns of packing lists and transport documents against their totals, net beside gross, ranges beside counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from schemas.values import plain
from validators.confusions import slips
from validators.package_ranges import counted, counting
from validators.papers import Paper
from validators.solving.relations import Loose, Relation, Ruled, Sum, Values, numbers
from validators.tolerances import Tolerances
from validators.totals import Column, column_sums
from validators.wholes import last_place


def mass_relations(paper: Paper, tolerances: Tolerances) -> Iterator[Relation]:
    """Of one packing list or transport document; of an invoice too, whose columns speak only where they add up."""
    for column in column_sums(paper):
        kept = _column(column, tolerances)
        if paper.type != "commercial_invoice" or kept.is_kept({}):
            yield kept
    yield from _orders(paper)
    for stated, packages in counting(paper):
        yield Ruled("the range counts the packages again", (stated, packages), holds=_is_count, fitting=_count)


def _column(column: Column, tolerances: Tolerances) -> Relation:
    """Packages count exactly; weights are rounded, and where a line is blank the sum may fall short."""
    what = column.total.name.removesuffix("_kg").replace("_", " ")
    return Sum(
        f"the lines' {what} come to the total again",
        column.total,
        column.cells,
        allowed=_weighed(column, tolerances.sum_share) if column.total.name != "packages" else lambda _: Decimal(0),
        may_fall_short=not column.complete,
    )


def _weighed(column: Column, share: Decimal) -> Callable[[Decimal], Decimal]:
    rounding = sum((last_place(cell) / 2 for cell in (column.total, *column.cells)), Decimal(0))
    return lambda total: share * abs(total) + rounding


def _orders(paper: Paper) -> Iterator[Relation]:
    for line in (None, *range(len(paper.lines))):
        net, gross = paper.number("net_weight_kg", line), paper.number("gross_weight_kg", line)
        if net is not None and gross is not None:
            rule = "the net weight is below the gross weight again"
            yield Loose(rule, (net, gross), holds=_is_lighter, fitting=_likely)


def _is_lighter(values: Values) -> bool:
    net, gross = numbers(values)
    return net <= gross


def _likely(values: Values, at: int) -> Iterator[Decimal]:
    """Slips that restore the order; a figure cut off at the beginning may have had any digit there."""
    given = numbers(values)
    longer = (Decimal(f"{digit}{plain(given[at])}") for digit in range(1, 10)) if at and given[at] > 0 else ()
    for other in (*slips(given[at]), *longer):
        if _is_lighter([*given[:at], other, *given[at + 1 :]]):
            yield other


def _is_count(values: Values) -> bool:
    return counted(str(values[0])) == values[1]


def _count(values: Values, at: int) -> Iterator[object]:
    """Of the range itself any number of readings would count as many."""
    count = counted(str(values[0]))
    if at == 1 and count is not None:
        yield count
