"""Two labels around a stroke before two values around one: "Invoice No. / Date  A-18 / 4 May 2026"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.headers.occurrences import Occurrence, Place, Sheet, places
from extractors.layout import span_of
from extractors.lexicon import lexicon
from schemas.pages import Word

_STROKE = "/"
_OWN_NUMBERS = frozenset({"invoice_number", "own_number", "document_number"})
"""Beside any other's number ("Order / Date") a date is that other's."""


def paired(sheet: Sheet) -> Iterator[Place]:
    """For each half of such a label the half of the value that is its own; the label has the concept of its half."""
    seen: set[int] = set()
    for label in sheet.labels:
        if id(label.span) in seen or (halves := _halved(label.span.words)) is None:
            continue
        seen.add(id(label.span))
        concepts = _concepts(*halves)
        value = next((p for p in places(sheet, label) if _halved(p.span.words)), None) if concepts else None
        values = _halved(value.span.words) if value else None
        if value is not None and values is not None:
            for concept, half in zip(concepts, values, strict=True):
                if concept == "date" and _OWN_NUMBERS.isdisjoint(concepts):
                    continue
                yield Place(_of(label, concept), value.relation, span_of(label.span.page, half))


def is_of_another(label: Occurrence) -> bool:
    """True for the "Date" of "Your order / Date", which dates the order and not the paper."""
    halves = _halved(label.span.words) if label.concept == "date" and label.start else None
    concepts = _concepts(*halves) if halves else ()
    return bool(concepts) and concepts[1] == "date" and concepts[0] not in _OWN_NUMBERS


def _of(label: Occurrence, concept: str) -> Occurrence:
    return replace(label, concept=concept, start=0, end=len(label.span.words), rest="", leads=True)


def _halved(words: Sequence[Word]) -> tuple[Sequence[Word], Sequence[Word]] | None:
    """What stands on both sides of the one stroke that stands by itself."""
    strokes = [at for at, word in enumerate(words) if word.text == _STROKE]
    if len(strokes) != 1 or not 0 < strokes[0] < len(words) - 1:
        return None
    return words[: strokes[0]], words[strokes[0] + 1 :]


def _concepts(left: Sequence[Word], right: Sequence[Word]) -> tuple[str, ...]:
    """The concepts of two labels that meet at the stroke; none where a half is no label, or both name one thing."""
    ending = [x for x in lexicon().find(left, every=True) if x.end == len(left) and not x.rest]
    beginning = [x for x in lexicon().find(right, every=True) if x.start == 0 and x.end == len(right)]
    first, second = ({x.concept for x in some} for some in (ending, beginning))
    if not first or not second or first & second:
        return ()
    return max(ending, key=lambda x: x.size).concept, max(beginning, key=lambda x: x.size).concept
