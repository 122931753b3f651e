"""`tidewaiter up` as a person starts it: a process of its own with an inbox in a folder, and what it says."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import psutil
import pytest

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "sample_docs" / "shipments"
START_SECONDS, END_SECONDS, ANSWER_SECONDS = 200, 100, 200


@dataclass
class Stack:
    """A running one. `said` are the lines at its terminal so far."""

    root: Path
    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def outbox(self) -> Path:
        return self.root / "exchange" / "outbox"

    @property
    def log(self) -> str:
        path = self.data / "up" / "log.txt"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    @property
    def address(self) -> str:
        """Where the desk is, as the terminal tells it."""
        return self._after("The desk is at ")

    @property
    def one_time_password(self) -> str:
        return self._after("one-time password ")

    @property
    def environment(self) -> Mapping[str, str]:
        """What it tells other commands."""
        lines = (self.data / "up" / "environment").read_text(encoding="utf-8").splitlines()
        return {name: shlex.split(value)[0] for name, value in (line.split("=", 1) for line in lines)}

    def processes(self, part: str) -> list[psutil.Process]:
        """Those of its processes whose command line has a part like that."""
        found = []
        for one in psutil.Process(self.process.pid).children(recursive=True):
            try:
                if any(part in argument for argument in one.cmdline()):
                    found.append(one)
            except psutil.NoSuchProcess:
                continue
        return found

    def wait_until(self, holds: Callable[[], bool], *, seconds: float = ANSWER_SECONDS) -> None:
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, self._state()
            try:
                self.process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
            pytest.fail(f"the stack ended: {self._state()}")

    def wait_for_answer(self, shipment: str, revision: int) -> Path:
        """The folder of the outbox with the answer, once all of it is there."""
        folder = self.outbox / shipment / str(revision)
        self.wait_until((folder / "findings.txt").exists)
        return folder

    def stop(self) -> int:
        """Ctrl-C, and the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(END_SECONDS)

    def _after(self, words: str) -> str:
        line = next(line for line in self.said if words in line)
        return line.partition(words)[2].strip()

    def _state(self) -> str:
        return "\n".join((*self.said, self.log[-3000:]))


def drop(root: Path, shipment: str, sample: str, *, draft: object = None) -> None:
    """Put a sample into the inbox as `<broker>/<reference>`, judged at the day its truth names, and say it is whole."""
    folder = root / "exchange" / "inbox" / shipment
    folder.mkdir(parents=True)
    for paper in (SAMPLES / sample).iterdir():
        (folder / paper.name).write_bytes(paper.read_bytes())
    if draft is not None:
        (folder / "draft_declaration.json").write_text(json.dumps(draft), encoding="utf-8")
    truth = json.loads((SAMPLES.parent / "truth" / f"{sample}.json").read_text(encoding="utf-8"))
    (folder / "_READY").write_text(json.dumps({"as_of": truth["attributes"]["as_of"]}), encoding="utf-8")


@contextmanager
def stack_in(root: Path, **settings: str) -> Iterator[Stack]:
    """One that has said where its desk is; it is ended with all its processes."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_API", "PREFECT_HOME"))}
    command = [sys.executable, "-c", "from desk.cli import main; main()", "up"]
    command += ["--exchange", str(root / "exchange"), "--out", str(root / "data")]
    environment = {**kept, **settings, "PYTHONPATH": str(ROOT), "COLUMNS": "200"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=root, env=environment) as process:
        stack = Stack(root, process)
        listening = Thread(target=_listen, args=(stack,))
        listening.start()
        try:
            stack.wait_until(lambda: any("one-time password" in line for line in stack.said), seconds=START_SECONDS)
            yield stack
        finally:
            if process.poll() is None:
                stack.stop()
            listening.join()


def _listen(stack: Stack) -> None:
    assert stack.process.stderr is not None
    for line in stack.process.stderr:
        stack.said.append(line)
