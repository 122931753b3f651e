"""A page that an error points at, set aside: the error would go with it, so one clerk is not enough."""

from __future__ import annotations

import datetime as dt

import pytest

from flows.casework.arranging import PageMove
from flows.casework.drafting import draft_of
from flows.casework.retyping import sort_pages
from flows.workshop import Workshop
from schemas.assignments import PageName
from schemas.casework import Draft, Person

AT = dt.datetime(2026, 4, 13, 9, tzinfo=dt.UTC)


def _aside(shop: Workshop, kind: str, person: Person) -> Draft:
    """The draft with the first page of that paper set aside."""
    result = shop.archive.result("local", "S01", 1)
    paper = next(one for one in result.documents if one.type == kind)
    page = PageName(sha256=paper.parts[0].sha256, page=paper.parts[0].pages[0])
    move = PageMove(page, "aside", reason="looked")
    return sort_pages(draft_of("local", "S01", shop), move, person, shop, at=AT).draft


@pytest.mark.slow
def test_a_clerk_needs_a_second_person_for_a_page_that_an_error_points_at(shop: Workshop, ann: Person) -> None:
    draft = _aside(shop, "commercial_invoice", ann)
    assert [one.needs_second for one in draft.assignments] == [True]


def test_a_supervisor_does_not(shop: Workshop, sue: Person) -> None:
    draft = _aside(shop, "commercial_invoice", sue)
    assert [one.needs_second for one in draft.assignments] == [False]


def test_nor_a_clerk_for_a_page_that_no_error_points_at(shop: Workshop, ann: Person) -> None:
    draft = _aside(shop, "transport_document", ann)
    assert [one.needs_second for one in draft.assignments] == [False]
