"""A case with its pages sorted as people said, before any run has sorted them so. No page is read again.

Papers that stay as they were keep what the last run made of them, second looks too; of a paper that is another now the
release looks again at what is in doubt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from flows import steps
from flows.casework.preparing import Kept, Prepared, prepared_key
from flows.workshop import Workshop
from schemas.assignments import PageAssignment, PageName
from schemas.casework import CasePage
from schemas.documents import Document
from schemas.shipments import Shipment

_SORTED = Kept[Prepared]()


def sorted_as(base: Prepared, assignments: tuple[PageAssignment, ...], workshop: Workshop) -> Prepared:
    """The revision with these assignments in place of those that it knows; from memory where it was sorted so last.

    Raises `MissingProgramError` where a paper was never read and cannot be.
    """
    if assignments == base.shipment.assignments:
        return base
    key = (*prepared_key(base, workshop), *(one.model_dump_json() for one in assignments))
    known = _SORTED.get(key)
    if known is None:
        known = replace(base, shipment=_resorted(base, assignments, workshop))
        _SORTED.put(key, known)
    return known


def order_of(pages: Sequence[CasePage]) -> dict[PageName, int]:
    """Where each page stands in the shipment's files."""
    named = dict.fromkeys(PageName(sha256=page.sha256, page=page.number) for page in pages)
    return {page: n for n, page in enumerate(named)}


def _resorted(base: Prepared, assignments: tuple[PageAssignment, ...], workshop: Workshop) -> Shipment:
    readings = steps.read_papers(base.intake, workshop, steps.unseen)
    found = steps.papers_in(readings, assignments, workshop)
    known: defaultdict[tuple[object, ...], list[Document]] = defaultdict(list)
    for document in reversed(base.shipment.documents):
        known[_frame(document)].append(document)
    documents = tuple(_as_it_was(one, known[_frame(one)]) for one in found)
    sorted_so = base.intake.model_copy(update={"assignments": assignments})
    return steps.with_papers(documents, sorted_so, readings, workshop)


def _as_it_was(found: Document, known: list[Document]) -> Document:
    """The paper as the last run left it, if it is the same pages as the same kind of paper."""
    return known.pop().model_copy(update={"reasons": found.reasons}) if known else found


def _frame(document: Document) -> tuple[object, ...]:
    return document.type, document.parts, document.text_source
