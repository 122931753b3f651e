"""Pdfplumber's page without its text: lines, boxes and curves alone, which pdfium's characters are put beside.

Making characters is most of what pdfplumber does on a page, and pdfium has made them already.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import cast

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTPage
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager, PDFStackT
from pdfminer.pdftypes import PDFStream, resolve1
from pdfplumber.page import Page as PlumberPage
from pdfplumber.pdf import PDF
from typing_extensions import override

from schemas.geometry import Box


class _NoFonts(PDFResourceManager):
    """Fonts are not opened: no text is set with them."""

    _none = PDFFont({"FontBBox": [0, 0, 0, 0]}, {})  # without a box pdfminer complains aloud

    @override
    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        return self._none


_NUMBER = rb"[-+.\d]++\s++"
_STRING = rb"\((?:[^()\\]++|\\.)*+\)|<[\da-fA-F\s]*+>"
_TEXT = re.compile(
    rb"(?:\[(?:[^\[\]()]++|" + _STRING + rb")*+\]\s*+TJ|(?:" + _STRING + rb")\s*+Tj"
    rb"|(?<![-+.\w])(?:(?:" + _NUMBER + rb"){6}Tm|(?:" + _NUMBER + rb"){2}T[dD]|" + _NUMBER + rb"T[cwzLs])"
    rb"|/[\w+.-]++\s++" + _NUMBER + rb"Tf)(?=\s|$)",
    re.DOTALL,
)  # fmt: skip
"""Operators that set text, with what they are given: they are half of a page, and taking it to pieces is slow."""


class _Strokes(PDFPageInterpreter):
    """Passes over text."""

    @override
    def execute(self, streams: Sequence[object]) -> None:
        super().execute([_textless(stream) for stream in streams])

    @override
    def do_TJ(self, seq: PDFStackT) -> None:
        """Every operator that shows text comes here."""


def _textless(stream: object) -> object:
    content = resolve1(stream)
    if isinstance(content, PDFStream):
        content.data = _TEXT.sub(b"", content.get_data())
    return content


class DrawnPage(PlumberPage):
    """A page whose objects are those drawn, with colours and places as pdfplumber gives them."""

    @property
    @override
    def layout(self) -> LTPage:
        fonts = _NoFonts()
        device = PDFPageAggregator(fonts, pageno=self.page_number)
        _Strokes(fonts, device).process_page(self.page_obj)
        return device.get_result()


def drawn_page(pdf: PDF, number: int) -> DrawnPage:
    """Page `number`, from 1; raises `IndexError`, and what pdfminer raises for a page that it cannot parse."""
    page = pdf.pages[number - 1]
    return DrawnPage(pdf, page.page_obj, number)


def displayed_box(page: PlumberPage, thing: Mapping[str, object]) -> Box:
    """The box of a pdfplumber object on the visible part of the page (its crop box), origin at the top left."""
    left, top = float(page.cropbox[0]), float(page.cropbox[1])
    x0, x1, y0, y1 = (float(cast("float", thing[name])) for name in ("x0", "x1", "top", "bottom"))
    return boxed(x0 - left, y0 - top, x1 - left, y1 - top)


def boxed(x0: float, top: float, x1: float, bottom: float) -> Box:
    """A box of pdfplumber's figures, which may come the wrong way round."""
    return Box(min(x0, x1), min(top, bottom), max(x0, x1), max(top, bottom))
