"""Which boxes of many overlap a given one, without asking each."""

from __future__ import annotations

from collections.abc import Iterable

from schemas.geometry import Box

_ROW = 64
"""Height of the bands by which boxes are looked up, in their own unit."""


class Neighbours:
    """Boxes by bands of height."""

    def __init__(self, boxes: Iterable[Box]) -> None:
        self._boxes = tuple(boxes)
        self._rows: dict[int, list[int]] = {}
        for index, box in enumerate(self._boxes):
            for row in _rows(box):
                self._rows.setdefault(row, []).append(index)

    def of(self, box: Box) -> list[int]:
        """The numbers, ascending, of those that share some area with the box."""
        known, (x0, top, x1, bottom) = self._boxes, (box.x0, box.top, box.x1, box.bottom)
        near = {index for row in _rows(box) for index in self._rows.get(row, ())}
        return sorted(
            index
            for index in near
            if known[index].x0 < x1 and x0 < known[index].x1 and known[index].top < bottom and top < known[index].bottom
        )


def _rows(box: Box) -> range:
    return range(int(box.top // _ROW), int(box.bottom // _ROW) + 1)
