"""Certificates of origin: valid on the day, issued in time, and with criteria that their form knows."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Sequence

from validators.case import Case, Check
from validators.certificate_rules import RULES, is_known_criterion
from validators.found import Found
from validators.papers import Paper
from validators.proof_terms import proof_term

_C = "certificate_of_origin"
_FEW = 3
_DAY = dt.timedelta(days=1)


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


def importing_country(case: Case) -> str | None:
    """Where the proof is to be used: where the goods are declared, else where the invoice sends them."""
    stated = case.papers.texts("country_of_destination", "commercial_invoice")
    return case.jurisdiction or (stated[0].value if stated else None)


def _term_ended(case: Case, paper: Paper) -> Iterator[Found]:
    """Past the longest term it is not valid; past the shortest, somebody looks which agreement it is issued under."""
    issued, origin = paper.date("date"), paper.text("country_of_origin")
    term = proof_term(str(paper.form), origin.value if origin else None, importing_country(case))
    if issued is None or term is None:
        return
    ends, surely = (_months_later(issued.value, months) for months in (term.longest, term.shortest))
    by = f" ({term.agreement})" if term.agreement else ""
    if case.as_of > ends:
        told = f"valid for {term.longest} months{by}: until {ends}, before {case.as_of}"
        yield Found("certificate_expired", f"{paper.title} of {issued.shown} is {told}", (issued,), "policy")
    elif case.as_of > surely:
        told = (
            f"valid for {term.shortest} to {term.longest} months{by}, and {case.as_of} lies between: look which it is"
        )
        yield Found("certificate_expired", f"{paper.title} of {issued.shown} is {told}", (issued,), "policy", "warning")


def _issued_late(case: Case, paper: Paper) -> Iterator[Found]:
    rule, issued, shipped = RULES.get(str(paper.form)), paper.date("date"), _shipped(case)
    if rule is None or issued is None or shipped is None or rule.late_days is None:
        return
    late_issue = f"{paper.title} was issued on {issued.shown}, after shipment on {shipped}"
    if issued.value > shipped + rule.late_days * _DAY and not paper.flag("issued_retrospectively"):
        message = f"{late_issue}, and is not marked as issued retrospectively"
        yield Found("certificate_expired", message, (issued,), "policy")
    elif rule.late_months is not None and issued.value > _months_later(shipped, rule.late_months):
        message = f"{late_issue}: later than the {rule.late_months} months in which it may be issued"
        yield Found("certificate_expired", message, (issued,), "policy")


def certificates_are_valid(case: Case) -> Iterator[Found]:
    for paper in case.papers.of(_C):
        yield from _term_ended(case, paper)
        yield from _issued_late(case, paper)


def _blank(paper: Paper) -> Iterator[Found]:
    """Lines without a criterion, as missing or as a question whether one was lost in reading."""
    stated = [paper.text("origin_criterion", line) for line in range(len(paper.lines))]
    blank = [line for line, cell in enumerate(stated) if cell is None]
    if not blank:
        return
    unread = paper.by_eye and _may_be_lost([cell.value for cell in stated if cell is not None], len(blank))
    numbers = ", ".join(str(line + 1) for line in blank)
    what = "could not be read" if unread else "is missing"
    places = tuple(paper.place("origin_criterion").model_copy(update={"line": line + 1}) for line in blank)
    message = f"{paper.title}, line {numbers}: the origin criterion {what}"
    yield Found("illegible" if unread else "origin_criterion", message, nature="missing", places=places)


def _may_be_lost(stated: Sequence[str], blank: int) -> bool:
    """Whether a scan lost them rather than that nobody wrote them.

    So it is where most of the column is blank, and where a single one is blank among several that all say the same: a
    form is filled in down the column, and one letter by itself is what a reader misses first.
    """
    alone = blank == 1 and len(stated) >= _FEW and len({one.strip().casefold() for one in stated}) == 1
    return alone or blank > len(stated)


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


CHECKS = (
    Check(frozenset({"certificate_expired"}), certificates_are_valid),
    Check(frozenset({"origin_criterion", "illegible"}), criteria_are_known),
)
