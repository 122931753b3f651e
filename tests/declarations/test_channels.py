"""The channel: red for hard triggers alone, yellow for what is open or adds up, green; by lot, and the same again."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from declarations.channel import channel_of, is_drawn
from declarations.risk import HARD_TRIGGERS, INDICATORS, SCREENED, Risk
from schemas.findings import Finding, FindingCode, Severity

NO_LOT = Risk(random_share=0)
CODES: tuple[FindingCode, ...] = get_args(FindingCode)


def finding(code: FindingCode, severity: Severity = "warning", message: str = "It differs.") -> Finding:
    return Finding(code=code, severity=severity, message=message)


def told(code: FindingCode) -> Finding:
    return finding(code, "info")


def test_nothing_found_is_green_and_says_that_it_is_advice() -> None:
    channel = channel_of((), NO_LOT, seed="x")
    assert channel.colour == "green"
    assert channel.reasons[0] == "score 0 of 100; advice to the declarant, not a customs decision"


@pytest.mark.parametrize("code", CODES)
def test_whatever_holds_is_at_least_yellow_and_its_code_stands_in_a_reason(code: FindingCode) -> None:
    channel = channel_of([finding(code)], NO_LOT, seed="x")
    assert channel.colour == "yellow"
    assert any(reason.startswith(f"{code} (") and "It differs." in reason for reason in channel.reasons)


@pytest.mark.parametrize("code", CODES)
def test_only_an_open_error_of_a_hard_trigger_is_red(code: FindingCode) -> None:
    red = channel_of([finding(code, "error")], NO_LOT, seed="x").colour == "red"
    assert red == (code in HARD_TRIGGERS)
    assert channel_of([told(code)], NO_LOT, seed="x").colour != "red"


def test_what_is_only_told_is_yellow_once_it_adds_up() -> None:
    one = channel_of([told("hs_mismatch")], NO_LOT, seed="x")
    assert (one.colour, one.reasons[0].split(";")[0]) == ("green", "score 10 of 100")
    several = channel_of([told("hs_mismatch"), told("origin_mismatch"), told("undervaluation")], NO_LOT, seed="x")
    assert (several.colour, several.reasons[0].split(";")[0]) == ("yellow", "score 30 of 100")
    assert channel_of([told("hs_mismatch")], Risk(0, yellow_from=10), seed="x").colour == "yellow"


def test_a_code_counts_once_and_every_finding_is_a_reason_the_weightiest_first() -> None:
    twice = [finding("package_mismatch", message="One."), finding("package_mismatch", message="Two."),
             finding("value_mismatch")]  # fmt: skip
    channel = channel_of(twice, NO_LOT, seed="x")
    assert channel.reasons[:4] == (
        "score 60 of 100; advice to the declarant, not a customs decision",
        "value_mismatch (40 points): It differs.", "package_mismatch (20 points): One.", "package_mismatch: Two.",
    )  # fmt: skip


def test_lists_that_are_not_loaded_are_named_and_remarks_come_last() -> None:
    reasons = channel_of((), Risk(0, loaded=frozenset({"watch_list"})), seed="x", said=("no tariff",)).reasons
    assert reasons[-2:] == (
        "not loaded, so not checked: prohibitions and restrictions, licences, intellectual property rights",
        "no tariff",
    )
    everything = Risk(0, loaded=frozenset(kind for kind, _ in SCREENED))
    assert len(channel_of((), everything, seed="x").reasons) == 1


def test_a_lot_is_labelled_as_one_and_falls_only_where_nothing_speaks_against_the_shipment() -> None:
    drawn = channel_of((), Risk(random_share=1), seed="x")
    assert drawn.colour == "yellow"
    assert "drawn at random, as 100.0% of such shipments are" in drawn.reasons[1]
    assert not any("drawn" in one for one in channel_of([finding("illegible")], Risk(1), seed="x").reasons)
    assert channel_of((), Risk(random_share=1), seed="").colour == "green"


def test_the_lot_falls_on_about_the_share_and_on_the_same_ones_again() -> None:
    drawn = {seed for seed in map(str, range(20000)) if is_drawn(seed, 0.01)}
    assert 150 < len(drawn) < 250
    assert drawn == {seed for seed in map(str, range(20000)) if is_drawn(seed, 0.01)}


@given(st.text(min_size=1), st.floats(0, 1), st.floats(0, 1))
def test_whoever_is_drawn_at_a_share_is_drawn_at_a_larger_one(seed: str, one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert not is_drawn(seed, less) or is_drawn(seed, more)
    assert is_drawn(seed, 1)
    assert not is_drawn(seed, 0)


@given(st.lists(st.builds(finding, st.sampled_from(CODES), st.sampled_from(("info", "warning", "error")))))
def test_the_score_stays_within_its_scale_and_names_no_code_that_was_not_found(findings: list[Finding]) -> None:
    channel = channel_of(findings, NO_LOT, seed="x")
    assert 0 <= int(channel.reasons[0].split()[1]) <= 100
    named = {reason.split(" ")[0].rstrip(":") for reason in channel.reasons[1:]} & set(CODES)
    assert named <= {one.code for one in findings}


def test_every_indicator_weighs_no_more_as_information_than_while_it_is_open() -> None:
    assert all(0 <= one.told < one.open <= 100 and one.source for one in INDICATORS.values())
    assert set(INDICATORS) <= set(CODES)
