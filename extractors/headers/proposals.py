"""Header fields whose labels no lexicon knows, proposed by what the trained model takes a value for.

A proposal is a question: its confidence is low and it brings no witness, so that nothing is declared from it that
another paper or the arithmetic does not confirm. It never stands in the place of a value found by its label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from typing import Final, TypeVar

from extractors.context import Context
from extractors.fieldmaking import field_from
from extractors.headers.occurrences import Occurrence, Place, Sheet, places
from extractors.headers.readings import Found
from extractors.headers.search import READINGS
from extractors.layout import span_of
from extractors.learned.fields import Guess, guesses
from extractors.values.incoterms import Incoterm
from schemas.documents import AnyField, FieldSet, PackingListFields
from schemas.fields import Field
from schemas.geometry import Box
from schemas.pages import Page, Word

S = TypeVar("S", bound=FieldSet)

BELIEF: Final = 0.7
"""Of the model, from which a value is proposed: with all labels in four languages that no lexicon has, on layouts held
out, 218 of 226 such values were right, most others cut short."""
CONFIDENCE: Final = 0.3
"""Of a proposal, under the cut of everything that may be declared without a witness."""
_RIVAL: Final = 0.5
"""Belief of another spot for the same field from which neither is proposed."""

_TEXTS: Final = frozenset({"payment_terms", "vessel_or_flight", "port_of_loading", "port_of_discharge", "marks"})
_TIME: Final = re.compile(r"\b\d{1,2}:\d{2}\b")
"""On the lines of machines: a fax's own heading, the time of printing."""
_NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    "commercial_invoice": {"invoice_number": "number"},
    "packing_list": {"document_number": "number"},
}


@dataclass(frozen=True, slots=True)
class _Free:
    """A guess on words that no label of another field claims."""

    sheet: Sheet
    guess: Guess


def with_proposals(fields: S, sheets: Sequence[Sheet], *, context: Context) -> S:
    """The fields with those added that only the model sees; what is there stays as it is."""
    taken = [(f.page, f.file, f.place) for f in fields.present().values() if f.place is not None]
    proposed: dict[str, AnyField] = {}
    paper = "packing_list" if isinstance(fields, PackingListFields) else "commercial_invoice"
    for concept, free in _free(sheets, paper).items():
        name = _NAMES[paper].get(concept, concept)
        if name not in type(fields).model_fields or fields.get(name) is not None or concept not in READINGS:
            continue
        found = _value(free, concept, context)
        if found is not None and not _is_taken(found, taken):
            proposed.update(fields_of(name, found, fields))
    return fields.replacing(**proposed) if proposed else fields


def _free(sheets: Sequence[Sheet], paper: str) -> dict[str, _Free]:
    """For each field the one spot on all pages that the model believes to be it."""
    found: dict[str, list[_Free]] = {}
    for sheet in sheets:
        claims = _claims(sheet)
        for concept, some in guesses(sheet.rows, paper).items():
            timed = {n for n, row in enumerate(sheet.rows) if _TIME.search(row.text)}
            open_to_us = (g for g in some if g.spot.row not in timed and not _claimed(g, concept, claims))
            own = [g for g in open_to_us if not _is_no_value(g, concept)]
            found.setdefault(concept, []).extend(_Free(sheet, g) for g in own)
    ranked = {concept: sorted(some, key=lambda f: -f.guess.belief) for concept, some in found.items() if some}
    return {concept: some[0] for concept, some in ranked.items() if _is_sure(some)}


def _is_sure(ranked: Sequence[_Free]) -> bool:
    first = ranked[0].guess
    rivals = [f.guess for f in ranked[1:] if f.guess.belief >= _RIVAL]
    return first.belief >= BELIEF and all(_digits(r) == _digits(first) for r in rivals)


def _digits(guess: Guess) -> str:
    """What tells one value from another; a span and its part behind a label hold the same one."""
    text = guess.spot.span.text
    return "".join(c for c in text if c.isdigit()) or text.casefold()


def _claims(sheet: Sheet) -> dict[int, str]:
    """Words (by identity) that a known label names, or stands nearest to, and its concept."""
    claims: dict[int, str] = {}
    for label in sheet.labels:
        for place in islice(places(sheet, label), 1):
            claims.update((id(w), label.concept) for w in place.span.words)
    return claims


def _claimed(guess: Guess, concept: str, claims: Mapping[int, str]) -> bool:
    return any(claims.get(id(w), concept) != concept for w in guess.spot.span.words)


def _is_no_value(guess: Guess, concept: str) -> bool:
    """True for text behind words that no colon makes a label: "Bonifico 60 giorni" is all value."""
    inline = guess.spot.inline
    return concept in _TEXTS and bool(inline) and not inline.endswith((":", "："))


def _value(free: _Free, concept: str, context: Context) -> Found[object] | None:
    """The spot read as its field is read behind a label."""
    span = free.guess.spot.span
    label = Occurrence(concept, 3, free.guess.spot.row, span, 0, 0, "", leads=True, colon=True)
    return READINGS[concept](free.sheet, Place(label, "inline", span), context)


def _is_taken(found: Found[object], taken: Sequence[tuple[int | None, str | None, Box | None]]) -> bool:
    """True where a field found by its label stands on the same words."""
    box = found.page.place(span_of(found.page, found.words).box)
    here = (b for page, file, b in taken if b is not None and (page, file) == (found.page.number, found.page.file))
    return any(b.intersection(box) > 0.3 * min(b.area, box.area) for b in here)  # more than edges touch


def fields_of(name: str, found: Found[object], fields: FieldSet) -> Iterator[tuple[str, AnyField]]:
    """A proposal of that name, with what is printed beside it, where the paper has not got that yet."""
    words, page, value = _doubted(found.words), found.page, found.value
    parts: dict[str, object] = {name: value}
    if isinstance(value, Incoterm):
        parts = {"incoterm": value.term, "incoterm_place": value.place, "incoterm_edition": value.edition}
    elif isinstance(value, tuple):
        parts = {name: abs(Decimal(str(value[0])))}
        if name == "packages":
            parts["package_kind"] = value[1]
    for part, worth in parts.items():
        if worth is not None and fields.get(part) is None:
            yield part, _field(words, worth, page)


def _field(words: tuple[Word, ...], value: object, page: Page) -> AnyField:
    made: Field[object] = field_from(words, value, page).model_copy(update={"proposed": True})
    return made  # type: ignore[return-value]  # a field of what READINGS give, which is checked on replacing


def _doubted(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words with the confidence of a proposal, and no confirmation, which is of the print only."""
    return tuple(replace(w, confidence=min(w.confidence, CONFIDENCE), confirmed_by=()) for w in words)
