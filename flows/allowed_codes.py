"""Which codes a person may give for a unit, a country, a currency or a delivery term: those of the official lists.

A paper may print anything, and what it prints is read. A person who corrects it gives the code that is declared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import pycountry

from extractors.values.countries import parse_country
from extractors.values.lexicon import official_codes
from extractors.values.units import parse_unit
from validators import INCOTERMS

_COUNTRY: Final = re.compile(r"[A-Z]{2}")


def refusal(field: str, text: str) -> str | None:
    """Why the text can be no value of a field of that name, and what can; None where it can, or has no list."""
    rule = _RULES.get(field)
    return None if rule is None else rule(text)


def _country(text: str) -> str | None:
    known = parse_country(text)
    if _COUNTRY.fullmatch(text) and known == text:
        return None
    allowed = "a country is given by its two letters in ISO 3166-1, such as CN, or EU, XI, XK, XC or XL"
    return f"{text!r} is no country: {allowed}{_meant(known)}"


def _unit(text: str) -> str | None:
    packages = official_codes("packages")
    if text in official_codes("units") or text.removeprefix("X") in packages:
        return None
    codes = ", ".join(sorted(official_codes("units")))
    allowed = f"give a code of UN/ECE Recommendation 20 ({codes}) or one of Recommendation 21 for packages, such as CT"
    return f"{text!r} is no unit: {allowed}{_meant(parse_unit(text))}"


def _incoterm(text: str) -> str | None:
    editions = "; ".join(f"of {edition}: {', '.join(sorted(terms))}" for edition, terms in INCOTERMS.items())
    return None if any(text in terms for terms in INCOTERMS.values()) else f"{text!r} is no Incoterm: {editions}"


def _edition(text: str) -> str | None:
    return None if text in INCOTERMS else f"{text!r} is no edition of the Incoterms: {', '.join(INCOTERMS)}"


def _currency(text: str) -> str | None:
    if pycountry.currencies.get(alpha_3=text) is not None and text.isupper():
        return None
    return f"{text!r} is no currency: it is given by its three letters in ISO 4217, such as EUR"


def _meant(code: str | None) -> str:
    return f". Did you mean {code}?" if code else ""


_RULES: Final[Mapping[str, Callable[[str], str | None]]] = MappingProxyType({
    "unit": _unit,
    "origin": _country,
    "country_of_origin": _country,
    "country_of_dispatch": _country,
    "country_of_destination": _country,
    "incoterm": _incoterm,
    "incoterm_edition": _edition,
    "currency": _currency,
})  # fmt: skip
