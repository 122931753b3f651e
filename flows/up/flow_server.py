"""The embedded Prefect server: on SQLite, told to nobody, with the settings under which it keeps up on one machine."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final

from flows import KEPT_QUIET
from flows.up.children import Program
from flows.up.ports import HOST

START_SECONDS: Final = 180.0
_PATIENCE: Final = 10.0
_BATCHES: Final = {
    # One transaction for many events: with the defaults a server on SQLite answers 503 while it writes them.
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "50",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "500",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "50",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_FLUSH_INTERVAL": "5",
    # Held slots outlive a restart of the server, and run out where their holder was killed.
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(30 * 24 * 3600),
}


def client_environment(home: Path, port: int) -> dict[str, str]:
    """What a process needs to reach the server, and to keep what it keeps under `home`."""
    return {
        **KEPT_QUIET,
        "PREFECT_HOME": str(home),
        "PREFECT_PROFILES_PATH": str(home / "profiles.toml"),
        "PREFECT_API_URL": f"http://{HOST}:{port}/api",
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",  # The least it takes.
        "PREFECT_API_LOG_RETRYABLE_ERRORS": "true",
    }


def flow_server(home: Path, port: int, environment: Mapping[str, str]) -> Program:
    """Started without Prefect's own command line, which would put a process between it and us."""
    command = [
        sys.executable, "-m", "uvicorn", "--factory", "prefect.server.api.server:create_app",
        "--host", HOST, "--port", str(port), "--timeout-keep-alive", "5", "--log-level", "warning",
    ]  # fmt: skip
    return Program("prefect", command, {**environment, **client_environment(home, port), **_BATCHES}, home, _PATIENCE)


def answers(port: int) -> bool:
    """Whether the server there says that it is well."""
    connection = HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/api/health")
        return connection.getresponse().status == 200  # noqa: PLR2004 - OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
