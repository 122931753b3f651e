"""A PDF opened twice: pdfium draws its pages and gives characters, pdfplumber gives lines where a page has text."""

from __future__ import annotations

import io
import math
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

import numpy as np
import pdfplumber
import pypdfium2  # type: ignore[import-untyped]  # it ships no types
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]  # likewise
from pdfminer.psexceptions import PSException
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException
from PIL import Image

from extractors.engines import Picture
from extractors.reading.drawings import DrawnPage, drawn_page
from extractors.reading.errors import DamagedFileError, DamagedPageError, EncryptedError
from extractors.reading.glyphs import Letters, letters
from extractors.reading.shapes import judged

_KEPT_PAGES = 25
_NO_TEXT = 2
"""Bytes of an empty text with its end."""
_INVISIBLE = 3
"""PDF text rendering mode "neither fill nor stroke"."""
_DEPTH = 8
"""How deep forms within forms are searched for text and pictures."""
_SIMPLE = 12
"""Pieces of an outline: a box with round corners has nine."""
_STROKES = 150
"""A signature drawn as an outline has fewer pieces, a line of letters more."""
_POINTS = 72.0
_END = b"%%EOF"
_TAIL = 2048


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """A picture on a PDF page: its size in pixels and the share of the page that it covers."""

    width: int
    height: int
    dpi: float
    cover: float


@dataclass
class Pdf:
    """An opened PDF. `cut_off` says that the bytes end before the file does."""

    content: bytes
    document: pypdfium2.PdfDocument
    cut_off: bool
    _last: tuple[int, pypdfium2.PdfPage] | None = field(default=None, repr=False)
    _loaded: int = field(default=0, repr=False)
    _undrawn: set[int] = field(default_factory=set, repr=False)
    _last_text: pypdfium2.PdfTextPage | None = field(default=None, repr=False)

    @property
    def pages(self) -> int:
        return len(self.document)

    def size(self, number: int) -> tuple[float, float]:
        """Width and height in points as the page is displayed."""
        with _page_errors(number):
            width, height = self._page(number).get_size()
        return float(width), float(height)

    def has_text(self, number: int) -> bool:
        with _page_errors(number):
            return bool(self._text(number).count_chars())

    def has_undrawn_text(self, number: int) -> bool:
        """Whether text was typed over the page that only some programs show."""
        with _page_errors(number):
            self._page(number)
        return number in self._undrawn

    def letters(self, number: int) -> Letters:
        with _page_errors(number):
            page = self._page(number)
            return judged(page, letters(page, self._text(number)))

    def picture(self, number: int, *, dpi: float) -> Picture:
        with _page_errors(number):
            return _drawn(self._page(number), dpi)

    def coloured(self, number: int, *, dpi: float) -> Image.Image:
        with _page_errors(number):
            drawn: Image.Image = self._page(number).render(scale=dpi / _POINTS).to_pil()
            return drawn

    def textless(self, number: int, *, dpi: float) -> tuple[Picture, bool]:
        """The page drawn with its text invisible, and whether more than simple shapes is then drawn.

        Only that can be print that is no text. What is asked of the page afterwards is asked of a new copy.
        """
        with _page_errors(number):
            page, self._last = self._page(number), None
            pieces = 0.0
            for thing, kind in _things(page):
                if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                    pdfium.FPDFTextObj_SetTextRenderMode(thing, _INVISIBLE)
                else:
                    pieces += _pieces(thing, kind)
            return _drawn(page, dpi), pieces > _STROKES

    def largest_picture(self, number: int) -> StoredPicture | None:
        width, height = self.size(number)
        with _page_errors(number):
            found = self._page(number).get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=_DEPTH)
            pictures = [_stored(image, width * height) for image in found]
        return max((p for p in pictures if p is not None), key=lambda p: p.cover, default=None)

    @contextmanager
    def drawn_page(self, number: int) -> Iterator[DrawnPage]:
        """Pdfplumber's page without its text, parsed as it is asked.

        Raises `DamagedPageError`, also out of the block, where it cannot be parsed.
        """
        with _page_errors(number), closing(drawn_page(self._plumber, number)) as page:
            yield page

    def close(self) -> None:
        self.document.close()

    @cached_property
    def _plumber(self) -> PDF:
        return pdfplumber.open(io.BytesIO(self.content))

    def _page(self, number: int) -> pypdfium2.PdfPage:
        if self._last is None or self._last[0] != number:
            self._last, self._last_text = None, None
            self._forget()
            self._last = (number, self._flat(number))
        return self._last[1]

    def _forget(self) -> None:
        """Opens the file anew after some pages: both libraries keep all that they ever read of it."""
        self._loaded += 1
        if self._loaded % _KEPT_PAGES == 0:
            self.document.close()
            self.document = _ready(self.content)
            self.__dict__.pop("_plumber", None)

    def _flat(self, number: int) -> pypdfium2.PdfPage:
        """The page with what was filled into form fields or typed over it made part of it: it is on the paper too."""
        page = self.document[number - 1]
        notes = pdfium.FPDFPage_GetAnnotCount(page)
        if notes == 0:
            return page
        if any(_is_undrawn(page, index) for index in range(notes)):
            self._undrawn.add(number)
        if pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) != pdfium.FLATTEN_SUCCESS:
            return page
        page.close()
        return self.document[number - 1]

    def _text(self, number: int) -> pypdfium2.PdfTextPage:
        page = self._page(number)
        if self._last_text is None:
            self._last_text = page.get_textpage()
        return self._last_text


def _is_undrawn(page: pypdfium2.PdfPage, index: int) -> bool:
    """Text typed over the page, of which the file has no drawing: some programs make one, others show nothing."""
    note = pdfium.FPDFPage_GetAnnot(page, index)
    if pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_FREETEXT:
        drawing = int(pdfium.FPDFAnnot_GetAP(note, pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0))
        text = int(pdfium.FPDFAnnot_GetStringValue(note, b"Contents", None, 0))
    else:
        drawing, text = 0, 0
    pdfium.FPDFPage_CloseAnnot(note)
    return drawing <= _NO_TEXT < text


def _drawn(page: pypdfium2.PdfPage, dpi: float) -> Picture:
    drawn = page.render(scale=dpi / _POINTS, grayscale=True).to_numpy()
    grey = drawn[..., 0] if drawn.ndim == 3 else drawn  # noqa: PLR2004  rows, columns, channels
    return cast("Picture", np.ascontiguousarray(grey))


def _things(page: pypdfium2.PdfPage) -> Iterator[tuple[pdfium.FPDF_PAGEOBJECT, int]]:
    """The page's objects and those within forms, with their kinds."""
    for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
        yield from _within(pdfium.FPDFPage_GetObject(page.raw, index), _DEPTH)


def _within(thing: pdfium.FPDF_PAGEOBJECT, depth: int) -> Iterator[tuple[pdfium.FPDF_PAGEOBJECT, int]]:
    kind = pdfium.FPDFPageObj_GetType(thing)
    yield thing, kind
    if kind == pdfium.FPDF_PAGEOBJ_FORM and depth > 0:
        for index in range(pdfium.FPDFFormObj_CountObjects(thing)):
            yield from _within(pdfium.FPDFFormObj_GetObject(thing, index), depth - 1)


def _pieces(thing: pdfium.FPDF_PAGEOBJECT, kind: int) -> float:
    """Of how many pieces an outline is that may be a letter's; a picture may be all letters."""
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        pieces = int(pdfium.FPDFPath_CountSegments(thing))
        return pieces if pieces > _SIMPLE else 0
    return math.inf if kind in {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING} else 0


_PARSER_ERRORS = (
    PdfminerException, PSException, ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError,
    TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip
"""Pdfminer believes what a file says of its own build, so a broken one surfaces as nearly any error of Python."""


_PARSER_ERRORS = (
    PdfminerException, PSException, ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError,
    TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip
"""Pdfminer believes what a file says of its own build, so a broken one surfaces as nearly any error of Python."""


@contextmanager
def _page_errors(number: int) -> Iterator[None]:
    try:
        yield
    except (pypdfium2.PdfiumError, MalformedPDFException, *_PARSER_ERRORS) as error:
        raise DamagedPageError(number) from error


def _stored(image: pypdfium2.PdfImage, page_area: float) -> StoredPicture | None:
    left, bottom, right, top = image.get_bounds()
    width, height = image.get_px_size()
    sides = (abs(right - left), abs(top - bottom))
    if min(sides) <= 0 or page_area <= 0:
        return None
    # A picture placed sideways has its longer side along the other axis: compare longer with longer.
    dpi = max(width, height) * _POINTS / max(sides)
    return StoredPicture(width, height, dpi, sides[0] * sides[1] / page_area)


def open_pdf(content: bytes) -> Pdf:
    """Opens it, also where its end is missing; raises `EncryptedError` and `DamagedFileError`."""
    cut_off = _END not in content[-_TAIL:]
    for repaired in (False, True):
        candidate = _with_page_tree(content) if repaired else content
        document = _opened(candidate)
        if document is not None and len(document):
            return Pdf(candidate, document, cut_off or repaired)
    raise DamagedFileError


def _ready(content: bytes) -> pypdfium2.PdfDocument:
    """With the values drawn of fields that the file has no drawing of; that runs no program of the file's."""
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    return document


def _opened(content: bytes) -> pypdfium2.PdfDocument | None:
    try:
        return _ready(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise EncryptedError from error
        return None


_OBJECT = re.compile(rb"(?:^|[\r\n])\s*(\d{1,8})\s+(\d{1,5})\s+obj\b(.{0,4000}?)(?:endobj|stream\b)", re.DOTALL)
_OBJECT_START = re.compile(rb"(?:^|[\r\n])[ \t]*(\d{1,8})\s+\d{1,5}\s+obj\b")
_PAGE_TYPE = re.compile(rb"/Type\s*/Page\b(?!s)")


def _with_page_tree(content: bytes) -> bytes:
    """The bytes with a table and a tree of the pages that are there, for a file whose own were cut off with its end."""
    objects = [(int(m[1]), int(m[2]), m[3]) for m in _OBJECT.finditer(content)]
    kids = [f"{number} {generation} R" for number, generation, body in objects if _PAGE_TYPE.search(body)]
    tree = max((number for number, _, _ in objects), default=0) + 1
    whole = (
        content
        + (
            f"\nendstream\nendobj\n"
            f"{tree} 0 obj\n<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}/MediaBox[0 0 595 842]>>\nendobj\n"
            f"{tree + 1} 0 obj\n<</Type/Catalog/Pages {tree} 0 R>>\nendobj\n"
        ).encode()
    )
    places = {int(m[1]): m.start(1) for m in _OBJECT_START.finditer(whole)}
    table = "".join(f"{number} 1\n{place:010d} 00000 n \n" for number, place in sorted(places.items()))
    end = f"xref\n0 1\n0000000000 65535 f \n{table}trailer\n<</Root {tree + 1} 0 R/Size {tree + 2}>>\n"
    return whole + f"{end}startxref\n{len(whole)}\n%%EOF\n".encode()
