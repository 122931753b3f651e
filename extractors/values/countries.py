"""Countries as printed, to ISO 3166-1 alpha-2 and the codes that customs tariffs add (EU, XI, XK, XC, XL)."""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pycountry

from extractors.values.lexicon import label_words, nearest, printed_words
from extractors.values.printing import evened, key

# Languages of the lexicon, as pycountry's translations of ISO 3166-1 (project iso-codes) name them.
_LANGUAGES: Final = ("de", "fr", "es", "it", "zh_CN")
_TARIFF_CODES: Final = frozenset({"EU", "XI", "XK", "XC", "XL"})
# Three-letter codes that papers print as words.
_WORDS_TOO: Final = frozenset({"AND", "ARE", "COM", "PER", "TON", "VAT"})
# Parts that a name may have between commas: "Taiwan, Province of China".
_LONGEST_NAME: Final = 3
# "New Mexico" and "Province of China" end in a country's name and are none.
_NOT_BEFORE: Final = re.compile(
    r"(?:\b(?:NEW|OF|DE|OLD|NORTH|SOUTH|EAST|WEST|NORTHERN|RUE|VIA|CALLE)|-)$", re.IGNORECASE
)


def parse_country(text: str) -> str | None:
    """The code of a text that is a country: code in capitals, or a name in any language of the lexicon.

    One letter may be misread in a name of six letters or more, if that leaves one country only.
    """
    body = _origin_label().sub("", evened(text)).strip(" .,:;()[]*|")
    if re.fullmatch(r"[A-Z]{2,3}", body) and (code := _codes().get(body)):
        return code
    name = key(body)
    return _names().get(name) or nearest(name, _names())


def parse_country_twice(text: str) -> str | None:
    """The code of a country that may be named in two languages: "中国 China"."""
    words = text.split()
    halves = {parse_country(" ".join(some)) for some in (words[:1], words[1:])} if len(words) > 1 else {None}
    return parse_country(text) or (halves.pop() if len(halves) == 1 else None)


def find_country(text: str) -> str | None:
    """The last country named in an address block, lines and commas taken as borders; codes of two letters do not count.

    A name at the very end counts without a border before it ("Zhejiang China").
    """
    parts = [part.strip() for part in re.split(r"[\n,;·|/]+", text) if part.strip()]
    for end in range(len(parts), 0, -1):
        for length in range(min(_LONGEST_NAME, end), 0, -1):
            if code := _named(", ".join(parts[end - length : end])):
                return code
    return _at_end(parts[-1]) if parts else None


def _named(text: str) -> str | None:
    return parse_country(text) if len(re.sub(r"\W", "", text)) > len("US") or not text.isascii() else None


def _at_end(text: str) -> str | None:
    words = evened(text).strip(" .,;()").split(" ")
    for start in range(1, len(words)):
        code = _names().get(key(" ".join(words[start:])))
        if code and not _NOT_BEFORE.search(" ".join(words[:start])):
            return code
    return None


@cache
def _codes() -> Mapping[str, str]:
    """Alpha-2 and alpha-3 codes, and those of customs tariffs."""
    codes = {country.alpha_2: country.alpha_2 for country in pycountry.countries}
    codes |= {c.alpha_3: c.alpha_2 for c in pycountry.countries if c.alpha_3 not in _WORDS_TOO}
    return MappingProxyType(codes | {code: code for code in _TARIFF_CODES})


@cache
def _names() -> Mapping[str, str]:
    """Folded name → code. The data file goes before ISO's names, as it is meant for what trade prints."""
    names: dict[str, str] = {}
    for country in pycountry.countries:
        english = [getattr(country, name, None) for name in ("name", "official_name", "common_name")]
        for printed in filter(None, english):
            for spelling in (printed, *(translation.gettext(printed) for translation in _translations())):
                names.setdefault(key(spelling), country.alpha_2)
    return MappingProxyType(names | dict(printed_words("countries")))


@cache
def _translations() -> tuple[gettext.NullTranslations, ...]:
    folder = Path(pycountry.__file__).parent / "locales"
    return tuple(gettext.translation("iso3166-1", folder, [language]) for language in _LANGUAGES)


@cache
def _origin_label() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in label_words("origins"))
    return re.compile(rf"^(?:{words})(?![^\W\d_])\s*[:.]?\s*|^(?:原产国|原产地|产地)\s*[::]?\s*", re.IGNORECASE)
