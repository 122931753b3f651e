"""How much of the goods each paper states, line by line, whatever the order and however the lines are split."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from schemas.values import plain
from validators.arithmetic import ulp
from validators.case import Case, Check
from validators.differences import difference
from validators.found import Found
from validators.goods import Goods
from validators.joining import Group
from validators.matched import Matched
from validators.papers import TITLES, Cell, is_read
from validators.totals import is_proven_complete
from validators.units import canonical, converted, is_counted, kilograms

_INVOICE, _COVERED = "commercial_invoice", "certificate_of_origin"
_FEW = 3
_CONVERTED = Decimal("0.0005")
"""Share by which the other side's rounding shows in the converted quantity."""


def _total(goods: Sequence[Goods], unit: str | None) -> Decimal | None:
    """The quantity of all lines in that unit; None where a line has none or its unit cannot be converted."""
    total = Decimal(0)
    for one in goods:
        if one.quantity is None:
            return None
        in_unit = converted(one.quantity, one.unit, unit)
        if in_unit is None:
            return None
        total += in_unit
    return total


def _mass(goods: Sequence[Goods]) -> Decimal | None:
    """Kilograms of all lines, by their unit; None where one is not counted by mass."""
    masses = [None if one.quantity is None else kilograms(one.quantity, one.unit) for one in goods]
    known = [mass for mass in masses if mass is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(masses) else None


def _is_mass_of_other(ours: Sequence[Goods], theirs: Sequence[Goods]) -> bool:
    """Whether one side counts by mass what the other counts otherwise, and that is the other's net weight."""
    nets = [one.net for one in theirs if one.net is not None]
    mass = _mass(ours)
    return mass is not None and len(nets) == len(theirs) and mass == sum(nets, Decimal(0))


def _rounding(matched: Matched, group: Group) -> Decimal:
    """What a converted weight or measure is rounded by where it is printed; what is counted comes out exactly."""
    units = {canonical(one.unit or "") for one in (*group.left, *group.right)}
    if len(units) == 1 or all(is_counted(unit) for unit in units):
        return Decimal(0)
    return sum(
        (ulp(cell.value) / 2 for cell in matched.numbers(group.right, "quantity")), Decimal(0)
    ) + _CONVERTED * _raw(group.right)


def _raw(goods: Sequence[Goods]) -> Decimal:
    return sum((one.quantity for one in goods if one.quantity is not None), Decimal(0))


def _only_unit_differs(group: Group) -> bool:
    """Equal figures in different units (480 pairs, 480 pieces): it is the unit that is wrong, not the quantity."""
    units = {canonical(one.unit) for one in (*group.left, *group.right) if one.unit}
    return len(units) > 1 and _raw(group.left) == _raw(group.right)


def _is_partly_covered(kind: str, left: Decimal, right: Decimal) -> bool:
    """A certificate for less than the invoice is a matter of coverage."""
    return kind == _COVERED and right < left


def _quantity(case: Case, kind: str, group: Group) -> Iterator[Found]:
    unit = next((one.unit for one in group.right if one.unit), None)
    left, right = _total(group.left, unit), _total(group.right, unit)
    if left is None or right is None or _is_partly_covered(kind, left, right):
        return
    if abs(left - right) <= _rounding(case.matched, group):
        return
    if _only_unit_differs(group):
        return
    ours, theirs = (case.matched.numbers(side, "quantity") for side in (group.left, group.right))
    if len(ours) == len(theirs) == 1:
        yield difference("quantity_mismatch", "Quantities", left=ours[0], right=theirs[0])
        return
    yield Found(
        "quantity_mismatch",
        f"Quantities differ: {ours[0].where} and what belongs to it add up to {plain(left)}, "
        f"{theirs[0].where} to {plain(right)}",
        (*ours, *theirs),
    )


def quantities_agree(case: Case) -> Iterator[Found]:
    for kind, groups in case.matched.groups():
        for group in groups:
            if group.left and group.right:
                yield from _quantity(case, kind, group)


def _alone(case: Case, goods: Sequence[Goods], kind: str) -> Iterator[Found]:
    """One finding for each line, or one for all where they are many: then a page or a table is what is missing.

    Where nothing proves that all rows of a picture were read, they may stand there: that is asked, and held as hard.
    """
    counted = [cell for one in goods if (cell := case.matched.number(one.lines[0], "quantity")) is not None]
    unproven = any(paper.by_eye and not is_proven_complete(paper) for paper in case.papers.of(kind))
    on = f"{TITLES[kind]}, of which nothing proves that all lines were read; compare with the paper"
    on = on if unproven else TITLES[kind]
    if len(counted) > _FEW:
        numbers = ", ".join(str((cell.line or 0) + 1) for cell in counted)
        message = f"{len(counted)} lines of the {TITLES[counted[0].type]} ({numbers}) are not on the {on}"
        yield _told(message, counted, case.tolerances.evidence_limit, unread=unproven)
    else:
        for cell in counted:
            yield _told(f"{cell.where}: these goods ({cell.shown}) are not on the {on}", [cell], 1, unread=unproven)
    yield from _uncounted(case, goods)


def _told(message: str, cells: Sequence[Cell[Decimal]], limit: int, *, unread: bool) -> Found:
    shown = tuple(cells[:limit])
    if unread:
        return Found("illegible", message, shown, "misread", "error", disputes=tuple(cells))
    return Found("quantity_mismatch", message, shown, disputes=tuple(cells))


def _uncounted(case: Case, goods: Sequence[Goods]) -> Iterator[Found]:
    """Rows without a quantity that no other paper has: a bank's details or a sum are read as a row of goods."""
    for one in goods:
        cell = case.matched.text(one.lines[0], "description")
        if cell is not None and case.matched.number(one.lines[0], "quantity") is None:
            doubt = "in a row without a quantity that no other paper has"
            message = f"{cell.where}: description was read as '{cell.shown}', {doubt}; please look and confirm"
            yield Found("illegible", message, (cell,), "misread", "error")


def _has_lines(case: Case, kind: str) -> bool:
    return any(paper.lines for paper in case.papers.of(kind))


def _is_read(case: Case, goods: Goods) -> bool:
    return all(is_read(case.papers.at(ref.document), ref.line) for ref in goods.lines)


def all_goods_are_on_both(case: Case) -> Iterator[Found]:
    """Lines of one paper that no line of the other speaks of. What a certificate leaves out is a matter of coverage.

    Where there is no invoice, or the other paper has no line that was read, that is told and not what follows from it.
    """
    for kind, groups in case.matched.groups():
        if not _has_lines(case, _INVOICE) or not _has_lines(case, kind):
            continue
        ours = [one for group in groups if not group.right for one in group.left if _is_read(case, one)]
        theirs = [one for group in groups if not group.left for one in group.right]
        if kind != _COVERED:
            yield from _alone(case, ours, kind)
        yield from _alone(case, theirs, _INVOICE)


def _units(matched: Matched, group: Group) -> Iterator[Found]:
    """The first pair of units that cannot stand for each other."""
    ours, theirs = (_by_unit(matched, side) for side in (group.left, group.right))
    same_figures = _only_unit_differs(group)
    for left, a in ours.items():
        for right, b in theirs.items():
            if left != right and (same_figures or converted(Decimal(1), left, right) is None):
                yield difference("unit_mismatch", "Units", left=a, right=b)
                return


def _by_unit(matched: Matched, goods: Sequence[Goods]) -> dict[str, Cell[str]]:
    """The first cell of each unit."""
    found: dict[str, Cell[str]] = {}
    for cell in matched.texts(goods, "unit"):
        found.setdefault(canonical(cell.value), cell)
    return found


def units_agree(case: Case) -> Iterator[Found]:
    for _, groups in case.matched.groups():
        for group in groups:
            weighed = _is_mass_of_other(group.left, group.right) or _is_mass_of_other(group.right, group.left)
            if group.left and group.right and (not weighed or _only_unit_differs(group)):
                yield from _units(case.matched, group)


CHECKS = (
    Check(frozenset({"quantity_mismatch", "illegible"}), quantities_agree),
    Check(frozenset({"quantity_mismatch", "illegible"}), all_goods_are_on_both),
    Check(frozenset({"unit_mismatch", "illegible"}), units_agree),
)
