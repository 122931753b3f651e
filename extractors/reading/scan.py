"""A page read from its picture: turned upright, made flat, read by both engines, its ruled lines found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

import cv2
import numpy as np

from extractors.engines import Engines, Line, Picture, Token
from extractors.engines.protocol import LAYOUT, SPARSE
from extractors.reading import noise
from extractors.reading.flat import Flat, Matrix, flattened
from extractors.reading.joining import joined
from extractors.reading.languages import CHINESE, ENGLISH, count_chinese, languages_of
from extractors.reading.lines import second_lines
from extractors.reading.merging import merged
from extractors.reading.order import in_reading_order
from extractors.reading.pictures import POINTS, Shot
from extractors.reading.ruled import rules
from extractors.reading.turning import turned_picture, turned_size
from extractors.reading.witness import alone, witnessed
from schemas.geometry import Box
from schemas.pages import Original, Page, Rule, Word

_SHORTEST_RULE = 22.0
"""Points."""
_RIM = 6.0
"""Points: lines this near the rim of the picture are shadows of the sheet's edge."""
_WORKING_DPI = 330.0
_SURE = 0.8
_PLAIN_SHARE = 0.6
_PLAIN_WORDS = 15
_FAINT = 0.5
_FAINT_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class _View:
    """The page turned so far, made flat, and Tesseract's first pass over it. `dpi` is that of the flat picture."""

    turn: int
    flat: Flat
    dpi: float
    tokens: tuple[Token, ...]


def read_scan(shot: Shot, original: Original, number: int, *, engines: Engines, languages: Sequence[str]) -> Page:
    """The page's words and lines; a page without a readable word has none. Raises `EngineError`."""
    sized = _working_size(shot)
    if noise.is_noise(sized.picture):
        return Page(original.file, original.sha256, number, shot.width, shot.height, text_source="ocr")
    view = _upright(sized, engines)
    width, height = turned_size(shot.width, shot.height, view.turn)
    page = Page(
        original.file, original.sha256, number, width, height, text_source="ocr", turned=view.turn,
        flat_to_upright=_way_back(view, sized.dpi),
    )  # fmt: skip
    if not noise.readable(view.tokens):
        return page
    lines = second_lines(view.flat.picture, [token.box for token in view.tokens], engines.second)
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


def _upright(shot: Shot, engines: Engines) -> _View:
    """Most pages are upright, and reading shows it; only where it does not is the costlier question asked.

    The answer can be wrong on poor pages, so the turned page must also read better.
    """
    view = _view(shot, 0, engines)
    if _reads_plainly(view.tokens):
        return view
    seen = engines.primary.orientation(shot.picture, dpi=round(shot.dpi))
    if seen is None or seen.turn == 0:
        return view
    return max(view, _view(shot, seen.turn, engines), key=lambda one: _lying_signs(one.tokens))


def _view(shot: Shot, turn: int, engines: Engines) -> _View:
    flat = flattened(turned_picture(shot.picture, turn))
    dpi = _flat_dpi(flat) if flat.is_photo else shot.dpi
    tokens = engines.primary.words(flat.printed, mode=LAYOUT, languages=(ENGLISH,), dpi=round(dpi))
    return _View(turn, flat, dpi, _mapped(tokens, flat.from_printed))


def _flat_dpi(flat: Flat) -> float:
    """A rectified sheet is taken for A4 or letter by its longer side: only proportions depend on it."""
    return float(max(flat.picture.shape)) * POINTS / 842.0


def _reads_plainly(tokens: Sequence[Token]) -> bool:
    """Much is read surely, and the words lie: sideways text is read too at times, each word standing on end."""
    lying = sum(token.box.width > token.box.height for token in _sure(tokens))
    return lying >= _PLAIN_WORDS and _sure_signs(tokens) >= _PLAIN_SHARE * _signs(tokens)


def _sure(tokens: Sequence[Token]) -> list[Token]:
    return [t for t in tokens if t.certainty >= _SURE and sum(sign.isalnum() for sign in t.text) >= 3]  # noqa: PLR2004


def _lying_signs(tokens: Sequence[Token]) -> int:
    return _signs([token for token in _sure(tokens) if token.box.width > token.box.height])


def _sure_signs(tokens: Sequence[Token]) -> int:
    return _signs(_sure(tokens))


def _signs(tokens: Sequence[Token]) -> int:
    return sum(len(token.text) for token in tokens)


def _languages(view: _View, lines: Sequence[str], engines: Engines, allowed: Sequence[str]) -> tuple[str, ...]:
    usable = engines.primary.languages() & {*allowed, ENGLISH}
    texts = [*lines, *(token.text for token in view.tokens)]
    if engines.second is None and CHINESE in usable and _looks_foreign(view, engines):
        return (ENGLISH, CHINESE)
    return languages_of(texts, allowed=usable)


def _looks_foreign(view: _View, engines: Engines) -> bool:
    """Without the second engine: a look in Chinese at the upper third of a page that English could not read well."""
    faint = sum(token.certainty < _FAINT for token in view.tokens)
    if faint < _FAINT_SHARE * len(view.tokens):
        return False
    upper = np.ascontiguousarray(view.flat.picture[: view.flat.picture.shape[0] // 3])
    tokens = engines.primary.words(upper, mode=SPARSE, languages=(CHINESE,), dpi=round(view.dpi))
    return count_chinese(token.text for token in tokens if token.certainty >= _SURE) >= 8  # noqa: PLR2004  a title's length


def _words(view: _View, lines: Sequence[Line], engines: Engines, used: tuple[str, ...]) -> list[Word]:
    first = _again(view, engines, used, LAYOUT) if CHINESE in used else view.tokens
    seen = merged(first, _again(view, engines, used, SPARSE))
    if engines.second is None:
        return [alone(word) for word in seen]
    return witnessed(seen, lines, second=engines.second.name, accented=used != (ENGLISH,))


def _again(view: _View, engines: Engines, used: tuple[str, ...], mode: int) -> tuple[Token, ...]:
    tokens = engines.primary.words(view.flat.printed, mode=mode, languages=used, dpi=round(view.dpi))
    return _mapped(tokens, view.flat.from_printed)


def _mapped(tokens: Sequence[Token], matrix: Matrix) -> tuple[Token, ...]:
    """Tokens read on the unlevelled picture, moved to the level one: their middles turn, their sizes stay."""
    if np.array_equal(matrix, np.eye(3)):
        return tuple(tokens)
    return tuple(replace(token, box=_moved(token.box, matrix)) for token in tokens)


def _moved(box: Box, matrix: Matrix) -> Box:
    x, y, depth = (float(figure) for figure in matrix @ np.array([box.middle_x, box.middle_y, 1.0]))
    dx, dy = x / depth - box.middle_x, y / depth - box.middle_y
    return Box(box.x0 + dx, box.top + dy, box.x1 + dx, box.bottom + dy)


def _rules(view: _View, scale: float) -> tuple[Rule, ...]:
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


def _way_back(view: _View, dpi: float) -> tuple[float, ...] | None:
    """From points of the flat page to points of the upright one."""
    if np.array_equal(view.flat.to_upright, np.eye(3)):
        return None
    to_pixels = np.diag([view.dpi / POINTS, view.dpi / POINTS, 1.0])
    to_points = np.diag([POINTS / dpi, POINTS / dpi, 1.0])
    matrix = to_points @ view.flat.to_upright @ to_pixels
    return tuple(float(figure) for figure in (matrix / matrix[2, 2]).ravel())
