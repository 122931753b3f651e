"""A page read from its picture: turned upright, made flat, read by both engines, its ruled lines found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import cv2
import numpy as np

from extractors.engines import Engines, Line, Picture
from extractors.engines.protocol import SPARSE
from extractors.reading import noise
from extractors.reading.again import read_again, read_sparsely
from extractors.reading.flat import Flat
from extractors.reading.joining import joined
from extractors.reading.languages import CHINESE, ENGLISH, count_chinese, languages_of
from extractors.reading.lines import found_lines, lines_at
from extractors.reading.merging import merged
from extractors.reading.order import in_reading_order
from extractors.reading.pictures import POINTS, Shot
from extractors.reading.ruled import rules
from extractors.reading.turning import turned_size
from extractors.reading.upright import View, upright_view
from extractors.reading.witness import alone, witnessed
from schemas.geometry import Box
from schemas.pages import Original, Page, Rule, Word

_SHORTEST_RULE = 22.0
"""Points."""
_RIM = 6.0
"""Points: lines this near the rim of the picture are shadows of the sheet's edge."""
_WORKING_DPI = 330.0
_SURE = 0.8
_FAINT = 0.5
_FAINT_SHARE = 0.05


def read_scan(shot: Shot, original: Original, number: int, *, engines: Engines, languages: Sequence[str]) -> Page:
    """The page's words and lines; a page without a readable word has none. Raises `EngineError`."""
    sized = _working_size(shot)
    if noise.is_noise(sized.picture):
        return Page(original.file, original.sha256, number, shot.width, shot.height, text_source="ocr")
    view = upright_view(sized, engines)
    width, height = turned_size(shot.width, shot.height, view.turn)
    page = Page(
        original.file, original.sha256, number, width, height, text_source="ocr", turned=view.turn,
        flat_to_upright=_way_back(view, sized.dpi),
    )  # fmt: skip
    if not noise.readable(view.tokens):
        return page
    lines = found_lines(view.flat.picture, engines.second)
    used = _languages(view, [line.text for line in lines], engines, languages)
    words = _words(view, lines, engines, used)
    scale = POINTS / view.dpi
    ruled = _rules(view, scale)
    found = [replace(word, box=_scaled(word.box, scale), size=_size(word.box, scale)) for word in words]
    return replace(page, words=in_reading_order(noise.cleaned(found, ruled)), rules=ruled, languages=used)


def _working_size(shot: Shot) -> Shot:
    """The picture at no more than the resolution that helps reading."""
    if shot.dpi <= _WORKING_DPI:
        return shot
    scale = 300.0 / shot.dpi
    smaller = cv2.resize(shot.picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return replace(shot, picture=cast("Picture", smaller))


def _languages(view: View, lines: Sequence[str], engines: Engines, allowed: Sequence[str]) -> tuple[str, ...]:
    usable = engines.primary.languages() & {*allowed, ENGLISH}
    texts = [*lines, *(token.text for token in view.tokens)]
    if engines.second is None and CHINESE in usable and _looks_foreign(view, engines):
        return (ENGLISH, CHINESE)
    return languages_of(texts, allowed=usable)


def _looks_foreign(view: View, engines: Engines) -> bool:
    """Without the second engine: a look in Chinese at the upper third of a page that English could not read well."""
    faint = sum(token.certainty < _FAINT for token in view.tokens)
    if faint < _FAINT_SHARE * len(view.tokens):
        return False
    upper = np.ascontiguousarray(view.flat.picture[: view.flat.picture.shape[0] // 3])
    tokens = engines.primary.words(upper, mode=SPARSE, languages=(CHINESE,), dpi=round(view.dpi))
    return count_chinese(token.text for token in tokens if token.certainty >= _SURE) >= 8  # noqa: PLR2004  a title's length


def _words(view: View, lines: Sequence[Line], engines: Engines, used: tuple[str, ...]) -> list[Word]:
    first = read_again(view, engines.primary, used) if CHINESE in used else view.tokens
    seen = merged(first, read_sparsely(view, engines.primary, used))
    if engines.second is None:
        return [alone(word) for word in seen]
    asked = lines_at(view.flat.picture, [word.box for word in seen], lines, engines.second)
    return witnessed(seen, [*lines, *asked], second=engines.second.name, accented=used != (ENGLISH,))


def _rules(view: View, scale: float) -> tuple[Rule, ...]:
    height, width = (float(side) * scale for side in view.flat.picture.shape)
    lines = joined((_scaled(box, scale) for box in rules(_lit(view.flat), dpi=view.dpi)), shortest=_SHORTEST_RULE)
    return tuple(rule for rule in lines if not _on_rim(rule.box, width, height))


def _lit(flat: Flat) -> Picture:
    """The level picture with even light, where it was made even."""
    return flat.printed if np.array_equal(flat.from_printed, np.eye(3)) else flat.picture


def _on_rim(box: Box, width: float, height: float) -> bool:
    if box.width >= box.height:
        return box.middle_y < _RIM or box.middle_y > height - _RIM
    return box.middle_x < _RIM or box.middle_x > width - _RIM


def _scaled(box: Box, scale: float) -> Box:
    return Box(box.x0 * scale, box.top * scale, box.x1 * scale, box.bottom * scale)


def _size(box: Box, scale: float) -> float:
    return round(box.height * scale, 1)


def _way_back(view: View, dpi: float) -> tuple[float, ...] | None:
    """From points of the flat page to points of the upright one."""
    if np.array_equal(view.flat.to_upright, np.eye(3)):
        return None
    to_pixels = np.diag([view.dpi / POINTS, view.dpi / POINTS, 1.0])
    to_points = np.diag([POINTS / dpi, POINTS / dpi, 1.0])
    matrix = to_points @ view.flat.to_upright @ to_pixels
    return tuple(float(figure) for figure in (matrix / matrix[2, 2]).ravel())
