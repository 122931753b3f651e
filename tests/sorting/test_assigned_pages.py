"""What a person says of pages counts; the machine sorts the rest; every page is in exactly one paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.documents import find_documents
from extractors.sorting import bundles, bundles_as_assigned, doubted
from schemas.assignments import PageName, StandingPaper
from schemas.documents import DocumentType
from schemas.pages import Page
from tests.drawing import page_of

TITLES = ("COMMERCIAL INVOICE", "PACKING LIST", "BILL OF LADING", "")
KINDS: list[DocumentType] = [
    "commercial_invoice", "packing_list", "certificate_of_origin", "transport_document", "other",
]  # fmt: skip


def _page(title: str, number: int, *, file: str = "a.pdf", digest: str = "a") -> Page:
    lines = [(40.0, 300.0, f"goods of page {number}")]
    drawn = page_of(lines, title=(200, 60, title), file=file, number=number) if title else page_of(lines, file=file)
    return replace(drawn, number=number, sha256=digest * 64)


PAGES = tuple(_page(title, n) for n, title in enumerate(TITLES, 1))


def _paper(kind: DocumentType, *numbers: int, digest: str = "a") -> StandingPaper:
    return StandingPaper(kind, tuple(PageName(sha256=digest * 64, page=n) for n in numbers), "ann", "looked")


def _told(pages: Sequence[Page], *papers: StandingPaper) -> list[tuple[str, list[int]]]:
    return [(one.type, [page.number for page in one.pages]) for one in bundles_as_assigned(pages, papers)]


def test_pages_are_the_paper_that_a_person_says_in_the_order_that_he_says() -> None:
    told = bundles_as_assigned(PAGES, [_paper("packing_list", 2, 1)])
    assert (told[0].type, [page.number for page in told[0].pages]) == ("packing_list", [2, 1])
    assert told[0].reasons == ("ann put these pages together as a packing list: looked",)


def test_the_machine_sorts_what_nobody_spoke_of() -> None:
    own = [(one.type, [page.number for page in one.pages]) for one in bundles(PAGES)]
    assert _told(PAGES, _paper("other", 2)) == [own[0], ("other", [2]), *own[2:]]


def test_a_paper_that_the_machine_found_just_so_stays_the_machines() -> None:
    papers = [_paper("commercial_invoice", 1), _paper("packing_list", 2)]
    assert bundles_as_assigned(PAGES, papers) == bundles(PAGES)


def test_no_page_that_the_machine_sorts_joins_a_paper_of_a_person() -> None:
    lines = [
        [(40.0, 300.0, "goods"), (500.0, 820.0, "Page 1 of 2")],
        [(40.0, 100.0, "unit price"), (500.0, 820.0, "Page 2 of 2")],
    ]
    drawn = page_of(lines[0], title=(200, 60, "COMMERCIAL INVOICE")), page_of(lines[1], number=2)
    first, second = (replace(page, sha256="a" * 64) for page in drawn)
    assert _told([first, second]) == [("commercial_invoice", [1, 2])]
    told = _told([first, second], _paper("commercial_invoice", 1))
    assert [numbers for _, numbers in told] == [[1], [2]]


def test_a_file_that_came_twice_is_sorted_so_twice() -> None:
    copies = [*PAGES[:2], *(replace(page, file="b.pdf") for page in PAGES[:2])]
    told = bundles_as_assigned(copies, [_paper("packing_list", 1, 2)])
    assert [(one.type, [(page.file, page.number) for page in one.pages]) for one in told] == [
        ("packing_list", [("a.pdf", 1), ("a.pdf", 2)]),
        ("packing_list", [("b.pdf", 1), ("b.pdf", 2)]),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_read_as_the_paper_that_it_was_said_to_be(kind: DocumentType) -> None:
    found = find_documents(PAGES, [_paper(kind, 1)])
    assert (found[0].type, found[0].parts[0].pages) == (kind, (1,))


def test_a_page_under_the_title_of_another_paper_is_asked_about_unless_it_is_set_aside() -> None:
    (asked,) = doubted(PAGES, [_paper("packing_list", 1), _paper("packing_list", 2), _paper("packing_list", 4)])
    assert (asked.page, asked.holds) == (1, True)
    assert asked.message.startswith("Page 1 of “a.pdf” has the title of a commercial invoice, and ann sorted it")
    assert list(doubted(PAGES, [_paper("other", 1)])) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_without_a_word_can_be_any_paper(kind: DocumentType) -> None:
    blank = replace(page_of([], number=5), sha256="a" * 64)
    found = find_documents([*PAGES, blank], [_paper(kind, 5)])
    assert (found[-1].type, list(doubted([blank], [_paper(kind, 5)]))) == (kind, [])


@given(data=st.data())
def test_every_page_is_in_exactly_one_paper_whatever_a_person_says(data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.integers(1, len(PAGES)), unique=True))
    cut = data.draw(st.integers(0, len(numbers)))
    papers = [_paper(data.draw(st.sampled_from(KINDS)), *part) for part in (numbers[:cut], numbers[cut:]) if part]
    told = bundles_as_assigned(PAGES, papers)
    assert sorted(page.number for one in told for page in one.pages) == [1, 2, 3, 4]
    theirs = {(paper.type, tuple(name.page for name in paper.pages)) for paper in papers}
    assert theirs <= {(one.type, tuple(page.number for page in one.pages)) for one in told}
