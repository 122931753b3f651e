"""A page's first reading: turned upright and made flat, with Tesseract's first pass over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from extractors.engines import Engines, Token
from extractors.engines.protocol import LAYOUT
from extractors.reading.flat import Flat, Matrix, flattened
from extractors.reading.languages import ENGLISH
from extractors.reading.pictures import POINTS, Shot
from extractors.reading.skew import is_sideways
from extractors.reading.turning import turned_picture
from schemas.geometry import Box

_SURE = 0.8
_LETTERS = 3
_PLAIN_SHARE = 0.6
_PLAIN_WORDS = 15


@dataclass(frozen=True, slots=True)
class View:
    """The page turned so far, made flat, and Tesseract's first pass over it. `dpi` is that of the flat picture."""

    turn: int
    flat: Flat
    dpi: float
    tokens: tuple[Token, ...]


def upright_view(shot: Shot, engines: Engines) -> View:
    """Most pages are upright, and reading shows it; only where it does not is the costlier question asked.

    The answer can be wrong on poor pages, so the turned page must also read better.
    """
    if is_sideways(shot.picture):
        return _turned(shot, engines, None)
    view = _view(shot, 0, engines)
    return view if _reads_plainly(view.tokens) else _turned(shot, engines, view)


def _turned(shot: Shot, engines: Engines, unturned: View | None) -> View:
    seen = engines.primary.orientation(shot.picture, dpi=round(shot.dpi))
    turn = 0 if seen is None else seen.turn
    if turn == 0:
        return unturned or _view(shot, 0, engines)
    view = _view(shot, turn, engines)
    if unturned is None and _reads_plainly(view.tokens):
        return view
    return max(unturned or _view(shot, 0, engines), view, key=lambda one: _lying_signs(one.tokens))


def _view(shot: Shot, turn: int, engines: Engines) -> View:
    flat = flattened(turned_picture(shot.picture, turn))
    dpi = _flat_dpi(flat) if flat.is_photo else shot.dpi
    tokens = engines.primary.words(flat.printed, mode=LAYOUT, languages=(ENGLISH,), dpi=round(dpi))
    return View(turn, flat, dpi, mapped(tokens, flat.from_printed))


def _flat_dpi(flat: Flat) -> float:
    """A rectified sheet is taken for A4 or letter by its longer side: only proportions depend on it."""
    return float(max(flat.picture.shape)) * POINTS / 842.0


def mapped(tokens: Sequence[Token], matrix: Matrix) -> tuple[Token, ...]:
    """Tokens read on the unlevelled picture, moved to the level one: their middles turn, their sizes stay."""
    if np.array_equal(matrix, np.eye(3)):
        return tuple(tokens)
    return tuple(replace(token, box=_moved(token.box, matrix)) for token in tokens)


def _moved(box: Box, matrix: Matrix) -> Box:
    x, y, depth = (float(figure) for figure in matrix @ np.array([box.middle_x, box.middle_y, 1.0]))
    dx, dy = x / depth - box.middle_x, y / depth - box.middle_y
    return Box(box.x0 + dx, box.top + dy, box.x1 + dx, box.bottom + dy)


def _reads_plainly(tokens: Sequence[Token]) -> bool:
    """Much is read surely, and the words lie: sideways text is read too at times, each word standing on end."""
    lying = sum(token.box.width > token.box.height for token in _sure(tokens))
    return lying >= _PLAIN_WORDS and _signs(_sure(tokens)) >= _PLAIN_SHARE * _signs(tokens)


def _sure(tokens: Sequence[Token]) -> list[Token]:
    return [t for t in tokens if t.certainty >= _SURE and sum(sign.isalnum() for sign in t.text) >= _LETTERS]


def _lying_signs(tokens: Sequence[Token]) -> int:
    return _signs([token for token in _sure(tokens) if token.box.width > token.box.height])


def _signs(tokens: Sequence[Token]) -> int:
    return sum(len(token.text) for token in tokens)
