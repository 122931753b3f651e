"""The digest that the journal has for each key, on disk while an audit runs: there may be millions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Final, Self

from typing_extensions import override

_MADE: Final = "CREATE TABLE recorded (key TEXT PRIMARY KEY, digest BLOB, was_seen INTEGER DEFAULT 0) WITHOUT ROWID"


class Recorded(AbstractContextManager["Recorded"]):
    """Keys with the digest that was recorded first. Nothing else may use it at the same time."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="tidewaiter-audit-")
        self._table = sqlite3.connect(Path(self._folder.name) / "recorded", isolation_level=None)
        for setting in ("journal_mode = OFF", "synchronous = OFF"):
            self._table.execute(f"PRAGMA {setting}")
        self._table.execute(_MADE)
        self._table.execute("BEGIN")

    @override
    def __enter__(self) -> Self:
        return self

    @override
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._table.close()
        self._folder.cleanup()

    def add(self, records: Mapping[str, str]) -> tuple[str, ...]:
        """Enter them; returns the keys that had another digest before, which stays."""
        digests = {key: bytes.fromhex(sha256) for key, sha256 in records.items()}
        differing = tuple(key for key, digest in digests.items() if (self.digest(key) or digest) != digest)
        self._table.executemany("INSERT OR IGNORE INTO recorded (key, digest) VALUES (?, ?)", digests.items())
        return differing

    def digest(self, key: str) -> bytes | None:
        row = self._table.execute("SELECT digest FROM recorded WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def see(self, key: str) -> None:
        """The object is there, in whatever state."""
        self._table.execute("UPDATE recorded SET was_seen = 1 WHERE key = ?", (key,))

    def unseen(self) -> Iterator[str]:
        """Recorded keys whose objects nobody saw, ascending."""
        yield from (row[0] for row in self._table.execute("SELECT key FROM recorded WHERE was_seen = 0 ORDER BY key"))
