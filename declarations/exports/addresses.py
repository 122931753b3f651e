"""A printed address in the parts that customs messages ask for, where the paper leaves no choice.

Only words of the paper are used, and only where exactly one part of the address holds a postcode of its country's form
beside the name of a place. Everything else is for the profile to say.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

import pycountry

_FIVE, _SIX, _FOUR = r"\d{5}", r"\d{6}", r"\d{4}"
# Forms of postcodes (Universal Postal Union, addressing systems by country); one that is not here is not looked for.
POSTCODES: Final = {
    "AT": _FOUR, "AU": _FOUR, "BD": _FOUR, "BE": _FOUR, "BG": _FOUR, "CH": _FOUR, "CY": _FOUR, "DK": _FOUR,
    "HU": _FOUR, "LU": _FOUR, "NO": _FOUR, "NZ": _FOUR, "SI": _FOUR, "TN": _FOUR, "ZA": _FOUR, "PH": _FOUR,
    "DE": _FIVE, "EE": _FIVE, "EG": _FIVE, "ES": _FIVE, "FI": _FIVE, "FR": _FIVE, "HR": _FIVE, "ID": _FIVE,
    "IT": _FIVE, "KR": _FIVE, "LK": _FIVE, "MA": _FIVE, "MX": _FIVE, "MY": _FIVE, "PK": _FIVE, "RS": _FIVE,
    "TH": _FIVE, "TR": _FIVE, "TW": r"\d{3}(?:\d{2,3})?", "UA": _FIVE,
    "CN": _SIX, "IN": r"\d{3} ?\d{3}", "RO": _SIX, "SG": _SIX, "VN": r"\d{5,6}",
    "BR": r"\d{5}-?\d{3}", "CZ": r"\d{3} ?\d{2}", "GR": r"\d{3} ?\d{2}", "JP": r"\d{3}-\d{4}",
    "LV": r"LV-\d{4}", "LT": r"LT-\d{5}", "NL": r"\d{4} ?[A-Z]{2}", "PL": r"\d{2}-\d{3}", "PT": r"\d{4}-\d{3}",
    "SE": r"\d{3} ?\d{2}", "SK": r"\d{3} ?\d{2}", "IE": r"[A-Z]\d[\dW] ?[A-Z\d]{4}",
    "GB": r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", "CA": r"[A-Z]\d[A-Z] ?\d[A-Z]\d",
}  # fmt: skip
_PLACE = r"[^\W\d][^\d,;]*"


@dataclass(frozen=True, slots=True)
class AddressParts:
    street: str | None = None
    city: str | None = None
    postcode: str | None = None


def parts_of(address: str | None, country: str | None) -> AddressParts | None:
    """Street, city and postcode as printed; None where they cannot be told apart without guessing."""
    form = POSTCODES.get(country or "")
    if not address or form is None:
        return None
    segments = [segment.strip() for segment in re.split(r"[,;\n]", address) if segment.strip()]
    found = [(n, told) for n, segment in enumerate(segments) if (told := _town(segment, form, country or ""))]
    if len(found) != 1 or found[0][0] == 0:
        return None
    n, (city, postcode) = found[0]
    street = ", ".join((*segments[:n], *segments[n + 1 :]))
    return AddressParts(street, city, postcode)


def _town(segment: str, form: str, country: str) -> tuple[str, str] | None:
    """City and postcode of a segment that holds both and nothing else."""
    before = re.fullmatch(rf"(?:{country}?-)?({form})\s+({_PLACE})", segment)
    after = re.fullmatch(rf"({_PLACE}?)[\s-]+({form})", segment)
    if before and not after:
        return before[2], before[1]
    if not after or before or _is_region(after[1], country):
        return None
    return after[1], after[2]


def _is_region(name: str, country: str) -> bool:
    """Whether "Guangdong 522000" may name the province and leave the town to the words before it."""
    return _plain(name) in _regions(country)


@cache
def _regions(country: str) -> frozenset[str]:
    """The country's subdivisions (ISO 3166-2), Chinese ones without the word for province; a city may be one too."""
    divided = [one for one in pycountry.subdivisions if one.country_code == country]
    names = [re.sub(r" (?:Sheng|Zizhiqu)$", "", one.name) for one in divided if not one.name.endswith(" Shi")]
    return frozenset(_plain(name) for name in names)


def _plain(name: str) -> str:
    """Without accents, which lists of places have and papers leave out."""
    split = unicodedata.normalize("NFKD", name)
    return "".join(sign for sign in split if not unicodedata.combining(sign)).casefold()
