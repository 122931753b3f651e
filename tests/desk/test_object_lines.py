"""What the log of the stack tells of the S3 server: errors, and no name of a file."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.up.children import Program, started
from flows.up.log import log_in
from flows.up.object_lines import ObjectServerLines

FAILED = "E1122 09:43:40.854628 s3api_server.go:403 Failed to load IAM configuration: no signing key"
OF_A_PAPER = "E1122 09:43:41.1 s3api_put.go:787 putToFiler: upload /buckets/tidewaiter/inbox/acme/R-1/Harbour Lamp.pdf"
INFO = "I1122 09:43:41.2 s3api_put.go:12 PutObjectHandler inbox/acme/R-1/Harbour Lamp.pdf"


@dataclass
class Watch:
    at: float = 0.0

    def __call__(self) -> float:
        return self.at


def _lines(*, in_full: bool = False, watch: Watch | None = None) -> ObjectServerLines:
    return ObjectServerLines(in_full, 60.0, clock=watch or Watch())


def test_an_error_at_its_start_is_told_in_full_and_later_by_its_place() -> None:
    watch = Watch()
    lines = _lines(watch=watch)
    assert lines.told(FAILED) == FAILED
    watch.at = 61.0
    assert lines.told(FAILED) == "E1122 09:43:40.854628 s3api_server.go:403"


def test_an_error_that_speaks_of_an_object_is_told_by_its_place_from_the_first_second_on() -> None:
    assert _lines().told(OF_A_PAPER) == "E1122 09:43:41.1 s3api_put.go:787"


def test_what_is_no_error_is_told_only_on_request_and_then_by_its_place() -> None:
    assert _lines().told(INFO) is None
    assert _lines(in_full=True).told(INFO) == "I1122 09:43:41.2 s3api_put.go:12"


def test_what_it_says_of_its_options_before_it_starts_is_told() -> None:
    lines = _lines()
    assert lines.told("flag provided but not defined: -no") == "flag provided but not defined: -no"
    lines.told(INFO)
    assert lines.told("Lamp.pdf") is None
    assert lines.told("panic: runtime error: Harbour Lamp.pdf") == "panic:"


@given(st.text(max_size=60), st.sampled_from("IWEF"), st.booleans(), st.floats(0, 120))
def test_no_text_that_a_key_may_hold_is_told_of_a_line_about_it(
    name: str,
    level: str,
    in_full: bool,  # noqa: FBT001 - hypothesis gives it by name
    at: float,
) -> None:
    watch = Watch()
    lines = _lines(in_full=in_full, watch=watch)
    lines.told(FAILED)
    watch.at = at
    head = f"{level}1122 09:43:41.1 s3api_put.go:787"
    whole = f"{head} put inbox/acme/R-1/{name}"
    for line in whole.split("\n"):
        told = lines.told(line)
        assert told in {None, head, FAILED, "panic:", "fatal error:"}


@pytest.fixture
def log(tmp_path: Path) -> Iterator[logging.Logger]:
    with log_in(tmp_path / "log.txt") as opened:
        yield opened


def test_only_what_may_be_told_reaches_the_file_and_the_last_lines(log: logging.Logger, tmp_path: Path) -> None:
    command = [sys.executable, "-c", f"print({FAILED!r}, {OF_A_PAPER!r}, {INFO!r}, sep=chr(10))"]
    child = started(Program("s3", command, {}, tmp_path, 5.0, lambda: _lines().told), log)
    assert child.ended_within(20)
    child.stop()
    told = (tmp_path / "log.txt").read_text()
    assert "Failed to load IAM" in told
    assert "s3api_put.go:787" in told
    for text in (told, child.told("ended")):
        assert "Harbour" not in text
        assert "s3api_put.go:12" not in text
