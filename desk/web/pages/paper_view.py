"""The papers of a shipment as the case page shows them: every page with its size, and where a value stands on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas.casework import Case, CasePage
from schemas.documents import Document
from schemas.findings import Evidence
from schemas.results import IntakeFile
from schemas.values import Party

Pages = Mapping[tuple[str, int], CasePage]
"""Every page that has a picture, by the digest of its file and its number."""


@dataclass(frozen=True, slots=True)
class PaperView:
    """One logical document and its pages; `type` is None for pages that belong to none."""

    type: str | None
    number: str | None
    pages: tuple[CasePage, ...]

    @property
    def numbers(self) -> str:
        """Its pages as they are counted in their files."""
        return ", ".join(str(page.number) for page in self.pages)

    @property
    def takes_pages(self) -> bool:
        """Whether a page can go with it: with one that is set aside none can."""
        return self.type not in (None, "other")


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One place that a finding rests on, counted from 1; `page` is None where it is on none, or on one not yet read."""

    number: int
    evidence: Evidence
    page: CasePage | None

    @property
    def is_bare(self) -> bool:
        """Whether there is nothing to look at but the value: it stands on no page."""
        return self.evidence.page is None

    @property
    def box(self) -> str | None:
        return boxed(self.evidence.box) if self.page is not None else None


def page_id(page: CasePage) -> str:
    """What a page is called within a case, in its HTML."""
    return id_of(page.sha256, page.number)


def id_of(sha256: str, number: int) -> str:
    return f"{sha256[:16]}-{number}"


def pages_of(case: Case) -> Pages:
    return {(page.sha256, page.number): page for page in case.pages if page.width > 0 and page.height > 0}


def papers_of(documents: Sequence[Document], pages: Pages) -> tuple[PaperView, ...]:
    """The documents in the result's order, then the pages that are in none."""
    papers = [PaperView(one.type, number_of(one), tuple(_own_pages(one, pages))) for one in documents]
    shown = {(page.sha256, page.number) for paper in papers for page in paper.pages}
    rest = tuple(page for name, page in pages.items() if name not in shown)
    return tuple(paper for paper in (*papers, PaperView(None, None, rest)) if paper.pages)


def _own_pages(document: Document, pages: Pages) -> Iterator[CasePage]:
    for part in document.parts:
        yield from (pages[part.sha256, number] for number in part.pages if (part.sha256, number) in pages)


def number_of(document: Document) -> str | None:
    """The paper's own number, where it has one."""
    number = document.fields.get("number")
    return None if number is None or isinstance(number.value, Party) else str(number.value)


def page_of(
    file: str | None, number: int | None, *, document: Document | None, files: Sequence[IntakeFile], pages: Pages
) -> CasePage | None:
    """The page of that name; of two files with one name, that of the document."""
    own = [part.sha256 for part in document.parts if part.file == file] if document is not None else []
    received = [one.sha256 for one in files if one.file == file]
    found = (pages.get((sha256, number)) for sha256 in (*own, *received) if number is not None)
    return next((page for page in found if page is not None), None)


def places_of(
    evidence: Sequence[Evidence], *, documents: Sequence[Document], files: Sequence[IntakeFile], pages: Pages
) -> tuple[PlaceView, ...]:
    return tuple(
        PlaceView(n, one, page_of(one.file, one.page, document=_meant(one, documents), files=files, pages=pages))
        for n, one in enumerate(evidence, 1)
    )


def _meant(one: Evidence, documents: Sequence[Document]) -> Document | None:
    """The document of that type that has the page, else any that has it."""
    there = [
        document
        for document in documents
        if any(part.file == one.file and one.page in part.pages for part in document.parts)
    ]
    return next((document for document in there if document.type == one.document), next(iter(there), None))


def boxed(box: tuple[float, float, float, float] | None) -> str | None:
    """The box as the page's script reads it."""
    return None if box is None else " ".join(f"{side:.2f}" for side in box)
