"""Processes that are killed after so many writes, and what they leave."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from archive.archive import Archive
from archive.claims import Claims
from archive.decisions import Decisions
from archive.stores.exchange import Entry, Exchange
from archive.stores.protocol import Lock, ObjectStore
from flows.workshop import Workshop
from tests.dropped import Bench

T = TypeVar("T")


class KilledError(BaseException):
    """Like the signal it stands for, no handler of errors catches it."""


@dataclass
class Life:
    """Ends after so many writes; from then on not even reading works."""

    left: int

    def write(self, work: Callable[[], T]) -> T:
        self.check()
        self.left -= 1
        done = work()
        self.check()
        return done

    def check(self) -> None:
        if self.left <= 0:
            raise KilledError


@dataclass
class MortalStore:
    """An `ObjectStore` as a process uses it that is killed after some writes."""

    store: ObjectStore
    life: Life

    def put_new(
        self, key: str, content: bytes | Path, *, media_type: str, sha256: str | None = None, lock: Lock | None = None
    ) -> bool:
        return self.life.write(
            lambda: self.store.put_new(key, content, media_type=media_type, sha256=sha256, lock=lock)
        )

    def get(self, key: str) -> bytes:
        self.life.check()
        return self.store.get(key)

    def fetch(self, key: str, target: Path, *, sha256: str | None = None) -> None:
        self.life.check()
        self.store.fetch(key, target, sha256=sha256)

    def link(self, key: str, seconds: int) -> str:
        self.life.check()
        return self.store.link(key, seconds)

    def exists(self, key: str) -> bool:
        self.life.check()
        return self.store.exists(key)

    def list(self, prefix: str) -> Iterator[str]:
        self.life.check()
        return self.store.list(prefix)


@dataclass
class MortalExchange:
    """Likewise an `Exchange`."""

    exchange: Exchange
    life: Life

    def entries(self, prefix: str, *, start_after: str | None = None) -> Iterator[Entry]:
        self.life.check()
        return self.exchange.entries(prefix, start_after=start_after)

    def fetch(self, entry: Entry, target: Path) -> None:
        self.life.check()
        self.exchange.fetch(entry, target)

    def get(self, key: str) -> bytes:
        self.life.check()
        return self.exchange.get(key)

    def put_new(self, key: str, content: bytes, *, media_type: str) -> bool:
        return self.life.write(lambda: self.exchange.put_new(key, content, media_type=media_type))

    def remove(self, entry: Entry) -> bool:
        return self.life.write(lambda: self.exchange.remove(entry))


def mortal(inbox: Bench, life: Life) -> Bench:
    """The same bench in the hands of one who is killed."""
    store = MortalStore(inbox.workshop.quarantine.store, life)
    workshop: Workshop = replace(
        inbox.workshop,
        archive=Archive(store, inbox.now),
        claims=Claims(store),
        decisions=Decisions(store),
        journal=replace(inbox.workshop.journal, store=store),
    )
    return replace(inbox, workshop=workshop, exchange=MortalExchange(inbox.exchange, life))
