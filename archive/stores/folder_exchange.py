"""An exchange in a local folder: brokers put files there with whatever copies files."""

from __future__ import annotations

import datetime as dt
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from archive.errors import ContentChanged, KeyInvalid, ObjectMissing, StoreUnavailable
from archive.stores.content import PIECE
from archive.stores.exchange import Entry, EntryKind
from archive.stores.oserrors import mapping
from archive.stores.partials import Partials

_PARTIALS = ".partial"
_AREAS = ("inbox", "outbox", "watch")
# A folder may be removed, empty, by another process between its making and the writing into it.
_FOLDER_RACES = 20


class FolderExchange:
    """An `Exchange` in `root`, which is made where it is missing, with the folders of brokers in `root/inbox`.

    Links are listed and never followed. What counts as a change is the inode's change time: unlike the time of
    modification nobody can set it, and moving a file into place or copying it with its old times renews it.
    """

    def __init__(self, root: Path) -> None:
        """Raises `StoreError` where the folders cannot be made."""
        self.root = root.absolute()
        with mapping(str(self.root)):
            for name in (_PARTIALS, *_AREAS):
                (self.root / name).mkdir(parents=True, exist_ok=True)
            self._partials = Partials(self.root / _PARTIALS)
            self._partials.sweep()

    def entries(self, prefix: str, *, start_after: str | None = None) -> Iterator[Entry]:
        after = tuple(start_after.split("/")) if start_after else ()
        *folder, begins = prefix.split("/")
        with mapping(self._shown(prefix)):
            yield from self._below(tuple(folder), after, begins)

    def fetch(self, entry: Entry, target: Path) -> None:
        path = self._path(entry.key)
        with mapping(self._shown(entry.key)):
            if not self._is_own(path.parent):
                raise _missing(self._shown(entry.key))
            source = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            try:
                self._copied(source, entry, target)
            finally:
                os.close(source)

    def get(self, key: str) -> bytes:
        with mapping(self._shown(key)):
            return self._path(key).read_bytes()

    def put_new(self, key: str, content: bytes, *, media_type: str) -> bool:  # noqa: ARG002 - a folder has no place for media types
        target = self._path(key)
        with mapping(self._shown(key)), self._partials.new() as partial:
            os.fchmod(partial.descriptor, 0o640)
            with os.fdopen(partial.descriptor, "wb", closefd=False) as file:
                file.write(content)
            os.fsync(partial.descriptor)
            return self._linked(partial.path, target)

    def remove(self, entry: Entry) -> bool:
        path = self._path(entry.key)
        with mapping(self._shown(entry.key)):
            try:
                if _version(path.lstat()) != entry.version:
                    return False
                path.unlink()
            except FileNotFoundError:
                return True
            self._prune(path.parent)
        return True

    def _below(self, folder: tuple[str, ...], after: tuple[str, ...], begins: str = "") -> Iterator[Entry]:
        for name in (one for one in self._names(folder) if one.startswith(begins)):
            parts = (*folder, name)
            path = self.root.joinpath(*parts)
            try:
                status = path.lstat()
            except FileNotFoundError:
                continue
            if stat.S_ISDIR(status.st_mode):
                yield from () if parts < after[: len(parts)] else self._below(parts, after)
            elif parts > after:
                yield _entry("/".join(parts), status)

    def _names(self, folder: tuple[str, ...]) -> list[str]:
        """What is in it, in order; nothing where it is gone or a file stands there."""
        try:
            return sorted(name for name in os.listdir(self.root.joinpath(*folder)) if folder or name in _AREAS)  # noqa: PTH208 - names that are no text stay as they are
        except (FileNotFoundError, NotADirectoryError):
            return []

    def _copied(self, source: int, entry: Entry, target: Path) -> None:
        if _version(os.fstat(source)) != entry.version:
            raise _changed(self._shown(entry.key))
        with os.fdopen(source, "rb", closefd=False) as file, target.open("wb") as copy:
            while piece := file.read(PIECE):
                copy.write(piece)
        if _version(os.fstat(source)) != entry.version:
            raise _changed(self._shown(entry.key))

    def _linked(self, partial: Path, target: Path) -> bool:
        for _ in range(_FOLDER_RACES):
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(partial, target)
            except FileExistsError:
                return False
            except FileNotFoundError:
                continue
            return True
        raise StoreUnavailable("the folder is removed again and again", str(target.parent), remedy="run again")

    def _prune(self, folder: Path) -> None:
        """Remove folders that became empty, but for those of brokers and the areas themselves."""
        relative = folder.relative_to(self.root).parts
        kept = 2 if relative[0] == "inbox" else 1
        while len(relative) > kept:
            try:
                self.root.joinpath(*relative).rmdir()
            except OSError:
                return
            relative = relative[:-1]

    def _is_own(self, folder: Path) -> bool:
        """Whether links stand only before the root, where the operator set them."""
        inside = folder.relative_to(self.root).parts
        return not any(self.root.joinpath(*inside[:end]).is_symlink() for end in range(1, len(inside) + 1))

    def _path(self, key: str) -> Path:
        parts = key.split("/")
        if parts[0] not in _AREAS or any(part in {"", ".", ".."} or "\0" in part for part in parts):
            raise KeyInvalid("leads nowhere in the exchange", self._shown(key), remedy="name something in its folders")
        return self.root.joinpath(*parts)

    def _shown(self, key: str) -> str:
        return f"{self.root}/{key!r}"


def _version(status: os.stat_result) -> str:
    return f"{status.st_ino}-{status.st_ctime_ns}-{status.st_mtime_ns}-{status.st_size}"


def _entry(key: str, status: os.stat_result) -> Entry:
    changed = dt.datetime.fromtimestamp(status.st_ctime_ns // 1000 / 1_000_000, dt.UTC)
    return Entry(key, status.st_size, changed, _version(status), _kind(status.st_mode))


def _kind(mode: int) -> EntryKind:
    if stat.S_ISREG(mode):
        return "file"
    return "link" if stat.S_ISLNK(mode) else "special"


def _missing(where: str) -> ObjectMissing:
    return ObjectMissing("is behind a link", where, remedy="put the file itself there")


def _changed(where: str) -> ContentChanged:
    return ContentChanged("changed since it was listed", where, remedy="let the sender finish; it is looked at again")
