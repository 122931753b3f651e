"""What a result says of the pages that people sorted: who, why, and what stands no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from schemas.assignments import PageAssignment, PageName
from schemas.findings import Decision, Evidence, Finding
from schemas.shipments import Shipment

_Files = Mapping[PageName, str]
"""The name of the file that each page of the shipment's papers is in."""


def assignments_told(shipment: Shipment) -> tuple[Finding, ...]:
    """A finding that holds nothing for each assignment that has the last word about the page it was made at.

    Of one whose pages are no longer there it says so: the machine sorts what is left of them.
    """
    files = {
        PageName(sha256=part.sha256, page=page): part.file
        for document in shipment.documents
        for part in document.parts
        for page in part.pages
    }
    return tuple(reversed([_told(one, files) for one in _last_words(shipment)]))


def _last_words(shipment: Shipment) -> Iterator[PageAssignment]:
    """The latest first."""
    later = set[PageName]()
    for one in sorted(shipment.assignments, key=lambda one: (one.revision, one.number), reverse=True):
        if one.page not in later:
            yield one
        later |= one.pages


def _told(one: PageAssignment, files: _Files) -> Finding:
    places = [Evidence(file=files.get(page), page=page.page, document=one.paper.type) for page in one.paper.pages]
    return Finding(
        code="illegible",
        severity="info",
        message=_message(one, files),
        evidence=tuple(place for place in places if place.file is not None),
        nature="policy",
        decision=Decision(action="correct", by=one.by, at=one.at, reason=one.reason, value=one.paper.type),
    )


def _message(one: PageAssignment, files: _Files) -> str:
    where = f"page {one.page.page} of “{files.get(one.page, 'a file that is gone')}”"
    if not all(page in files for page in one.paper.pages):
        return f"{one.by} sorted {where}, and the pages put together there are no longer all here: look at it again."
    if one.paper.type == "other":
        return f"{one.by} set {where} aside, as no paper of this shipment: {one.reason}."
    kind = one.paper.type.replace("_", " ")
    if len(one.paper.pages) == 1:
        return f"{one.by} said that {where} is a {kind}: {one.reason}."
    numbers = ", ".join(str(page.page) for page in one.paper.pages)
    return f"{one.by} said that {where} belongs to a {kind} of pages {numbers}: {one.reason}."
