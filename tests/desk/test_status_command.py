"""`tidewaiter status` as an operator meets it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from desk.status_command import age_in_words
from tests.desk.conftest import Command


def test_a_cleared_folder_is_counted(tidewaiter: Command, papers: Path, unreadable: Path, tmp_path: Path) -> None:
    listed = tmp_path / "w.csv"
    listed.write_text("name,programme\nKestrelfold Mills,SHIP\n")
    tidewaiter("reference", "load", "watch_list", listed, "--scope", "GB")
    tidewaiter("clear", papers, "--as-of", "2026-04-01")
    tidewaiter("clear", unreadable, "--as-of", "2026-04-01")
    ran = tidewaiter("status")
    assert (ran.code, ran.err) == (0, "")
    assert [line.split() for line in ran.out.splitlines()[1:4]] == [
        ["shipments", "0", "1", "1"],
        ["received", "in", "the", "last", "hour", "0", "1", "1"],
        ["received", "in", "the", "last", "day", "0", "1", "1"],
    ]
    assert "held for longest: local/S-1 #1, for 0 minutes" in ran.out
    assert "list watch_list for GB: w.csv, loaded 0 minutes ago" in ran.out
    assert "inbox" not in ran.out
    told = json.loads(tidewaiter("status", "--json").out)
    assert told["shipments"] == {"clear": 0, "held": 1, "rejected": 1}
    assert told["oldest_held"]["reference"] == "S-1"
    assert [one["kind"] for one in told["lists"]] == ["watch_list"]


@pytest.mark.slow
def test_nothing_of_a_paper_is_in_the_status(tidewaiter: Command, papers: Path) -> None:
    tidewaiter("clear", papers, "--as-of", "2026-04-01")
    shown = tidewaiter("status").out + tidewaiter("status", "--json").out
    for secret in ("Harbour", "Nordlicht", "TW-2291", "1,250", "1250", "invoice.pdf"):
        assert secret not in shown


def test_an_empty_folder_has_nothing_to_count(tidewaiter: Command, tmp_path: Path) -> None:
    told = json.loads(tidewaiter("status", "--json", "--out", tmp_path / "new").out)
    assert told["shipments"] == {"clear": 0, "held": 0, "rejected": 0}
    assert told["oldest_held"] is None


def test_a_folder_that_cannot_be_looked_into_is_told_as_such_and_as_no_error_of_ours(tidewaiter: Command) -> None:
    ran = tidewaiter("status", "--out", "x" * 300)
    assert ran.code == 2
    assert "File name too long" in ran.err
    assert "error of ours" not in ran.err


def test_that_the_stack_has_ended_is_told_where_its_settings_are_still_in_use(
    tidewaiter: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody_listens = "http://127.0.0.1:9"
    for name, value in (("STORE", "s3"), ("S3_BUCKET", "tidewaiter"), ("S3_ENDPOINT", nobody_listens)):
        monkeypatch.setenv(f"TIDEWAITER_{name}", value)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "of nobody")
    ran = tidewaiter("status")
    assert ran.code == 70
    assert f"At {nobody_listens} `tidewaiter up` has its store: it must be running" in ran.err


def test_the_desk_is_named_where_the_settings_know_its_address(
    tidewaiter: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "desk" not in tidewaiter("status").out
    monkeypatch.setenv("TIDEWAITER_DESK_URL", "http://127.0.0.1:18405")
    assert "desk: http://127.0.0.1:18405\n" in tidewaiter("status").out


def test_a_damaged_register_is_told_in_one_line(tidewaiter: Command, tmp_path: Path) -> None:
    (tmp_path / "register.sqlite").write_bytes(b"no database at all" * 1000)
    ran = tidewaiter("status", "--out", tmp_path)
    assert (ran.code, ran.out) == (70, "")
    assert len(ran.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 minutes"), (61, "1 minute"), (7200, "2 hours"), (86400, "1 day"), (864000, "10 days")],
)
def test_an_age_is_told_in_its_largest_unit(seconds: int, words: str) -> None:
    assert age_in_words(dt.timedelta(seconds=seconds)) == words
