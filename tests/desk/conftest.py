"""The command line run in this process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from desk.cli import app


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code, and what it wrote where."""

    code: int
    out: str
    err: str


Command = Callable[..., Ran]


@pytest.fixture
def tidewaiter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs the command in an empty working folder."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)

    def run(*arguments: str | Path, trace: bool = False) -> Ran:
        result: Result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        assert ("Traceback" in result.output) is trace
        return Ran(result.exit_code, result.stdout, result.stderr)

    return run
