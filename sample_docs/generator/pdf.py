"""Drawings and scanned pages as PDF files, the same bytes at every run."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from sample_docs.generator import fonts
from sample_docs.generator.drawing import Drawing, Mark, Shape

rl_config.useA85 = 0  # pictures as they are: the text armour would cost a quarter more


@dataclass(frozen=True, slots=True)
class Picture:
    """One scanned page: an encoded JPEG or PNG, and the paper's size in points."""

    encoded: bytes
    size: tuple[float, float]


def pdf_bytes(sheets: Sequence[Drawing | Picture], *, title: str) -> bytes:
    """One PDF with all sheets in order; drawings keep their text layer, pictures have none."""
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=1, invariant=1)
    canvas.setTitle(title)
    canvas.setAuthor("")
    for sheet in sheets:
        if isinstance(sheet, Picture):
            _picture_page(canvas, sheet)
        else:
            _drawn_pages(canvas, sheet)
    canvas.save()
    return out.getvalue()


def _picture_page(canvas: Canvas, picture: Picture) -> None:
    canvas.setPageSize(picture.size)
    canvas.drawImage(ImageReader(io.BytesIO(picture.encoded)), 0, 0, *picture.size)
    canvas.showPage()


def _drawn_pages(canvas: Canvas, drawing: Drawing) -> None:
    for page in range(1, drawing.pages + 1):
        canvas.setPageSize(drawing.size)
        for shape in drawing.shapes:
            if shape.page == page:
                _shape(canvas, shape, drawing.size[1])
        for mark in drawing.marks:
            if mark.page == page:
                _mark(canvas, mark, drawing.size[1])
        canvas.showPage()


def _shape(canvas: Canvas, shape: Shape, height: float) -> None:
    path = canvas.beginPath()
    path.moveTo(shape.points[0][0], height - shape.points[0][1])
    for x, y in shape.points[1:]:
        path.lineTo(x, height - y)
    canvas.setStrokeColor(HexColor(shape.colour))
    canvas.setLineWidth(shape.width)
    if shape.fill:
        canvas.setFillColor(HexColor(shape.fill))
    canvas.drawPath(path, stroke=int(shape.width > 0), fill=int(bool(shape.fill)))


def _mark(canvas: Canvas, mark: Mark, height: float) -> None:
    canvas.setFillColor(HexColor(mark.ink.colour))
    x = mark.x
    for face, text in fonts.pieces(mark.text, mark.ink.family, bold=mark.ink.bold):
        canvas.setFont(face, mark.ink.size)
        canvas.drawString(x, height - mark.y, text)
        x += fonts.width(text, mark.ink.family, mark.ink.size, bold=mark.ink.bold)
