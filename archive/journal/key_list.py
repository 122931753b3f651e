"""Which keys have signed the journal, since when and until when: told by the journal itself.

journal/keys/<id>     a public key in the form that is handed to auditors

The entries `key_added` and `key_retired` have the id in `about`. An auditor takes his keys from elsewhere; what this
list adds is that a key is not trusted for any checkpoint after the entry that retired it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from archive.errors import NoteInvalid, ObjectMissing
from archive.journal.book import TEXT, Journal
from archive.journal.notes import SigningKey
from schemas.journal import JournalEntry

KEYS: Final = "journal/keys/"
Reason = Literal["replaced", "compromised"]


@dataclass(frozen=True, slots=True)
class ListedKey:
    """A public key as it is written, and when (UTC) it came into use and went out of it."""

    written: str
    added_at: dt.datetime
    retired_at: dt.datetime | None = None
    reason: str = ""


def introduce(journal: Journal, by: str, now: dt.datetime) -> int:
    """Enter the keys that sign from now on; how many of them are new."""
    entries = [_added(key, by, now) for key in journal.keys]
    known = journal.index.known([entry.id for entry in entries])
    for key, entry in zip(journal.keys, entries, strict=True):
        if entry.id not in known:
            journal.store.put_new(_key_of(key), _written(key), media_type=TEXT)
    return journal.append(entries)


def retire(journal: Journal, key_id: str, reason: Reason, *, by: str, now: dt.datetime) -> int:
    """Enter that this key signs no more; 0 where that is known.

    Raises:
        NoteInvalid: no such key ever signed, or it still does.
    """
    if key_id in {key.verifier.id.hex() for key in journal.keys}:
        remedy = "take it out of TIDEWAITER_JOURNAL_KEY_FILE first: what signs cannot be retired"
        raise NoteInvalid("still signs", key_id, remedy=remedy)
    if key_id not in listed(journal):
        raise NoteInvalid("no key of this id has signed", key_id, remedy="see `tidewaiter journal status`")
    told = {"reason": reason}
    return journal.append([JournalEntry(kind="key_retired", at=now, by=by, broker="", about=key_id, told=told)])


def listed(journal: Journal) -> Mapping[str, ListedKey]:
    """Every key that was ever introduced, by its id."""
    found: dict[str, ListedKey] = {}
    for placed in journal.entries_of("", ""):
        entry, key_id = placed.entry, placed.entry.about or ""
        if entry.kind == "key_added":
            found[key_id] = ListedKey(_read(journal, key_id), entry.at)
        elif key_id in found:
            one = found[key_id]
            found[key_id] = ListedKey(one.written, one.added_at, entry.at, entry.told.get("reason", ""))
    return found


def _read(journal: Journal, key_id: str) -> str:
    try:
        return journal.store.get(f"{KEYS}{key_id}").decode("utf-8", errors="replace").strip()
    except ObjectMissing:
        return f"?+{key_id}+? (its object is gone)"


def _added(key: SigningKey, by: str, now: dt.datetime) -> JournalEntry:
    digest = hashlib.sha256(_written(key)).hexdigest()
    about = key.verifier.id.hex()
    return JournalEntry(kind="key_added", at=now, by=by, broker="", about=about, records={_key_of(key): digest})


def _written(key: SigningKey) -> bytes:
    return f"{key.verifier}\n".encode()


def _key_of(key: SigningKey) -> str:
    return f"{KEYS}{key.verifier.id.hex()}"
