"""What the archive asks of a store of objects. `tests/archive/test_store_contract.py` is its meaning in full."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol


class ObjectStore(Protocol):
    """Objects under keys of `archive.keys`, each written once, whole or not at all, and never again.

    A key is never the beginning of another one's path: where `a/b` is an object there is no `a/b/c`.
    All methods raise `KeyInvalid` for a key outside the layout and the `StoreError`s that their store can meet.
    """

    def put_new(self, key: str, content: bytes | Path, *, media_type: str, sha256: str | None = None) -> bool:
        """Write a new object and return True once it is durable, or return False where the key is taken.

        Of several writers at once exactly one is told True, at most: where the answer to a write got lost on the way,
        its writer may be told False. So False means "read what is there", never "someone else did it".

        Raises:
            ContentChanged: the content has not the digest `sha256`; nothing was written.
            ContentUnreadable: the content is a file that cannot be read.
        """
        ...

    def get(self, key: str) -> bytes:
        """The bytes of the object.

        Raises:
            ObjectMissing: the key is free.
            ObjectDamaged: the store can tell that these are not the bytes written.
        """
        ...

    def exists(self, key: str) -> bool: ...

    def list(self, prefix: str, *, start_after: str | None = None) -> Iterator[str]:
        """Every key that begins with `prefix`, once, ascending, without what `start_after` has behind it.

        Stores differ where a part goes on with `-`, `.` or `%`: `a/b` stands before `a-b` where keys are compared part
        by part (local, SeaweedFS) and after it where they are compared whole (AWS). Going on after a key that was
        listed gives the rest in all of them.
        """
        ...
