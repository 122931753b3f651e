"""What has to be there: papers, their pages, and the values that a declaration needs."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.findings import Evidence, FindingCode
from validators.case import Case, Check
from validators.found import Found
from validators.numbering import runs
from validators.papers import TITLES, Paper

_I = "commercial_invoice"
_WITH_GOODS = (_I, "packing_list", "certificate_of_origin")

# Header values needed (contract: field_missing): the pointer or field, what a clerk calls it.
_OF_INVOICE = (("number", "invoice number"), ("date", "invoice date"), ("total_amount", "total amount"))
_DECLARED = (
    ("/exporter", "exporter", "exporter"),
    ("/importer", "consignee", "consignee or buyer"),
    ("/currency", "currency", "currency"),
    ("/incoterm", "incoterm", "delivery term"),
    ("/incoterm_place", "incoterm_place", "place of the delivery term"),
    ("/gross_mass_kg", "gross_weight_kg", "gross weight"),
    ("/packages", "packages", "number of packages"),
)

_TOTAL = "total_amount"
_ALWAYS_PRINTED = frozenset({"exporter", "consignee", "gross_weight_kg", "packages"})
"""What no set of trade papers leaves out; a currency or a delivery term some do."""


def papers_are_there(case: Case) -> Iterator[Found]:
    for kind in case.tolerances.required_documents:
        if not case.papers.of(kind):
            message = f"There is no {TITLES[kind]} among the papers: ask for it"
            yield Found("document_missing", message, nature="missing", places=(Evidence(document=kind),))


def _gaps(paper: Paper) -> list[int]:
    """Numbers of the pages that a printed count asks for and that are not there."""
    last = max((mark.of or mark.number for mark in paper.page_marks), default=0)
    there = {mark.number for mark in paper.page_marks}
    return [number for number in range(1, last + 1) if number not in there] if there else []


def pages_are_there(case: Case) -> Iterator[Found]:
    for paper in case.papers.all:
        gaps = _gaps(paper)
        # Some forms count only from the second page on: then the unmarked pages at hand fill the gap.
        if not gaps or len(gaps) <= paper.page_count - len(paper.page_marks):
            continue
        printed = max(paper.page_marks, key=lambda mark: mark.of or mark.number)
        count = f" of {printed.of}" if printed.of else ""
        message = f"{paper.title}: page {runs(gaps)}{count} is not there"
        places = tuple(Evidence(file=mark.file, page=mark.page, document=paper.type) for mark in paper.page_marks)
        yield Found("page_missing", message, nature="missing", places=places)


def _missing(what: str, paper: Paper, name: str, pointer: str | None, *, lost: bool) -> Found:
    told = f"the {what} could not be read" if lost else f"no paper gives the {what}"
    code: FindingCode = "illegible" if lost else "field_missing"
    pointers = (pointer,) if pointer else ()
    return Found(code, f"{paper.title}: {told}", nature="missing", places=(paper.place(name),), pointers=pointers)


def header_values_are_there(case: Case) -> Iterator[Found]:
    """What every invoice prints was lost where the paper was read by eye; and with its total what stands beside it."""
    # An invoice on which not even the goods could be read is asked about as a whole.
    invoices = [paper for paper in case.papers.of(_I) if paper.lines]
    for paper in invoices:
        for name, what in _OF_INVOICE:
            if paper.any(name) is None:
                pointer = "/total_invoice_amount" if name == _TOTAL else None
                yield _missing(what, paper, name, pointer, lost=name == _TOTAL and paper.by_eye)
    unread = any(paper.by_eye and paper.any(_TOTAL) is None for paper in invoices)
    for pointer, name, what in _DECLARED if invoices else ():
        if pointer not in case.standings.by_pointer:
            lost = unread or (name in _ALWAYS_PRINTED and invoices[0].by_eye)
            yield _missing(what, invoices[0], name, pointer, lost=lost)


def goods_are_there(case: Case) -> Iterator[Found]:
    """A paper without a single line of goods was not read: nothing can then be checked against it."""
    for paper in case.papers.of(*_WITH_GOODS):
        if not paper.lines:
            message = f"{paper.title}: no line of goods could be read on it; look at the paper"
            yield Found("illegible", message, nature="missing", places=(paper.place(),), pointers=_no_items(paper))


def _no_items(paper: Paper) -> tuple[str, ...]:
    return ("/items",) if paper.type == _I else ()


CHECKS = (
    Check(frozenset({"document_missing"}), papers_are_there),
    Check(frozenset({"page_missing"}), pages_are_there),
    Check(frozenset({"field_missing", "illegible"}), header_values_are_there),
    Check(frozenset({"illegible"}), goods_are_there),
)
