"""The flow of a decision, with a real server: a run of its own that reads nothing, told by keys alone."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from flows import steps
from flows.plain import clear
from flows.settings import Settings
from flows.workshop import open_workshop

pytestmark = pytest.mark.slow

DAY = dt.date(2026, 4, 1)
COMMAND = "from desk.cli import main; main()"


def _asked(prefect: Mapping[str, str], what: str) -> list[dict[str, Any]]:
    address = urlsplit(prefect["PREFECT_API_URL"])
    connection = HTTPConnection(address.hostname or "", address.port, timeout=30)
    connection.request("POST", f"/api/{what}/filter", body="{}", headers={"Content-Type": "application/json"})
    answer: list[dict[str, Any]] = json.loads(connection.getresponse().read())
    connection.close()
    return answer


def _decided(data: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    arguments = ["decide", "D-1", "1", "request", "--reason", "send it again", "--json"]
    return subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments],
        env={**environment, "TIDEWAITER_DATA_DIR": str(data), "TIDEWAITER_LOG_LEVEL": "info"},
        check=False,
        timeout=240,
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def cleared(tmp_path_factory: pytest.TempPathFactory, make_papers: Callable[[Path], Path]) -> Path:
    """The archive of one shipment that is held."""
    folder = tmp_path_factory.mktemp("decided")
    with open_workshop(Settings(data_dir=folder / "data")) as workshop:
        clear(make_papers(folder / "papers"), workshop, as_of=DAY, reference="D-1", on_page=steps.unseen)
    return folder / "data"


@pytest.fixture(scope="module")
def ran(prefect: Mapping[str, str], cleared: Path) -> subprocess.CompletedProcess[str]:
    return _decided(cleared, prefect)


def _runs(prefect: Mapping[str, str]) -> list[dict[str, Any]]:
    return [run for run in _asked(prefect, "flow_runs") if run["name"] == "decide local/D-1 #2"]


def test_the_command_prints_what_the_run_stored(ran: subprocess.CompletedProcess[str], cleared: Path) -> None:
    assert ran.returncode == 10, ran.stderr
    printed = json.loads(ran.stdout)
    assert printed == json.loads((cleared / "shipments/local/D-1/2/result.json").read_text())
    assert printed["findings"][0]["decision"]["action"] == "request"


@pytest.mark.usefixtures("ran")
def test_prefect_is_told_the_keys_of_the_revision_and_neither_reason_nor_name(prefect: Mapping[str, str]) -> None:
    [run] = _runs(prefect)
    assert run["parameters"] == {"broker": "local", "reference": "D-1", "revision": 2}
    assert run["state_type"] == "COMPLETED"
    assert set(run["tags"]) == {"broker:local", "status:held"}
    [summary] = [one for one in _asked(prefect, "artifacts") if one["flow_run_id"] == run["id"]]
    assert "# held: revision 2" in summary["data"]
    for secret in ("send it again", "Harbour"):
        assert secret not in json.dumps([run, summary])


def test_every_step_of_the_run_is_logged(ran: subprocess.CompletedProcess[str]) -> None:
    lines = [json.loads(line) for line in ran.stderr.splitlines() if line.startswith("{")]
    assert [line["event"] for line in lines if line.get("revision") == 2] == [
        "open_intake", "read_papers", "join", "settle", "claim_invoices", "compare_duty", "declare", "conclude", "file",
    ]  # fmt: skip


def test_told_again_it_runs_nothing_again(
    ran: subprocess.CompletedProcess[str], prefect: Mapping[str, str], cleared: Path
) -> None:
    again = _decided(cleared, prefect)
    assert json.loads(again.stdout) == json.loads(ran.stdout)
    assert len(_runs(prefect)) == 1


def test_without_its_server_the_decision_is_recorded_and_a_plain_run_takes_it_up(
    prefect: Mapping[str, str], tmp_path: Path, make_papers: Callable[[Path], Path]
) -> None:
    with open_workshop(Settings(data_dir=tmp_path / "data")) as workshop:
        clear(make_papers(tmp_path / "papers"), workshop, as_of=DAY, reference="D-1", on_page=steps.unseen)
    gone = {**prefect, "PREFECT_API_URL": "http://127.0.0.1:9/api"}
    told = _decided(tmp_path / "data", gone)
    assert told.returncode == 70
    for says in ("the Prefect server does not answer", "The decision is recorded"):
        assert says in " ".join(told.stderr.split())
    plain = {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"}
    assert json.loads(_decided(tmp_path / "data", plain).stdout)["revision"] == 2
