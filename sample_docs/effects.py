"""What happens to single pages besides the level: stamps, folds, holes, pens, backgrounds, light.

An effect is one function here or in `sample_docs.traces` and one entry in `EFFECTS`. Pictures are arrays of rows,
columns and three colours, 8 bits; all chance comes from the seed.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import cv2
import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFont

from sample_docs import traces
from sample_docs.generator import fonts
from sample_docs.generator.chance import Chance
from sample_docs.generator.hand import signature
from sample_docs.traces import Pixels

_WHITE: Final = (255, 255, 255)


def font(face: str, pixels: float) -> ImageFont.FreeTypeFont:
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
    x = int(pixels.shape[1] * chance.real(0.32, 0.7)) - side // 2
    y = int(pixels.shape[0] * chance.real(0.84, 0.9)) - side // 2
    return _laid(pixels, seal, (x, y))


def stamp_over_text(pixels: Pixels, dpi: int, chance: Chance) -> Pixels:
    """The same seal in the middle of the page, over what is written there."""
    side = int(dpi * chance.real(1.1, 1.6))
    colour = chance.pick(((46, 62, 150), (150, 40, 52), (70, 50, 130), (30, 30, 30)))
    seal = _seal(side, colour, chance)
    height, width = pixels.shape[:2]
    at = (int(width * chance.real(0.1, 0.75)), int(height * chance.real(0.15, 0.75)))
    return _laid(pixels, seal, at)


def received_stamp(pixels: Pixels, dpi: int, chance: Chance) -> Pixels:
    """An incoming-mail stamp: a tilted frame with a word and a day, anywhere in the upper half."""
    colour = chance.pick(((170, 40, 40), (40, 60, 150), (60, 60, 60)))
    word = chance.pick(("RECEIVED", "EINGEGANGEN", "REÇU", "RECIBIDO", "ENTRATA", "COPY", "PAID", "CHECKED"))
    label = f"{word}\n{chance.whole(1, 28):02d}. {chance.pick(('JAN', 'MAR', 'MAY', 'JUL', 'OCT'))} 2026"
    letters = font("sans-bold", dpi * 0.13)
    layer = Image.new("RGB", (int(dpi * 1.9), int(dpi * 0.62)), _WHITE)
    pen = ImageDraw.Draw(layer)
    pen.rectangle((4, 4, layer.width - 5, layer.height - 5), outline=colour, width=max(2, dpi // 60))
    pen.multiline_text(
        (layer.width / 2, layer.height / 2), label, fill=colour, font=letters, anchor="mm", align="center"
    )
    turned = layer.rotate(chance.real(-14, 14), expand=True, fillcolor=_WHITE, resample=Image.Resampling.BILINEAR)
    height, width = pixels.shape[:2]
    return _laid(pixels, turned, (int(width * chance.real(0.3, 0.68)), int(height * chance.real(0.02, 0.45))))


def _laid(pixels: Pixels, ink: Image.Image, at: tuple[int, int]) -> Pixels:
    """A small picture of ink laid on the page with its corner at a place."""
    layer = Image.new("RGB", (pixels.shape[1], pixels.shape[0]), _WHITE)
    layer.paste(ink, at)
    return _darkest(pixels, layer)


def _seal(side: int, colour: tuple[int, int, int], chance: Chance) -> Image.Image:
    seal = Image.new("RGB", (side, side), _WHITE)
    pen = ImageDraw.Draw(seal)
    line = max(2, side // 60)
    pen.ellipse((line, line, side - line, side - line), outline=colour, width=line)
    pen.ellipse((side * 0.24, side * 0.24, side * 0.76, side * 0.76), outline=colour, width=line)
    letters = font("sans-bold", side * 0.095)
    words = chance.pick(
        ("EXPORT SECTION * AUTHORISED *", "CERTIFIED TRUE COPY * OFFICE *", "SHIPPING DEPARTMENT * 7 * ")
    )
    for at, char in enumerate(words):
        angle = math.tau * at / len(words)
        glyph = Image.new("RGB", (side // 7, side // 7), _WHITE)
        ImageDraw.Draw(glyph).text((side / 14, side / 14), char, fill=colour, font=letters, anchor="mm")
        turned = Image.new("RGB", seal.size, _WHITE)
        x, y = side / 2 + 0.375 * side * math.sin(angle), side / 2 - 0.375 * side * math.cos(angle)
        turned.paste(glyph.rotate(-math.degrees(angle), fillcolor=_WHITE), (int(x - side / 14), int(y - side / 14)))
        seal = ImageChops.darker(seal, turned)
    pen = ImageDraw.Draw(seal)
    pen.text((side / 2, side / 2), chance.digits(4), fill=colour, font=font("sans-bold", side * 0.13), anchor="mm")
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
    "stamp_over_text": stamp_over_text,
    "received_stamp": received_stamp,
    "signature_over_text": traces.signature_over_text,
    "highlighter": traces.highlighter,
    "tinted_paper": traces.tinted_paper,
    "fold_lines": traces.fold_lines,
    "uneven_light": traces.uneven_light,
    "bleed_through": traces.bleed_through,
    "upside_down": upside_down,
    "sideways": sideways,
}
