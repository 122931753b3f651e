"""Pages moved between papers, by hand: what a move makes of an arrangement. Nothing of it is kept here.

An arrangement has every page of a shipment in exactly one paper; set aside is a page that is a paper `other` alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from flows.casework.errors import WrongMoveError
from schemas.assignments import AssignedPaper, PageName
from schemas.documents import Document, DocumentType

Manner = Literal["retype", "begin", "join", "aside"]
"""The whole paper of the page is of another type; a paper begins here; the page goes with another one; or with none."""
Arrangement = tuple[AssignedPaper, ...]
Order = Mapping[PageName, int]
"""Where each page stands in the shipment's files."""

_ASIDE: Final[DocumentType] = "other"


@dataclass(frozen=True, slots=True)
class PageMove:
    """What a person wants of a page: `type` for `retype` and `begin`, `to` (a page of the paper meant) for `join`."""

    page: PageName
    manner: Manner
    type: DocumentType | None = None
    to: PageName | None = None
    reason: str = ""


def arrangement_of(documents: Sequence[Document], order: Order) -> Arrangement:
    """The papers on pages, in page order. A file that came twice is arranged once, and both copies go by it."""
    papers: list[AssignedPaper] = []
    seen = set[PageName]()
    for document in documents:
        named = (PageName(sha256=part.sha256, page=page) for part in document.parts for page in part.pages)
        pages = tuple(dict.fromkeys(page for page in named if page in order and page not in seen))
        seen |= set(pages)
        if pages:
            papers.append(AssignedPaper(type=document.type, pages=pages))
    return _in_order(papers, order)


def moved(papers: Arrangement, move: PageMove, order: Order) -> Arrangement:
    """The arrangement after the move; raises `WrongMoveError` for one that cannot be made, or changes nothing."""
    home = _paper_with(papers, move.page)
    others = [paper for paper in papers if paper is not home]
    match move.manner:
        case "retype":
            changed = [AssignedPaper(type=_type(move), pages=home.pages)]
        case "begin":
            changed = _begun(home, move)
        case "aside":
            left = tuple(page for page in home.pages if page != move.page)
            changed = [*_paper(home.type, left), AssignedPaper(type=_ASIDE, pages=(move.page,))]
        case "join":
            target = _paper_with(papers, move.to or move.page)
            others = [paper for paper in others if paper is not target]
            changed = _joined(home, target, move, order)
    found = _in_order([*others, *changed], order)
    if set(found) == set(papers):
        raise WrongMoveError(f"page {move.page.page} is sorted so already: choose another type, or another paper")
    return found


def touched(before: Arrangement, after: Arrangement) -> Arrangement:
    """The papers of all files that a move touched, and of those that share a paper with them."""
    files = {page.sha256 for paper in set(before) ^ set(after) for page in paper.pages}
    while more := {one for paper in (*before, *after) if _files(paper) & files for one in _files(paper)} - files:
        files |= more
    return tuple(paper for paper in after if _files(paper) & files)


def _begun(home: AssignedPaper, move: PageMove) -> list[AssignedPaper]:
    at = home.pages.index(move.page)
    kind = move.type or home.type
    return [*_paper(home.type, home.pages[:at]), AssignedPaper(type=kind, pages=home.pages[at:])]


def _joined(home: AssignedPaper, target: AssignedPaper, move: PageMove, order: Order) -> list[AssignedPaper]:
    """A paper's first page takes the others along: without it they are a paper no more."""
    if target is home:
        raise WrongMoveError(f"page {move.page.page} is in that paper already: choose another one")
    if target.type == _ASIDE:
        raise WrongMoveError("a page cannot go with one that is set aside: set it aside too")
    moving = home.pages if move.page == home.pages[0] else (move.page,)
    left = tuple(page for page in home.pages if page not in moving)
    return [*_paper(home.type, left), AssignedPaper(type=target.type, pages=_merged(target.pages, moving, order))]


def _merged(there: tuple[PageName, ...], moving: tuple[PageName, ...], order: Order) -> tuple[PageName, ...]:
    """In the order of the files, unless the paper's own order is another: then behind it."""
    if list(there) != sorted(there, key=order.__getitem__):
        return (*there, *moving)
    return tuple(sorted((*there, *moving), key=order.__getitem__))


def _paper(kind: DocumentType, pages: tuple[PageName, ...]) -> list[AssignedPaper]:
    return [AssignedPaper(type=kind, pages=pages)] if pages else []


def _paper_with(papers: Arrangement, page: PageName) -> AssignedPaper:
    found = next((paper for paper in papers if page in paper.pages), None)
    if found is None:
        raise WrongMoveError(f"the shipment has no such page {page.page}: look at the case again")
    return found


def _type(move: PageMove) -> DocumentType:
    if move.type is None:
        raise WrongMoveError("say which type the paper is of")
    return move.type


def _files(paper: AssignedPaper) -> set[str]:
    return {page.sha256 for page in paper.pages}


def _in_order(papers: Sequence[AssignedPaper], order: Order) -> Arrangement:
    return tuple(sorted(papers, key=lambda paper: min(order[page] for page in paper.pages)))
