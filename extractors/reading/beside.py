"""What is read from the picture of a page beside its text layer: words that look odd, and print in pasted pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from extractors.engines import Engines, Picture
from extractors.engines.protocol import SPARSE
from extractors.reading.languages import ENGLISH
from extractors.reading.order import in_reading_order
from extractors.reading.pictures import POINTS, Shot
from schemas.geometry import Box
from schemas.pages import Page, Word

ReadCrop = Callable[[Shot], Page]
_ENOUGH = 6
"""Odd words that are read: a font that lies does so all over."""
_AROUND = 0.35
"""Of a word's height: the paper around it that engines want to see."""
_TAKEN = 0.3
"""Of a read word's area: over words of the layer it is no new print."""


def belies(words: Sequence[Word], picture: Picture, *, dpi: float, engines: Engines) -> bool:
    """Whether any of the words is read as something else by every engine; raises `EngineError`."""
    different = {word.text: word for word in words}
    return any(not _is_read(word, picture, dpi, engines) for word in list(different.values())[:_ENOUGH])


def _is_read(word: Word, picture: Picture, dpi: float, engines: Engines) -> bool:
    return any(_plain(text) == _plain(word.text) for text in _readings(word.box, picture, dpi, engines))


def _readings(place: Box, picture: Picture, dpi: float, engines: Engines) -> Iterable[str]:
    """What each engine reads there, the cheaper one first."""
    box = place.grown(_AROUND * place.height)
    crop = _cropped(picture, box, dpi)
    if engines.second is not None:
        line = engines.second.read(crop, Box(0, 0, crop.shape[1], crop.shape[0]))
        yield line.text if line is not None else ""
    padded = np.pad(crop, round(0.15 * dpi), constant_values=int(np.percentile(crop, 90)) if crop.size else 255)
    tokens = engines.primary.words(padded, mode=SPARSE, languages=(ENGLISH,), dpi=round(dpi))
    yield "".join(token.text for token in sorted(tokens, key=lambda token: token.box.x0))


def _plain(text: str) -> str:
    """Figures, letters and the signs within numbers."""
    return "".join(sign for sign in text.casefold() if sign.isalnum() or sign in ".,").strip(".,")


def _cropped(picture: Picture, box: Box, dpi: float) -> Picture:
    left, top, right, bottom = (max(0, round(side * dpi / POINTS)) for side in (box.x0, box.top, box.x1, box.bottom))
    return np.ascontiguousarray(picture[top:bottom, left:right])


def with_print(page: Page, places: Sequence[Box], shot: Shot, *, read: ReadCrop) -> Page:
    """The page with the words that `read` finds in those places; `shot` is the page's, upright."""
    found = [word for place in places for word in _words_in(place, shot, read)]
    new = [word for word in found if _is_new(word, page.words)]
    return replace(page, words=in_reading_order([*page.words, *new]))


def _words_in(place: Box, shot: Shot, read: ReadCrop) -> list[Word]:
    """Read alone, or within the page where that is too little for a reader to be sure that it is print."""
    crop = _cropped(shot.picture, place, shot.dpi)
    if min(crop.shape) < 2:  # noqa: PLR2004  nothing to see
        return []
    width, height = (side * POINTS / shot.dpi for side in (crop.shape[1], crop.shape[0]))
    left, top = max(0.0, place.x0), max(0.0, place.top)
    alone = _upright_words(read(Shot(crop, width, height, crop.size / 1_000_000)))
    if alone:
        return [replace(word, box=_moved(word.box, left, top)) for word in alone]
    return [word for word in _upright_words(read(shot)) if place.contains_middle_of(word.box)]


def _upright_words(part: Page) -> list[Word]:
    return [replace(word, box=part.place(word.box)) for word in part.words] if part.turned == 0 else []


def _moved(box: Box, left: float, top: float) -> Box:
    return Box(box.x0 + left, box.top + top, box.x1 + left, box.bottom + top)


def _is_new(word: Word, known: Iterable[Word]) -> bool:
    return all(word.box.intersection(other.box) <= _TAKEN * word.box.area for other in known)
