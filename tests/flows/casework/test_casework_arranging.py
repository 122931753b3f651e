"""Moves of pages between papers: none loses a page, each can be taken back by another, and what cannot be is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.casework.arranging import Arrangement, Order, PageMove, arrangement_of, moved, touched
from flows.casework.errors import WrongMoveError
from schemas.assignments import AssignedPaper, PageName
from schemas.documents import CommercialInvoice, Document, DocumentType, PackingList, Part

KINDS: list[DocumentType] = ["commercial_invoice", "packing_list", "transport_document"]


def page(number: int, file: str = "a") -> PageName:
    return PageName(sha256=file * 64, page=number)


def paper(kind: DocumentType, *numbers: int) -> AssignedPaper:
    return AssignedPaper(type=kind, pages=tuple(page(number) for number in numbers))


ORDER: Order = {page(number): number for number in range(1, 8)}
INVOICE, PACKING = paper("commercial_invoice", 1, 2), paper("packing_list", 3, 4, 5)
PAPERS: Arrangement = (INVOICE, PACKING)


def test_the_whole_paper_of_a_page_is_of_another_type() -> None:
    found = moved(PAPERS, PageMove(page(4), "retype", "certificate_of_origin"), ORDER)
    assert found == (INVOICE, paper("certificate_of_origin", 3, 4, 5))


def test_a_paper_begins_at_a_page_of_its_own_type_unless_it_is_said_to_be_of_another() -> None:
    assert moved(PAPERS, PageMove(page(4), "begin"), ORDER)[1:] == (
        paper("packing_list", 3),
        paper("packing_list", 4, 5),
    )
    found = moved(PAPERS, PageMove(page(4), "begin", "transport_document"), ORDER)
    assert found[2] == paper("transport_document", 4, 5)


def test_a_page_goes_with_another_paper_in_the_order_of_its_file_and_a_first_page_takes_the_others_along() -> None:
    assert moved(PAPERS, PageMove(page(2), "join", to=page(5)), ORDER) == (
        paper("commercial_invoice", 1), paper("packing_list", 2, 3, 4, 5),
    )  # fmt: skip
    assert moved(PAPERS, PageMove(page(3), "join", to=page(1)), ORDER) == (paper("commercial_invoice", 1, 2, 3, 4, 5),)


def test_a_paper_whose_pages_stand_in_an_order_of_its_own_keeps_it() -> None:
    found = moved(
        (paper("commercial_invoice", 3, 1), paper("packing_list", 2)), PageMove(page(2), "join", to=page(1)), ORDER
    )
    assert found == (paper("commercial_invoice", 3, 1, 2),)


def test_a_page_is_set_aside_alone() -> None:
    found = moved(PAPERS, PageMove(page(4), "aside"), ORDER)
    assert found == (INVOICE, paper("packing_list", 3, 5), paper("other", 4))


@pytest.mark.parametrize(
    ("move", "why"),
    [
        (PageMove(page(1), "retype", "commercial_invoice"), "sorted so already"),
        (PageMove(page(1), "begin"), "sorted so already"),
        (PageMove(page(2), "join", to=page(1)), "in that paper already"),
        (PageMove(page(1), "join"), "in that paper already"),
        (PageMove(page(1), "join", to=page(7)), "no such page 7"),
        (PageMove(page(7), "aside"), "no such page 7"),
        (PageMove(page(1), "retype"), "say which type"),
    ],
)
def test_a_move_that_cannot_be_made_or_changes_nothing_is_told(move: PageMove, why: str) -> None:
    with pytest.raises(WrongMoveError, match=why):
        moved(PAPERS, move, ORDER)


def test_nothing_goes_with_a_page_that_is_set_aside() -> None:
    aside = moved(PAPERS, PageMove(page(4), "aside"), ORDER)
    with pytest.raises(WrongMoveError, match="set it aside too"):
        moved(aside, PageMove(page(1), "join", to=page(4)), ORDER)


def test_all_papers_of_the_files_that_a_move_touched_are_named_and_no_others() -> None:
    over_two = AssignedPaper(type="packing_list", pages=(page(2), page(1, "b")))
    papers = (paper("commercial_invoice", 1), over_two, AssignedPaper(type="other", pages=(page(1, "c"),)))
    order = {page(1): 0, page(2): 1, page(1, "b"): 2, page(1, "c"): 3}
    after = moved(papers, PageMove(page(1), "retype", "packing_list"), order)
    assert touched(papers, after) == (paper("packing_list", 1), over_two)


def test_an_arrangement_has_a_file_that_came_twice_once() -> None:
    parts = [Part(file=file, sha256="a" * 64, pages=(1, 2)) for file in ("a.pdf", "b.pdf")]
    documents: list[Document] = [CommercialInvoice(parts=(parts[0],)), PackingList(parts=(parts[1],))]
    assert arrangement_of(documents, ORDER) == (INVOICE,)


@st.composite
def arrangements(draw: st.DrawFn) -> Arrangement:
    """Papers of pages that stand in the order of the file."""
    homes = draw(st.lists(st.integers(0, 3), min_size=1, max_size=7))
    return tuple(
        paper(draw(st.sampled_from(KINDS)), *(n for n, at in enumerate(homes, 1) if at == home))
        for home in dict.fromkeys(homes)
    )


@st.composite
def moves(draw: st.DrawFn, papers: Arrangement) -> PageMove:
    pages = st.sampled_from([one for paper in papers for one in paper.pages])
    kind = draw(st.sampled_from([*KINDS, None]))
    return PageMove(draw(pages), draw(st.sampled_from(["retype", "begin", "join", "aside"])), kind, draw(pages))


def _back(papers: Arrangement, move: PageMove) -> list[PageMove]:
    """The moves that take this one back; none where a whole paper went into another."""
    home = next(paper for paper in papers if move.page in paper.pages)
    left = [one for one in home.pages if one != move.page]
    is_first = move.page == home.pages[0]
    if move.manner == "retype" or (move.manner == "begin" and is_first) or (move.manner == "aside" and not left):
        return [PageMove(move.page, "retype", home.type)]
    if move.manner == "begin":
        return [PageMove(move.page, "join", to=home.pages[0])]
    again = PageMove(move.page, "join", to=next(iter(left), move.page))
    if move.manner == "aside":
        return [again]
    return [] if is_first else [PageMove(move.page, "aside"), again]


@given(data=st.data())
def test_a_move_loses_no_page_and_is_taken_back_by_its_inverse(data: st.DataObject) -> None:
    papers = data.draw(arrangements())
    move = data.draw(moves(papers))
    try:
        found = moved(papers, move, ORDER)
    except WrongMoveError:
        return
    assert sorted(one.page for paper in found for one in paper.pages) == sorted(
        one.page for paper in papers for one in paper.pages
    )
    back = _back(papers, move)
    for one in back:
        found = moved(found, one, ORDER)
    assert not back or set(found) == set(papers)
