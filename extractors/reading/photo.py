"""A photographed page: its light made even, its sides measured."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np

from extractors.engines import Picture
from extractors.reading.sheet import Corners


def sides(corners: Corners) -> tuple[float, float]:
    """The longer of the opposite sides, across and down, in pixels."""
    top_left, top_right, bottom_right, bottom_left = corners
    across = max(np.linalg.norm(top_right - top_left), np.linalg.norm(bottom_right - bottom_left))
    down = max(np.linalg.norm(bottom_left - top_left), np.linalg.norm(bottom_right - top_right))
    return float(across), float(down)


def even_light(picture: Picture) -> Picture:
    """The picture divided by its paper's brightness, so that a shadow does not become ink."""
    paper = cv2.resize(_paper(picture), (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR)
    return cast("Picture", cv2.divide(picture, paper, scale=255))


def _paper(picture: Picture) -> cv2.typing.MatLike:
    """The paper's brightness at an eighth of the size: print, and bands as high as a table's head, are closed over."""
    small = cv2.resize(picture, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    side = max(3, round(0.07 * min(small.shape[:2]))) | 1
    return cv2.medianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8)), min(side, 31))
