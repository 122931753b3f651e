"""What every test stands on: no setting of the person at this machine leaks in, and nothing goes out to the network."""

from __future__ import annotations

import os
import sys

pytest_plugins = ("tests.servers",)

for _name in [name for name in os.environ if name.startswith("TIDEWAITER_")]:
    del os.environ[_name]
os.environ.update(
    OMP_THREAD_LIMIT="1",
    DO_NOT_TRACK="1",
    PREFECT_SERVER_ANALYTICS_ENABLED="false",
    PREFECT_SERVER_ALLOW_EPHEMERAL_MODE="false",
    AWS_EC2_METADATA_DISABLED="true",
)

_HERE = ("127.", "::1", "localhost", "0.0.0.0", "::")  # noqa: S104 - looked for, not bound to


def _stay_at_home(event: str, arguments: tuple[object, ...]) -> None:
    """Refuses every look-up and connection that would leave this machine: the tests run offline, by proof."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    name = host.decode() if isinstance(host, bytes) else host
    if isinstance(name, str) and not name.startswith(_HERE):
        raise ConnectionRefusedError(f"a test reached for {name}")


sys.addaudithook(_stay_at_home)
