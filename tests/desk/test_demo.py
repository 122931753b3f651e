from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from desk.demo import SAMPLES, Comparison, Truth, truths


def _compared(
    status: str,
    found: set[str],
    *,
    truth: str = "held",
    expected: set[str] | None = None,
    acceptable: set[str] | None = None,
) -> Comparison:
    meant = Truth("S", dt.date(2026, 1, 1), truth, frozenset(expected or set()), frozenset(acceptable or set()))
    return Comparison(meant, status, frozenset(found), "DIR")


@pytest.mark.parametrize(
    ("comparison", "verdict"),
    [
        (_compared("clear", set(), truth="clear"), "as its truth says"),
        (_compared("held", {"weight_order"}, expected={"weight_order"}), "as its truth says"),
        (
            _compared(
                "held",
                {"weight_order", "illegible", "date_order"},
                expected={"weight_order"},
                acceptable={"date_order"},
            ),
            "as its truth says",
        ),
        (_compared("held", {"illegible"}, truth="clear"), "asks to read"),
    ],
)
def test_a_sample_that_ends_as_meant_agrees(comparison: Comparison, verdict: str) -> None:
    assert comparison.verdict == verdict
    assert comparison.agrees


@pytest.mark.parametrize(
    ("comparison", "verdict"),
    [
        (_compared("clear", set(), expected={"weight_order"}), "missed weight_order"),
        (_compared("clear", set()), "should be held"),
        (_compared("held", {"date_order"}, truth="clear"), "false date_order"),
        (_compared("rejected", set(), truth="clear"), "should be clear"),
        (
            _compared("held", {"illegible", "date_order"}, expected={"weight_order"}),
            "missed weight_order; false date_order",
        ),
    ],
)
def test_a_sample_that_ends_otherwise_says_how(comparison: Comparison, verdict: str) -> None:
    assert comparison.verdict == verdict
    assert not comparison.agrees


def test_truths_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "truth").mkdir()
    told = {
        "attributes": {"as_of": "2026-02-03"},
        "status": "held",
        "expected_findings": [{"code": "weight_order"}],
        "acceptable_findings": ["date_order"],
    }
    for name in ("B", "A"):
        (tmp_path / "truth" / f"{name}.json").write_text(json.dumps(told))
    first, second = truths(tmp_path)
    assert (first.reference, second.reference) == ("A", "B")
    assert first == Truth("A", dt.date(2026, 2, 3), "held", frozenset({"weight_order"}), frozenset({"date_order"}))


def test_every_sample_shipment_has_its_truth() -> None:
    shipments = {path.name for path in (SAMPLES / "shipments").iterdir()} if (SAMPLES / "shipments").exists() else set()
    assert {truth.reference for truth in truths(SAMPLES)} == shipments
