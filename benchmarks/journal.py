"""How long it takes to enter events, to prove one, and to verify a whole journal; and how it grows.

`python -m benchmarks.journal [--entries 100000] [--folder DIR]`: on a local store; three batches of a shipment, of five
entries (received with five originals; read, found, declared; exported), as the program writes them. All batches but the
timed ones are written without flushing each to the disk.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import psutil

from archive.journal.batches import batch_after
from archive.journal.book import Journal
from archive.journal.index import JournalIndex
from archive.journal.notes import new_key
from archive.journal.publishing import publish
from archive.journal.verifying import Trust, verify
from archive.keys import original
from archive.stores.local import LocalStore
from schemas.journal import EventKind, JournalEntry

T = TypeVar("T")
ENTRIES_EACH = 5
TIMED = 100


def batches_of(number: int) -> Iterator[Sequence[JournalEntry]]:
    """The entries of a shipment, as they are entered at once."""
    yield [_event(number, "received", 5)]
    yield [_event(number, "read", 1), _event(number, "found", 1), _event(number, "declared", 4)]
    yield [_event(number, "exported", 4)]


def _event(number: int, kind: EventKind, records: int) -> JournalEntry:
    reference = f"KVP-{number}"
    digests = [hashlib.sha256(f"{number} {kind} {one}".encode()).hexdigest() for one in range(records)]
    keys = [original(one) if kind == "received" else f"shipments/local/{reference}/1/{one[:20]}" for one in digests]
    at = dt.datetime(2026, 3, 2, tzinfo=dt.UTC) + dt.timedelta(seconds=number)
    return JournalEntry(
        kind=kind, at=at, by="clerk", broker="local", reference=reference, revision=1,
        records=dict(zip(keys, digests, strict=True)), told={"status": "clear"},
    )  # fmt: skip


def timed(what: str, work: Callable[[], T], *, each: int = 1) -> T:
    before, busy = time.perf_counter(), time.process_time()
    done = work()
    seconds, cpu = time.perf_counter() - before, time.process_time() - busy
    unit, scale = ("s", 1) if each == 1 else ("ms", 1000 / each)
    print(f"{what}: {seconds * scale:.2f} {unit}, of CPU {cpu * scale:.2f} {unit}")
    return done


def write_unflushed(journal: Journal, root: Path, shipments: int) -> None:
    """The batches as files, then the index by catching up."""
    end = journal.index.end()
    for number in range(shipments):
        for entries in batches_of(number):
            batch = batch_after(end, entries)
            path = root / batch.key
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(batch.content)
            end = batch.end_after(end)


def enter(journal: Journal, first: int) -> None:
    for number in range(first, first + TIMED):
        for entries in batches_of(number):
            journal.append(entries)


def prove(journal: Journal, first: int, shipments: int) -> None:
    checkpoint, size = journal.checkpoint_now() or "", journal.size
    for number in range(first, shipments, max(shipments // TIMED, 1)):
        for placed in journal.entries_of("local", f"KVP-{number}"):
            journal.proof(placed, checkpoint, size)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, default=None)
    told = parser.parse_args()
    with TemporaryDirectory(dir=told.folder) as folder:
        root = Path(folder) / "archive"
        store, key = LocalStore(root), new_key("example.com/journal")
        journal = Journal(store, JournalIndex(Path(folder) / "register.sqlite"), (key,))
        shipments = told.entries // ENTRIES_EACH
        timed("batches written", lambda: write_unflushed(journal, root, shipments))
        timed("index filled from the batches", journal.catch_up)
        timed("enter a shipment (three batches, flushed)", lambda: enter(journal, shipments), each=TIMED)
        timed("tiles written and head signed", lambda: publish(journal))
        timed(
            "tiles once more, a shipment later", lambda: (journal.append([_event(-1, "received", 5)]), publish(journal))
        )
        timed("find and prove an entry", lambda: prove(journal, 0, shipments), each=TIMED * ENTRIES_EACH)
        trust = Trust((key.verifier,))
        found = timed("verified", lambda: verify(store, trust, index=journal.index))
        print(f"{found.head.size} entries, {found.tiles} tiles, troubles: {len(found.troubles)}")
        for part in ("batches", "tile", "checkpoints"):
            sizes = [path.stat().st_size for path in (root / "journal" / part).rglob("*") if path.is_file()]
            print(f"{part}: {len(sizes)} objects, {sum(sizes) / found.head.size:.0f} bytes an entry")
        print(f"register: {(Path(folder) / 'register.sqlite').stat().st_size / found.head.size:.0f} bytes an entry")
        print(f"memory: {psutil.Process().memory_info().rss / 2**20:.0f} MiB")


if __name__ == "__main__":
    main()
