"""One log for the whole stack: each line with its time and who wrote it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from threading import Thread
from typing import IO, Final

from typing_extensions import override

_BYTES, _KEPT = 16 * 1024 * 1024, 3
_LAST_LINES: Final = 5
_NAME = "tidewaiter.up"


class _Log(RotatingFileHandler):
    """A line that finds no room on a full disk is lost, without a trace of it on the terminal."""

    @override
    def handleError(self, record: logging.LogRecord) -> None:
        """What keeps the servers from working tells of itself."""


@contextmanager
def log_in(path: Path) -> Iterator[logging.Logger]:
    """A logger into this file alone; the file is turned over at 16 MB, and three old ones are kept."""
    log = logging.getLogger(_NAME)
    handler = _Log(path, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", errors="replace")
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s | %(message)s"))
    log.setLevel(logging.INFO)
    log.propagate = False
    log.addHandler(handler)
    try:
        yield log
    finally:
        log.removeHandler(handler)
        handler.close()


Lines = Callable[[str], str | None]
"""What may be told of a line that a process wrote, None where nothing may."""


def whole(line: str) -> str:
    """For a process that may be quoted."""
    return line


def pumped(stream: IO[bytes], last_lines: list[str], log: logging.Logger, lines: Lines = whole) -> Thread:
    """A running thread that takes what may be told into the log until nothing is to come, and keeps the last lines."""
    thread = Thread(target=_pump, args=(stream, last_lines, log, lines), daemon=True)
    thread.start()
    return thread


def _pump(stream: IO[bytes], last_lines: list[str], log: logging.Logger, lines: Lines) -> None:
    with stream:
        for line in stream:
            text = lines(line.decode(errors="replace").rstrip())
            if text is None:
                continue
            last_lines.append(text)
            del last_lines[:-_LAST_LINES]
            log.info("%s", text)
