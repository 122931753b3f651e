"""The layout of the archive: which key a thing has, and what a key tells.

originals/sha256/ab/cd/abcd…                                  the bytes as received
shipments/<broker>/<reference>/<revision>/intake.json         who sent what, when; claims the revision
shipments/<broker>/<reference>/<revision>/outcome.json        the outcome of whoever finished first; settles it
shipments/<broker>/<reference>/<revision>/declaration.json    only when clear
shipments/<broker>/<reference>/<revision>/declaration.<format>.xml    likewise, in a format that lacks nothing
shipments/<broker>/<reference>/<revision>/result.json         written last: its presence means finished
shipments/<broker>/<reference>/<revision>/decisions/<n>.json  what people decided about it: see archive.decisions
shipments/<broker>/<reference>/<revision>/corrections/<n>.json    which pages are which paper: see archive.assignments
shipments/<broker>/<reference>/<revision>/lodgements/<n>.json    what customs did with it: see archive.lodgements
readings/<sha256>/<digest>.json.gz                            what was read of an original: see archive.readings
readings/<sha256>/looks-….json.gz                             what second looks saw: see archive.sightings
reference/<kind>/<scope>/<valid from>-<digest>.…              lists that a user loaded: see archive.references
claims/<broker>/<digest>.json                                 which shipment has an invoice: see archive.claims
casework/<broker>/<reference>/{drafts,comments}/<n>.json      what clerks write before a release: see archive.cases
hints/<broker>/<n>.json                                       what corrections taught: see archive.hints
quarantine/<broker>/<reference>/<id>.{bin,json}               what could not be taken, with the reason
holds/<broker>/<reference>/<n>.json                           legal holds, on and off: see archive.holds
disposals/<id>/….json                                         what two people let go: see archive.disposals
registers/<id>                                                a register that was ever used with this archive; empty
journal/…                                                     who did what when, signed: see archive.journal
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote

from archive.errors import KeyInvalid, NameTooLong

MAX_NAME = 100
# Percent-encoded, a Chinese character takes nine. File systems take 255 bytes a name (of which
# `archive.stores.filenames` may need some for capital letters), S3 takes 1,024 a key.
MAX_PART = 200
AREAS: Final = frozenset({
    "originals", "shipments", "readings", "reference", "claims", "casework", "hints", "quarantine", "holds",
    "disposals", "registers", "journal",
})  # fmt: skip
"""The first part of every key."""
REGISTERS = "registers/"
HINTS = "hints/"

_PART = re.compile(r"(?!\.)(?:[A-Za-z0-9_.~-]|%[0-9A-F]{2})+")
_AREA = re.compile(r"[a-z]+")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_ORIGINAL = re.compile(
    r"originals/sha256/(?P<one>[0-9a-f]{2})/(?P<two>[0-9a-f]{2})/(?P<digest>(?P=one)(?P=two)[0-9a-f]{60})"
)
_FORMAT = re.compile(r"declaration\.[a-z0-9_-]+(?:\.[a-z0-9_-]+)?\.xml")
_RESULT = re.compile(r"shipments/(?P<broker>[^/]+)/(?P<reference>[^/]+)/(?P<number>[1-9][0-9]*)/result\.json")
_DIGEST_LENGTH = 12


def part(name: str) -> str:
    """One part of a key for a name of any script: NFC, percent-encoded, never with a leading dot.

    Raises:
        KeyInvalid: empty, `.`, `..`, or not encodable as UTF-8.
        NameTooLong: longer than 100 characters, or 200 when encoded; the error carries a shortened name.
    """
    normal = unicodedata.normalize("NFC", name)
    if normal in {"", ".", ".."} or not _encodable(normal):
        raise KeyInvalid(f"{name!r} cannot name anything in the archive", "key", remedy="give a name with letters")
    encoded = _encoded(normal)
    if len(normal) > MAX_NAME or len(encoded) > MAX_PART:
        raise _too_long(name)
    return encoded


def name_of(encoded: str) -> str:
    """The name that a key part stands for.

    Raises:
        KeyInvalid: `part` makes no such part.
    """
    name = unquote(encoded)
    if part(name) != encoded:
        raise KeyInvalid(f"{encoded!r} stands for no name", "key", remedy="build keys with archive.keys")
    return name


def safe_name(name: str) -> str:
    """The name itself where a key can hold it, else one that it can, told apart by a digest of the whole name."""
    try:
        part(name)
    except KeyInvalid:
        return _shortened(name)
    return unicodedata.normalize("NFC", name)


def checked(key: str) -> str:
    """The key, if stores may hold it: an area in small letters, then one valid part or more.

    Raises:
        KeyInvalid: anything else; nothing that passes can leave the store's folder.
    """
    area, *parts = key.split("/")
    if (
        not _AREA.fullmatch(area)
        or not parts
        or not all(_PART.fullmatch(one) and len(one) <= MAX_PART for one in parts)
    ):
        raise KeyInvalid(f"{key!r} is no key of the archive's layout", "key", remedy="build keys with archive.keys")
    return key


def original(sha256: str) -> str:
    """Where the bytes with this digest lie. Raises `KeyInvalid` where it is none."""
    _refuse_no_digest(sha256)
    return f"originals/sha256/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def register(register_id: str) -> str:
    return f"{REGISTERS}{part(register_id)}"


def digest_in(key: str) -> str | None:
    """The SHA-256 that the key of an original tells, None for every other key."""
    told = _ORIGINAL.fullmatch(key)
    return told["digest"] if told else None


def claim(broker: str, digest: str) -> str:
    return f"claims/{part(broker)}/{part(digest)}.json"


def reading(sha256: str, digest: str) -> str:
    """What was read of the original with the first digest; the second tells it from other readings of it."""
    _refuse_no_digest(sha256)
    return f"readings/{sha256}/{part(digest)}.json.gz"


def quarantine(broker: str, reference: str, name: str) -> str:
    return f"quarantine/{part(broker)}/{part(reference)}/{part(name)}"


def casework(broker: str, reference: str, record: str) -> str:
    return f"casework/{part(broker)}/{part(reference)}/{record}"


def hints(broker: str, record: str) -> str:
    return f"{HINTS}{part(broker)}/{record}"


@dataclass(frozen=True, slots=True, order=True)
class Revision:
    """One revision of a broker's shipment, counted from 1, and the keys of its records."""

    broker: str
    reference: str
    number: int

    def key(self, record: str) -> str:
        return f"shipments/{part(self.broker)}/{part(self.reference)}/{self.number}/{record}"

    @property
    def intake(self) -> str:
        return self.key("intake.json")

    @property
    def outcome(self) -> str:
        return self.key("outcome.json")

    @property
    def declaration(self) -> str:
        return self.key("declaration.json")

    def decision(self, number: int) -> str:
        """The key of the decision with this number, counted from 1."""
        return self.key(f"decisions/{number}.json")

    def correction(self, number: int) -> str:
        """The key of the assignment of pages with this number, counted from 1."""
        return self.key(f"corrections/{number}.json")

    def format(self, name: str) -> str:
        """The key of the declaration in another format, such as `declaration.cds.xml`.

        Raises:
            KeyInvalid: any other name; it might be that of another record.
        """
        if not _FORMAT.fullmatch(name):
            raise KeyInvalid(f"{name!r} names no format of a declaration", "key", remedy="name it declaration.….xml")
        return self.key(name)

    @property
    def result(self) -> str:
        return self.key("result.json")


def finished_revision(key: str) -> Revision | None:
    """The revision that the key is the `result.json` of, None for every other key."""
    told = _RESULT.fullmatch(key)
    if not told:
        return None
    try:
        return Revision(name_of(told["broker"]), name_of(told["reference"]), int(told["number"]))
    except KeyInvalid:
        return None


def _refuse_no_digest(sha256: str) -> None:
    if not _SHA256.fullmatch(sha256):
        raise KeyInvalid(f"{sha256!r} is no SHA-256 digest", "key", remedy="give 64 small hexadecimal digits")


def _encoded(normal: str) -> str:
    encoded = quote(normal, safe="")
    return f"%2E{encoded[1:]}" if encoded.startswith(".") else encoded


def _encodable(name: str) -> bool:
    # A file name that is no valid UTF-8 reaches Python with lone surrogates, which no key can carry.
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _too_long(name: str) -> NameTooLong:
    shortened = _shortened(name)
    what = f"{name!r} is too long for a key (100 characters, or 200 once percent-encoded)"
    error = NameTooLong(what, "key", remedy=f"use a shorter name, such as {shortened!r}")
    error.shortened = shortened
    return error


def _shortened(name: str) -> str:
    normal = unicodedata.normalize("NFC", name).encode("utf-8", "replace").decode("utf-8")
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_LENGTH]
    kept = normal[: MAX_NAME - _DIGEST_LENGTH - 1]
    while len(_encoded(f"{kept}~{digest}")) > MAX_PART:
        kept = kept[:-1]
    return unicodedata.normalize("NFC", f"{kept}~{digest}")
