"""How long papers are kept: the dated table, and the arithmetic of its days."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.jurisdictions import jurisdiction
from schemas.retention import (
    DEFAULT,
    PROCEDURES,
    CustomsDates,
    Kept,
    RetentionRule,
    end_of,
    kept,
    latest_day_of,
    laws_of,
    shipped,
    years_after,
)

DAY = dt.date(2026, 3, 3)
RULES = tuple(rule for rules in shipped().values() for rule in rules)
CODES = (*(code for code in shipped() if code != DEFAULT), "XI", "BE", "BR", None)

days = st.dates(dt.date(2025, 1, 1), dt.date(2090, 12, 31))


def _dates(accepted: dt.date = DAY, /, **told: object) -> CustomsDates:
    return CustomsDates.model_validate({"received": accepted, "accepted": accepted, **told})


def _last(code: str | None, dates: CustomsDates) -> dt.date:
    return kept([code], dates)[0].last_day


@pytest.mark.parametrize(
    ("code", "told", "last"),
    [
        ("US", {}, "2031-03-03"),
        ("EU", {}, "2029-12-31"),
        ("DE", {}, "2036-12-31"),
        ("GB", {}, "2032-03-03"),
        ("CN", {"released": dt.date(2026, 3, 9)}, "2029-03-09"),
        ("CH", {}, "2036-12-31"),
        ("CA", {}, "2032-03-03"),
        ("AU", {}, "2031-03-03"),
        ("BR", {}, "2036-12-31"),
        ("EU", {"procedure": "end_use", "ended": dt.date(2028, 7, 1)}, "2031-12-31"),
        ("EU", {"procedure": "special", "ended": dt.date(2026, 12, 31)}, "2029-12-31"),
        ("EU", {"corrected": dt.date(2027, 5, 5)}, "2032-12-31"),
        ("EU", {"corrected": dt.date(2030, 5, 5)}, "2033-05-05"),
    ],
)
def test_each_jurisdiction_keeps_as_long_as_its_law_says(code: str, told: dict[str, object], last: str) -> None:
    assert _last(code, _dates(**told)).isoformat() == last


def test_the_united_kingdom_keeps_customs_papers_four_years_and_those_of_vat_six() -> None:
    found = {one.rule.law: one.last_day for one in kept(["GB"], _dates())}
    assert found == {"customs": dt.date(2030, 3, 3), "tax": dt.date(2032, 3, 3)}


def test_german_vouchers_are_kept_ten_years_until_2024_and_eight_since() -> None:
    vouchers = [rule for rule in shipped()["DE"] if "no. 4 " in rule.source or "vouchers" in rule.source]
    [before] = [rule for rule in vouchers if rule.counts_on(dt.date(2024, 12, 31))]
    [since] = [rule for rule in vouchers if rule.counts_on(dt.date(2025, 1, 1))]
    assert (before.years, since.years) == (10, 8)


def test_several_jurisdictions_keep_until_the_latest_of_their_dates() -> None:
    both = kept(["US", "DE"], _dates())
    assert both[0].last_day == max(_last("US", _dates()), _last("DE", _dates()))
    assert {one.rule.jurisdiction for one in both} == {"US", "EU", "DE"}


def test_a_member_keeps_by_the_law_of_the_union_and_its_own_and_northern_ireland_by_two() -> None:
    assert laws_of("DE") == ("EU", "DE")
    assert laws_of("BE") == ("EU",)
    assert laws_of("XI") == ("GB", "EU")
    assert laws_of("BR") == laws_of(None) == laws_of("") == (DEFAULT,)


def test_an_event_that_nobody_told_is_waited_for_and_the_last_known_day_stands_in() -> None:
    [waiting] = kept(["CN"], _dates())
    assert (waiting.waits_for_event, waiting.runs_from) == (True, DAY)
    [told] = kept(["CN"], _dates(released=DAY))
    assert not told.waits_for_event
    nothing = CustomsDates(received=DAY)
    assert all(one.waits_for_event for code in CODES for one in kept([code], nothing))


def test_a_day_before_every_rule_of_a_jurisdiction_is_kept_by_the_default() -> None:
    [found] = kept(["EU"], _dates(dt.date(2010, 5, 5)))
    assert (found.rule.jurisdiction, found.last_day) == (DEFAULT, dt.date(2020, 12, 31))


def test_a_year_that_begins_on_a_leap_day_ends_on_the_first_of_march() -> None:
    assert years_after(dt.date(2024, 2, 29), 5) == dt.date(2029, 3, 1)
    assert years_after(dt.date(2024, 2, 29), 4) == dt.date(2028, 2, 29)
    assert _last("US", _dates(dt.date(2028, 2, 29))) == dt.date(2033, 3, 1)


def test_the_last_day_ends_where_it_ends_last_on_earth() -> None:
    end = end_of(dt.date(2029, 12, 31))
    assert end == dt.datetime(2030, 1, 1, 12, tzinfo=dt.UTC)
    assert end.astimezone(dt.timezone(dt.timedelta(hours=-12))).replace(tzinfo=None) == dt.datetime(2030, 1, 1)  # noqa: DTZ001 - compared without zone


def test_a_time_of_receipt_is_taken_for_the_day_where_the_day_is_furthest_on() -> None:
    assert latest_day_of(dt.datetime(2026, 12, 31, 9, 59, tzinfo=dt.UTC)) == dt.date(2026, 12, 31)
    assert latest_day_of(dt.datetime(2026, 12, 31, 10, tzinfo=dt.UTC)) == dt.date(2027, 1, 1)


@given(st.sampled_from(RULES), days, days)
def test_a_later_event_never_ends_a_period_sooner(rule: RetentionRule, one: dt.date, other: dt.date) -> None:
    first, second = sorted((one, other))
    assert rule.last_day(first) <= rule.last_day(second)
    assert end_of(rule.last_day(first)) <= end_of(rule.last_day(second))


@given(st.sampled_from(CODES), st.sampled_from(PROCEDURES), st.lists(days, min_size=4, max_size=4), st.integers(0, 3))
def test_what_becomes_known_later_never_shortens(
    code: str | None, procedure: str, told: list[dt.date], known: int
) -> None:
    events = dict(zip(("accepted", "released", "ended", "corrected"), sorted(told), strict=True))
    some = dict(list(events.items())[:known])
    base = {"received": min(told), "procedure": procedure}
    less, more = (CustomsDates.model_validate({**base, **one}) for one in (some, events))
    assert _last(code, less) <= _last(code, more)


@given(st.sampled_from(CODES), st.sampled_from(PROCEDURES), days)
def test_no_country_keeps_longer_than_the_default(code: str | None, procedure: str, day: dt.date) -> None:
    told = {"accepted": day, "released": day, "ended": day, "received": day, "procedure": procedure}
    dates = CustomsDates.model_validate(told)
    found: tuple[Kept, ...] = kept([code], dates)
    assert found
    assert found[0].last_day <= _last("BR", dates)


def test_every_rule_names_its_source_and_a_country_that_the_tables_know() -> None:
    assert all(rule.source and 1 <= rule.years <= 10 for rule in RULES)
    assert all(rule.valid_until is None or rule.valid_from <= rule.valid_until for rule in RULES)
    others = {"CH", "KR", "SG", "AT", "FR", "IT", "NL", "DE"}
    unknown = {code for code in shipped() if code != DEFAULT and code not in others and jurisdiction(code) is None}
    assert not unknown, "schemas/codes/jurisdictions.toml has no such country"
