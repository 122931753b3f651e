"""What is scored: one shipment's truth beside what the product made of it."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.scorecard.truths import Truth
from schemas.results import ShipmentResult


@dataclass(frozen=True, slots=True)
class Case:
    """One shipment at one level. `seconds` and `cpu` are what clearing it took."""

    level: str
    truth: Truth
    result: ShipmentResult
    seconds: float
    cpu: float
