"""Locks and holds of the local store: a record beside the objects, out of sight of every listing.

They bind this program alone. Whoever may write to the folder can remove an object or its record, and a clock that is
set forward ends every lock; a bucket with Object Lock is proof against both.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.errors import RecordDamaged
from archive.stores import durable
from archive.stores.partials import Partials
from archive.stores.protocol import Lock

FOLDER = ".locks"
_GUARD = ".locks.guard"


@dataclass(frozen=True, slots=True)
class Keeping:
    """What keeps one object from being removed."""

    lock: Lock | None = None
    held: bool = False

    def binds(self, now: dt.datetime) -> bool:
        return self.held or (self.lock is not None and self.lock.until > now)


class LocalLocks:
    """The records of one store in `root`; all methods raise OSError."""

    def __init__(self, root: Path, partials: Partials) -> None:
        self._root = root
        self._partials = partials

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Inside, no other thread or process changes a lock, or removes what is about to be locked."""
        descriptor = os.open(self._root / _GUARD, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def read(self, target: Path) -> Keeping:
        """What keeps the object at that path; raises `RecordDamaged`."""
        record = self._record(target)
        try:
            content = record.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return Keeping()
        try:
            return _read(content)
        except (ValueError, TypeError, KeyError) as error:
            remedy = "restore the record from a copy; until then nothing is removed"
            raise RecordDamaged("the record of locks cannot be read", str(record), remedy=remedy) from error

    def write(self, target: Path, keeping: Keeping) -> None:
        record = self._record(target)
        durable.make_folder(record.parent)
        with self._partials.new() as partial:
            durable.write(partial, _written(keeping), sha256=None, key=str(record))
            durable.replace(partial, record)

    def forget(self, target: Path) -> None:
        durable.remove(self._record(target))

    def _record(self, target: Path) -> Path:
        return self._root / FOLDER / target.relative_to(self._root)


def _written(keeping: Keeping) -> bytes:
    lock = keeping.lock and {"mode": keeping.lock.mode, "until": keeping.lock.until.isoformat()}
    return json.dumps({"lock": lock, "held": keeping.held}).encode()


def _read(content: bytes) -> Keeping:
    match json.loads(content):
        case {"lock": None, "held": bool() as held}:
            return Keeping(held=held)
        case {"lock": {"mode": ("governance" | "compliance") as mode, "until": str() as until}, "held": bool() as held}:
            lock = Lock("compliance" if mode == "compliance" else "governance", dt.datetime.fromisoformat(until))
            return Keeping(lock, held)
        case _:
            raise ValueError("is of another form")
