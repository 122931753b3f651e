"""What a delivery term's price leaves to the buyer, by ICC Incoterms 2020, articles A2, A5 and A9."""

from __future__ import annotations

import datetime as dt

import pytest

from schemas.delivery_terms import COSTS, costs_by_term, terms_without
from schemas.list_tables import ListError, TableRow
from schemas.values import lies_within
from validators.codelists import INCOTERMS

DAY = dt.date(2026, 5, 4)


def test_under_e_and_f_terms_the_buyer_pays_carriage_and_under_c_terms_without_insurance_that_too() -> None:
    assert terms_without("carriage") == {"EXW", "FCA", "FAS", "FOB"}
    assert terms_without("insurance") == {"EXW", "FCA", "FAS", "FOB", "CFR", "CPT"}
    assert terms_without("origin") == {"EXW"}


def test_of_every_term_of_every_edition_it_is_known_what_its_price_includes() -> None:
    assert frozenset().union(*INCOTERMS.values()) == set(costs_by_term())
    assert costs_by_term()["DDP"] == set(COSTS)


@pytest.mark.parametrize(
    ("first", "last", "lies"),
    [
        (None, None, True),
        (DAY, DAY, True),
        (DAY + dt.timedelta(days=1), None, False),
        (None, DAY - dt.timedelta(days=1), False),
    ],
)
def test_a_period_takes_in_both_ends_and_may_be_open(
    first: dt.date | None, last: dt.date | None, *, lies: bool
) -> None:
    assert lies_within(DAY, first, last) == lies


def test_a_cell_is_a_day_or_empty_or_named_with_its_column() -> None:
    row = TableRow(7, {"valid_from": "2026-05-04", "valid_until": "", "seen": "4.5.26"})
    assert (row.day("valid_from"), row.day("valid_until"), row.day("elsewhere")) == (DAY, None, None)
    with pytest.raises(ListError, match=r"line 7, column seen: '4\.5\.26' is no date; write it as 2026-05-31"):
        row.day("seen")
