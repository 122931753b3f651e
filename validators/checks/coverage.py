"""Whether the certificates are for all the goods: certificates of one form complete each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from schemas.findings import Severity
from schemas.shipments import LineRef
from schemas.values import plain
from validators.case import Case, Check
from validators.found import Found
from validators.goods import Goods, together
from validators.joining import Group, Joined
from validators.origins import is_same_origin
from validators.papers import Paper, is_read
from validators.splitting import total_of
from validators.units import is_counted, kilograms, measured

_FEW: Final = 3


def goods_are_covered(case: Case) -> Iterator[Found]:
    """Lines that no certificate of the form names are told once, with the first of them."""
    told: set[tuple[str, LineRef]] = set()
    for index, groups in case.matched.certificates:
        paper = case.papers.at(index)
        form, alike = str(paper.form), _of_form(case, paper)
        bare = [one for group in groups if not group.right for one in group.left]
        bare = [one for one in bare if is_read(case.papers.at(one.lines[0].document), one.lines[0].line)]
        bare = [one for one in bare if not any(other.beside(one.lines[0]) for other in alike)]
        yield from _uncovered(case, paper, [one for one in bare if (form, one.lines[0]) not in told])
        told |= {(form, one.lines[0]) for one in bare}
        for group in groups:
            if group.left and group.right:
                yield from _partly(case, paper, group, alike)


def _of_form(case: Case, paper: Paper) -> list[Joined]:
    """What the other certificates of that form are for."""
    return [
        groups
        for index, groups in case.matched.certificates
        if index != paper.index and case.papers.at(index).form == paper.form
    ]


def _uncovered(case: Case, paper: Paper, goods: Sequence[Goods]) -> Iterator[Found]:
    """One finding for each line, or one for all where they are many."""
    needed = [one for one in goods if _is_needed(case, paper, one)]
    severity: Severity = "warning" if needed else "info"
    asked = needed or goods
    if len(asked) > _FEW:
        numbers = ", ".join(str(one.lines[0].line + 1) for one in asked)
        message = f"{len(asked)} lines of the invoice ({numbers}) are not on {paper.title}"
        places = (paper.place(),)
        yield Found("certificate_coverage", message, nature="missing", severity=severity, places=places)
        return
    for one in asked:
        described = case.matched.text(one.lines[0], "description")
        message = f"Line {one.lines[0].line + 1} of the invoice ({described.value if described else '-'}) is not on"
        cells, places = (described,) if described else (), (paper.place(),)
        yield Found("certificate_coverage", f"{message} {paper.title}", cells, "missing", severity, places=places)


def _is_needed(case: Case, paper: Paper, goods: Goods) -> bool:
    """Goods of another origin are not expected on it: only those that it would prove the origin of."""
    ref, origin = goods.lines[0], paper.text("country_of_origin")
    stated = case.matched.text(ref, "origin") or case.papers.at(ref.document).text("country_of_origin")
    return origin is None or stated is None or is_same_origin(stated.value, origin.value)


def _partly(case: Case, paper: Paper, group: Group, others: Sequence[Joined]) -> Iterator[Found]:
    """Less than the invoice's quantity; where the two count differently, less than the goods weigh net."""
    wanted, there = total_of(group.left), total_of(group.right)
    if wanted is None or there is None:
        return
    refs = [ref for one in group.left for ref in one.lines]
    also = [found for joined in others for ref in refs if (found := joined.of(ref)) is not None and found.right]
    more = [total for found in {id(one): one for one in also}.values() if (total := total_of(found.right))]
    covered = there[1] + sum((amount for kind, amount in more if kind == there[0]), Decimal(0))
    cells = case.matched.numbers((*group.left, *group.right), "quantity")
    if wanted[0] == there[0] and covered < wanted[1] - _rounding(group):
        told = _in_unit(covered, group), _in_unit(wanted[1], group)
    elif wanted[0] != there[0] and _weighs_less(case, group):
        told = _kilograms(group)
    else:
        return
    message = f"{paper.title} covers {told[0]} of {told[1]} of the goods in {cells[0].where}"
    yield Found("certificate_coverage", message, tuple(cells))


def _rounding(group: Group) -> Decimal:
    """What is weighed or measured is rounded when it is converted; what is counted is not."""
    goods = (*group.left, *group.right)
    units = {one.unit for one in goods}
    if len(units) == 1 or all(is_counted(one.unit) for one in goods):
        return Decimal(0)
    whole = total_of(group.left)
    return abs(whole[1]) / 1000 if whole else Decimal(0)


def _in_unit(amount: Decimal, group: Group) -> str:
    """The amount in the unit of the certificate's lines."""
    return plain(amount / measured(Decimal(1), group.right[0].unit)[1])


def _weighs_less(case: Case, group: Group) -> bool:
    ours, theirs = together(group.left), together(group.right)
    weighed = None if theirs.quantity is None else kilograms(theirs.quantity, theirs.unit)
    return weighed is not None and ours.net is not None and weighed < ours.net * (1 - case.tolerances.weight_share)


def _kilograms(group: Group) -> tuple[str, str]:
    ours, theirs = together(group.left), together(group.right)
    weighed = kilograms(theirs.quantity or Decimal(0), theirs.unit) or Decimal(0)
    return f"{plain(weighed)} kg", f"{plain(ours.net or Decimal(0))} kg"


CHECKS = (Check(frozenset({"certificate_coverage"}), goods_are_covered),)
