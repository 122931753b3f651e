"""How bad a rate may still be, given what was seen of it."""

from __future__ import annotations

import math
from typing import Final

CERTAINTY: Final = 0.95
_STEPS: Final = 60
"""Halvings of the interval: far finer than any rate is printed."""


def upper_bound(wrong: int, n: int, *, certainty: float = CERTAINTY) -> float:
    """The exact one-sided upper bound of Clopper and Pearson: the rate at which so few wrong ones are so unlikely.

    1.0 where nothing was seen. At 0.95, none wrong of 1,000 leaves 0.0030, which is the statistician's rule of three.
    """
    if wrong >= n:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if _at_most(wrong, n, middle) > 1 - certainty:
            low = middle
        else:
            high = middle
    return high


def _at_most(wrong: int, n: int, rate: float) -> float:
    """The chance of at most so many wrong ones of n at this rate."""
    if rate in {0.0, 1.0}:
        return 1.0 - rate
    logs = [_log_choices(n, k) + k * math.log(rate) + (n - k) * math.log1p(-rate) for k in range(wrong + 1)]
    return math.fsum(math.exp(log) for log in logs)


def _log_choices(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
