"""Amounts in English words, as letters of credit ask for them."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

_ONES: Final = (
    "", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN", "ELEVEN", "TWELVE", "THIRTEEN",
    "FOURTEEN", "FIFTEEN", "SIXTEEN", "SEVENTEEN", "EIGHTEEN", "NINETEEN",
)  # fmt: skip
_TENS: Final = ("", "", "TWENTY", "THIRTY", "FORTY", "FIFTY", "SIXTY", "SEVENTY", "EIGHTY", "NINETY")
_SCALES: Final = ((1_000_000, "MILLION"), (1_000, "THOUSAND"), (100, "HUNDRED"))


def spoken(value: int) -> str:
    """A whole number below a thousand millions in words; nothing for zero."""
    for scale, name in _SCALES:
        if value >= scale:
            return f"{spoken(value // scale)} {name} {spoken(value % scale)}".strip()
    return _ONES[value] if value < len(_ONES) else f"{_TENS[value // 10]} {_ONES[value % 10]}".strip()


def spoken_amount(amount: str, currency: str) -> str:
    """As "SAY USD ONE HUNDRED AND CENTS FIVE ONLY"."""
    value = Decimal(amount)
    cents = int(value * 100) % 100
    more = f" AND CENTS {spoken(cents)}" if cents else ""
    return f"SAY {currency} {spoken(int(value)) or 'ZERO'}{more} ONLY"
