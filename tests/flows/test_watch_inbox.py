"""The flow over one look, with a real server, as a schedule of Prefect would start it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

LOOK = "import json; from flows.watch_inbox import watch_inbox; print(json.dumps(watch_inbox()))"
# The look itself needs no server: only the runs that it starts do.
ALONE = """
from flows.inbox.rules import Watcher
from flows.settings import load_settings
from flows.watch_inbox import look
from flows.workshop import open_exchange, open_workshop

with open_workshop(load_settings()) as workshop:
    [one] = look(workshop, open_exchange(workshop.settings), Watcher()).put_off
print(one.why)
"""


def _look(folder: Path, prefect: Mapping[str, str], **changed: str) -> dict[str, int]:
    places = {"TIDEWAITER_DATA_DIR": str(folder / "data"), "TIDEWAITER_EXCHANGE_DIR": str(folder / "exchange")}
    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        env={**prefect, **places, **changed},
        check=True,
        timeout=240,
        stdout=subprocess.PIPE,
        text=True,
    )
    counts: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return counts


@pytest.fixture(scope="module")
def looked(
    prefect: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory, make_papers: Callable[[Path], Path]
) -> tuple[Path, dict[str, int]]:
    """One shipment marked ready, one not, and what the look returned."""
    folder = tmp_path_factory.mktemp("watched")
    inbox = folder / "exchange" / "inbox" / "acme"
    inbox.mkdir(parents=True)
    (make_papers(inbox / "R-1") / "_READY").touch()
    make_papers(inbox / "R-2")
    return folder, _look(folder, prefect, TIDEWAITER_INBOX_QUIET_SECONDS="3600")


def test_the_flow_tells_how_many_shipments_ended_how(looked: tuple[Path, dict[str, int]]) -> None:
    _, counts = looked
    assert counts == {"held": 1, "put_off": 0, "waiting": 1, "left": 0}


def test_what_was_ready_is_answered_and_what_was_not_still_lies_there(looked: tuple[Path, dict[str, int]]) -> None:
    folder, _ = looked
    exchange = folder / "exchange"
    assert json.loads((exchange / "outbox/acme/R-1/1/findings.json").read_text())["status"] == "held"
    assert not (exchange / "inbox/acme/R-1").exists()
    assert (exchange / "inbox/acme/R-2/invoice.pdf").exists()


def test_without_its_server_a_shipment_is_put_off_and_stays_in_the_inbox(
    tmp_path: Path, prefect: Mapping[str, str], make_papers: Callable[[Path], Path]
) -> None:
    inbox = tmp_path / "exchange" / "inbox" / "acme"
    inbox.mkdir(parents=True)
    (make_papers(inbox / "R-3") / "_READY").touch()
    places = {"TIDEWAITER_DATA_DIR": str(tmp_path / "data"), "TIDEWAITER_EXCHANGE_DIR": str(tmp_path / "exchange")}
    gone = {**prefect, **places, "PREFECT_API_URL": "http://127.0.0.1:9/api"}
    done = subprocess.run(
        [sys.executable, "-c", ALONE], env=gone, check=True, timeout=240, stdout=subprocess.PIPE, text=True
    )
    assert done.stdout.splitlines()[-1] == "unavailable"
    assert (inbox / "R-3" / "invoice.pdf").exists()
