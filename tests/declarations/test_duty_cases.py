"""HMRC's published scenarios: every one exact whose rate is known, every other refused."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from declarations.duty.cases import solved
from schemas.tariffs import Tariff

Case = dict[str, object]


def _case(**changed: object) -> Case:
    plain: Case = {
        "scenario": "X",
        "commodity": "8510900000",
        "procedure": ["4000", "000"],
        "price_gbp": "1000",
        "net_kg": "100",
        "origin": [["US", "1"]],
        "preference": ["100"],
        "duty_rate_pct": "2.00",
        "vat_rate_pct": "20.00",
    }
    return {**plain, **changed}


def test_every_official_case_whose_rate_is_known_is_exact_and_the_other_is_refused(
    official: Path, published: Tariff
) -> None:
    cases = json.loads((official / "duty_cases.json").read_text(encoding="utf-8"))
    results = {case["scenario"]: solved(case, published) for case in cases}
    refused = {name for name, one in results.items() if one.error}
    assert refused == {"TT_IM031a"}
    assert "preference 300" in str(results["TT_IM031a"].error)
    for case in cases:
        one = results[case["scenario"]]
        if not one.error:
            expected = tuple(Decimal(case[name]) for name in ("duty", "vat_base", "vat"))
            assert (one.duty, one.vat_base, one.vat) == expected, case["scenario"]


def test_what_a_case_says_of_its_result_is_not_looked_at() -> None:
    assert solved(_case(duty="999", vat_base="999", vat="999"), None).duty == Decimal("20.00")


def test_duties_and_vat_are_cut_to_the_penny() -> None:
    # HMRC's assessments of its scenarios: 67.785 is assessed as 67.78 (TT_IM219a).
    found = solved(_case(duty_rate_pct=None, duty_expression="13.557 GBP/100kg", net_kg="500"), None)
    assert (found.duty, found.vat_base, found.vat) == (Decimal("67.78"), Decimal("1067.78"), Decimal("213.55"))


def test_a_case_without_a_rate_takes_the_tariffs(small: Tariff) -> None:
    found = solved(_case(commodity="6302600000", duty_rate_pct=None, vat_rate_pct=None, price_gbp="200"), small)
    assert (found.duty, found.vat) == (Decimal("24.00"), Decimal("44.80"))
    assert any("small.csv" in step for step in found.working)


def test_a_supplementary_quantity_counts_in_the_tariffs_unit(small: Tariff) -> None:
    wine = _case(commodity="2204210000", duty_rate_pct=None, supp_qty="90")
    assert solved(wine, small).duty == Decimal("9.00")
    without = solved({**wine, "supp_qty": None}, small)
    assert without.duty is None
    assert "not declared" in str(without.error)


def test_anti_dumping_duty_comes_on_top_and_into_the_base_of_vat(small: Tariff) -> None:
    found = solved(_case(commodity="7318150000", duty_rate_pct=None, origin=[["CN", "1"]], date="2026-05-04"), small)
    assert (found.duty, found.vat_base) == (Decimal("282.00"), Decimal("1282.00"))


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"duty_rate_pct": None}, "no tariff is given"),
        ({"duty_expression": "3%"}, "a rate and an expression"),
        ({"duty_rate_pct": None, "duty_expression": "Entry Price"}, "entry price"),
        ({"duty_rate_pct": None, "duty_expression": "8% (01 JAN - 31 DEC)"}, "day of acceptance"),
        ({"duty_rate_pct": None, "duty_expression": "1 GBP/kg", "net_kg": None}, "not declared"),
        ({"procedure": ["9900"]}, "procedure 9900"),
        ({"procedure": ["4000", "E01"]}, "E01"),
        ({"procedure": ["4000", "C07"], "price_gbp": "135.01"}, "135"),
        ({"procedure": ["4000", "C07"], "price_gbp": "20", "commodity": "2204210000"}, "not for goods"),
        ({"procedure": ["6121"]}, "outward processing"),
        ({"commodity": "85"}, "commodity"),
        ({"price_gbp": None}, "price_gbp"),
        ({"price_gbp": "much"}, "price_gbp"),
        ({"price_gbp": "-5"}, "price_gbp"),
        ({"price_gbp": "1E+400000000"}, "price_gbp"),
        ({"net_kg": "1E-400000000"}, "net_kg"),
        ({"charges_in_vat_base": {"333": "NaN"}}, "charges_in_vat_base"),
    ],
)
def test_what_cannot_be_known_is_refused_with_its_reason(changed: Case, reason: str) -> None:
    found = solved(_case(**changed), None)
    assert (found.duty, found.vat_base, found.vat) == (None, None, None)
    assert reason in str(found.error)


def test_what_is_no_case_at_all_is_told() -> None:
    assert solved("text", None).error
    assert solved({"scenario": 5}, None).scenario is None


_ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.lists(st.one_of(st.text(max_size=4), st.lists(st.text(max_size=3), max_size=3)), max_size=3),
    st.dictionaries(st.text(max_size=3), st.text(max_size=5), max_size=2),
)


@given(st.dictionaries(st.sampled_from(sorted({*_case(), "duty_expression", "supp_qty", "date"})), _ODD, max_size=4))
def test_a_case_of_whatever_values_gives_a_result_or_a_reason(changed: Case) -> None:
    found = solved(_case(**changed), None)
    assert found.error or (found.duty is not None and found.vat_base is not None and found.vat is not None)
    assert len(found.model_dump_json()) < 10_000


def test_vat_is_the_standard_rate_where_nothing_says_otherwise_and_is_named_so() -> None:
    found = solved(_case(vat_rate_pct=None), None)
    assert found.vat == Decimal("204.00")
    assert any("standard rate of VAT" in step for step in found.working)


def test_vat_on_food_and_books_is_never_taken_to_be_the_standard_rate() -> None:
    for commodity in ("0709931000", "4901990000"):
        found = solved(_case(commodity=commodity, vat_rate_pct=None), None)
        assert found.duty == Decimal("20.00")
        assert (found.vat_base, found.vat) == (None, None)
        assert "another rate" in str(found.error)


def test_suspended_duty_is_assessed_and_stays_out_of_the_base_of_vat() -> None:
    found = solved(_case(procedure=["5100", "000"]), None)
    assert (found.duty, found.vat_base) == (Decimal("20.00"), Decimal("1000.00"))
    assert any("suspended" in step for step in found.working)


def test_charges_assessed_elsewhere_are_part_of_the_base_of_vat() -> None:
    found = solved(_case(charges_in_vat_base={"333": "387.60"}), None)
    assert found.vat_base == Decimal("1407.60")
    assert any("333 387.60" in step for step in found.working)
