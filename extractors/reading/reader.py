"""A file read page by page: what it is, whether it opens, which pages have a text layer to trust, the rest by OCR."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from extractors.engines import EngineFailedError, Engines
from extractors.reading import notices, pictures
from extractors.reading.beside import belies, with_print
from extractors.reading.digital import Layer, read_layer
from extractors.reading.errors import (
    DamagedFileError,
    DamagedPageError,
    EncryptedError,
    PictureTooLargeError,
)
from extractors.reading.kinds import READABLE, Kind, extension_misleads, kind_of
from extractors.reading.options import ReadingOptions
from extractors.reading.pdf import Pdf, open_pdf
from extractors.reading.pictures import POINTS, Shot
from extractors.reading.scan import read_scan
from extractors.reading.turning import turned_picture
from schemas.pages import FileReading, Notice, Original, Page

_HEAD = 65_536
_WHOLE_PAGE = 0.7
"""A stored picture that covers this share of its page is a scan of it."""
_LOWEST_DPI = 150.0
_INK = 0.0004
"""The share of dark pixels under which a page without words is blank."""
_DARK = 100
"""The mean grey, of 255, under which a page is no blank paper: under a lens cap or a dark cover something may stand."""

OnPage = Callable[[int, int], None]
"""Told the page about to be read and how many there are."""


class PageReader:
    """Reads the pages of one file one after the other."""

    def __init__(self, original: Original, content: bytes, engines: Engines, options: ReadingOptions) -> None:
        self._original = original
        self._content = content
        self._engines = engines
        self._options = options

    def read(self, *, skip: frozenset[int], on_page: OnPage | None) -> Iterator[Page | Notice]:
        file, kind = self._original.file, kind_of(self._content[:_HEAD])
        if kind == "empty":
            yield notices.empty(file)
        elif kind not in READABLE:
            yield notices.unsupported(file, kind)
        else:
            if extension_misleads(file, kind):
                yield notices.wrong_extension(file, kind)
            yield from self._opened(kind, skip, on_page)

    def _opened(self, kind: Kind, skip: frozenset[int], on_page: OnPage | None) -> Iterator[Page | Notice]:
        file = self._original.file
        try:
            pdf = open_pdf(self._content) if kind == "pdf" else None
            pages = pdf.pages if pdf is not None else pictures.frames(self._content)
        except EncryptedError:
            yield notices.encrypted(file)
            return
        except DamagedFileError:
            yield notices.damaged(file)
            return
        if pages > self._options.max_pages:
            yield notices.too_many_pages(file, pages, self._options.max_pages)
        numbers = range(1, min(pages, self._options.max_pages) + 1)
        if pdf is not None and pdf.cut_off:
            yield notices.cut_off(file, pages)
        for number in numbers:
            if number in skip:
                continue
            if on_page is not None:
                on_page(number, len(numbers))
            yield from self._page(pdf, number)

    def _page(self, pdf: Pdf | None, number: int) -> Iterator[Page | Notice]:
        file = self._original.file
        try:
            yield from self._image(number) if pdf is None else self._pdf_page(pdf, number)
        except DamagedPageError:
            yield notices.damaged_page(file, number)
        except PictureTooLargeError as error:
            yield notices.too_large_picture(file, number, error.size)
        except EngineFailedError as error:
            yield notices.engine_failed(file, number, str(error))

    def _image(self, number: int) -> Iterator[Page | Notice]:
        shot = pictures.shot(self._content, number, max_megapixels=self._options.max_megapixels)
        yield from self._scanned(shot, number)

    def _pdf_page(self, pdf: Pdf, number: int) -> Iterator[Page | Notice]:
        if pdf.has_undrawn_text(number):
            yield notices.undrawn_text(self._original.file, number)
        layer = self._layer(pdf, number)
        if layer is None or layer.doubt is not None:
            yield from self._scanned(self._drawn(pdf, number), number)
        elif layer.odd or layer.unread:
            yield from self._looked_at(layer, self._drawn(pdf, number))
        else:
            if not layer.compared:
                yield notices.no_picture(self._original.file, number)
            yield layer.page

    def _looked_at(self, layer: Layer, shot: Shot) -> Iterator[Page | Notice]:
        """A page of whose layer parts are to be compared with what engines read, or to be completed by it."""
        page = layer.page
        upright = replace(shot, picture=turned_picture(shot.picture, page.turned), width=page.width, height=page.height)
        if belies(layer.odd, upright.picture, dpi=upright.dpi, engines=self._engines):
            yield notices.false_text(self._original.file, page.number)
            yield from self._scanned(shot, page.number)
        else:
            yield with_print(page, layer.unread, upright, read=partial(self._read, number=page.number))

    def _read(self, shot: Shot, number: int) -> Page:
        return read_scan(shot, self._original, number, engines=self._engines, languages=self._options.languages)

    def _layer(self, pdf: Pdf, number: int) -> Layer | None:
        if not pdf.has_text(number):
            return None
        try:
            return read_layer(pdf, self._original, number)
        except DamagedPageError:
            return None  # pdfium can draw pages that pdfplumber cannot parse

    def _drawn(self, pdf: Pdf, number: int) -> Shot:
        """The page as a picture: at the stored scan's own resolution where that is what the page is."""
        width, height = pdf.size(number)
        dpi = float(self._options.dpi)
        stored = pdf.largest_picture(number)
        if stored is not None and stored.cover >= _WHOLE_PAGE:
            dpi = min(dpi, max(_LOWEST_DPI, stored.dpi))
        pixels = width * height * (dpi / POINTS) ** 2
        limit = self._options.max_megapixels * 1_000_000
        if pixels > limit:
            dpi *= (limit / pixels) ** 0.5
        return Shot(pdf.picture(number, dpi=dpi), width, height, pixels / 1_000_000, reduced=pixels > limit)

    def _scanned(self, shot: Shot, number: int) -> Iterator[Page | Notice]:
        file = self._original.file
        if shot.reduced:
            yield notices.reduced(file, number, shot.megapixels, self._options.max_megapixels)
        page = self._seen(shot, number)
        if not page.words:
            yield notices.blank(file, number) if is_blank(shot) else notices.unreadable(file, number)
        yield page

    def _seen(self, shot: Shot, number: int) -> Page:
        """Read by the engines, unless there is no ink at all: they would search white paper for seconds."""
        if is_blank(shot, ink=0):
            file = self._original
            return Page(file.file, file.sha256, number, shot.width, shot.height, text_source="ocr")
        return self._read(shot, number)


def is_blank(shot: Shot, *, ink: float = _INK) -> bool:
    """The paper is light, and less than that share of its pixels is clearly darker than it."""
    sample = shot.picture[::2, ::2]
    paper = int(sample.mean())
    return paper >= _DARK and bool((sample < paper - 40).mean() <= ink)


def read_original(
    original: Original,
    content: bytes | Path,
    *,
    engines: Engines,
    options: ReadingOptions | None = None,
    skip_pages: frozenset[int] = frozenset(),
    on_page: OnPage | None = None,
) -> Iterator[Page | Notice]:
    """Pages and notices as they are done, so that whoever runs it can limit and show each.

    A file that cannot be read yields notices alone; raises only `EngineMissingError` and `LanguageMissingError`, which
    are no fault of the file.
    """
    stored = content.read_bytes() if isinstance(content, Path) else content
    reader = PageReader(original, stored, engines, options or ReadingOptions())
    yield from reader.read(skip=skip_pages, on_page=on_page)


def read_file(
    original: Original, content: bytes | Path, *, engines: Engines, options: ReadingOptions | None = None
) -> FileReading:
    """All of one file."""
    done = list(read_original(original, content, engines=engines, options=options))
    return FileReading(
        original,
        tuple(item for item in done if isinstance(item, Page)),
        tuple(item for item in done if isinstance(item, Notice)),
    )


def page_count(content: bytes | Path) -> int:
    """How many pages a file has; 0 where it cannot be opened."""
    stored = content.read_bytes() if isinstance(content, Path) else content
    kind = kind_of(stored[:_HEAD])
    try:
        if kind == "pdf":
            return open_pdf(stored).pages
        return pictures.frames(stored) if kind in READABLE else 0
    except (EncryptedError, DamagedFileError):
        return 0
