"""Middle and spread of few figures, such that one wrong figure among them moves neither.

The median, and the median absolute deviation from it (MAD). A figure's modified score is 0.6745 (x - median) / MAD;
beyond 3.5 it is an outlier (Iglewicz and Hoaglin, How to Detect and Handle Outliers, ASQC 1993, 3.1; so also the
NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.17). 0.6745 makes the MAD of a normal distribution its
standard deviation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

_NORMAL = Decimal("0.6745")
_OUTLIER = Decimal("3.5")
_LEAST_SPREAD = Decimal("0.01")
"""Of the median: equal figures have no spread at all, and a hundredth more or less would be an outlier of them."""


@dataclass(frozen=True, slots=True)
class Spread:
    """What figures of one kind are usually like. `count` figures, all above 0."""

    count: int
    median: Decimal
    deviation: Decimal
    lowest: Decimal
    highest: Decimal

    def score(self, figure: Decimal) -> Decimal:
        """How far from the usual, in deviations; negative below it."""
        return _NORMAL * (figure - self.median) / max(self.deviation, self.median * _LEAST_SPREAD)

    def is_outlier(self, figure: Decimal) -> bool:
        return abs(self.score(figure)) > _OUTLIER


def spread_of(figures: Sequence[Decimal]) -> Spread | None:
    """None where there is no figure above 0; the others are left out."""
    positive = [figure for figure in figures if figure > 0]
    if not positive:
        return None
    middle = median(positive)
    deviation = median([abs(figure - middle) for figure in positive])
    return Spread(len(positive), middle, deviation, min(positive), max(positive))
