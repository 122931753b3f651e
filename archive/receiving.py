"""A store in which nothing of a shipment is ever without a lock, not even between its receipt and its result.

What is written is locked under governance for some days; `archive.retention` extends that once it is known what the
shipment became. An original that is received anew is locked anew, so that it cannot be disposed of with the shipment
that brought it first. The journal, which outlives all of them, is locked for `JOURNAL_DAYS`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from archive.errors import LockWeaker, ObjectMissing, StoreUnavailable
from archive.stores.protocol import Lock, RetentionStore, Version

JOURNAL_DAYS: Final = 12 * 366
"""Longer than the longest retention of `schemas.retention`, which is ten years from the end of a year."""
_JOURNAL: Final = "journal/"
_ORIGINALS: Final = "originals/"
_LOCKED: Final = (_ORIGINALS, "shipments/")
_WORTH_A_WRITE: Final = dt.timedelta(days=1)
"""Papers that come twice on one day change nothing."""
_RACES: Final = 5


@dataclass(frozen=True, slots=True)
class LockedOnReceipt:
    """A `RetentionStore` before another one. `clock` gives the time of receipt, in any zone."""

    store: RetentionStore
    clock: Callable[[], dt.datetime]
    days: int

    def put_new(
        self, key: str, content: bytes | Path, *, media_type: str, sha256: str | None = None, lock: Lock | None = None
    ) -> bool:
        mine = lock
        if mine is None and key.startswith((*_LOCKED, _JOURNAL)):
            days = JOURNAL_DAYS if key.startswith(_JOURNAL) else self.days
            mine = Lock("governance", self.clock() + dt.timedelta(days=days))
        for _ in range(_RACES):
            if self.store.put_new(key, content, media_type=media_type, sha256=sha256, lock=mine):
                return True
            if mine is None or self._is_locked_anew(key, mine):
                return False
        raise StoreUnavailable("it is removed again and again", key, remedy="run again")

    def _is_locked_anew(self, key: str, mine: Lock) -> bool:
        """False where it was disposed of meanwhile. A record that is there belongs to a shipment that is there."""
        if not key.startswith(_ORIGINALS):
            return True
        with suppress(ObjectMissing):
            found = self.store.lock_of(key)
            if found is None or found.until + _WORTH_A_WRITE < mine.until:
                with suppress(LockWeaker):  # Another process extended it further.
                    self.store.lock(key, Lock(found.mode, mine.until) if found else mine)
            return True
        return False

    def get(self, key: str) -> bytes:
        return self.store.get(key)

    def fetch(self, key: str, target: Path, *, sha256: str | None = None) -> None:
        self.store.fetch(key, target, sha256=sha256)

    def link(self, key: str, seconds: int) -> str:
        return self.store.link(key, seconds)

    def exists(self, key: str) -> bool:
        return self.store.exists(key)

    def list(self, prefix: str) -> Iterator[str]:
        return self.store.list(prefix)

    def lock(self, key: str, lock: Lock) -> None:
        self.store.lock(key, lock)

    def lock_of(self, key: str) -> Lock | None:
        return self.store.lock_of(key)

    def hold(self, key: str, *, on: bool) -> None:
        self.store.hold(key, on=on)

    def is_held(self, key: str) -> bool:
        return self.store.is_held(key)

    def remove(self, key: str) -> None:
        self.store.remove(key)

    def versions(self, prefix: str) -> Iterator[Version]:
        return self.store.versions(prefix)
