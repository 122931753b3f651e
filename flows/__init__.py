"""What runs when: thin flows round plain steps, and the one place that joins the rooms."""

from __future__ import annotations

import os
from typing import Final

KEPT_QUIET: Final = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
}
"""Prefect tells its makers who uses it from its first import on, and reads these only then; without the last one a
client that has lost its server would start one of its own."""

os.environ.update(KEPT_QUIET)
