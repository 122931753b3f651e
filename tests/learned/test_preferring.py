from __future__ import annotations

import pytest

from extractors.context import Context
from extractors.headers.occurrences import Sheet
from extractors.headers.preferring import preferred
from extractors.headers.search import Candidate, candidates
from extractors.layout import rows_of
from extractors.learned.fields import belief_in
from extractors.values.numbers import NumberStyle
from schemas.pages import Page
from tests.drawing import page_of

CONTEXT = Context(NumberStyle(".", ","), "dmy", "en")
NUMBERS = [
    (330.0, 60.0, "Invoice No.:"),
    (440.0, 60.0, "HT-25-0917"),
    (330.0, 80.0, "Date:"),
    (440.0, 80.0, "14.03.2025"),
]


def found(page: Page, concept: str) -> tuple[list[Candidate], Sheet]:
    sheet = Sheet.of(page)
    return list(candidates(sheet, CONTEXT)[concept]), sheet


@pytest.fixture
def page() -> Page:
    second = [(40.0, 400.0, "Invoice No.:"), (140.0, 400.0, "3")]
    return page_of([*NUMBERS, *second], title=(200.0, 30.0, "INVOICE"))


def test_one_value_is_left_alone(page: Page) -> None:
    ranked, sheet = found(page, "date")
    assert preferred(ranked, [sheet]) is ranked
    assert preferred([], [sheet]) == []


def test_a_clearly_better_label_is_never_overruled(page: Page) -> None:
    ranked, sheet = found(page, "invoice_number")
    first = ranked[0]
    weak = [Candidate(c.concept, c.found, first.score - 1.0, c.label) for c in ranked[1:]]
    assert preferred([first, *weak], [sheet])[0] is first


def test_no_candidate_is_lost_or_invented(page: Page) -> None:
    ranked, sheet = found(page, "invoice_number")
    assert sorted(map(id, preferred(ranked, [sheet]))) == sorted(map(id, ranked))


def test_among_labels_as_good_the_value_that_looks_like_the_field_goes_first(page: Page) -> None:
    (number,) = [c for c in found(page, "invoice_number")[0] if c.found.value == "HT-25-0917"]
    (day,) = found(page, "date")[0]
    sheet = Sheet.of(page)
    wrong = Candidate("invoice_number", day.found, number.score, day.label)
    assert preferred([wrong, number], [sheet])[0] is number
    assert preferred([number, wrong], [sheet])[0] is number


def test_the_model_believes_in_what_a_label_says(page: Page) -> None:
    sheet = Sheet.of(page)
    (number,) = [c for c in found(page, "invoice_number")[0] if c.found.value == "HT-25-0917"]
    rows = rows_of(page)
    assert belief_in("invoice_number", number.found.words, rows) > 0.5
    assert belief_in("date", number.found.words, rows) < 0.1
    assert belief_in("colour", number.found.words, sheet.rows) == 0.0
