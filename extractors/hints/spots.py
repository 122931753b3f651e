"""Values beside a label that no lexicon need know, read as the field is read behind a label that it knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from pydantic import JsonValue, ValidationError

from extractors.context import Context
from extractors.headers.occurrences import Occurrence, Sheet, places
from extractors.headers.proposals import fields_of
from extractors.headers.readings import Found
from extractors.headers.search import READINGS
from extractors.layout import Row, Span
from extractors.lexicon import lexicon
from schemas.documents import AnyField, DocumentType, FieldSet
from schemas.hints import Beside, LabelHint
from schemas.pages import Word

_BESIDE: Final[Mapping[str, Beside]] = MappingProxyType(
    {"inline": "inline", "right": "right", "across": "right", "below": "below"}
)
_NUMBERS: Final[Mapping[DocumentType, str]] = MappingProxyType(
    {"commercial_invoice": "invoice_number", "packing_list": "document_number"}
)
"""What the paper's own number is called among labels; of other papers `own_number`."""
_FAMILIES: Final = (
    frozenset({"invoice_number", "own_number", "document_number", "delivery_note", "transport_document_number"}),
    frozenset({"consignee", "sold_to", "buyer", "to"}),
    frozenset({"port_of_loading", "from"}),
    frozenset({"port_of_discharge", "place_of_delivery", "to"}),
    frozenset({"subtotal", "total_amount"}),
)
"""Concepts whose labels papers use for one another."""


def concept_of(document: DocumentType, field: str) -> str | None:
    """What the field is called among labels; None for one that is not read by a label."""
    name = _NUMBERS.get(document, "own_number") if field == "number" else field
    name = {"invoice_date": "date", "incoterm_place": "incoterm"}.get(name, name)
    return name if name in READINGS else None


def letters(words: Sequence[Word]) -> str:
    """What is compared of a label: its letters and figures, small, one space between words that have any."""
    parts = ("".join(c for c in word.text.casefold() if c.isalnum()) for word in words)
    return " ".join(part for part in parts if part)


def means_another(words: Sequence[Word], concept: str) -> bool:
    """Whether the lexicon knows these words, as a label of something else: a hint never turns "net" into "gross"."""
    known = {label.concept for label in lexicon().find(words, every=True)}
    kin = {concept}.union(*(family for family in _FAMILIES if concept in family))
    return bool(known) and not known & kin


def found_by(hint: LabelHint, sheet: Sheet, concept: str, context: Context) -> Iterator[Found[object]]:
    """What stands on the page beside the hint's label, as the field is read."""
    for at, row in enumerate(sheet.rows):
        for span in row.spans:
            end = _end_of(hint, span)
            if end is not None and not means_another(span.words[:end], concept):
                label = Occurrence(concept, 3, at, span, 0, end, "", leads=True, colon=True)
                yield from _beside(hint.beside, sheet, label, context)


def _end_of(hint: LabelHint, span: Span) -> int | None:
    """How many words of the span are the label; None where it does not begin with it, or with more or less of it."""
    whole = len(span.words)
    ends = range(1, whole) if hint.beside == "inline" else (whole,)
    return next((end for end in ends if letters(span.words[:end]) == hint.label), None)


def _beside(beside: Beside, sheet: Sheet, label: Occurrence, context: Context) -> Iterator[Found[object]]:
    for place in places(sheet, label):
        if _BESIDE[place.relation] == beside and (found := READINGS[label.concept](sheet, place, context)) is not None:
            yield found
            return


def field_in(found: Found[object], name: str, kind: type[FieldSet]) -> AnyField | None:
    """The found value as a proposed field of that name; None where it cannot be one."""
    empty = kind()
    try:
        made = dict(fields_of(name.removesuffix("_place"), found, empty))
        return kind().replacing(**{name: made[name]}).get(name) if name in made else None
    except ValidationError:
        return None


def json_value(field: AnyField) -> JsonValue:
    value: JsonValue = field.model_dump(mode="json")["value"]
    return value


def rows_near(sheet: Sheet, at: int, rows: int) -> Sequence[Row]:
    """The rows above the one at `at`, the nearest first."""
    return tuple(reversed(sheet.rows[max(0, at - rows) : at]))
