"""The dated tables of jurisdictions: who values how, from when, and what is not known stays unknown."""

from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal
from importlib.resources import files

import pytest

from schemas.jurisdictions import has_its_currency, in_force, jurisdiction, valuation_basis, within

DAY = dt.date(2026, 5, 4)


@pytest.mark.parametrize("code", ["US", "CA", "AU", "NZ", "ZA"])
def test_some_countries_leave_freight_out_of_the_customs_value(code: str) -> None:
    assert valuation_basis(code, DAY) == "FOB"


@pytest.mark.parametrize("code", ["GB", "EU", "DE", "FR", "SE", "CN", "JP", "MA"])
def test_most_countries_take_freight_into_the_customs_value(code: str) -> None:
    assert valuation_basis(code, DAY) == "CIF"


def test_the_basis_of_an_unknown_country_or_of_a_day_before_the_tables_is_not_known() -> None:
    assert valuation_basis("ZZ", DAY) is None
    assert valuation_basis(None, DAY) is None
    assert valuation_basis("GB", dt.date(2019, 1, 1)) is None


@pytest.mark.parametrize(
    ("country", "day", "rate"),
    [
        ("DE", dt.date(2020, 8, 1), "16"),
        ("DE", DAY, "19"),
        ("FI", dt.date(2024, 8, 31), "24"),
        ("FI", dt.date(2024, 9, 1), "25.5"),
        ("EE", dt.date(2025, 7, 1), "24"),
        ("RO", dt.date(2025, 8, 1), "21"),
        ("SK", dt.date(2025, 1, 1), "23"),
        ("GB", DAY, "20"),
        ("AU", DAY, "10"),
    ],
)
def test_the_standard_rate_is_that_of_the_day(country: str, day: dt.date, rate: str) -> None:
    found = jurisdiction(country)
    assert found is not None
    rule = in_force(found.vat, day)
    assert rule is not None
    assert rule.rate == Decimal(rate)


def test_every_member_of_the_union_has_a_standard_rate_and_a_basis() -> None:
    union = jurisdiction("EU")
    assert union is not None
    assert len(union.members) == 27
    for member in union.members:
        found = jurisdiction(member)
        assert found is not None
        rule = in_force(found.vat, DAY)
        assert rule is not None
        assert rule.rate is not None
        assert rule.rate >= 17
        assert valuation_basis(member, DAY) == "CIF"


def test_the_relief_for_small_consignments_into_the_union_ends_and_a_flat_duty_begins() -> None:
    union = jurisdiction("EU")
    assert union is not None
    before, after = (in_force(union.low_value, dt.date(2026, *day)) for day in ((6, 30), (7, 1)))
    assert before is not None
    assert after is not None
    assert (before.limit, before.flat_duty_per_item, before.code) == (Decimal(150), None, "C07")
    assert (after.limit, after.flat_duty_per_item, after.code) == (Decimal(150), Decimal(3), "F48")


def test_the_relief_of_the_united_states_is_suspended_from_its_day_on() -> None:
    states = jurisdiction("US")
    assert states is not None
    assert in_force(states.low_value, dt.date(2025, 8, 28)) is not None
    assert in_force(states.low_value, dt.date(2025, 8, 29)) is None


def test_bulgaria_has_the_euro_from_2026() -> None:
    assert not has_its_currency("BG", dt.date(2025, 12, 31))
    assert has_its_currency("BG", dt.date(2026, 1, 1))


def test_ranges_of_goods_take_in_both_ends() -> None:
    assert within("2203001000", ("2203-2208",))
    assert within("2208", ("2203-2208",))
    assert not within("2209", ("2203-2208",))
    assert within("4901", ("01-21", "49"))


def test_every_rule_names_its_source() -> None:
    tables = tomllib.loads(files("schemas.codes").joinpath("jurisdictions.toml").read_text("utf-8"))
    assert len(tables) > 20
    for code in tables:
        found = jurisdiction(code)
        assert found is not None
        rules = (*found.valuation, *found.rounding, *found.exchange, *found.vat, *found.low_value)
        assert all(rule.source for rule in rules), code
