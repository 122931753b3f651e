"""Every batch of a journal read, as it stands in the store: what `archive.journal.settling` judges."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

from archive.errors import JournalDamaged, ObjectDamaged, ObjectMissing
from archive.journal.batches import PREFIX, Batch, batch_key, batch_number, batch_of
from archive.journal.merkle import HASH_BYTES
from archive.journal.ports import JournalStore
from schemas.journal import JournalEntry

_READERS: Final = 8
_AT_ONCE: Final = 256


@dataclass(frozen=True, slots=True, order=True)
class Trouble:
    """What is wrong, at which key of the store (or `register`), and with which entries, the last not included."""

    where: str
    what: str
    entries: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """What is kept of a batch while all are looked at."""

    number: int
    start: int
    root: str
    before: str
    digest: str
    hashes: bytes

    @property
    def end(self) -> int:
        return self.start + len(self.hashes) // HASH_BYTES


@dataclass(slots=True)
class Chain:
    """The links found, by number below `count`; `unreadable` says why one is not there, of those that are no batches.

    `places` has the first entry of each event.
    """

    links: dict[int, Link] = field(default_factory=dict)
    unreadable: dict[int, str] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    count: int = 0


def read_chain(store: JournalStore, *, at_least: int, seen: Callable[[JournalEntry], None]) -> Chain:
    """Read every batch; `at_least` is how many there must be, `seen` is told each entry in order.

    Raises the `StoreError`s that say nothing about an object, such as `StoreUnavailable`.
    """
    chain = Chain()
    chain.count = at_least
    for key in store.list(PREFIX):
        number = batch_number(key)
        if number is None:
            chain.troubles.append(Trouble(key, "is no batch and does not belong here"))
        else:
            chain.count = max(chain.count, number + 1)
    for number, content in _contents(store, chain.count):
        if isinstance(content, bytes):
            _look_at(content, number, chain, seen)
        elif content:
            chain.unreadable[number] = content
    return chain


def _contents(store: JournalStore, count: int) -> Iterator[tuple[int, bytes | str]]:
    with ThreadPoolExecutor(_READERS) as pool:
        for first in range(0, count, _AT_ONCE):
            numbers = range(first, min(first + _AT_ONCE, count))
            yield from zip(numbers, pool.map(lambda number: _content(store, number), numbers), strict=True)


def _content(store: JournalStore, number: int) -> bytes | str:
    """The bytes, or what is wrong with them; nothing where there are none."""
    try:
        return store.get(batch_key(number))
    except ObjectMissing:
        return ""
    except ObjectDamaged as error:
        return error.what


def _look_at(content: bytes, number: int, chain: Chain, seen: Callable[[JournalEntry], None]) -> None:
    try:
        batch = batch_of(content, number)
        entries = batch.entries
    except JournalDamaged as error:
        chain.unreadable[number] = error.what
        return
    hashes = b"".join(batch.hashes)
    chain.links[number] = Link(number, batch.start, batch.root, batch.before, batch.digest, hashes)
    _note_ids(batch, entries, chain)
    for entry in entries:
        seen(entry)


def _note_ids(batch: Batch, entries: Sequence[JournalEntry], chain: Chain) -> None:
    for place, entry in enumerate(entries, batch.start):
        first = chain.places.setdefault(entry.id, place)
        if first != place:
            what = f"entry {place} tells the event of entry {first} a second time"
            chain.troubles.append(Trouble(batch.key, what, (place, place + 1)))
