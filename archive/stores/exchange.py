"""Where brokers hand in papers and find what became of them: objects under names that are not ours, which come and go.

inbox/<broker>/<reference>/<file…>, inbox/<broker>/<file>     dropped by brokers, under any name their tools allow
outbox/<broker>/<reference>/…                                 written for brokers
watch/<shipment>/…                                            who works on what, and how often it was tried

The archive's `ObjectStore` never deletes and takes keys of its own layout only; this is the other kind of place. What
it holds may be lost without loss to an auditor. `tests/archive/test_exchanges.py` is its meaning in full.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

EntryKind = Literal["file", "folder", "link", "special"]
"""`folder` is an object that marks one (its name ends with `/`); `link` and `special` (pipe, device, socket) are never
opened and have no bytes."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """What lies under a key, as a listing tells it: `size` in bytes, `modified` in UTC by the store's clock.

    `version` differs after every change of the object. A key that is no valid text holds lone surrogates.
    """

    key: str
    size: int
    modified: dt.datetime
    version: str
    kind: EntryKind = "file"


class Exchange(Protocol):
    """All methods raise the `StoreError`s that their place can meet."""

    def entries(self, prefix: str, *, start_after: str | None = None) -> Iterator[Entry]:
        """What begins with the prefix (empty, a path that ends with `/`, or one that breaks off), ascending.

        It is listed page by page. Ascending means by parts or by whole keys, as the place has it; going on after a
        listed key gives the rest.
        """
        ...

    def fetch(self, entry: Entry, target: Path) -> None:
        """Write the entry's bytes to the file, in pieces.

        Raises:
            ObjectMissing: it is gone, or no longer a file.
            ContentChanged: it is no longer the version that was listed; the target is of no use.
        """
        ...

    def get(self, key: str) -> bytes:
        """The bytes of a small object; raises `ObjectMissing`."""
        ...

    def put_new(self, key: str, content: bytes, *, media_type: str) -> bool:
        """Write a new object whole; False where the key is taken, or where the answer to our own write got lost."""
        ...

    def remove(self, entry: Entry) -> bool:
        """Remove that version; False where another one stands there now, True also where nothing does."""
        ...
