"""How far a page is from level, told from the sharpness of its lines of text."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.engines import Picture

_SIDE = 1100
_WIDEST = 5.0
"""Degrees; a sheet fed more askew than that was not scanned but thrown."""
_STRIP = 16
"""Pixels: the page is sheared in upright strips of this width, a third of the cost of turning its picture."""
_SIDEWAYS = 0.8
"""Sharpness of rows over that of columns: under 0.55 on sideways pages, over 1.8 on upright ones (39 measured)."""

Strips = NDArray[np.float32]
"""Ink of each strip, row by row."""


def skew(picture: Picture) -> float:
    """Degrees by which to turn the picture anticlockwise to level its lines, in steps of 0.05; 0 on an empty page."""
    ink = _ink(picture, _SIDE)
    if not ink.any():
        return 0.0
    strips = _strips(ink)
    coarse = _best(strips, np.arange(-_WIDEST, _WIDEST + 0.01, 0.5))
    return _best(strips, np.arange(coarse - 0.5, coarse + 0.51, 0.05))


def is_sideways(picture: Picture) -> bool:
    """Whether lines of text run up or down the picture; which of the two it cannot tell."""
    ink = _ink(picture, _SIDE // 2)
    return _sharpest(_strips(ink)) < _SIDEWAYS * _sharpest(_strips(cv2.transpose(ink)))


def _sharpest(strips: Strips) -> float:
    return max(_sharpness(strips, float(angle)) for angle in np.arange(-_WIDEST, _WIDEST + 0.01, 0.5))


def _ink(picture: Picture, side: int) -> cv2.typing.MatLike:
    """What is darker than its surroundings, on a copy with that longest side, no thing weighing as much as a blot."""
    scale = min(1.0, side / max(picture.shape))
    size = [max(_STRIP, round(scale * length)) for length in reversed(picture.shape)]
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return cast("Picture", np.minimum(cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, np.ones((17, 17), np.uint8)), 128))


def _strips(ink: cv2.typing.MatLike) -> Strips:
    height, width = ink.shape
    whole = ink[:, : width - width % _STRIP].reshape(height, -1, _STRIP)
    return np.ascontiguousarray(whole.sum(axis=2, dtype=np.float32).T)


def _best(strips: Strips, angles: NDArray[np.float64]) -> float:
    scores = [_sharpness(strips, float(angle)) for angle in angles]
    return float(angles[int(np.argmax(scores))])


def _sharpness(strips: Strips, angle: float) -> float:
    """How abruptly the ink of the rows changes: most where rows and lines of text agree."""
    count, height = strips.shape
    drops = -(np.arange(count) - (count - 1) / 2) * _STRIP * np.tan(np.radians(angle))
    margin = int(np.abs(drops).max()) + 2
    rows = np.zeros(height + 2 * margin)
    for strip, drop in zip(strips, drops, strict=True):
        top = margin + int(np.floor(drop))
        part = float(drop - np.floor(drop))
        rows[top : top + height] += (1 - part) * strip
        rows[top + 1 : top + 1 + height] += part * strip
    return float(np.square(np.diff(rows)).sum())
