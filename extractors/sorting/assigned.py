"""Pages to documents where a person said which pages are which paper: that counts, and the machine sorts the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from extractors.sorting.page_types import type_of
from extractors.sorting.splitting import Bundle, Sheet, bundled, sheets_of
from schemas.assignments import PageName, StandingPaper
from schemas.pages import Notice, Page

_ASIDE: Final = "other"


def bundles_as_assigned(pages: Sequence[Page], papers: Sequence[StandingPaper]) -> list[Bundle]:
    """The documents in these pages, in page order; every page is in exactly one.

    A paper that the machine found just so stays the machine's. No page that the machine sorts joins a person's paper:
    the person said where it ends.
    """
    sheets = sheets_of(pages)
    own = bundled(sheets)
    if not papers:
        return own
    place = {id(page): n for n, page in enumerate(pages)}
    found = {_told(bundle.type, bundle.pages): bundle for bundle in own}
    theirs = [bundle for paper in papers for bundle in _put_together(paper, sheets)]
    given = {id(page) for bundle in theirs for page in bundle.pages}
    rest = bundled([sheet for sheet in sheets if id(sheet.page) not in given])
    settled = [found.get(_told(bundle.type, bundle.pages), bundle) for bundle in theirs]
    return sorted([*settled, *rest], key=lambda bundle: min(place[id(page)] for page in bundle.pages))


def doubted(pages: Sequence[Page], papers: Sequence[StandingPaper]) -> Iterator[Notice]:
    """Pages under the title of another paper than the person says: whoever sorts can be wrong too, so it is asked.

    A page that is set aside is asked about nothing, as nothing is read off it.
    """
    told = {page: paper for paper in papers if paper.type != _ASIDE for page in paper.pages}
    for page in pages:
        paper = told.get(_name(page))
        if paper is None or page.text == "":
            continue
        own = type_of(page)
        if own.titled and own.type not in (paper.type, _ASIDE):
            where = f"Page {page.number} of “{page.file}” has the title of a {_spoken(own.type)}"
            message = f"{where}, and {paper.by} sorted it as a {_spoken(paper.type)}: look at it again, and confirm it."
            yield Notice(file=page.file, page=page.number, kind="sorted_otherwise", message=message)


def _spoken(kind: str) -> str:
    return kind.replace("_", " ")


def _put_together(paper: StandingPaper, sheets: Sequence[Sheet]) -> Iterator[Bundle]:
    """The paper; where a file came twice under two names, each of the two is such a paper."""
    copies = {name: [sheet for sheet in sheets if _name(sheet.page) == name] for name in paper.pages}
    for n in range(max(len(found) for found in copies.values())):
        own = tuple(found[n] for found in copies.values() if n < len(found))
        why = f"{paper.by} put these pages together as a {_spoken(paper.type)}: {paper.reason}"
        pages, marks = tuple(sheet.page for sheet in own), tuple(sheet.mark for sheet in own)
        yield Bundle(paper.type, None, pages, (why,), marks)


def _name(page: Page) -> PageName:
    return PageName(sha256=page.sha256, page=page.number)


def _told(kind: str, pages: Sequence[Page]) -> tuple[object, ...]:
    """Equal for equal papers as a result tells them: the pages of each file in their order."""
    files = dict.fromkeys((page.file, page.sha256) for page in pages)
    return kind, tuple((file, *(page.number for page in pages if (page.file, page.sha256) == file)) for file in files)
