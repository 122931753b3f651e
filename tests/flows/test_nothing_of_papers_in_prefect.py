"""What a real server keeps of real runs: keys, counts and codes, and nothing that stands on the papers."""

from __future__ import annotations

import datetime as dt
import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from flows import steps
from flows.settings import Settings
from flows.workshop import open_workshop
from schemas.results import ShipmentResult
from tests.waiting import contents_below, wait_until

pytestmark = pytest.mark.slow

SAMPLE = Path(__file__).parents[2] / "sample_docs" / "shipments" / "S10"
DAY = dt.date(2026, 8, 3)
# A day of a paper may be the day of a test; short numbers are on every page of a log.
_A_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# The first revision is cleared; in the second a step fails with a message that quotes its paper.
RUNS = """
import asyncio, sys
from flows import clear_shipment as flow

def join(intake, readings, workshop):
    raise ValueError(" ".join(word.text for word in readings[0].pages[0].words))

asyncio.run(flow.clear_shipment("harbour", "R-10", 1))
flow.join = flow._step(join)
try:
    asyncio.run(flow.clear_shipment("harbour", "R-10", 2))
except Exception as error:
    print(type(error).__name__)
"""

REASON = "Harbourmaster says 4,711.00 was agreed"
# The decision is told by the command, and its run makes the third revision.
DECIDE = ["-c", "from desk.cli import main; main()", "decide", "R-10", "1", "request", "--reason", REASON]


@pytest.fixture(scope="module")
def ran(prefect: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive after both runs and a decision; what the runs printed is in `printed`, with the log at its finest."""
    data = tmp_path_factory.mktemp("told")
    with open_workshop(Settings(data_dir=data, broker="harbour")) as workshop:
        for day in (DAY, DAY + dt.timedelta(days=1)):
            workshop.archive.begin(steps.submit(SAMPLE, workshop, reference="R-10", as_of=day))
    environment = {**prefect, "TIDEWAITER_DATA_DIR": str(data), "TIDEWAITER_BROKER": "harbour"}
    command = [sys.executable, "-c", RUNS]
    done = subprocess.run(
        command, env=environment, check=True, timeout=240, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    decided = subprocess.run(
        [sys.executable, *DECIDE],
        env=environment,
        check=False,
        timeout=240,
        capture_output=True,
    )
    assert decided.returncode == 10, decided.stderr.decode()
    (data / "printed").write_bytes(decided.stderr + done.stdout)
    return data


@pytest.fixture(scope="module")
def secrets(ran: Path) -> frozenset[str]:
    """What the papers say: parties, descriptions, numbers and amounts, as read, and the names of their files."""
    stored = (ran / "shipments/harbour/R-10/1/result.json").read_bytes()
    result = ShipmentResult.model_validate_json(stored)
    read = {text for document in result.documents for text in _values(json.loads(document.model_dump_json()))}
    files = {part.file for document in result.documents for part in document.parts}
    return frozenset(text for text in read | files if len(text) > 5 and not _A_DAY.fullmatch(text))


def _values(told: object) -> Iterator[str]:
    """Every text under a `value`, those of parties and other nested values too."""
    match told:
        case {"value": value, **others}:
            yield from _texts(value)
            yield from _values(others)
        case dict():
            for inner in told.values():
                yield from _values(inner)
        case list():
            for inner in told:
                yield from _values(inner)
        case _:
            pass


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from _texts(inner)
        case _:
            pass


def _database(prefect: Mapping[str, str]) -> str:
    """Every cell of every table, as the server sees it now."""
    home = Path(prefect["PREFECT_HOME"])
    connection = sqlite3.connect(f"file:{home / 'prefect.db'}?mode=ro", uri=True, timeout=60)
    connection.text_factory = bytes
    try:
        tables = [
            name.decode() for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        rows = [row for table in tables for row in connection.execute(f'SELECT * FROM "{table}"')]  # noqa: S608 - its own names
    finally:
        connection.close()
    return "\n".join(_cell(cell) for row in rows for cell in row)


def _cell(cell: object) -> str:
    return cell.decode(errors="replace") if isinstance(cell, bytes) else str(cell)


def _found(secrets: frozenset[str], text: str) -> set[str]:
    """Those that stand in the text by themselves: 5.00 is not in 145.003."""
    plain = text.replace("\\n", "\n").replace('\\"', '"')
    named = {json.loads(f'"{one}"') for one in re.findall(r"(?:\\u[0-9a-f]{4})+", plain)}
    whole = plain + "\n".join(named)
    return {one for one in secrets if one in whole and re.search(rf"(?<![\w.]){re.escape(one)}(?![\w])", whole)}


def _told_in_full(prefect: Mapping[str, str]) -> str:
    """The database, once the events of both runs have reached it: they are written in batches."""
    ends = ("prefect.flow-run.Completed", "prefect.flow-run.Failed", "tidewaiter.shipment.held",
            "tidewaiter.shipment.failed", "tidewaiter.shipment.decided")  # fmt: skip
    wait_until(lambda: all(one in text for text in [_database(prefect)] for one in ends), seconds=60)
    return _database(prefect)


def test_the_database_of_the_server_holds_nothing_of_the_papers(
    ran: Path, prefect: Mapping[str, str], secrets: frozenset[str]
) -> None:
    text = _told_in_full(prefect)
    for told in (
        "clear harbour/R-10 #1", "clear harbour/R-10 #2", "decide harbour/R-10 #3", "value_mismatch", "ValueError",
    ):  # fmt: skip
        assert told in text
    assert _found(secrets | {REASON, "4,711.00", "Harbourmaster"}, text) == set()
    assert str(ran) not in text


def test_no_file_that_prefect_keeps_holds_anything_of_the_papers(
    ran: Path, prefect: Mapping[str, str], secrets: frozenset[str]
) -> None:
    _told_in_full(prefect)
    files = contents_below(Path(prefect["PREFECT_HOME"]))
    assert files
    for path, content in {**files, ran / "printed": (ran / "printed").read_bytes()}.items():
        found = _found(secrets | {REASON, "4,711.00"}, content.decode(errors="replace"))
        assert found == set(), path.name
    assert (ran / "printed").read_text().splitlines()[-1] == "StepFailedError"


def test_the_search_finds_them_where_they_are(ran: Path, secrets: frozenset[str]) -> None:
    result = (ran / "shipments/harbour/R-10/1/result.json").read_text()
    assert REASON in (ran / "shipments/harbour/R-10/3/result.json").read_text()
    assert len(secrets) > 50
    assert len(_found(secrets, result)) == len(secrets)
    assert {one for one in secrets if "2207 CI" in one}
    assert {one for one in secrets if re.fullmatch(r"\d+\.\d\d", one)}
