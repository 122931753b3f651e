"""What happens to a paper between the printer and the inbox: a ladder of levels.

A level is one function here and one entry in `LEVELS`; the effects on single pages are in `sample_docs.effects`.
Pictures are arrays of rows, columns and three colours, 8 bits; all chance comes from the seed. Every level tells how
it moved the page, so that each text is still found on the damaged picture.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import cv2
import numpy as np
import pypdfium2  # type: ignore[import-untyped]  # it ships no types
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from sample_docs.effects import EFFECTS, font
from sample_docs.generator.chance import Chance
from sample_docs.generator.drawing import Drawing
from sample_docs.generator.pdf import pdf_bytes
from sample_docs.traces import Pixels

__all__ = ["EFFECTS", "LADDER", "LEVELS", "Level", "Scan", "damaged"]

Matrix = NDArray[np.float64]
Box = tuple[float, float, float, float]
Taken = tuple[Image.Image, Matrix]  # the picture, and how pixels of the page moved on it
_STAYS: Final = np.eye(3)
_POINTS_PER_INCH: Final = 72
_WHITE: Final = (255, 255, 255)
_PAPER: Final = 246  # a scanner makes everything lighter than this plain white
_FAX_BLACK: Final = 150  # darker than this is a black dot
_DROPPED_DOTS: Final = 0.0006
_STREAK_DENSITY: Final = 0.35
_HALF: Final = 127


@dataclass(frozen=True, slots=True)
class Scan:
    """One damaged page. `dpi` says how many pixels make an inch of the paper.

    `moved` is the homography from points of the drawn page to pixels of the picture, as it stands when read upright.
    """

    image: Image.Image
    dpi: int
    quality: int
    moved: Matrix = field(default_factory=lambda: _STAYS, compare=False)

    def jpeg(self) -> bytes:
        out = io.BytesIO()
        self.image.save(out, "JPEG", quality=self.quality, dpi=(self.dpi, self.dpi), optimize=True)
        return out.getvalue()

    @property
    def size(self) -> tuple[float, float]:
        """In points."""
        width, height = self.image.size
        return (width * _POINTS_PER_INCH / self.dpi, height * _POINTS_PER_INCH / self.dpi)

    def place(self, box: Box) -> Box:
        """Where a box of the drawn page lies on the upright damaged one, both in points: the rectangle around it."""
        left, top, right, bottom = box
        corners = np.array([(left, top, 1), (right, top, 1), (right, bottom, 1), (left, bottom, 1)], np.float64)
        seen = corners @ self.moved.T
        points = seen[:, :2] / seen[:, 2:] * (_POINTS_PER_INCH / self.dpi)
        (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
        return (float(x0), float(y0), float(x1), float(y1))


@dataclass(frozen=True, slots=True)
class Level:
    """A rung of the ladder: at what resolution the page is taken, how well it is kept, what happens to it."""

    dpi: int
    quality: int
    degrade: Callable[[Pixels, Chance], Taken]


def damaged(drawing: Drawing, level: str, *, effects: Sequence[str], chance: Chance) -> list[Scan]:
    """Every page of a drawing as it comes out of the scanner, fax or camera."""
    rung = LEVELS[level]
    document = pypdfium2.PdfDocument(pdf_bytes([drawing], title=""))
    scans, scale = [], rung.dpi / _POINTS_PER_INCH
    for at in range(len(document)):
        picture = document[at].render(scale=scale).to_numpy()
        pixels: Pixels = cv2.cvtColor(np.ascontiguousarray(picture[:, :, :3]), cv2.COLOR_BGR2RGB).astype(np.uint8)
        for effect in effects:
            pixels = EFFECTS[effect](pixels, rung.dpi, chance.branch("effect", effect, at))
        image, moved = rung.degrade(pixels, chance.branch("page", at))
        upright = _turned_back(image.size, effects) @ moved @ _turned_first(pixels, effects)
        scans.append(Scan(image, rung.dpi, rung.quality, upright @ np.diag((scale, scale, 1.0))))
    document.close()
    return scans


def _turned_first(fed: Pixels, effects: Sequence[str]) -> Matrix:
    """How the turning effects moved the pixels of a page that was then fed in as `fed`."""
    height, width = fed.shape[:2]
    return (
        _upside_down(width, height)
        if "upside_down" in effects
        else _sideways(height)
        if "sideways" in effects
        else _STAYS
    )


def _turned_back(size: tuple[int, int], effects: Sequence[str]) -> Matrix:
    """How turning the picture upright moves its pixels."""
    width, height = size
    if "upside_down" in effects:
        return _upside_down(width, height)
    return np.linalg.inv(_sideways(height)).astype(np.float64) if "sideways" in effects else _STAYS


def _upside_down(width: int, height: int) -> Matrix:
    return np.array([(-1, 0, width), (0, -1, height), (0, 0, 1)], np.float64)


def _sideways(height: int) -> Matrix:
    """A quarter turn to the left; `height` is the turned picture's."""
    return np.array([(0, 1, 0), (-1, 0, height), (0, 0, 1)], np.float64)


# -- levels


def _grey(pixels: Pixels) -> NDArray[np.float32]:
    return cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)


def _turned(grey: NDArray[np.float32], degrees: float, paper: float) -> tuple[NDArray[np.float32], Matrix]:
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turned = cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(paper,))
    return turned.astype(np.float32), np.vstack([matrix, (0, 0, 1)]).astype(np.float64)


def _picture(grey: NDArray[np.float32]) -> Image.Image:
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


def scan_clean(pixels: Pixels, chance: Chance) -> Taken:
    """A good office scanner: hardly any skew, a little softness."""
    grey, moved = _turned(_grey(pixels), chance.real(-0.15, 0.15), 255)
    grey = cv2.GaussianBlur(grey, (0, 0), 0.7).astype(np.float32)
    speckle = chance.generator().normal(0, 1.2, grey.shape).astype(np.float32)
    return _picture(np.where(grey > _PAPER, 254.0, grey + speckle).astype(np.float32)), moved


def scan_degraded(pixels: Pixels, chance: Chance) -> Taken:
    """A copy of a copy: skewed, grey, soft, with a dark edge and dust."""
    skew = chance.real(0.7, 1.9) * (1 if chance.happens(0.5) else -1)
    grey, moved = _turned(_grey(pixels), skew, 252)
    rng = chance.generator()
    grey = cv2.GaussianBlur(grey, (0, 0), 0.8).astype(np.float32)
    grey = 38 + grey * np.float32(0.79)
    height, width = grey.shape
    edge = np.exp(-np.arange(width, dtype=np.float32) / (width * 0.015)) * 90
    grey -= edge if chance.happens(0.5) else edge[::-1]
    grey += rng.normal(0, 4.0, grey.shape).astype(np.float32)
    for _ in range(160):
        centre = (int(rng.integers(width)), int(rng.integers(height)))
        cv2.circle(grey, centre, int(rng.integers(1, 3)), (float(rng.integers(60, 160)),), -1)
    return _picture(grey), moved


def fax(pixels: Pixels, chance: Chance) -> Taken:
    """Black and white at fax resolution, with the sender's line on top, dropped dots and a streak."""
    grey, moved = _turned(_grey(pixels), chance.real(-0.4, 0.4), 255)
    rng = chance.generator()
    grey = cv2.GaussianBlur(grey, (0, 0), 0.75).astype(np.float32)
    grey += rng.normal(0, 22, grey.shape).astype(np.float32)
    grey[rng.random(grey.shape) < _DROPPED_DOTS] = 0
    streak = int(rng.integers(grey.shape[1] // 3, grey.shape[1]))
    grey[:, streak] = np.where(rng.random(grey.shape[0]) < _STREAK_DENSITY, 0, grey[:, streak])
    page = _picture(np.where(grey < _FAX_BLACK, 0, 255).astype(np.float32))
    pen = ImageDraw.Draw(page)
    pen.text((int(page.width * 0.06), 22), "TELEFAX   G3 FINE   OK", fill=0, font=font("mono", 26))
    return page.convert("1", dither=Image.Dither.NONE), moved


def photo(pixels: Pixels, chance: Chance) -> Taken:
    """Taken by hand with a telephone: perspective, a shadow, a desk around the paper."""
    height, width = pixels.shape[:2]
    desk = _desk(height + height // 9, width + width // 7, chance.branch("desk"))
    corners = _corners(desk.shape[1], desk.shape[0], chance.branch("corners"))
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, corners)
    size = (desk.shape[1], desk.shape[0])
    seen = cv2.warpPerspective(pixels, matrix, size, flags=cv2.INTER_AREA, borderValue=_WHITE)
    where = cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, size) > _HALF
    view = np.where(where[:, :, None], seen, desk).astype(np.float32)
    view *= _light(size[1], size[0], chance.branch("light"))[:, :, None]
    view *= np.array([1.0, 0.985, 0.94], np.float32)
    view = cv2.GaussianBlur(view, (0, 0), 0.8).astype(np.float32)
    view += chance.generator().normal(0, 2.5, view.shape).astype(np.float32)
    return Image.fromarray(np.clip(view, 0, 255).astype(np.uint8)), matrix.astype(np.float64)


def _desk(height: int, width: int, chance: Chance) -> NDArray[np.float32]:
    rng = chance.generator()
    grain = cv2.resize(rng.normal(0, 1, (height // 6, 8)).astype(np.float32), (width, height))
    colour = np.array([124, 96, 70], np.float32) + chance.real(-18, 18)
    desk: NDArray[np.float32] = colour + grain[:, :, None] * np.float32(9)
    return desk


def _corners(width: int, height: int, chance: Chance) -> NDArray[np.float32]:
    inset = [(chance.real(0.02, 0.07), chance.real(0.015, 0.05)) for _ in range(4)]
    signs = ((0, 0), (1, 0), (1, 1), (0, 1))
    points = [
        (abs(right - x) * width, abs(low - y) * height) for (x, y), (right, low) in zip(inset, signs, strict=True)
    ]
    return np.array(points, np.float32)


def _light(height: int, width: int, chance: Chance) -> NDArray[np.float32]:
    """Brighter at one corner, darker at the other, and the soft shadow of a hand."""
    across = np.linspace(0, 1, width, dtype=np.float32)[None, :]
    down = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    angle = chance.real(0, math.tau)
    slope = 0.86 + 0.13 * (np.cos(angle) * (across - 0.5) + np.sin(angle) * (down - 0.5)) * 2
    x, y = chance.real(0.1, 0.9), chance.real(0.6, 1.1)
    shadow = 0.16 * np.exp(-(((across - x) / 0.3) ** 2 + ((down - y) / 0.25) ** 2))
    light: NDArray[np.float32] = np.clip(slope - shadow, 0.45, 1.0).astype(np.float32)
    return light


LEVELS: Final = {
    "scan_clean": Level(300, 56, scan_clean),
    "scan_degraded": Level(200, 42, scan_degraded),
    "fax": Level(204, 100, fax),
    "photo": Level(192, 60, photo),
}
LADDER: Final = ("digital", *LEVELS)
