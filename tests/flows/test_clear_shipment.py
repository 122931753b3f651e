from __future__ import annotations

import datetime as dt
import json
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
from flows.runs import lane_of
from flows.settings import Settings
from flows.workshop import open_workshop
from schemas.results import Intake, ShipmentResult
from tests.waiting import contents_below, wait_until

DAY = dt.date(2026, 4, 1)
WRITTEN = 60
"""Seconds at most: the server writes what it is told in batches."""
RUN = "import asyncio, sys; from flows.clear_shipment import clear_shipment; "
RUN += "print(asyncio.run(clear_shipment(sys.argv[1], sys.argv[2], int(sys.argv[3]))))"


def _begun(papers: Path, data: Path) -> Intake:
    """Originals archived and a revision claimed, as whoever starts the flow does it."""
    with open_workshop(Settings(data_dir=data)) as workshop:
        return workshop.archive.begin(steps.submit(papers, workshop, reference="R-1", as_of=DAY))


def _plain(papers: Path, data: Path) -> ShipmentResult:
    with open_workshop(Settings(data_dir=data)) as workshop:
        return clear(papers, workshop, as_of=DAY, reference="R-1", on_page=steps.unseen)


def _stored(data: Path) -> Mapping[str, bytes]:
    """All that is stored but what holds times: registers, locks, the journal, and the intake with that of receipt."""
    files = {path.relative_to(data): path for path in data.rglob("*") if path.is_file()}
    timed = ("register", ".locks", "journal")
    return {
        str(name): path.read_bytes()
        for name, path in files.items()
        if name.name != "intake.json" and not str(name).startswith(timed)
    }


def _asked(
    prefect: Mapping[str, str], what: str, wanted: Mapping[str, object] | None = None, *, inside: str | None = None
) -> list[dict[str, Any]]:
    address = urlsplit(prefect["PREFECT_API_URL"])
    connection = HTTPConnection(address.hostname or "", address.port, timeout=30)
    body = json.dumps(wanted or {})
    connection.request("POST", f"/api/{what}/filter", body=body, headers={"Content-Type": "application/json"})
    answer = json.loads(connection.getresponse().read())
    connection.close()
    return list(answer[inside] if inside else answer)


def _runs(prefect: Mapping[str, str]) -> list[dict[str, Any]]:
    """Other tests have runs on the same server."""
    return [run for run in _asked(prefect, "flow_runs") if run["name"] == "clear local/R-1 #1"]


def _steps(prefect: Mapping[str, str], run: object) -> set[str]:
    ours = (one for one in _asked(prefect, "task_runs") if one["flow_run_id"] == run)
    return {str(one["name"]).rsplit("-", 1)[0] for one in ours}


def _events(prefect: Mapping[str, str]) -> list[dict[str, Any]]:
    """Of our own kind, and about this shipment; they come some seconds after the run."""
    told = {"filter": {"event": {"prefix": ["tidewaiter."]}, "resource": {"id": ["tidewaiter.shipment.local.R-1"]}}}
    return _asked(prefect, "events", told, inside="events")


@pytest.fixture(scope="module")
def ran(
    prefect: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory, make_papers: Callable[[Path], Path]
) -> Path:
    """A folder with two archives of the same papers: `flow`, cleared by a run of the flow, and `plain`."""
    folder = tmp_path_factory.mktemp("cleared")
    papers = make_papers(folder / "papers")
    intake = _begun(papers, folder / "flow")
    subprocess.run(
        [sys.executable, "-c", RUN, intake.broker, intake.reference, str(intake.revision)],
        env={**prefect, "TIDEWAITER_DATA_DIR": str(folder / "flow")},
        check=True,
        timeout=240,
    )
    _plain(papers, folder / "plain")
    return folder


def test_the_flow_stores_what_the_plain_steps_store(ran: Path) -> None:
    stored = _stored(ran / "flow")
    assert "shipments/local/R-1/1/result.json" in stored
    assert stored == _stored(ran / "plain")


def test_clearing_plainly_what_the_flow_has_cleared_gives_its_result(ran: Path) -> None:
    before = _stored(ran / "flow")
    assert _plain(ran / "papers", ran / "flow") == _plain(ran / "papers", ran / "plain")
    assert _stored(ran / "flow") == before


@pytest.mark.usefixtures("ran")
def test_the_server_sees_each_step_and_nothing_of_the_papers(prefect: Mapping[str, str]) -> None:
    [run] = [run for run in _asked(prefect, "flow_runs") if run["name"] == "clear local/R-1 #1"]
    assert run["state_type"] == "COMPLETED"
    assert run["parameters"] == {"broker": "local", "reference": "R-1", "revision": 1}
    expected = {"open_intake", "read_papers", "join", "check", "declare"}
    wait_until(lambda: _steps(prefect, run["id"]) == expected, seconds=WRITTEN)
    told = b"".join(contents_below(Path(prefect["PREFECT_HOME"])).values())
    assert b"clear local/R-1 #1" in told
    for secret in (b"Harbour Lamp", b"TW-2291", b"1,250.00", b"1250.00", b"invoice.pdf"):
        assert secret not in told


@pytest.mark.usefixtures("ran")
def test_an_operator_sees_how_the_run_ended_by_its_tags_its_summary_and_an_event(prefect: Mapping[str, str]) -> None:
    [run] = _runs(prefect)
    assert set(run["tags"]) == {"broker:local", "status:held"}
    [summary] = [one for one in _asked(prefect, "artifacts") if one["flow_run_id"] == run["id"]]
    assert "# held: revision 1" in summary["data"]
    assert "| document_missing | error | 1 |" in summary["data"]
    wait_until(lambda: bool(_events(prefect)), seconds=WRITTEN)
    [event] = _events(prefect)
    assert event["event"] == "tidewaiter.shipment.held"
    assert event["payload"]["revision"] == 1
    assert "document_missing" in event["payload"]["codes"]


@pytest.mark.usefixtures("ran")
def test_no_slot_is_held_after_the_run(prefect: Mapping[str, str]) -> None:
    [lane] = [one for one in _asked(prefect, "v2/concurrency_limits") if one["name"] == lane_of("local", "R-1")]
    assert (lane["limit"], lane["active_slots"]) == (1, 0)
