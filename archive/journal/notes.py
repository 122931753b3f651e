"""Signed notes as C2SP signed-note has them: a text, an empty line, and one line for each signature. Ed25519 alone.

A public key is written `<name>+<id>+<base64 of 0x01 and 32 bytes>`, a private one `PRIVATE+KEY+` and the same with the
seed. The id is the beginning of SHA-256 over name, newline, 0x01 and public key, in hexadecimal digits.
Source: c2sp.org/signed-note; the written keys are those of Go's `sumdb/note`. Pure.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from typing_extensions import override

from archive.errors import NoteInvalid, SigningKeyRefused

MOST_SIGNATURES: Final = 100
"""As Go's `sumdb/note`; the specification asks for 16 or more."""
_ED25519: Final = b"\x01"
_PRIVATE: Final = "PRIVATE+KEY+"
_ID_BYTES, _KEY_BYTES, _SIGNATURE_BYTES = 4, 32, 64
_NAME: Final = re.compile(r"[^\s+]+")
_LINE: Final = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")


@dataclass(frozen=True, slots=True, order=True)
class VerifierKey:
    """A public key under its name; as text the form that is handed to auditors."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        told = self.name.encode() + b"\n" + _ED25519 + self.public
        return hashlib.sha256(told).digest()[:_ID_BYTES]

    @override
    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_base64(_ED25519 + self.public)}"

    def signed(self, text: str, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key under its name. Neither `repr` nor any error shows it."""

    name: str
    _seed: bytes = field(repr=False)

    @property
    def verifier(self) -> VerifierKey:
        return VerifierKey(self.name, self._private().public_key().public_bytes_raw())

    @property
    def secret(self) -> str:
        """The written form, for the file that its owner keeps."""
        return f"{_PRIVATE}{self.name}+{self.verifier.id.hex()}+{_base64(_ED25519 + self._seed)}"

    def signature(self, text: str) -> bytes:
        return self._private().sign(text.encode())

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self._seed)


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it was found: nothing of it counts before `verified` tells who signed it.

    Each signature is (name, id of the key, signature).
    """

    text: str
    signatures: tuple[tuple[str, bytes, bytes], ...]


def new_key(name: str) -> SigningKey:
    """A new private key, from the system's source of randomness."""
    return SigningKey(_named(name), Ed25519PrivateKey.generate().private_bytes_raw())


def signed(text: str, keys: Sequence[SigningKey]) -> str:
    """The note with a signature of each key; the same for the same text and keys. Raises `NoteInvalid`."""
    if not text.endswith("\n") or _has_controls(text):
        what = "the text of a note must end its last line and hold no control characters"
        raise NoteInvalid(what, "note", remedy="nothing was signed; report it")
    lines = (f"— {key.name} {_base64(key.verifier.id + key.signature(text))}\n" for key in keys)
    return f"{text}\n{''.join(lines)}"


def note_of(content: bytes, where: str) -> Note:
    """The parts of a note, whoever signed it; raises `NoteInvalid`."""
    try:
        told = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _malformed("is no UTF-8 text", where) from error
    text, blank, lines = told.rpartition("\n\n")
    if not blank or not text or not lines.endswith("\n") or _has_controls(told):
        raise _malformed("is no signed note", where)
    signatures = tuple(_signature(line, where) for line in lines[:-1].split("\n"))
    if len(signatures) > MOST_SIGNATURES:
        raise _malformed(f"has over {MOST_SIGNATURES} signatures", where)
    return Note(f"{text}\n", signatures)


def verified(note: Note, keys: Iterable[VerifierKey], where: str) -> tuple[VerifierKey, ...]:
    """Those of the trusted keys that signed the note, at least one; signatures of others are ignored.

    Raises:
        NoteInvalid: none did, or a signature under the name and id of a trusted key is not its own.
    """
    known = {(key.name, key.id): key for key in keys}
    claimed = [(known[name, key_id], value) for name, key_id, value in note.signatures if (name, key_id) in known]
    for key, value in claimed:
        if not key.signed(note.text, value):
            raise NoteInvalid(f"the signature of {key} is not its own", where, remedy="do not trust it; keep it")
    if not claimed:
        names = ", ".join(sorted({f"{name}+{key_id.hex()}" for name, key_id, _ in note.signatures}))
        remedy = "give the public key of the journal with --key, from where its operator published it"
        raise NoteInvalid(f"no trusted key signed it (signed by {names})", where, remedy=remedy)
    return tuple(dict.fromkeys(key for key, _ in claimed))


def verifier_key(text: str) -> VerifierKey:
    """The public key that is written so; raises `NoteInvalid`."""
    name, key_id, material = (*text.strip().split("+", 2), "", "")[:3]
    content = _decoded(material)
    if content is None or len(content) != 1 + _KEY_BYTES or content[:1] != _ED25519 or not _NAME.fullmatch(name):
        raise _malformed("is no public key of the form <name>+<id>+<base64>", text[:100])
    key = VerifierKey(name, content[1:])
    if key.id.hex() != key_id:
        raise _malformed("the id is not that of the key: a letter was lost", text[:100])
    return key


def signing_key(text: str, where: str) -> SigningKey:
    """The private key that is written so; raises `SigningKeyRefused`, which says where and never what."""
    name, key_id, material = (*text.strip().removeprefix(_PRIVATE).split("+", 2), "", "")[:3]
    content = _decoded(material)
    is_one = text.startswith(_PRIVATE) and _NAME.fullmatch(name) is not None
    if not is_one or content is None or len(content) != 1 + _KEY_BYTES or content[:1] != _ED25519:
        raise SigningKeyRefused("is no private key", where, remedy="make one with `tidewaiter journal new-key`")
    key = SigningKey(name, content[1:])
    if key.verifier.id.hex() != key_id:
        raise SigningKeyRefused("the key does not fit its id", where, remedy="restore the key from its safe copy")
    return key


def _named(name: str) -> str:
    if not _NAME.fullmatch(name) or _has_controls(name):
        raise NoteInvalid("no name of a key", name, remedy="give one without spaces and +, as example.com/journal")
    return name


def _signature(line: str, where: str) -> tuple[str, bytes, bytes]:
    told = _LINE.fullmatch(line)
    content = _decoded(told[2]) if told else None
    if not told or content is None or len(content) <= _ID_BYTES:
        raise _malformed("a line under the text is no signature", where)
    return told[1], content[:_ID_BYTES], content[_ID_BYTES:]


def _malformed(what: str, where: str) -> NoteInvalid:
    return NoteInvalid(what, where, remedy="take it anew from where it was kept")


def _has_controls(text: str) -> bool:
    return any(sign < " " and sign != "\n" for sign in text)


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _decoded(text: str) -> bytes | None:
    """The bytes, only of the one way in which base64 writes them."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return content if _base64(content) == text else None
