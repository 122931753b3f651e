"""Pages to documents: a paper may share its file with others, or span several files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.layout import rows_of
from extractors.sorting.page_types import PageType, type_of
from extractors.values.identifiers import find_page_mark
from schemas.pages import Page

_MARK_ZONE = 0.12
"""Share of the page's height, at the top and at the foot, where page marks stand."""


_MOST_OF = 0.6
"""Share of a page's numbers from which another page with them is its copy."""
_TRANSMISSION = re.compile(r"\b\d{1,2}:\d{2}\b")
"""A time in the top line: a fax machine's own heading, whose "P 03/05" counts the call's pages, not the paper's."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """The pages of one document in reading order."""

    type: str
    form: str | None
    pages: tuple[Page, ...]
    reasons: tuple[str, ...]
    marks: tuple[tuple[int, int | None] | None, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page with what it looks like on its own."""

    page: Page
    kind: PageType
    mark: tuple[int, int | None] | None


def bundles(pages: Sequence[Page]) -> list[Bundle]:
    """The documents in these pages, in page order; every page is in exactly one."""
    return bundled(sheets_of(pages))


def sheets_of(pages: Sequence[Page]) -> list[Sheet]:
    return [Sheet(p, type_of(p), page_mark(p)) for p in pages]


def bundled(sheets: Sequence[Sheet]) -> list[Bundle]:
    """As `bundles`, of pages that were looked at already."""
    found: list[Bundle] = []
    for sheet in sheets:
        home = _home_of(sheet, found)
        if home is None:
            found.append(Bundle(sheet.kind.type, sheet.kind.form, (sheet.page,), sheet.kind.reasons, (sheet.mark,)))
        else:
            index, why = home
            found[index] = _with(found[index], sheet, why)
    return [_in_order(b) for b in found]


def page_mark(page: Page) -> tuple[int, int | None] | None:
    """The printed page number and count, None where there is none. Top and foot of the page are searched first."""
    rows = rows_of(page)
    edge = page.height * _MARK_ZONE
    own = [r for r in rows if not (r.box.bottom < edge and _TRANSMISSION.search(r.text))]
    outer = [r for r in own if r.box.bottom < edge or r.box.top > page.height - edge]
    for row in (*reversed(outer), *own):
        for span in row.spans:
            mark = find_page_mark(span.text) if len(span.words) <= 8 else None  # noqa: PLR2004  a mark stands alone
            if mark is not None and (mark[1] is None or mark[0] <= mark[1]):
                return mark
    return None


def _with(bundle: Bundle, sheet: Sheet, why: str) -> Bundle:
    return replace(
        bundle,
        form=bundle.form or sheet.kind.form,
        pages=(*bundle.pages, sheet.page),
        reasons=(*bundle.reasons, why),
        marks=(*bundle.marks, sheet.mark),
    )


def _home_of(sheet: Sheet, found: Sequence[Bundle]) -> tuple[int, str] | None:
    """The index of the document that this page continues and why, None where it begins one of its own."""
    if sheet.mark is not None and sheet.mark[0] == 1:
        return None
    name = f"page {sheet.page.number} of “{sheet.page.file}”"
    for index in range(len(found) - 1, -1, -1):
        bundle = found[index]
        if bundle.type == "other":
            continue
        if _counts_on(sheet, bundle):
            return index, f"{name} counts on from it"
        if index == _last_paper(found) and _goes_on(sheet, bundle):
            return index, f"{name} has no title and goes on with the same table"
        if index == _last_paper(found) and _repeats_its_head(sheet, bundle):
            return index, f"{name} repeats the title with the number"
    return None


def _last_paper(found: Sequence[Bundle]) -> int:
    return max((i for i, b in enumerate(found) if b.type != "other"), default=-1)


def _counts_on(sheet: Sheet, bundle: Bundle) -> bool:
    """True where the printed page count fits: same total, a number not there yet, and no other type in its title."""
    if sheet.mark is None or sheet.mark[0] == 1:
        return False
    if sheet.kind.type not in (bundle.type, "other") and sheet.kind.titled:
        return False
    marks = [m for m in bundle.marks if m is not None]
    if not marks or any(m[1] != sheet.mark[1] or m[0] == sheet.mark[0] for m in marks):
        return False
    return _same_file_or_number(sheet.page, bundle)


def _same_file_or_number(page: Page, bundle: Bundle) -> bool:
    """Pages of other files belong together only where a number of the document stands on both."""
    if page.file == bundle.pages[-1].file:
        return True
    return bool(_numbers(page) & _numbers(bundle.pages[0]))


def _numbers(page: Page) -> set[str]:
    """Printed identifiers: tokens of five characters or more with three digits, that are no amounts."""
    return {w.text for w in page.words if len(re.findall(r"\d", w.text)) >= 3 and len(w.text) >= 5}  # noqa: PLR2004


def _goes_on(sheet: Sheet, bundle: Bundle) -> bool:
    """True for a page without a title and mark of its own, of the same type by its words, in the same file."""
    if sheet.kind.titled or sheet.mark is not None or sheet.page.file != bundle.pages[-1].file:
        return False
    return sheet.kind.type == bundle.type


def _repeats_its_head(sheet: Sheet, bundle: Bundle) -> bool:
    """True for a page headed by the title of the paper before it and, on the same line, a number that stands there too.

    A copy has that as well, and with it most of the numbers of the page that it copies.
    """
    first = bundle.pages[0]
    if sheet.kind.type != bundle.type or sheet.page.file != bundle.pages[-1].file:
        return False
    there = _numbers(first)
    own_number = {text for text in sheet.kind.beside if text in there}
    return bool(own_number) and len(there & _numbers(sheet.page)) < _MOST_OF * len(there)


def _in_order(bundle: Bundle) -> Bundle:
    """Pages by their printed numbers where every page has one, else as found."""
    if any(m is None for m in bundle.marks) or len({m[0] for m in bundle.marks if m}) < len(bundle.marks):
        return bundle
    order = sorted(range(len(bundle.pages)), key=lambda i: (bundle.marks[i] or (0, None))[0])
    return replace(bundle, pages=tuple(bundle.pages[i] for i in order), marks=tuple(bundle.marks[i] for i in order))
