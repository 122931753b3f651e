"""Files on their way into the store: locked while someone writes them, so that a killed writer's can be told apart."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Partial:
    """An open, locked, unpublished file."""

    descriptor: int
    path: Path


class Partials:
    """The folder of unpublished files, in the same file system as the objects, out of sight of every listing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def new(self) -> Iterator[Partial]:
        """A new file, gone again at the end unless it was linked elsewhere. Raises OSError."""
        partial = self._locked()
        try:
            yield partial
        finally:
            partial.path.unlink(missing_ok=True)
            os.close(partial.descriptor)

    def sweep(self) -> None:
        """Remove what killed writers left behind; what someone still writes is locked and stays. Raises OSError."""
        for path in self._folder.iterdir():
            try:
                descriptor = os.open(path, os.O_RDONLY)
            except FileNotFoundError:
                continue
            try:
                _remove_if_unlocked(descriptor, path)
            finally:
                os.close(descriptor)

    def _locked(self) -> Partial:
        while True:
            descriptor, name = tempfile.mkstemp(dir=self._folder)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if os.fstat(descriptor).st_nlink:
                return Partial(descriptor, Path(name))
            # A sweep took the file between its making and its locking.
            os.close(descriptor)


def _remove_if_unlocked(descriptor: int, path: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    path.unlink(missing_ok=True)
