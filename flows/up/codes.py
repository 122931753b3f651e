"""How the worker ends, as the command line tells it: the same codes as those of `tidewaiter clear`."""

from __future__ import annotations

from typing import Final

EXIT_CODES: Final = {"clear": 0, "held": 10, "rejected": 20}
OUR_ERROR: Final = 70
INTERRUPTED: Final = 130
