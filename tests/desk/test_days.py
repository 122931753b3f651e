"""Days on the command line."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from desk.cli import app
from desk.days import as_day

WRONG = ("22.11.2026", "2026-02-30", "tomorrow", "", "26-11-22", "2026-11-22T09:00:00")
OPTIONS = (
    ("clear", "papers", "--as-of"),
    ("duty", "cases.json", "--as-of"),
    ("find", "--since"),
    ("find", "--until"),
    ("lodged", "A-1", "--mrn", "26GB1", "--accepted"),
    ("profile", "list", "--as-of"),
    ("reference", "list", "--as-of"),
    ("reference", "load", "watch_list", "list.csv", "--valid-from"),
)


def test_a_day_is_read_as_iso_writes_it() -> None:
    assert as_day("2026-11-22") == dt.date(2026, 11, 22)


@pytest.mark.parametrize("text", WRONG)
def test_what_is_no_day_is_answered_with_one(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="is no day; write year, month and day, such as 2026-11-22"):
        as_day(text)


@pytest.mark.parametrize("command", OPTIONS, ids=" ".join)
def test_every_option_that_takes_a_day_shows_one_and_no_pattern(command: tuple[str, ...]) -> None:
    ended = CliRunner().invoke(app, [*command, "22.11.2026"], env={"COLUMNS": "200"})
    assert ended.exit_code == 2
    assert command[-1] in ended.output
    assert "such as 2026-11-22" in ended.output
    assert "%" not in ended.output


def test_the_module_does_what_the_command_does() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "desk.cli", "--version"], capture_output=True, text=True, check=True, timeout=60
    )
    assert ended.stdout.startswith("tidewaiter ")
