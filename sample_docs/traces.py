"""Traces that use leaves on a page: pens, markers, creases, tinted security paper, bad light, the ink of the back."""

from __future__ import annotations

import math
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from sample_docs.generator.chance import Chance
from sample_docs.generator.hand import signature

Pixels = NDArray[np.uint8]
_PENS: Final = ((34, 52, 122), (27, 27, 27), (43, 47, 143), (120, 30, 40))
_MARKERS: Final = ((255, 244, 120), (190, 250, 150), (255, 200, 220), (255, 214, 150))
_PAPERS: Final = ((236, 248, 238), (250, 240, 236), (236, 242, 251), (252, 249, 230))
_LINES: Final = ((176, 214, 188), (226, 190, 178), (178, 196, 232), (222, 208, 150))


def signature_over_text(pixels: Pixels, dpi: int, chance: Chance) -> Pixels:
    """One or two signatures by pen, written over what stands in the lower half."""
    layer = np.full(pixels.shape, 255, np.uint8)
    height, width = pixels.shape[:2]
    colour = chance.pick(_PENS)
    for at in range(chance.whole(1, 2)):
        place = (width * chance.real(0.12, 0.62), height * chance.real(0.5, 0.86))
        size = (dpi * chance.real(1.1, 2.0), dpi * chance.real(0.25, 0.5))
        points = np.array(signature(chance.branch("pen", at), place, width=size[0], height=size[1]), np.int32)
        cv2.polylines(layer, [points], isClosed=False, color=colour, thickness=max(1, dpi // 75), lineType=cv2.LINE_AA)
    return np.minimum(pixels, layer)


def highlighter(pixels: Pixels, dpi: int, chance: Chance) -> Pixels:
    """A text marker drawn over two or three lines."""
    layer = np.full(pixels.shape, 255, np.uint8)
    height, width = pixels.shape[:2]
    colour = chance.pick(_MARKERS)
    for _ in range(chance.whole(2, 3)):
        x, y = int(width * chance.real(0.08, 0.6)), int(height * chance.real(0.12, 0.85))
        end = (x + int(dpi * chance.real(0.8, 2.4)), y + int(dpi * chance.real(-0.03, 0.03)))
        cv2.line(layer, (x, y), end, colour, thickness=int(dpi * 0.15), lineType=cv2.LINE_AA)
    return np.minimum(pixels, layer)


def tinted_paper(pixels: Pixels, dpi: int, chance: Chance) -> Pixels:
    """Coloured security paper: a tint, rosettes of fine lines and a weave over the whole sheet."""
    height, width = pixels.shape[:2]
    which = chance.whole(0, len(_PAPERS) - 1)
    layer = np.full((height, width, 3), _PAPERS[which], np.uint8)
    pen = max(1, dpi // 140)
    turn = np.linspace(0, math.tau, 400)
    for _ in range(5):
        centre = (width * chance.real(0.1, 0.9), height * chance.real(0.1, 0.9))
        for step in range(7):
            radius = dpi * (0.35 + 0.13 * step) * (1 + 0.22 * np.sin(turn * 9 + step * 0.5))
            points = np.stack([centre[0] + radius * np.cos(turn), centre[1] + radius * np.sin(turn)], axis=1)
            cv2.polylines(layer, [points.astype(np.int32)], isClosed=True, color=_LINES[which], thickness=pen)
    x = np.arange(0, width, max(2, dpi // 30))
    for top in range(0, height, dpi // 7):
        y = top + dpi * 0.05 * np.sin(x / (dpi * 0.2) + top)
        points = np.stack([x, y], axis=1).astype(np.int32)
        cv2.polylines(layer, [points], isClosed=False, color=_LINES[which], thickness=pen)
    return np.minimum(pixels, layer)


def fold_lines(pixels: Pixels, dpi: int, chance: Chance) -> Pixels:
    """Folded in four and opened again: creases along which ink has flaked off, each quarter in its own shade."""
    height, width = pixels.shape[:2]
    middle = (width * chance.real(0.46, 0.54), height * chance.real(0.46, 0.54))
    across, down = np.arange(width, dtype=np.float32) - middle[0], np.arange(height, dtype=np.float32) - middle[1]
    shade = _crease(across, dpi)[None, :] + _crease(down, dpi)[:, None]
    shade -= 7 * (across > 0).astype(np.float32)[None, :] * chance.real(0.2, 1.0)
    shade -= 7 * (down > 0).astype(np.float32)[:, None] * chance.real(0.2, 1.0)
    near = np.minimum(np.abs(across)[None, :], np.abs(down)[:, None])
    flaked = (near < 0.012 * dpi) & (chance.generator().random((height, width)) < 0.5)  # noqa: PLR2004 - inches, a share
    creased = pixels.astype(np.float32) + shade[:, :, None]
    creased[flaked] = np.maximum(creased[flaked], 205)
    return np.clip(creased, 0, 255).astype(np.uint8)


def _crease(offset: NDArray[np.float32], dpi: int) -> NDArray[np.float32]:
    """Brightness taken away around a crease: a thin dark line in a wide soft shadow, lit from one side."""
    thin = -42 * np.exp(-((offset / (0.01 * dpi)) ** 2))
    wide = -12 * np.exp(-((offset / (0.15 * dpi)) ** 2)) * (offset > 0)
    crease: NDArray[np.float32] = (thin + wide).astype(np.float32)
    return crease


def uneven_light(pixels: Pixels, _dpi: int, chance: Chance) -> Pixels:
    """Darker towards one side and in a soft band, as under a lamp or where the lid did not close."""
    height, width = pixels.shape[:2]
    across = np.linspace(-0.5, 0.5, width, dtype=np.float32)[None, :]
    down = np.linspace(-0.5, 0.5, height, dtype=np.float32)[:, None]
    angle, depth = chance.real(0, math.tau), chance.real(0.18, 0.42)
    along = math.cos(angle) * across + math.sin(angle) * down
    band = chance.real(0.05, 0.2) * np.exp(-(((along - chance.real(-0.3, 0.3)) / 0.12) ** 2))
    light = np.clip(1 - depth * (along + 0.5) - band, 0.35, 1.0)
    return np.clip(pixels * light[:, :, None], 0, 255).astype(np.uint8)


def bleed_through(pixels: Pixels, dpi: int, chance: Chance) -> Pixels:
    """The print of the back shines through thin paper, mirrored and soft."""
    back = np.roll(pixels[:, ::-1], int(dpi * chance.real(0.1, 0.5)), axis=0).astype(np.float32)
    soft = cv2.GaussianBlur(back, (0, 0), dpi / 110).astype(np.float32)
    ghost = 255 - (255 - soft) * np.float32(chance.real(0.07, 0.16))
    return np.minimum(pixels, ghost.astype(np.uint8))
