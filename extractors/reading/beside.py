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


def with_print(page: Page, places: Iterable[Box], picture: Picture, *, read: ReadCrop) -> Page:
    """The page with the words that `read` finds in those places; `picture` is the page's, upright."""
    dpi = picture.shape[1] * POINTS / page.width
    words = list(page.words)
    for place in places:
        crop = _cropped(picture, place, dpi)
        if min(crop.shape) < 2:  # noqa: PLR2004  nothing to see
            continue
        width, height = (side * POINTS / dpi for side in (crop.shape[1], crop.shape[0]))
        part = read(Shot(crop, width, height, crop.size / 1_000_000))
        found = [_placed(word, part, place) for word in part.words] if part.turned == 0 else []
        words += [word for word in found if _is_new(word, page.words)]
    return replace(page, words=in_reading_order(words))


def _placed(word: Word, part: Page, place: Box) -> Word:
    left, top, box = max(0.0, place.x0), max(0.0, place.top), part.place(word.box)
    return replace(word, box=Box(box.x0 + left, box.top + top, box.x1 + left, box.bottom + top))


def _is_new(word: Word, known: Iterable[Word]) -> bool:
    return all(word.box.intersection(other.box) <= _TAKEN * word.box.area for other in known)
