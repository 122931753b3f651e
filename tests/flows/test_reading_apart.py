"""Files read by tasks of their own: which ones, that nobody reads them again, and that the server sees keys alone."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from flows import steps
from flows.reading_apart import apart, read_apart
from flows.settings import Settings
from flows.workshop import Workshop, open_workshop
from schemas.results import Intake

SAMPLES = Path(__file__).parents[2] / "sample_docs" / "shipments"
DAY = dt.date(2026, 4, 1)
RUN = """
import asyncio, json, sys
from prefect import task
from flows import clear_shipment as clearing
from flows.serving import serving
from flows.settings import load_settings
from flows.workshop import open_workshop

submitted = []
submit = clearing.read_file.submit
clearing.read_file.submit = lambda *keys: submitted.append(keys) or submit(*keys)
with open_workshop(load_settings()) as workshop, serving(workshop):
    asyncio.run(clearing.clear_shipment("local", "R-77", 1))
print(json.dumps(submitted))
"""


def _begun(papers: Path, workshop: Workshop) -> Intake:
    return workshop.archive.begin(steps.submit(papers, workshop, reference="R-77", as_of=DAY))


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    with open_workshop(Settings(data_dir=tmp_path / "data", workers=1)) as workshop:
        yield workshop


def _many(folder: Path) -> Path:
    """Ten files, so that reading them is worth tasks; the same small paper under each name but the last."""
    folder.mkdir()
    papers = sorted((SAMPLES / "S01").iterdir())
    for number in range(9):
        shutil.copyfile(papers[0], folder / f"copy {number}.pdf")
    shutil.copyfile(papers[1], folder / "other.pdf")
    return folder


def test_a_few_small_files_are_read_in_one_task(workshop: Workshop) -> None:
    assert apart(_begun(SAMPLES / "S01", workshop), workshop) == ()


def test_what_takes_long_is_read_by_a_task_for_each_content_and_never_again(workshop: Workshop, tmp_path: Path) -> None:
    intake = _begun(_many(tmp_path / "many"), workshop)
    first, second = apart(intake, workshop)
    assert {first, second} == {file.sha256 for file in intake.files}
    assert read_apart("local", "R-77", 1, first, workshop) == 9
    assert apart(intake, workshop) == (second,)
    assert read_apart("local", "R-77", 1, first, workshop) == 0


@pytest.fixture(scope="module")
def ran(prefect: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> tuple[list[list[object]], Path]:
    """The keys that the tasks got in a run of the flow, and its data."""
    folder = tmp_path_factory.mktemp("apart")
    with open_workshop(Settings(data_dir=folder / "data", workers=1)) as workshop:
        _begun(_many(folder / "many"), workshop)
    environment = {**prefect, "TIDEWAITER_DATA_DIR": str(folder / "data")}
    done = subprocess.run(
        [sys.executable, "-c", RUN], env=environment, check=True, timeout=240, stdout=subprocess.PIPE, text=True
    )
    keys: list[list[object]] = json.loads(done.stdout.splitlines()[-1])
    return keys, folder / "data"


@pytest.mark.slow
def test_tasks_get_keys_alone_and_the_run_ends_as_any_other(ran: tuple[list[list[object]], Path]) -> None:
    keys, data = ran
    with open_workshop(Settings(data_dir=data, workers=1)) as workshop:
        intake = workshop.archive.intake("local", "R-77", 1)
        assert keys == [["local", "R-77", 1, digest] for digest in dict.fromkeys(one.sha256 for one in intake.files)]
        assert workshop.archive.result("local", "R-77", 1).documents
        assert apart(intake, workshop) == ()
