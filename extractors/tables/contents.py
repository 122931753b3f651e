"""What a column holds, judged by its cells alone: for titles that say too little ("Item", "Code") or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from extractors.tables.labelled import is_code
from extractors.values.countries import parse_country_twice
from extractors.values.currencies import split_currency
from extractors.values.identifiers import parse_hs_code
from extractors.values.numbers import NumberStyle, number_style, parse_number
from extractors.values.units import parse_unit
from schemas.nomenclature import is_subheading

HS: Final = re.compile(r"\d{4}[. ]?\d{2}(?:[. ]?\d{2}){0,2}")
PLAIN_NUMBER: Final = re.compile(r"\W*\d[\d.,' ]*")
PART: Final = re.compile(r"(?=\S*\d)(?=\S*[A-Z])[A-Z0-9]+(?:[-./][A-Z0-9]+)+|\d{1,6}(?:-\d{2,6})+")
COUNT: Final = re.compile(r"\W?\d{1,3}\W?")
MOST: Final = 0.6
"""The share of cells that must look like what the column is taken for."""

_SPAN_OF_NUMBERS: Final = re.compile(
    r"(?:c/?no?s?|ctns?|nos?|nr|pkgs?|#)?[.:\s]*\d{1,6}\s*(?:[-–—~]|to|bis|à|a)\s*\d{1,6}", re.IGNORECASE
)
_DOTTED_HS: Final = re.compile(r"\d{4}\.\d{2}(?:[. ]?\d{2}){0,2}|\d{8}|\d{10}|\d{4}\.\d{4}")
_LIKE_MONEY: Final = re.compile(r"\d{4}\.\d{2}")
"""A subheading printed so ("8413.70") looks like an amount of money."""
_FIGURES: Final = re.compile(r"\W?\d[\d.,' ]*(?P<behind>\D*)")
_LEADING: Final = re.compile(r"\d[\d.,' ]*")
_LONGEST_BEHIND: Final = 6
_PROSE: Final = re.compile(r".*[,;–—-]")
"""Numbers that end so are parts of a sentence, between whose words white space happens to run down."""
_MEASURED: Final = re.compile(r"\d+[A-Z]{1,4}")
"""A number and its unit stuck to it ("100PCS") look like an article's number."""
_LOT: Final = re.compile(r"(?:LOT|BATCH|CH|SN|EXP)[.:/-]?\d|\d{1,2}[-./]?[A-Z]{3}[-./]?(?:20)?\d\d$")
"""Numbers of lots and days ("12JAN2026") are no articles'."""
_DIGITS: Final = re.compile(r"\d+(?:[.-]\d+)*")
_FEWEST_DIGITS: Final = 5
_MOST_DIGITS_OF_UNIT: Final = 1
"""Of square and cubic metres."""


def share(texts: Sequence[str], pattern: re.Pattern[str]) -> bool:
    """Whether most of the cells are nothing but that."""
    return mostly(texts, pattern.fullmatch)


def mostly(texts: Sequence[str], holds: Callable[[str], object]) -> bool:
    return bool(texts) and sum(bool(holds(t)) for t in texts) >= MOST * len(texts)


def are_figures(texts: Sequence[str]) -> bool:
    """Numbers with no more than their currency, unit, or a few signs."""
    return mostly(texts, _is_figure)


def are_prose(texts: Sequence[str]) -> bool:
    return share(texts, _PROSE)


def like_money(texts: Sequence[str]) -> bool:
    """Whether all cells could be subheadings of the tariff as well as amounts."""
    return bool(texts) and all(_LIKE_MONEY.fullmatch(t) for t in texts)


def are_subheadings(texts: Sequence[str]) -> bool:
    """Whether the Harmonized System has every one of them."""
    codes = [parse_hs_code(text) for text in texts]
    return bool(codes) and all(code is not None and is_subheading(code) for code in codes)


def no_fewer(some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether each cell begins with a number, and none with a smaller one than the other column's."""
    style = number_style((*some, *others))
    pairs = [(_leading(a, style), _leading(b, style)) for a, b in zip(some, others, strict=False)]
    return len(some) == len(others) > 0 and all(a is not None and b is not None and a >= b for a, b in pairs)


def _leading(text: str, style: NumberStyle | None) -> Decimal | None:
    """The number that a text begins with. One that could be thousands or thousandths ("1,032") counts pieces here."""
    found = _LEADING.match(text)
    if found is None:
        return None
    number = parse_number(found[0].strip(), style)
    return Decimal(re.sub(r"\D", "", found[0])) if number is None else number


def meaning(texts: Sequence[str], others: Sequence[str]) -> str:
    """What a column without a title plainly holds, where no other of `others` is that already; "" for nothing plain."""
    if "number" not in others and running(texts):
        return "number"
    if "package_range" not in others and ranges(texts):
        return "package_range"
    signs: dict[str, Callable[[str], object]] = {
        "hs_code": _DOTTED_HS.fullmatch, "origin": parse_country_twice,
        "part_number": _is_part if len(texts) > 1 else PART.fullmatch, "unit": _is_unit,
    }  # fmt: skip
    return next((name for name, holds in signs.items() if name not in others and mostly(texts, holds)), "")


def running(texts: Sequence[str]) -> bool:
    """Numbers that count the items: each one more than the one before."""
    numbers = [int(re.sub(r"\D", "", t)) for t in texts if re.fullmatch(r"\W?\d{1,4}\W?", t)]
    steps = sum(b == a + 1 for a, b in pairwise(numbers))
    return (
        len(numbers) > 1
        and numbers[0] == 1
        and len(numbers) >= MOST * len(texts)
        and steps >= MOST * (len(numbers) - 1)
    )


def ranges(texts: Sequence[str]) -> bool:
    """True for ranges of package numbers, each beginning where the ones before end; single numbers may be among them.

    A third of ranges is enough. Article numbers ("70-5672") look like them, but do not go on from one to the next.
    """
    spans = [[int(n) for n in re.findall(r"\d+", t)[:2]] for t in texts if _SPAN_OF_NUMBERS.fullmatch(t)]
    if not spans or len(spans) < len(texts) / 3:
        return False
    rising = sum(first <= last for first, last in spans)
    following = sum(b[0] >= a[1] for a, b in pairwise(spans))
    return rising >= MOST * len(spans) and following >= MOST * (len(spans) - 1)


def are_codes(texts: Sequence[str]) -> bool:
    """Article numbers or numbers of the items, and no words."""
    return mostly(texts, _is_part) or share(texts, COUNT) or codes_of_digits(texts)


def count_packages(texts: Sequence[str]) -> bool:
    """Numbers with a kind of package: "33 colli"."""
    return mostly(texts, lambda text: _unit_behind(text).startswith("X"))


def count_goods(texts: Sequence[str]) -> bool:
    """Numbers with a unit of goods, and no kind of package: "2.640 pz"."""
    return mostly(texts, lambda text: (unit := _unit_behind(text)) and not unit.startswith("X"))


def name_packages(texts: Sequence[str]) -> bool:
    """Kinds of packages without a number."""
    return mostly(texts, lambda text: (parse_unit(text) or "").startswith("X"))


def codes_of_digits(texts: Sequence[str]) -> bool:
    """Article numbers without a letter: long, of one length, no two alike."""
    lengths = {sum(c.isdigit() for c in t) for t in texts}
    alike = len(lengths) == 1 and min(lengths) >= _FEWEST_DIGITS and len(set(texts)) == len(texts) > 1
    return alike and not are_subheadings(texts) and all(_DIGITS.fullmatch(t) for t in texts)


def _is_figure(text: str) -> bool:
    found = _FIGURES.fullmatch(split_currency(text)[0])
    behind = found["behind"].strip() if found else ""
    return found is not None and (len(behind) < _LONGEST_BEHIND or _names_unit(behind))


def _names_unit(text: str) -> bool:
    """A unit, maybe in two languages ("米 M")."""
    return parse_unit(text) is not None or all(parse_unit(word) for word in text.split())


def _unit_behind(text: str) -> str:
    """The Rec 20 code of the unit behind a number, "" where none is printed."""
    found = _FIGURES.fullmatch(text)
    return (parse_unit(found["behind"].strip()) or "") if found and found["behind"].strip() else ""


def _is_part(text: str) -> bool:
    return bool(PART.fullmatch(text)) or (is_code(text) and not (_MEASURED.fullmatch(text) or _LOT.match(text)))


def _is_unit(text: str) -> bool:
    return sum(c.isdigit() for c in text) <= _MOST_DIGITS_OF_UNIT and _names_unit(text)
