"""Duty expressions: every form that tariffs print is computed exactly, or refused with a reason of its own."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from declarations.duty.computing import DutyBase, computed
from declarations.duty.expressions import parsed
from declarations.duty.quantities import Quantities, quantities_of
from declarations.errors import (
    ExpressionInvalid,
    ExpressionRefused,
    NotComputable,
    QuantityMissing,
    SeasonUnknown,
)

PUBLISHED = Path(__file__).parents[3] / "shared" / "reference" / "tariff" / "ukgt_2020-12.csv"


def _base(value: str = "1000", kg: str | None = "500", day: dt.date | None = None, **stated: str) -> DutyBase:
    quantities = quantities_of(None if kg is None else Decimal(kg), {unit: Decimal(n) for unit, n in stated.items()})
    return DutyBase(Decimal(value), "GBP", quantities, day)


@pytest.mark.parametrize(
    ("expression", "duty"),
    [
        ("8.0%", "80"),
        ("Free", "0"),
        ("12.00% + 147.00 GBP/100kg", "855"),
        ("13.557 GBP/100kg", "67.785"),
        ("0.42 GBP/kg", "210"),
        ("10 GBP/TNE", "5"),
        ("£2.50 / DTN", "12.5"),
        ("12% - 1.00 GBP/100kg", "115"),
        ("8%+2 GBP/100 kg", "90"),
    ],
)
def test_percentages_amounts_by_mass_and_their_sums_are_exact(expression: str, duty: str) -> None:
    assert computed(expression, _base()).amount == Decimal(duty)


@pytest.mark.parametrize(
    ("expression", "duty"),
    [
        ("10 GBP / hl", "8.5"),
        ("1.40 GBP / % vol / hl", "14.28"),
        ("0.50 GBP/%vol/hl + 2.60 GBP/hl", "7.31"),
        ("0.20 GBP/ item", "24"),
        ("43.00 GBP/1000 items", "5.16"),
        ("1.10 GBP/NPR", "66"),
    ],
)
def test_amounts_by_volume_strength_and_number_need_these_quantities(expression: str, duty: str) -> None:
    assert computed(expression, _base(LTR="85", ASV="12", C62="120", PR="60")).amount == Decimal(duty)
    with pytest.raises(QuantityMissing):
        computed(expression, _base())


def test_a_dozen_and_a_hectolitre_are_counted_in_single_ones() -> None:
    assert computed("1 GBP/item", _base(DZN="10")).amount == 120
    assert computed("1 GBP/l", _base(HLT="2")).amount == 200


def test_a_percentage_of_the_retail_price_needs_that_price() -> None:
    with pytest.raises(QuantityMissing, match="retail price"):
        computed("16.50% retail price", _base())
    priced = DutyBase(Decimal(1000), "GBP", Quantities({"RET": Decimal(2000)}))
    assert computed("16.50% retail price", priced).amount == 330


@pytest.mark.parametrize(
    ("expression", "duty"),
    [
        ("10% MIN 0.30 GBP/kg", "150"),
        ("20% MIN 0.30 GBP/kg", "200"),
        ("10% MAX 0.10 GBP/kg", "50"),
        ("10% MIN 0.30 GBP/kg MAX 12%", "120"),
        ("10% + 5.00 GBP/DTN MIN 2.00 GBP/kg MAX 30%", "300"),
        ("30% MAX 0.10 GBP/kg MIN 10%", "100"),
    ],
)
def test_min_takes_the_greater_and_max_the_lesser_from_left_to_right(expression: str, duty: str) -> None:
    # HMRC's calculator (trade-tariff-duty-calculator, compound expressions): the last limit splits the expression.
    assert computed(expression, _base()).amount == Decimal(duty)


def test_a_seasonal_rate_is_that_of_the_day_over_the_end_of_the_year_too() -> None:
    expression = "14.00% (01 JUL - 31 JAN), 0.00% (01 FEB - 30 JUN)"
    for day, duty in (((2026, 1, 31), 140), ((2026, 2, 1), 0), ((2028, 2, 29), 0), ((2026, 12, 24), 140)):
        assert computed(expression, _base(day=dt.date(*day))).amount == duty


def test_a_seasonal_rate_without_a_day_or_outside_every_season_is_refused() -> None:
    with pytest.raises(SeasonUnknown, match="day of acceptance"):
        computed("8% (01 JAN - 30 JUN), 4% (01 JUL - 31 DEC)", _base())
    with pytest.raises(SeasonUnknown, match="0 seasons"):
        computed("8% (01 JAN - 30 JUN)", _base(day=dt.date(2026, 8, 1)))


@pytest.mark.parametrize(
    "expression",
    ["Entry Price", "28.00 GBP/100kg std qual", "9.00 % + EA MAX 24.2% + AD S/Z", "see chapter 99", "10 EUR/100kg"],
)
def test_what_needs_more_than_a_declaration_holds_is_refused(expression: str) -> None:
    with pytest.raises(ExpressionRefused):
        computed(expression, _base())


@pytest.mark.parametrize(
    "expression",
    ["", "12", "GBP/100kg", "5 GBP", "5%%", "1,5%", "5 GBP/furlong", "5% MAX", "+ 5%", "8% (31 FUN - 01 JAN)",
     "8% (31 FEB - 01 MAR)", "8% (01 JAN - 30 JUN) and", "٥%", "8% " + "+ 1% " * 200],
)  # fmt: skip
def test_what_is_no_duty_expression_is_told_as_such(expression: str) -> None:
    with pytest.raises(ExpressionInvalid):
        parsed(expression)


def test_each_step_of_the_working_can_be_read() -> None:
    steps = computed("12.00% + 147.00 GBP/100kg", _base("2000")).steps
    assert steps == (
        "12.00 % of 2000.00 GBP = 240.00 GBP",
        "147.00 GBP per 100 kg × 500 kg = 735.00 GBP",
        "together 975.00 GBP",
    )


_AMOUNTS = st.decimals(0, 10_000, places=2)
_RATES = st.decimals(0, 100, places=2)


@given(_RATES, _RATES, _AMOUNTS, _AMOUNTS)
def test_a_compound_duty_is_the_sum_of_its_parts(
    percent: Decimal, amount: Decimal, value: Decimal, kg: Decimal
) -> None:
    base = DutyBase(value, "GBP", quantities_of(kg, {}))
    whole = computed(f"{percent}% + {amount} GBP/100kg", base).amount
    assert whole == computed(f"{percent}%", base).amount + computed(f"{amount} GBP/100kg", base).amount


@given(_RATES, _RATES, _RATES, _AMOUNTS)
def test_a_limited_duty_lies_between_its_limits(
    percent: Decimal, least: Decimal, most: Decimal, value: Decimal
) -> None:
    base = DutyBase(value, "GBP")
    duty = computed(f"{percent}% MIN {least}% MAX {most}%", base).amount
    assert duty <= value * most / 100
    assert duty >= min(value * least / 100, value * most / 100)


def _amount_or_reason(expression: str) -> Decimal | str:
    try:
        return computed(expression, _base(day=dt.date(2026, 3, 1))).amount
    except NotComputable as reason:
        return str(reason)


@given(st.text(max_size=60))
def test_any_text_gives_a_duty_or_a_reason(text: str) -> None:
    found = _amount_or_reason(text)
    assert found if isinstance(found, str) else found >= 0


@given(st.lists(st.sampled_from(["8%", "+", "-", "MIN", "MAX", "2 GBP/kg", "(01 JAN - 30 JUN)", ",", "%"]), max_size=9))
def test_any_order_of_the_parts_gives_a_duty_or_a_reason(parts: list[str]) -> None:
    found = _amount_or_reason(" ".join(parts))
    assert found if isinstance(found, str) else found >= 0


def test_every_form_of_the_published_tariff_is_understood_but_sugar_by_yield() -> None:
    if not PUBLISHED.exists():
        pytest.skip("the UK Global Tariff is not beside the project")
    refused = set()
    with PUBLISHED.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            try:
                parsed(row["ukgt_duty_rate"])
            except ExpressionRefused:
                refused.add(row["ukgt_duty_rate"])
    assert refused == {"28.00 GBP/100kg std qual"}
