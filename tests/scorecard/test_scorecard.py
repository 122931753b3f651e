"""The whole command on one shipment, and how its report is written."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.scorecard.card import card
from benchmarks.scorecard.report import ALL, PLOTS, Report
from benchmarks.scorecard.rivals import product_compared
from benchmarks.scorecard.sets import SEED, Series
from benchmarks.scorecard.tables import markdown
from tests.scored import DECLARED, case


def report() -> Report:
    wrong = DECLARED.model_copy(update={"total_invoice_amount": Decimal("33.00")})
    known = [case(), case(declaration=wrong)]
    compared = [product_compared("product", frozenset({"number"}), known)]
    return Report({"Python": "3"}, {"digital": card(known), ALL: card(known)}, {"digital": compared})


def test_the_report_names_what_ended_badly_and_has_a_column_for_each_level() -> None:
    shown = markdown(report())
    assert "Silent errors: T1 digital." in shown
    assert "Wrongly cleared: none." in shown
    assert "| header fields right | 100.0 % | 100.0 % |" in shown
    assert "| silent errors, of those cleared | 50.0 % | 50.0 % |" in shown
    assert "| digital | product | 2 | 100.0 % | 0.0 % | 0.0 % | 0 | 0 | 2.00 | 1.00 |" in shown


def test_the_report_as_json_has_counts_and_shares() -> None:
    told = json.loads(report().to_json())
    assert told["levels"]["all"]["counts"]["endings"]["silent"] == ["T1 digital"]
    assert told["levels"]["digital"]["figures"]["declared values wrong"] == 0.05


def test_the_same_shipments_are_drawn_at_every_level_and_only_once(tmp_path: Path) -> None:
    series = Series(1, tmp_path, seed=SEED + 1, pool="samples")
    [digital], [fax] = list(series.at("digital")), list(series.at("fax"))
    assert digital.truth.declaration == fax.truth.declaration
    assert digital.truth.expected_findings == fax.truth.expected_findings
    paper = next(digital.papers.iterdir())
    paper.write_bytes(b"kept")
    assert next(iter(series.at("digital"))).truth == digital.truth
    assert paper.read_bytes() == b"kept"


@pytest.mark.slow
def test_the_command_draws_clears_scores_and_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    if importlib.util.find_spec("matplotlib") is None:
        pytest.skip("matplotlib is not installed: the plots cannot be drawn")
    work, out = tmp_path / "work", tmp_path / "out"
    command = [sys.executable, "-m", "benchmarks.scorecard", "--count", "1", "--levels", "digital"]
    command += ["--readers", "tidewaiter", "pdfplumber", "--work", str(work), "--out", str(out)]
    first = subprocess.run(command, capture_output=True, text=True, check=False)
    assert first.returncode in {0, 1}, first.stderr
    assert {path.name for path in out.iterdir()} == {
        "scorecard.json", "scorecard.md", *(f"{name}.{kind}" for name in PLOTS for kind in ("png", "svg")),
    }  # fmt: skip
    told = json.loads((out / "scorecard.json").read_text(encoding="utf-8"))
    assert told["levels"]["all"]["counts"]["endings"]["shipments"] == 1
    assert [one["reader"] for one in told["readers"]["digital"]] == ["tidewaiter", "pdfplumber + regular expressions"]
    kept = {path: path.stat().st_mtime_ns for path in work.rglob("*.json")}
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert again.returncode == first.returncode, again.stderr
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    # Not the whole report: it names the commit, and a working tree may change beside a test.
    goes_on = json.loads((out / "scorecard.json").read_text(encoding="utf-8"))
    assert goes_on["levels"]["all"]["counts"]["endings"] == told["levels"]["all"]["counts"]["endings"]
    assert goes_on["readers"]["digital"][1] == told["readers"]["digital"][1]
