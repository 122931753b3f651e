"""Whether characters look like what the layer says they are.

A font's table of meanings can say "3" of an outline that shows an 8, by fraud or by a broken program. Outlines of
figures and letters are compared with those of pdfium's own faces. In 43 faces of 3 sizes each figure looked more like
itself than like any other; letters differ more from face to face, so only several of one face count.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from string import ascii_lowercase, ascii_uppercase, digits
from typing import cast

import cv2
import numpy as np
import pypdfium2  # type: ignore[import-untyped]  # it ships no types
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]  # likewise
from numpy.typing import NDArray

from extractors.engines import Picture
from extractors.reading.glyphs import Boxes, Codes, Flags, Indices, Letters, letters

Shapes = NDArray[np.float32]
"""n rows of greys, each of mean 0 and length 1."""

_ROWS, _COLUMNS = 16, 12
"""Places at which an outline's ink is sampled, within its bounds."""
_EM = 32.0
"""Pixels of one size: figures are then some 22 high."""
_GROUPS = (digits, ascii_uppercase, ascii_lowercase)
_FACES = (
    "Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique",
    "Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic",
    "Courier", "Courier-Bold", "Courier-Oblique",
)  # fmt: skip
_SIZE = 9.0
_OFF = 0.8 * _SIZE / _EM
"""Points: by how much an outline may be drawn beside its place, most of a pixel."""
_OFFS = tuple((x, y) for x in (0.0, -_OFF, _OFF) for y in (0.0, -_OFF, _OFF))
_PLAIN = 0.1
_FIGURE = 0.005
"""By how much a figure must look more like itself than like any other, in correlation, to be left alone."""
_LETTER = -0.08
_LETTERS = 3
"""So many letters of one face that look like others are no matter of taste."""
_TALLEST = 30_000
"""Rows of a picture, and of a table of places, that OpenCV samples at once."""
_WIDEST = 6_000
_DPI = 250.0
_LARGEST = 50_000_000
"""Pixels of a page drawn whole."""
_NOTHING = np.zeros((0, 0), dtype=np.float32)
_BARS = tuple((rows, columns) for rows in (slice(6, 8), slice(8, 10)) for columns in (slice(1, -1), slice(4, None)))
"""Rows and columns of a crossed seven's bar."""
_COMMA = 0.1
"""Of a figure's height: a comma reaches further below the line, a point does not."""


def judged(page: pypdfium2.PdfPage, found: Letters) -> Letters:
    """With the characters named whose outlines are unlike what they are said to be; of open `page`."""
    asked = np.flatnonzero(_asked(found))
    if not asked.size:
        return found
    shapes, sampled = _sampled(page, found, asked)
    if not sampled.all():
        shapes[~sampled] = _on_page(page, found, asked[~sampled])
    codes = found.codes[asked]
    margins = _margins(codes, shapes)
    odd = found.odd.copy()
    figures = codes <= ord("9")
    odd[asked[figures & (margins < _FIGURE)]] = True
    unlike = asked[~figures & (margins < _LETTER)]
    faces = found.face_of_each[unlike]
    odd[unlike[np.bincount(faces)[faces] >= _LETTERS]] = True
    return replace(found, odd=odd)


def _asked(found: Letters) -> Flags:
    """All figures, as two codes of a font may claim to be the same one; of letters beside them each once of a face."""
    codes = found.codes
    figures, lower, upper = (_between(codes, group) for group in _GROUPS)
    with_figures = np.zeros(len(found.known), dtype=bool)
    with_figures[found.strips[figures]] = True
    letters_beside = np.flatnonzero((lower | upper) & with_figures[found.strips])
    once = np.unique(codes[letters_beside] + (found.face_of_each[letters_beside] << 32), return_index=True)[1]
    asked = figures.copy()
    asked[letters_beside[once]] = True
    return np.asarray(asked & np.isfinite(found.inks).all(axis=1), dtype=bool)


def _between(codes: Codes, group: str) -> Flags:
    return np.asarray((codes >= ord(group[0])) & (codes <= ord(group[-1])), dtype=bool)


def _margins(codes: Codes, shapes: Shapes) -> NDArray[np.float32]:
    """By how much each looks more like what it is said to be than like any other sign of its kind.

    Most are plain at their places; only figures that are not are compared with outlines drawn beside theirs.
    """
    margins = np.zeros(len(codes), dtype=np.float32)
    for group in _GROUPS:
        members = np.flatnonzero(_between(codes, group))
        for offs in (_OFFS[:1], _OFFS) if group == digits else (_OFFS[:1],):
            if members.size:
                margins[members] = _compared(codes[members] - ord(group[0]), shapes[members], _reference(group, offs))
                members = members[margins[members] < _PLAIN]
    return margins


def _compared(claimed: Codes, shapes: Shapes, reference: Shapes) -> NDArray[np.float32]:
    """`reference` has the shapes of one sign together, as many of each."""
    # OpenCV's product: numpy's starts threads, which cost more than so small a product.
    likenesses = cv2.gemm(shapes, reference.reshape(-1, shapes.shape[1]), 1.0, _NOTHING, 0.0, flags=cv2.GEMM_2_T)
    likeness = np.asarray(likenesses, dtype=np.float32).reshape(len(shapes), len(reference), -1).max(axis=2)
    every = np.arange(len(shapes))
    own = likeness[every, claimed].copy()
    likeness[every, claimed] = -1
    return np.asarray(own - likeness.max(axis=1), dtype=np.float32)


def _sampled(page: pypdfium2.PdfPage, found: Letters, asked: Indices) -> tuple[Shapes, Flags]:
    """The shapes of the characters asked for, and which of them could be drawn."""
    shapes = np.zeros((len(asked), _ROWS * _COLUMNS), dtype=np.float32)
    done = np.zeros(len(asked), dtype=bool)
    for sheet in _sheets(page, found, found.strips[asked]):
        members = np.flatnonzero(np.isin(found.strips[asked], list(sheet.places)))
        for part in np.array_split(members, len(members) * _ROWS // _TALLEST + 1):
            corners, fits = sheet.corners(found, asked[part])
            shapes[part[fits]] = _at(sheet.picture, corners[fits])
            done[part[fits]] = True
    return shapes, done


def _on_page(page: pypdfium2.PdfPage, found: Letters, asked: Indices) -> Shapes:
    """The shapes of characters that cannot be drawn alone, such as those within forms: as the page shows them."""
    scale = min(_DPI / 72, (_LARGEST / max(page.get_width() * page.get_height(), 1.0)) ** 0.5)
    drawn = page.render(scale=scale, grayscale=True).to_numpy()
    ink = 255 - (drawn[..., 0] if drawn.ndim == 3 else drawn)  # noqa: PLR2004  rows, columns, channels
    parts = np.array_split(asked, len(asked) * _ROWS // _TALLEST + 1)
    ways = [_ways(found.inks[part] * scale, found.directions[part]) for part in parts]
    return np.concatenate([_at(np.ascontiguousarray(ink), way) for way in ways])


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Text objects drawn one under the other. Of each: left and top in points, pixels a point, its first row, size."""

    picture: Picture
    places: dict[int, tuple[float, float, float, int, int, int]]

    def corners(self, found: Letters, members: Indices) -> tuple[Boxes, Flags]:
        """Where each outline starts (top left as its text runs), and its ways right and down; and what is inside."""
        left, top, scale, row, width, height = np.array(
            [self.places[int(strip)] for strip in found.strips[members]], dtype=np.float64
        ).T
        x0, y0, x1, y1 = found.stored[members].T
        box = np.stack([(x0 - left) * scale, (top - y1) * scale, (x1 - left) * scale, (top - y0) * scale], axis=1)
        slack = 3.0
        fits = (box[:, :2].min(axis=1) > -slack) & (box[:, 2] < width + slack) & (box[:, 3] < height + slack)
        box[:, 1::2] += row[:, None]
        turns = np.array([found.known[strip].direction for strip in found.strips[members]], dtype=np.intp)
        return _ways(box, turns), np.asarray(fits, dtype=bool)


def _ways(box: Boxes, turns: Indices) -> Boxes:
    """N rows of start x, y, way right x, y, way down x, y, of boxes whose text runs so many degrees anticlockwise."""
    x0, y0, x1, y1 = box.T
    wide, high, none = x1 - x0, y1 - y0, np.zeros(len(box))
    ways = {
        0: (x0, y0, wide, none, none, high),
        90: (x0, y1, none, -high, wide, none),
        180: (x1, y1, -wide, none, none, -high),
        270: (x1, y0, none, high, -wide, none),
    }
    result = np.empty((len(box), 6))
    for turn, way in ways.items():
        result[turns == turn] = np.stack(way, axis=1)[turns == turn]
    return result


def _at(picture: Picture, ways: Boxes) -> Shapes:
    """Ink sampled on a grid within each box, made comparable."""
    if not len(ways):
        return np.zeros((0, _ROWS * _COLUMNS), dtype=np.float32)
    right = (np.arange(_COLUMNS) + 0.5) / _COLUMNS
    down = (np.arange(_ROWS) + 0.5) / _ROWS
    start, across, along = (ways[:, None, None, i : i + 2] for i in (0, 2, 4))
    places = start + across * right[:, None] + along * down[:, None, None] - 0.5
    x, y = (places[..., axis].reshape(-1, _COLUMNS).astype(np.float32) for axis in (0, 1))
    ink = cv2.remap(picture, x, y, cv2.INTER_LINEAR).reshape(len(ways), -1).astype(np.float32)
    ink -= ink.mean(axis=1, keepdims=True)
    return cast("Shapes", ink / np.maximum(np.linalg.norm(ink, axis=1, keepdims=True), 1e-3))


def _sheets(page: pypdfium2.PdfPage, found: Letters, strips: Indices) -> Iterator[_Sheet]:
    rows: list[Picture] = []
    places: dict[int, tuple[float, float, float, int, int, int]] = {}
    height = 0
    for strip in np.unique(strips).tolist():
        drawn = _drawn(page, found, strip)
        if drawn is None:
            continue
        left, top, scale, picture = drawn
        if rows and height + len(picture) > _TALLEST:
            yield _Sheet(_stacked(rows), places)
            rows, places, height = [], {}, 0
        places[strip] = (left, top, scale, height, picture.shape[1], picture.shape[0])
        rows.append(picture)
        height += len(picture)
    if rows:
        yield _Sheet(_stacked(rows), places)


def _stacked(rows: Sequence[Picture]) -> Picture:
    whole = np.zeros((sum(map(len, rows)), max(row.shape[1] for row in rows)), dtype=np.uint8)
    start = 0
    for row in rows:
        whole[start : start + len(row), : row.shape[1]] = row
        start += len(row)
    return whole


def _drawn(page: pypdfium2.PdfPage, found: Letters, number: int) -> tuple[float, float, float, Picture] | None:
    """Left and top of a text object, pixels a point, and its ink."""
    strip = found.known[number]
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(strip.handle, left, bottom, right, top)
    scale = _EM / max(strip.high - strip.low, 0.5)
    width, height = (right.value - left.value) * scale, (top.value - bottom.value) * scale
    if not (0 < width < _WIDEST and 0 < height < _WIDEST):
        return None
    bitmap = pdfium.FPDFTextObj_GetRenderedBitmap(page.pdf.raw, page.raw, strip.handle, scale)
    if not bitmap:
        return None
    try:
        return left.value, top.value, scale, _ink(bitmap)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)


def _ink(bitmap: pdfium.FPDF_BITMAP) -> Picture:
    """How opaque each pixel is."""
    height, stride = pdfium.FPDFBitmap_GetHeight(bitmap), pdfium.FPDFBitmap_GetStride(bitmap)
    pixels = (ctypes.c_ubyte * (stride * height)).from_address(pdfium.FPDFBitmap_GetBuffer(bitmap))
    rows = np.frombuffer(pixels, dtype=np.uint8).reshape(height, stride)
    return rows[:, 3 : 4 * pdfium.FPDFBitmap_GetWidth(bitmap) : 4].copy()


@cache
def _reference(group: str, offs: tuple[tuple[float, float], ...]) -> Shapes:
    """The signs of a group in pdfium's own faces, drawn as the characters of a page are: sign, variant, ink."""
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(1200, 40 * len(_FACES))
    line = " ".join(group).encode("utf-16-le") + b"\0\0"
    for index, face in enumerate(_FACES):
        text = pdfium.FPDFPageObj_NewTextObj(document.raw, face.encode(), _SIZE)
        pdfium.FPDFText_SetText(text, (ctypes.c_ushort * (len(line) // 2)).from_buffer_copy(line))
        pdfium.FPDFPageObj_Transform(text, 1, 0, 0, 1, 20, 10 + 40 * index)
        pdfium.FPDFPage_InsertObject(page.raw, text)
    pdfium.FPDFPage_GenerateContent(page.raw)
    found = letters(page, page.get_textpage())
    order = np.concatenate([np.flatnonzero(found.codes == ord(sign)) for sign in group])
    variants = [_sampled(page, replace(found, stored=found.stored + np.tile(off, 2)), order)[0] for off in offs]
    plain = np.stack(variants, axis=1).reshape(len(group), -1, _ROWS * _COLUMNS)
    return np.concatenate([plain, *_crossed_sevens(plain)], axis=1) if group == digits else plain


def _crossed_sevens(plain: Shapes) -> Iterator[Shapes]:
    """The same figures with a bar through each seven, in some places: as much of Europe writes it."""
    for rows, columns in _BARS:
        barred = plain.copy()
        sevens = barred[digits.index("7")].reshape(-1, _ROWS, _COLUMNS)
        sevens[:, rows, columns] = sevens.max(axis=(1, 2), keepdims=True)
        flat = sevens.reshape(len(sevens), -1)
        flat -= flat.mean(axis=1, keepdims=True)
        flat /= np.linalg.norm(flat, axis=1, keepdims=True)
        yield barred


def odd_points(found: Letters) -> Flags:
    """Points that reach as far below the line as commas do, and commas that do not; of upright characters."""
    odd = np.zeros(len(found), dtype=bool)
    for index in range(1, len(found)):
        before = found.texts[index - 1]
        if found.texts[index] not in ".," or not (before.isascii() and before.isdigit()):
            continue
        line, height = found.inks[index - 1, 3], found.inks[index - 1, 3] - found.inks[index - 1, 1]
        reaches = found.inks[index, 3] - line > _COMMA * height
        odd[index] = reaches != (found.texts[index] == ",")
    return odd
