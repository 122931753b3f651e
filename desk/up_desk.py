"""The desk as a process of `tidewaiter up`: `python -m desk.up_desk`. What it writes goes into the log of the stack.

It makes no user: a one-time password belongs on a terminal, and what stands in a log is read by others.
"""

from __future__ import annotations

import logging
import signal
import sys
from contextlib import suppress

from archive.errors import ArchiveError
from desk.running import OUR_ERROR
from desk.web.serving import open_hall, serve
from flows.errors import ClearingError
from flows.logs import start_logging
from flows.settings import load_settings


def main() -> int:
    """Serves until it is stopped; tells in one line what keeps it from that."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # The reading processes are ended with us.
    logging.getLogger().setLevel(logging.WARNING)
    try:
        settings = load_settings()
        start_logging(settings, unless_set="info")
        with suppress(KeyboardInterrupt), open_hall(settings) as hall:
            serve(hall, _log_line)
    except (ClearingError, ArchiveError) as error:
        _log_line(str(error))
        return OUR_ERROR
    return 0


def _log_line(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
