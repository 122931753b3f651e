"""Numbers, dates and amounts as trade papers print them, in normal form."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

_MONTHS: Final = (
    r"jan|ene|gen", r"feb|f[ée]v", r"mar|m[äa]r|mrz", r"apr|avr|abr", r"may|mai|mag", r"jun|juin|giu", r"jul|juil|lug",
    r"aug|ao[uû]|ago", r"sep|set", r"o[ck]t|ott", r"nov", r"dec|dez|d[ée]c|dic",
)  # fmt: skip
_ISO: Final = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_CHINESE: Final = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_FIGURES: Final = re.compile(r"\b(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b")
_DAY_FIRST: Final = re.compile(r"\b(\d{1,2})\.?\s+(?:de\s+)?([^\W\d]{3,12})\.?\s+(?:de\s+)?(\d{4})\b")
_MONTH_FIRST: Final = re.compile(r"\b([^\W\d]{3,12})\.?\s+(\d{1,2}),?\s+(\d{4})\b")
_CODE: Final = re.compile(r"[A-Z0-9][A-Z0-9/.\-]*\d[A-Z0-9/.\-]*")
_AMOUNT: Final = re.compile(
    r"(?<![\w.,])\d{1,3}(?:[ ,.'’  ]\d{3})*(?:[.,]\d{1,3})?(?![\w])|(?<![\w.,])\d+(?:[.,]\d{1,3})?"
)
_THOUSAND: Final = 3
_SHORTEST: Final = 3


def number_in(text: str) -> str | None:
    """The first word with a digit in it that is long enough, and no date."""
    for match in _CODE.finditer(text):
        told = match[0].strip(".-/")
        if len(told) >= _SHORTEST and date_in(told) is None:
            return told
    return None


def date_in(text: str) -> str | None:
    """The first date, ISO; of figures alone the day comes before the month, as outside the United States."""
    if match := _ISO.search(text) or _CHINESE.search(text):
        return _iso(match[1], match[2], match[3])
    if match := _FIGURES.search(text):
        return _iso(match[3], match[2], match[1])
    if (match := _DAY_FIRST.search(text)) and (month := _month(match[2])):
        return _iso(match[3], month, match[1])
    if (match := _MONTH_FIRST.search(text)) and (month := _month(match[1])):
        return _iso(match[3], month, match[2])
    return None


def _month(word: str) -> str | None:
    return next((str(at) for at, names in enumerate(_MONTHS, 1) if re.match(names, word, re.IGNORECASE)), None)


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def amount_in(text: str) -> str | None:
    """The first number, as a plain decimal."""
    match = _AMOUNT.search(text)
    return _plain(match[0]) if match else None


def last_amount_in(text: str) -> str | None:
    """The last number: in the row of a total, columns of quantities stand before it."""
    found = _AMOUNT.findall(text)
    return _plain(found[-1]) if found else None


def _plain(printed: str) -> str:
    """The last point or comma is the decimal one, unless exactly three digits follow it and no other sign is there."""
    bare = re.sub(r"[ '’  ]", "", printed)
    head, sign, tail = bare.rpartition("." if bare.rfind(".") > bare.rfind(",") else ",")
    if not sign:
        return bare
    alone = "." not in head and "," not in head
    if len(tail) == _THOUSAND and (alone or sign in head):
        return re.sub(r"[.,]", "", bare)
    return f"{re.sub(r'[.,]', '', head)}.{tail}"
