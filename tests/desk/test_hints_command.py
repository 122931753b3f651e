"""`tidewaiter hints …`: what was learned, and taking it away."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from desk.cli import app
from flows.settings import Settings
from flows.workshop import open_records
from schemas.hints import Hint, HintEntry, HintSource, LabelHint

AT = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
HINT = Hint(
    exporter="Norwick Looms",
    lesson=LabelHint(document="commercial_invoice", field="number", label="qualm", beside="below"),
    source=HintSource(reference="A-1", revision=1, decision=1, by="ann", at=AT),
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    with open_records(Settings(data_dir=tmp_path)) as records:
        records.hints.append(
            "local", lambda last: HintEntry(broker="local", number=last + 1, by="ann", at=AT, learned=(HINT,))
        )
    return tmp_path


def _run(place: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["hints", *words, "--out", str(place)])


def test_hints_are_listed_with_what_they_say_and_where_they_are_from(place: Path) -> None:
    told = " ".join(_run(place, "list").stdout.split())
    assert HINT.id in told
    assert "A-1 #1, ann, 2026-03-02" in told
    (one,) = json.loads(_run(place, "list", "--json").stdout)
    assert (one["id"], one["lesson"]["label"]) == (HINT.id, "qualm")
    assert json.loads(_run(place, "list", "--json", "--exporter", "säntis").stdout) == []


def test_a_removed_hint_is_listed_no_more(place: Path) -> None:
    assert _run(place, "remove", HINT.id, "--by", "sue").exit_code == 0
    assert "Nothing is learned yet." in _run(place, "list").stdout


def test_a_hint_that_is_not_there_is_wrong_usage_and_says_where_to_look(place: Path) -> None:
    answer = _run(place, "remove", "0123456789")
    assert answer.exit_code == 2
    assert "tidewaiter hints list" in answer.stderr
