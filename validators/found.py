"""What a check yields, and how it becomes a finding with severity, places and the declared values it puts in doubt."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.findings import Evidence, Finding, FindingCode, Nature, Severity, Suggestion
from validators.catalogue import CATALOGUE
from validators.papers import Cell


@dataclass(frozen=True, slots=True)
class Found:
    """One fact a check found. `cells` are the values it rests on, `places` places without a value.

    `disputes` are the values that may not be declared before a person decides; None takes all of `cells`, where the
    code is one that puts values in doubt at all. `pointers` names declared values directly.
    """

    code: FindingCode
    message: str
    cells: tuple[Cell[object], ...] = ()
    nature: Nature = "discrepancy"
    severity: Severity | None = None
    suggestion: Suggestion | None = None
    places: tuple[Evidence, ...] = ()
    disputes: tuple[Cell[object], ...] | None = None
    pointers: tuple[str, ...] = ()

    @property
    def finding(self) -> Finding:
        return Finding(
            code=self.code,
            severity=self.severity or CATALOGUE[self.code].severity,
            message=self.message,
            evidence=(*(cell.evidence for cell in self.cells), *self.places),
            nature=self.nature,
            suggestion=self.suggestion,
        )

    @property
    def in_doubt(self) -> tuple[Cell[object], ...]:
        """The values whose declaration has to wait; none for what is only worth knowing."""
        if self.finding.severity == "info":
            return ()
        if self.disputes is not None:
            return self.disputes
        return self.cells if CATALOGUE[self.code].disputes else ()
