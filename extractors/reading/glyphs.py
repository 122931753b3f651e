"""Characters of a text layer as pdfium has them, on the page as displayed, then turned so that most stand upright.

All of a page's characters are held as columns: a page has a thousand, and an object for each would cost more than
reading them.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

import numpy as np
import pypdfium2  # type: ignore[import-untyped]  # it ships no types
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]  # likewise
from numpy.typing import NDArray

Boxes = NDArray[np.float64]
"""n rows of x0, top, x1, bottom in points."""
Edges = tuple[float, float, float, float]
"""Left, bottom, right, top in points of the stored page, which count from its lower left."""
Indices = NDArray[np.intp]
Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]

UNKNOWN = "\ufffd"
"""A character whose code the font gives no meaning."""
_HEAVY = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_HYPHENS = {0x02, 0xAD, 0xFFFE}
"""What pdfium makes of a hyphen at a line's end, and the soft hyphen, which is printed where it stands in a layer."""
_SPACES = {10, 13, 32}
"""Those that pdfium puts between words and lines by itself."""
_NOWHERE: Edges = (math.nan, math.nan, math.nan, math.nan)
_SAME_SPOT = 0.1
"""Of the size: the same character again so near is a heavier print of it, no second one."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font as the page's text uses it."""

    name: str

    @property
    def bold(self) -> bool:
        return bool(_HEAVY.search(self.name))


@dataclass(frozen=True, slots=True)
class Strip:
    """A text object: its font, how its text runs on the stored page, and the strip of it that the text stands in.

    The strip goes from the font's descent one size up, as pdfplumber's cells do; pdfium's own follow each outline.
    `handle` is pdfium's own, of no use once the page is closed.
    """

    handle: pdfium.FPDF_PAGEOBJECT
    face: int
    direction: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Letters:
    """Characters in the layer's own order, spaces among them.

    `cells` are as wide as the character's step and as high as its size; `inks` are the bounds of its outline, `stored`
    the same on the stored page (left, bottom, right, top). `strips` are indices into `known`, whose faces are indices
    into `faces`; `directions` are where the text runs, in degrees anticlockwise. `odd` are characters whose outline
    looks like another's.
    """

    texts: tuple[str, ...]
    cells: Boxes
    inks: Boxes
    stored: Boxes
    strips: Indices
    directions: Indices
    odd: Flags
    known: tuple[Strip, ...]
    faces: tuple[Face, ...]

    def __len__(self) -> int:
        return len(self.texts)

    def kept(self, flags: Flags) -> Letters:
        texts = tuple(text for text, flag in zip(self.texts, flags.tolist(), strict=True) if flag)
        return replace(
            self, texts=texts, cells=self.cells[flags], inks=self.inks[flags], stored=self.stored[flags],
            strips=self.strips[flags], directions=self.directions[flags], odd=self.odd[flags],
        )  # fmt: skip

    @property
    def codes(self) -> Codes:
        return np.array([ord(text) for text in self.texts], dtype=np.int64)

    @property
    def printed(self) -> Flags:
        """Those that are no spaces."""
        return np.array([not text.isspace() for text in self.texts], dtype=bool)

    @property
    def face_of_each(self) -> Indices:
        return np.array([strip.face for strip in self.known], dtype=np.intp)[self.strips]


class _Reader:
    """Reads one text page; keeps what is known of its text objects."""

    def __init__(self, page: pypdfium2.PdfTextPage) -> None:
        self._page = page
        self._strips: dict[int, int] = {}
        self._faces: dict[int, int] = {}
        self.known: list[Strip] = []
        self.faces: list[Face] = []

    def rows(self) -> Iterator[tuple[int, Edges, Edges, int]]:
        """Code, cell, ink and strip of each character that the layer itself has.

        The same character of a font has its ink at the same place of its cell: it is asked for once, else `_NOWHERE`.
        """
        raw, cell = self._page.raw, pdfium.FS_RECTF()
        code_of, thing_of, cell_of = (
            pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetTextObject, pdfium.FPDFText_GetLooseCharBox,
        )  # fmt: skip
        asked: set[tuple[int, int, int]] = set()
        for index in range(self._page.count_chars()):
            code = code_of(raw, index)
            if code in _SPACES and pdfium.FPDFText_IsGenerated(raw, index):
                continue
            thing = thing_of(raw, index)
            if not thing:
                continue
            number = self._strips.get(ctypes.addressof(thing.contents))
            if number is None:
                number = self._strip(thing, index)
            strip = self.known[number]
            cell_of(raw, index, cell)
            key = (code, strip.face, strip.direction)
            ink = _NOWHERE if key in asked else self._ink(index)
            asked.add(key)
            if strip.direction % 180 == 0:
                yield code, (cell.left, strip.low, cell.right, strip.high), ink, number
            else:
                yield code, (strip.low, cell.bottom, strip.high, cell.top), ink, number

    def _ink(self, index: int) -> Edges:
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        pdfium.FPDFText_GetCharBox(self._page.raw, index, left, right, bottom, top)
        return left.value, bottom.value, right.value, top.value

    def _strip(self, thing: pdfium.FPDF_PAGEOBJECT, index: int) -> int:
        number = self._strips[ctypes.addressof(thing.contents)] = len(self.known)
        self.known.append(self._new_strip(thing, index))
        return number

    def _new_strip(self, thing: pdfium.FPDF_PAGEOBJECT, index: int) -> Strip:
        matrix, x, y, descent = pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double(), ctypes.c_float()
        font = pdfium.FPDFTextObj_GetFont(thing)
        pdfium.FPDFText_GetMatrix(self._page.raw, index, matrix)
        pdfium.FPDFText_GetCharOrigin(self._page.raw, index, x, y)
        pdfium.FPDFFont_GetDescent(font, 1.0, descent)
        size = pdfium.FPDFText_GetFontSize(self._page.raw, index)
        direction = round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) * 90 % 360
        start, up = (y.value, matrix.d) if direction % 180 == 0 else (x.value, matrix.c)
        below = start + size * up * -abs(descent.value)
        return Strip(thing, self._face(font), direction, *sorted((below, below + size * up)))

    def _face(self, font: pdfium.FPDF_FONT) -> int:
        identity = ctypes.addressof(font.contents)
        if identity not in self._faces:
            name = ctypes.create_string_buffer(256)
            pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
            self._faces[identity] = len(self.faces)
            self.faces.append(Face(name.value.decode("utf-8", "replace")))
        return self._faces[identity]


@cache
def _text(code: int) -> str:
    if code in _HYPHENS:
        return "-"
    return chr(code) if code else UNKNOWN


def letters(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> Letters:
    """All characters, those printed twice on the same spot (a poor man's bold) once."""
    reader = _Reader(text)
    rows = list(reader.rows())
    codes, cells, inks, strips = zip(*rows, strict=True) if rows else ((), (), (), ())
    rotation, view = page.get_rotation(), page.get_bbox()
    stored = _edges(inks)
    found = Letters(
        tuple(_text(code) for code in codes),
        _displayed(_edges(cells), view, rotation),
        stored,
        stored,
        np.array(strips, dtype=np.intp),
        np.array([reader.known[strip].direction - rotation for strip in strips], dtype=np.intp) % 360,
        np.zeros(len(rows), dtype=bool),
        tuple(reader.known),
        tuple(reader.faces),
    )
    inked = _inked(found, _edges(cells))
    return _once(replace(inked, inks=_displayed(inked.stored, view, rotation)))


def _edges(rows: Sequence[Edges]) -> Boxes:
    return np.array(rows, dtype=np.float64).reshape(-1, 4)


def _displayed(edges: Boxes, view: Edges, rotation: int) -> Boxes:
    """On the visible part of the page, turned as it is to be shown."""
    left, bottom, right, top = view
    x0, y0, x1, y1 = edges.T
    sides = {
        0: (x0 - left, top - y1, x1 - left, top - y0),
        90: (y0 - bottom, x0 - left, y1 - bottom, x1 - left),
        180: (right - x1, y0 - bottom, right - x0, y1 - bottom),
        270: (top - y1, right - x1, top - y0, right - x0),
    }[rotation]
    return np.stack(sides, axis=1)


def _inked(found: Letters, cells: Boxes) -> Letters:
    """With the ink of every character, which was asked for only the first time that it is used."""
    keys = (found.codes * 1000 + found.face_of_each) * 4 + found.directions // 90
    _, first, back = np.unique(keys, return_index=True, return_inverse=True)
    start = cells[:, :2]
    size = np.maximum(cells[:, 2:] - start, 1e-6)
    within = (found.stored.reshape(-1, 2, 2) - start[:, None]) / size[:, None]
    placed = start[:, None] + within[first[back]] * size[:, None]
    return replace(found, stored=placed.reshape(-1, 4))


def _once(found: Letters) -> Letters:
    """Without repetitions of a character on its spot. Two so near share a cell of one of four shifted grids."""
    size = np.rint(20 * (found.cells[:, 3:] - found.cells[:, 1:2])).ravel() / 20
    spot = found.cells[:, :2] / np.maximum(_SAME_SPOT * np.abs(size), 1e-6)[:, None]
    code = found.codes * 10_000 + (20 * size).astype(np.int64)
    keep = found.printed
    again = np.zeros(len(found), dtype=bool)
    for shift in ((0, 0), (0, 1), (1, 0), (1, 1)):
        grid = np.floor((spot + shift) / 2).astype(np.int64)
        key = (code * 100_003 + grid[:, 0]) * 100_003 + grid[:, 1]
        _, first, back = np.unique(key, return_index=True, return_inverse=True)
        earlier = first[back]
        near = np.abs(spot - spot[earlier]).max(axis=1, initial=0) <= 1
        again |= near & (earlier != np.arange(len(found)))
    return found.kept(~(again & keep))


def main_direction(found: Letters) -> int:
    """The direction of most characters: also how many degrees clockwise the page must be turned to stand upright."""
    directions = found.directions[found.printed]
    return int(np.bincount(directions).argmax()) if directions.size else 0


def upright(found: Letters, *, width: float, height: float) -> tuple[int, Letters]:
    """The turn of the page and the characters that stand upright after it; those that run another way are left out."""
    turn = main_direction(found)
    kept = found.kept(found.directions == turn)
    return turn, replace(
        kept,
        cells=turned_boxes(kept.cells, width=width, height=height, turn=turn),
        inks=turned_boxes(kept.inks, width=width, height=height, turn=turn),
    )


def turned_boxes(boxes: Boxes, *, width: float, height: float, turn: int) -> Boxes:
    """As `turned_box`, of many boxes at once."""
    x0, top, x1, bottom = boxes.T
    sides = {
        0: (x0, top, x1, bottom),
        90: (height - bottom, x0, height - top, x1),
        180: (width - x1, height - bottom, width - x0, height - top),
        270: (top, width - x1, bottom, width - x0),
    }[turn]
    return cast("Boxes", np.stack(sides, axis=1))
