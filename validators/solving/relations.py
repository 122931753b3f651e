"""A rule that several values keep together, and which other value of one of them would keep it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Final, TypeGuard

from typing_extensions import override

from validators.confusions import slips
from validators.papers import BY_EYE, Cell

Values = Sequence[object]
Place = tuple[int, int | None, str]
"""A value's paper, 0-based line and name."""
Changes = Mapping[Place, object]
"""Values taken in place of what was read."""

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


def numbers(values: Values) -> list[Decimal]:
    """The values of a relation that is between numbers alone."""
    return [value for value in values if isinstance(value, Decimal)]


class Relation(ABC):
    """`rule` says what holds again when it is mended.

    A `soft` one may be broken on paper: a code of an older edition, a container whose check digit was never right. It
    speaks for a repair that mends it and not against one that leaves it. A `loose` one many values keep, so that to
    keep it proves little. In an `alike` one the others state the very value.
    """

    soft = False
    loose = False
    alike = False

    def __init__(self, rule: str, cells: Sequence[Cell[object]]) -> None:
        self.rule, self.cells = rule, tuple(cells)

    @cached_property
    def at(self) -> Mapping[Place, int]:
        """Which of the cells stands where."""
        return {place(cell): n for n, cell in enumerate(self.cells)}

    @property
    def within_one_paper(self) -> bool:
        return len({cell.document for cell in self.cells}) == 1

    @abstractmethod
    def is_kept(self, changes: Changes) -> bool:
        """Whether the rule holds with these changes."""

    @abstractmethod
    def wanted(self, changes: Changes, at: Place) -> Iterable[object]:
        """Values there that would keep the rule with the changes elsewhere."""

    def is_exact(self, changes: Changes) -> bool:
        """Whether it holds to the last digit, where it holds within some rounding too."""
        return self.is_kept(changes)


class Ruled(Relation):
    """A rule between a few values. `holds` is given a value for each cell, in order, `fitting` also which is wanted."""

    def __init__(
        self,
        rule: str,
        cells: Sequence[Cell[object]],
        *,
        holds: Callable[[Values], bool],
        fitting: Callable[[Values, int], Iterable[object]],
        exact: Callable[[Values], bool] | None = None,
    ) -> None:
        super().__init__(rule, cells)
        self._holds, self._fitting, self._exact = holds, fitting, exact or holds

    def _values(self, changes: Changes) -> list[object]:
        return [changes.get(place(cell), cell.value) for cell in self.cells]

    @override
    def is_kept(self, changes: Changes) -> bool:
        return self._holds(self._values(changes))

    @override
    def is_exact(self, changes: Changes) -> bool:
        return self._exact(self._values(changes))

    @override
    def wanted(self, changes: Changes, at: Place) -> Iterable[object]:
        return self._fitting(self._values(changes), self.at[at])


class Loose(Ruled):
    loose = True


class Soft(Loose):
    soft = True


class Alike(Ruled):
    """Two papers say the same of one thing."""

    alike = True

    def __init__(
        self, rule: str, left: Cell[object], right: Cell[object], same: Callable[[object, object], bool]
    ) -> None:
        super().__init__(
            rule,
            (left, right),
            holds=lambda values: same(values[0], values[1]),
            fitting=lambda values, n: (values[1 - n],),
        )


class Sum(Relation):
    """Terms that come to the total, which is the first of the cells.

    `signs` say how often each term counts, once where None. `allowed` is what may be left over, given the total.
    `may_fall_short` where a term may be missing. The sum is made once: a change moves it by its difference.
    """

    def __init__(
        self,
        rule: str,
        total: Cell[Decimal],
        terms: Sequence[Cell[Decimal]],
        *,
        allowed: Callable[[Decimal], Decimal] = lambda _: Decimal(0),
        signs: Sequence[Decimal] | None = None,
        may_fall_short: bool = False,
    ) -> None:
        super().__init__(rule, (total, *terms))
        self.alike = len(terms) == 1
        self._numbers = [cell.value for cell in (total, *terms)]
        self._factors = [Decimal(-1), *(signs or [Decimal(1)] * len(terms))]
        self._allowed, self._may_fall_short = allowed, may_fall_short
        self._left = sum((f * n for f, n in zip(self._factors, self._numbers, strict=True)), Decimal(0))

    def left(self, changes: Changes) -> Decimal:
        """What the terms exceed the total by."""
        left = self._left
        for at, value in changes.items():
            n = self.at.get(at)
            if n is not None and isinstance(value, Decimal):
                left += self._factors[n] * (value - self._numbers[n])
        return left

    def total(self, changes: Changes) -> Decimal:
        value = changes.get(place(self.cells[0]), self._numbers[0])
        return value if isinstance(value, Decimal) else self._numbers[0]

    @override
    def is_kept(self, changes: Changes) -> bool:
        left, allowed = self.left(changes), self._allowed(self.total(changes))
        return left <= allowed and (self._may_fall_short or -left <= allowed)

    @override
    def is_exact(self, changes: Changes) -> bool:
        return self.left(changes) == 0

    @override
    def wanted(self, changes: Changes, at: Place) -> Iterator[Decimal]:
        """The one value that makes it exact, then slips that keep it within what is allowed."""
        n = self.at[at]
        given, factor, left = changes.get(at, self._numbers[n]), self._factors[n], self.left(changes)
        if not factor or not isinstance(given, Decimal):
            return
        yield given - left / factor
        allowed = self._allowed(self.total(changes))
        if allowed and not self._may_fall_short:
            yield from (other for other in slips(given) if abs(left + factor * (other - given)) <= allowed)


class AnyOf(Relation):
    """Several ways in which a total may come about, of which one holds."""

    def __init__(self, rule: str, ways: Sequence[Sum], besides: Callable[[Sum, Changes], bool]) -> None:
        super().__init__(rule, ways[0].cells)
        self._ways, self._besides = tuple(ways), besides

    @override
    def is_kept(self, changes: Changes) -> bool:
        return any(way.is_kept(changes) or self._besides(way, changes) for way in self._ways)

    @override
    def is_exact(self, changes: Changes) -> bool:
        return any(way.is_exact(changes) for way in self._ways)

    @override
    def wanted(self, changes: Changes, at: Place) -> Iterator[object]:
        for way in self._ways:
            yield from way.wanted(changes, at)
