"""Drawn pages on disk, the least wanted given up first: a picture is a matter of the paper alone and can be redrawn."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desk.web.hall import Hall

_SUFFIX = ".webp"


@dataclass(frozen=True, slots=True)
class PictureCache:
    """Holds at most `most_bytes` in the folder, whatever process put them there."""

    folder: Path
    most_bytes: int

    def get(self, name: str) -> bytes | None:
        """The picture of that name, which counts as wanted from now on; None where there is none."""
        path = self._path(name)
        with suppress(OSError):
            content = path.read_bytes()
            os.utime(path)
            return content
        return None

    def put(self, name: str, content: bytes) -> None:
        """Keeps the picture; a disk that is full costs the next reader time, nobody the page."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".part", delete=False) as part:
                part.write(content)
            Path(part.name).replace(self._path(name))
            self._make_room()

    def _make_room(self) -> None:
        kept = sorted(
            ((path.stat(), path) for path in self.folder.glob(f"*{_SUFFIX}")), key=lambda one: one[0].st_mtime
        )
        over = sum(stat.st_size for stat, _ in kept) - self.most_bytes
        for stat, path in kept:
            if over <= 0:
                return
            path.unlink(missing_ok=True)
            over -= stat.st_size

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}{_SUFFIX}"


def picture_version(hall: Hall) -> str:
    """Pages may be turned otherwise under other rules of reading: part of a picture's address and name."""
    return hashlib.sha256(hall.workshop.readings.rules.encode()).hexdigest()[:8]
