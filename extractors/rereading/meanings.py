"""What a line that was read again says, in the terms of the field it stands for."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from extractors.calibration.traits import kind_of
from extractors.values.dates import DateOrder, parse_date
from extractors.values.identifiers import find_hs_code, parse_hs_code
from extractors.values.numbers import NumberStyle, numeric_readings, parse_number
from extractors.values.printing import evened
from schemas.documents import AnyField, Document

Value = Decimal | dt.date | str
Meaning = Callable[[str], Value | None]
"""The value that a printed text is; None where it is none."""

_STYLES: Final = (
    NumberStyle(".", ","), NumberStyle(",", "."), NumberStyle(",", " "), NumberStyle(".", "'"), NumberStyle(",", "'"),
    NumberStyle(".", " "), NumberStyle(".", ",", lakh=True),
)  # fmt: skip
_ORDERS: Final[tuple[DateOrder, ...]] = ("dmy", "mdy", "ymd")
_PLAIN: Final = re.compile(r"[\d.,' ]+")
"""Of any other sign in a number, which mark it was is a guess, and a second look must not rest on guesses."""
_ENDS: Final = " .,;:'\"`´‘’“”|_-–—*·•()[]{}<>"


def meaning(document: Document, name: str, field: AnyField) -> Meaning | None:
    """How texts in this field's place are to be read; None where only its whole context could tell, as for parties."""
    value = field.value
    match value:
        case bool():
            return None
        case Decimal():
            return _numbers(number_style(document), field.text)
        case dt.date():
            return _dates(field.text, value)
        case str() if name == "hs_code":
            return _code
        case str():
            others = {other.text: other.value for other in field.alternatives if isinstance(other.value, str)}
            free = kind_of(name) in {"identifier", "text"}
            return _texts(field.text, value, others, free=free)
        case _:
            return None


def number_style(document: Document) -> NumberStyle | None:
    """The style in which most of the document's numbers, as they are printed, have the values that they have."""
    printed = [(one.text, one.value) for one in _fields(document) if isinstance(one.value, Decimal)]
    fitting = {style: sum(_says(text, value, style) for text, value in printed) for style in _STYLES}
    best = max(fitting, key=lambda style: fitting[style])
    marked = any(not text.isdigit() for text, _ in printed)
    return best if marked and fitting[best] else None


def _fields(document: Document) -> Iterator[AnyField]:
    for part in (document.fields, *document.lines):
        yield from part.present().values()


def _says(text: str, value: Decimal, style: NumberStyle) -> bool:
    read = parse_number(text, style, trailing_unit=True)
    return read is not None and abs(read) == abs(value)


def _numbers(style: NumberStyle | None, printed: str) -> Meaning:
    """A unit behind the number is left out, and a minus where the field's own print has none: a rule looks like one."""
    signed = printed.startswith(("-", "(", "–")) or printed.endswith("-")

    def of(text: str) -> Value | None:
        body = text.strip(" .,;:_|")
        sure = parse_number(body, style, trailing_unit=True)
        read = () if sure is None and not _PLAIN.fullmatch(body) else (sure, *numeric_readings(body, style))
        first = next((one for one in read if one is not None), None)
        return first if first is None or signed else abs(first)

    return of


def _dates(printed: str, value: dt.date) -> Meaning:
    """In the order of day and month in which the field was read."""
    order = next((order for order in _ORDERS if parse_date(printed, order) == value), None)
    return lambda text: parse_date(text.strip(" .,;:_|-"), order)


def _code(text: str) -> Value | None:
    found = find_hs_code(text)
    return parse_hs_code(text.strip(_ENDS)) or (found[0] if found else None)


def _texts(printed: str, value: str, alternatives: Mapping[str, str], *, free: bool) -> Meaning:
    """The values of the texts already known; where the value is the print itself and `free`, any other text too.

    Codes are not free: which code a word stands for is not asked anew.
    """
    known = {squeezed(text): meant for text, meant in (*alternatives.items(), (printed, value))}
    as_printed = free and squeezed(printed) == squeezed(value)

    def of(text: str) -> Value | None:
        bare = squeezed(text)
        return known.get(bare) or (evened(text).strip(_ENDS) or None if as_printed else None)

    return of


def squeezed(text: str) -> str:
    """Without spaces and the punctuation round it, which readers see at will."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", evened(text))).strip(_ENDS)
