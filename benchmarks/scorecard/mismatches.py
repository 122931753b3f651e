"""Planted mismatches and the findings that tell them, by kind of finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.scorecard.cases import Case
from benchmarks.scorecard.truths import Expected
from benchmarks.scorecard.values import asks_to_read
from schemas.findings import Finding


@dataclass(frozen=True, slots=True)
class Kind:
    """One code: mismatches `planted` and of them `found`; findings that `told` one, and `false` ones."""

    planted: int = 0
    found: int = 0
    told: int = 0
    false: int = 0

    def __add__(self, other: Kind) -> Kind:
        return Kind(
            self.planted + other.planted, self.found + other.found, self.told + other.told, self.false + other.false
        )

    @property
    def precision(self) -> float | None:
        return self.told / (self.told + self.false) if self.told + self.false else None

    @property
    def recall(self) -> float | None:
        return self.found / self.planted if self.planted else None


@dataclass(frozen=True, slots=True)
class Mismatches:
    """By code; `sound` shipments have none planted, `false_in_sound` are the false alarms on them."""

    kinds: dict[str, Kind]
    sound: int
    false_in_sound: int
    sound_with_false: int
    questions: int

    @property
    def all(self) -> Kind:
        return sum(self.kinds.values(), Kind())


def mismatches(cases: Iterable[Case]) -> Mismatches:
    known = list(cases)
    kinds: Counter[str] = Counter()
    planted, found, told, false = (kinds.copy() for _ in range(4))
    for case in known:
        planted.update(one.code for one in case.truth.expected_findings)
        found.update(one.code for one in case.truth.expected_findings if any(tells(f, one) for f in alarms(case)))
        told.update(finding.code for finding in alarms(case) if _is_told(finding, case))
        false.update(finding.code for finding in false_alarms(case))
    codes = sorted({*planted, *told, *false})
    sound = [len(false_alarms(case)) for case in known if case.truth.status == "clear"]
    return Mismatches(
        {code: Kind(planted[code], found[code], told[code], false[code]) for code in codes},
        sound=len(sound),
        false_in_sound=sum(sound),
        sound_with_false=sum(count > 0 for count in sound),
        questions=sum(asks_to_read(finding) for case in known for finding in case.result.findings),
    )


def alarms(case: Case) -> Sequence[Finding]:
    """Findings that hold the shipment and say more than that something must be read by a person."""
    return [finding for finding in case.result.findings if finding.holds and finding.code != "illegible"]


def false_alarms(case: Case) -> Sequence[Finding]:
    """Alarms that tell no planted mismatch and do not follow from one.

    What a finding takes for a misreading it asks, whatever its code: it is counted with the questions and not here too.
    """
    return [
        finding
        for finding in alarms(case)
        if not _is_told(finding, case)
        and finding.code not in case.truth.acceptable_findings
        and not asks_to_read(finding)
    ]


def _is_told(finding: Finding, case: Case) -> bool:
    return any(tells(finding, expected) for expected in case.truth.expected_findings)


def tells(finding: Finding, expected: Expected) -> bool:
    """Whether the codes are equal and, where both name lines, they share one."""
    lines = {one.line for one in finding.evidence if one.line is not None}
    return finding.code == expected.code and (not lines or not expected.at_lines or bool(lines & expected.at_lines))
