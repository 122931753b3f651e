"""Checks an evidence pack without its maker: standard library alone, no network, nothing of Tidewaiter.

    python3 verify.py [PACK] [--key VKEY]... [--checkpoint FILE]...

PACK is the .zip file or the folder it was unpacked to; by default the folder of this file. What the pack claims is
checked in four steps: each file has the digest that its manifest says; each record has the digest that an entry of the
journal says; each entry is a leaf of the tree of the checkpoint (RFC 6962, inclusion); the checkpoint is signed (C2SP
signed note, Ed25519 of RFC 8032). With `--checkpoint`, one that you kept from elsewhere, the journal of the pack is
also shown to go on from it (RFC 6962, consistency).

A pack that is checked with the key inside it proves only that it is consistent with itself: whoever made the pack may
have made the key. Give the key that you got elsewhere with `--key`.

Ends 0: proved with your key. 1: something is wrong, and what. 2: consistent with itself only. 3: could not be checked.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FORMAT: Final = "tidewaiter-evidence/1"
PROVED, WRONG, ITSELF, UNCHECKED = 0, 1, 2, 3
_ED25519: Final = 1
_HASH = 32
_PIECE: Final = 1 << 20


class Unreadable(Exception):  # noqa: N818 - read by people who never saw our other errors
    """The pack, a key or a checkpoint has not the form that it must have."""


# --- Ed25519: the curve -x² + y² = 1 + dx²y² over 2²⁵⁵ - 19, points as (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z ---

_P: Final = 2**255 - 19
_ORDER: Final = 2**252 + 27742317777372353535851937790883648493
_D: Final = -121665 * pow(121666, -1, _P) % _P
_ROOT_OF_MINUS_ONE: Final = pow(2, (_P - 1) // 4, _P)
Point = tuple[int, int, int, int]


def _sum(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % _P
    b = (one[1] + one[0]) * (other[1] + other[0]) % _P
    c = 2 * one[3] * other[3] * _D % _P
    d = 2 * one[2] * other[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(factor: int, point: Point) -> Point:
    total = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            total = _sum(total, point)
        point = _sum(point, point)
        factor >>= 1
    return total


def _are_equal(one: Point, other: Point) -> bool:
    return (one[0] * other[2] - other[0] * one[2]) % _P == 0 == (one[1] * other[2] - other[1] * one[2]) % _P


def _point(encoded: bytes) -> Point | None:
    """The point of 32 bytes: y, and the last bit of x in the highest one (RFC 8032, 5.1.3); None for no point."""
    number = int.from_bytes(encoded, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT_OF_MINUS_ONE % _P
    if (x * x - square) % _P or (x == 0 and sign):
        return None
    x = x if x & 1 == sign else _P - x
    return x, y, 1, x * y % _P


def is_signed(message: bytes, signature: bytes, public_key: bytes) -> bool:
    """RFC 8032, 5.1.7: S·B = R + SHA-512(R, A, message)·A."""
    base = _point(b"\x58" + b"\x66" * 31)
    key, commitment = _point(public_key), _point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if not (base and key and commitment) or len(signature) != 2 * _HASH or s >= _ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % _ORDER
    return _are_equal(_times(s, base), _sum(commitment, _times(challenge, key)))


# --- The tree of RFC 6962 ---


def leaf_hash(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + leaf).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes, without recursion: subtrees of one size are joined as soon as there are two."""
    stack: list[tuple[int, bytes]] = []
    for leaf in leaves:
        size, node = 1, leaf
        while stack and stack[-1][0] == size:
            node, size = _node(stack.pop()[1], node), 2 * size
        stack.append((size, node))
    if not stack:
        return hashlib.sha256(b"").digest()
    node = stack.pop()[1]
    while stack:
        node = _node(stack.pop()[1], node)
    return node


def root_from(index: int, size: int, leaf: bytes, proof: Sequence[bytes]) -> bytes | None:
    """The root that the inclusion proof leads to (RFC 9162, 2.1.3.2); None where it cannot be one."""
    if not 0 <= index < size:
        return None
    place, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return None
        if place & 1 or place == last:
            node = _node(sibling, node)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = _node(node, sibling)
        place, last = place >> 1, last >> 1
    return node if last == 0 else None


def roots_from(old: int, new: int, old_root: bytes, proof: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """Both roots that the consistency proof leads to (RFC 9162, 2.1.4.2); None where it cannot be one."""
    if not 0 < old < new:
        return None
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    nodes = iter(proof)
    start = next(nodes, None) if place else old_root
    if start is None:
        return None
    before = after = start
    for sibling in nodes:
        if last == 0:
            return None
        if place & 1 or place == last:
            before, after = _node(sibling, before), _node(sibling, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = _node(after, sibling)
        place, last = place >> 1, last >> 1
    return (before, after) if last == 0 else None


# --- Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint) ---


@dataclass(frozen=True)
class Key:
    """A verifier key `<name>+<8 hexadecimal digits>+<base64 of 0x01 and the public key>`."""

    name: str
    id: bytes
    public: bytes

    @classmethod
    def parse(cls, text: str) -> Key:
        name, plus, rest = text.strip().partition("+")
        digits, also_plus, encoded = rest.partition("+")
        try:
            told, identifier = base64.b64decode(encoded, validate=True), bytes.fromhex(digits)
        except (ValueError, binascii.Error) as error:
            raise Unreadable(f"{text!r} is no verifier key") from error
        named = hashlib.sha256(name.encode() + b"\n" + told).digest()[:4]
        if not (plus and also_plus and len(told) == 1 + _HASH and told[0] == _ED25519 and named == identifier):
            raise Unreadable(f"{text!r} is no verifier key of Ed25519, or has a slip in it")
        return cls(name, identifier, told[1:])


@dataclass(frozen=True)
class Checkpoint:
    """`text` is what is signed; `signatures` are (key name, key id, signature)."""

    origin: str
    size: int
    root: bytes
    text: bytes
    signatures: tuple[tuple[str, bytes, bytes], ...]

    @classmethod
    def parse(cls, note: bytes) -> Checkpoint:
        try:
            text, told = note.decode().rsplit("\n\n", 1)
            origin, size, root, *_ = text.split("\n")
            signatures = tuple(_signature(line) for line in told.splitlines())
            return cls(origin, int(size), base64.b64decode(root, validate=True), f"{text}\n".encode(), signatures)
        except (ValueError, binascii.Error) as error:
            raise Unreadable("a checkpoint has not the form of a signed note") from error

    def is_signed_by(self, key: Key) -> bool:
        """Only a key of the journal's own name speaks for it."""
        if key.name != self.origin:
            return False
        mine = (signature for name, id_, signature in self.signatures if (name, id_) == (key.name, key.id))
        return any(is_signed(self.text, signature, key.public) for signature in mine)


def _signature(line: str) -> tuple[str, bytes, bytes]:
    dash, name, encoded = line.split(" ")
    if dash != "\u2014":
        raise ValueError(line)
    told = base64.b64decode(encoded, validate=True)
    return name, told[:4], told[4:]


# --- The pack ---


class Pack:
    """The files of a pack, whether zipped or not. Raises `Unreadable`."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = None if path.is_dir() else zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile) as error:
            raise Unreadable(f"{path}: is no evidence pack ({error})") from error
        self._folder = path

    def names(self) -> Iterator[str]:
        if self._zip:
            yield from (one.filename for one in self._zip.infolist() if not one.is_dir())
        else:
            yield from (one.relative_to(self._folder).as_posix() for one in self._folder.rglob("*") if one.is_file())

    def read(self, name: str) -> bytes:
        try:
            return self._zip.read(name) if self._zip else (self._folder / name).read_bytes()
        except (OSError, KeyError, zipfile.BadZipFile) as error:
            raise Unreadable(f"{name}: cannot be read from the pack") from error

    def digest(self, name: str) -> str:
        told = hashlib.sha256()
        try:
            with self._zip.open(name) if self._zip else (self._folder / name).open("rb") as file:
                while piece := file.read(_PIECE):
                    told.update(piece)
        except (OSError, KeyError, zipfile.BadZipFile) as error:
            raise Unreadable(f"{name}: cannot be read from the pack") from error
        return told.hexdigest()


@dataclass(frozen=True)
class Entry:
    """An entry of the journal as the pack brings it: `leaf` is hashed as it stands."""

    index: int
    leaf: bytes
    proof: tuple[bytes, ...]

    @property
    def told(self) -> Mapping[str, object]:
        told: Mapping[str, object] = json.loads(self.leaf)
        return told

    @property
    def records(self) -> Mapping[str, str]:
        """Digests by key in the archive."""
        records = self.told.get("records")
        return {str(key): str(digest) for key, digest in records.items()} if isinstance(records, dict) else {}


@dataclass(frozen=True)
class Claims:
    """What the manifest claims. `records` names the file of the pack for a key of the archive."""

    broker: str
    reference: str
    files: Mapping[str, str]
    records: Mapping[str, str]
    left_out: Mapping[str, str]
    entries: tuple[Entry, ...]

    @classmethod
    def parse(cls, content: bytes) -> Claims:
        try:
            told = json.loads(content)
            if told["format"] != FORMAT:
                raise Unreadable(f"the pack is of the form {told['format']!r}; this file checks {FORMAT!r}")
            entries = tuple(
                Entry(one["index"], _bytes(one["leaf"]), tuple(_bytes(node) for node in one["proof"]))
                for one in told["entries"]
            )
            return cls(told["broker"], told["reference"], told["files"], told["records"], told["left_out"], entries)
        except (ValueError, KeyError, TypeError) as error:
            raise Unreadable("manifest.json has not the form of a manifest") from error


def _bytes(encoded: str) -> bytes:
    return base64.b64decode(encoded, validate=True)


MANIFEST, CHECKPOINT, KEYS = "manifest.json", "journal/checkpoint", "journal/keys"
LEAVES, CONSISTENCY = "journal/leaves", "journal/consistency.json"


def file_troubles(pack: Pack, claims: Claims) -> Iterator[str]:
    """Files that were changed, are missing, or were slipped in."""
    names = [name for name in pack.names() if name != MANIFEST]
    for name in sorted(set(claims.files) - set(names)):
        yield f"{name}: is missing from the pack"
    for name in sorted(set(names) - set(claims.files)):
        yield f"{name}: is not of the pack; its manifest does not name it"
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"{name}: stands in the pack more than once"
    for name in sorted(set(names) & set(claims.files)):
        if pack.digest(name) != claims.files[name]:
            yield f"{name}: was changed; its bytes have not the digest of the manifest"


def record_troubles(claims: Claims) -> Iterator[str]:
    """Records that no entry of the journal vouches for, and entries whose records are absent without a reason."""
    vouched: dict[str, set[str]] = {}
    for entry in claims.entries:
        for key, digest in entry.records.items():
            vouched.setdefault(key, set()).add(digest)
    for key, name in sorted(claims.records.items()):
        if claims.files.get(name) not in vouched.get(key, set()):
            yield f"{name}: no entry of the journal records {key} with these bytes"
    for key, digests in sorted(vouched.items()):
        if len(digests) > 1:
            yield f"{key}: entries of the journal record it with different bytes"
        if key not in claims.records and key not in claims.left_out:
            yield f"{key}: the journal records it, and it is not in the pack"


def entry_troubles(claims: Claims, checkpoint: Checkpoint) -> Iterator[str]:
    if not claims.entries:
        yield "the pack has no entry of the journal: nothing vouches for its files"
    for entry in claims.entries:
        if root_from(entry.index, checkpoint.size, leaf_hash(entry.leaf), entry.proof) != checkpoint.root:
            yield f"entry {entry.index}: is not in the journal that the checkpoint is of"
        if (entry.told.get("broker"), entry.told.get("reference")) != (claims.broker, claims.reference):
            yield f"entry {entry.index}: is about another shipment"


def consistency_trouble(pack: Pack, here: Checkpoint, kept: Checkpoint) -> str | None:
    """Why the journal of the pack and the one of a checkpoint kept elsewhere cannot be shown to be one."""
    if here.origin != kept.origin:
        return f"the kept checkpoint is of the journal {kept.origin!r}, the pack's of {here.origin!r}"
    if kept.size == here.size:
        return None if kept.root == here.root else _REWRITTEN.format(kept.size)
    if kept.size > here.size:
        return (
            f"the kept checkpoint ({kept.size} entries) is later than the pack ({here.size}): ask for a pack made "
            "after it, or keep this one's checkpoint and compare it with a later one"
        )
    names = set(pack.names())
    leaves = pack.read(LEAVES) if LEAVES in names else b""
    if len(leaves) == _HASH * here.size:
        return _by_leaves(leaves, here, kept)
    proofs = json.loads(pack.read(CONSISTENCY)) if CONSISTENCY in names else {}
    if str(kept.size) not in proofs:
        return f"the pack has no proof from {kept.size} entries on: ask for one made with `--checkpoint` and this file"
    told = roots_from(kept.size, here.size, kept.root, [_bytes(node) for node in proofs[str(kept.size)]])
    return None if told == (kept.root, here.root) else _REWRITTEN.format(kept.size)


_REWRITTEN: Final = "the journal was rewritten: its first {} entries are not those of the checkpoint that you kept"


def _by_leaves(leaves: bytes, here: Checkpoint, kept: Checkpoint) -> str | None:
    hashes = [leaves[at : at + _HASH] for at in range(0, len(leaves), _HASH)]
    if root_of(hashes) != here.root:
        return f"{LEAVES}: does not lead to the checkpoint's root"
    return None if root_of(hashes[: kept.size]) == kept.root else _REWRITTEN.format(kept.size)


# --- The command ---


@dataclass(frozen=True)
class Given:
    """What the person who checks brought along."""

    keys: tuple[Key, ...]
    checkpoints: Mapping[str, Checkpoint]


def check(pack: Pack, given: Given, say: Callable[[str], None]) -> int:
    """Check everything, say each step and its troubles; returns the exit code. Raises `Unreadable`."""
    claims = Claims.parse(pack.read(MANIFEST))
    checkpoint = Checkpoint.parse(pack.read(CHECKPOINT))
    keys = given.keys or tuple(Key.parse(line) for line in pack.read(KEYS).decode().splitlines() if line.strip())
    if given.keys:
        say("Key: the one that you gave.")
    else:
        say("Key: the pack's own. It can show that the pack is consistent with itself, and prove nothing. Use --key.")
    say(f"Pack: {len(claims.files)} files of the shipment {claims.broker}/{claims.reference}")
    steps = (
        ("Files have the digests of the manifest", list(file_troubles(pack, claims))),
        ("Records are those that the journal recorded", list(record_troubles(claims))),
        (f"Entries ({len(claims.entries)}) are in the journal", list(entry_troubles(claims, checkpoint))),
        ("The journal's checkpoint is signed", list(_signature_troubles("the pack's checkpoint", checkpoint, keys))),
        *(
            (f"The journal goes on from {name}", list(_kept_troubles(name, kept, pack, checkpoint, keys)))
            for name, kept in given.checkpoints.items()
        ),
    )
    for what, troubles in steps:
        say(f"{'WRONG' if troubles else 'ok   '} {what}")
        for trouble in troubles:
            say(f"      - {trouble}")
    _say_history(claims, say)
    return _verdict(any(troubles for _, troubles in steps), bool(given.keys), say)


def _signature_troubles(what: str, checkpoint: Checkpoint, keys: Sequence[Key]) -> Iterator[str]:
    if not any(checkpoint.is_signed_by(key) for key in keys):
        yield f"{what} is not signed by {' or '.join(key.name for key in keys) or 'any key, as none is there'}"


def _kept_troubles(name: str, kept: Checkpoint, pack: Pack, here: Checkpoint, keys: Sequence[Key]) -> Iterator[str]:
    yield from _signature_troubles(name, kept, keys)
    if trouble := consistency_trouble(pack, here, kept):
        yield trouble


def _say_history(claims: Claims, say: Callable[[str], None]) -> None:
    say("What the journal tells:")
    for entry in sorted(claims.entries, key=lambda one: one.index):
        told = entry.told
        revision = f" revision {told['revision']}" if told.get("revision") else ""
        say(f"      {entry.index:>8}  {told.get('at', '')}  {told.get('kind', '')}{revision}, by {told.get('by', '?')}")
    for key, why in sorted(claims.left_out.items()):
        say(f"      not in the pack: {key} ({why})")


def _verdict(wrong: bool, with_key: bool, say: Callable[[str], None]) -> int:  # noqa: FBT001 - two plain facts
    if wrong:
        say("WRONG: the pack is not what the journal recorded. See above.")
        return WRONG
    if not with_key:
        say("CONSISTENT WITH ITSELF, not proved: get the journal's key from elsewhere and give it with --key.")
        return ITSELF
    say("PROVED: these are the bytes that the journal recorded, signed with the key that you gave.")
    return PROVED


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Checks an evidence pack offline.")
    parser.add_argument("pack", nargs="?", type=Path, default=Path(__file__).parent, help="the .zip, or its folder")
    parser.add_argument("--key", action="append", default=[], help="a verifier key that you got elsewhere")
    parser.add_argument("--checkpoint", action="append", default=[], type=Path, help="a checkpoint that you kept")
    told = parser.parse_args(arguments)
    try:
        kept = {str(path): Checkpoint.parse(path.read_bytes()) for path in told.checkpoint}
        return check(Pack(told.pack), Given(tuple(map(Key.parse, told.key)), kept), _say)
    except (Unreadable, OSError, json.JSONDecodeError) as error:
        _say(f"Could not be checked: {error}")
        return UNCHECKED


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
