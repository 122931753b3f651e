from __future__ import annotations

import json
from pathlib import Path

import pytest

from desk.running import WRONG_USAGE
from tests.desk.conftest import Command


def objects(folder: Path) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith("register")
    }


def test_an_old_case_comes_out_as_it_did_and_nothing_is_written(tidewaiter: Command, papers: Path) -> None:
    tidewaiter("clear", papers, "--as-of", "2026-04-01")
    before = objects(Path("tidewaiter-data"))
    ran = tidewaiter("replay", "S-1")
    assert ran.code == 0
    assert "S-1 #1 as of 2026-04-01, judged anew" in ran.out
    assert "Nothing differs: held then and now." in ran.out
    assert objects(Path("tidewaiter-data")) == before


def test_under_other_rules_what_differs_is_named_by_its_place(
    tidewaiter: Command, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tidewaiter("clear", papers, "--as-of", "2026-04-01")
    monkeypatch.setenv("TIDEWAITER_REQUIRED_DOCUMENTS", "commercial_invoice")
    ran = tidewaiter("replay", "S-1", "--json")
    assert ran.code == 10
    told = json.loads(ran.out)
    assert told["rules"]["then"] != told["rules"]["now"]
    gone = [one for one in told["differences"] if one["where"].startswith("/findings/document_missing")]
    assert gone
    assert all(one["now"] is None for one in gone)
    assert not [one for one in told["differences"] if one["where"].startswith("/documents/")]


@pytest.mark.slow
def test_a_revision_may_be_named_and_must_be_there(tidewaiter: Command, papers: Path) -> None:
    tidewaiter("clear", papers, "--as-of", "2026-04-01")
    tidewaiter("decide", "S-1", "1", "request", "--reason", "send it")
    assert "S-1 #1" in tidewaiter("replay", "S-1", "--revision", "1").out
    assert "S-1 #2" in tidewaiter("replay", "S-1").out
    ran = tidewaiter("replay", "S-1", "--revision", "9")
    assert ran.code == WRONG_USAGE
    assert "S-1 #9: not in the archive" in " ".join(ran.err.split())
