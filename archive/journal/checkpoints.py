"""Checkpoints: the head of the tree as a signed note, and proofs that go with one. Pure.

A checkpoint's text is three lines: origin, size, base64 of the root; what follows them is passed over.
Source: c2sp.org/tlog-checkpoint.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from archive.errors import NoteInvalid
from archive.journal.merkle import HASH_BYTES, Proof, TreeHead, leaf_hash, verify_inclusion
from archive.journal.notes import SigningKey, VerifierKey, note_of, signed, verified

_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,17}")
_LINES: Final = 3
_REMEDY: Final = "take it anew from where it was kept"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A head of the journal whose signatures were checked. `origin` is the name of the journal."""

    origin: str
    head: TreeHead
    signers: tuple[VerifierKey, ...]


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """That an entry stands at `index` of the tree whose signed head is `checkpoint`."""

    index: int
    path: Proof
    checkpoint: str

    def proves(self, leaf: bytes, head: TreeHead) -> bool:
        return verify_inclusion(leaf_hash(leaf), self.index, self.path, head)


def checkpoint_text(head: TreeHead, keys: Sequence[SigningKey]) -> str:
    """The signed head. All keys bear the journal's name, which is the origin."""
    root = base64.b64encode(head.root).decode("ascii")
    return signed(f"{keys[0].name}\n{head.size}\n{root}\n", keys)


def stated(content: bytes, where: str) -> tuple[str, TreeHead]:
    """Origin and head that an unsigned or not yet checked note states; raises `NoteInvalid`."""
    lines = note_of(content, where).text[:-1].split("\n")
    if len(lines) < _LINES or not all(lines) or not _SIZE.fullmatch(lines[1]):
        raise NoteInvalid("is no checkpoint", where, remedy=_REMEDY)
    return lines[0], TreeHead(int(lines[1]), _hash(lines[2], where))


def checkpoint_of(content: bytes, keys: Iterable[VerifierKey], where: str) -> Checkpoint:
    """The checkpoint, once a trusted key of its origin's name has signed it; raises `NoteInvalid`."""
    origin, head = stated(content, where)
    trusted = [key for key in keys if key.name == origin]
    return Checkpoint(origin, head, verified(note_of(content, where), trusted, where))


def _hash(text: str, where: str) -> bytes:
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteInvalid("a hash is no base64", where, remedy=_REMEDY) from error
    if len(content) != HASH_BYTES or base64.b64encode(content).decode("ascii") != text:
        raise NoteInvalid("a hash has not 32 bytes", where, remedy=_REMEDY)
    return content
