"""What is written at once: a batch of entries, under a number that nobody else can have. Pure.

journal/batches/<n>     counted from 0, written like the number of a tile; put-if-absent decides who has the number

It is lines of ASCII, each ended by a newline: one of what stood before it, then one for each entry, which is the leaf.

    {"batch":7,"before":"<SHA-256 of batch 6's bytes>","root":"<root of the tree of `start` leaves>","start":19,"v":1}

`before` makes an altered byte of a batch known by that batch alone; `root` binds it to all entries before it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from archive.errors import JournalDamaged
from archive.journal.merkle import Frontier, leaf_hash
from archive.journal.tiles import number_of, number_path
from schemas.journal import JournalEntry, entry_of

PREFIX: Final = "journal/batches/"
NOTHING: Final = "0" * 64
"""Stands for the bytes before the first batch."""
MOST_BYTES: Final = 65_535
"""Of a leaf: a bundle has two bytes for its length."""
VERIFY: Final = "run `tidewaiter journal verify`, which names what was touched"
"""What to do about a journal that contradicts itself."""


@dataclass(frozen=True, slots=True)
class End:
    """Where the journal ends: batches so far, the digest of the last one's bytes, and the tree."""

    batches: int = 0
    digest: str = NOTHING
    tree: Frontier = field(default_factory=Frontier)


@dataclass(frozen=True, slots=True)
class Batch:
    """`content` are the bytes, of which all else is told; `root` is hexadecimal."""

    number: int
    start: int
    root: str
    before: str
    leaves: tuple[bytes, ...]
    content: bytes = field(repr=False)

    @property
    def key(self) -> str:
        return batch_key(self.number)

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def entries(self) -> tuple[JournalEntry, ...]:
        """Raises `JournalDamaged` for a line that is no entry."""
        return tuple(_entry(leaf, self) for leaf in self.leaves)

    @property
    def hashes(self) -> tuple[bytes, ...]:
        return tuple(leaf_hash(leaf) for leaf in self.leaves)

    def follows(self, end: End) -> bool:
        told = (self.number, self.start, self.root, self.before)
        return told == (end.batches, end.tree.size, end.tree.root.hex(), end.digest)

    def end_after(self, end: End) -> End:
        return End(self.number + 1, self.digest, end.tree.grown(self.hashes))


def batch_key(number: int) -> str:
    return f"{PREFIX}{number_path(number)}"


def batch_number(key: str) -> int | None:
    """The number of the batch with this key; None for a key that is none."""
    return number_of(key.removeprefix(PREFIX)) if key.startswith(PREFIX) else None


def batch_after(end: End, entries: Sequence[JournalEntry]) -> Batch:
    """The next batch. Raises `JournalDamaged` for an entry that nobody could read back."""
    leaves = tuple(_readable(entry) for entry in entries)
    head = _head(end.batches, end.tree.size, end.tree.root.hex(), end.digest)
    content = b"".join(line + b"\n" for line in (head, *leaves))
    return Batch(end.batches, end.tree.size, end.tree.root.hex(), end.digest, leaves, content)


def batch_of(content: bytes, number: int) -> Batch:
    """The batch of that number; raises `JournalDamaged` where the bytes are not what a batch is written as."""
    first, *leaves = content.split(b"\n")[:-1] or [b""]
    try:
        told = json.loads(first)
        batch = Batch(told["batch"], told["start"], told["root"], told["before"], tuple(leaves), content)
        is_one = content.endswith(b"\n") and first == _head(batch.number, batch.start, batch.root, batch.before)
    except (ValueError, KeyError, TypeError) as error:
        raise JournalDamaged("is no batch of entries", batch_key(number), remedy=VERIFY) from error
    if not is_one or batch.number != number or not leaves:
        raise JournalDamaged("is no batch of this number", batch_key(number), remedy=VERIFY)
    return batch


def _readable(entry: JournalEntry) -> bytes:
    """What is written can never be taken back."""
    leaf = entry.leaf
    try:
        if entry_of(leaf) == entry and len(leaf) <= MOST_BYTES:
            return leaf
    except ValueError:
        pass
    what = f"the event {entry.kind} is no entry of {MOST_BYTES} bytes or less that could be read back"
    raise JournalDamaged(what, "journal", remedy="nothing was entered; report it")


def _head(number: int, start: int, root: str, before: str) -> bytes:
    told = {"v": 1, "batch": number, "start": start, "root": root, "before": before}
    return json.dumps(told, sort_keys=True, separators=(",", ":")).encode("ascii")


def _entry(leaf: bytes, batch: Batch) -> JournalEntry:
    try:
        return entry_of(leaf)
    except ValueError as error:
        place = batch.leaves.index(leaf)
        what = f"entry {batch.start + place} (line {place + 2}) is no entry that this version can read"
        raise JournalDamaged(what, batch.key, remedy=VERIFY) from error
