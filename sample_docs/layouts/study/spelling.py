"""Amounts in English words, as "US DOLLARS ONE THOUSAND TWO HUNDRED AND CENTS FIFTY"."""

from __future__ import annotations

from typing import Final

_SMALL: Final = (
    "ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN", "ELEVEN", "TWELVE",
    "THIRTEEN", "FOURTEEN", "FIFTEEN", "SIXTEEN", "SEVENTEEN", "EIGHTEEN", "NINETEEN",
)  # fmt: skip
_TENS: Final = ("", "", "TWENTY", "THIRTY", "FORTY", "FIFTY", "SIXTY", "SEVENTY", "EIGHTY", "NINETY")
_GROUPS: Final = ((1_000_000, "MILLION"), (1_000, "THOUSAND"), (100, "HUNDRED"))
_NAMES: Final = {"USD": "US DOLLARS", "EUR": "EURO", "GBP": "POUNDS STERLING", "CHF": "SWISS FRANCS"}


def whole(number: int) -> str:
    """A number below a thousand million."""
    for size, name in _GROUPS:
        if number >= size:
            rest = f" {whole(number % size)}" if number % size else ""
            return f"{whole(number // size)} {name}{rest}"
    if number < len(_SMALL):
        return _SMALL[number]
    return _TENS[number // 10] + (f"-{_SMALL[number % 10]}" if number % 10 else "")


def spelt(amount: str, currency: str) -> str:
    """A plain decimal with its currency; other currencies than the usual ones keep their code."""
    units, _, cents = amount.partition(".")
    hundredths = int(cents.ljust(2, "0")[:2]) if cents else 0
    ending = f" AND CENTS {whole(hundredths)}" if hundredths else ""
    return f"{_NAMES.get(currency, currency)} {whole(int(units))}{ending}"
