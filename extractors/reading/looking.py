"""Where to look once more: for each doubt the line of print in its box, on the flat page that was read first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from schemas.doubts import Doubt, ExpectedKind
from schemas.geometry import Box, union
from schemas.pages import Page, Word

_NEAR = 0.5
"""Points."""
_SAME_LINE = 0.5
"""Of the lower one's height."""
_ABOVE = 0.22
_BESIDE = 0.9
"""Of the line's height: paper seen round it. Beside it more, as first readings clip the ends of words."""
_OF_GAP = 0.55
"""Of the gap to the neighbour."""
_RULE = 0.8
"""Points kept from a printed rule."""


@dataclass(frozen=True, slots=True)
class Look:
    """One line of print to be read again.

    `box` is in points of the flat page, from which `flat_to_upright` leads to the page as it stands upright, which is
    the stored one turned clockwise by `turned` degrees and has this `width` and `height` in points. `doubt` is the
    number of the doubt it belongs to.
    """

    doubt: int
    page: int
    box: Box
    width: float
    height: float
    turned: int
    flat_to_upright: tuple[float, ...] | None
    kind: ExpectedKind
    languages: tuple[str, ...]


def looks(doubts: Sequence[Doubt], pages: Iterable[Page]) -> tuple[Look, ...]:
    """The print in the doubts' boxes, where it was read from a picture and is a single line.

    Longer texts gain nothing from it: what is told apart in them are words, and these were all read twice before.
    """
    by_place = {(page.file, page.number): page for page in pages if page.text_source == "ocr"}
    found = []
    for number, doubt in enumerate(doubts):
        page = by_place.get((doubt.file, doubt.page))
        line = [] if page is None else _line(doubt, page)
        if page is not None and line:
            found.append(_look(number, doubt, page, line))
    return tuple(found)


def _line(doubt: Doubt, page: Page) -> list[Word]:
    """The words that stand in the doubt's box, none where they are more than a line."""
    place = Box(*doubt.box).grown(_NEAR)
    words = sorted((w for w in page.words if place.contains_middle_of(page.place(w.box))), key=lambda w: w.box.x0)
    return words if all(_beside(left.box, right.box) for left, right in pairwise(words)) else []


def _beside(one: Box, other: Box) -> bool:
    return one.overlap_y(other) >= _SAME_LINE * min(one.height, other.height)


def _look(number: int, doubt: Doubt, page: Page, line: Sequence[Word]) -> Look:
    languages = page.languages if doubt.kind in {"text", "code"} else ()
    return Look(
        number, doubt.page, _with_paper(line, page), page.width, page.height, page.turned, page.flat_to_upright,
        doubt.kind, languages,
    )  # fmt: skip


def _with_paper(line: Sequence[Word], page: Page) -> Box:
    """The line with paper round it, no farther than about half way to its neighbours and not over a printed rule."""
    box = union(word.box for word in line)
    level = [w.box for w in page.words if w not in line and _beside(w.box, box)]
    upright = [r.box for r in page.rules if not r.horizontal and _beside(r.box, box)]
    lying = [r.box for r in page.rules if r.horizontal and r.box.overlap_x(box) > 0]
    aside, above = _BESIDE * box.height, _ABOVE * box.height
    left = max([box.x0 - aside, *(box.x0 - _OF_GAP * (box.x0 - b.x1) for b in level if b.x1 <= box.x0),
                *(b.x1 + _RULE for b in upright if b.middle_x <= box.x0)])  # fmt: skip
    right = min([box.x1 + aside, *(box.x1 + _OF_GAP * (b.x0 - box.x1) for b in level if b.x0 >= box.x1),
                 *(b.x0 - _RULE for b in upright if b.middle_x >= box.x1)])  # fmt: skip
    top = max([box.top - above, *(b.bottom + _RULE for b in lying if b.middle_y <= box.top)])
    bottom = min([box.bottom + above, *(b.top - _RULE for b in lying if b.middle_y >= box.bottom)])
    return Box(min(left, box.x0), min(top, box.top), max(right, box.x1), max(bottom, box.bottom))
