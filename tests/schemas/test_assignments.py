"""Which pages are which paper, as people say it: each page once, the last word counts, what is gone stands no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas.assignments import AssignedPaper, PageAssignment, PageName, standing
from schemas.documents import DocumentType
from schemas.results import Intake, Submission
from tests.archived import submission

AT = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)


def page(number: int, file: str = "a") -> PageName:
    return PageName(sha256=file * 64, page=number)


def paper(kind: DocumentType, *numbers: int, file: str = "a") -> AssignedPaper:
    return AssignedPaper(type=kind, pages=tuple(page(number, file) for number in numbers))


def assignment(*papers: AssignedPaper, revision: int = 1, number: int = 1, by: str = "ann") -> PageAssignment:
    return PageAssignment(
        revision=revision, number=number, page=papers[0].pages[0], papers=papers, by=by, at=AT, reason="looked"
    )


def _stands(assignments: Sequence[PageAssignment], there: Sequence[PageName]) -> list[tuple[str, list[int]]]:
    return [(one.type, [named.page for named in one.pages]) for one in standing(assignments, there)]


def test_a_page_is_in_one_paper_once() -> None:
    with pytest.raises(ValidationError, match="in two papers"):
        assignment(paper("commercial_invoice", 1, 2), paper("packing_list", 2))
    with pytest.raises(ValidationError, match="twice in one"):
        assignment(paper("commercial_invoice", 1, 1))


def test_the_page_that_the_person_was_at_is_in_one_of_the_papers() -> None:
    with pytest.raises(ValidationError, match="none of the papers"):
        assignment(paper("commercial_invoice", 1)).model_validate(
            {**assignment(paper("commercial_invoice", 1)).model_dump(), "page": page(9).model_dump()}, strict=False
        )


@pytest.mark.parametrize("wrong", [{"sha256": "A" * 64, "page": 1}, {"sha256": "a" * 64, "page": 0}])
def test_a_page_has_a_digest_and_a_number_from_one(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        PageName.model_validate(wrong)


def test_the_last_word_about_a_page_counts() -> None:
    first = assignment(paper("commercial_invoice", 1), paper("packing_list", 2))
    later = assignment(paper("commercial_invoice", 1, 2), revision=2)
    there = [page(1), page(2)]
    assert _stands([later, first], there) == [("commercial_invoice", [1, 2])]
    assert _stands([first], there) == [("commercial_invoice", [1]), ("packing_list", [2])]


def test_a_paper_of_which_a_page_is_gone_stands_no_more_and_the_others_do() -> None:
    told = assignment(paper("commercial_invoice", 1, 3), paper("packing_list", 2))
    assert _stands([told], [page(1), page(2)]) == [("packing_list", [2])]


def test_what_was_said_of_one_file_holds_whatever_is_said_of_another() -> None:
    one = assignment(paper("commercial_invoice", 1))
    other = assignment(paper("packing_list", 1, file="b"), number=2, by="bob")
    found = standing([one, other], [page(1), page(1, "b")])
    assert [(told.type, told.by) for told in found] == [("commercial_invoice", "ann"), ("packing_list", "bob")]


KINDS: list[DocumentType] = ["commercial_invoice", "packing_list", "certificate_of_origin", "other"]


@given(data=st.data())
def test_no_page_stands_in_two_papers_whatever_people_say_one_after_the_other(data: st.DataObject) -> None:
    told = []
    for revision in range(1, data.draw(st.integers(1, 4)) + 1):
        numbers = data.draw(st.lists(st.integers(1, 6), min_size=1, unique=True))
        cut = data.draw(st.integers(0, len(numbers) - 1))
        parts = [part for part in (numbers[:cut], numbers[cut:]) if part]
        papers = [paper(data.draw(st.sampled_from(KINDS)), *part) for part in parts]
        told.append(assignment(*papers, revision=revision))
    there = [page(number) for number in range(1, data.draw(st.integers(1, 6)) + 1)]
    named = [page for one in standing(told, there) for page in one.pages]
    assert len(named) == len(set(named))
    assert set(named) <= set(there)


def test_assignments_are_part_of_what_a_submission_is_and_in_whatever_order_they_come() -> None:
    bare = submission()
    one, other = assignment(paper("commercial_invoice", 1)), assignment(paper("packing_list", 2), number=2)
    told = bare.model_copy(update={"assignments": (one,)})
    both = [bare.model_copy(update={"assignments": order}) for order in ((one, other), (other, one))]
    assert len({bare.identity, told.identity, both[0].identity}) == 3
    assert both[0].identity == both[1].identity
    assert bare.undecided_identity == told.undecided_identity
    assert [both[0].answers(told), told.answers(both[0]), told.answers(bare)] == [True, False, True]


def test_a_submission_without_an_assignment_is_written_as_it_was_before_there_were_any() -> None:
    intake = Intake(**dict(submission()), revision=1, received_at=AT)
    assert "assignments" not in intake.model_dump_json()
    told = intake.model_copy(update={"assignments": (assignment(paper("other", 1)),)})
    assert Intake.model_validate_json(told.model_dump_json()) == told
    assert isinstance(told, Submission)
