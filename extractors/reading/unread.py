"""Print on a digital page that is no text: a scan under the layer, a pasted picture, letters drawn as outlines.

It shows on the page drawn without its text. What a reader must not pass over stands in rows, as letters do: a stamp's
words in the round and a signature do not.
"""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.engines import Picture
from schemas.geometry import Box
from schemas.pages import Word

Marks = NDArray[np.intp]
"""n rows of x, y, width, height in pixels."""

_FEW = 120
_SHARE = 0.5
_DARKER = 40
"""Grey levels under the paper's."""
_ROW = 4
"""So many marks beside each other on one line are a row of letters."""
_SUBSTANTIAL = 30
"""Marks in rows: more than a stamp has."""
_HIDING = 3
"""Marks over words of the layer that are not to be seen: something was put in their place."""
_MOST = 3000
"""Marks that are compared with each other."""
_COARSE = 4
"""Pixels taken for one where rows are put together to places."""
_MARGIN = 3.0
"""Points."""


def is_mostly_unread(textless: Picture, letters: int) -> bool:
    """Whether a good part of what the page shows is print that the layer does not have."""
    return len(_marks(textless)) > max(_FEW, _SHARE * letters)


def unread_places(textless: Picture, unseen: Iterable[Word], *, dpi: float) -> tuple[Box, ...]:
    """Where to read the picture, in points: much print in rows, or some over words of the layer that it hides."""
    scale = 72.0 / dpi
    hidden = [word.box for word in unseen]
    marks = _marks(textless)
    found = []
    for place, count in _places(_in_rows(marks), textless.shape):
        box = Box(*(side * scale for side in place)).grown(_MARGIN)
        if count >= _SUBSTANTIAL or (count >= _HIDING and any(box.contains_middle_of(word) for word in hidden)):
            found.append(box)
    return tuple(found)


def _marks(textless: Picture) -> Marks:
    """Marks of a letter's size; pictures are of 100 dots an inch."""
    ink = cv2.morphologyEx(textless, cv2.MORPH_BLACKHAT, np.ones((15, 15), np.uint8)) > _DARKER
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8))
    width, height = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    letters = (height >= 5) & (height <= 30) & (width >= 2) & (width <= 40)  # noqa: PLR2004  pixels: 4 to 20 points
    return stats[1:, : cv2.CC_STAT_AREA][letters].astype(np.intp)


def _in_rows(marks: Marks) -> Marks:
    if len(marks) > _MOST:
        return marks
    left, right = _neighbours(marks)
    row = np.arange(len(marks))
    for _ in range(8):  # each turn passes a row's lowest number on to its neighbours
        lower = np.minimum(row[left], row[right])
        np.minimum.at(row, left, lower)
        np.minimum.at(row, right, lower)
    return marks[np.bincount(row, minlength=len(marks))[row] >= _ROW]


def _neighbours(marks: Marks) -> tuple[Marks, Marks]:
    """Pairs of marks of like height that stand on one line, the second right of the first."""
    x, y, width, height = (marks[:, i].astype(np.float32) for i in range(4))
    taller = np.maximum(height[:, None], height)
    alike = 1.7 * np.minimum(height[:, None], height) >= taller
    level = np.abs((y + height)[:, None] - (y + height)) <= 0.3 * taller
    gap = x - (x + width)[:, None]
    first, second = np.nonzero(alike & level & (gap >= -1) & (gap <= taller))
    return first, second


def _places(marks: Marks, shape: tuple[int, ...]) -> list[tuple[tuple[float, float, float, float], int]]:
    """Rows that stand close together as one place (x0, top, x1, bottom in pixels), and how many marks it has."""
    coarse = np.zeros((shape[0] // _COARSE + 2, shape[1] // _COARSE + 2), dtype=np.uint8)
    for x, y, width, height in (marks // _COARSE).tolist():
        coarse[y : y + height + 1, x : x + width + 1] = 1
    joined = cv2.dilate(coarse, np.ones((7, 9), np.uint8))
    count, labels = cv2.connectedComponents(joined)
    own = labels[marks[:, 1] // _COARSE, marks[:, 0] // _COARSE] if len(marks) else np.zeros(0, dtype=np.intp)
    places = []
    for label in range(1, count):
        members = marks[own == label]
        if len(members):
            low = members[:, :2].min(axis=0)
            high = (members[:, :2] + members[:, 2:]).max(axis=0)
            places.append(((float(low[0]), float(low[1]), float(high[0]), float(high[1])), len(members)))
    return places
