"""Printed lines of a digital page: drawn lines, thin filled bars, edges of outlined boxes. Cell fills are none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import cast

from pdfplumber.page import Page as PlumberPage

from extractors.reading.drawings import displayed_box
from schemas.geometry import Box

_THIN = 2.0
"""Points; a filled bar up to this thick is a line."""
_SHORT = 4.0
_WHITE = 0.98


def rules(page: PlumberPage) -> list[Box]:
    """On the page as displayed, before turning; pieces of one line are not joined yet."""
    found = [displayed_box(page, line) for line in page.lines if _shows(line, "stroking_color")]
    for rect in page.rects:
        found += _of_rect(displayed_box(page, rect), rect)
    for curve in page.curves:
        if curve.get("stroke"):
            found += _of_curve(page, cast("list[tuple[float, float]]", curve["pts"]))
    return [box for box in found if max(box.width, box.height) >= _SHORT and min(box.width, box.height) <= _THIN]


def _of_rect(box: Box, rect: Mapping[str, object]) -> Iterator[Box]:
    filled, stroked = bool(rect.get("fill")), bool(rect.get("stroke"))
    if min(box.width, box.height) <= _THIN:
        if (filled and _shows(rect, "non_stroking_color")) or (stroked and _shows(rect, "stroking_color")):
            yield box
    elif stroked and _shows(rect, "stroking_color"):
        yield Box(box.x0, box.top, box.x1, box.top)
        yield Box(box.x0, box.bottom, box.x1, box.bottom)
        yield Box(box.x0, box.top, box.x0, box.bottom)
        yield Box(box.x1, box.top, box.x1, box.bottom)


def _of_curve(page: PlumberPage, points: list[tuple[float, float]]) -> Iterator[Box]:
    """The straight level and upright pieces of an outline, such as a box with round corners."""
    left, top = float(page.cropbox[0]), float(page.cropbox[1])
    for (x0, y0), (x1, y1) in pairwise(points):
        if min(abs(x0 - x1), abs(y0 - y1)) < 0.5:  # noqa: PLR2004  half a point is no slope
            yield Box(min(x0, x1) - left, min(y0, y1) - top, max(x0, x1) - left, max(y0, y1) - top)


def _shows(thing: Mapping[str, object], name: str) -> bool:
    """Whether the colour is not white; unknown colour spaces count as visible."""
    colour = thing.get(name)
    parts = [colour] if isinstance(colour, int | float) else list(colour) if isinstance(colour, tuple | list) else []
    figures = [float(part) for part in parts if isinstance(part, int | float)]
    if len(figures) == 4:  # noqa: PLR2004  cyan, magenta, yellow, black
        return max(figures) > 1 - _WHITE
    return not figures or min(figures) < _WHITE
