"""The hints of an exporter looked up on the papers of a shipment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.context import Context
from extractors.headers.occurrences import Sheet
from extractors.hints.labels import is_same
from extractors.hints.spots import concept_of, field_in, found_by, json_value
from schemas.documents import AnyField, Document
from schemas.hints import Hint, HintedReading, LabelHint
from schemas.pages import Page

Paper = tuple[int, Document, Sequence[Page]]
"""A document with its index and its pages."""


@dataclass(frozen=True, slots=True)
class Sighted:
    """What a hint finds for a field of the document with that index, as a proposal."""

    document: int
    name: str
    field: AnyField
    hint: Hint

    @property
    def reading(self) -> HintedReading:
        return HintedReading(
            document=self.document,
            field=self.name,
            value=json_value(self.field),
            text=self.field.text,
            page=self.field.page,
            hint=self.hint,
        )


def sighted(documents: Sequence[Document], pages: Iterable[Page], hints: Sequence[Hint]) -> tuple[Sighted, ...]:
    """What the hints find on these papers, one for each field: nothing where their labels lead to several values."""
    known = {(page.sha256, page.file, page.number): page for page in pages}
    found = (
        one
        for at, document in enumerate(documents)
        if (own := [hint for hint in hints if _is_about(hint, document)])
        for one in _on((at, document, list(_pages(document, known))), own)
    )
    return tuple(found)


def with_proposed(documents: Sequence[Document], one: Sighted) -> tuple[Document, ...]:
    """The documents with the proposal, where the paper gives no other value for that field."""
    document = documents[one.document]
    if document.fields.get(one.name) is not None:
        return tuple(documents)
    fields = document.fields.replacing(**{one.name: one.field})
    changed = document.model_copy(update={"fields": fields})
    return (*documents[: one.document], changed, *documents[one.document + 1 :])


def _is_about(hint: Hint, document: Document) -> bool:
    lesson = hint.lesson
    return (
        isinstance(lesson, LabelHint)
        and lesson.document == document.type
        and lesson.field in type(document.fields).model_fields
    )


def _pages(document: Document, known: Mapping[tuple[str, str, int], Page]) -> Iterator[Page]:
    for part in document.parts:
        numbered = ((part.sha256, part.file, number) for number in part.pages)
        yield from (known[key] for key in numbered if key in known)


def _on(paper: Paper, hints: Sequence[Hint]) -> Iterator[Sighted]:
    """Of a paper whose pages are not at hand nothing is seen."""
    pages = paper[2]
    if not pages:
        return
    sheets, context = [Sheet.of(page) for page in pages], Context().settled_by(pages)
    named = dict.fromkeys(hint.lesson.field for hint in hints if isinstance(hint.lesson, LabelHint))
    for name in named:
        told = [hint for hint in hints if isinstance(hint.lesson, LabelHint) and hint.lesson.field == name]
        seen = [one for hint in told for one in _seen(paper, hint, sheets, context)]
        values = [json_value(one.field) for one in seen]
        if values and all(is_same(values[0], value) for value in values):
            yield seen[0]


def _seen(paper: Paper, hint: Hint, sheets: Sequence[Sheet], context: Context) -> Iterator[Sighted]:
    at, document, _ = paper
    lesson = hint.lesson
    concept = concept_of(document.type, lesson.field) if isinstance(lesson, LabelHint) else None
    if not isinstance(lesson, LabelHint) or concept is None:
        return
    for sheet in sheets:
        for found in found_by(lesson, sheet, concept, context):
            field = field_in(found, lesson.field, type(document.fields))
            if field is not None:
                yield Sighted(at, lesson.field, field, hint)
