"""The process that has the archive looked after every night: `python -m flows.up.nightly`.

Prefect keeps the schedule, so that its page shows it and a person can start a round by hand; each run is a process of
its own. What was missed while the machine was off is made up for at the next start.
"""

from __future__ import annotations

import logging
import sys
from functools import partial
from typing import Final

from prefect import serve
from prefect.deployments.runner import RunnerDeployment
from prefect.types.entrypoint import EntrypointType

from flows.audit_archive import audit_archive
from flows.logs import start_logging
from flows.prefect_endpoint import protected_server
from flows.retention import retention
from flows.settings import load_settings

NAME: Final = "nightly"
_RETENTION, _AUDIT = "30 1 * * *", "0 2 * * *"
"""UTC. Locks first: the audit finds those that are too short."""


def deployments() -> tuple[RunnerDeployment, ...]:
    """Named by module: a flow that Prefect loads from a file is another one."""
    made = partial(
        RunnerDeployment.from_flow, name=NAME, entrypoint_type=EntrypointType.MODULE_PATH, concurrency_limit=1
    )
    return made(retention, cron=_RETENTION), made(audit_archive, cron=_AUDIT)


def main() -> int:
    """Runs until it is stopped."""
    settings = load_settings()
    logging.getLogger().setLevel(logging.WARNING)
    start_logging(settings, unless_set="info")
    protected_server(settings)
    serve(*deployments(), pause_on_shutdown=False, print_starting_message=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
