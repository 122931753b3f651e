from __future__ import annotations

import json
from pathlib import Path

import pytest

from desk.running import WRONG_USAGE
from tests.desk.conftest import Command


def test_a_finding_is_decided_by_its_number_and_the_table_says_by_whom(tidewaiter: Command, papers: Path) -> None:
    first = json.loads(tidewaiter("clear", papers, "--as-of", "2026-04-01", "--json").out)
    number = next(n for n, one in enumerate(first["findings"], 1) if one["code"] == "document_missing")
    ran = tidewaiter(
        "decide", "S-1", str(number), "waive", "--reason", "other: by post", "--by", "ann", "--role", "supervisor"
    )
    assert ran.code == 10
    for part in ("S-1 #2 as of 2026-04-01: held", "Decided by ann"):
        assert part in " ".join(ran.out.split())
    shown = json.loads(tidewaiter("show", "S-1", "--json").out)
    assert shown["findings"][number - 1]["decision"]["action"] == "waive"


@pytest.mark.slow
def test_what_cannot_be_decided_is_told_in_one_line_and_is_wrong_usage(tidewaiter: Command, papers: Path) -> None:
    tidewaiter("clear", papers, "--as-of", "2026-04-01")
    for arguments, says in (
        (("S-1", "99", "accept", "--reason", "x"), "has no finding 99"),
        (("S-1", "1", "correct", "--reason", "x"), "add --value"),
        (("S-9", "1", "accept", "--reason", "x"), "S-9: not in the archive"),
        (("S-1", "1", "wave", "--reason", "x"), "'wave' is not one of"),
    ):
        ran = tidewaiter("decide", *arguments)
        assert (ran.code, ran.out) == (WRONG_USAGE, "")
        assert says in " ".join(ran.err.split())


@pytest.mark.slow
def test_the_result_is_printed_as_json_on_request(tidewaiter: Command, papers: Path) -> None:
    tidewaiter("clear", papers, "--as-of", "2026-04-01")
    ran = tidewaiter("decide", "S-1", "1", "request", "--reason", "send it again", "--json")
    assert json.loads(ran.out)["findings"][0]["decision"]["action"] == "request"
