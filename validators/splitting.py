"""Lines that no name tells apart: which of them belong together shows in what their quantities and weights add up to.

One article in three sizes may be packed in ten lines that all bear its name. A division is taken only where it is the
only one; else all lines of the name stand together, and their sums are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Final, TypeAlias

import numpy as np

from validators.affinity import Table
from validators.goods import Goods
from validators.units import measured

Lines: TypeAlias = tuple[list[int], list[int]]
"""The numbers of lines that belong together, of the left and of the right side."""
_Sums: TypeAlias = tuple[Decimal, ...]
_Face: TypeAlias = tuple[Decimal | None, ...]
_Sides: TypeAlias = tuple[Sequence[Goods], Sequence[Goods]]

_TIE: Final = 0.02
"""Names that differ by less than this in evidence say the same."""
_NAMED_AT: Final = 0.8
_TRIALS: Final = 5_000
"""Sums tried for one set of lines before it is given up as undivided."""
_MOST_PARTS: Final = 60
"""Lines of one name beyond which no order but the printed one is tried."""
_MASSES: Final[tuple[Callable[[Goods], Decimal | None], ...]] = (
    lambda one: one.net, lambda one: one.gross, lambda one: one.packages,
)  # fmt: skip


def total_of(goods: Sequence[Goods]) -> tuple[str, Decimal] | None:
    """What all lines measure together, in the first unit of its kind; None where one lacks or units are unlike."""
    if not goods or any(one.quantity is None for one in goods):
        return None
    amounts = [measured(one.quantity or Decimal(0), one.unit) for one in goods]
    kinds = {kind for kind, _ in amounts}
    return (kinds.pop(), sum((amount for _, amount in amounts), Decimal(0))) if len(kinds) == 1 else None


def settled(groups: Sequence[Lines], names: Table, goods: _Sides) -> list[Lines]:
    """The groups, those of lines that no name tells apart divided anew where their sums do not come out."""
    result = list(groups)
    for left, right in _alike(names):
        inside = [
            group for group in result if not set(group[0]).isdisjoint(left) or not set(group[1]).isdisjoint(right)
        ]
        within = all(set(ours) <= left and set(theirs) <= right for ours, theirs in inside)
        if within and not (_is_plain(inside, goods) and _covers(inside, left, right)):
            result = [group for group in result if group not in inside]
            result += _divided(sorted(left), sorted(right), goods) or inside
    return result


def _is_plain(groups: Sequence[Lines], goods: _Sides) -> bool:
    """Whether all come out, and no line had to be shared out that might belong to another one."""
    one_to_one = len(groups) == 1 or all(len(ours) == len(theirs) == 1 for ours, theirs in groups)
    return one_to_one and all(_comes_out(group, goods) for group in groups)


def unexplained(groups: Sequence[Lines], goods: _Sides) -> int:
    """How many lines stand alone, or in a group whose quantities do not come out equal."""
    explained = [group for group in groups if _comes_out(group, goods)]
    return sum(map(len, goods)) - sum(len(ours) + len(theirs) for ours, theirs in explained)


def _covers(groups: Sequence[Lines], left: set[int], right: set[int]) -> bool:
    return {n for ours, _ in groups for n in ours} == left and {n for _, theirs in groups for n in theirs} == right


def _comes_out(group: Lines, goods: _Sides) -> bool:
    ours, theirs = (total_of([side[n] for n in lines]) for side, lines in zip(goods, group, strict=True))
    return ours is not None and ours == theirs


def _alike(names: Table) -> Iterator[tuple[set[int], set[int]]]:
    """Lines of both sides that name each other equally well, where more than one of a side does."""
    home: dict[tuple[int, int], set[tuple[int, int]]] = {}
    for side, table in ((0, names), (1, names.T)):
        best = table.max(axis=1, keepdims=True)
        ties = (table >= best - _TIE) & (best >= _NAMED_AT)
        rows: dict[bytes, list[int]] = defaultdict(list)
        for n, row in enumerate(ties):
            rows[row.tobytes()].append(n)
        for numbers in rows.values():
            others = np.flatnonzero(ties[numbers[0]]).tolist()
            _unite(home, [*((side, n) for n in numbers), *((1 - side, n) for n in others)] if others else [])
    for members in {id(one): one for one in home.values()}.values():
        left, right = ({n for side, n in members if side == wanted} for wanted in (0, 1))
        if left and right and len(left) + len(right) > len("ab"):
            yield left, right


def _unite(home: dict[tuple[int, int], set[tuple[int, int]]], members: Sequence[tuple[int, int]]) -> None:
    together: set[tuple[int, int]] = set(members).union(*(home.get(one, set()) for one in members))
    for one in together:
        home[one] = together


def _divided(left: list[int], right: list[int], goods: _Sides) -> list[Lines]:
    """The lines as they add up; undivided what does not; none where no quantity is known of one of them."""
    sums = _comparable([goods[0][n] for n in left], [goods[1][n] for n in right])
    if sums is None:
        return []
    ours, theirs = dict(zip(left, sums[0], strict=True)), dict(zip(right, sums[1], strict=True))
    equal = list(_equal(ours, theirs))
    for a, b in equal:
        del ours[a], theirs[b]
    return [*(([a], [b]) for a, b in equal), *_rest(ours, theirs, goods)]


def _equal(ours: dict[int, _Sums], theirs: dict[int, _Sums]) -> Iterator[tuple[int, int]]:
    """Lines that are equal in all that both sides know, in printed order."""
    waiting: dict[_Sums, list[int]] = defaultdict(list)
    for n, sums in theirs.items():
        waiting[sums].append(n)
    for n, sums in ours.items():
        if waiting[sums]:
            yield n, waiting[sums].pop(0)


def _rest(ours: dict[int, _Sums], theirs: dict[int, _Sums], goods: _Sides) -> list[Lines]:
    if not ours or not theirs:
        return []
    if len(ours) == len(theirs):
        return [([a], [b]) for a, b in zip(ours, theirs, strict=True)]
    if len(ours) < len(theirs):
        return [([a], of) for a, of in _split(ours, theirs, goods[1])] or [(list(ours), list(theirs))]
    return [(of, [b]) for b, of in _split(theirs, ours, goods[0])] or [(list(ours), list(theirs))]


def _comparable(left: Sequence[Goods], right: Sequence[Goods]) -> tuple[list[_Sums], list[_Sums]] | None:
    """For each line its quantity and whatever else all of them state; None where they cannot be compared."""
    if total_of([*left, *right]) is None:
        return None
    known = [of for of in _MASSES if all(of(one) is not None for one in (*left, *right))]

    def sums(one: Goods) -> _Sums:
        amount = measured(one.quantity or Decimal(0), one.unit)[1]
        return (amount, *(of(one) or Decimal(0) for of in known))

    return [sums(one) for one in left], [sums(one) for one in right]


def _split(wholes: dict[int, _Sums], parts: dict[int, _Sums], goods: Sequence[Goods]) -> list[tuple[int, list[int]]]:
    """All parts shared out to the wholes that they add up to: as printed, else the only other way; none otherwise."""
    in_order = _runs(wholes, parts)
    if in_order or len(parts) > _MOST_PARTS:
        return in_order
    return _only_way(_Search(wholes, parts, goods))


def _runs(wholes: dict[int, _Sums], parts: dict[int, _Sums]) -> list[tuple[int, list[int]]]:
    """Parts in the order of the wholes, each whole's next to one another."""
    left = list(parts)
    shared: list[tuple[int, list[int]]] = []
    for whole, wanted in wholes.items():
        run: list[int] = []
        while left and _sum(parts[n] for n in run)[:1] < wanted[:1]:
            run.append(left.pop(0))
        if not run or _sum(parts[n] for n in run) != wanted:
            return []
        shared.append((whole, run))
    return shared if not left else []


def _sum(sums: Iterator[_Sums]) -> _Sums:
    return tuple(sum(column, Decimal(0)) for column in zip(*sums, strict=True)) or (Decimal(0),)


def _only_way(search: _Search) -> list[tuple[int, list[int]]]:
    ways = search.ways()
    return ways[0] if len(ways) == 1 and search.trials > 0 else []


def _face(one: Goods, sums: _Sums) -> _Face:
    """All that is known of a part: one that differs in what the wholes do not state is another one."""
    return (*sums, *(of(one) for of in _MASSES))


class _Search:
    """Ways to share out all parts, up to two: the second shows that the first is not the only one.

    Equal parts are taken in their order, so that exchanging them makes no other way.
    """

    def __init__(self, wholes: dict[int, _Sums], parts: dict[int, _Sums], goods: Sequence[Goods]) -> None:
        self._wholes = sorted(wholes.items(), key=lambda item: item[1], reverse=True)
        self._parts = sorted(parts.items(), key=lambda item: (item[1], -item[0]), reverse=True)
        self._faces = [_face(goods[n], sums) for n, sums in self._parts]
        self._owner: list[int | None] = [None] * len(self._parts)
        self._found: list[list[tuple[int, list[int]]]] = []
        self._shared: list[list[_Face]] = []
        self.trials = _TRIALS

    def ways(self) -> list[list[tuple[int, list[int]]]]:
        self._fill(0, 0, self._wholes[0][1])
        return self._found

    def _fill(self, whole: int, start: int, missing: _Sums) -> None:
        """Take parts from `start` on until the whole misses nothing, then go on with the next one."""
        self.trials -= 1
        if self.trials <= 0 or len(self._found) > 1:
            return
        if not any(missing):
            self._next(whole)
            return
        skipped: _Face | None = None
        for at in range(start, len(self._parts)):
            sums = self._parts[at][1]
            too_much = any(part > lack for part, lack in zip(sums, missing, strict=True))
            if self._owner[at] is not None or too_much or self._faces[at] == skipped:
                continue
            self._owner[at] = whole
            self._fill(whole, at + 1, tuple(lack - part for part, lack in zip(sums, missing, strict=True)))
            self._owner[at] = None
            skipped = self._faces[at]

    def _next(self, whole: int) -> None:
        if whole + 1 < len(self._wholes):
            self._fill(whole + 1, 0, self._wholes[whole + 1][1])
        elif None not in self._owner and (shares := self._shares()) not in self._shared:
            self._shared.append(shares)
            self._found.append([
                (number, [n for at, (n, _) in enumerate(self._parts) if self._owner[at] == of])
                for of, (number, _) in enumerate(self._wholes)
            ])  # fmt: skip

    def _shares(self) -> list[_Face]:
        """What each whole gets in all figures: two ways to the same shares are one."""
        owned = [[at for at, owner in enumerate(self._owner) if owner == of] for of in range(len(self._wholes))]
        return [tuple(map(_added, zip(*(self._faces[at] for at in ats), strict=True))) for ats in owned]


def _added(column: Sequence[Decimal | None]) -> Decimal | None:
    known = [value for value in column if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(column) else None
