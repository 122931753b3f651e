"""Quarter turns of boxes and pictures."""

from __future__ import annotations

import numpy as np

from extractors.engines import Picture
from schemas.geometry import Box


def turned_box(box: Box, *, width: float, height: float, turn: int) -> Box:
    """Where the box lies after its page of that width and height was turned clockwise by `turn` degrees."""
    if turn == 90:  # noqa: PLR2004  quarter turns
        return Box(height - box.bottom, box.x0, height - box.top, box.x1)
    if turn == 180:  # noqa: PLR2004
        return Box(width - box.x1, height - box.bottom, width - box.x0, height - box.top)
    if turn == 270:  # noqa: PLR2004
        return Box(box.top, width - box.x1, box.bottom, width - box.x0)
    return box


def turned_size(width: float, height: float, turn: int) -> tuple[float, float]:
    return (height, width) if turn in {90, 270} else (width, height)


def turned_picture(picture: Picture, turn: int) -> Picture:
    return np.ascontiguousarray(np.rot90(picture, -turn // 90))
