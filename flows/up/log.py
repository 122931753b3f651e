"""One log for the whole stack: each line with its time and who wrote it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from threading import Thread

_BYTES, _KEPT = 16 * 1024 * 1024, 3
_NAME = "tidewaiter.up"


@contextmanager
def log_in(path: Path) -> Iterator[logging.Logger]:
    """A logger into this file alone; the file is turned over at 16 MB, and three old ones are kept."""
    log = logging.getLogger(_NAME)
    handler = RotatingFileHandler(path, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", errors="replace")
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s | %(message)s"))
    log.setLevel(logging.INFO)
    log.propagate = False
    log.addHandler(handler)
    try:
        yield log
    finally:
        log.removeHandler(handler)
        handler.close()


def pumped(lines: Iterable[bytes], log: logging.Logger) -> Thread:
    """A running thread that takes every line into the log until there is none to come."""
    thread = Thread(target=_pump, args=(lines, log), daemon=True)
    thread.start()
    return thread


def _pump(lines: Iterable[bytes], log: logging.Logger) -> None:
    for line in lines:
        log.info("%s", line.decode(errors="replace").rstrip())
