"""A watcher that is killed after any of its writes, and then another one: nothing is lost, nothing is doubled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TypeVar

import pytest

from archive.archive import Archive
from archive.claims import Claims
from archive.stores.exchange import Entry, Exchange
from archive.stores.protocol import Lock, ObjectStore
from flows.inbox.rules import Watcher
from flows.workshop import Workshop
from tests.dropped import Bench, bench

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


def _mortal(inbox: Bench, life: Life) -> Bench:
    store = MortalStore(inbox.workshop.quarantine.store, life)
    workshop: Workshop = replace(inbox.workshop, archive=Archive(store, inbox.now), claims=Claims(store))
    return replace(inbox, workshop=workshop, exchange=MortalExchange(inbox.exchange, life))


def _first_drop(inbox: Bench) -> None:
    inbox.drop("acme/R-1/invoice.pdf", b"%PDF-1.7 invoice")
    inbox.drop("acme/R-1/packing.pdf", b"%PDF-1.7 packing")
    inbox.drop("acme/R-1/empty.pdf", b"")
    inbox.drop("acme/R-1/_READY", b"")


def _late_paper(inbox: Bench) -> None:
    _first_drop(inbox)
    inbox.watch()
    inbox.drop("acme/R-1/certificate.pdf", b"%PDF-1.7 certificate")
    inbox.drop("acme/R-1/invoice.pdf", b"%PDF-1.7 invoice, corrected")


def _state(inbox: Bench) -> dict[str, object]:
    """All that must be the same whether somebody was killed or not."""
    revisions = inbox.workshop.archive.revisions("acme", "R-1")
    store = inbox.workshop.quarantine.store
    return {
        "revisions": {number: inbox.papers("acme", "R-1", number) for number in revisions},
        "left out": [
            [notice.file for notice in inbox.workshop.archive.intake("acme", "R-1", number).left_out]
            for number in revisions
        ],
        "begun": [key for key in store.list("shipments/") if key.endswith("intake.json")],
        "originals": sorted(store.list("originals/")),
        "quarantined": [store.get(key.replace(".json", ".bin")) for key in inbox.quarantined()],
        "answers": [name for name in inbox.outbox() if "not-taken" not in name],
        "notes": len([name for name in inbox.outbox() if "not-taken" in name]),
        "inbox": inbox.inbox(),
        "watch": inbox.watched(),
    }


def _killed_after(writes: int, drop: Callable[[Bench], None], folder: Path, *, holder: str) -> dict[str, object] | None:
    """The state in the end, None where the watcher was done before it could be killed."""
    with bench(folder) as inbox:
        drop(inbox)
        try:
            _mortal(inbox, Life(writes)).watch(watcher=Watcher(holder="first"))
        except KilledError:
            pass
        else:
            return None
        if holder != "first":
            inbox.ahead *= 30
        report = inbox.watch(watcher=Watcher(holder=holder))
        assert report.put_off == ()
        return _state(inbox)


@pytest.mark.parametrize("holder", ["first", "second"])
@pytest.mark.parametrize("drop", [_first_drop, _late_paper], ids=["new shipment", "late papers"])
def test_whoever_is_killed_after_any_write_leaves_nothing_lost_and_nothing_doubled(
    drop: Callable[[Bench], None], holder: str, tmp_path: Path
) -> None:
    with bench(tmp_path / "undisturbed") as inbox:
        drop(inbox)
        inbox.watch()
        expected = _state(inbox)
    assert (expected["inbox"], expected["watch"]) == ([], [])
    for writes in count(1):
        state = _killed_after(writes, drop, tmp_path / str(writes), holder=holder)
        if state is None:
            break
        # Killed after the last object was gone, the watcher leaves its lease, which nobody needs to look at again.
        state["watch"] = []
        assert state == expected, f"killed after {writes} writes"
    assert writes > 10
