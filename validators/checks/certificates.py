"""Proofs of origin: there when claimed, valid on the day, with a criterion their form knows, and for all the goods."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Sequence

from schemas.values import plain
from validators.case import Case, Check
from validators.certificate_rules import RULES, is_known_criterion
from validators.differences import difference
from validators.found import Found
from validators.goods import Goods, together
from validators.joining import Group
from validators.papers import DRAFT_TYPE, Paper
from validators.sameness import reference
from validators.units import converted

_C = "certificate_of_origin"
_FEW = 3
_DAY = dt.timedelta(days=1)


def _forms(case: Case) -> set[str]:
    """Proofs at hand; a statement printed on the invoice is one without being a paper of its own."""
    forms = {str(paper.form) for paper in case.papers.of(_C)}
    if any(paper.any("origin_statement") for paper in case.papers.of("commercial_invoice")):
        forms |= {"invoice_declaration", "statement_on_origin"}
    return forms


def claimed_proofs_are_there(case: Case) -> Iterator[Found]:
    """Each form that the draft claims a preference by; told once, with the first item that claims it."""
    told: set[str] = set()
    for draft in case.papers.of(DRAFT_TYPE):
        for line in range(len(draft.lines)):
            form = draft.text("preference_form", line)
            if form is not None and form.value not in _forms(case) | told:
                told.add(form.value)
                message = f"The draft claims a preference by {form.value}, and there is no such certificate"
                yield Found(
                    "certificate_missing",
                    message,
                    (form,),
                    "missing",
                    disputes=(),
                    pointers=(f"/items/{line}/preference",),
                )


def claimed_numbers_agree(case: Case) -> Iterator[Found]:
    numbers = case.papers.texts("number", _C)
    for draft in case.papers.of(DRAFT_TYPE):
        claims = [cell for line in range(len(draft.lines)) if (cell := draft.text("certificate_number", line))]
        first = next((c for c in claims if all(reference(c.value) != reference(n.value) for n in numbers)), None)
        if first is not None and numbers:
            yield difference("certificate_reference", "Certificate numbers", left=numbers[0], right=first)


def _months_later(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _shipped(case: Case) -> dt.date | None:
    """The day of shipment: on board, else the day of the transport document."""
    dates = [
        cell.value
        for paper in case.papers.of("transport_document")
        if (cell := paper.date("shipped_on_board_date") or paper.date("date"))
    ]
    return min(dates) if dates else None


def _validity(case: Case, paper: Paper) -> Iterator[Found]:
    rule, issued = RULES.get(str(paper.form)), paper.date("date")
    if rule is None or issued is None:
        return
    ends = _months_later(issued.value, rule.valid_months)
    if case.as_of > ends:
        term = f"valid for {rule.valid_months} months: until {ends}, before {case.as_of}"
        message = f"{paper.title} of {issued.shown} is {term}"
        yield Found("certificate_expired", message, (issued,), "policy")
    shipped = _shipped(case)
    late = shipped is not None and issued.value > shipped + rule.late_days * _DAY
    if late and not paper.flag("issued_retrospectively"):
        late_issue = f"issued on {issued.shown}, after shipment on {shipped}"
        message = f"{paper.title} was {late_issue}, and is not marked as issued retrospectively"
        yield Found("certificate_expired", message, (issued,), "policy")


def certificates_are_valid(case: Case) -> Iterator[Found]:
    for paper in case.papers.of(_C):
        yield from _validity(case, paper)


def _blank(paper: Paper) -> Iterator[Found]:
    """Lines without a criterion. On a scan a column that is mostly blank was not read rather than left empty."""
    blank = [line for line in range(len(paper.lines)) if paper.text("origin_criterion", line) is None]
    if not blank:
        return
    unread = paper.by_eye and 2 * len(blank) > len(paper.lines)
    numbers = ", ".join(str(line + 1) for line in blank)
    what = "could not be read" if unread else "is missing"
    places = tuple(paper.place("origin_criterion").model_copy(update={"line": line + 1}) for line in blank)
    message = f"{paper.title}, line {numbers}: the origin criterion {what}"
    yield Found("illegible" if unread else "origin_criterion", message, nature="missing", places=places)


def _unknown(paper: Paper, form: str) -> Iterator[Found]:
    for line in range(len(paper.lines)):
        stated = paper.text("origin_criterion", line)
        if stated is None or is_known_criterion(form, stated.value):
            continue
        # A heading alone has lost the letter before it on a scan: W 6109.10 is read as 6109.10.
        unread = paper.by_eye and not any(character.isalpha() for character in stated.value)
        message = f"{stated.where}: '{stated.value}' is not an origin criterion of this form"
        yield Found(
            "illegible" if unread else "origin_criterion", message, (stated,), "misread" if unread else "policy"
        )


def criteria_are_known(case: Case) -> Iterator[Found]:
    for paper in case.papers.of(_C):
        form = str(paper.form)
        if form in RULES and RULES[form].criterion is not None:
            yield from _blank(paper)
            yield from _unknown(paper, form)


def _uncovered(case: Case, paper: Paper, goods: Sequence[Goods]) -> Iterator[Found]:
    """One finding for each line, or one for all where they are many."""
    if len(goods) > _FEW:
        numbers = ", ".join(str(one.lines[0].line + 1) for one in goods)
        message = f"{len(goods)} lines of the invoice ({numbers}) are not on {paper.title}"
        yield Found("certificate_coverage", message, nature="missing", places=(paper.place(),))
        return
    for one in goods:
        described = case.matched.text(one.lines[0], "description")
        goods_named = described.value if described else "-"
        message = f"Line {one.lines[0].line + 1} of the invoice ({goods_named}) is not on {paper.title}"
        yield Found(
            "certificate_coverage", message, (described,) if described else (), "missing", places=(paper.place(),)
        )


def _partly(case: Case, paper: Paper, group: Group) -> Iterator[Found]:
    ours, theirs = together(group.left), together(group.right)
    if ours.quantity is None or theirs.quantity is None:
        return
    wanted = converted(ours.quantity, ours.unit, theirs.unit)
    if wanted is not None and theirs.quantity < wanted:
        cells = case.matched.numbers((*group.left, *group.right), "quantity")
        message = f"{paper.title} covers {plain(theirs.quantity)} of {plain(wanted)} of the goods in {cells[0].where}"
        yield Found("certificate_coverage", message, tuple(cells))


def goods_are_covered(case: Case) -> Iterator[Found]:
    for index, groups in case.matched.certificates:
        paper = case.papers.at(index)
        yield from _uncovered(case, paper, [one for group in groups if not group.right for one in group.left])
        for group in groups:
            if group.left and group.right:
                yield from _partly(case, paper, group)


CHECKS = (
    Check(frozenset({"certificate_missing"}), claimed_proofs_are_there),
    Check(frozenset({"certificate_reference", "illegible"}), claimed_numbers_agree),
    Check(frozenset({"certificate_expired"}), certificates_are_valid),
    Check(frozenset({"origin_criterion", "illegible"}), criteria_are_known),
    Check(frozenset({"certificate_coverage"}), goods_are_covered),
)
