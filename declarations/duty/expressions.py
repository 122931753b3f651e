"""Duty expressions as tariffs print them, read into a tree.

    expression = season ("," season)* | limited
    season     = limited "(" day month "-" day month ")"
    limited    = sum (("MIN" | "MAX") sum)*
    sum        = part (("+" | "-") part)*
    part       = "Free" | number "%" | number "%" "retail price" | number currency "/" unit

`A MAX B` is the lesser of the two and `A MIN B` the greater, from left to right: as the calculator of the UK's tariff
service reads them, where the last limit splits the expression.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from declarations.duty.quantities import Per, pers_of
from declarations.errors import ExpressionInvalid, ExpressionRefused


@dataclass(frozen=True, slots=True)
class AdValorem:
    percent: Decimal


@dataclass(frozen=True, slots=True)
class OfRetailPrice:
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Specific:
    """`amount` for every unit named: for "1.40 GBP / % vol / hl", per cent of alcohol times hectolitres."""

    amount: Decimal
    currency: str
    per: tuple[Per, ...]


Part = AdValorem | OfRetailPrice | Specific


@dataclass(frozen=True, slots=True)
class Sum:
    """Parts added, or taken off where the sign is -1."""

    parts: tuple[tuple[Literal[1, -1], Part], ...]


@dataclass(frozen=True, slots=True)
class Limited:
    """The greater of both for MIN, the lesser for MAX."""

    left: Sum | Limited
    limit: Literal["MIN", "MAX"]
    right: Sum


@dataclass(frozen=True, slots=True)
class Season:
    """In force from one (month, day) to another, both included; it may run over the end of the year."""

    duty: Sum | Limited
    first: tuple[int, int]
    last: tuple[int, int]

    def holds(self, month_and_day: tuple[int, int]) -> bool:
        if self.first <= self.last:
            return self.first <= month_and_day <= self.last
        return month_and_day >= self.first or month_and_day <= self.last


@dataclass(frozen=True, slots=True)
class Seasonal:
    seasons: tuple[Season, ...]


Expression = Sum | Limited | Seasonal

_MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NUMBER: Final = r"(\d{1,12}(?:\.\d{1,8})?)"
_FREE: Final = re.compile(r"free|nil|duty[ -]?free", re.IGNORECASE)
_AD_VALOREM: Final = re.compile(rf"{_NUMBER}\s*%", re.ASCII)
_RETAIL: Final = re.compile(rf"{_NUMBER}\s*%\s*(?:of\s+)?(?:the\s+)?(?:retail price|RSP|RET)", re.IGNORECASE | re.ASCII)
_SPECIFIC: Final = re.compile(rf"(£|€)?\s*{_NUMBER}\s*([A-Z]{{3}})?\s*(?:/|per\b)\s*(.+)", re.DOTALL | re.ASCII)
_SEASON: Final = re.compile(r"(.+?)\(\s*(\d{1,2}) ([A-Z]{3})\s*-\s*(\d{1,2}) ([A-Z]{3})\s*\)\s*", re.DOTALL | re.ASCII)
_LIMITS: Final = re.compile(r"\s+(MIN|MAX)\s+")
_SIGNS: Final = re.compile(r"\s+([+-])\s+|(?<=%)\s*([+])\s*")
_SIGNED: Final = {"£": "GBP", "€": "EUR"}
_MAX_LENGTH: Final = 400
# What needs more than a declaration holds: entry prices of fruit, components for the make-up of goods, sugar's yield.
_REFUSED: Final = (
    (re.compile(r"entry price|\bV\s+\d", re.IGNORECASE), "depends on the entry price of the consignment"),
    (re.compile(r"\b(EAR?|AD\s?[SF]/?[ZM]R?|AC)\b"), "depends on the make-up of the goods (agricultural component)"),
    (re.compile(r"std\.?\s?qual", re.IGNORECASE), "is for sugar of standard quality, and depends on its yield"),
    (re.compile(r"specific provision|see |\bcond", re.IGNORECASE), "refers to provisions elsewhere"),
)  # fmt: skip


def parsed(text: str) -> Expression:
    """The tree of an expression; raises `ExpressionInvalid`, or `ExpressionRefused` for what is not computed here."""
    bare = " ".join(text.split())
    if not bare or len(bare) > _MAX_LENGTH:
        raise ExpressionInvalid("the duty expression is empty" if not bare else "the duty expression is too long")
    for pattern, reason in _REFUSED:
        if pattern.search(bare):
            raise ExpressionRefused(f"the duty “{bare}” {reason}: it is not computed here")
    return _seasonal(bare) if "(" in bare else _limited(bare)


def _seasonal(text: str) -> Seasonal:
    seasons: list[Season] = []
    at = 0
    while at < len(text):
        matched = _SEASON.match(text, at)
        if matched is None:
            raise ExpressionInvalid(f"“{text}” is no duty by seasons: “{text[at:]}” is not understood")
        duty, *days = matched.groups()
        seasons.append(Season(_limited(duty.strip(" ,")), _day(days[0], days[1]), _day(days[2], days[3])))
        at = matched.end()
    return Seasonal(tuple(seasons))


def _day(day: str, month: str) -> tuple[int, int]:
    if month not in _MONTHS or not 1 <= int(day) <= _DAYS[_MONTHS.index(month)]:
        raise ExpressionInvalid(f"“{day} {month}” is no day of the year")
    return _MONTHS.index(month) + 1, int(day)


def _limited(text: str) -> Sum | Limited:
    first, *rest = _LIMITS.split(text)
    tree: Sum | Limited = _sum(first)
    for word, right in zip(rest[::2], rest[1::2], strict=True):
        tree = Limited(tree, "MIN" if word == "MIN" else "MAX", _sum(right))
    return tree


def _sum(text: str) -> Sum:
    first, *rest = [one for one in _SIGNS.split(text) if one is not None]
    parts: list[tuple[Literal[1, -1], Part]] = [(1, _part(first))]
    for sign, part in zip(rest[::2], rest[1::2], strict=True):
        parts.append((-1 if sign == "-" else 1, _part(part)))
    return Sum(tuple(parts))


def _part(text: str) -> Part:
    bare = text.strip()
    if _FREE.fullmatch(bare):
        return AdValorem(Decimal(0))
    if matched := _AD_VALOREM.fullmatch(bare):
        return AdValorem(Decimal(matched[1]))
    if matched := _RETAIL.fullmatch(bare):
        return OfRetailPrice(Decimal(matched[1]))
    if (matched := _SPECIFIC.fullmatch(bare)) and (matched[1] or matched[3]):
        currency = matched[3] or _SIGNED[matched[1]]
        return Specific(Decimal(matched[2]), currency, pers_of(matched[4]))
    raise ExpressionInvalid(f"“{bare}” is no part of a duty: percentages and amounts by unit are understood")
