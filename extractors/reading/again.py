"""Tesseract's further passes over a page made flat."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import cv2

from extractors.engines import Picture, Token, WordEngine
from extractors.engines.protocol import LAYOUT, SPARSE
from extractors.reading.upright import View, mapped
from schemas.geometry import Box

_FINE_DPI = 250
"""Pictures finer than this are made smaller for the second pass."""
_SPARSE_DPI = 216
"""A quarter of the pass is saved, and of 716 numbers on 20 pages 713 are found where at 300 dpi it is 714."""


def read_again(view: View, engine: WordEngine, languages: tuple[str, ...]) -> tuple[Token, ...]:
    """The first pass again in the page's own languages."""
    tokens = engine.words(view.flat.printed, mode=LAYOUT, languages=languages, dpi=round(view.dpi))
    return mapped(tokens, view.flat.from_printed)


def read_sparsely(view: View, engine: WordEngine, languages: tuple[str, ...]) -> tuple[Token, ...]:
    """The pass that takes words wherever they stand."""
    scale = _SPARSE_DPI / view.dpi if view.dpi > _FINE_DPI else 1.0
    picture = view.flat.printed
    if scale < 1:
        picture = cast("Picture", cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    tokens = engine.words(picture, mode=SPARSE, languages=languages, dpi=round(view.dpi * scale))
    return mapped([replace(token, box=_scaled(token.box, 1 / scale)) for token in tokens], view.flat.from_printed)


def _scaled(box: Box, scale: float) -> Box:
    return Box(box.x0 * scale, box.top * scale, box.x1 * scale, box.bottom * scale)
