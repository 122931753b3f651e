"""Lists that a user loaded, as received, each with a record of which version it is and who loaded it when.

reference/<kind>/<scope>/<valid from>-<digest>.<ending>      the file's bytes; `-` stands for no scope
reference/<kind>/<scope>/<valid from>-<digest>.record.json   written after them: its presence means loaded

Nothing is overwritten: the same bytes for the same kind, scope and day are the list that is there. Of several lists for
one day the one loaded last counts.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from archive import records
from archive.errors import Conflict, KeyInvalid, OriginalDamaged
from archive.keys import part
from archive.stores.protocol import ObjectStore
from schemas.reference import ListVersion, LoadedList, ReferenceKind

NO_SCOPE = "-"
_AREA = "reference"
_RECORD = ".record.json"
_DIGEST_LENGTH = 16
_ENDING = re.compile(r"[a-z]{2,5}")


@dataclass(frozen=True, slots=True)
class ReferenceArchive:
    """The lists in a store. `clock` gives the time of loading, in any zone.

    Every method raises the `StoreError`s of the store and `RecordDamaged`, and `KeyInvalid` for a scope that can be no
    part of a key. Records never change, so each is read once.
    """

    store: ObjectStore
    clock: Callable[[], dt.datetime]
    _records: dict[str, LoadedList] = field(default_factory=dict)

    def keep(self, version: ListVersion, content: bytes, *, loaded_by: str) -> tuple[LoadedList, bool]:
        """Store the list; returns its record, and False where the same list stood there before.

        Raises `Conflict` where the content is not that of the version.
        """
        if hashlib.sha256(content).hexdigest() != version.sha256:
            raise Conflict("the content has another digest", version.name, remedy="make the version of the content")
        stem = _stem(version)
        if self.store.exists(f"{stem}{_RECORD}"):
            return self._record(f"{stem}{_RECORD}"), False
        file_key = f"{stem}.{_ending(version.name)}"
        record = LoadedList(
            version=version,
            loaded_at=self.clock().astimezone(dt.UTC),
            loaded_by=loaded_by,
            size=len(content),
            file_key=file_key,
        )
        self.store.put_new(file_key, content, media_type="application/octet-stream", sha256=version.sha256)
        created = records.put(self.store, f"{stem}{_RECORD}", record)
        return self._record(f"{stem}{_RECORD}"), created

    def loaded(self, kind: ReferenceKind | None = None) -> tuple[LoadedList, ...]:
        """Every list ever loaded (of that kind), by kind, scope and day, of one day in the order of loading."""
        prefix = f"{_AREA}/" if kind is None else f"{_AREA}/{kind}/"
        found = [self._record(key) for key in self.store.list(prefix) if key.endswith(_RECORD)]
        return tuple(sorted(found, key=_order))

    def in_force(self, day: dt.date) -> tuple[LoadedList, ...]:
        """For each kind and scope the list that counts on that day."""
        return in_force(self.loaded(), day)

    def record_of(self, version: ListVersion) -> LoadedList:
        """The record of that version; raises `ObjectMissing` where it was never loaded."""
        return self._record(f"{_stem(version)}{_RECORD}")

    def content(self, loaded: LoadedList) -> bytes:
        """The bytes as received, proven anew by their digest; raises `OriginalDamaged`, `ObjectMissing`."""
        content = self.store.get(loaded.file_key)
        if hashlib.sha256(content).hexdigest() != loaded.version.sha256:
            remedy = "restore the object from a copy, or load the list again under another day"
            raise OriginalDamaged("the bytes no longer have their digest", loaded.file_key, remedy=remedy)
        return content

    def _record(self, key: str) -> LoadedList:
        if key not in self._records:
            self._records[key] = records.get(self.store, key, LoadedList)
        return self._records[key]


def in_force(lists: Iterable[LoadedList], day: dt.date) -> tuple[LoadedList, ...]:
    """The newest list from that day or before for each kind and scope; of one day's the one loaded last."""
    newest = {
        (one.version.kind, one.version.scope): one for one in sorted(lists, key=_order) if one.version.valid_from <= day
    }
    return tuple(newest.values())


def _order(loaded: LoadedList) -> tuple[str, str, dt.date, dt.datetime, str]:
    version = loaded.version
    return (version.kind, version.scope, version.valid_from, loaded.loaded_at, version.sha256)


def _stem(version: ListVersion) -> str:
    if version.scope == NO_SCOPE:
        raise KeyInvalid(f"{version.scope!r} is no scope", "scope", remedy="leave it out, or name a jurisdiction")
    scope = part(version.scope) if version.scope else NO_SCOPE
    return f"{_AREA}/{version.kind}/{scope}/{version.valid_from.isoformat()}-{version.sha256[:_DIGEST_LENGTH]}"


def _ending(name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    return ending if _ENDING.fullmatch(ending) else "bin"
