from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.breadth import mostly_slow
from tests.waiting import wait_until

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("stop", mostly_slow([signal.SIGINT, signal.SIGTERM], quick={signal.SIGTERM}))
def test_a_command_that_is_stopped_leaves_no_copies_of_the_papers(stop: signal.Signals, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    command = [sys.executable, "-c", "from desk.cli import main; main()", "clear", "--out", str(tmp_path / "out")]
    process = subprocess.Popen(
        [*command, str(ROOT / "sample_docs" / "shipments" / "S01")],
        cwd=ROOT, env={**os.environ, "TMPDIR": str(scratch)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    wait_until(lambda: any(scratch.glob("tidewaiter-*")), seconds=60, process=process)
    process.send_signal(stop)
    process.communicate()
    assert process.returncode == 130
    assert list(scratch.glob("tidewaiter-*")) == []
