"""Lines of text as chains of neighbouring words, which a slope or a speck across the page does not break.

Rows of a whole page (`extractors.layout.rows_of`) need level lines; a form's boxes are narrow, and a chain that only
looks at the next word follows a line that rises.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from extractors.layout import Span, span_of
from extractors.layout.spans import joined
from schemas.geometry import Box
from schemas.pages import Page, Word

GAP = 0.95
"""A gap wider than this many text heights ends a chain (see `extractors.layout.spans.GAP`)."""

BARS = frozenset({"|", "||", "¦", "[", "]"})
"""What OCR makes of a printed rule: it divides like the rule itself."""

SPECK = 0.25
"""A word lower than this share of its neighbours is a dash, a dot or dirt: its height says nothing of the line's."""


def chains(page: Page, words: Iterable[Word] | None = None) -> list[Span]:
    """All words as spans, top to bottom, then left to right; no word is lost or used twice."""
    chosen = [w for w in (page.words if words is None else words) if w.text.strip()]
    height = median(w.box.height for w in chosen) if chosen else 0.0
    walls = [r.box for r in page.rules if not r.horizontal]
    open_ends: list[list[Word]] = []
    for word in sorted(chosen, key=lambda w: (w.box.x0, w.box.top)):
        chain = _chain_for(word, open_ends, height=height, walls=walls)
        if chain is None:
            open_ends.append([word])
        else:
            chain.append(word)
    spans = [span_of(page, chain) for chain in open_ends]
    return sorted(spans, key=lambda s: (s.words[0].box.middle_y, s.box.x0))


def _chain_for(
    word: Word, open_ends: Sequence[list[Word]], *, height: float, walls: Sequence[Box]
) -> list[Word] | None:
    fitting = [chain for chain in open_ends if _continues(chain, word, height) and not _walled(chain[-1], word, walls)]
    return min(fitting, key=lambda chain: abs(word.box.x0 - chain[-1].box.x1), default=None)


def _continues(chain: Sequence[Word], word: Word, height: float) -> bool:
    """True where `word` stands next on the chain's line: near, at the same level and of a like size."""
    last = chain[-1].box
    if chain[-1].text in BARS or word.text in BARS:
        return False
    sizes = [w.box.height for w in (*chain[-3:], word) if w.box.height > SPECK * height]
    size = max(median(sizes), 0.8 * height) if sizes else height
    gap = word.box.x0 - last.x1
    if gap > GAP * size or gap < -0.6 * size:
        return False
    level = next((w.box for w in reversed(chain) if w.box.height > SPECK * height), last)
    if word.box.height <= SPECK * height or level.height <= SPECK * height:
        return level.top - size / 2 < word.box.middle_y < level.bottom + size / 2
    return _alike(chain[-1], word) and level.overlap_y(word.box) > 0.5 * min(level.height, word.box.height)


def _alike(one: Word, other: Word) -> bool:
    """Of a like size: type sizes are known exactly from a text layer, heights of ink vary with the letters."""
    if one.reader == other.reader == "text_layer" and one.size and other.size:
        return max(one.size, other.size) < 1.45 * min(one.size, other.size)
    return max(one.box.height, other.box.height) < 2.6 * min(one.box.height, other.box.height)


def _walled(left: Word, right: Word, walls: Sequence[Box]) -> bool:
    level = (left.box.middle_y + right.box.middle_y) / 2
    return any(left.box.middle_x < w.middle_x < right.box.middle_x and w.top <= level <= w.bottom for w in walls)


def visual_lines(spans: Sequence[Span]) -> list[list[Span]]:
    """Spans that stand at one level, from left to right; the lines from top to bottom.

    Each span is held against the one on its left, so that a line may rise or fall across the page.
    """
    lines: list[list[Span]] = []
    for span in sorted(spans, key=lambda s: (s.box.x0, s.box.top)):
        fitting = [line for line in lines if _follows(line[-1], span)]
        nearest = min(fitting, key=lambda line: _drop(line[-1], span), default=None)
        if nearest is None:
            lines.append([span])
        else:
            nearest.append(span)
    return sorted(lines, key=lambda line: sum(s.box.middle_y for s in line) / len(line))


def _drop(left: Span, right: Span) -> float:
    return abs(left.words[-1].box.middle_y - right.words[0].box.middle_y)


def _follows(left: Span, right: Span) -> bool:
    one, other = left.words[-1].box, right.words[0].box
    reach = 0.5 * min(max(one.height, 3.0), max(other.height, 3.0)) + 0.01 * max(0.0, other.x0 - one.x1)
    return other.x0 > one.x1 - 0.3 * one.height and _drop(left, right) < reach


def line_text(line: Sequence[Span]) -> str:
    return joined(w.text for s in line for w in s.words)


def words_of(lines: Iterable[Sequence[Span]]) -> list[Word]:
    """The words of all lines in reading order."""
    return [w for line in lines for s in line for w in s.words]
