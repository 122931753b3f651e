"""Over which words a form's title may go on: behind a wide space, on the lines under it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from extractors.layout import Span
from schemas.geometry import Box
from schemas.pages import Word

BOX_NUMBER = re.compile(r"^\W*(\d{1,2})\W*$")
"""The number of a form's box, alone in its word."""
_MOST_LINES = 7


def continuations(span: Span, others: Sequence[Span], taken: set[int]) -> list[list[Word]]:
    """The words a title may go on with: under its beginning only, and at its level before that."""
    under = _chain(span, lambda line: _under(span, line, others), taken)
    both = _chain(span, lambda line: _right_of(line, others) or _under(span, line, others), taken)
    return [under] if both == under else [under, both]


def _chain(span: Span, follow: Callable[[Span], Span | None], taken: set[int]) -> list[Word]:
    found: list[Word] = []
    line = span
    for _ in range(_MOST_LINES):
        following = follow(line)
        if following is None:
            break
        found += [w for w in following.words if id(w) not in taken]
        line = following
    return found


def _right_of(line: Span, others: Sequence[Span]) -> Span | None:
    """What goes on behind a wide space at the same level, while it is no box number's."""
    for other in others:
        gap = other.box.x0 - line.box.x1
        last, first = line.words[-1].box, other.words[0].box
        level = first.overlap_y(last) > 0.4 * min(first.height, last.height)
        near = -1 < gap < max(3 * line.height, _WIDEST_SPACE)
        if level and near and not BOX_NUMBER.match(other.words[0].text) and not _walled(line, other):
            return other
    return None


def _walled(left: Span, right: Span) -> bool:
    """True where a rule stands between the two: the next box's words."""
    level = right.words[0].box.middle_y
    return any(
        not rule.horizontal
        and left.box.x1 - 2 < rule.box.middle_x < right.box.x0 + 2
        and rule.box.top <= level <= rule.box.bottom
        for rule in left.page.rules
    )


_WIDEST_SPACE = 20.0
"""Points that a box drawn too narrow by an OCR engine may leave between two words of a title."""


def _under(first: Span, line: Span, others: Sequence[Span]) -> Span | None:
    height = max(4.0, *(w.box.height for w in line.words[:4]))
    for other in others:
        drop = other.words[0].box.middle_y - line.words[0].box.middle_y
        if _other_size(line, other):
            continue
        if 0.6 * height < drop < 1.9 * height and _beneath(other.box, first.box, max(6.0, 1.2 * height)):
            return other
    return None


def _other_size(line: Span, other: Span) -> bool:
    """True where a text layer sets the two plainly larger and smaller: a form's title over a box's."""
    sizes = sorted((line.words[0].size, other.words[0].size))
    return line.words[0].reader == "text_layer" and sizes[1] > _LARGER * sizes[0] > 0


_LARGER = 1.3


def _beneath(line: Box, first: Box, slack: float) -> bool:
    """Flush left with the first line, or centred under it."""
    return abs(line.x0 - first.x0) < slack or (
        line.overlap_x(first) > 0 and abs(line.middle_x - first.middle_x) < 0.5 * slack
    )
