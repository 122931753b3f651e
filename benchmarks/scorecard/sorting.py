"""Whether each page was taken for the paper it is, and each paper for these pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from benchmarks.scorecard.cases import Case
from benchmarks.scorecard.truths import Page
from schemas.documents import Document


@dataclass(frozen=True, slots=True)
class Sorting:
    """Counts. A page of no importance may be left out; `papers` are those that matter, `forms` those that name one."""

    pages: int = 0
    pages_right: int = 0
    papers: int = 0
    papers_right: int = 0
    forms: int = 0
    forms_right: int = 0


def sorting(cases: Iterable[Case]) -> Sorting:
    known = list(cases)
    pages = [right for case in known for right in _pages(case)]
    papers = [right for case in known for right in _papers(case)]
    forms = [right for case in known for right in _forms(case)]
    return Sorting(len(pages), sum(pages), len(papers), sum(papers), len(forms), sum(forms))


def _taken_for(case: Case) -> Mapping[Page, Document]:
    return {page: document for document in case.result.documents for page in pages_of(document)}


def pages_of(document: Document) -> frozenset[Page]:
    return frozenset((part.file, page) for part in document.parts for page in part.pages)


def _pages(case: Case) -> Iterable[bool]:
    taken = _taken_for(case)
    for paper in case.truth.documents:
        for page in paper.pages:
            yield (taken[page].type if page in taken else "other") == paper.type


def _papers(case: Case) -> Iterable[bool]:
    found = {(document.type, pages_of(document)) for document in case.result.documents}
    return ((paper.type, paper.pages) in found for paper in case.truth.papers())


def _forms(case: Case) -> Iterable[bool]:
    taken = _taken_for(case)
    for paper in case.truth.papers():
        if paper.form is not None:
            forms = {taken[page].form for page in paper.pages if page in taken}
            yield forms == {paper.form}
