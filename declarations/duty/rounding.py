"""Amounts to the steps that a country rounds to."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from declarations.errors import ValueOpen
from schemas.jurisdictions import Jurisdiction, RoundingRule, RoundingStep, in_force

MOST_DIGITS = 18
"""Before the point; beyond it sums lose their cents."""


def rounding_in(where: Jurisdiction, day: dt.date | None) -> RoundingRule:
    """The rule of that day, the present one where no day is given; raises `ValueOpen` where none is known."""
    rule = in_force(where.rounding, day or dt.date.max)
    if rule is None:
        raise ValueOpen(f"how {where.name} rounds customs values and duties is not known here")
    return rule


def rounded(amount: Decimal, step: RoundingStep) -> Decimal:
    """The amount as a multiple of the step, with the step's own decimals; raises `ValueOpen` beyond all measure."""
    if amount.adjusted() > MOST_DIGITS:
        raise ValueOpen(f"an amount of {amount.adjusted() + 1} digits is none that goods can cost")
    mode = ROUND_DOWN if step.mode == "down" else ROUND_HALF_UP
    return (amount / step.step).quantize(Decimal(1), rounding=mode) * step.step
