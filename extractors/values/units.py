"""Units of measure as printed, to UN/ECE Recommendation 20 codes, and quantities with their unit."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from extractors.values.lexicon import nearest, official_codes, printed_words
from extractors.values.numbers import NumberStyle, parse_number
from extractors.values.packages import parse_package_kind
from extractors.values.printing import evened, key, unframed

_AROUND: Final = " :;,/-_|[]{}"
_QUANTITY: Final = re.compile(r"(?P<number>[-(]?\d[\d.,' ]*?)\s*(?P<unit>[^\d\s.,'()-].*)?")


def parse_unit(text: str) -> str | None:
    """The Rec 20 code of a printed unit. Kinds of packages give "X" and the Rec 21 code, as Rec 20 asks."""
    spelling = key(text).strip(_AROUND)
    if code := printed_words("units").get(spelling):
        return code
    if (code := evened(text).strip(_AROUND)) in official_codes("units"):
        return code
    kind = parse_package_kind(text)
    return f"X{kind}" if kind else nearest(spelling, printed_words("units"))


def parse_quantity(text: str, style: NumberStyle | None) -> tuple[Decimal, str | None] | None:
    """Number and unit of "60,000 PCS" or "432 件"; the unit is None where only a number stands.

    None where the number is not settled or what follows it is no unit, since then it is not plainly a quantity.
    """
    found = _QUANTITY.fullmatch(unframed(text))
    number = parse_number(found["number"], style) if found else None
    if found is None or number is None:
        return None
    if found["unit"] is None:
        return number, None
    unit = parse_unit(found["unit"])
    return (number, unit) if unit else None
