"""A line of print cut out of its page and prepared in several ways: each shows an engine another bitmap of it."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.engines import Picture
from extractors.reading.looking import Look

_HIGH = (48.0, 64.0)
"""Pixels that the line with its paper is high: the second engine's own height, and larger."""
_LARGEST_ZOOM = 6.0
_LONGEST = 3000
"""Pixels."""
_RIM = 14
"""Pixels."""
_FEWEST = 3
"""Pixels on a side that can show a sign."""
_INK = 32
"""Grey levels between paper and ink: Tesseract reads words into plain paper."""


def prepared(look: Look, upright: Picture) -> tuple[Picture, ...]:
    """The line level and as engines like it: as it is, larger with even light, and in black and white.

    `upright` is the whole page's picture, turned upright. None where the place is too small, or shows no ink.
    """
    low, high = (_level(look, upright, height) for height in _HIGH)
    if low is None or high is None or int(high.max()) - int(high.min()) < _INK:
        return ()
    even = _even(high)
    return low, even, _two_tones(_even(low))


def _level(look: Look, upright: Picture, height: float) -> Picture | None:
    """The box of the flat page, that many pixels high."""
    box = look.box
    scale = min(height / box.height, _LONGEST / max(box.width, 1.0)) if box.height > 0 else 0.0
    dots = upright.shape[1] / look.width
    scale = min(scale, _LARGEST_ZOOM * dots)
    size = (round(box.width * scale), round(box.height * scale))
    if min(size) < _FEWEST:
        return None
    finer = max(1.0, dots / scale)  # warping skips pixels where it makes smaller: that is left to averaging
    wanted = (round(size[0] * finer), round(size[1] * finer))
    matrix = _to_upright(look, dots) @ _from_crop(look, wanted)
    paper = float(np.percentile(upright[::16, ::16], 75))
    seen = cv2.warpPerspective(upright, matrix, wanted, flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP, borderValue=paper)
    return cast("Picture", seen if finer == 1.0 else cv2.resize(seen, size, interpolation=cv2.INTER_AREA))


def _from_crop(look: Look, size: tuple[int, int]) -> NDArray[np.float64]:
    """From pixels of the crop to points of the flat page; pixels are meant by their middles."""
    across, down = look.box.width / size[0], look.box.height / size[1]
    return np.array(
        [
            [across, 0.0, look.box.x0 + across / 2],
            [0.0, down, look.box.top + down / 2],
            [0.0, 0.0, 1.0],
        ]
    )


def _to_upright(look: Look, dots: float) -> NDArray[np.float64]:
    """From points of the flat page to pixels of the upright one."""
    way = np.eye(3) if look.flat_to_upright is None else np.array(look.flat_to_upright).reshape(3, 3)
    pixels = np.array([[dots, 0.0, -0.5], [0.0, dots, -0.5], [0.0, 0.0, 1.0]])
    return cast("NDArray[np.float64]", pixels @ way)


def _even(line: Picture) -> Picture:
    """Paper made white, whatever light lies on it, and ink black."""
    side = max(3, line.shape[0] // 2) | 1
    paper = cv2.medianBlur(cv2.morphologyEx(line, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8)), 5)
    flat = cv2.divide(line, np.maximum(paper, 1), scale=255)
    ink = float(np.percentile(flat, 2))
    stretched = (flat.astype(np.float32) - ink) * (255.0 / max(1.0, 250.0 - ink))
    return cast("Picture", np.clip(stretched, 0, 255).astype(np.uint8))


def _two_tones(line: Picture) -> Picture:
    smooth = cv2.GaussianBlur(line, (3, 3), 0)
    _, tones = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return cast("Picture", tones)


def rimmed(line: Picture) -> Picture:
    """With paper round it, which Tesseract needs; the second engine would only see smaller print."""
    paper = int(np.percentile(line, 90))
    return cast("Picture", cv2.copyMakeBorder(line, _RIM, _RIM, _RIM, _RIM, cv2.BORDER_CONSTANT, value=[paper]))
