"""The processes of the stack: started apart from the terminal, logged, ended in order, never left behind."""

from __future__ import annotations

import logging
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO, Final

from flows.up.errors import ServerDiedError
from flows.up.log import Lines, pumped, whole

_POLL: Final = 0.1


@dataclass(frozen=True, slots=True)
class Program:
    """What is started: under which name, how, in which environment and folder; `patience` is in seconds.

    Who has not ended so long after it was asked to is killed. All that these processes write survives that. `lines` is
    made anew for each start.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    folder: Path
    patience: float
    lines: Callable[[], Lines] = lambda: whole


@dataclass(slots=True)
class Child:
    """A running program."""

    program: Program
    process: subprocess.Popen[bytes]
    pump: Thread
    last_lines: list[str]
    since: float
    is_asked: bool = False

    @property
    def age(self) -> float:
        """Seconds since it was started."""
        return time.monotonic() - self.since

    @property
    def exit_code(self) -> int | None:
        """None while it runs."""
        return self.process.poll()

    def wait_until(self, is_ready: Callable[[], bool], *, seconds: float) -> None:
        """Returns when it is ready; raises `ServerDiedError` when it ends before, or is not ready in time."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:  # A server may take seconds to say that it is not ready.
            if is_ready():
                return
            if self.ended_within(_POLL):
                raise ServerDiedError(self.told(f"ended at its start with code {self.exit_code}"))
        raise ServerDiedError(self.told(f"did not answer within {seconds:.0f} seconds"))

    def ended_within(self, seconds: float) -> bool:
        """Whether it has ended, at the latest after so long."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def ask(self) -> None:
        """Ask it to end: once, as a second time would break off how it ends."""
        if self.exit_code is None and not self.is_asked:
            self.process.terminate()
        self.is_asked = True

    def stop(self) -> None:
        """Ask it to end, then make it."""
        self.ask()
        if self.exit_code is None and not self.ended_within(self.program.patience):
            self.process.kill()
        self.process.wait()
        self.pump.join(self.program.patience)

    def told(self, what: str) -> str:
        """What happened to it, with the last that it wrote."""
        self.pump.join(1)
        lines = " / ".join(line for line in self.last_lines if line)
        return f"{self.program.name}: {what}. The log of the stack says why: {lines}"


def started(program: Program, log: logging.Logger) -> Child:
    """Start it in a session of its own: Ctrl-C in the terminal reaches us alone, and we end them in order."""
    process = subprocess.Popen(  # noqa: S603 - our own commands
        [*_dying_with_us(), *program.command],
        env=dict(program.environment),
        cwd=program.folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    last_lines: list[str] = []
    pump = pumped(_piped(process), last_lines, log.getChild(program.name), program.lines())
    return Child(program, process, pump, last_lines, time.monotonic())


def _piped(process: subprocess.Popen[bytes]) -> IO[bytes]:
    if process.stdout is None:
        raise ValueError("the process was started without a pipe")
    return process.stdout


def _dying_with_us() -> list[str]:
    """So that not even a killed command leaves its servers behind; only Linux has it."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL"] if setpriv else []
