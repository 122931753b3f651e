"""What a reader made of a shipment, kept so that a run that was stopped goes on; and what it cost."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import psutil

from schemas.values import Frozen

Record = TypeVar("Record", bound=Frozen)


@dataclass(slots=True)
class Spent:
    """Seconds by the clock, and of the processors' time of this process and of all that it started."""

    seconds: float = 0.0
    cpu: float = 0.0


@contextmanager
def spending() -> Iterator[Spent]:
    """Told when the block is left."""
    spent, start, cpu = Spent(), time.perf_counter(), _cpu()
    yield spent
    spent.seconds, spent.cpu = time.perf_counter() - start, _cpu() - cpu


def _cpu() -> float:
    """Of this process, of its living children, and of those that have ended."""
    own = psutil.Process()
    total = 0.0
    for process in (own, *own.children(recursive=True)):
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


def kept_or_made(path: Path, kind: type[Record], make: Callable[[], Record]) -> Record:
    """What the file holds, or else what is made now; the file appears whole or not at all."""
    if path.exists():
        return kind.model_validate_json(path.read_bytes(), strict=False)
    made = make()
    unfinished = path.with_suffix(f".{os.getpid()}")
    unfinished.write_text(made.model_dump_json(), encoding="utf-8")
    unfinished.replace(path)
    return made
