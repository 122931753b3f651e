"""Places on a page, in points, with the origin at the top left of the upright page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points (1/72 inch); `top` is smaller than `bottom`, as y grows downwards."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle_x(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def middle_y(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def area(self) -> float:
        return max(0.0, self.width) * max(0.0, self.height)

    def overlap_x(self, other: Box) -> float:
        """Length that both cover on the x axis; negative is the gap between them."""
        return min(self.x1, other.x1) - max(self.x0, other.x0)

    def overlap_y(self, other: Box) -> float:
        """Length that both cover on the y axis; negative is the gap between them."""
        return min(self.bottom, other.bottom) - max(self.top, other.top)

    def intersection(self, other: Box) -> float:
        """Area that both cover, 0 where they do not touch."""
        return max(0.0, self.overlap_x(other)) * max(0.0, self.overlap_y(other))

    def contains_middle_of(self, other: Box) -> bool:
        return self.x0 <= other.middle_x <= self.x1 and self.top <= other.middle_y <= self.bottom

    def grown(self, by: float) -> Box:
        """The box with `by` points added on each side."""
        return Box(self.x0 - by, self.top - by, self.x1 + by, self.bottom + by)

    def as_list(self) -> list[float]:
        """`[x0, top, x1, bottom]`, rounded to hundredths of a point, as results carry it."""
        return [round(v, 2) for v in (self.x0, self.top, self.x1, self.bottom)]


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box round all; raises `ValueError` for none."""
    known = list(boxes)
    if not known:
        message = "the union of no boxes is not a box"
        raise ValueError(message)
    return Box(
        min(b.x0 for b in known), min(b.top for b in known), max(b.x1 for b in known), max(b.bottom for b in known)
    )
