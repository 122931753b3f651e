"""Which findings a second person has to confirm: those about more value than an operator leaves to one person."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from schemas.results import ShipmentResult
from schemas.worth import worth_of


def asks_for_two(withheld: Sequence[str], result: ShipmentResult, limit: Decimal | None) -> bool:
    """Whether a second person must confirm a decision about a finding that holds these declared values back.

    What nobody can say the worth of, as its currency has no rate or no price is stated, counts as more than the limit,
    which is in the customs currency; None asks for nobody.
    """
    if limit is None:
        return False
    worth = worth_of(withheld, result)
    return worth is None or worth > limit
