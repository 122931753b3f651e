"""Printed numbers. One document keeps one style, which is decided from tokens that allow no other reading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, TypeVar

from extractors.values.currencies import split_currency
from extractors.values.printing import evened, unframed

DecimalMark = Literal[".", ","]
GroupMark = Literal[",", ".", " ", "'"]
_T = TypeVar("_T")

_MOST_DIGITS: Final = 18
_CLEAR_MAJORITY: Final = 4
_MISREAD_DIGITS: Final = str.maketrans({"O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "|": "1", "i": "1",
                                        "S": "5", "s": "5", "B": "8", "Z": "2", "z": "2", "@": "0"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How a document prints numbers. `group` is None where no number shows how thousands are set apart.

    `lakh` is the Indian grouping 12,34,567.00.
    """

    decimal: DecimalMark
    group: GroupMark | None = None
    lakh: bool = False


# A mark pair that can only be decimals after groups, or two group marks; then what that proves.
_PROOFS: Final[tuple[tuple[re.Pattern[str], NumberStyle], ...]] = (
    (re.compile(r"[1-9]\d{0,2}(?:,\d{3})+\.\d{1,4}|[1-9]\d{0,2}(?:,\d{3}){2,}"), NumberStyle(".", ",")),
    (re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+,\d{1,4}|[1-9]\d{0,2}(?:\.\d{3}){2,}"), NumberStyle(",", ".")),
    (re.compile(r"[1-9]\d?(?:,\d{2})+,\d{3}\.\d{1,4}"), NumberStyle(".", ",", lakh=True)),
    (re.compile(r"[1-9]\d{0,2}(?:'\d{3})+\.\d{1,4}"), NumberStyle(".", "'")),
    (re.compile(r"[1-9]\d{0,2}(?:'\d{3})+,\d{1,4}"), NumberStyle(",", "'")),
)
# Decimals without groups: two of them, many, or some after a lone zero. Four digits, a dot and two digits are left out,
# as an HS code is printed so; one decimal too, as steel grades and plug sizes keep their point in every language.
_DECIMALS: Final = re.compile(r"(?:[1-9]\d{0,2}([.,])\d{2}|0([.,])\d{2,}|\d+([.,])\d{5,})")
_TOKEN: Final = re.compile(r"(?<![\w.,'/:-])\d[\d.,']*(?![\w/:])")
# Spaces that only typesetters put between groups, and a text whose one number has spaces between groups.
_FIXED_SPACE: Final = re.compile(r"(?<![\d.,'])[1-9]\d{0,2}(?:[\u00a0\u2007\u2009\u202f]\d{3})+([.,])\d{1,4}(?!\d)")
_PLAIN_SPACE: Final = re.compile(r"\D*?[1-9]\d{0,2}(?:(?: \d{3})+(?P<mark>,)|(?: \d{3}){2,}(?P<point>\.))\d{1,4}\D*")
_SPACE_PROOFS: Final = 2
_TRAILING_UNIT: Final = re.compile(r"(?<=[\d.)-])\s*(?:%|[^\W\d_]+[.²³]?)$")
_NO_CENTS: Final = re.compile(r"(?P<number>.*\d)(?P<mark>[.,])\s?-+")
_KNOWN_STYLES: Final = (NumberStyle("."), NumberStyle(","))
_MOST_READINGS: Final = 8


def number_style(texts: Iterable[str]) -> NumberStyle | None:
    """The style that a document's texts prove; None where nothing does or the evidence is divided.

    Give texts whose words stand a word space apart (cells, spans), not whole lines of a table: there "12 345,60" may be
    two columns. Plain spaces count only where no other group mark is seen, at least twice, in texts with one number.
    """
    groups: Counter[NumberStyle] = Counter()
    spaced: Counter[NumberStyle] = Counter()
    decimals: Counter[str] = Counter()
    for text in texts:
        spaced.update(_space_proofs(text))
        for token in _TOKEN.findall(evened(text)):
            groups.update(_proofs(token.rstrip(".,'")))
            if found := _DECIMALS.fullmatch(token.rstrip(".,'")):
                decimals[found[1] or found[2] or found[3]] += 1
    if not groups:
        groups = Counter({style: count for style, count in spaced.items() if count >= _SPACE_PROOFS})
    return _decided(groups, decimals)


def parse_number(text: str, style: NumberStyle | None, *, trailing_unit: bool = False) -> Decimal | None:
    """The number that the text is, with the decimals as printed; None where it is none or could be another.

    Currency signs and codes at either end are dropped, and with `trailing_unit` also a per cent sign or a word after
    the number. Without a style only what can be read in one way is taken: "1,234.56" and "12.50", not "1,234".
    """
    body = unframed(text)
    body, negative = _signed(split_currency(_TRAILING_UNIT.sub("", body) if trailing_unit else body)[0])
    if cents := _NO_CENTS.fullmatch(body):
        if style and style.decimal != cents["mark"]:
            return None
        body, style = cents["number"], style or NumberStyle("." if cents["mark"] == "." else ",")
    digits = _digits(_closed_up(body, style), style)
    if digits is None or len(digits) > _MOST_DIGITS:
        return None
    return -Decimal(digits) if negative else Decimal(digits)


def numeric_readings(text: str, style: NumberStyle | None, *, lost_point: bool = False) -> tuple[Decimal, ...]:
    """All readings worth testing, best first: `parse_number`'s where that has one, then misreadings undone.

    Letters taken for digits, spaces inside the number and marks that may mean groups or decimals are considered; with
    `lost_point`, for columns that print decimals, also that a number without any has lost its mark.
    """
    sure = parse_number(text, style)
    body, negative = _signed(split_currency(unframed(text))[0])
    readings = [] if sure is None else [sure]
    if sure is None:
        found = [value for spelling in _spellings(body) for value in _all_meanings(spelling, style)]
        readings += [-value if negative else value for value in found]
    if lost_point and readings and readings[0] == readings[0].to_integral_value() and re.fullmatch(r"-?\d{3,}", body):
        readings += [readings[0].scaleb(-places) for places in (2, 3) if len(body) > places]
    return tuple(dict.fromkeys(readings))[:_MOST_READINGS]


def _proofs(token: str) -> tuple[NumberStyle, ...]:
    return tuple(style for pattern, style in _PROOFS if pattern.fullmatch(token))[:1]


def _space_proofs(text: str) -> list[NumberStyle]:
    """A fixed space counts twice, so that one is enough."""
    fixed = [NumberStyle("." if mark == "." else ",", " ") for mark in _FIXED_SPACE.findall(text)]
    if fixed:
        return fixed * _SPACE_PROOFS
    found = _PLAIN_SPACE.fullmatch(evened(text))
    return [NumberStyle("," if found["mark"] else ".", " ")] if found else []


def _decided(groups: Counter[NumberStyle], decimals: Counter[str]) -> NumberStyle | None:
    """A token with groups weighs as much as three without."""
    votes = Counter(decimals)
    for style, count in groups.items():
        votes[style.decimal] += 3 * count
    decimal = _clear_winner(votes)
    if decimal is None:
        return None
    fitting = Counter({style: count for style, count in groups.items() if style.decimal == decimal})
    return _clear_winner(fitting) or NumberStyle("." if decimal == "." else ",")


def _clear_winner(votes: Counter[_T]) -> _T | None:
    """The one with at least four times the votes of all others together."""
    if not votes:
        return None
    best, count = votes.most_common(1)[0]
    return best if count >= _CLEAR_MAJORITY * (votes.total() - count) else None


def _signed(body: str) -> tuple[str, bool]:
    """The digits' part, and whether a minus stands before or after it or brackets stand round it."""
    if found := re.fullmatch(r"\((.+)\)|-\s*(.+)|(.*\d)\s*-", body):
        return (found[1] or found[2] or found[3]).strip(), True
    return body, False


def _closed_up(body: str, style: NumberStyle | None) -> str:
    """Without OCR's spaces beside a group mark, where three digits and the style or decimals prove the mark."""
    if style is not None and style.group is not None and style.group != " ":
        group = re.escape(style.group)
        return re.sub(rf"(?<=\d)\s?({group})\s?(?=\d{{3}}(?!\d))", r"\1", body)
    if re.fullmatch(r"\d{1,3}(?:\s?([,.'])\s?\d{3})+(?!\1)[.,]\d{1,4}", body):
        return body.replace(" ", "")
    return body


def _digits(body: str, style: NumberStyle | None) -> str | None:
    """The number in Python's spelling, or None where the style, or two possible styles, do not settle it."""
    if style is not None:
        return _in_style(body, style)
    meanings = [found for known in _KNOWN_STYLES if (found := _in_style(body, known)) is not None]
    return meanings[0] if len({Decimal(found) for found in meanings}) == 1 else None


def _in_style(body: str, style: NumberStyle) -> str | None:
    """The body strictly in one style: groups of three, no zero before a group, at most one decimal mark."""
    whole, mark, decimals = body.partition(style.decimal)
    if mark and not re.fullmatch(r"\d+", decimals, re.ASCII):
        return None
    if re.fullmatch(r"\d+", whole, re.ASCII):
        return whole + (f".{decimals}" if mark else "")
    for group in _groups(style, decimals_shown=bool(mark)):
        sizes = r"{g}\d{{3}}" if not style.lakh else r"(?:(?:{g}\d{{2}})*{g}\d{{3}}|(?:{g}\d{{3}})+)"
        grouped = sizes.format(g=re.escape(group))
        if re.fullmatch(rf"[1-9]\d{{0,2}}(?:{grouped})+", whole, re.ASCII):
            return whole.replace(group, "") + (f".{decimals}" if mark else "")
    return None


def _groups(style: NumberStyle, *, decimals_shown: bool) -> tuple[GroupMark, ...]:
    """Group marks to accept: the proved one, and others where none is proved or printed decimals leave no doubt.

    A space must be proved, as it sets columns apart too.
    """
    others: tuple[GroupMark, ...] = (",", "'") if style.decimal == "." else (".", "'")
    if style.group is None:
        return others
    return (style.group, *others) if decimals_shown else (style.group,)


def _spellings(body: str) -> tuple[str, ...]:
    """The body without spaces, and with look-alike signs taken for digits or apostrophes, where it is a number then."""
    closed = body.replace(" ", "")
    letters = closed.translate(_MISREAD_DIGITS)
    marks = re.sub(r"(?<=\d)[/\"*](?=\d{3}(?!\d))", "'", letters)
    bare = closed.strip("|[]{}")
    return tuple(
        dict.fromkeys(word for word in (closed, bare, letters, marks) if re.fullmatch(r"\d[\d.,']*|[.,]\d+", word))
    )


def _all_meanings(body: str, style: NumberStyle | None) -> tuple[Decimal, ...]:
    """The body in the style if it fits, then in the other styles, then with only its last mark taken for decimals."""
    styles = (*((style,) if style else ()), *_KNOWN_STYLES)
    found = [digits for known in styles if (digits := _in_style(body, known)) is not None]
    if last := re.fullmatch(r"([\d.,']*)[.,](\d{1,3})", body):
        found.append((re.sub(r"\D", "", last[1]) or "0") + "." + last[2])
    return tuple(Decimal(digits) for digits in found if len(digits) <= _MOST_DIGITS)
