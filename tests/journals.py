"""A journal to try things on, and hands that touch what it wrote behind its back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.journal.book import Journal
from archive.journal.index import JournalIndex
from archive.journal.notes import SigningKey, new_key
from archive.journal.verifying import Trust, Verified, verify
from archive.stores.local import LocalStore
from schemas.journal import EventKind, JournalEntry

AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)


def event(number: int, kind: EventKind = "received", *, at: dt.datetime = AT) -> JournalEntry:
    """What happened to shipment R-<number>."""
    record = f"shipments/local/R-{number}/1/intake.json"
    return JournalEntry(
        kind=kind, at=at, by="clerk", broker="local", reference=f"R-{number}", revision=1, records={record: "ab" * 32}
    )


def key_named(name: str = "example.com/journal") -> SigningKey:
    return new_key(name)


@dataclass
class Desk:
    """A journal in a folder. Each `writer` has a register of its own, as on another machine."""

    folder: Path
    keys: tuple[SigningKey, ...]

    def writer(self, name: str = "register") -> Journal:
        self.folder.mkdir(parents=True, exist_ok=True)
        return Journal(LocalStore(self.folder / "store"), JournalIndex(self.folder / f"{name}.sqlite"), self.keys)

    def path(self, key: str) -> Path:
        return self.folder / "store" / key

    def touch(self, key: str, change: Callable[[bytes], bytes]) -> None:
        path = self.path(key)
        path.chmod(0o600)
        before = path.read_bytes()
        path.write_bytes(change(before))
        if path.read_bytes() == before:
            raise ValueError(f"{key} was not changed")

    def remove(self, key: str) -> None:
        self.path(key).unlink()

    def verified(self, *, writer: Journal | None = None, trust: Trust | None = None) -> Verified:
        return verify(
            LocalStore(self.folder / "store"),
            trust or Trust(tuple(key.verifier for key in self.keys)),
            index=writer.index if writer else None,
        )


def told(found: Verified) -> Sequence[tuple[str, tuple[int, int] | None]]:
    return [(trouble.where, trouble.entries) for trouble in found.troubles]
