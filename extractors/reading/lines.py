"""The second engine's lines: those it finds itself, and those that only Tesseract saw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from extractors.engines import Line, LineEngine, Picture
from extractors.reading.neighbours import Neighbours
from schemas.geometry import Box, union

_COVERED = 0.5
_NEAR = 1.5
"""Words on one level nearer than so many heights are read as one line."""
_MARGIN = 0.2
_FLAT = 0.4
"""Of the usual height of words: lower ones are dashes that Tesseract takes for letters."""


def found_lines(picture: Picture, second: LineEngine | None) -> list[Line]:
    """The lines that the second engine finds itself, in pixels of the picture."""
    if second is None:
        return []
    return [line for box in second.find(picture) if (line := second.read(picture, box)) is not None]


def lines_at(picture: Picture, boxes: Sequence[Box], known: Sequence[Line], second: LineEngine) -> list[Line]:
    """What the second engine reads where the first has words and it found no line itself."""
    near = Neighbours(line.box for line in known)
    usual = median([box.height for box in boxes] or [0])
    missed = [
        box
        for box in boxes
        if box.height >= _FLAT * usual and not _covered(box, (known[index] for index in near.of(box)))
    ]
    return [line for box in _strung(missed) if (line := second.read(picture, box)) is not None]


def _covered(box: Box, lines: Iterable[Line]) -> bool:
    return any(line.box.intersection(box) >= _COVERED * max(1.0, box.area) for line in lines)


def _strung(boxes: Sequence[Box]) -> list[Box]:
    """Neighbouring words as one box with a margin."""
    lines: list[Box] = []
    for box in sorted(boxes, key=lambda box: (box.x0, box.top)):
        match = next((i for i, line in enumerate(lines) if _follows(line, box)), None)
        if match is None:
            lines.append(box)
        else:
            lines[match] = union((lines[match], box))
    return [box.grown(_MARGIN * box.height) for box in lines]


def _follows(line: Box, box: Box) -> bool:
    level = line.overlap_y(box) >= 0.5 * min(line.height, box.height)
    alike = max(line.height, box.height) <= 2 * min(line.height, box.height)
    return level and alike and line.overlap_x(box) >= -_NEAR * box.height
