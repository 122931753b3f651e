"""A page made flat: photographed pages rectified and evenly lit, skewed ones levelled, with the way back kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.engines import Picture
from extractors.reading.photo import even_light, sides
from extractors.reading.sheet import Corners, page_corners
from extractors.reading.skew import skew

Matrix = NDArray[np.float64]

_LEVEL = 0.12
"""Degrees; less skew than this over a page's width is under a line's half height."""
_LONGEST = 3508
"""Pixels: A4 at 300 dpi, as large as a rectified photo is made."""
_TWO_TONES = 0.985
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Flat:
    """The flat picture, the one to hand to Tesseract, and the matrix from flat pixels to those of the upright picture.

    `from_print` takes pixels of `printed` to flat ones: a fax is read as it is, because levelling blurs its bits.
    """

    picture: Picture
    printed: Picture
    to_upright: Matrix
    from_printed: Matrix
    is_photo: bool


def flattened(upright: Picture) -> Flat:
    corners = page_corners(upright)
    if corners is not None:
        return _rectified(upright, corners)
    angle = skew(upright)
    if abs(angle) < _LEVEL:
        return Flat(upright, upright, np.eye(3), np.eye(3), is_photo=False)
    turn = _rotation(upright, angle)
    level = _warped(upright, turn, (upright.shape[1], upright.shape[0]))
    if is_bilevel(upright):
        return Flat(level, upright, _inverse(turn), turn, is_photo=False)
    return Flat(level, level, _inverse(turn), np.eye(3), is_photo=False)


def is_bilevel(picture: Picture) -> bool:
    """Whether nearly all pixels are black or white, as faxes are."""
    sample = picture[::4, ::4]
    return bool(np.count_nonzero((sample < 16) | (sample > 239)) >= _TWO_TONES * sample.size)  # noqa: PLR2004


def _rectified(upright: Picture, corners: Corners) -> Flat:
    across, down = sides(corners)
    scale = min(1.0, _LONGEST / max(across, down))
    width, height = round(across * scale), round(down * scale)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    straight = cv2.getPerspectiveTransform(corners, target).astype(np.float64)
    angle = skew(_small(upright, straight, (width, height)))
    if abs(angle) >= _LEVEL:
        straight = _rotation(np.empty((height, width), np.uint8), angle) @ straight
    picture = _warped(upright, straight, (width, height))
    return Flat(picture, even_light(picture), _inverse(straight), np.eye(3), is_photo=True)


def _small(upright: Picture, matrix: Matrix, size: tuple[int, int]) -> Picture:
    """The warped picture at half its size: lines of text are still told apart."""
    less = cv2.resize(upright, None, fx=_HALF, fy=_HALF, interpolation=cv2.INTER_AREA)
    shrunk = np.diag([_HALF, _HALF, 1.0]) @ matrix @ np.diag([1 / _HALF, 1 / _HALF, 1.0])
    return _warped(cast("Picture", less), shrunk, (round(size[0] * _HALF), round(size[1] * _HALF)))


def _rotation(picture: Picture, angle: float) -> Matrix:
    """Turns the picture by `angle` degrees anticlockwise about its middle."""
    height, width = picture.shape
    top = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cast("Matrix", np.vstack([top, [0.0, 0.0, 1.0]]))


def _inverse(matrix: Matrix) -> Matrix:
    return np.asarray(np.linalg.inv(matrix), dtype=np.float64)


def _warped(picture: Picture, matrix: Matrix, size: tuple[int, int]) -> Picture:
    paper = int(np.percentile(picture[::8, ::8], 75))
    if np.array_equal(matrix[2], (0.0, 0.0, 1.0)):
        turned = cv2.warpAffine(
            picture, matrix[:2], size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=paper
        )
    else:
        turned = cv2.warpPerspective(
            picture, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=paper
        )
    return cast("Picture", turned)
