"""A store in a local folder: atomic, durable, safe for several processes at once."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from archive.errors import Conflict, ContentChanged, NotAnArchive
from archive.keys import checked
from archive.stores.content import pieces
from archive.stores.filenames import MARKER, FileNames, file_name, part_of
from archive.stores.oserrors import mapping
from archive.stores.partials import Partial, Partials

# Kept beside the objects by the command line; one part is no key, so it is never taken for an object.
REGISTER = "register.sqlite"

_PARTIALS = ".partial"
_AREAS = frozenset({"originals", "shipments", "reference", "claims", "journal", "quarantine"})
# Read-only, and not for everyone: these are a customer's trade papers.
_OBJECT_MODE = 0o440


class LocalStore:
    """An `ObjectStore` in `root`, which is made where it is missing.

    A new object is written to a hidden file, flushed, and linked to its name, which fails where the name is taken: a
    reader or a listing sees the whole object or none, whenever the writer dies. Works on file systems with hard links.
    """

    def __init__(self, root: Path, *, file_names: FileNames | None = None) -> None:
        """Open or begin the archive in `root`; `file_names` overrides what the file system asks for when beginning.

        Raises:
            NotAnArchive: `root` is no folder, or holds something else.
            StoreError: it cannot be made or read.
        """
        self.root = root.absolute()
        with mapping(str(self.root)):
            self._refuse_other_things()
            (self.root / _PARTIALS).mkdir(parents=True, exist_ok=True)
            self._partials = Partials(self.root / _PARTIALS)
            self._partials.sweep()
            self._style = self._agreed_style(file_names)

    def put_new(self, key: str, content: bytes | Path, *, media_type: str, sha256: str | None = None) -> bool:  # noqa: ARG002 - a folder has no place for media types; intake.json keeps them
        target = self._path(key)
        with mapping(key):
            if target.is_dir():
                raise _in_the_way(target, "the folder of other objects")
            if target.is_file():
                # Its writer may have died before the name reached the disk.
                _flush_folder(target.parent)
                return False
            with self._partials.new() as partial:
                _write(partial, content, sha256=sha256, key=key)
                self._make_folder(target.parent)
                return _publish(partial, target)

    def get(self, key: str) -> bytes:
        with mapping(key):
            return self._path(key).read_bytes()

    def exists(self, key: str) -> bool:
        with mapping(key):
            return self._path(key).is_file()

    def list(self, prefix: str, *, start_after: str | None = None) -> Iterator[str]:
        after = tuple(start_after.split("/")) if start_after else ()
        with mapping(prefix or str(self.root)):
            yield from self._below((), prefix, after)

    def _below(self, folder: tuple[str, ...], prefix: str, after: tuple[str, ...]) -> Iterator[str]:
        for entry in self._entries(folder):
            path = (*folder, part_of(entry.name, self._style))
            key = "/".join(path)
            if entry.is_dir():
                if f"{key}/".startswith(prefix) or prefix.startswith(f"{key}/"):
                    yield from () if path < after[: len(path)] else self._below(path, prefix, after)
            elif folder and key.startswith(prefix) and path > after:
                yield key

    def _entries(self, folder: tuple[str, ...]) -> Sequence[os.DirEntry[str]]:
        with os.scandir(self._folder(folder)) as entries:
            visible = [entry for entry in entries if not entry.name.startswith(".")]
        return sorted(visible, key=lambda entry: part_of(entry.name, self._style))

    def _folder(self, parts: tuple[str, ...]) -> Path:
        return self.root.joinpath(*(file_name(part, self._style) for part in parts))

    def _path(self, key: str) -> Path:
        return self._folder(tuple(checked(key).split("/")))

    def _make_folder(self, folder: Path) -> None:
        if folder.is_dir():
            return
        self._make_folder(folder.parent)
        try:
            folder.mkdir()
        except FileExistsError:
            if not folder.is_dir():
                raise _in_the_way(folder, "an object itself") from None
        _flush_folder(folder.parent)

    def _refuse_other_things(self) -> None:
        if not self.root.exists() or (self.root / MARKER).is_file():
            return
        if not self.root.is_dir():
            raise NotAnArchive("is a file", str(self.root), remedy="give a folder for the archive")
        known = {MARKER, *_AREAS}
        for name in (path.name for path in self.root.iterdir()):
            if name not in known and not name.startswith((".", REGISTER)):
                what = f"holds {name!r} and is no archive"
                raise NotAnArchive(what, str(self.root), remedy="give an empty folder, a new one, or an archive")

    def _agreed_style(self, wanted: FileNames | None) -> FileNames:
        """The style in the marker, which the first process to open the folder writes and all others follow."""
        marker = self.root / MARKER
        if not marker.is_file():
            style = wanted or self._fitting_style()
            told = json.dumps({"archive": "tidewaiter", "layout": 1, "file_names": style}).encode()
            with self._partials.new() as partial:
                _write(partial, told, sha256=None, key=MARKER)
                _publish(partial, marker)
        return _style_of(marker)

    def _fitting_style(self) -> FileNames:
        return "folded" if (self.root / _PARTIALS.upper()).exists() else "plain"


def _write(partial: Partial, content: bytes | Path, *, sha256: str | None, key: str) -> None:
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


def _in_the_way(path: Path, what: str) -> Conflict:
    return Conflict(f"is {what}", str(path), remedy="choose a key that does not go on from another one's")


def _publish(partial: Partial, target: Path) -> bool:
    try:
        os.link(partial.path, target)
    except FileExistsError:
        return False
    finally:
        _flush_folder(target.parent)
    return True


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _style_of(marker: Path) -> FileNames:
    where, remedy = str(marker), "give another folder, or a program of the version that made the archive"
    try:
        told = json.loads(marker.read_bytes())
    except ValueError as error:
        raise NotAnArchive("the marker file is damaged", where, remedy=remedy) from error
    match told:
        case {"archive": "tidewaiter", "layout": 1, "file_names": ("plain" | "folded") as style}:
            return "folded" if style == "folded" else "plain"
        case _:
            raise NotAnArchive("the marker file tells of another layout", where, remedy=remedy)
