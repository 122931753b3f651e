"""Rows of text, and the spans (phrases) that gaps and vertical rules divide them into."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from schemas.geometry import Box, union
from schemas.pages import Page, Word

GAP = 1.65
"""A gap wider than this many letters divides two spans: a space is half a letter, in fixed type one."""

_CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")


def joined(texts: Iterable[str]) -> str:
    """Texts joined by spaces, but none between two Chinese or Japanese characters."""
    out = ""
    for text in texts:
        glue = "" if not out or (_CJK.match(out[-1]) and text and _CJK.match(text[0])) else " "
        out += glue + text
    return out


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one row that stand together. Boxes are on the flat page; `page` maps them back."""

    page: Page
    words: tuple[Word, ...]
    box: Box

    @property
    def text(self) -> str:
        return joined(w.text for w in self.words)

    @property
    def height(self) -> float:
        return self.box.height

    @property
    def bold(self) -> bool:
        return all(w.bold for w in self.words)

    def part(self, start: int, end: int | None = None) -> Span | None:
        """The words `start:end` as a span of their own, None where there are none."""
        words = self.words[start:end]
        return span_of(self.page, words) if words else None


def span_of(page: Page, words: Sequence[Word]) -> Span:
    """A span of these words; raises `ValueError` for none."""
    return Span(page, tuple(words), union(w.box for w in words))


@dataclass(frozen=True, slots=True)
class Row:
    """All that stands on one line of the page, from left to right."""

    spans: tuple[Span, ...]
    box: Box

    @property
    def text(self) -> str:
        return "   ".join(s.text for s in self.spans)

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(w for s in self.spans for w in s.words)


def rows_of(page: Page, words: Sequence[Word] | None = None) -> list[Row]:
    """The page's rows from top to bottom; no word is lost or used twice. `words` limits it to some of the page's."""
    clusters = _clusters(page.words if words is None else words)
    walls = [r.box for r in page.rules if not r.horizontal]
    return [_row(page, sorted(c, key=lambda w: w.box.x0), walls) for c in clusters]


def _clusters(words: Sequence[Word]) -> list[list[Word]]:
    """Words grouped by the line they stand on: their middles lie within each other's heights."""
    clusters: list[list[Word]] = []
    middles: list[float] = []
    for word in sorted(words, key=lambda w: w.box.middle_y):
        box = word.box
        if clusters and abs(box.middle_y - middles[-1]) < 0.5 * min(box.height, _height(clusters[-1])):
            clusters[-1].append(word)
            middles[-1] = sum(w.box.middle_y for w in clusters[-1]) / len(clusters[-1])
        else:
            clusters.append([word])
            middles.append(box.middle_y)
    return clusters


def _height(words: Sequence[Word]) -> float:
    return median(w.box.height for w in words)


def _letter(words: Sequence[Word]) -> float:
    """The usual width of a letter, in points. Boxes' heights would not do: those of OCR leave out what a word lacks."""
    return median(w.box.width / max(1, len(w.text)) for w in words for _ in w.text[:8] or " ")


def _row(page: Page, words: Sequence[Word], walls: Sequence[Box]) -> Row:
    spans: list[list[Word]] = [[words[0]]]
    letter = _letter(words)
    for left, right in pairwise(words):
        gap = right.box.x0 - left.box.x1
        most = GAP * max(letter, 0.8 * min(_letter([left]), _letter([right])))
        if gap > most or _divided(left.box, right.box, walls):
            spans.append([right])
        else:
            spans[-1].append(right)
    return Row(tuple(span_of(page, s) for s in spans), union(w.box for w in words))


def _divided(left: Box, right: Box, walls: Sequence[Box]) -> bool:
    """True where a vertical rule stands between the two words."""
    middle = (left.middle_y + right.middle_y) / 2
    return any(left.middle_x < wall.middle_x < right.middle_x and wall.top <= middle <= wall.bottom for wall in walls)
