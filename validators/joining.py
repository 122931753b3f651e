"""Which lines of two papers speak of the same goods: in any order, split over several, or several taken together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from typing_extensions import override

from schemas.shipments import LineRef
from validators.affinity import Table, affinity, names_in_common
from validators.goods import SIX_DIGITS, Goods, Likeness, together
from validators.splitting import Lines, settled, total_of, unexplained

JOIN_AT = 1.0
"""Evidence from which lines are joined for what they say themselves."""
ATTACH_AT = 0.8
"""Evidence by name from which a line left over belongs to goods that are joined already."""
NAMED_AT = 0.4
"""The same, where no other goods are named nearly as well."""
_COMPLETES = 0.5
"""Added where the quantities of both sides then come out equal."""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of the invoice and lines of another paper that speak of the same goods; either side may be empty."""

    left: tuple[Goods, ...]
    right: tuple[Goods, ...]


class Joined(Sequence[Group]):
    """The groups of two papers' lines, in order, and the group that each line of the invoice is in."""

    def __init__(self, groups: Iterable[Group] = ()) -> None:
        self._groups = tuple(groups)
        self._of = {(ref.document, ref.line): of for of in self._groups for one in of.left for ref in one.lines}

    def of(self, ref: LineRef) -> Group | None:
        """The group with this line of the invoice; None where that line is in none."""
        return self._of.get((ref.document, ref.line))

    def beside(self, ref: LineRef) -> tuple[LineRef, ...]:
        """The other paper's lines that speak of the goods of this line of the invoice."""
        group = self.of(ref)
        return tuple(line for one in group.right for line in one.lines) if group else ()

    @overload
    def __getitem__(self, at: int) -> Group: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Group, ...]: ...
    @override
    def __getitem__(self, at: int | slice) -> Group | tuple[Group, ...]:
        return self._groups[at]

    @override
    def __iter__(self) -> Iterator[Group]:
        return iter(self._groups)

    @override
    def __len__(self) -> int:
        return len(self._groups)


def join(left: Sequence[Goods], right: Sequence[Goods], likeness: Likeness) -> Joined:
    """Every line of both sides in exactly one group, in the order of the left side, then of the right.

    Where as many lines are left over on one side as on the other they are joined in their order: nothing else is left
    for them, and the checks then say in what they differ.
    """
    if not left or not right:
        return Joined(_alone(left, right))
    names = names_in_common(left, right, likeness)
    ways = [settled(way, names, (left, right)) for way in (_by_evidence(left, right, likeness, names), _by_name(names))]
    groups = min(ways, key=lambda way: unexplained(way, (left, right)))
    groups += [([n], []) for n in _spare(len(left), (n for n, _ in groups))]
    groups += [([], [n]) for n in _spare(len(right), (n for _, n in groups))]
    return Joined(_in_order(groups, left, right))


def _by_evidence(left: Sequence[Goods], right: Sequence[Goods], likeness: Likeness, names: Table) -> list[Lines]:
    """The strongest evidence first; what is left over goes to the goods it names."""
    groups = _joined(left, right, likeness)
    spare = _left_over(groups, names)
    if len(spare[0]) == len(spare[1]):
        return [*groups, *(([a], [b]) for a, b in zip(*spare, strict=True))]
    _attach(spare[0], groups, names, (left, right))
    _attach(spare[1], [(b, a) for a, b in groups], names.T, (right, left))
    spare = _left_over(groups, names)
    return [*groups, spare] if min(map(len, spare)) == 1 and _is_whole(spare, (left, right)) else groups


def _left_over(groups: Sequence[Lines], names: Table) -> Lines:
    return _spare(names.shape[0], (n for n, _ in groups)), _spare(names.shape[1], (n for _, n in groups))


def _is_whole(spare: Lines, goods: tuple[Sequence[Goods], Sequence[Goods]]) -> bool:
    """Whether the lines left over on both sides come to the same together."""
    ours, theirs = (total_of([side[n] for n in lines]) for side, lines in zip(goods, spare, strict=True))
    return ours is not None and ours == theirs


def _by_name(names: Table) -> list[Lines]:
    """Each line with the one that it names best; as many pieces of another colour are no evidence against a name."""
    groups: dict[int, Lines] = {}
    for n in range(names.shape[1]):
        best = int(names[:, n].argmax())
        if names[best, n] >= ATTACH_AT:
            groups.setdefault(best, ([best], []))[1].append(n)
    home = {n: group for group in groups.values() for n in group[1]}
    for n in _spare(names.shape[0], (ours for ours, _ in groups.values())):
        best = int(names[n].argmax())
        if names[n, best] >= ATTACH_AT and best in home:
            home[best][0].append(n)
    return list(groups.values())


def _alone(left: Iterable[Goods], right: Iterable[Goods]) -> list[Group]:
    return [Group((one,), ()) for one in left] + [Group((), (one,)) for one in right]


def _in_order(groups: Iterable[Lines], left: Sequence[Goods], right: Sequence[Goods]) -> Iterator[Group]:
    ordered = sorted(groups, key=lambda group: min([*group[0], *(len(left) + n for n in group[1])]))
    return (
        Group(tuple(left[n] for n in sorted(ours)), tuple(right[n] for n in sorted(theirs))) for ours, theirs in ordered
    )


def _spare(count: int, taken: Iterable[Sequence[int]]) -> list[int]:
    used = {n for some in taken for n in some}
    return [n for n in range(count) if n not in used]


def _bundles(goods: Sequence[Goods]) -> list[tuple[int, ...]]:
    """Each line by itself, and the lines of one tariff code together: certificates sum goods up by code."""
    by_code: dict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(goods):
        if one.hs and len(one.hs) >= SIX_DIGITS:
            by_code[one.hs[:SIX_DIGITS]].append(n)
    return [(n,) for n in range(len(goods))] + [tuple(of) for of in by_code.values() if len(of) > 1]


def _joined(left: Sequence[Goods], right: Sequence[Goods], likeness: Likeness) -> list[Lines]:
    """The groups that evidence makes, strongest first, every line in at most one."""
    bundles = _bundles(left)
    wholes = [left[of[0]] if len(of) == 1 else together([left[n] for n in of]) for of in bundles]
    groups: list[Lines] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for bundle, other in _best_first(affinity(wholes, right, likeness)):
        if other in used[1] or not used[0].isdisjoint(bundles[bundle]):
            continue
        groups.append((list(bundles[bundle]), [other]))
        used[0].update(bundles[bundle])
        used[1].add(other)
    return groups


def _best_first(evidence: Table) -> Iterable[tuple[int, int]]:
    """Pairs worth joining, the strongest first, of equal ones the first printed."""
    flat = evidence.ravel()
    worth = np.flatnonzero(flat >= JOIN_AT)
    for at in worth[np.argsort(-flat[worth], kind="stable")].tolist():
        yield divmod(at, evidence.shape[1])


def _attach(
    spare: Iterable[int], groups: Sequence[Lines], names: Table, goods: tuple[Sequence[Goods], Sequence[Goods]]
) -> None:
    """Lines left over go to the goods they name, if any: the sums then show whether that was right.

    `groups` have the spare lines' side first, `names` a row for each line of it.
    """
    if not groups:
        return
    members = [(n, of) for of, (_, theirs) in enumerate(groups) for n in theirs]
    lines, owners = np.array([n for n, _ in members]), np.array([of for _, of in members])
    for one in spare:
        named = np.zeros(len(groups))
        np.maximum.at(named, owners, names[one, lines])
        near = np.flatnonzero(named >= max(named.max() - _COMPLETES, ATTACH_AT - _COMPLETES)).tolist()
        scores = [named[at] + _completes(one, groups[at], goods) for at in near]
        if scores and (max(scores) >= ATTACH_AT or _stands_out(named)):
            groups[near[int(np.argmax(scores))]][0].append(one)


def _stands_out(named: Table) -> bool:
    """Whether one of several goods is named much better than the others: a short name has few words in common."""
    if len(named) == 1:
        return False
    second, best = np.partition(named, -2)[-2:]
    return bool(best >= NAMED_AT and best - second >= NAMED_AT / 2)


def _completes(one: int, group: Lines, goods: tuple[Sequence[Goods], Sequence[Goods]]) -> float:
    ours, theirs = (total_of([side[n] for n in lines]) for side, lines in zip(goods, group, strict=True))
    more = total_of([goods[0][one]])
    whole = ours is not None and more is not None and ours[0] == more[0] and (ours[0], ours[1] + more[1]) == theirs
    return _COMPLETES if whole else 0.0
