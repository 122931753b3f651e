"""A column of header fields printed beside the goods table, down the page, which is no column of the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from extractors.tables.header import Header
from extractors.tables.parts import Column
from schemas.geometry import Box
from schemas.pages import Page, Word

_REACH: Final = 10.0
"""Text heights above and below the table's header in which a gutter must be white."""
_GUTTER: Final = 0.9
"""Text heights that the gutter is wide at least."""
_INLINE: Final = 0.22
"""Text heights by which the middles of words on one printed line differ at most."""
_ASTRAY: Final = 0.3
"""The share of a side column's lines beside the table that stand on no line of the table."""
_LEAST: Final = 2
"""Lines of the side column above the table's header, and as many below."""
_UNLABELLED: Final = frozenset({"", "aside"})


@dataclass(frozen=True, slots=True)
class _Gutter:
    """A white strip from `x0` to `x1`; the side column stands left of it, or right of it."""

    x0: float
    x1: float
    left: bool

    def crossed_by(self, box: Box) -> bool:
        return box.x0 < self.x1 - 0.5 and box.x1 > self.x0 + 0.5

    def beyond(self, box: Box) -> bool:
        return box.middle_x < self.x0 if self.left else box.middle_x > self.x1


def without_sidebar(page: Page, headers: Sequence[Header]) -> Page:
    """The page without the words of a column beside its table; the page itself where there is none.

    Such a column begins above the table's header, has no label there, is parted from the table and from what stands
    above it by one white gutter, and its lines do not keep to those of the table.
    """
    for header in (h for h in headers if h.columns):
        for gutter in _gutters(page, header):
            aside = _beside(page, header, gutter)
            if aside:
                return replace(page, words=tuple(w for w in page.words if w not in aside))
    return page


def _gutters(page: Page, header: Header) -> list[_Gutter]:
    """White strips left and right of the labels, the widest first, each cut down to its edge by the table."""
    near = [w.box for w in _near(page, header)]
    least = _GUTTER * _height(page)
    left, right = (_outermost(columns) for columns in (header.columns, header.columns[::-1]))
    found = [_Gutter(a, b, left=True) for a, b in _gaps(near) if any(b <= c.box.x0 + 1.0 for c in left)]
    found += [_Gutter(a, b, left=False) for a, b in _gaps(near) if any(a >= c.box.x1 - 1.0 for c in right)]
    wide = sorted((g for g in found if g.x1 - g.x0 >= least), key=lambda g: g.x0 - g.x1)
    return [replace(g, x0=g.x1 - least) if g.left else replace(g, x1=g.x0 + least) for g in wide]


def _outermost(columns: Sequence[Column]) -> Sequence[Column]:
    """The outer column, and the next one where the outer may be a line of the side column beside the labels."""
    return columns[: 2 if columns[0].concept in _UNLABELLED else 1]


def _gaps(boxes: Sequence[Box]) -> list[tuple[float, float]]:
    gaps = []
    reached = float("inf")
    for box in sorted(boxes, key=lambda b: b.x0):
        if box.x0 > reached:
            gaps.append((reached, box.x0))
        reached = box.x1 if reached == float("inf") else max(reached, box.x1)
    return gaps


def _height(page: Page) -> float:
    return median(w.box.height for w in page.words)


def _near(page: Page, header: Header) -> list[Word]:
    reach = _REACH * _height(page)
    return [w for w in page.words if header.box.top - reach <= w.box.middle_y <= header.box.bottom + reach]


def _beside(page: Page, header: Header, gutter: _Gutter) -> set[Word]:
    """The words beyond the gutter as far up and down as it is white; empty where they are no side column."""
    near = _near(page, header)
    height = _height(page)
    table = _lines([w for w in near if not gutter.beyond(w.box)], height)
    own = _lines([w for w in near if gutter.beyond(w.box)], height)
    above = [y for y in own if y < header.box.top]
    below = [y for y in own if y > header.box.bottom]
    if min(len(above), len(below)) < _LEAST:
        return set()
    astray = sum(all(abs(y - other) > _INLINE * height for other in table) for y in below)
    if astray < _ASTRAY * len(below):
        return set()
    crossing = [w.box.middle_y for w in page.words if gutter.crossed_by(w.box)]
    top = max((y for y in crossing if y < header.box.top), default=float("-inf"))
    bottom = min((y for y in crossing if y > header.box.bottom), default=float("inf"))
    return {w for w in page.words if gutter.beyond(w.box) and top < w.box.middle_y < bottom}


def _lines(words: Sequence[Word], height: float) -> list[float]:
    """The middles of the printed lines."""
    lines: list[list[float]] = []
    for y in sorted(w.box.middle_y for w in words):
        if lines and y - lines[-1][-1] <= _INLINE * height:
            lines[-1].append(y)
        else:
            lines.append([y])
    return [median(line) for line in lines]
