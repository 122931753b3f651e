"""Drawn papers as the pages a perfect reader would make of them, each word with the value that it prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from sample_docs.generator.drawing import Drawing, Mark
from sample_docs.generator.filing import drawn
from sample_docs.generator.truth import ShipmentTruth
from sample_docs.layouts import POOLS
from schemas.geometry import Box
from schemas.pages import Page, Rule, Word

_DIGEST = "0" * 64
_ASCENT, _DESCENT = 0.72, 0.2
"""Of the size of the type, as a text layer gives it."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One page with what is true of it. `names` has the field that a word prints, by its place in `page.words`.

    `layout` names what is held out as a whole: a layout, or where layouts are composed anew the one composition.
    """

    page: Page
    names: Mapping[int, str]
    type: str
    layout: str
    language: str


def samples_of(truth: ShipmentTruth) -> Iterator[Sample]:
    """All pages of a shipment's papers."""
    for one in drawn(truth):
        composed = any(one.paper.layout == layout.name for layout in POOLS["training"])
        layout = f"{one.paper.layout} {truth.id}" if composed else one.paper.layout
        for number in range(1, one.drawing.pages + 1):
            page, names = _page(one.drawing, number)
            if page.words:
                yield Sample(page, names, one.paper.type, layout, one.paper.style.language)


def _page(drawing: Drawing, number: int) -> tuple[Page, dict[int, str]]:
    named = [pair for mark in drawing.marks if mark.page == number for pair in _words(mark)]
    lines = [s for s in drawing.shapes if s.page == number]
    rules = tuple(Rule(box) for s in lines for box in _edges(s.points))
    width, height = drawing.size
    page = Page("drawn.pdf", _DIGEST, number, width, height, tuple(w for w, _ in named), rules)
    return page, {at: name for at, (_, name) in enumerate(named) if name}


def _words(mark: Mark) -> Iterator[tuple[Word, str]]:
    """The words of one text, each where its letters stand."""
    at = 0
    size = mark.ink.size
    for text in mark.text.split():
        at = mark.text.index(text, at)
        left = mark.x + mark.ink.width(mark.text[:at])
        right = left + mark.ink.width(text)
        box = Box(left, mark.y - _ASCENT * size, max(right, left + 0.5), mark.y + _DESCENT * size)
        yield Word(text, box, size=size, bold=mark.ink.bold), mark.name
        at += len(text)


def _edges(points: tuple[tuple[float, float], ...]) -> Iterator[Box]:
    """The level and upright strokes of a shape as thin boxes."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if (abs(x0 - x1) < 1 or abs(y0 - y1) < 1) and abs(x0 - x1) + abs(y0 - y1) > 6:  # noqa: PLR2004  points
            yield Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
