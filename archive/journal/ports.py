"""The little that the journal needs of a store, be it the archive's own or that of a witness."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol


class JournalStore(Protocol):
    """Every `archive.stores.protocol.ObjectStore` is one; there the methods are described."""

    def put_new(self, key: str, content: bytes, *, media_type: str) -> bool: ...

    def get(self, key: str) -> bytes: ...

    def list(self, prefix: str) -> Iterator[str]: ...
