"""Waiting for what another process or thread does: by looking, with an end."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

_POLL: Final = 0.1


def wait_until(is_so: Callable[[], bool], *, seconds: float, process: subprocess.Popen[bytes] | None = None) -> None:
    """Raises `TimeoutError` when it is not so in time, or when the process has ended."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end or (process is not None and process.poll() is not None):
            raise TimeoutError(f"not within {seconds} seconds, or ended before")
        time.sleep(_POLL)


def files_below(folder: Path) -> list[Path]:
    """Every file there now; what is removed meanwhile is left out, where `Path.rglob` would raise."""
    return [Path(inside, name) for inside, _, names in os.walk(folder) for name in names]


def contents_below(folder: Path) -> dict[Path, bytes]:
    """Likewise with what they hold: of a database that is written to, the journal comes and goes."""
    found = {}
    for path in files_below(folder):
        with suppress(FileNotFoundError):
            found[path] = path.read_bytes()
    return found
