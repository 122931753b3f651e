from decimal import Decimal

import pytest

from benchmarks.scorecard.card import card, figures
from benchmarks.scorecard.cases import Case
from benchmarks.scorecard.certainty import certainty
from benchmarks.scorecard.sorting import Sorting, sorting
from benchmarks.scorecard.values import Tally, Value, tallied, values_of
from schemas.documents import CommercialInvoice
from tests.scored import TRUTH, case, finding, invoice, packing_list, part, truth, whole_invoice


def header(of: Case) -> Tally:
    return tallied(value for value in values_of(of) if not value.in_line)


def test_a_perfect_reading_has_every_value_right() -> None:
    assert header(case()) == Tally(printed=5, right=5)
    assert card([case()]).lines == Tally(printed=6, right=6)


def test_values_are_right_wrong_missing_or_stand_nowhere() -> None:
    read = invoice(number="A-19", currency="EUR", freight=Decimal(3))
    assert header(case(documents=[read, packing_list(packages=Decimal(4))])) == Tally(
        printed=5, right=2, wrong=1, missing=2, beyond=1
    )


def test_a_value_that_a_person_is_asked_to_read_is_neither_right_nor_wrong() -> None:
    read = invoice(number="A-19", currency="EUR")
    asks = finding("illegible", ("a.pdf", "commercial_invoice", "number", None), severity="warning")
    wants = finding("illegible", ("a.pdf", "commercial_invoice", "total_amount", None), severity="warning")
    found = header(case(documents=[read], findings=[asks, wants]))
    assert found == Tally(printed=5, right=1, asked=2, missing=2, asked_wrong=2)


def test_a_disagreement_of_papers_asks_nobody_to_read() -> None:
    tells = finding("value_mismatch", ("a.pdf", "commercial_invoice", "number", None))
    assert header(case(findings=[tells])) == Tally(printed=5, right=5)


def test_cells_of_a_row_that_was_not_read_are_missing() -> None:
    read = invoice([{"description": "Steel nuts M10", "quantity": Decimal(21), "amount": Decimal("20.00")}])
    assert card([case(documents=[read])]).lines == Tally(printed=6, right=2, wrong=1, missing=3)


def test_a_cell_that_could_not_be_read_is_asked_for_at_its_line() -> None:
    nuts = {"description": "Steel nuts M10", "amount": Decimal("20.00")}
    wants = finding("illegible", ("a.pdf", "commercial_invoice", "quantity", 1), severity="warning", nature="missing")
    assert card([case(documents=[invoice([nuts])], findings=[wants])]).lines == Tally(
        printed=6, right=2, asked=1, missing=3, asked_wrong=1
    )


def test_a_paper_taken_for_another_type_has_nothing_right() -> None:
    mistaken = packing_list(packages=Decimal(4)).model_copy(update={"parts": part("a.pdf", 1, 2)})
    assert header(case(documents=[mistaken])) == Tally(printed=5, missing=5, beyond=1)


def test_a_value_read_twice_counts_once_as_printed() -> None:
    first = whole_invoice().model_copy(update={"parts": part("a.pdf", 1)})
    second = whole_invoice().model_copy(update={"parts": part("a.pdf", 2)})
    found = header(case(documents=[first, second, packing_list(packages=Decimal(4))]))
    assert (found.printed, found.right, found.beyond) == (5, 5, 4)


def test_pages_papers_and_forms_are_counted_apart() -> None:
    halved = CommercialInvoice(parts=part("a.pdf", 1))
    certificate = {"type": "certificate_of_origin", "form": "eur1", "parts": [{"file": "c.pdf", "pages": [1]}]}
    printed = truth(documents=[*TRUTH["documents"], {**certificate, "fields": {}, "lines": []}])
    assert sorting([case(documents=[halved, packing_list()], printed=printed)]) == Sorting(
        pages=4, pages_right=2, papers=3, papers_right=1, forms=1, forms_right=0
    )


def test_brier_score_and_calibration_error_are_those_of_the_formulas() -> None:
    def value(confidence: float, *, right: bool) -> Value:
        return Value("commercial_invoice", "number", in_line=False, printed=True, right=right, asked=False,
                     confidence=confidence)  # fmt: skip

    found = certainty([value(0.9, right=True), value(0.9, right=False), value(0.6, right=True)])
    assert found.values == 3
    assert found.brier == pytest.approx((0.01 + 0.81 + 0.16) / 3)
    assert found.error == pytest.approx((abs(1.8 - 1) + abs(0.6 - 1)) / 3)
    assert [(one.low, one.high, one.values, one.right) for one in found.bins] == [
        (0.5, 0.7, 1, 1.0),
        (0.9, 0.95, 2, 0.5),
    ]
    assert certainty([]).brier is None


def test_shares_and_times_are_read_off_the_counts() -> None:
    found = figures(card([case(), case()]))
    assert found["header fields right"] == 1.0
    assert found["seconds a page"] == 2.0
    assert found["CPU seconds a page"] == 1.0
    assert found["wrongly cleared, of those to hold"] is None
