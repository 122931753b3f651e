"""From a corrected value to the label that it stands by: what a person's correction says about the paper.

The value is looked for on the pages; the label is what is printed before, left of or above it. A label is learned only
where, looked up again on the same pages, it leads to this value and to no other.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Final

from pydantic import JsonValue

from extractors.context import Context
from extractors.headers.occurrences import Occurrence, Place, Sheet, under
from extractors.headers.search import READINGS
from extractors.hints.spots import concept_of, field_in, found_by, json_value, letters, means_another, rows_near
from extractors.layout import Span
from schemas.documents import DocumentType, FieldSet
from schemas.hints import Beside, LabelHint
from schemas.pages import Page

MOST: Final = 3
"""Labels that may be learned from one value; more say that it is printed all over the paper."""
_MOST_WORDS: Final = 7
_FEWEST_LETTERS: Final = 3
_ROWS_ABOVE: Final = 2


def label_hints(
    document: DocumentType, field: str, value: JsonValue, *, kind: type[FieldSet], pages: Sequence[Page]
) -> tuple[LabelHint, ...]:
    """The labels by which these pages of one paper give the value; none where that is not plain."""
    concept = concept_of(document, field)
    if concept is None or not pages:
        return ()
    search = _Search(concept, field, value, kind, [Sheet.of(page) for page in pages], Context().settled_by(pages))
    named = dict.fromkeys(
        LabelHint(document=document, field=field, label=label, beside=beside) for label, beside in search.labels()
    )
    plain = tuple(hint for hint in named if search.leads_here(hint))
    return plain if len(plain) <= MOST else ()


class _Search:
    """One value looked for on the pages of one paper."""

    def __init__(
        self,
        concept: str,
        field: str,
        value: JsonValue,
        kind: type[FieldSet],
        sheets: Sequence[Sheet],
        context: Context,
    ) -> None:
        self._concept, self._field, self._value, self._kind = concept, field, value, kind
        self._sheets, self._context = sheets, context

    def labels(self) -> Iterator[tuple[str, Beside]]:
        """What is printed beside each place of the value, as a label would be."""
        for sheet in self._sheets:
            for at, row in enumerate(sheet.rows):
                for n, span in enumerate(row.spans):
                    for start in self._starts(sheet, at, span):
                        yield from self._beside(sheet, at, n, start)

    def leads_here(self, hint: LabelHint) -> bool:
        """Whether all that the label leads to, on every page, is this value."""
        found = [one for sheet in self._sheets for one in found_by(hint, sheet, self._concept, self._context)]
        read = [field_in(one, self._field, self._kind) for one in found]
        return bool(read) and all(one is not None and is_same(json_value(one), self._value) for one in read)

    def _starts(self, sheet: Sheet, at: int, span: Span) -> Iterator[int]:
        """The words of the span from which on it reads as the value."""
        for start in range(len(span.words)):
            part = span.part(start)
            if part is None:
                continue
            label = Occurrence(self._concept, 3, at, span, 0, max(1, start), "", leads=True, colon=True)
            found = READINGS[self._concept](sheet, Place(label, "inline", part), self._context)
            field = None if found is None else field_in(found, self._field, self._kind)
            if field is not None and is_same(json_value(field), self._value):
                yield start

    def _beside(self, sheet: Sheet, at: int, n: int, start: int) -> Iterator[tuple[str, Beside]]:
        row = sheet.rows[at]
        span = row.spans[n]
        if start:
            yield from self._named(span.part(0, start), "inline")
        elif n:
            yield from self._named(row.spans[n - 1], "right")
        if not start:
            above = [one for near in rows_near(sheet, at, _ROWS_ABOVE) for one in near.spans if under(one, span)]
            yield from self._named(above[0] if above else None, "below")

    def _named(self, span: Span | None, beside: Beside) -> Iterator[tuple[str, Beside]]:
        if span is None or len(span.words) > _MOST_WORDS or means_another(span.words, self._concept):
            return
        label = letters(span.words)
        if sum(c.isalpha() for c in label) >= _FEWEST_LETTERS and not any(c.isdigit() for c in label):
            yield label, beside


def is_same(one: JsonValue, other: JsonValue) -> bool:
    """Numbers by their worth, parties by their names, texts without regard to case and spaces."""
    if isinstance(one, dict) and isinstance(other, dict):
        return is_same(one.get("name"), other.get("name"))
    try:
        return Decimal(str(one)) == Decimal(str(other))
    except InvalidOperation:
        return _squeezed(one) == _squeezed(other)


def _squeezed(value: JsonValue) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", str(value)).casefold() if c.isalnum())
