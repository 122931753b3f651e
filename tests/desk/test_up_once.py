"""The whole stack for real: both servers, the worker, papers dropped into a folder."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from tests.waiting import files_below

SAMPLES = Path(__file__).parents[2] / "sample_docs" / "shipments"
CLEAR, HELD = "S01", "S10"
START_SECONDS, END_SECONDS = 200, 200

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


@dataclass(frozen=True)
class Place:
    """A folder for one stack and for what is dropped into its inbox."""

    root: Path

    @property
    def exchange(self) -> Path:
        return self.root / "exchange"

    @property
    def outbox(self) -> dict[str, bytes]:
        folder = self.exchange / "outbox"
        return {str(path.relative_to(folder)): path.read_bytes() for path in files_below(folder)}

    @property
    def inbox(self) -> list[str]:
        return [path.name for path in files_below(self.exchange / "inbox")]

    @property
    def log(self) -> str:
        path = self.root / "data" / "up" / "log.txt"
        return path.read_text() if path.exists() else ""

    def drop(self, sample: str) -> None:
        folder = self.exchange / "inbox" / "local" / sample
        shutil.copytree(SAMPLES / sample, folder)
        (folder / "_READY").touch()

    @contextmanager
    def up(self, *options: str) -> Iterator[subprocess.Popen[str]]:
        command = [sys.executable, "-c", "from desk.cli import main; main()", "up", "--no-desk", *options]
        command += ["--exchange", str(self.exchange), "--out", str(self.root / "data")]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=self.root, env=_environment()) as process:
            try:
                yield process
            finally:
                process.kill()

    def runs(self, flow: str) -> list[str]:
        """The states of all runs of a flow, as Prefect has them."""
        query = "SELECT state_type FROM flow_run JOIN flow ON flow.id = flow_run.flow_id WHERE flow.name = ?"
        with closing(sqlite3.connect(self.root / "data" / "up" / "prefect" / "prefect.db")) as database:
            return sorted(str(state) for (state,) in database.execute(query, (flow,)))

    def once(self) -> int:
        with self.up("--once") as process:
            _, told = process.communicate(timeout=START_SECONDS + END_SECONDS)
        assert "Traceback" not in told
        return process.returncode


def _environment() -> dict[str, str]:
    """Without what the tests' own Prefect server may have left there."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_API", "PREFECT_HOME"))}
    return {**kept, "PYTHONPATH": str(SAMPLES.parents[1])}


def _wait_for(text: str, place: Place, process: subprocess.Popen[str]) -> list[psutil.Process]:
    """Returns every process of the stack once its log has the text."""
    _wait_until(lambda: text in place.log, place, process)
    return psutil.Process(process.pid).children(recursive=True)


def _wait_until(holds: Callable[[], bool], place: Place, process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + START_SECONDS
    while not holds():
        assert time.monotonic() < end, place.log[-3000:]
        try:
            process.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
        pytest.fail(f"it ended: {place.log[-3000:]}")


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Place, int]:
    """Two shipments cleared by one run, and its exit code."""
    place = Place(tmp_path_factory.mktemp("up"))
    place.drop(CLEAR)
    place.drop(HELD)
    return place, place.once()


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Place, subprocess.Popen[str]]]:
    """One that runs, with nothing in its inbox."""
    place = Place(tmp_path_factory.mktemp("night"))
    with place.up() as process:
        assert process.stderr is not None
        assert any("ready" in line for line in process.stderr)
        yield place, process
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=END_SECONDS)


def test_what_was_dropped_is_answered_and_the_exit_code_tells_the_gravest_end(ran: tuple[Place, int]) -> None:
    place, code = ran
    assert code == 10, place.log[-3000:]
    declaration = json.loads(place.outbox[f"local/{CLEAR}/1/declaration.json"])
    assert declaration["total_invoice_amount"] == "17447.00"
    assert json.loads(place.outbox[f"local/{HELD}/1/findings.json"])["status"] == "held"
    assert f"local/{HELD}/1/declaration.json" not in place.outbox
    assert place.inbox == []


def test_an_empty_inbox_ends_a_run_at_once_and_changes_nothing(ran: tuple[Place, int]) -> None:
    place, _ = ran
    before = place.outbox
    assert place.once() == 0
    assert place.outbox == before


def test_killed_while_it_clears_it_leaves_nothing_running_and_the_next_start_ends_with_one_declaration(
    tmp_path: Path,
) -> None:
    place = Place(tmp_path)
    place.drop(CLEAR)
    with place.up() as process:
        started = _wait_for("Beginning flow run", place, process)
        process.send_signal(signal.SIGKILL)
        _, left = psutil.wait_procs(started, timeout=60)
    assert left == []
    assert place.outbox == {}
    assert place.once() == 0
    declarations = [name for name in place.outbox if name.endswith("declaration.json")]
    assert declarations == [f"local/{CLEAR}/1/declaration.json"]
    assert place.inbox == []
    assert place.runs("clear-shipment") == ["COMPLETED", "CRASHED"]


def test_a_second_stack_on_the_folder_is_refused_and_ctrl_c_ends_every_process(tmp_path: Path) -> None:
    place = Place(tmp_path)
    with place.up() as process:
        started = _wait_for("tidewaiter.up.s3", place, process)
        with place.up() as second:
            _, told = second.communicate(timeout=START_SECONDS)
        assert "another `tidewaiter up` runs on this folder" in told
        assert second.returncode == 70
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=END_SECONDS)
    assert process.returncode == 130
    assert "nothing is half-written" in told
    assert psutil.wait_procs(started, timeout=60)[1] == []


@pytest.mark.parametrize("flow", ["retention", "audit-archive"])
def test_the_work_of_the_night_is_scheduled(flow: str, stack: tuple[Place, subprocess.Popen[str]]) -> None:
    place, process = stack
    _wait_until(lambda: place.runs(flow) != [], place, process)
    assert set(place.runs(flow)) == {"SCHEDULED"}
