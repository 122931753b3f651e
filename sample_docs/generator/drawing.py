"""A drawn paper: positioned texts, each knowing which value of the truth it prints, and shapes.

Coordinates are points from the top left corner of the page, `y` of a text is its baseline; pages count from 1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sample_docs.generator import fonts

A4 = (595.28, 841.89)
LETTER = (612.0, 792.0)
_ASCENT, _DESCENT = 0.78, 0.22  # of the size; close enough for all our families
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ink:
    """How a text is written. `size` is in points, `colour` a hex triplet."""

    family: str = "sans"
    size: float = 9.0
    bold: bool = False
    colour: str = "#000000"

    def strong(self) -> Ink:
        return replace(self, bold=True)

    def sized(self, size: float) -> Ink:
        return replace(self, size=size)

    def tinted(self, colour: str) -> Ink:
        return replace(self, colour=colour)

    def width(self, text: str) -> float:
        return fonts.width(text, self.family, self.size, bold=self.bold)


@dataclass(frozen=True, slots=True)
class Mark:
    """A text at its place.

    `name` is the value it prints: `total_amount`, `exporter.name`, `lines.3.amount`, or empty; `also` are further ones
    that the same text states.
    """

    page: int
    x: float
    y: float
    text: str
    ink: Ink
    name: str = ""
    also: tuple[str, ...] = ()

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        height = self.ink.size
        return (self.x, self.y - _ASCENT * height, self.x + self.ink.width(self.text), self.y + _DESCENT * height)


@dataclass(frozen=True, slots=True)
class Shape:
    """A polyline, or a filled area where `fill` is a colour. `width` 0 draws no outline."""

    page: int
    points: tuple[Point, ...]
    colour: str = "#000000"
    width: float = 0.6
    fill: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """All pages of one paper."""

    size: tuple[float, float]
    pages: int
    marks: tuple[Mark, ...]
    shapes: tuple[Shape, ...]

    def without_page(self, page: int) -> Drawing:
        """As if one page had been lost: the later ones move up but keep their printed page numbers."""

        def moved(number: int) -> int:
            return number - (number > page)

        return Drawing(
            self.size,
            self.pages - 1,
            tuple(replace(m, page=moved(m.page)) for m in self.marks if m.page != page),
            tuple(replace(s, page=moved(s.page)) for s in self.shapes if s.page != page),
        )


def rectangle(left: float, top: float, *, right: float, bottom: float) -> tuple[Point, ...]:
    """The closed outline of an upright rectangle."""
    return ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
