"""How far a page is from level, told from the sharpness of its lines of text."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.engines import Picture

_SIDE = 1100
_WIDEST = 5.0
"""Degrees; a sheet fed more askew than that was not scanned but thrown."""


def skew(picture: Picture) -> float:
    """Degrees by which to turn the picture anticlockwise to level its lines, in steps of 0.05; 0 on an empty page."""
    scale = min(1.0, _SIDE / max(picture.shape))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, np.ones((17, 17), np.uint8))
    ink = np.minimum(ink, 128)
    if not ink.any():
        return 0.0
    coarse = _best(ink, np.arange(-_WIDEST, _WIDEST + 0.01, 0.5))
    return _best(ink, np.arange(coarse - 0.5, coarse + 0.51, 0.05))


def _best(ink: cv2.typing.MatLike, angles: np.typing.NDArray[np.float64]) -> float:
    scores = [_sharpness(ink, float(angle)) for angle in angles]
    return float(angles[int(np.argmax(scores))])


def _sharpness(ink: cv2.typing.MatLike, angle: float) -> float:
    """How abruptly the ink of the rows changes: most where rows and lines of text agree."""
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    rows = cv2.warpAffine(ink, turn, (width, height), flags=cv2.INTER_LINEAR).sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())
