"""Waiting for what another process or thread does: by looking, with an end."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from typing import Final

_POLL: Final = 0.1


def wait_until(is_so: Callable[[], bool], *, seconds: float, process: subprocess.Popen[bytes] | None = None) -> None:
    """Raises `TimeoutError` when it is not so in time, or when the process has ended."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end or (process is not None and process.poll() is not None):
            raise TimeoutError(f"not within {seconds} seconds, or ended before")
        time.sleep(_POLL)
