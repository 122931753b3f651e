"""Forms drawn by code: small titles, larger values, rules where a form has them. Nothing here is any real printing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from schemas.geometry import Box
from schemas.pages import Page, Rule, Word
from tests.drawing import Line, boxed, words_of

TITLE = 0.6
VALUE = 0.85

Cell = tuple[float, float, float, float]
"""x0, top, x1, bottom."""


def form_page(
    titles: Sequence[Line], values: Sequence[Line], *, cells: Iterable[Cell] = (), reader: str = "text_layer"
) -> Page:
    """An A4 page of titles and values. With `reader` an OCR engine, sizes are unknown as they are on scans."""
    words = [_sized(w, TITLE) for line in titles for w in words_of(line, size=TITLE)]
    words += [_sized(w, VALUE) for line in values for w in words_of(line, size=VALUE)]
    if reader != "text_layer":
        words = [replace(w, reader="tesseract", size=0.0, confidence=0.9) for w in words]
    rules = tuple(Rule(Box(*rule)) for cell in cells for rule in boxed(*cell))
    return Page("form.pdf", "0" * 64, 1, 595.0, 842.0, tuple(words), rules)


def _sized(word: Word, size: float) -> Word:
    return replace(word, size=10.0 * size)
