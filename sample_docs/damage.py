"""What happens to a paper between the printer and the inbox: a ladder of levels, and effects on single pages.

A level or an effect is one function here and one entry in `LEVELS` or `EFFECTS`. Pictures are arrays of rows, columns
and three colours, 8 bits; all chance comes from the seed.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import pypdfium2  # type: ignore[import-untyped]  # it ships no types
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFont

from sample_docs.generator import fonts
from sample_docs.generator.chance import Chance
from sample_docs.generator.drawing import Drawing
from sample_docs.generator.hand import signature
from sample_docs.generator.pdf import pdf_bytes

Pixels = NDArray[np.uint8]
_POINTS_PER_INCH: Final = 72
_WHITE: Final = (255, 255, 255)
_PAPER: Final = 246  # a scanner makes everything lighter than this plain white
_FAX_BLACK: Final = 150  # darker than this is a black dot
_DROPPED_DOTS: Final = 0.0006
_STREAK_DENSITY: Final = 0.35
_HALF: Final = 127


@dataclass(frozen=True, slots=True)
class Scan:
    """One damaged page. `dpi` says how many pixels make an inch of the paper."""

    image: Image.Image
    dpi: int
    quality: int

    def jpeg(self) -> bytes:
        out = io.BytesIO()
        self.image.save(out, "JPEG", quality=self.quality, dpi=(self.dpi, self.dpi), optimize=True)
        return out.getvalue()

    @property
    def size(self) -> tuple[float, float]:
        """In points."""
        width, height = self.image.size
        return (width * _POINTS_PER_INCH / self.dpi, height * _POINTS_PER_INCH / self.dpi)


@dataclass(frozen=True, slots=True)
class Level:
    """A rung of the ladder: at what resolution the page is taken, how well it is kept, what happens to it."""

    dpi: int
    quality: int
    degrade: Callable[[Pixels, Chance], Image.Image]


def damaged(drawing: Drawing, level: str, *, effects: Sequence[str], chance: Chance) -> list[Scan]:
    """Every page of a drawing as it comes out of the scanner, fax or camera."""
    rung = LEVELS[level]
    document = pypdfium2.PdfDocument(pdf_bytes([drawing], title=""))
    scans = []
    for at in range(len(document)):
        picture = document[at].render(scale=rung.dpi / _POINTS_PER_INCH).to_numpy()
        pixels: Pixels = cv2.cvtColor(np.ascontiguousarray(picture[:, :, :3]), cv2.COLOR_BGR2RGB).astype(np.uint8)
        for effect in effects:
            pixels = EFFECTS[effect](pixels, rung.dpi, chance.branch("effect", effect, at))
        scans.append(Scan(rung.degrade(pixels, chance.branch("page", at)), rung.dpi, rung.quality))
    document.close()
    return scans


# -- levels


def _grey(pixels: Pixels) -> NDArray[np.float32]:
    return cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)


def _turned(grey: NDArray[np.float32], degrees: float, paper: float) -> NDArray[np.float32]:
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(paper,)).astype(np.float32)


def _picture(grey: NDArray[np.float32]) -> Image.Image:
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


def scan_clean(pixels: Pixels, chance: Chance) -> Image.Image:
    """A good office scanner: hardly any skew, a little softness."""
    grey = _turned(_grey(pixels), chance.real(-0.15, 0.15), 255)
    grey = cv2.GaussianBlur(grey, (0, 0), 0.7).astype(np.float32)
    speckle = chance.generator().normal(0, 1.2, grey.shape).astype(np.float32)
    return _picture(np.where(grey > _PAPER, 254.0, grey + speckle).astype(np.float32))


def scan_degraded(pixels: Pixels, chance: Chance) -> Image.Image:
    """A copy of a copy: skewed, grey, soft, with a dark edge and dust."""
    skew = chance.real(0.7, 1.9) * (1 if chance.happens(0.5) else -1)
    grey = _turned(_grey(pixels), skew, 252)
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
    return _picture(grey)


def fax(pixels: Pixels, chance: Chance) -> Image.Image:
    """Black and white at fax resolution, with the sender's line on top, dropped dots and a streak."""
    grey = _turned(_grey(pixels), chance.real(-0.4, 0.4), 255)
    rng = chance.generator()
    grey = cv2.GaussianBlur(grey, (0, 0), 0.75).astype(np.float32)
    grey += rng.normal(0, 22, grey.shape).astype(np.float32)
    grey[rng.random(grey.shape) < _DROPPED_DOTS] = 0
    streak = int(rng.integers(grey.shape[1] // 3, grey.shape[1]))
    grey[:, streak] = np.where(rng.random(grey.shape[0]) < _STREAK_DENSITY, 0, grey[:, streak])
    page = _picture(np.where(grey < _FAX_BLACK, 0, 255).astype(np.float32))
    pen = ImageDraw.Draw(page)
    pen.text((int(page.width * 0.06), 22), "TELEFAX   G3 FINE   OK", fill=0, font=_font("mono", 26))
    return page.convert("1", dither=Image.Dither.NONE)


def photo(pixels: Pixels, chance: Chance) -> Image.Image:
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
    return Image.fromarray(np.clip(view, 0, 255).astype(np.uint8))


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


# -- effects


def _font(face: str, pixels: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(fonts.path(face)), round(pixels))


def _darkest(pixels: Pixels, layer: Image.Image) -> Pixels:
    """Ink laid over a page: what is dark on either stays dark."""
    darkest: Pixels = np.minimum(pixels, np.asarray(layer.convert("RGB")))
    return darkest


def stamp(pixels: Pixels, dpi: int, chance: Chance) -> Pixels:
    """A round rubber stamp near the foot of the page, tilted and unevenly inked."""
    side = int(dpi * chance.real(1.2, 1.5))
    colour = chance.pick(((46, 62, 150), (150, 40, 52), (70, 50, 130)))
    seal = _seal(side, colour, chance)
    layer = Image.new("RGB", (pixels.shape[1], pixels.shape[0]), _WHITE)
    x = int(pixels.shape[1] * chance.real(0.32, 0.7)) - side // 2
    y = int(pixels.shape[0] * chance.real(0.84, 0.9)) - side // 2
    layer.paste(seal, (x, y))
    return _darkest(pixels, layer)


def _seal(side: int, colour: tuple[int, int, int], chance: Chance) -> Image.Image:
    seal = Image.new("RGB", (side, side), _WHITE)
    pen = ImageDraw.Draw(seal)
    line = max(2, side // 60)
    pen.ellipse((line, line, side - line, side - line), outline=colour, width=line)
    pen.ellipse((side * 0.24, side * 0.24, side * 0.76, side * 0.76), outline=colour, width=line)
    font = _font("sans-bold", side * 0.095)
    words = chance.pick(
        ("EXPORT SECTION * AUTHORISED *", "CERTIFIED TRUE COPY * OFFICE *", "SHIPPING DEPARTMENT * 7 * ")
    )
    for at, char in enumerate(words):
        angle = math.tau * at / len(words)
        glyph = Image.new("RGB", (side // 7, side // 7), _WHITE)
        ImageDraw.Draw(glyph).text((side / 14, side / 14), char, fill=colour, font=font, anchor="mm")
        turned = Image.new("RGB", seal.size, _WHITE)
        x, y = side / 2 + 0.375 * side * math.sin(angle), side / 2 - 0.375 * side * math.cos(angle)
        turned.paste(glyph.rotate(-math.degrees(angle), fillcolor=_WHITE), (int(x - side / 14), int(y - side / 14)))
        seal = ImageChops.darker(seal, turned)
    pen = ImageDraw.Draw(seal)
    pen.text((side / 2, side / 2), chance.digits(4), fill=colour, font=_font("sans-bold", side * 0.13), anchor="mm")
    worn = np.asarray(seal.rotate(chance.real(-25, 25), fillcolor=_WHITE)).astype(np.float32)
    patches = cv2.resize(chance.generator().random((12, 12)).astype(np.float32), (side, side))
    faded = 255 - (255 - worn) * np.clip(0.45 + patches, 0, 0.9)[:, :, None]
    return Image.fromarray(faded.astype(np.uint8))


def security_background(pixels: Pixels, dpi: int, chance: Chance) -> Pixels:
    """The fine wavy lines that certificates are printed on."""
    height, width = pixels.shape[:2]
    layer = np.full((height, width, 3), 255, np.uint8)
    colour = chance.pick(((212, 232, 219), (216, 223, 241), (238, 227, 210)))
    x = np.arange(0, width, max(2, dpi // 40))
    for at in range(0, height + dpi, dpi // 9):
        y = at + dpi * 0.11 * np.sin(x / (dpi * 0.33) + at * 0.021) + dpi * 0.05 * np.sin(x / (dpi * 0.12))
        line = np.stack([x, y], axis=1).astype(np.int32)
        cv2.polylines(layer, [line], isClosed=False, color=colour, thickness=max(1, dpi // 150), lineType=cv2.LINE_AA)
    return np.minimum(pixels, layer)


def punch_holes(pixels: Pixels, dpi: int, chance: Chance) -> Pixels:
    """Two holes for a ring binder at the left edge (ISO 838: 80 mm apart, 12 mm from the edge)."""
    marked = pixels.copy()
    shift = chance.real(-0.1, 0.1)
    for offset in (-1.575, 1.575):
        centre = (int(0.47 * dpi), int(marked.shape[0] / 2 + (offset + shift) * dpi))
        cv2.circle(marked, centre, int(0.11 * dpi), (70, 70, 70), -1, lineType=cv2.LINE_AA)
    return marked


def fold(pixels: Pixels, dpi: int, chance: Chance) -> Pixels:
    """The creases of a sheet folded for an envelope."""
    creased = pixels.astype(np.float32)
    rows = np.arange(pixels.shape[0], dtype=np.float32)
    for part in (1 / 3, 2 / 3):
        middle = pixels.shape[0] * (part + chance.real(-0.012, 0.012))
        dark = 46 * np.exp(-(((rows - middle) / (0.012 * dpi)) ** 2))
        wide = 14 * np.exp(-(((rows - middle) / (0.12 * dpi)) ** 2))
        creased -= (dark + wide)[:, None, None]
    return np.clip(creased, 0, 255).astype(np.uint8)


def handwriting(pixels: Pixels, dpi: int, chance: Chance) -> Pixels:
    """A clerk's note and ticks in blue ball pen in the margin at the top."""
    layer = np.full(pixels.shape, 255, np.uint8)
    x, y = pixels.shape[1] * chance.real(0.7, 0.74), dpi * 0.44
    for part in range(2):
        at = (x + part * dpi * 0.75, y + chance.real(-0.06, 0.06) * dpi)
        points = signature(chance.branch("word", part), at, width=dpi * 0.6, height=dpi * 0.16)
        line = np.array(points, np.int32)
        cv2.polylines(
            layer, [line], isClosed=False, color=(40, 56, 150), thickness=max(1, dpi // 90), lineType=cv2.LINE_AA
        )
    return np.minimum(pixels, layer)


def upside_down(pixels: Pixels, _dpi: int, _chance: Chance) -> Pixels:
    """Fed into the scanner the wrong way round."""
    return np.ascontiguousarray(pixels[::-1, ::-1])


def sideways(pixels: Pixels, _dpi: int, _chance: Chance) -> Pixels:
    """Fed in with the long edge first."""
    return np.ascontiguousarray(np.rot90(pixels))


EFFECTS: Final[dict[str, Callable[[Pixels, int, Chance], Pixels]]] = {
    "security_background": security_background,
    "stamp": stamp,
    "handwriting": handwriting,
    "punch_holes": punch_holes,
    "fold": fold,
    "upside_down": upside_down,
    "sideways": sideways,
}
