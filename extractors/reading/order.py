"""Reading order: line by line from the top, each from the left."""

from __future__ import annotations

from collections.abc import Iterable

from schemas.pages import Word


def in_reading_order(words: Iterable[Word]) -> tuple[Word, ...]:
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.box.middle_y, word.box.x0)):
        if lines and _on_line(lines[-1][0], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    return tuple(word for line in lines for word in sorted(line, key=lambda word: word.box.x0))


def _on_line(first: Word, word: Word) -> bool:
    """Half of the lower word's height is shared with the line's first word, so lines cannot creep downwards."""
    return first.box.overlap_y(word.box) >= 0.5 * min(first.box.height, word.box.height)
