"""Readings that a scanner confuses: what one slip of the eye makes of a printed value, and which slip it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal

from schemas.values import plain
from validators.arithmetic import in_places

Slip = Literal["lookalike", "letter", "character", "mark", "lost", "ruled", "added", "fused", "two", "sign"]
"""How the reading came about.

`lookalike`: one character taken for its like. `letter`: a digit for a letter like it, or a letter for a digit.
`character`: another one in its place. `mark`: the decimal mark lost, moved or put in. `lost`: characters left out,
mostly at the beginning or the end. `ruled`: a rule of the table, or the l of litres, taken for a 1 beside the figure.
`added`: one character too many. `fused`: figures of the next column joined. `two`: two lookalikes. `sign`: a dash taken
for a minus sign, or the other way round.
"""

SAID: Final[Mapping[Slip, str]] = MappingProxyType(
    {
        "lookalike": "one character taken for its like",
        "letter": "a letter taken for a digit, or a digit for a letter",
        "character": "one misread character",
        "mark": "a decimal mark lost, moved or put in",
        "lost": "characters left out",
        "ruled": "a rule of the table or the letter l taken for a 1",
        "added": "one character too many",
        "fused": "figures of the next column joined",
        "two": "two characters taken for their likes",
        "sign": "a dash taken for a sign",
    }
)
"""Each in the words of a suggestion."""

# Characters that fax and scan make alike; each pair in both directions.
_ALIKE = (
    "0O", "0D", "0Q", "0U", "06", "08", "09", "1I", "1L", "1T", "17", "14", "2Z", "27", "35", "38", "39", "4A", "49",
    "5S", "56", "58", "6G", "6B", "68", "7T", "7Y", "8B", "89", "9G", "CG", "CO", "EF", "FP", "HN", "HM", "IL", "IJ",
    "IT", "KX", "MN", "OD", "OQ", "PR", "UV", "VY", "VW", "BR", "LT", "DO", "-_", ".,",
)  # fmt: skip
_PAIRS = frozenset(pair for two in _ALIKE for pair in ((two[0], two[1]), (two[1], two[0])))
_DIGITS = {digit: "".join(b for a, b in sorted(_PAIRS) if a == digit and b.isdigit()) for digit in "0123456789"}
_SHIFTS: Final = (-3, -2, -1, 1, 2, 3)
_TWO: Final = 2


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
    yield from (value.scaleb(shift) for shift in _SHIFTS if value)
    if value < 0:  # a rule of the table or a dash taken for a sign
        yield -value


def lookalikes(text: str) -> Iterator[str]:
    """Every text that differs in one character easily taken for the one that was read."""
    for place, char in enumerate(text.upper()):
        yield from (f"{text[:place]}{b}{text[place + 1 :]}" for a, b in sorted(_PAIRS) if a == char)


def slip_between(read: object, printed: object) -> Slip | None:
    """The slip by which the one was read for the other; None where no single slip explains it, or nothing differs.

    Values of other kinds than number, date and text are never slips.
    """
    if isinstance(read, Decimal) and isinstance(printed, Decimal):
        return _of_numbers(read, printed)
    if isinstance(read, dt.date) and isinstance(printed, dt.date):
        return _of_one_length(read.isoformat(), printed.isoformat()) if read != printed else None
    if isinstance(read, str) and isinstance(printed, str):
        return _of_texts(read.upper(), printed.upper())
    return None


def _of_numbers(read: Decimal, printed: Decimal) -> Slip | None:
    if read == printed:
        return None
    if read == -printed:
        return "sign"
    if (read < 0) != (printed < 0):
        return None
    if _same_digits(abs(read), abs(printed)):
        return "mark"
    left, right = _in_one_form(abs(read), abs(printed))
    return _of_texts(plain(abs(read)), plain(abs(printed))) or _of_texts(left, right)


def _same_digits(read: Decimal, printed: Decimal) -> bool:
    """Whether only the decimal mark differs: 1.240 and 1240, not 6.59 and 6590, where a digit is lost as well."""
    ours, theirs = (plain(value).replace(".", "").lstrip("0") for value in (read, _shortest(printed)))
    return ours.startswith(theirs) and not ours[len(theirs) :].strip("0")


def _shortest(value: Decimal) -> Decimal:
    """Without zeros behind the decimal mark that say nothing."""
    return in_places(value, 0) if value == value.to_integral_value() else value.normalize()


def _in_one_form(read: Decimal, printed: Decimal) -> tuple[str, str]:
    """Both with as many decimals: 1270 beside 270.00 is 1270.00."""
    wanted = max(_decimals(read), _decimals(printed))
    return plain(in_places(read, -wanted)), plain(in_places(printed, -wanted))


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _of_texts(read: str, printed: str) -> Slip | None:
    if read == printed or not read or not printed:
        return None
    if len(read) == len(printed):
        return _of_one_length(read, printed)
    return _lost(read, printed) if len(read) < len(printed) else _gained(read, printed)


def _of_one_length(read: str, printed: str) -> Slip | None:
    different = [(a, b) for a, b in zip(read, printed, strict=True) if a != b]
    if len(different) == 1:
        if different[0] not in _PAIRS:
            return "character"
        return "lookalike" if different[0][0].isdigit() == different[0][1].isdigit() else "letter"
    return "two" if len(different) == _TWO and all(pair in _PAIRS for pair in different) else None


def _lost(read: str, printed: str) -> Slip | None:
    """Left out at the beginning, at the end or in the middle; of thousands apart only the first may be left."""
    outer = printed.endswith(read) or printed.startswith(read)
    inner = len(printed) == len(read) + 1 and any(printed[:n] + printed[n + 1 :] == read for n in range(len(printed)))
    return "lost" if outer or inner else None


def _gained(read: str, printed: str) -> Slip | None:
    if read in {f"1{printed}", f"{printed}1"}:
        return "ruled"
    if len(read) == len(printed) + 1 and any(read[:n] + read[n + 1 :] == printed for n in range(len(read))):
        return "added"
    # Two figures at least must be right, else any number is the end of another.
    long_enough = sum(char.isalnum() for char in printed) >= _TWO
    return "fused" if long_enough and (read.endswith(printed) or read.startswith(printed)) else None
