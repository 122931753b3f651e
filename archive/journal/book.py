"""The journal as the program writes and asks it, safe for several writers on a store that writes each key once.

journal/checkpoints/<size>      a signed head, with every answer to a broker and each night

A batch under the next number is the one commit point: whoever puts it first has it, and whoever did not reads what
stands there before he tries the next number, so that he knows every event before his own. All else (the register's
index, tiles, checkpoints) is made from the batches, the same by whoever makes it: who dies leaves it to the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from archive.errors import JournalDamaged, ObjectMissing, StoreUnavailable
from archive.journal import merkle
from archive.journal.batches import VERIFY, Batch, End, batch_after, batch_key, batch_of
from archive.journal.checkpoints import InclusionProof, checkpoint_text
from archive.journal.index import JournalIndex
from archive.journal.merkle import Proof, TreeHead
from archive.journal.notes import SigningKey
from archive.journal.ports import JournalStore
from schemas.journal import JournalEntry

CHECKPOINTS: Final = "journal/checkpoints/"
_READ_AT_ONCE: Final = 200
_MOST_ENTRIES: Final = 1000
"""Of a batch."""
_TRIES: Final = 1000
TEXT: Final = "text/plain; charset=utf-8"
"""The media type of all in the journal that is text."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry and its position in the journal, counted from 0."""

    position: int
    entry: JournalEntry


@dataclass(frozen=True, slots=True)
class Journal:
    """The journal in a store, indexed in the register. Without `keys` no checkpoint is signed.

    Every method raises the `StoreError`s of the store, the `RegisterError`s of the index, and `JournalDamaged` where
    what is read contradicts what was known.
    """

    store: JournalStore
    index: JournalIndex
    keys: tuple[SigningKey, ...] = ()

    @property
    def size(self) -> int:
        """Entries, as far as they are known here."""
        return self.index.end().tree.size

    def append(self, entries: Iterable[JournalEntry]) -> int:
        """Enter the events that have no entry yet, in this order; returns how many those were.

        Raises:
            StoreUnavailable: others were faster a thousand times; the same call goes on.
        """
        wanted = list({entry.id: entry for entry in entries}.values())
        return sum(self._append(part) for part in _parts(wanted))

    def _append(self, wanted: Sequence[JournalEntry]) -> int:
        for _ in range(_TRIES):
            # The end first: what is known after it was read can only be more.
            end = self.index.end()
            known = self.index.known([entry.id for entry in wanted])
            new = [entry for entry in wanted if entry.id not in known]
            if not new:
                return 0
            batch = batch_after(end, new)
            if self.store.put_new(batch.key, batch.content, media_type=TEXT):
                self.index.add(end, [batch])
                return len(new)
            self.catch_up()
        raise StoreUnavailable("others write the journal without end", "journal", remedy="run again")

    def catch_up(self) -> int:
        """Index what others appended; returns how many entries that were."""
        before = end = self.index.end()
        while batches := list(islice(self._after(end), _READ_AT_ONCE)):
            self.index.add(end, batches)
            end = self.index.end()
        return end.tree.size - before.tree.size

    def _after(self, end: End) -> Iterator[Batch]:
        while True:
            try:
                batch = batch_of(self.store.get(batch_key(end.batches)), end.batches)
            except ObjectMissing:
                return
            if not batch.follows(end):
                raise JournalDamaged("does not follow what is known of the journal", batch.key, remedy=VERIFY)
            yield batch
            end = batch.end_after(end)

    def checkpoint_now(self) -> str | None:
        """The signed head of what is known here, kept under its size; None without a key or without entries.

        The first checkpoint of a size stands, also where its keys were others.
        """
        tree = self.index.end().tree
        if not self.keys or not tree.size:
            return None
        text, key = checkpoint_text(tree.head, self.keys), checkpoint_key(tree.size)
        if self.store.put_new(key, text.encode(), media_type=TEXT):
            return text
        return self.store.get(key).decode("utf-8", errors="replace")

    def entries_of(self, broker: str, reference: str) -> tuple[Placed, ...]:
        """Every entry about the shipment, in order."""
        places = self.index.places_of(broker, reference)
        batches = {number: self.batch(number) for number in dict.fromkeys(number for _, number in places)}
        return tuple(Placed(place, _entry_at(batches[number], place)) for place, number in places)

    def leaves(self, low: int, high: int) -> tuple[bytes, ...]:
        """The bytes of entries `low` to `high`, the last not included."""
        found: list[bytes] = []
        for number in self.index.batches_of(low, high):
            batch = self.batch(number)
            found += batch.leaves[max(low - batch.start, 0) : high - batch.start]
        return tuple(found)

    def batch(self, number: int) -> Batch:
        return batch_of(self.store.get(batch_key(number)), number)

    def inclusion(self, position: int, size: int) -> Proof:
        """The audit path of the entry in the tree of that size."""
        return merkle.inclusion(position, size, self.index.subtree)

    def consistency(self, old: int, new: int) -> Proof:
        return merkle.consistency(old, new, self.index.subtree)

    def head_at(self, size: int) -> TreeHead:
        """The head that the journal had at that size."""
        return TreeHead(size, merkle.head_root(size, self.index.subtree))

    def proof(self, placed: Placed, checkpoint: str, size: int) -> InclusionProof:
        """The proof that the entry is in the tree of the checkpoint, which is of that size; it is checked here.

        Raises:
            JournalDamaged: the index has other hashes than the entry.
        """
        found = InclusionProof(placed.position, self.inclusion(placed.position, size), checkpoint)
        if not found.proves(placed.entry.leaf, self.head_at(size)):
            where = f"entry {placed.position}"
            raise JournalDamaged("is not the one that was entered in the register", where, remedy=VERIFY)
        return found


def checkpoint_key(size: int) -> str:
    return f"{CHECKPOINTS}{size_name(size)}"


def size_name(size: int) -> str:
    """Of one length for all, so that a listing ends with the latest."""
    return f"{size:015d}"


def _entry_at(batch: Batch, position: int) -> JournalEntry:
    place = position - batch.start
    if not 0 <= place < len(batch.leaves):
        raise JournalDamaged(f"does not hold entry {position}", batch.key, remedy=VERIFY)
    return batch.entries[place]


def _parts(entries: Sequence[JournalEntry]) -> Iterator[Sequence[JournalEntry]]:
    return (entries[first : first + _MOST_ENTRIES] for first in range(0, len(entries), _MOST_ENTRIES))
