"""What was seen at second looks into an original, kept by its content, so that no later run looks there again.

readings/<sha256>/looks-<rules>-<digest>.json.gz    what one run saw; `<digest>` is of that

A decision opens other questions than the papers alone, so each run keeps what it saw beside what was seen before.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from archive import keys
from archive.errors import ObjectDamaged, ObjectMissing
from archive.stores.protocol import ObjectStore
from schemas.readers import Reader
from schemas.values import Frozen

_DIGEST_LENGTH: Final = 32
_RULES_LENGTH: Final = 16


class Seen(Frozen):
    """What one engine read there, once for each way of showing it to it, "" where it saw nothing."""

    reader: Reader
    texts: tuple[str, ...]


class _Looks(Frozen):
    seen: dict[str, tuple[Seen, ...]]


@dataclass(frozen=True, slots=True)
class Sightings:
    """Those in a store that were seen under `rules`. Every method raises the `StoreError`s of the store."""

    store: ObjectStore
    rules: str

    def of(self, sha256: str) -> Mapping[str, tuple[Seen, ...]]:
        """By the names of the looks; of two who looked there at once, always the same one counts."""
        found: dict[str, tuple[Seen, ...]] = {}
        for looks in self._kept(keys.reading(sha256, self._name("")).removesuffix(".json.gz")):
            found = {**looks.seen, **found}
        return found

    def keep(self, sha256: str, seen: Mapping[str, tuple[Seen, ...]]) -> None:
        content = _Looks(seen=dict(sorted(seen.items()))).model_dump_json().encode()
        key = keys.reading(sha256, self._name(hashlib.sha256(content).hexdigest()[:_DIGEST_LENGTH]))
        self.store.put_new(key, gzip.compress(content, mtime=0), media_type="application/gzip")

    def _kept(self, prefix: str) -> Iterator[_Looks]:
        """What is damaged or of another form counts as never seen."""
        for key in sorted(self.store.list(prefix)):
            try:
                yield _Looks.model_validate_json(gzip.decompress(self.store.get(key)))
            except (ObjectMissing, ObjectDamaged, gzip.BadGzipFile, zlib.error, EOFError, ValidationError):
                continue

    def _name(self, digest: str) -> str:
        return f"looks-{hashlib.sha256(self.rules.encode()).hexdigest()[:_RULES_LENGTH]}-{digest}"
