"""A rule that several values keep together, and which other value of one of them would keep it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeGuard

from validators.confusions import slips
from validators.papers import BY_EYE, Cell

Values = Sequence[object]
Place = tuple[int, int | None, str]
"""A value's paper, 0-based line and name."""

_CERTAIN: Final = frozenset({"twin", "check_digit"})
"""Witnesses that leave nothing to look for; a person's word is another."""


def place(cell: Cell[object]) -> Place:
    return cell.document, cell.line, cell.name


def can_be_misread(cell: Cell[object]) -> bool:
    """Whether the value was read from a picture, with no certain witness: text layers and files are never misread."""
    witnesses = cell.field.witnesses
    settled = any(witness in _CERTAIN or witness.startswith("person:") for witness in witnesses)
    return cell.field.reader in BY_EYE and not settled


def exponent(value: Decimal) -> int:
    """Of ten in the last printed place: -2 for 12.50."""
    printed = value.as_tuple().exponent
    return printed if isinstance(printed, int) else 0


def is_number(cell: Cell[object]) -> TypeGuard[Cell[Decimal]]:
    return isinstance(cell.value, Decimal)


@dataclass(frozen=True, slots=True)
class Relation:
    """`rule` says what holds again when it is mended.

    `holds` is given a value for each cell, in order; `wanted` gives values of the cell at a place that would keep the
    rule with the others as they are. A `soft` one may be broken on paper: a code of an older edition, a container whose
    check digit was never right. It speaks for a repair that mends it and not against one that leaves it. A `loose` one
    many values keep, so that to keep it proves little. In an `alike` one the others state the very value.
    `exact` is the relation to the last digit, where it holds within some rounding too.
    """

    rule: str
    cells: tuple[Cell[object], ...]
    holds: Callable[[Values], bool]
    wanted: Callable[[Values, int], Iterable[object]]
    soft: bool = False
    loose: bool = False
    alike: bool = False
    exact: Callable[[Values], bool] | None = None

    @property
    def within_one_paper(self) -> bool:
        return len({cell.document for cell in self.cells}) == 1

    def values(self, changes: Mapping[Place, object]) -> list[object]:
        """The values of its cells, with the changes in place of what was read."""
        return [changes.get(place(cell), cell.value) for cell in self.cells]

    def is_kept(self, changes: Mapping[Place, object]) -> bool:
        return self.holds(self.values(changes))

    def is_exact(self, changes: Mapping[Place, object]) -> bool:
        return self.exact is None or self.exact(self.values(changes))


def numbers(values: Values) -> list[Decimal]:
    """The values of a relation that is between numbers alone."""
    return [value for value in values if isinstance(value, Decimal)]


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms that come to nothing: the first is the total, counted against the others.

    `factors` say how often each term counts. `allowed` is what may be left, given the values; `above` and `below` say
    whether the terms may fall short of the total or exceed it at all.
    """

    factors: tuple[Decimal, ...]
    allowed: Callable[[Sequence[Decimal]], Decimal]
    may_fall_short: bool = False

    def left(self, values: Values) -> Decimal:
        """What the terms exceed the total by."""
        pairs = zip(self.factors, numbers(values), strict=True)
        return sum((factor * value for factor, value in pairs), Decimal(0))

    def holds(self, values: Values) -> bool:
        left = self.left(values)
        return self._fits(left, self.allowed(numbers(values)))

    def _fits(self, left: Decimal, allowed: Decimal) -> bool:
        return left <= allowed and (self.may_fall_short or -left <= allowed)

    def is_exact(self, values: Values) -> bool:
        return self.left(values) == 0

    def wanted(self, values: Values, at: int) -> Iterator[Decimal]:
        """The one value that makes it exact, then slips that keep it within what is allowed."""
        given, factor, left = numbers(values), self.factors[at], self.left(values)
        if not factor:
            return
        yield given[at] - left / factor
        allowed = self.allowed(given)
        if allowed and not self.may_fall_short:
            near = (other for other in slips(given[at]) if abs(left + factor * (other - given[at])) <= allowed)
            yield from near


def summed(
    rule: str,
    total: Cell[Decimal],
    terms: Sequence[Cell[Decimal]],
    *,
    allowed: Callable[[Sequence[Decimal]], Decimal] = lambda _: Decimal(0),
    signs: Sequence[Decimal] | None = None,
    may_fall_short: bool = False,
) -> Relation:
    """The terms come to the total; `signs` are their factors, each 1 where None."""
    kept = Sum((Decimal(-1), *(signs or [Decimal(1)] * len(terms))), allowed, may_fall_short)
    return Relation(rule, (total, *terms), kept.holds, kept.wanted, alike=len(terms) == 1, exact=kept.is_exact)


def alike(rule: str, left: Cell[object], right: Cell[object], same: Callable[[object, object], bool]) -> Relation:
    """Both say the same."""

    def holds(values: Values) -> bool:
        return same(values[0], values[1])

    def wanted(values: Values, at: int) -> Iterator[object]:
        yield values[1 - at]

    return Relation(rule, (left, right), holds, wanted, alike=True)
