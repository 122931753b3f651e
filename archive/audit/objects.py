"""Every object read again and hashed: is it the one that the journal recorded?

An entry follows its record by moments, and whoever is killed in between leaves it to the next start. So a record that
nobody vouches for counts only once it is older than `GRACE`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from archive.audit.recorded import Recorded
from archive.audit.troubles import Trouble
from archive.errors import ObjectDamaged, ObjectMissing
from archive.stores.protocol import RetentionStore

RECORDED_AREAS: Final = ("originals/", "shipments/")
"""Where nothing may lie that the journal does not name."""
GRACE: Final = dt.timedelta(hours=1)
_READERS: Final = 8
_AT_ONCE: Final = 256
_ORIGINAL: Final = "originals/sha256/"


@dataclass(slots=True)
class Tally:
    """What was looked at so far; `size` is in bytes."""

    objects: int = 0
    size: int = 0
    disposed: int = 0


@dataclass(frozen=True, slots=True)
class _Hashed:
    """`digest` is None where nobody could read the object, and `fault` says why."""

    key: str
    digest: bytes | None
    size: int = 0
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Objects:
    """The objects of a store beside what is recorded of them.

    `disposed` tells the keys that two people let go, asked after all was looked at: a disposal may go on meanwhile.
    """

    store: RetentionStore
    recorded: Recorded
    disposed: Callable[[], frozenset[str]]
    now: dt.datetime
    tally: Tally = field(default_factory=Tally)

    def troubles(self) -> Iterator[Trouble]:
        """Raises the `StoreError`s that say nothing about one object."""
        yield from self._rewritten()
        for hashed in self._hashed(key for area in RECORDED_AREAS for key in self.store.list(area)):
            yield from self._judged(hashed)
        beside = list(self.recorded.unseen())
        for hashed in self._hashed(beside):
            yield from self._judged(hashed)
        yield from self._missing()

    def _rewritten(self) -> Iterator[Trouble]:
        """More than one version under a key, or a delete marker; what is asked once of the whole store."""
        for version in self.store.versions(""):
            if version.is_delete_marker:
                what = f"was deleted on {version.modified:%Y-%m-%d %H:%M} UTC; its versions may still be there"
                yield Trouble("overwritten", version.key, f"{what} (version {version.id})")
            elif not version.is_latest:
                what = f"was written anew or deleted after version {version.id} of {version.modified:%Y-%m-%d %H:%M}"
                yield Trouble("overwritten", version.key, f"{what} UTC")

    def _hashed(self, keys: Iterable[str]) -> Iterator[_Hashed]:
        listed = iter(keys)
        with ThreadPoolExecutor(_READERS) as pool:
            while part := list(islice(listed, _AT_ONCE)):
                yield from pool.map(self._read, part)

    def _read(self, key: str) -> _Hashed:
        try:
            content = self.store.get(key)
        except ObjectMissing:
            return _Hashed(key, None)
        except ObjectDamaged as error:
            return _Hashed(key, None, fault=error.what)
        return _Hashed(key, hashlib.sha256(content).digest(), len(content))

    def _judged(self, hashed: _Hashed) -> Iterator[Trouble]:
        key, recorded = hashed.key, self.recorded.digest(hashed.key)
        if hashed.digest is None and not hashed.fault:
            return  # It went away meanwhile, or was never there: `_missing` says which.
        self.recorded.see(key)
        self.tally.objects += 1
        self.tally.size += hashed.size
        if hashed.digest is None:
            yield Trouble("altered", key, hashed.fault)
        elif key.startswith(_ORIGINAL) and hashed.digest.hex() != key.rpartition("/")[2]:
            yield Trouble("altered", key, f"its bytes have the digest {hashed.digest.hex()}, not that of its key")
        elif recorded is None:
            yield from self._unrecorded(key)
        elif recorded != hashed.digest:
            what = f"its bytes have the digest {hashed.digest.hex()}, the journal recorded {recorded.hex()}"
            yield Trouble("altered", key, what)

    def _unrecorded(self, key: str) -> Iterator[Trouble]:
        written = [one.modified for one in self.store.versions(key) if one.key == key]
        if not written or min(written) + GRACE <= self.now:
            what = "no entry of the journal names it: find out whose it is, then `tidewaiter journal publish` enters it"
            yield Trouble("unrecorded", key, what)

    def _missing(self) -> Iterator[Trouble]:
        disposed = self.disposed()
        for key in self.recorded.unseen():
            if key in disposed:
                self.tally.disposed += 1
            else:
                yield Trouble("missing", key, "the journal names it, and nobody disposed of it")
