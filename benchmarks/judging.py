"""Every value that was read, beside the truth: right or wrong.

A value is right where it says the same as what is printed: decimals equal, dates and codes equal, companies by name
without case, accents and legal form, texts by likeness of their sorted words. A value of which the truth says that the
paper does not print it is wrong, and so is every value of a row that is none.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Final

from rapidfuzz.distance import Indel

from extractors.values.legal_forms import is_form
from schemas.documents import AnyField, Document
from schemas.values import OriginStatement, Party

Truth = Mapping[str, object]
"""One value's name to what is printed, as strings and, for parties, tables of strings."""

_SAME_NAME: Final = 0.9
_SAME_TEXT: Final = 0.85
_TEXTS: Final = frozenset({
    "description", "marks", "payment_terms", "issued_by", "incoterm_place", "port_of_loading", "port_of_discharge",
    "vessel_or_flight", "preference",
})  # fmt: skip
_UNITS: Final = {"H87": "C62", "EA": "C62", "NMP": "C62", "PCE": "C62", "NPR": "PR", "KG": "KGM", "M": "MTR"}
# What the product reads beyond the truth: printed on papers whose truth has no name for it.
_UNTOLD: Final = frozenset({
    "incoterm_edition", "seal_number", "shipped_on_board_date", "arrival_date", "master_document_number",
    "origin_statement", "reason_for_export", "preference", "authorisation_number",
})  # fmt: skip
_UNTOLD_CELLS: Final = frozenset({("certificate_of_origin", "marks"), ("certificate_of_origin", "origin")})
_SAME_ROW: Final = 0.2


@dataclass(frozen=True, slots=True)
class Judged:
    """One value as read. `line` is 0-based, None in the header; `wanted` is None where none is printed.

    `paper` and `row` are the true paper's and its line's places in the truth, None where the value has none there.
    """

    document: int
    type: str
    name: str
    line: int | None
    field: AnyField
    wanted: object
    right: bool
    paper: int | None = None
    row: int | None = None


def judged(documents: Sequence[Document], truth: Sequence[Mapping[str, object]]) -> Iterator[Judged]:
    """All values of the documents that can be judged; a document of another type than on paper has none right."""
    for number, paper in _paired(documents, truth).items():
        document, told = documents[number], truth[paper]
        same = document.type == told["type"]
        for one in _header(number, document, _table(told["fields"]) if same else {}):
            yield replace(one, paper=paper if same else None)
        for one in _lines(number, document, _rows(told["lines"]) if same else []):
            yield replace(one, paper=paper if same else None)


def _paired(documents: Sequence[Document], truth: Sequence[Truth]) -> dict[int, int]:
    """For each document the true one with which it shares most pages; those of no importance are left out."""
    pairs: dict[int, int] = {}
    for number, document in enumerate(documents):
        own = {(part.file, page) for part in document.parts for page in part.pages}
        shared = [(len(own & _pages(told)), told["type"] == document.type, -at) for at, told in enumerate(truth)]
        most, _, at = max(shared, default=(0, False, 0))
        if most and document.type != "other":
            pairs[number] = -at
    return pairs


def _pages(told: Truth) -> set[tuple[str, int]]:
    return {(str(part["file"]), page) for part in _rows(told["parts"]) for page in _numbers(part["pages"])}


def _table(value: object) -> dict[str, object]:
    return dict(value) if isinstance(value, dict) else {}


def _rows(value: object) -> list[dict[str, object]]:
    return [_table(row) for row in value] if isinstance(value, list) else []


def _numbers(value: object) -> list[int]:
    return [number for number in value if isinstance(number, int)] if isinstance(value, list) else []


def _header(number: int, document: Document, told: Truth) -> Iterator[Judged]:
    for name, field in document.fields.present().items():
        if name in told or name not in _UNTOLD:
            right = agrees(name, told.get(name), field.value)
            yield Judged(number, document.type, name, None, field, told.get(name), right)


def _lines(number: int, document: Document, told: Sequence[Truth]) -> Iterator[Judged]:
    pairs = same_rows([{name: field.value for name, field in line.present().items()} for line in document.lines], told)
    for at, line in enumerate(document.lines):
        row = told[pairs[at]] if at in pairs else {}
        for name, field in line.present().items():
            if name in row or (name != "number" and (document.type, name) not in _UNTOLD_CELLS):
                right = agrees(name, row.get(name), field.value)
                yield Judged(number, document.type, name, at, field, row.get(name), right, row=pairs.get(at))


def same_rows(lines: Sequence[Mapping[str, object]], told: Sequence[Truth]) -> dict[int, int]:
    """Each line's true row: the likest pairs first, of equally like ones those nearest in place."""
    likeness = [
        (_likeness(line, row), -abs(at - of), at, of) for at, line in enumerate(lines) for of, row in enumerate(told)
    ]
    pairs: dict[int, int] = {}
    for alike, _, at, of in sorted(likeness, reverse=True):
        if alike > _SAME_ROW and at not in pairs and of not in pairs.values():
            pairs[at] = of
    return pairs


def _likeness(line: Mapping[str, object], row: Truth) -> float:
    same = sum(name in line and agrees(name, value, line[name]) for name, value in row.items())
    likeness = _alike(row.get("description", ""), line["description"]) if line.get("description") is not None else 0.0
    return same / max(1, len(row)) + likeness / 2


def agrees(name: str, wanted: object, value: object) -> bool:
    """Whether the value read says what is printed. What is not printed agrees with nothing."""
    if wanted is None:
        return False
    if isinstance(value, Party):
        printed = wanted.get("name") if isinstance(wanted, dict) else wanted
        return Indel.normalized_similarity(company(str(printed)), company(value.name)) >= _SAME_NAME
    if isinstance(value, Decimal):
        return value == _decimal(wanted)
    if isinstance(value, dt.date | bool):
        return str(value).casefold() == str(wanted).casefold()
    return _same_text(name, wanted, value.text if isinstance(value, OriginStatement) else str(value))


def _same_text(name: str, wanted: object, value: str) -> bool:
    if name in _TEXTS:
        return _alike(wanted, value) >= _SAME_TEXT
    if name == "unit":
        return _UNITS.get(str(wanted), str(wanted)) == _UNITS.get(value, value)
    return _squeezed(str(wanted)) == _squeezed(value)


def _decimal(wanted: object) -> Decimal | None:
    try:
        return Decimal(str(wanted))
    except InvalidOperation:
        return None


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def words(text: object) -> list[str]:
    """Folded words: no case, accents or punctuation."""
    plain = unicodedata.normalize("NFKD", str(text)).casefold().replace("ß", "ss").replace("&", " and ")
    return re.findall(r"\w+", "".join(sign for sign in plain if not unicodedata.combining(sign)))


def _alike(wanted: object, value: object) -> float:
    return Indel.normalized_similarity(" ".join(sorted(words(wanted))), " ".join(sorted(words(value))))


def company(name: str) -> str:
    """A company's name without its legal form, with umlauts spelt alike."""
    kept = name.split()
    for count in (3, 2, 1):
        if len(kept) > count and is_form(" ".join(kept[-count:])):
            kept = kept[:-count]
            break
    folded = " ".join(words(" ".join(kept)))
    return re.sub("ae|oe|ue", lambda umlaut: umlaut[0][0], folded)
