"""What was read of an original, kept by its content, so that no later run reads the same file again.

readings/<sha256>/<digest>.json.gz   the digest is of the reading rules, the file's name and its media type

A reading is worth only the time it saves: one that is damaged or of another form counts as none, and the file is read
anew. What a busy machine may have missed, by its limits of time and memory, is not kept.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import Final

from pydantic import TypeAdapter, ValidationError

from archive import keys
from archive.errors import ObjectDamaged, ObjectMissing
from archive.stores.protocol import ObjectStore
from schemas.pages import FileReading, NoticeKind, Original

_READINGS: TypeAdapter[FileReading] = TypeAdapter(FileReading)
_PASSING: Final[frozenset[NoticeKind]] = frozenset({"time_limit", "memory_limit"})
_DIGEST_LENGTH: Final = 32


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings in a store that were made under `rules`. Every method raises the `StoreError`s of the store."""

    store: ObjectStore
    rules: str

    def find(self, original: Original) -> FileReading | None:
        """What was read of this file under these rules, None where nothing is kept that can be used."""
        try:
            content = gzip.decompress(self.store.get(self._key(original)))
            reading = _READINGS.validate_json(content)
        except (ObjectMissing, ObjectDamaged, gzip.BadGzipFile, zlib.error, EOFError, ValidationError):
            return None
        return reading if reading.original == original else None

    def keep(self, reading: FileReading) -> bool:
        """Whether it was worth keeping and was not kept before."""
        if any(notice.kind in _PASSING for notice in reading.notices):
            return False
        content = gzip.compress(_READINGS.dump_json(reading), mtime=0)
        return self.store.put_new(self._key(reading.original), content, media_type="application/gzip")

    def _key(self, original: Original) -> str:
        """The name is part of it because pages and notices carry it."""
        told = json.dumps([self.rules, original.file, original.media_type]).encode("ascii")
        return keys.reading(original.sha256, hashlib.sha256(told).hexdigest()[:_DIGEST_LENGTH])
