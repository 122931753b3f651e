"""Printed lines found on a bitmap: straight, solid, dark, and longer than any letter's stroke."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

import cv2
import numpy as np

from extractors.engines import Picture
from schemas.geometry import Box

_SHORTEST = 0.33
"""Inches: longer than the stem of a large title's letter."""
_THICKEST = 0.04
"""Inches."""
_DARK = 50
"""Grey levels under the paper's: security patterns and show-through are fainter."""
_SLANT = 0.012
"""Rise over run that a line may still have on the flattened page."""
_LONELY = 0.55
"""The share of a line's length that must have paper right above and below: a row of letters has not."""


def rules(picture: Picture, *, dpi: float) -> list[Box]:
    """Boxes in pixels of the flat picture."""
    ink = _ink(picture, dpi)
    across = list(_runs(ink, dpi))
    down = [Box(box.top, box.x0, box.bottom, box.x1) for box in _runs(cast("Picture", cv2.transpose(ink)), dpi)]
    return across + down


def _ink(picture: Picture, dpi: float) -> Picture:
    side = max(9, round(0.12 * dpi)) | 1
    blackness = cv2.morphologyEx(picture, cv2.MORPH_BLACKHAT, np.ones((side, side), np.uint8))
    return (blackness > _DARK).astype(np.uint8)


def _runs(ink: Picture, dpi: float) -> Iterator[Box]:
    """Level runs. One pixel is forgiven in height, a few in gaps, so that a line may waver and flake."""
    bridge = max(3, round(0.012 * dpi))
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, bridge), np.uint8))
    thick = cv2.dilate(closed, np.ones((3, 1), np.uint8))
    long = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, round(_SHORTEST * dpi)), np.uint8))
    long = cv2.bitwise_and(long, cv2.dilate(closed, np.ones((3, 3), np.uint8)))
    outlines, _ = cv2.findContours(long, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    for place in map(cv2.boundingRect, outlines):
        x, y, width, height = place
        thickness = cv2.countNonZero(long[y : y + height, x : x + width]) / width - 2
        slim = thickness <= max(3, _THICKEST * dpi) and height - thickness <= 4 + _SLANT * width
        if slim and width >= 0.9 * _SHORTEST * dpi and _is_lonely(ink, place, dpi):
            middle = y + height / 2
            yield Box(x, middle - max(1, thickness / 2), x + width, middle + max(1, thickness / 2))


def _is_lonely(ink: Picture, place: Sequence[int], dpi: float) -> bool:
    """Whether a line's both sides are mostly paper. A line under a word touches few letters; a word is all letters."""
    x, y, width, height = place
    off = max(2, round(0.012 * dpi))
    step = max(8, round(0.2 * dpi))
    free = [_free(ink, (left, min(x + width, left + step)), (y, y + height), off) for left in range(x, x + width, step)]
    return float(np.mean(free)) >= _LONELY


def _free(ink: Picture, columns: tuple[int, int], rows: tuple[int, int], off: int) -> float:
    """The share of a short piece's columns with paper above and below; the line may slant within its rows."""
    left, right = columns
    piece = np.flatnonzero(ink[rows[0] : rows[1], left:right].any(axis=1))
    if not piece.size:
        return 1.0
    top, bottom = rows[0] + int(piece[0]), rows[0] + int(piece[-1]) + 1
    above = ink[max(0, top - off) : top, left:right].any(axis=0)
    below = ink[bottom : bottom + off, left:right].any(axis=0)
    return 1 - float((above | below).mean())
