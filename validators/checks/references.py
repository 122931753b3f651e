"""Whether the papers belong together: the numbers they name, the order of their dates, and earlier shipments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schemas.findings import FindingCode
from validators.case import Case, Check
from validators.differences import difference
from validators.found import Found
from validators.misplaced import cut_wrong
from validators.papers import Cell, Paper
from validators.sameness import reference
from validators.sellers import claimed_by

_I, _P, _T, _C = "commercial_invoice", "packing_list", "transport_document", "certificate_of_origin"

# Numbers of one paper that another names: (paper, field), (paper, field), what it is.
_NAMED = (
    ((_I, "number"), (_P, "invoice_number"), "Invoice numbers"),
    ((_I, "purchase_order"), (_P, "purchase_order"), "Order numbers"),
    ((_T, "number"), (_I, "transport_document_number"), "Transport document numbers"),
    ((_T, "container_number"), (_P, "container_number"), "Container numbers"),
)


def _several(text: str) -> list[str]:
    """Several numbers in one field are joined by "; "; a comma or a blank may be part of a number."""
    return [part for one in text.split(";") if (part := reference(one))]


def _names(wanted: Sequence[Cell[str]], stated: Cell[str]) -> bool:
    """Whether the stated number is one of the wanted; printed labels or an added year do not matter."""
    known = [part for cell in wanted for part in _several(cell.value)]
    return all(any(part == other for other in known) for part in _several(stated.value))


def papers_name_each_other(case: Case) -> Iterator[Found]:
    for (kind, name), (other_kind, other_name), what in _NAMED:
        wanted = case.papers.texts(name, kind)
        for stated in case.papers.texts(other_name, other_kind) if wanted else ():
            if not _names(wanted, stated):
                yield _told("reference_mismatch", what, wanted[0], stated)


def _told(code: FindingCode, what: str, wanted: Cell[str], stated: Cell[str]) -> Found:
    """Another number, or the same one read with a word too many."""
    return cut_wrong(stated, wanted) or difference(code, what, left=wanted, right=stated)


def waybills_are_of_one_shipment(case: Case) -> Iterator[Found]:
    """Two of one kind, neither the other's house or master: goods of two carriages cannot be declared as one."""
    waybills = [paper for paper in case.papers.of(_T) if paper.text("number") is not None]
    for n, paper in enumerate(waybills):
        for other in waybills[n + 1 :]:
            ours, theirs = _numbers_of(paper), _numbers_of(other)
            if paper.form == other.form and not ours & theirs:
                first, second = paper.text("number"), other.text("number")
                message = (
                    f"{first.shown if first else ''} and {second.shown if second else ''} are transport documents of "
                    "two carriages: these may be papers of two shipments"
                )
                yield Found("reference_mismatch", message, tuple(cell for cell in (first, second) if cell))
                return


def _numbers_of(paper: Paper) -> set[str]:
    """Its own number and its master's."""
    cells = (paper.text("number"), paper.text("master_document_number"))
    return {part for cell in cells if cell for part in _several(cell.value)}


def certificates_name_the_invoice(case: Case) -> Iterator[Found]:
    numbers = case.papers.texts("number", _I)
    for stated in case.papers.texts("invoice_number", _C) if numbers else ():
        if not _names(numbers, stated):
            yield _told("certificate_reference", "Invoice numbers", numbers[0], stated)
    dates = [cell for paper in case.papers.of(_I) if (cell := paper.date("date"))]
    for paper in case.papers.of(_C):
        named = paper.date("invoice_date")
        if dates and named is not None and all(named.value != cell.value for cell in dates):
            yield difference("certificate_reference", "Invoice dates", left=dates[0], right=named)


def _future(case: Case, paper: Paper) -> Iterator[Found]:
    # An arrival may lie ahead: goods are declared before they arrive.
    for name in ("date", "shipped_on_board_date", "invoice_date"):
        cell = paper.date(name)
        if cell is not None and cell.value > case.as_of:
            message = f"{cell.where}: {cell.shown} lies after the day of clearance, {case.as_of}"
            yield Found("date_order", message, (cell,))


def _before_invoice(case: Case, paper: Paper) -> Iterator[Found]:
    """A waybill or a certificate is made out for goods that are invoiced already."""
    invoiced = [cell for other in case.papers.of(_I) if (cell := other.date("date"))]
    cell = paper.date("date")
    if cell is None or not invoiced:
        return
    first = min(invoiced, key=lambda each: each.value)
    if cell.value < first.value <= case.as_of:
        yield Found(
            "date_order", f"{cell.where} is dated {cell.shown}, before the invoice, {first.shown}", (first, cell)
        )


def _shipped_after_issue(paper: Paper) -> Iterator[Found]:
    arrived, shipped = paper.date("arrival_date"), paper.date("shipped_on_board_date")
    if arrived is not None and shipped is not None and arrived.value < shipped.value:
        yield Found(
            "date_order",
            f"{arrived.where}: arrived {arrived.shown}, before shipment {shipped.shown}",
            (arrived, shipped),
        )


def dates_are_in_order(case: Case) -> Iterator[Found]:
    for paper in case.papers.of(_I, _P, _C, _T):
        yield from _future(case, paper)
    for paper in case.papers.of(_C, _T):
        yield from _before_invoice(case, paper)
    for paper in case.papers.of(_T):
        yield from _shipped_after_issue(paper)


def invoice_was_not_cleared_before(case: Case) -> Iterator[Found]:
    for paper in case.papers.of(_I):
        known_by = claimed_by(case.papers, paper)
        if known_by is None:
            continue
        number, exporter = known_by
        earlier = [
            other for other in case.earlier.with_invoice(exporter.value.name, number.value) if other != case.reference
        ]
        if earlier:
            message = f"{exporter.shown}'s invoice {number.shown} stands in an earlier shipment: {', '.join(earlier)}"
            yield Found("duplicate_invoice", message, (number, exporter), "policy")


CHECKS = (
    Check(frozenset({"reference_mismatch", "illegible"}), papers_name_each_other),
    Check(frozenset({"reference_mismatch"}), waybills_are_of_one_shipment),
    Check(frozenset({"certificate_reference", "illegible"}), certificates_name_the_invoice),
    Check(frozenset({"date_order"}), dates_are_in_order),
    Check(frozenset({"duplicate_invoice"}), invoice_was_not_cleared_before),
)
