"""Every printed value: read right, asked about, read wrong, or missing; and values that stand nowhere.

Whether a value agrees with what is printed is judged by `benchmarks.judging`, as for the calibration.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from benchmarks.judging import Judged, judged
from benchmarks.scorecard.cases import Case
from benchmarks.taking import Place, pointed_at
from schemas.findings import Finding

Outcome = Literal["right", "asked", "wrong", "missing", "beyond"]
OUTCOMES: Final[tuple[Outcome, ...]] = ("right", "asked", "wrong", "missing", "beyond")


@dataclass(frozen=True, slots=True)
class Value:
    """One printed value, or one that was read where nothing is printed (`beyond`).

    `asked`: the product asks a person to read it. `right` says what was read, whether asked about or not.
    `confidence` is None where nothing was read; `by_eye` where it was read from a picture.
    """

    paper: str
    name: str
    in_line: bool
    printed: bool
    right: bool
    asked: bool
    confidence: float | None = None
    by_eye: bool = False

    @property
    def outcome(self) -> Outcome:
        if not self.printed:
            return "beyond"
        if self.asked:
            return "asked"
        if self.confidence is None:
            return "missing"
        return "right" if self.right else "wrong"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of each outcome. `asked_wrong`: of those asked about, read wrong or not at all."""

    printed: int = 0
    right: int = 0
    asked: int = 0
    wrong: int = 0
    missing: int = 0
    beyond: int = 0
    asked_wrong: int = 0


def tallied(values: Iterable[Value]) -> Tally:
    known = list(values)
    outcomes = [value.outcome for value in known]
    right, asked, wrong, missing, beyond = (outcomes.count(outcome) for outcome in OUTCOMES)
    asked_wrong = sum(value.outcome == "asked" and not value.right for value in known)
    return Tally(len(known) - beyond, right, asked, wrong, missing, beyond, asked_wrong)


def values_of(case: Case) -> Iterator[Value]:
    """All values of one shipment: those read, in their order, then what was not read."""
    truth = [paper.as_table() for paper in case.truth.documents]
    found = list(judged(case.result.documents, truth))
    to_read = [finding for finding in case.result.findings if asks_to_read(finding)]
    asked = pointed_at(to_read, case.result.documents)
    met: set[tuple[int | None, int | None, str]] = set()
    for one in found:
        place = (one.paper, one.row, one.name)
        yield _value(one, printed=one.wanted is not None and place not in met, asked=asked)
        met.add(place)
    yield from _unread(case, met, to_read)


def asks_to_read(finding: Finding) -> bool:
    """Whether a finding asks what is printed, rather than telling what disagrees."""
    return finding.holds and (finding.code == "illegible" or finding.nature == "misread")


def _value(one: Judged, *, printed: bool, asked: set[Place]) -> Value:
    return Value(
        paper=one.type,
        name=one.name,
        in_line=one.line is not None,
        printed=printed,
        right=one.right,
        asked=(one.document, one.name, one.line) in asked,
        confidence=one.field.confidence,
        by_eye=one.field.reader in {"tesseract", "rapidocr"},
    )


def _unread(case: Case, met: set[tuple[int | None, int | None, str]], to_read: Sequence[Finding]) -> Iterator[Value]:
    """Printed values that no reading has. One of the header may be asked for by its paper's type and its name."""
    named = {(one.document, one.field) for finding in to_read for one in finding.evidence if one.line is None}
    for number, paper in enumerate(case.truth.documents):
        if paper.type == "other":
            continue
        for name, value in paper.fields.items():
            if value is not None and (number, None, name) not in met:
                asked = (paper.type, name) in named
                yield Value(paper.type, name, in_line=False, printed=True, right=False, asked=asked)
        for row, line in enumerate(paper.lines):
            for name, value in line.items():
                if value is not None and (number, row, name) not in met:
                    yield Value(paper.type, name, in_line=True, printed=True, right=False, asked=False)
