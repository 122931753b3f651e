"""An exporter whose invoices call their number by a word that no lexicon has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from benchmarks.printed_anew import Changes
from flows import plain, steps
from flows.casework.cases import open_case
from flows.casework.drafting import draft_of, take
from flows.casework.releasing import release
from flows.settings import Settings
from flows.workshop import Workshop, open_workshop
from schemas.casework import Choice, Person
from schemas.pages import FileReading
from schemas.results import Intake, ShipmentResult, Submission
from tests.printed_anew import handed_in

SAMPLE = Path(__file__).parents[3] / "sample_docs/shipments/S01"
AS_OF = dt.date(2026, 4, 13)
STRANGE = {"Our invoice": "Qualm Dorvex"}
ALONE = {**STRANGE, "pack|KVP/EX/2291": "", "coo|KVP/EX/2291": "", "obl|KVP/EX/2291": ""}
"""Likewise, and no other paper has the number."""
Sample = tuple[Submission, tuple[FileReading, ...]]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """What is read of a digital shipment without a fault."""
    with open_workshop(Settings(data_dir=tmp_path_factory.mktemp("read"))) as workshop:
        submission = steps.submit(SAMPLE, workshop, reference="S01", as_of=AS_OF)
        return submission, steps.read_papers(workshop.archive.begin(submission), workshop, steps.unseen)


@dataclass(frozen=True)
class Series:
    """Shipments of that exporter, each with numbers of its own."""

    workshop: Workshop
    sample: Sample

    def begun(self, number: int, changes: Changes = STRANGE, *, reference: str = "") -> Intake:
        own = {"KVP/EX/2291": f"KVP/EX/{3000 + number}", "CCI/26/004418": f"CCI/26/00{7000 + number}"}
        return handed_in(self.workshop, *self.sample, {**own, **changes}, reference=reference or f"A-{number}")

    def cleared(self, number: int, changes: Changes = STRANGE) -> ShipmentResult:
        return self.judge(self.begun(number, changes))

    def corrected(self, number: int, value: str, changes: Changes = STRANGE) -> ShipmentResult:
        """Held over one finding, whose value a clerk gives and releases."""
        reference, ann = f"A-{number}", Person(id="ann")
        self.cleared(number, changes)
        (asked,) = open_case("local", reference, self.workshop).open
        choice = Choice("correct", "seen on the page", value)
        draft = take(draft_of("local", reference, self.workshop), asked.key, choice, ann, self.workshop)
        return release(draft, ann, self.workshop, self.judge)

    @property
    def judge(self) -> Callable[[Intake], ShipmentResult]:
        return partial(plain.clear_begun, workshop=self.workshop, on_page=steps.unseen)


@pytest.fixture
def series(sample: Sample, tmp_path: Path) -> Iterator[Series]:
    with open_workshop(Settings(data_dir=tmp_path / "data", exchange_dir=tmp_path / "exchange")) as workshop:
        yield Series(workshop, sample)
