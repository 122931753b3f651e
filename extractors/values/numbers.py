"""Printed numbers. One document keeps one style, which is decided from tokens that allow no other reading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, TypeVar

from extractors.values.currencies import split_currency
from extractors.values.printing import evened

DecimalMark = Literal[".", ","]
GroupMark = Literal[",", ".", " ", "'"]
_T = TypeVar("_T")

_MOST_DIGITS: Final = 18
_CLEAR_MAJORITY: Final = 4
_MISREAD_DIGITS: Final = str.maketrans({"O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "|": "1", "i": "1",
                                        "S": "5", "s": "5", "B": "8", "Z": "2", "z": "2"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How a document prints numbers. `group` is None where no number shows how thousands are set apart.

    `lakh` is the Indian grouping 12,34,567.00.
    """

    decimal: DecimalMark
    group: GroupMark | None = None
    lakh: bool = False


# A mark pair that can only be decimals after groups, or two group marks; then what that proves.
_PROOFS: Final[tuple[tuple[re.Pattern[str], DecimalMark, GroupMark, bool], ...]] = (
    (re.compile(r"[1-9]\d{0,2}(?:,\d{3})+\.\d{1,4}|[1-9]\d{0,2}(?:,\d{3}){2,}"), ".", ",", False),
    (re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+,\d{1,4}|[1-9]\d{0,2}(?:\.\d{3}){2,}"), ",", ".", False),
    (re.compile(r"[1-9]\d?(?:,\d{2})+,\d{3}\.\d{1,4}"), ".", ",", True),
    (re.compile(r"[1-9]\d{0,2}(?:'\d{3})+\.\d{1,4}"), ".", "'", False),
    (re.compile(r"[1-9]\d{0,2}(?:'\d{3})+,\d{1,4}"), ",", "'", False),
    (re.compile(r"[1-9]\d{0,2}(?: \d{3})+\.\d{1,4}"), ".", " ", False),
    (re.compile(r"[1-9]\d{0,2}(?: \d{3})+,\d{1,4}"), ",", " ", False),
)
# Exactly two decimals. Four digits, a dot and two digits is left out: an HS code is printed so.
_CENTS: Final = re.compile(r"(?:0|[1-9]\d{0,2})([.,])\d{2}")
_TRAILING_UNIT: Final = re.compile(r"(?<=[\d.)-])\s*(?:%|[^\W\d_]+[.²³]?)$")
_NO_CENTS: Final = re.compile(r"(?<=\d)[.,]\s?-+$")
_TOKEN: Final = re.compile(r"(?<![\w.,'/:-])\d[\d.,']*(?: \d{3}(?:[.,']\d+)?(?![\d.,']*\d))*(?![\w/:])")


def number_style(texts: Iterable[str]) -> NumberStyle | None:
    """The style that a document's words or lines prove; None where nothing does or the evidence is divided.

    Spaces between groups count only where no other group mark is seen, since columns are set apart by spaces too.
    """
    proofs: Counter[NumberStyle] = Counter()
    cents: Counter[str] = Counter()
    for text in texts:
        for token in _tokens(text):
            if style := _proof(token):
                proofs[style] += 1
            elif found := _CENTS.fullmatch(token):
                cents[found[1]] += 1
    marked = Counter({style: n for style, n in proofs.items() if style.group != " "}) or proofs
    decimals = Counter[str]()
    for style, count in marked.items():
        decimals[style.decimal] += count
    decimal = _clear_winner(decimals or cents)
    if decimal is None:
        return None
    fitting = Counter({style: n for style, n in marked.items() if style.decimal == decimal})
    return _clear_winner(fitting) or NumberStyle("." if decimal == "." else ",")


def parse_number(text: str, style: NumberStyle | None, *, trailing_unit: bool = False) -> Decimal | None:
    """The number that the text is, with the decimals as printed; None where it is none or could be another.

    Currency signs and codes at either end are dropped, and with `trailing_unit` also a per cent sign or a word after the
    number. Without a style only what can be read in one way is taken: "1,234.56" and "12.50", not "1,234".
    """
    body, negative = _signed(_bare(text, trailing_unit=trailing_unit))
    digits = _digits(_closed_up(body, style), style)
    if digits is None or sum(mark.isdigit() for mark in digits) > _MOST_DIGITS:
        return None
    return -Decimal(digits) if negative else Decimal(digits)


def numeric_readings(text: str, style: NumberStyle | None) -> tuple[Decimal, ...]:
    """All readings worth testing. The first is `parse_number`'s where that has one; the others are misreadings undone.

    Letters taken for digits, spaces inside the number and marks that may mean groups or decimals are considered.
    """
    sure = parse_number(text, style)
    body, negative = _signed(_bare(text, trailing_unit=False))
    readings = [] if sure is None else [sure]
    if sure is None:
        for spelling in (body, body.translate(_MISREAD_DIGITS)):
            found = _all_meanings(spelling.replace(" ", ""), style) if _looks_numeric(spelling) else ()
            readings.extend(-value if negative else value for value in found)
    return tuple(dict.fromkeys(readings))


def _tokens(text: str) -> Iterable[str]:
    return (found[0].rstrip(".,'") for found in _TOKEN.finditer(evened(text)))


def _proof(token: str) -> NumberStyle | None:
    for pattern, decimal, group, lakh in _PROOFS:
        if pattern.fullmatch(token):
            return NumberStyle(decimal, group, lakh)
    return None


def _clear_winner(votes: Counter[_T]) -> _T | None:
    """The one with at least four times the votes of all others together."""
    if not votes:
        return None
    best, count = votes.most_common(1)[0]
    return best if count >= _CLEAR_MAJORITY * (votes.total() - count) else None


def _bare(text: str, *, trailing_unit: bool) -> str:
    """Without currency, without "-" for no cents ("1.250,-"), and if asked without a per cent sign or word at the end."""
    body = evened(text)
    if trailing_unit:
        body = _TRAILING_UNIT.sub("", body)
    return _NO_CENTS.sub("", split_currency(body)[0])


def _signed(body: str) -> tuple[str, bool]:
    """The digits' part, and whether a minus stands before or after it or brackets stand round it."""
    if found := re.fullmatch(r"\((.+)\)|-\s*(.+)|(.+?)\s*-", body):
        return (found[1] or found[2] or found[3]).strip(), True
    return body, False


def _closed_up(body: str, style: NumberStyle | None) -> str:
    """Without spaces that OCR puts next to a group mark, where three digits and the style or decimals prove the mark."""
    group = style.group if style else None
    if group is not None and group != " ":
        return re.sub(rf"(?<=\d)\s*{re.escape(group)}\s*(?=\d{{3}}(?!\d))", group, body)
    if re.fullmatch(r"\d{1,3}(?:\s?([,.'])\s?\d{3})+(?!\1)[.,]\d{1,4}", body):
        return body.replace(" ", "")
    return body


def _digits(body: str, style: NumberStyle | None) -> str | None:
    """The number in Python's spelling, or None where the style, or two possible styles, do not settle it."""
    if style is not None:
        return _in_style(body, style)
    meanings = {found for known in _KNOWN_STYLES if (found := _in_style(body, known)) is not None}
    values = {Decimal(found) for found in meanings}
    return meanings.pop() if len(values) == 1 else None


def _in_style(body: str, style: NumberStyle) -> str | None:
    """The body read strictly in one style: groups of three, the first without a leading zero, at most one decimal mark."""
    mark = re.escape(style.decimal)
    if re.fullmatch(rf"\d+(?:{mark}\d+)?|{mark}\d+", body):
        return body.replace(style.decimal, ".")
    for group in (style.group,) if style.group else _groups_beside(style.decimal):
        inner = (
            rf"(?:{re.escape(group)}\d{{2}})*{re.escape(group)}\d{{3}}"
            if style.lakh
            else rf"(?:{re.escape(group)}\d{{3}})+"
        )
        if re.fullmatch(rf"[1-9]\d{{0,2}}{inner}(?:{mark}\d+)?", body):
            return body.replace(group, "").replace(style.decimal, ".")
    return None


def _groups_beside(decimal: DecimalMark) -> tuple[GroupMark, ...]:
    """Group marks that go with a decimal mark where none is proved; a space never, as it sets columns apart too."""
    return (",", "'") if decimal == "." else (".", "'")


_KNOWN_STYLES: Final = (NumberStyle("."), NumberStyle(","))


def _looks_numeric(body: str) -> bool:
    """At least half digits, so that a word of look-alike letters ("SOLID") is never taken for a number."""
    kept = body.replace(" ", "")
    return bool(kept) and re.fullmatch(r"[\d.,']+", kept) is not None


def _all_meanings(body: str, style: NumberStyle | None) -> tuple[Decimal, ...]:
    """The body in the style if it fits, then in the other styles, then with only its last mark taken for decimals."""
    styles = (*((style,) if style else ()), *_KNOWN_STYLES)
    found = [digits for known in styles if (digits := _in_style(body, known)) is not None]
    if last := re.fullmatch(r"([\d.,']*\d)[.,](\d{1,3})", body):
        found.append(re.sub(r"\D", "", last[1]) + "." + last[2])
    return tuple(Decimal(digits) for digits in found if len(digits) <= _MOST_DIGITS)
