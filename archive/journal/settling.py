"""Which batches were touched, and the leaf hashes that the tree is computed from all the same.

A batch is vouched for by the next one, which states the digest of its bytes; the last one by the register. Where a
batch is not vouched for, or not there, the hashes of its entries are taken from the register, or else from the tiles:
so one altered entry is named alone, and what stands after it can still be checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from archive.journal.batches import NOTHING, End, batch_key
from archive.journal.chain import Chain, Link, Trouble
from archive.journal.merkle import HASH_BYTES, Frontier

Witness = Callable[[int], bytes | None]
"""The hash of the leaf at a position as it is known elsewhere; None where it is not."""

UNKNOWN: Final = b""


@dataclass(slots=True)
class Leaves:
    """The hash of each leaf; `UNKNOWN` where nobody knows it any more, the first time at `lost`."""

    hashes: list[bytes] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    blamed: set[int] = field(default_factory=set)
    lost: int | None = None

    @property
    def provable(self) -> int:
        """Up to which size the tree can be computed."""
        return len(self.hashes) if self.lost is None else self.lost


def settled(chain: Chain, end: End, witness: Witness) -> Leaves:
    """The leaves of the chain; `end` is where the journal ended when the register last heard of it."""
    leaves = Leaves()
    gap: list[int] = []
    for number in range(chain.count):
        link = chain.links.get(number)
        if link is None:
            gap.append(number)
            continue
        is_vouched = _is_vouched(link, chain, end)
        _fill(leaves, link.start if gap or is_vouched else len(leaves.hashes), witness)
        _name_gap(gap, leaves, chain)
        gap = []
        if is_vouched is False and not _is_the_next_at_fault(link, chain, end, witness):
            _blame(link, leaves, witness)
        else:
            leaves.hashes += _split(link)
    _fill(leaves, end.tree.size if gap else 0, witness)
    _name_gap(gap, leaves, chain)
    leaves.troubles += _wrong_roots(chain, leaves)
    return leaves


def _is_vouched(link: Link, chain: Chain, end: End) -> bool | None:
    """None where nobody is left to say it."""
    after = chain.links.get(link.number + 1)
    if after is not None:
        return after.before == link.digest
    return end.digest == link.digest if end.batches == link.number + 1 else None


def _is_the_next_at_fault(link: Link, chain: Chain, end: End, witness: Witness) -> bool:
    """Whether it is what the next one says of this one that was altered."""
    after, before = chain.links.get(link.number + 1), chain.links.get(link.number - 1)
    if after is None or _is_vouched(after, chain, end) is not False:
        return False
    follows = link.before == before.digest if before else link.number == 0 and link.before == NOTHING
    return follows and all(witness(place) == own for place, own in enumerate(_split(link), link.start))


def _blame(link: Link, leaves: Leaves, witness: Witness) -> None:
    first = len(leaves.hashes)
    leaves.blamed.add(link.number)
    altered: list[int] = []
    for place, own in enumerate(_split(link), first):
        known = witness(place)
        if known not in {None, own}:
            altered.append(place)
        leaves.hashes.append(known or own)
    key = batch_key(link.number)
    if not altered:
        what = f"batch {link.number} was altered: its bytes are not those that are known of it"
        leaves.troubles.append(Trouble(key, what, (first, len(leaves.hashes))))
    for low, high in ranges(altered):
        leaves.troubles.append(Trouble(key, f"{entries_in_words(low, high)} altered", (low, high)))


def _fill(leaves: Leaves, size: int, witness: Witness) -> None:
    """What is missing before that size, as far as somebody knows its hashes."""
    for place in range(len(leaves.hashes), size):
        known = witness(place) or UNKNOWN
        if known == UNKNOWN and leaves.lost is None:
            leaves.lost = place
        leaves.hashes.append(known)


def _name_gap(gap: list[int], leaves: Leaves, chain: Chain) -> None:
    for number in gap:
        if number in chain.unreadable:
            what = f"batch {number} was altered: {chain.unreadable[number]}"
            leaves.troubles.append(Trouble(batch_key(number), what))
    for low, high in ranges([number for number in gap if number not in chain.unreadable]):
        what = f"batch {low} is missing" if high - low == 1 else f"batches {low} to {high - 1} are missing"
        leaves.troubles.append(Trouble(batch_key(low), what))


def _wrong_roots(chain: Chain, leaves: Leaves) -> Iterator[Trouble]:
    """The first batch that states another root than the entries before it have: all after it do so too."""
    tree = Frontier()
    for number in sorted(chain.links):
        link = chain.links[number]
        if link.start > leaves.provable or number in leaves.blamed:
            continue
        tree = tree.grown(leaves.hashes[tree.size : link.start])
        if (tree.size, tree.root.hex()) != (link.start, link.root):
            what = f"batch {number} does not follow the entries before it: it was altered, or one of them was"
            yield Trouble(batch_key(number), what, (0, link.start))
            return


def _split(link: Link) -> list[bytes]:
    return [link.hashes[place : place + HASH_BYTES] for place in range(0, len(link.hashes), HASH_BYTES)]


def ranges(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Ascending numbers as runs (first, one after the last)."""
    run: tuple[int, int] | None = None
    for number in numbers:
        if run and run[1] == number:
            run = (run[0], number + 1)
        else:
            if run:
                yield run
            run = (number, number + 1)
    if run:
        yield run


def entries_in_words(low: int, high: int) -> str:
    return f"entry {low} was" if high - low == 1 else f"entries {low} to {high - 1} were"
