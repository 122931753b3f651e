"""Every printed value: read right, asked about, read wrong, or missing; and values that stand nowhere.

Whether a value agrees with what is printed is judged by `benchmarks.judging`, as for the calibration.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from benchmarks.judging import Judged, judged
from benchmarks.scorecard.cases import Case
from benchmarks.scorecard.truths import Printed
from benchmarks.taking import Place, pointed_at
from schemas.findings import Finding

Row = tuple[int | None, int | None]
"""A true paper's and its line's places in the truth."""
Spot = tuple[int | None, int | None, str]
"""Those, and a value's name."""
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
    met: set[Spot] = set()
    for one in found:
        place = (one.paper, one.row, one.name)
        yield _value(one, printed=one.wanted is not None and place not in met, asked=asked)
        met.add(place)
    rows: dict[Row, tuple[int, int | None]] = {
        (one.paper, one.row): (one.document, one.line) for one in found if one.row is not None
    }
    asked_lines = {(place, name) for place, (document, line) in rows.items() for name in _names(asked, document, line)}
    yield from _unread_header(case, met, to_read)
    yield from _unread_lines(case, met, asked_lines)


def _names(asked: set[Place], document: int, line: int | None) -> set[str]:
    return {name for number, name, at in asked if (number, at) == (document, line)}


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


def _unread_header(case: Case, met: set[Spot], to_read: Sequence[Finding]) -> Iterator[Value]:
    """Printed values that no reading has; one may be asked for by its paper's type and its name."""
    named = {(one.document, one.field) for finding in to_read for one in finding.evidence if one.line is None}
    for number, paper in _papers(case):
        for name, value in paper.fields.items():
            if value is not None and (number, None, name) not in met:
                asked = (paper.type, name) in named
                yield Value(paper.type, name, in_line=False, printed=True, right=False, asked=asked)


def _unread_lines(case: Case, met: set[Spot], asked: set[tuple[Row, str]]) -> Iterator[Value]:
    """Cells that no reading has; one may be asked for at the line that was read of its row."""
    for number, paper in _papers(case):
        for row, line in enumerate(paper.lines):
            for name, value in line.items():
                if value is not None and (number, row, name) not in met:
                    told = ((number, row), name) in asked
                    yield Value(paper.type, name, in_line=True, printed=True, right=False, asked=told)


def _papers(case: Case) -> Iterator[tuple[int, Printed]]:
    return ((number, paper) for number, paper in enumerate(case.truth.documents) if paper.type != "other")
