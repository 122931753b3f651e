"""Checkpoints held against the leaves: those in the store, and those that somebody kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.errors import NoteInvalid, ObjectDamaged, ObjectMissing
from archive.journal.book import CHECKPOINTS, size_name
from archive.journal.chain import Trouble
from archive.journal.checkpoints import checkpoint_of, stated
from archive.journal.merkle import Frontier, TreeHead
from archive.journal.notes import VerifierKey
from archive.journal.ports import JournalStore
from archive.journal.publishing import PUBLISHED
from archive.journal.settling import Leaves


@dataclass(frozen=True, slots=True)
class KeptCheckpoint:
    """A checkpoint as it was found; `where` names the file, or the key in the store."""

    where: str
    content: bytes


def stored_checkpoints(store: JournalStore) -> Iterator[KeptCheckpoint]:
    for prefix in (CHECKPOINTS, PUBLISHED):
        for key in store.list(prefix):
            try:
                yield KeptCheckpoint(key, store.get(key))
            except (ObjectMissing, ObjectDamaged):
                yield KeptCheckpoint(key, b"")


def published_size(stored: Sequence[KeptCheckpoint]) -> int:
    """Up to which size every tile must be there, by the names of the published checkpoints."""
    sizes = [one.where.removeprefix(PUBLISHED) for one in stored if one.where.startswith(PUBLISHED)]
    return max((int(size) for size in sizes if size.isascii() and size.isdigit()), default=0)


@dataclass(slots=True)
class Heads:
    """Checks of checkpoints by ascending size, so that the tree grows once. `signed` is the largest good one's size.

    Without `keys` no signature is looked at. `retired` has the entries that retired keys, by their ids.
    """

    leaves: Leaves
    keys: tuple[VerifierKey, ...]
    retired: Mapping[str, int]
    signed: int = 0

    def troubles(self, checkpoints: Iterable[KeptCheckpoint]) -> Iterator[Trouble]:
        heads: list[tuple[TreeHead, KeptCheckpoint]] = []
        for one in checkpoints:
            try:
                heads.append((self._head(one), one))
            except NoteInvalid as error:
                yield Trouble(one.where, f"forged or altered checkpoint: {error.what}")
        tree, last_good = Frontier(), 0
        for head, one in sorted(heads, key=lambda pair: (pair[0].size, pair[1].where)):
            if head.size > self.leaves.provable:
                yield self._beyond(head, one)
                continue
            tree = tree.grown(self.leaves.hashes[tree.size : head.size])
            if tree.head == head:
                last_good = head.size
                self.signed = head.size if self.keys else 0
            else:
                what = f"is not of this journal: its first {head.size} entries have another root"
                yield Trouble(one.where, what, (last_good, head.size))

    def _head(self, one: KeptCheckpoint) -> TreeHead:
        _, head = stated(one.content, one.where)
        if self.keys:
            signers = checkpoint_of(one.content, self.keys, one.where).signers
            self._refuse_retired(signers, head, one.where)
        told = one.where.removeprefix(CHECKPOINTS).removeprefix(PUBLISHED)
        if told not in {one.where, size_name(head.size)}:
            raise NoteInvalid(f"is of {head.size} entries", one.where, remedy="find out who copied it to that key")
        return head

    def _refuse_retired(self, signers: Sequence[VerifierKey], head: TreeHead, where: str) -> None:
        ends = [self.retired.get(signer.id.hex(), head.size) for signer in signers]
        if all(end < head.size for end in ends):
            what = f"its key was retired by entry {max(ends)} and signed after that"
            raise NoteInvalid(what, where, remedy="do not trust it; keep it")

    def _beyond(self, head: TreeHead, one: KeptCheckpoint) -> Trouble:
        size = len(self.leaves.hashes)
        if head.size > size:
            what = f"the journal was cut off: it has {size} entries, and this checkpoint is of {head.size}"
            return Trouble(one.where, what, (size, head.size))
        what = f"cannot be checked: entry {self.leaves.provable} is lost"
        return Trouble(one.where, what, (self.leaves.provable, head.size))
