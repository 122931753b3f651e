"""Readings that a scanner confuses: whether one slip of the eye explains why two values differ."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from schemas.values import plain

# Characters that fax and scan make alike; each pair in both directions.
_ALIKE = (
    "0O", "0D", "0Q", "0U", "06", "08", "09", "1I", "1L", "1T", "17", "14", "2Z", "27", "35", "38", "39", "4A", "49",
    "5S", "56", "58", "6G", "6B", "68", "7T", "7Y", "8B", "89", "9G", "CG", "CO", "EF", "FP", "HN", "HM", "IL", "IJ",
    "IT", "KX", "MN", "OD", "OQ", "PR", "UV", "VY", "VW", "BR", "LT", "DO", "-_", ".,",
)  # fmt: skip
_PAIRS = frozenset(pair for two in _ALIKE for pair in ((two[0], two[1]), (two[1], two[0])))
_DIGITS = {digit: "".join(b for a, b in sorted(_PAIRS) if a == digit and b.isdigit()) for digit in "0123456789"}


def confusable(left: str, right: str) -> bool:
    """True where two texts of one length differ in one character that is easily taken for the other."""
    a, b = left.upper(), right.upper()
    if len(a) != len(b):
        return False
    different = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return len(different) == 1 and different[0] in _PAIRS


def slips(value: Decimal) -> Iterator[Decimal]:
    """What one plausible slip makes of a number: a digit taken for its like, a decimal mark lost or put in."""
    text = plain(value)
    for place, digit in enumerate(text):
        for other in _DIGITS.get(digit, ""):
            yield Decimal(f"{text[:place]}{other}{text[place + 1 :]}")
    yield from (value.scaleb(shift) for shift in (-3, -2, -1, 1, 2, 3) if value)
    if value < 0:  # a rule of the table or a dash taken for a sign
        yield -value


def is_slip(left: object, right: object) -> bool:
    """Whether one slip turns the one value into the other; values of other kinds than number and text never do."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return any(other == right for other in slips(left))
    if isinstance(left, str) and isinstance(right, str):
        return confusable(left, right)
    return False
