from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from flows import steps
from flows.plain import clear
from flows.settings import Settings
from flows.workshop import open_workshop
from schemas.results import Intake, ShipmentResult

DAY = dt.date(2026, 4, 1)
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
    """All that is stored, without the register and without the intake, which holds the time of receipt."""
    files = [path for path in data.rglob("*") if path.is_file() and "register" not in path.name]
    return {str(path.relative_to(data)): path.read_bytes() for path in files if path.name != "intake.json"}


def _asked(prefect: Mapping[str, str], what: str) -> list[dict[str, object]]:
    address = urlsplit(prefect["PREFECT_API_URL"])
    connection = HTTPConnection(address.hostname or "", address.port, timeout=30)
    connection.request("POST", f"/api/{what}/filter", body="{}", headers={"Content-Type": "application/json"})
    answer: list[dict[str, object]] = json.loads(connection.getresponse().read())
    connection.close()
    return answer


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
    expected = {
        "open_intake", "read_papers", "join", "settle", "claim_invoices", "compare_duty", "declare", "conclude", "file",
    }  # fmt: skip
    end = time.monotonic() + 60
    while (seen := {str(one["name"]).rsplit("-", 1)[0] for one in _asked(prefect, "task_runs")}) != expected:
        assert time.monotonic() < end, seen
        time.sleep(0.5)
    told = b"".join(path.read_bytes() for path in Path(prefect["PREFECT_HOME"]).rglob("*") if path.is_file())
    assert b"clear local/R-1 #1" in told
    for secret in (b"Harbour Lamp", b"TW-2291", b"1,250.00", b"1250.00", b"invoice.pdf"):
        assert secret not in told
