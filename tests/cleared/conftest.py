"""Every sample shipment, cleared once for all tests here: reading is what takes the time."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import JsonValue

from flows import steps
from flows.plain import clear
from flows.settings import Settings
from flows.workshop import Workshop, open_workshop
from schemas.pages import FileReading, Page
from schemas.results import ShipmentResult

SAMPLES = Path(__file__).parents[2] / "sample_docs"
REFERENCES = sorted(path.stem for path in (SAMPLES / "truth").glob("*.json"))

Json = dict[str, JsonValue]


@dataclass(frozen=True)
class Cleared:
    """A sample's result, its truth, and the pages that were read."""

    result: ShipmentResult
    truth: Json
    pages: dict[tuple[str, int], Page]
    folder: Path


class Clearing:
    """Clears a sample when it is first asked for."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self._done: dict[str, Cleared] = {}

    def __getitem__(self, reference: str) -> Cleared:
        if reference not in self._done:
            self._done[reference] = self._cleared(reference)
        return self._done[reference]

    def _cleared(self, reference: str) -> Cleared:
        truth = json.loads((SAMPLES / "truth" / f"{reference}.json").read_text(encoding="utf-8"))
        readings: list[FileReading] = []
        read = steps.read_papers

        def keeping(*arguments: object) -> tuple[FileReading, ...]:
            readings.extend(read(*arguments))  # type: ignore[arg-type]  # handed on as they come
            return tuple(readings)

        folder = SAMPLES / "shipments" / reference
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(steps, "read_papers", keeping)
            day = dt.date.fromisoformat(truth["attributes"]["as_of"])
            result = clear(folder, self._workshop, as_of=day, on_page=steps.unseen)
        pages = {(page.file, page.number): page for reading in readings for page in reading.pages}
        return Cleared(result, truth, pages, folder)


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clearing]:
    """The samples by reference."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("samples") / "data", workers=2)
    with open_workshop(settings) as workshop:
        yield Clearing(workshop)
