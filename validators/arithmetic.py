"""Printed numbers and their rounding: whether a relation holds, and whether it would for any other reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from schemas.values import plain

_HALF = Decimal("0.5")
CENT = Decimal("0.01")
_DIGITS = 28
# Currencies without a minor unit in use (ISO 4217 exponent 0): their unit prices are rounded to whole units.
NO_MINOR_UNIT = frozenset(
    {"JPY", "KRW", "VND", "CLP", "ISK", "XAF", "XOF", "XPF", "PYG", "UGX", "RWF", "KMF", "DJF", "GNF", "BIF", "VUV"}
)


def ulp(value: Decimal) -> Decimal:
    """One unit in the last printed place: 0.01 for 12.50, 1 for 771."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(min(exponent, 0)) if isinstance(exponent, int) else Decimal(1)


def in_places(value: Decimal, exponent: int) -> Decimal:
    """The value printed to that power of ten; as it is where that would take more digits than any paper has."""
    if value.adjusted() - exponent >= _DIGITS:
        return value
    return value.quantize(Decimal(1).scaleb(exponent))


def price_ulp(price: Decimal, currency: str | None) -> Decimal:
    """The rounding of a unit price; without decimals it is exact to the cent where the currency has cents."""
    last = ulp(price)
    return last if currency in NO_MINOR_UNIT else min(last, CENT)


def line_tolerance(quantity: Decimal, price: Decimal, amount: Decimal, currency: str | None) -> Decimal:
    """What rounding of the printed unit price and of the amount may add up to."""
    return _HALF * price_ulp(price, currency) * abs(quantity) + _HALF * min(ulp(amount), Decimal(1))


def multiplies_out(quantity: Decimal, price: Decimal, amount: Decimal, currency: str | None) -> bool:
    """Whether quantity times price is the amount within rounding; `price` of one unit, `amount` before discount."""
    return abs(quantity * price - amount) <= line_tolerance(quantity, price, amount, currency)


def sum_tolerance(terms: Sequence[Decimal], total: Decimal) -> Decimal:
    """Half a last place for each term, as each may have been rounded by itself."""
    coarsest = max((ulp(value) for value in (*terms, total)), default=Decimal(0))
    return _HALF * coarsest * len(terms)


def misreadings(value: Decimal) -> Iterator[Decimal]:
    """Every number one reading error away: another digit in one place, or a decimal mark lost or moved."""
    text = plain(value)
    for place, digit in enumerate(text):
        if digit.isdigit():
            yield from (
                Decimal(f"{text[:place]}{other}{text[place + 1 :]}") for other in "0123456789" if other != digit
            )
    yield from (value.scaleb(shift) for shift in (-3, -2, -1, 1, 2, 3) if value)


def is_tight(values: Sequence[Decimal], place: int, holds: Callable[[Sequence[Decimal]], bool]) -> bool:
    """True where the relation would fail for every other reading of the value at that place: then it is a witness."""
    before, after = values[:place], values[place + 1 :]
    return not any(holds([*before, other, *after]) for other in misreadings(values[place]))
