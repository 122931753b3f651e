"""What the archive asks of a store of objects. `tests/archive/test_store_contract.py` is its meaning in full."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

LockMode = Literal["governance", "compliance"]
"""S3 Object Lock's own: `governance` yields to whoever has the right to bypass it, `compliance` to nobody."""

_STRENGTH: dict[LockMode, int] = {"governance": 0, "compliance": 1}


@dataclass(frozen=True, slots=True)
class Lock:
    """Retention of an object until a time, kept in UTC and rounded up to a whole second, as stores keep it.

    Raises:
        ValueError: `until` has no zone.
    """

    mode: LockMode
    until: dt.datetime

    def __post_init__(self) -> None:
        if self.until.tzinfo is None:
            raise ValueError(f"{self.until} has no zone: give the time in UTC")
        whole = self.until.astimezone(dt.UTC)
        if whole.microsecond:
            whole = whole.replace(microsecond=0) + dt.timedelta(seconds=1)
        object.__setattr__(self, "until", whole)

    def covers(self, other: Lock | None) -> bool:
        """Whether nothing is lost where this one takes the place of the other."""
        if other is None:
            return True
        return self.until >= other.until and _STRENGTH[self.mode] >= _STRENGTH[other.mode]


@dataclass(frozen=True, slots=True)
class Version:
    """One of the versions under a key: more than one, or a delete marker, means that somebody went past this program.

    `sha256` is None where only reading the bytes would tell it; `modified` is UTC by the store's clock.
    """

    key: str
    id: str
    sha256: str | None
    size: int
    modified: dt.datetime
    is_latest: bool
    is_delete_marker: bool = False


class ObjectStore(Protocol):
    """Objects under keys of `archive.keys`, each written once, whole or not at all, and never again.

    A key is never the beginning of another one's path: where `a/b` is an object there is no `a/b/c`.
    All methods raise `KeyInvalid` for a key outside the layout and the `StoreError`s that their store can meet.
    """

    def put_new(
        self, key: str, content: bytes | Path, *, media_type: str, sha256: str | None = None, lock: Lock | None = None
    ) -> bool:
        """Write a new object and return True once it is durable, or return False where the key is taken.

        Of several writers at once exactly one is told True, at most: where the answer to a write got lost on the way,
        its writer may be told False. So False means "read what is there", never "someone else did it". A new object
        is never there without its `lock`; one that is there already keeps the lock that it has.

        Raises:
            ContentChanged: the content has not the digest `sha256`; nothing was written.
            ContentUnreadable: the content is a file that cannot be read.
            ObjectAltered: what was written under this key before was hidden by somebody.
        """
        ...

    def get(self, key: str) -> bytes:
        """The bytes of the object, in memory as a whole: for records; `fetch` is for originals.

        Raises:
            ObjectMissing: the key is free.
            ObjectDamaged: the store can tell that these are not the bytes written.
            ObjectAltered: likewise, because somebody wrote the key anew or hid it; the first version is still there.
        """
        ...

    def fetch(self, key: str, target: Path, *, sha256: str | None = None) -> None:
        """Write the object to the file `target`, in pieces; where it raises, there is no such file afterwards.

        Raises:
            ObjectMissing, ObjectAltered: as `get`.
            ObjectDamaged: likewise; also where the bytes have not the digest `sha256`, or that of the key.
            OSError: the file cannot be written.
        """
        ...

    def link(self, key: str, seconds: int) -> str:
        """An address at which anyone can read the object for so many seconds, without credentials.

        Raises:
            ObjectMissing, ObjectAltered: as `get`.
            NoLinks: this store cannot hand out links, or not for so long.
        """
        ...

    def exists(self, key: str) -> bool:
        """Raises `ObjectAltered` where the object was hidden by a delete marker: the key is not free."""
        ...

    def list(self, prefix: str) -> Iterator[str]:
        """Every key that begins with `prefix`, once.

        In ascending order as far as a store has one: `a/b` stands before `a-b` where keys are compared part by part
        (local) and after it where they are compared whole (AWS); SeaweedFS does both, as it comes from page to page.
        """
        ...


class RetentionStore(ObjectStore, Protocol):
    """An object store that keeps what is locked or held.

    Where a key was overwritten or hidden, lock and hold are those of its first version, which is the archive's.
    All methods that take a key raise `ObjectMissing` where it is free.
    """

    def lock(self, key: str, lock: Lock) -> None:
        """Extend the retention of an object; the lock that it has already is no error.

        Raises:
            LockWeaker: the new lock is shorter, or governance in place of compliance. The old one stands.
        """
        ...

    def lock_of(self, key: str) -> Lock | None:
        """The lock, also one whose time is past; None where the object never had one."""
        ...

    def hold(self, key: str, *, on: bool) -> None:
        """Set or end the legal hold, which has no date and stands beside the lock."""
        ...

    def is_held(self, key: str) -> bool: ...

    def remove(self, key: str) -> None:
        """Remove an object for good, with all its versions. For disposal alone; a governance lock is not bypassed.

        Raises:
            ObjectLocked: its lock is not past, or it is held. Nothing was removed.
        """
        ...

    def versions(self, prefix: str) -> Iterator[Version]:
        """Every version of every key that begins with `prefix`, delete markers too, in no order that counts."""
        ...
