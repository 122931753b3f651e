"""Printed dates. One document keeps one order of day and month, which is decided from dates that allow no other."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, Literal

from extractors.values.lexicon import official_codes, printed_words, word_lists
from extractors.values.printing import evened, key

DateOrder = Literal["dmy", "mdy", "ymd"]

_ORDERS: Final[tuple[DateOrder, ...]] = ("dmy", "mdy", "ymd")
_CENTURY: Final = 2000
_SHORT_YEAR: Final = 100
# Years that trade papers can bear; an 8-digit number outside them is no date.
_YEARS: Final = range(1950, 2100)
# A year printed as 19 or 20 is far more often the half of one of four digits that a stamp or the edge has cut.
_CUT_YEARS: Final = frozenset({19, 20})
_CLEAR_MAJORITY: Final = 4
# OCR's letters for digits: O can only be a zero here, l and I only a one, as the rest of the date must fit.
_LETTERS: Final = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"})
_D: Final = r"[\dOolI|]"
_EDGE: Final = r"(?<![\w./-])"
_END: Final = r"(?![\w/]|[.-]\d)"

_ISO: Final = rf"(?P<iy>[12Il]{_D}{{3}})(?P<is>[-/.]) ?(?P<im>{_D}{{1,2}})(?P=is) ?(?P<id>{_D}{{1,2}})"
_NUMERIC: Final = rf"(?P<a>{_D}{{1,2}}) ?(?P<s>[-/.]) ?(?P<b>{_D}{{1,2}}) ?(?P=s) ?(?P<c>[12]{_D}{{3}}|{_D}{{2}})"
_CHINESE: Final = r"(?P<zy>\d{4}) ?年 ?(?P<zm>\d{1,2}) ?月 ?(?P<zd>\d{1,2}) ?[日号]"
_ORDINAL: Final = r"(?:(?i:ST|ND|RD|TH|ER|RE)|º|°|\.)?"


def date_order(texts: Iterable[str], *, hint_country: str | None = None) -> DateOrder | None:
    """The order that a document's numeric dates prove; the country's habit where none does, None where they differ.

    A misread date proves the wrong order, so four dates outvote one.
    `hint_country` is the ISO alpha-2 code of the paper's issuer. Without evidence and hint there is no order.
    """
    proofs = Counter(order for text in texts for order in _proofs(text))
    if proofs:
        order, count = proofs.most_common(1)[0]
        return order if count >= _CLEAR_MAJORITY * (proofs.total() - count) else None
    habit = official_codes("date_orders").get(hint_country or "")
    return next((order for order in _ORDERS if order == habit), None)


def parse_date(text: str, order: DateOrder | None) -> dt.date | None:
    """The date that the text is, or None. Day and month that could be exchanged need `order`."""
    body = evened(text).strip(" ,;:*")
    if found := re.fullmatch(r"(\d{4})(\d{2})(\d{2})", body):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    found = re.fullmatch(rf"(?:{_lead()})?{_pattern().pattern}\.?(?:[T ,]*\d{{1,2}}:\d{{2}}.*)?", body)
    return _settled(found, order) if found else None


def find_dates(text: str, order: DateOrder | None) -> list[tuple[dt.date, str]]:
    """All settled dates in a longer text with their printed form, in printed order."""
    found = ((_settled(match, order), match[0]) for match in _pattern().finditer(evened(text)))
    return [(date, printed) for date, printed in found if date]


def ambiguous_dates(text: str) -> tuple[dt.date, ...]:
    """All dates that the first date in the text may mean, the day-first reading first."""
    match = _pattern().search(evened(text))
    return _meanings(match) if match else ()


def _proofs(text: str) -> Iterator[DateOrder]:
    """The one order under which a numeric date in the text exists; a two-digit year proves nothing alone."""
    for match in _pattern().finditer(evened(text)):
        if match["iy"]:
            continue
        if match["a"] and len(match["c"]) == len("2025"):
            orders = [order for order in _ORDERS if _numeric(match, order)]
            if len(orders) == 1:
                yield orders[0]


def _settled(match: re.Match[str], order: DateOrder | None) -> dt.date | None:
    if match["a"] and order and not (order == "ymd" and len(match["c"]) == len("2025")):
        return _numeric(match, order)
    meanings = _meanings(match)
    return meanings[0] if len(meanings) == 1 else None


def _meanings(match: re.Match[str]) -> tuple[dt.date, ...]:
    if match["a"]:
        found = (_numeric(match, order) for order in _ORDERS)
        return tuple(dict.fromkeys(date for date in found if date))
    date = _unmistakable(match)
    return (date,) if date else ()


def _unmistakable(match: re.Match[str]) -> dt.date | None:
    """A date with the year first, a named month or Chinese signs."""
    for year, month, day in (
        ("iy", "im", "id"),
        ("zy", "zm", "zd"),
        ("ny", "nm", "nd"),
        ("my", "mm", "md"),
        ("yy", "ym", "yd"),
    ):
        if match[year]:
            return _date(_number(match[year]), _month(match[month]), _number(match[day]))
    return None


def _numeric(match: re.Match[str], order: DateOrder) -> dt.date | None:
    """The three numbers in one order; a year of four digits stands last, so that `ymd` needs one of two digits."""
    first, second, third = (_number(match[part]) for part in ("a", "b", "c"))
    if order == "ymd":
        return _date(first, second, third) if third < _SHORT_YEAR and len(match["a"]) > 1 else None
    day, month = (first, second) if order == "dmy" else (second, first)
    return _date(third, month, day)


def _date(year: int, month: int, day: int) -> dt.date | None:
    if year in _CUT_YEARS:
        return None
    full = year + _CENTURY if year < _SHORT_YEAR else year
    try:
        return dt.date(full, month, day) if full in _YEARS else None
    except ValueError:
        return None


def _number(digits: str) -> int:
    return int(digits.translate(_LETTERS))


def _month(printed: str) -> int:
    """0, which is no month, for what is neither number nor name."""
    name = printed_words("dates").get(key(printed))
    return int(name) if name else _number(printed) if re.fullmatch(rf"{_D}{{1,2}}", printed) else 0


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted({name for months in word_lists("dates").values() for name in months}, key=len, reverse=True)
    month = f"(?i:{'|'.join(_accents_optional(name) for name in names)})"
    join = r"(?:(?i: DE | DEL | OF )|[ ,./-])?"
    day_first = rf"(?P<nd>{_D}{{1,2}}){_ORDINAL}{join} ?(?P<nm>{month})\.?{join} ?(?P<ny>\d{{4}}|'?\d{{2}})"
    month_first = rf"(?P<mm>{month})\.?[ -]?(?P<md>{_D}{{1,2}}){_ORDINAL}[ ,-]+(?P<my>\d{{4}})"
    year_first = rf"(?P<yy>\d{{4}})[ -](?P<ym>{month})\.?[ -](?P<yd>{_D}{{1,2}})"
    every = f"{_CHINESE}|{_ISO}|{_NUMERIC}|{day_first}|{month_first}|{year_first}"
    return re.compile(f"{_EDGE}(?:{every}){_END}")


def _accents_optional(name: str) -> str:
    """OCR drops accents more often than letters, so "fevrier" is taken for "février"."""
    return "".join(f"(?:{letter}|{key(letter)})" if key(letter) != letter.casefold() else letter for letter in name)


def _lead() -> str:
    """Words that may stand before a date without making it another: weekday, "le", "den", "am", "the"."""
    return r"(?:[^\W\d_]{3,10}\.?, ?)?(?:(?i:LE|DEN|DER|AM|VOM|DU|EL|IL|ON|THE|DATED) )?"
