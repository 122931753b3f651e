"""Work that takes longer than anybody waits for a page: it goes on whoever looks on or goes away, once for each name.

A page that begins it answers as soon as it is through, or, after a moment, that it is under way; then the page asks
again. What a program that ends leaves undone was never half written: whoever begins it again begins anew.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from threading import Lock
from typing import Final, Generic, TypeVar

from starlette.background import BackgroundTask

T = TypeVar("T")
Name = tuple[str, ...]
PATIENCE: Final = 1.0
"""Seconds that a page waits for what it began."""
_AT_ONCE: Final = 4


@dataclass(frozen=True, slots=True)
class Job(Generic[T]):
    """Work under way or through. `begun` is by the clock that only goes on."""

    future: Future[T]
    begun: float

    @property
    def is_through(self) -> bool:
        return self.future.done()

    @property
    def seconds(self) -> int:
        """How long ago it was begun."""
        return int(time.monotonic() - self.begun)

    @property
    def to_its_end(self) -> BackgroundTask:
        """For the answer that begins it: a server that is told to stop lets it come to its end first."""
        return BackgroundTask(wait, [self.future])

    def wait(self) -> bool:
        """Whether it is through before the page's patience ends."""
        return self.future in wait([self.future], PATIENCE).done


@dataclass(frozen=True)
class Underway(Generic[T]):
    """What was begun in this process and not yet told, by name."""

    known: dict[Name, Job[T]] = field(default_factory=dict)
    workers: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(_AT_ONCE, "underway"))
    lock: Lock = field(default_factory=Lock)

    def begin(self, name: Name, work: Callable[[], T]) -> Job[T]:
        """The work begun, or that of the same name that is still under way."""
        with self.lock:
            job = self.known.get(name)
            if job is None or job.is_through:
                job = self.known[name] = Job(self.workers.submit(work), time.monotonic())
            return job

    def find(self, name: Name) -> Job[T] | None:
        with self.lock:
            return self.known.get(name)

    def forget(self, name: Name) -> None:
        """What is through and told."""
        with self.lock:
            job = self.known.get(name)
            if job is not None and job.is_through:
                del self.known[name]
