"""An amount for all goods spread over the items, to the last cent."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

from declarations.duty.rounding import MOST_DIGITS
from declarations.errors import ValueOpen

CENT = Decimal("0.01")


def apportioned(amount: Decimal, shares: Sequence[Decimal], step: Decimal = CENT) -> tuple[Decimal, ...]:
    """Parts in proportion to the shares, each cut to the step; what is left over goes to the largest share.

    The parts always add up to the amount. Raises `ValueOpen` where the shares do not tell how to spread it.
    """
    total = sum(shares, Decimal(0))
    if any(share < 0 for share in shares) or total <= 0:
        raise ValueOpen("charges cannot be spread over items without a value or a weight")
    if max(amount.adjusted(), total.adjusted()) > MOST_DIGITS:
        raise ValueOpen("an amount is larger than any that goods can cost")
    parts = [(amount * share / total / step).quantize(Decimal(1), rounding=ROUND_DOWN) * step for share in shares]
    largest = max(range(len(shares)), key=lambda n: (shares[n], -n))
    parts[largest] += amount - sum(parts, Decimal(0))
    return tuple(parts)
