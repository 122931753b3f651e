"""A store in a local folder: atomic, durable, safe for several processes at once."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from archive.errors import NoLinks, NotAnArchive
from archive.keys import AREAS, checked, digest_in
from archive.stores import durable
from archive.stores.content import PIECE
from archive.stores.filenames import ACCOUNTS, MARKER, FileNames, file_name, part_of
from archive.stores.local_locks import Keeping, LocalLocks
from archive.stores.oserrors import mapping
from archive.stores.partials import Partial, Partials
from archive.stores.protocol import Lock, Version
from archive.stores.refusals import locked, missing, refuse_damaged, weaker

# Kept beside the objects by the command line; one part is no key, so it is never taken for an object.
REGISTER = "register.sqlite"

_PARTIALS = ".partial"
_BESIDE = frozenset({"up", "outbox"})
"""What `tidewaiter up` and `make demo` keep in the folder that commands take by default."""


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class LocalStore:
    """An `ObjectStore` in `root`, which is made where it is missing.

    A new object is written to a hidden file, flushed, and linked to its name, which fails where the name is taken: a
    reader or a listing sees the whole object or none, whenever the writer dies. Works on file systems with hard links.
    """

    def __init__(
        self, root: Path, *, file_names: FileNames | None = None, clock: Callable[[], dt.datetime] = _now
    ) -> None:
        """Open or begin the archive in `root`; `file_names` overrides what the file system asks for when beginning.

        `clock` tells which locks are past, in any zone.

        Raises:
            NotAnArchive: `root` is no folder, or holds something else.
            StoreError: it cannot be made or read.
        """
        self.root = root.absolute()
        self._clock = clock
        with mapping(str(self.root)):
            self._refuse_other_things()
            (self.root / _PARTIALS).mkdir(parents=True, exist_ok=True)
            self._partials = Partials(self.root / _PARTIALS)
            self._partials.sweep()
            self._locks = LocalLocks(self.root, self._partials)
            self._style = self._agreed_style(file_names)

    def put_new(
        self, key: str, content: bytes | Path, *, media_type: str, sha256: str | None = None, lock: Lock | None = None
    ) -> bool:
        del media_type  # A folder has no place for it; intake.json keeps it.
        target = self._path(key)
        with mapping(key):
            if target.is_dir():
                raise durable.in_the_way(target, "the folder of other objects")
            if target.is_file():
                # Its writer may have died before the name reached the disk.
                durable.flush_folder(target.parent)
                return False
            with self._partials.new() as partial:
                durable.write(partial, content, sha256=sha256, key=key)
                durable.make_folder(target.parent)
                return self._publish(partial, target, lock)

    def get(self, key: str) -> bytes:
        with mapping(key):
            return self._path(key).read_bytes()

    def fetch(self, key: str, target: Path, *, sha256: str | None = None) -> None:
        digest = hashlib.sha256()
        with durable.copied(target) as copy:
            for piece in self._pieces(key):
                digest.update(piece)
                copy.write(piece)
            refuse_damaged(key, digest.hexdigest(), told=(sha256, digest_in(key)))

    def link(self, key: str, seconds: int) -> str:
        del seconds
        if not self.exists(key):
            raise missing(key)
        remedy = "copy the object with `tidewaiter fetch`, or keep the archive in a bucket (TIDEWAITER_STORE=s3)"
        raise NoLinks("a folder gives out no links", key, remedy=remedy)

    def exists(self, key: str) -> bool:
        with mapping(key):
            return self._path(key).is_file()

    def list(self, prefix: str) -> Iterator[str]:
        with mapping(prefix or str(self.root)):
            yield from self._below((), prefix)

    def lock(self, key: str, lock: Lock) -> None:
        with self._kept(key) as (target, keeping):
            if not lock.covers(keeping.lock):
                raise weaker(lock, keeping.lock, key)
            if lock != keeping.lock:
                self._locks.write(target, replace(keeping, lock=lock))

    def lock_of(self, key: str) -> Lock | None:
        with self._kept(key) as (_, keeping):
            return keeping.lock

    def hold(self, key: str, *, on: bool) -> None:
        with self._kept(key) as (target, keeping):
            if on != keeping.held:
                self._locks.write(target, replace(keeping, held=on))

    def is_held(self, key: str) -> bool:
        with self._kept(key) as (_, keeping):
            return keeping.held

    def remove(self, key: str) -> None:
        with self._kept(key) as (target, keeping):
            if keeping.binds(self._clock()):
                raise locked(key, lock=keeping.lock, held=keeping.held)
            durable.remove(target)
            self._locks.forget(target)

    def versions(self, prefix: str) -> Iterator[Version]:
        """One of each key: a folder keeps no earlier ones. The id changes when the file is replaced or written to."""
        for key in self.list(prefix):
            if (version := self._version(key)) is not None:
                yield version

    def _version(self, key: str) -> Version | None:
        """None where it was removed since it was listed."""
        with mapping(key):
            try:
                told = self._path(key).stat()
            except FileNotFoundError:
                return None
        modified = dt.datetime.fromtimestamp(told.st_mtime, dt.UTC)
        number = f"{told.st_ino}-{told.st_ctime_ns}"
        return Version(key, number, digest_in(key), told.st_size, modified, is_latest=True)

    @contextmanager
    def _kept(self, key: str) -> Iterator[tuple[Path, Keeping]]:
        """The object's file and what keeps it, while nobody else changes that."""
        target = self._path(key)
        with mapping(key), self._locks.alone():
            if not target.is_file():
                raise missing(key)
            yield target, self._locks.read(target)

    def _pieces(self, key: str) -> Iterator[bytes]:
        with mapping(key):
            file = self._path(key).open("rb")
        with file:
            while piece := self._piece(file, key):
                yield piece

    def _piece(self, file: BinaryIO, key: str) -> bytes:
        with mapping(key):
            return file.read(PIECE)

    def _publish(self, partial: Partial, target: Path, lock: Lock | None) -> bool:
        if lock is None:
            return durable.publish(partial, target)
        with self._locks.alone():
            if target.is_file():
                return False
            # First the lock: a writer killed in between leaves one on nothing, never an object without it.
            self._locks.write(target, Keeping(lock))
            return durable.publish(partial, target)

    def _below(self, folder: tuple[str, ...], prefix: str) -> Iterator[str]:
        for entry in self._entries(folder):
            path = (*folder, part_of(entry.name, self._style))
            key = "/".join(path)
            if entry.is_dir():
                if f"{key}/".startswith(prefix) or prefix.startswith(f"{key}/"):
                    yield from self._below(path, prefix)
            elif folder and key.startswith(prefix):
                yield key

    def _entries(self, folder: tuple[str, ...]) -> Sequence[os.DirEntry[str]]:
        with os.scandir(self._folder(folder)) as entries:
            visible = [entry for entry in entries if not entry.name.startswith(".")]
        return sorted(visible, key=lambda entry: part_of(entry.name, self._style))

    def _folder(self, parts: tuple[str, ...]) -> Path:
        return self.root.joinpath(*(file_name(part, self._style) for part in parts))

    def _path(self, key: str) -> Path:
        return self._folder(tuple(checked(key).split("/")))

    def _refuse_other_things(self) -> None:
        if not self.root.exists() or (self.root / MARKER).is_file():
            return
        if not self.root.is_dir():
            raise NotAnArchive("is a file", str(self.root), remedy="give a folder for the archive")
        known = {MARKER, *AREAS, *_BESIDE}
        for name in (path.name for path in self.root.iterdir()):
            if name not in known and not name.startswith((".", REGISTER, ACCOUNTS)):
                what = f"holds {name!r} and is no archive"
                raise NotAnArchive(what, str(self.root), remedy="give an empty folder, a new one, or an archive")

    def _agreed_style(self, wanted: FileNames | None) -> FileNames:
        """The style in the marker, which the first process to open the folder writes and all others follow."""
        marker = self.root / MARKER
        if not marker.is_file():
            style = wanted or self._fitting_style()
            told = json.dumps({"archive": "tidewaiter", "layout": 1, "file_names": style}).encode()
            with self._partials.new() as partial:
                durable.write(partial, told, sha256=None, key=MARKER)
                durable.publish(partial, marker)
        return _style_of(marker)

    def _fitting_style(self) -> FileNames:
        return "folded" if (self.root / _PARTIALS.upper()).exists() else "plain"


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
