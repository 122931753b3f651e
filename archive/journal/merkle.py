"""The tree of the journal: hashes, roots, and proofs by RFC 6962, section 2.1. Pure; hashes are 32 bytes of SHA-256.

A proof is made from `Subtree`, a function that gives the root of the perfect subtree of 2^height leaves which begins at
leaf `index` * 2^height; whoever checks a proof needs nothing but the proof.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

Subtree = Callable[[int, int], bytes]
Proof = tuple[bytes, ...]

EMPTY = hashlib.sha256(b"").digest()
HASH_BYTES = 32


def leaf_hash(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class TreeHead:
    """Which tree: how many leaves it has, and its root."""

    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Frontier:
    """All of a tree that is needed to let it grow: the roots of its perfect subtrees, the largest and leftmost first.

    There is one for each binary digit 1 of the size.
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    @property
    def root(self) -> bytes:
        if not self.hashes:
            return EMPTY
        return reduce(lambda right, left: node_hash(left, right), reversed(self.hashes))

    @property
    def head(self) -> TreeHead:
        return TreeHead(self.size, self.root)

    def grown(self, leaf_hashes: Iterable[bytes]) -> Frontier:
        size, hashes = self.size, list(self.hashes)
        for leaf in leaf_hashes:
            size, node = size + 1, leaf
            for _ in range(_trailing_zeros(size)):
                node = node_hash(hashes.pop(), node)
            hashes.append(node)
        return Frontier(size, tuple(hashes))


def root_of(leaf_hashes: Iterable[bytes]) -> bytes:
    return Frontier().grown(leaf_hashes).root


def head_root(size: int, subtree: Subtree) -> bytes:
    return _range(0, size, subtree) if size else EMPTY


def inclusion(index: int, size: int, subtree: Subtree) -> Proof:
    """The audit path of leaf `index` in the tree of that size, from the leaf's sibling up (RFC 6962, 2.1.1)."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    return _path(index, 0, size, subtree)


def consistency(old: int, new: int, subtree: Subtree) -> Proof:
    """The proof that the tree of size `old` is the beginning of the one of size `new` (RFC 6962, 2.1.2)."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {old} is no beginning of one of {new}")
    return () if old in {0, new} else _subproof(old, 0, new, subtree, is_whole=True)


def verify_inclusion(leaf: bytes, index: int, proof: Proof, head: TreeHead) -> bool:
    """Whether the leaf hash stands at that index of the tree (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < head.size:
        return False
    place, last, node = index, head.size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = node_hash(sibling, node)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and node == head.root


def verify_consistency(old: TreeHead, new: TreeHead, proof: Proof) -> bool:
    """Whether the first tree is the beginning of the second (RFC 9162, 2.1.4.2)."""
    if old.size in {0, new.size}:
        return not proof and old.root == (new.root if old.size else EMPTY)
    if not 0 < old.size < new.size or not proof:
        return False
    path: Sequence[bytes] = (old.root, *proof) if old.size & (old.size - 1) == 0 else proof
    first, second, last = _climbed(old.size - 1, new.size - 1, path)
    return last == 0 and first == old.root and second == new.root


def _climbed(place: int, last: int, path: Sequence[bytes]) -> tuple[bytes, bytes, int]:
    """The two roots that the path leads to; the last number is 0 where it has the right length."""
    shift = _trailing_zeros(~place)
    place, last = place >> shift, last >> shift
    first = second = path[0]
    for node in path[1:]:
        if last == 0:
            return first, second, -1
        if place & 1 or place == last:
            first, second = node_hash(node, first), node_hash(node, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, node)
        place, last = place >> 1, last >> 1
    return first, second, last


def _path(index: int, low: int, high: int, subtree: Subtree) -> Proof:
    if high - low == 1:
        return ()
    middle = low + _split(high - low)
    if index < middle:
        return (*_path(index, low, middle, subtree), _range(middle, high, subtree))
    return (*_path(index, middle, high, subtree), _range(low, middle, subtree))


def _subproof(old: int, low: int, high: int, subtree: Subtree, *, is_whole: bool) -> Proof:
    """`is_whole` while the old root itself is the one that the verifier has."""
    if old == high:
        return () if is_whole else (_range(low, high, subtree),)
    middle = low + _split(high - low)
    if old <= middle:
        return (*_subproof(old, low, middle, subtree, is_whole=is_whole), _range(middle, high, subtree))
    return (*_subproof(old, middle, high, subtree, is_whole=False), _range(low, middle, subtree))


def _range(low: int, high: int, subtree: Subtree) -> bytes:
    """The root of leaves `low` to `high`; RFC 6962 cuts so that `low` is always a multiple of the first part."""
    count = high - low
    if count & (count - 1) == 0:
        height = count.bit_length() - 1
        return subtree(height, low >> height)
    middle = low + _split(count)
    return node_hash(_range(low, middle, subtree), _range(middle, high, subtree))


def _split(count: int) -> int:
    """The largest power of two that is smaller than `count`."""
    return 1 << (count - 1).bit_length() - 1


def _trailing_zeros(number: int) -> int:
    return (number & -number).bit_length() - 1
