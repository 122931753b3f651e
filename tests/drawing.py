"""Pages written by hand: each line a position and a text, its words as wide as their letters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from schemas.geometry import Box
from schemas.pages import Page, Rule, Word

LETTER = 5.0
HEIGHT = 10.0

Line = tuple[float, float, str]
"""x0, top, text."""


def words_of(line: Line, *, size: float = 1.0) -> list[Word]:
    x, top, text = line
    words = []
    for part in text.split(" "):
        width = LETTER * size * sum(2 if ord(c) > 0x2E80 else 1 for c in part)
        if part:
            words.append(Word(part, Box(x, top, x + width, top + HEIGHT * size)))
        x += width + LETTER * size
    return words


def page_of(
    lines: Sequence[Line],
    *,
    rules: Iterable[tuple[float, float, float, float]] = (),
    title: Line | None = None,
    file: str = "paper.pdf",
    number: int = 1,
) -> Page:
    """An A4 page; the title is printed at twice the size; rules are `(x0, top, x1, bottom)`."""
    words = [*(words_of(title, size=2.0) if title else ()), *(w for line in lines for w in words_of(line))]
    return Page(file, "0" * 64, number, 595.0, 842.0, tuple(words), tuple(Rule(Box(*r)) for r in rules))


def boxed(x0: float, top: float, x1: float, bottom: float) -> list[tuple[float, float, float, float]]:
    """The four rules of a cell."""
    return [
        (x0, top, x1, top + 0.5),
        (x0, bottom, x1, bottom + 0.5),
        (x0, top, x0 + 0.5, bottom),
        (x1, top, x1 + 0.5, bottom),
    ]
