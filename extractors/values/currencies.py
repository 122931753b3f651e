"""Currency codes, names and signs as printed, and numbers freed of them. Codes: ISO 4217 (pycountry)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

import pycountry

from extractors.values.lexicon import printed_words, word_lists
from extractors.values.printing import evened, key

AMBIGUOUS: Final = "ambiguous"
# Funds, metals and codes for tests are in ISO 4217 too, but on no invoice; as words they would only do harm.
_NO_MONEY: Final = frozenset(
    {"XXX", "XTS", "XAU", "XAG", "XPT", "XPD", "XBA", "XBB", "XBC", "XBD", "XUA", "XSU", "XDR"}
)
# Codes that are English words too count only in brackets or beside an amount with two decimals.
_WORDS_TOO: Final = frozenset(
    {"ALL", "TOP", "TRY", "CUP", "PEN", "MOP", "COP", "MAD", "BOB", "SOS", "BAM", "GEL", "LAK", "ANG"}
)
_CENTS: Final = r"\d[\d., ']*[.,]\d{2}(?!\d)"
# Spellings up to this length are signs and must stand as printed; longer ones are names, in any case.
_SIGN: Final = 4
_BEFORE: Final = re.compile(r"(?P<sign>[-+(]*\s*)(?P<money>[^\d\s(),'+-][^\d(),'+-]*?)\s*(?P<rest>[-(]*\s*[.,]?\d.*)")
_AFTER: Final = re.compile(r"(?P<rest>.*\d(?:[.,]-+)?[)-]*)\s*(?P<money>[^\d\s(),'+-][^\d(),'+-]*)(?P<sign>[)-]*)")


def currency_of(text: str) -> str | None:
    """The ISO 4217 code of a sign, code or name; None for none and for a sign that several currencies share."""
    code = _table().get(key(text))
    return None if code == AMBIGUOUS else code


def is_currency(text: str) -> bool:
    """True also for signs that several currencies share."""
    return key(text) in _table()


def split_currency(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without a currency sign, code or name at either end, and what was dropped, in printed order."""
    rest, dropped = evened(text), []
    if (found := _BEFORE.fullmatch(rest)) and _is_meant(found["money"], found["rest"]):
        dropped.append(found["money"])
        rest = (found["sign"] + found["rest"]).strip()
    if (found := _AFTER.fullmatch(rest)) and _is_meant(found["money"], found["rest"]):
        dropped.append(found["money"])
        rest = (found["rest"] + found["sign"]).strip()
    return rest, tuple(dropped)


def find_currencies(text: str) -> list[str]:
    """The ISO codes of all currencies named in a text, once each, in printed order. Shared signs give none."""
    codes = (currency_of(found[0]) for found in _pattern().finditer(evened(text)))
    return list(dict.fromkeys(code for code in codes if code))


def _is_meant(money: str, amount: str) -> bool:
    return is_currency(money) and (money not in _WORDS_TOO or re.search(_CENTS, amount) is not None)


@cache
def _table() -> Mapping[str, str]:
    codes = {c.alpha_3.lower(): c.alpha_3 for c in pycountry.currencies if c.alpha_3 not in _NO_MONEY}
    return MappingProxyType({**codes, **printed_words("currencies")})


@cache
def _pattern() -> re.Pattern[str]:
    """Codes in capitals and signs with a capital as printed, names in any case; words never inside other words."""
    codes = sorted(code for code in _table().values() if code != AMBIGUOUS)
    spellings = [word for words in word_lists("currencies").values() for word in words]
    strict = sorted({*codes, *(w for w in spellings if len(w) <= _SIGN)}, key=len, reverse=True)
    names = sorted((w for w in spellings if len(w) > _SIGN), key=len, reverse=True)
    either = "|".join([f"(?i:{_escaped(name)})" for name in names] + [_escaped(sign) for sign in strict])
    return re.compile(f"(?:{either})")


def _escaped(word: str) -> str:
    """A Latin word must not touch another letter; digits may touch ("USD5,00", "5€"), Chinese may touch anything."""
    latin = r"[^\W\d_一-鿿]"
    before = f"(?<!{latin})" if re.match(latin, word) else r"(?<![A-Za-z$])"
    after = f"(?!{latin}|\\$)" if re.search(f"{latin}$", word) else ""
    if word in _WORDS_TOO:
        return rf"(?:(?<=\(){word}(?=\))|(?<![A-Za-z]){word}(?=\s?{_CENTS})|(?<=[.,]\d\d ){word}(?![A-Za-z]))"
    return before + re.escape(word) + after
