"""Which pages are which paper, where a person said so: an assignment alone, which alters no original.

A page is known by the digest of its file and its number, so that what was said of it holds for it in every later
revision, whatever the file is called there and whatever comes beside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from pydantic import Field as Limit
from pydantic import SerializerFunctionWrapHandler, model_serializer, model_validator

from schemas.decisions import Role
from schemas.documents import DocumentType
from schemas.values import Frozen, Sha256


class PageName(Frozen):
    """A page of an original, counted from 1."""

    sha256: Sha256
    page: int = Limit(ge=1)


class AssignedPaper(Frozen):
    """A paper's pages in reading order. `other` is no paper of the shipment: its pages are set aside."""

    type: DocumentType
    pages: tuple[PageName, ...] = Limit(min_length=1)


class PageAssignment(Frozen):
    """What a person made of the pages of some files: the `number`th such record about `revision`, counted from 1.

    `papers` name every page of these files once, also where the person left them as they were. `page` is where the
    person was. `at` is UTC. `role` is what the person may decide as; `confirmed_by` the second person, where one was
    needed.
    """

    revision: int
    number: int
    page: PageName
    papers: tuple[AssignedPaper, ...] = Limit(min_length=1)
    by: str
    at: dt.datetime
    reason: str
    role: Role = "clerk"
    confirmed_by: str | None = None

    @model_validator(mode="after")
    def _every_page_once(self) -> PageAssignment:
        named = [page for paper in self.papers for page in paper.pages]
        if len(set(named)) != len(named):
            message = "a page is in two papers, or twice in one"
            raise ValueError(message)
        if self.page not in named:
            message = "the page that the person was at is in none of the papers"
            raise ValueError(message)
        return self

    @model_serializer(mode="wrap")
    def _without_unconfirmed(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        return {name: value for name, value in handler(self).items() if name != "confirmed_by" or value is not None}

    @property
    def pages(self) -> frozenset[PageName]:
        return frozenset(page for paper in self.papers for page in paper.pages)

    @property
    def paper(self) -> AssignedPaper:
        """The paper of the page that the person was at."""
        return next(paper for paper in self.papers if self.page in paper.pages)

    def says_the_same(self, other: PageAssignment) -> bool:
        """Whether both are one told twice: all but under which number it was recorded, and who confirmed it."""
        return _told(self) == _told(other)


def _told(one: PageAssignment) -> tuple[object, ...]:
    return one.revision, one.page, one.papers, one.by, one.at, one.reason, one.role


@dataclass(frozen=True, slots=True)
class StandingPaper:
    """A paper as the last word about its pages has it, and whose word that is."""

    type: DocumentType
    pages: tuple[PageName, ...]
    by: str
    reason: str


def standing(assignments: Iterable[PageAssignment], there: Collection[PageName]) -> tuple[StandingPaper, ...]:
    """The papers that stand where these pages are there: of each page the last word counts.

    A paper of which a page is gone, or was given elsewhere since, stands no more: nobody said what the rest of it is.
    """
    known, told = frozenset(there), set[PageName]()
    found: list[StandingPaper] = []
    for one in sorted(assignments, key=lambda one: (one.revision, one.number), reverse=True):
        papers = [paper for paper in one.papers if known.issuperset(paper.pages) and told.isdisjoint(paper.pages)]
        told |= one.pages
        found = [*(StandingPaper(paper.type, paper.pages, one.by, one.reason) for paper in papers), *found]
    return tuple(found)
