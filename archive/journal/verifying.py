"""The proof that nothing of the journal was touched, or what was: batches, tiles, checkpoints, the register.

Everything is computed anew from the entries. Checkpoints kept elsewhere are what an altered history cannot be made to
fit: whoever holds the store and the key can rewrite all the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from archive.journal.batches import End
from archive.journal.chain import Trouble, read_chain
from archive.journal.head_checks import Heads, KeptCheckpoint, published_size, stored_checkpoints
from archive.journal.index import JournalIndex
from archive.journal.merkle import Frontier, TreeHead
from archive.journal.notes import VerifierKey
from archive.journal.ports import JournalStore
from archive.journal.settling import Leaves, entries_in_words, ranges, settled
from archive.journal.tile_checks import TileShelf, tile_troubles
from schemas.journal import JournalEntry

_AT_ONCE: Final = 10_000


@dataclass(frozen=True, slots=True)
class Trust:
    """What the journal is measured by: public keys, and checkpoints that were kept elsewhere."""

    keys: tuple[VerifierKey, ...] = ()
    kept: tuple[KeptCheckpoint, ...] = ()


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at. `troubles` is empty where everything fits; `kept` counts checkpoints from elsewhere.

    `signed` is the size of the largest checkpoint that a trusted key signed, 0 for none: later entries are only as good
    as the store. `places` are the positions of the events by id, for whoever compares them with the archive.
    """

    head: TreeHead
    batches: int
    tiles: int
    checkpoints: int
    kept: int
    signed: int
    troubles: tuple[Trouble, ...]
    places: Mapping[str, int] = field(repr=False)


def verify(
    store: JournalStore,
    trust: Trust,
    *,
    index: JournalIndex | None = None,
    seen: Callable[[JournalEntry], None] | None = None,
) -> Verified:
    """Compute the journal anew. `index` is what the register remembers of it; `seen` is told every entry.

    Raises the `StoreError`s that say nothing about one object, and the `RegisterError`s of the index; `JournalDamaged`
    where the index lacks hashes that it should have.
    """
    end = index.end() if index else End()
    shelf = TileShelf.of(store)
    retirements: dict[str, str] = {}
    chain = read_chain(store, at_least=end.batches, seen=partial(_noted, retirements, seen))
    leaves = settled(chain, end, lambda place: _remembered(place, index, end) or shelf.leaf(place))
    stored = tuple(stored_checkpoints(store))
    heads = Heads(leaves, trust.keys, {key: chain.places[entry_id] for key, entry_id in retirements.items()})
    troubles = [
        *chain.troubles,
        *leaves.troubles,
        *_unlike_the_register(leaves, index, end),
        *tile_troubles(shelf, leaves, published_size(stored)),
        *heads.troubles((*stored, *trust.kept)),
    ]
    return Verified(
        head=Frontier().grown(leaves.hashes[: leaves.provable]).head,
        batches=len(chain.links),
        tiles=len(shelf.tiles),
        checkpoints=len(stored),
        kept=len(trust.kept),
        signed=heads.signed,
        troubles=tuple(dict.fromkeys(troubles)),
        places=chain.places,
    )


def _noted(retirements: dict[str, str], seen: Callable[[JournalEntry], None] | None, entry: JournalEntry) -> None:
    if entry.kind == "key_retired" and entry.about:
        retirements[entry.about] = entry.id
    if seen:
        seen(entry)


def _remembered(place: int, index: JournalIndex | None, end: End) -> bytes | None:
    if index is None or place >= end.tree.size:
        return None
    return index.hashes(place, place + 1)[0]


def _unlike_the_register(leaves: Leaves, index: JournalIndex | None, end: End) -> Iterator[Trouble]:
    """Entries of which the register remembers another hash than the store has."""
    if index is None:
        return
    differing: list[int] = []
    for first in range(0, min(end.tree.size, len(leaves.hashes)), _AT_ONCE):
        known = index.hashes(first, min(first + _AT_ONCE, end.tree.size))
        pairs = zip(known, leaves.hashes[first:], strict=False)
        differing += [place for place, (one, other) in enumerate(pairs, first) if one != other]
    for low, high in ranges(differing):
        what = f"{entries_in_words(low, high)} written anew: the register knows another hash"
        yield Trouble("register", what, (low, high))
    if end.tree.size > len(leaves.hashes):
        low, high = len(leaves.hashes), end.tree.size
        yield Trouble("register", f"{entries_in_words(low, high)} removed: the register knows of them", (low, high))
