"""Content to be stored, bytes or a file, read in pieces so that a large scan never stands in memory as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from archive.errors import ContentUnreadable

PIECE = 1 << 20


@contextmanager
def opened(content: bytes | Path) -> Iterator[BinaryIO]:
    """The content for reading from its start.

    Raises:
        ContentUnreadable: the file is missing, a folder, or not ours to read.
    """
    if isinstance(content, bytes):
        yield BytesIO(content)
        return
    try:
        file = content.open("rb")
    except OSError as error:
        raise _unreadable(content, error) from error
    with file:
        yield file


def pieces(content: bytes | Path) -> Iterator[bytes]:
    """The content in order, in pieces of at most a mebibyte; raises `ContentUnreadable`."""
    with opened(content) as file:
        while piece := read(file, content):
            yield piece


@dataclass(frozen=True, slots=True)
class Measured:
    """SHA-256 in small hexadecimal digits, and the number of bytes, both of one reading."""

    sha256: str
    size: int


def measured(content: bytes | Path) -> Measured:
    """Raises `ContentUnreadable`."""
    digest, size = hashlib.sha256(), 0
    for piece in pieces(content):
        digest.update(piece)
        size += len(piece)
    return Measured(digest.hexdigest(), size)


def size_of(content: bytes | Path) -> int:
    """In bytes; raises `ContentUnreadable`."""
    if isinstance(content, bytes):
        return len(content)
    try:
        return content.stat().st_size
    except OSError as error:
        raise _unreadable(content, error) from error


def read(file: BinaryIO, content: bytes | Path, *, size: int = PIECE) -> bytes:
    """The next bytes of what was opened, `size` of them while there are as many; raises `ContentUnreadable`."""
    try:
        return file.read(size)
    except OSError as error:
        raise _unreadable(content, error) from error


def _unreadable(content: bytes | Path, error: OSError) -> ContentUnreadable:
    where = "content" if isinstance(content, bytes) else str(content)
    return ContentUnreadable(
        f"cannot be read ({error.strerror})", where, remedy="check that the file is there and may be read"
    )
