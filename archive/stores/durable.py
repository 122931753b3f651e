"""Writing a file so that it is there whole or not at all, whenever the writer dies: bytes first, then the name."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from archive.errors import Conflict, ContentChanged
from archive.stores.content import pieces
from archive.stores.partials import Partial

# Read-only, and not for everyone: these are a customer's trade papers.
_OBJECT_MODE = 0o440
_SHORT = 100


def write(partial: Partial, content: bytes | Path, *, sha256: str | None, key: str) -> None:
    """The bytes on the disk, read-only. Raises OSError, `ContentUnreadable`, `ContentChanged`."""
    digest = hashlib.sha256()
    with os.fdopen(partial.descriptor, "wb", closefd=False) as file:
        for piece in pieces(content):
            digest.update(piece)
            file.write(piece)
    if sha256 not in (None, digest.hexdigest()):
        raise ContentChanged(
            f"the content is not that of {sha256}", key, remedy="let the sender finish, then run again"
        )
    os.fchmod(partial.descriptor, _OBJECT_MODE)
    os.fsync(partial.descriptor)


def publish(partial: Partial, target: Path) -> bool:
    """The written file under its name, unless that is taken."""
    try:
        os.link(partial.path, target)
    except FileExistsError:
        return False
    finally:
        flush_folder(target.parent)
    return True


def replace(partial: Partial, target: Path) -> None:
    """The written file in the place of what has its name."""
    os.replace(partial.path, target)  # noqa: PTH105 - the tests follow the calls of `os`
    flush_folder(target.parent)


def remove(target: Path) -> None:
    """The name gone for good; nothing happens where there is none."""
    target.unlink(missing_ok=True)
    if target.parent.is_dir():
        flush_folder(target.parent)


@contextmanager
def copied(target: Path) -> Iterator[BinaryIO]:
    """A file to be filled that bears its name only once the block has ended well. Raises OSError."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:_SHORT]}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
        os.replace(name, target)  # noqa: PTH105 - as above
    finally:
        Path(name).unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """The folder and those above it, each entered on the disk."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    try:
        folder.mkdir()
    except FileExistsError:
        if not folder.is_dir():
            raise in_the_way(folder, "an object itself") from None
    flush_folder(folder.parent)


def flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def in_the_way(path: Path, what: str) -> Conflict:
    return Conflict(f"is {what}", str(path), remedy="choose a key that does not go on from another one's")
