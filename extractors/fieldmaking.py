"""Printed words made into fields: the value's place, its confidence, its witnesses and the readings left open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from extractors.layout.spans import Span, joined
from schemas.fields import Alternative, Field
from schemas.geometry import union
from schemas.pages import Page, Reader, Word

T = TypeVar("T")

MOST_ALTERNATIVES = 4


def field_from(
    printed: Sequence[Word] | Span,
    value: T,
    page: Page,
    *,
    text: str | None = None,
    parse: Callable[[str], T | None] | None = None,
) -> Field[T]:
    """The field of a value that these words of `page` print.

    The words stand on the flat page; the field's box lies on the upright one. `text` is what is printed where that is
    less than the joined words. `parse` reads another spelling of the same words and answers None where it means
    nothing: with it, the words' alternatives become the field's. Raises `ValueError` for no words.
    """
    words = printed.words if isinstance(printed, Span) else tuple(printed)
    box = page.place(union(w.box for w in words)).as_list()
    reader = weakest_reader(words)
    return Field[T](
        value=value,
        confidence=confidence_of(words),
        file=page.file,
        page=page.number,
        box=(box[0], box[1], box[2], box[3]),
        text=joined(w.text for w in words) if text is None else text,
        reader=reader,
        witnesses=tuple(f"reader:{seen}" for seen in _seen_by_all(words) if seen != reader),
        alternatives=_alternatives(words, value, parse) if parse else (),
    )


def confidence_of(words: Sequence[Word]) -> float:
    """That of the worst word: a value is as sure as its least sure part."""
    return min(min(max(w.confidence, 0.0), 1.0) for w in words)


def weakest_reader(words: Sequence[Word]) -> Reader:
    """An OCR engine if any word rests on one, else the first word's reader."""
    return next((w.reader for w in words if w.reader in ("tesseract", "rapidocr")), words[0].reader)


def _seen_by_all(words: Sequence[Word]) -> tuple[Reader, ...]:
    """The readers that each single word was seen by alike, whichever of them it was taken from."""
    seen = [dict.fromkeys((w.reader, *w.confirmed_by)) for w in words]
    return tuple(reader for reader in seen[0] if all(reader in others for others in seen))


def _alternatives(words: Sequence[Word], value: T, parse: Callable[[str], T | None]) -> tuple[Alternative[T], ...]:
    """Readings with one word replaced by what another reader saw there; what the best reading leaves is their share."""
    found: dict[str, T] = {}
    for place, word in enumerate(words):
        for other in word.alternatives:
            text = joined(other if at == place else w.text for at, w in enumerate(words))
            meaning = parse(text)
            if meaning is not None and meaning != value and meaning not in found.values():
                found[text] = meaning
    kept = list(found.items())[:MOST_ALTERNATIVES]
    left = (1.0 - confidence_of(words)) / max(1, len(kept))
    return tuple(Alternative[T](value=v, text=t, confidence=round(left, 4)) for t, v in kept)
