"""One event of the journal, as the bytes that its proofs are about, and what an auditor is told of it.

An entry holds ids, keys of the archive, digests and codes; no name and no value of a paper: `told` takes nothing else.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints

from schemas.values import Frozen, Sha256

EventKind = Literal[
    "received",  # papers came and are kept
    "read",  # what was read of them is kept
    "found",  # what was found about them is kept
    "decided",  # a person settled a finding, or said which pages are which paper
    "declared",  # the declaration is kept
    "exported",  # it was handed to the broker
    "lodged",  # customs took it
    "viewed",  # an auditor looked at it
    "locked",  # records may not be deleted before a date
    "held",  # a legal hold was put on
    "released",  # a legal hold was taken off
    "disposed",  # records were deleted
    "key_added",  # checkpoints are signed by this key from now on
    "key_retired",  # and no longer by this one
    "hint_removed",  # a hint from a correction no longer counts
]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.,:/-]{0,199}$")]
"""A date, a code, a number, a digest, or several with commas between; nothing of the kind has capitals or spaces."""

MOST_RECORDS: Final = 200
"""Records of one entry. A bundle of entries (C2SP tlog-tiles) gives each at most 65,535 bytes, and a key of the archive
takes some hundred: whoever has more makes several entries, which differ in `part`."""

_LENGTH: Final = 32


class JournalEntry(Frozen):
    """`records` are keys of the archive with the SHA-256 of their bytes; `at` is UTC; `by` the id of a user.

    `about` tells apart the events of one kind about one revision, such as the number of a decision; `part` counts from
    1 where one event takes several entries.
    """

    kind: EventKind
    at: dt.datetime
    by: str
    broker: str
    reference: str = ""
    revision: int | None = None
    about: Code | None = None
    part: int = 1
    records: Annotated[Mapping[str, Sha256], Field(max_length=MOST_RECORDS)] = {}
    told: Mapping[Code, Code] = {}

    @property
    def id(self) -> str:
        """Equal for one event told twice, whoever tells it and when: its first entry is the one that counts."""
        named = [self.kind, self.broker, self.reference, self.revision, self.about, self.part]
        return hashlib.sha256(json.dumps(named).encode("ascii")).hexdigest()[:_LENGTH]

    @property
    def leaf(self) -> bytes:
        """The bytes that the tree hashes: JSON in ASCII, names sorted, no spaces, nothing that is left out."""
        told = {"v": 1, "id": self.id, **self.model_dump(mode="json", exclude_defaults=True)}
        return json.dumps(told, sort_keys=True, separators=(",", ":")).encode("ascii")


def entry_of(leaf: bytes) -> JournalEntry:
    """The entry whose bytes these are, to the last one; raises `ValueError`."""
    told = json.loads(leaf)
    if not isinstance(told, dict) or told.pop("v", None) != 1:
        raise ValueError("no entry of version 1")
    told.pop("id", None)
    entry = JournalEntry.model_validate_json(json.dumps(told))
    if entry.leaf != leaf:  # The id is in it.
        raise ValueError("not in the one form that an entry has")
    return entry
