"""One reading process as its parent holds it: started without credentials, watched, killed where it goes too far."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Literal, Self

import psutil
from pydantic import ValidationError

from flows.isolated_reader import EVENTS, LIBRARY, TASKS, Event, Task

Reason = Literal["time", "memory", "crash"]

_KEPT = ("PATH", "LANG", "LC_ALL", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")
"""All that the child gets of our environment."""
_LOOK = 0.2
"""Seconds between two looks at time and memory."""
PATIENCE = 3.0
"""Time is counted in seconds of work, so that a busy machine fails no page; the clock may run so many times as long."""


class ChildFailedError(Exception):
    """The child is gone: `reason` is "time", "memory" or "crash"."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"the reading process was ended: {reason}")
        self.reason: Reason = reason


class ReadingStoppedError(Exception):
    """Nobody waits any more for what the child would say: the reading of these papers was given up."""


class Child:
    """One reading process, started at first use and again after it was killed. Used by one thread at a time.

    Whoever sets `stop` is waited for no longer than it takes to look; it is that of whoever uses the process now. With
    `library` it uses Tesseract as a library.
    """

    def __init__(self, memory_bytes: int, *, library: bool = False) -> None:
        self.stop = threading.Event()
        self._memory_bytes = memory_bytes
        self._arguments = [LIBRARY] if library else []
        self._process: subprocess.Popen[str] | None = None
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self._answers: queue.Queue[str | None] = queue.Queue()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    @property
    def pid(self) -> int | None:
        """The process, None while there is none."""
        return None if self._process is None else self._process.pid

    def send(self, task: Task) -> None:
        """Hands over a task; its events are then taken by `next_event` until `Done` or `Refused`."""
        process = self._running()
        if process.stdin is None:
            raise ChildFailedError("crash")
        try:
            process.stdin.write(TASKS.dump_json(task).decode() + "\n")
            process.stdin.flush()
        except BrokenPipeError as error:
            self.kill()
            raise ChildFailedError("crash") from error

    def next_event(self, seconds: float) -> Event:
        """The next thing the child says. It may work that long for it, else it is killed: `ChildFailedError`.

        Raises `ReadingStoppedError` once `stop` is set.
        """
        worked, began = self._worked(), time.monotonic()
        while not self.stop.is_set():
            with suppress(queue.Empty):
                return self._understood(self._answers.get(timeout=_LOOK))
            if self._worked() - worked > seconds or time.monotonic() - began > PATIENCE * seconds:
                raise self._failed("time")
            if self._memory() > self._memory_bytes:
                raise self._failed("memory")
        self.kill()
        raise ReadingStoppedError

    def kill(self) -> None:
        """Ends the child and the programs it started."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()
        if self._scratch is not None:
            self._scratch.cleanup()

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self.kill()
            self._answers = queue.Queue()
            # A killed child cannot clear up: pictures of the papers would stay behind, so its scratch folder is ours.
            self._scratch = tempfile.TemporaryDirectory(prefix="tidewaiter-reader-")
            self._process = _started(self._scratch.name, self._arguments)
            threading.Thread(target=_forwarded, args=(self._process, self._answers), daemon=True).start()
        return self._process

    def _understood(self, line: str | None) -> Event:
        if line is not None:
            with suppress(ValidationError):
                return EVENTS.validate_json(line)
        raise self._failed("crash")

    def _failed(self, reason: Reason) -> ChildFailedError:
        self.kill()
        return ChildFailedError(reason)

    def _family(self) -> list[psutil.Process]:
        """The child and the programs it runs."""
        if self._process is not None:
            with suppress(psutil.NoSuchProcess):
                child = psutil.Process(self._process.pid)
                return [child, *child.children(recursive=True)]
        return []

    def _memory(self) -> int:
        return sum(_resident(process) for process in self._family())

    def _worked(self) -> float:
        """Seconds of processor time so far, of programs that have ended as well."""
        return sum(_seconds(process) for process in self._family())


def _resident(process: psutil.Process) -> int:
    with suppress(psutil.NoSuchProcess):
        return int(process.memory_info().rss)
    return 0


def _seconds(process: psutil.Process) -> float:
    with suppress(psutil.NoSuchProcess):
        spent = process.cpu_times()
        return float(spent.user + spent.system + spent.children_user + spent.children_system)
    return 0.0


def _started(scratch: str, arguments: Sequence[str]) -> subprocess.Popen[str]:
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment |= {
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "PYTHONIOENCODING": "utf-8",
        "TMPDIR": scratch,
        "OMP_THREAD_LIMIT": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    return subprocess.Popen(  # noqa: S603  our own module, told one word of ours
        [sys.executable, "-m", "flows.isolated_reader", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        encoding="utf-8",
        start_new_session=True,
    )


def _forwarded(process: subprocess.Popen[str], answers: queue.Queue[str | None]) -> None:
    """Puts each line into the queue, None at the end."""
    if process.stdout is not None:
        with suppress(ValueError, UnicodeDecodeError):  # closed while reading, or no text: both end the child's say
            for line in process.stdout:
                answers.put(line)
    answers.put(None)
