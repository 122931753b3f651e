"""Whether confidences can be believed: Brier score, calibration error, and the table that both rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from benchmarks.scorecard.values import Value
from extractors.calibration.fitting import calibration_error

_EDGES: Final = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.0)
"""Confidences crowd near 1: bins of equal width would say nothing there."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Values with a confidence from `low` up to `high` (the last bin includes it)."""

    low: float
    high: float
    values: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Certainty:
    """`brier`: mean square of confidence less 1 or 0. `error`: expected calibration error over ten bins alike."""

    values: int
    brier: float | None
    error: float | None
    bins: tuple[Bin, ...]


def certainty(values: Iterable[Value]) -> Certainty:
    """Of all values that were read, printed there or not."""
    told = [(value.confidence, value.right) for value in values if value.confidence is not None]
    if not told:
        return Certainty(0, None, None, ())
    brier = sum((confidence - right) ** 2 for confidence, right in told) / len(told)
    return Certainty(len(told), brier, calibration_error(told), tuple(_bins(told)))


def _bins(told: Sequence[tuple[float, bool]]) -> Iterable[Bin]:
    for low, high in pairwise(_EDGES):
        held = [(c, right) for c, right in told if low <= c < high or (c == high == _EDGES[-1])]
        if held:
            mean = sum(c for c, _ in held) / len(held)
            yield Bin(low, high, len(held), mean, sum(right for _, right in held) / len(held))
