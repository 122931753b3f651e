from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from archive.stores.folder_exchange import FolderExchange
from desk.demo import SAMPLES, Comparison, Truth, answer_to, compared, drop, truths
from flows.inbox.rules import InboxRules, Watcher
from tests.dropped import bench


def _compared(
    status: str,
    found: set[str],
    *,
    truth: str = "held",
    expected: set[str] | None = None,
    acceptable: set[str] | None = None,
) -> Comparison:
    meant = Truth("S", dt.date(2026, 1, 1), truth, frozenset(expected or set()), frozenset(acceptable or set()))
    return Comparison(meant, status, frozenset(found))


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


def test_a_sample_is_dropped_with_its_day_and_its_last_answer_is_compared(tmp_path: Path) -> None:
    papers = tmp_path / "S-1"
    (papers / "more").mkdir(parents=True)
    (papers / "a.pdf").write_bytes(b"%PDF-1.7 one")
    (papers / "more" / "b.pdf").write_bytes(b"%PDF-1.7 two")
    with bench(tmp_path) as inbox:
        for day in (3, 4):
            truth = Truth("S-1", dt.date(2026, 3, day), "held", frozenset(), frozenset())
            drop(truth, papers, inbox.exchange, broker="local")
            inbox.watch(watcher=Watcher(InboxRules(dated=True)))
        assert inbox.papers("local", "S-1", 2) == {"a.pdf": b"%PDF-1.7 one", "more/b.pdf": b"%PDF-1.7 two"}
        answer = answer_to(truth, inbox.exchange, "local")
    assert answer is not None
    assert (answer.revision, answer.as_of) == (2, dt.date(2026, 3, 4))
    assert compared(truth, answer) == Comparison(truth, "held", frozenset())


def test_a_sample_without_an_answer_is_told_from_one_that_is_held(tmp_path: Path) -> None:
    truth = Truth("S-1", dt.date(2026, 3, 1), "held", frozenset(), frozenset())
    assert answer_to(truth, FolderExchange(tmp_path), "local") is None


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_demo_clears_its_samples_through_the_watched_bucket_and_leaves_the_results_in_a_folder(
    tmp_path: Path,
) -> None:
    samples = tmp_path / "samples"
    shutil.copytree(SAMPLES / "reference", samples / "reference")
    (samples / "truth").mkdir()
    for name in ("S01", "S10"):
        shutil.copytree(SAMPLES / "shipments" / name, samples / "shipments" / name)
        shutil.copy(SAMPLES / "truth" / f"{name}.json", samples / "truth")
    command = [sys.executable, "-m", "desk.demo", "--out", "data", "--samples", str(samples)]
    elsewhere = {
        "PYTHONPATH": str(SAMPLES.parent),
        "TIDEWAITER_EXCHANGE_DIR": str(tmp_path / "mine"),
        "TIDEWAITER_REGISTER_URL": "postgresql://nobody@127.0.0.1:9/none",
    }
    done = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, **elsewhere}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "2 of 2 samples ended as their truth says" in done.stdout
    assert "HELD" in (tmp_path / "data/outbox/local/S10/1/findings.txt").read_text()
    assert (tmp_path / "data/outbox/local/S01/1/declaration.json").exists()
    assert not (tmp_path / "mine").exists()
