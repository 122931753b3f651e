"""Which lines of two papers speak of the same goods: in any order, split over several, or several taken together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from validators.goods import Goods, Likeness, affinity, same_code, together

JOIN_AT = 1.0
"""Evidence from which lines are joined for what they say themselves."""
SIX_DIGITS = 6
"""Digits of a tariff code that all countries share (Harmonized System)."""
ATTACH_AT = 0.8
"""Evidence by name from which a line left over belongs to goods that are joined already."""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of the invoice and lines of another paper that speak of the same goods; either side may be empty."""

    left: tuple[Goods, ...]
    right: tuple[Goods, ...]


@dataclass(slots=True)
class _Open:
    """A group while it grows."""

    left: list[Goods]
    right: list[Goods]


def _bundles(goods: Sequence[Goods]) -> list[tuple[Goods, ...]]:
    """Each line by itself, and the lines of one tariff code together: certificates sum goods up by code."""
    by_code: dict[str, list[Goods]] = defaultdict(list)
    for one in goods:
        if one.hs and len(one.hs) >= SIX_DIGITS:
            by_code[one.hs[:SIX_DIGITS]].append(one)
    return [(one,) for one in goods] + [tuple(of) for of in by_code.values() if len(of) > 1]


def _best_first(
    left: Sequence[tuple[Goods, ...]], right: Sequence[Goods], score: Callable[[Goods, Goods], float]
) -> list[tuple[float, tuple[Goods, ...], Goods]]:
    sums = [(bundle, bundle[0] if len(bundle) == 1 else together(bundle)) for bundle in left]
    pairs = [(score(whole, other), bundle, other) for bundle, whole in sums for other in right]
    return sorted(pairs, key=lambda pair: -pair[0])


def _joined(left: Sequence[Goods], right: Sequence[Goods], score: Callable[[Goods, Goods], float]) -> list[_Open]:
    """The groups that evidence makes, strongest first, every line in at most one."""
    groups: list[_Open] = []
    used: set[int] = set()
    for evidence, bundle, other in _best_first(_bundles(left), right, score):
        if evidence < JOIN_AT:
            break
        if id(other) in used or any(id(one) in used for one in bundle):
            continue
        groups.append(_Open(list(bundle), [other]))
        used.update(id(one) for one in (*bundle, other))
    return groups


def _spare(goods: Iterable[Goods], groups: Sequence[_Open]) -> list[Goods]:
    taken = {id(one) for group in groups for one in (*group.left, *group.right)}
    return [one for one in goods if id(one) not in taken]


def _named(a: Goods, b: Goods, likeness: Likeness) -> float:
    """How surely one line names the goods of the other, their quantities apart."""
    if same_code(a.hs, b.hs) is False:
        return 0.0
    code = 1.0 if same_code(a.hs, b.hs) else 0.0
    part = 1.0 if a.part and a.part == b.part else 0.0
    return code + part + likeness.between(a, b)


def _completes(left: Sequence[Goods], right: Sequence[Goods]) -> float:
    """Half a point where the quantities of both sides then come out equal."""
    ours, theirs = together(left).quantity, together(right).quantity
    return 0.5 if ours is not None and ours == theirs else 0.0


def _attach(groups: Sequence[_Open], left: Sequence[Goods], right: Sequence[Goods], likeness: Likeness) -> None:
    """Lines left over go to the goods they name, if any: the sums then show whether that was right."""

    def to_left(group: _Open, one: Goods) -> float:
        return max(_named(one, other, likeness) for other in group.right) + _completes([*group.left, one], group.right)

    def to_right(group: _Open, one: Goods) -> float:
        return max(_named(other, one, likeness) for other in group.left) + _completes(group.left, [*group.right, one])

    for one in _spare(left, groups):
        best = max(groups, key=lambda group: to_left(group, one), default=None)
        if best is not None and to_left(best, one) >= ATTACH_AT:
            best.left.append(one)
    for one in _spare(right, groups):
        best = max(groups, key=lambda group: to_right(group, one), default=None)
        if best is not None and to_right(best, one) >= ATTACH_AT:
            best.right.append(one)


def join(left: Sequence[Goods], right: Sequence[Goods], likeness: Likeness) -> tuple[Group, ...]:
    """Every line of both sides in exactly one group, in the order of the left side, then of the right.

    Where as many lines are left over on one side as on the other they are joined in their order: nothing else is left
    for them, and the checks then say in what they differ.
    """
    groups = _joined(left, right, lambda a, b: affinity(a, b, likeness))
    spare_left, spare_right = _spare(left, groups), _spare(right, groups)
    if len(spare_left) == len(spare_right):
        groups += [_Open([a], [b]) for a, b in zip(spare_left, spare_right, strict=True)]
    else:
        _attach(groups, left, right, likeness)
    groups += [_Open([one], []) for one in _spare(left, groups)]
    groups += [_Open([], [one]) for one in _spare(right, groups)]
    order = {id(one): n for n, one in enumerate((*left, *right))}
    groups.sort(key=lambda group: min(order[id(one)] for one in (*group.left, *group.right)))
    return tuple(Group(_in_order(group.left, order), _in_order(group.right, order)) for group in groups)


def _in_order(goods: Sequence[Goods], order: dict[int, int]) -> tuple[Goods, ...]:
    return tuple(sorted(goods, key=lambda one: order[id(one)]))
