"""For a run against an installed wheel (`make test-wheel`): fails where a room came from anywhere else.

Asked for by `-p tests.installed`. It looks when everything has run: what a test imported late counts too. What needs a
server is left out: it would try the server once more, and the same modules.
"""

from __future__ import annotations

import re
import sys
import sysconfig
from pathlib import Path
from typing import Final

import pytest

ROOMS: Final = ("schemas", "extractors", "validators", "declarations", "archive", "flows", "desk")
SERVERS: Final = {"s3", "bucket", "s3_server", "postgresql", "postgres_server", "prefect"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = {item for item in items if isinstance(item, pytest.Function) and _needs_a_server(item)}
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]


def _needs_a_server(test: pytest.Function) -> bool:
    """As a fixture, or as one of the parameters in its name."""
    return not SERVERS.isdisjoint((*test.fixturenames, *re.split(r"[][-]", test.name)))


def _imported() -> dict[str, Path]:
    """Every module of ours that this process has, and the file it came from."""
    ours = ((name, module) for name, module in sys.modules.copy().items() if name.partition(".")[0] in ROOMS)
    return {name: Path(module.__file__) for name, module in ours if module.__file__}


def _wrong() -> list[str]:
    imported, place = _imported(), Path(sysconfig.get_path("purelib"))
    foreign = [f"{name} came from {path}" for name, path in imported.items() if not path.is_relative_to(place)]
    return foreign + [f"{room} was not imported by any test" for room in ROOMS if room not in imported]


def pytest_sessionfinish(session: pytest.Session) -> None:
    if session.exitstatus == pytest.ExitCode.OK and _wrong():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in _wrong():
        terminalreporter.write_line(f"not the wheel alone: {line}", red=True)
    place = sysconfig.get_path("purelib")
    place = sysconfig.get_path("purelib")
    terminalreporter.write_line(f"{len(_imported())} modules of the rooms were imported, and the wheel is in {place}")
