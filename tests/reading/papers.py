"""Papers made by code, so that the tests need no files."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Sequence
from unittest.mock import patch

import numpy as np
import pypdfium2  # type: ignore[import-untyped]  # it ships no types
from numpy.typing import NDArray
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfgen.canvas import Canvas

from schemas.pages import Original

LINES = (
    "COMMERCIAL INVOICE",
    "Invoice No. 4711-25 dated 27 August 2025",
    "Exporter: Harbour Light Trading Company Limited",
    "Consignee: Northern Orchard Foods Incorporated",
    "100 cartons stainless steel bolts 7318.15 EUR 1,234.56",
    "250 cartons rubber gaskets 4016.93 EUR 9,876.50",
    "Total amount EUR 11,111.06",
    "Gross weight 4,462.76 kg, net weight 4,178.00 kg",
)


def paper(pages: int = 1, *, encryption: StandardEncryption | None = None) -> bytes:
    """A digital PDF with the lines on each page, in a drawn frame."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595, 842), encrypt=encryption, invariant=1)
    for number in range(1, pages + 1):
        canvas.setFont("Helvetica", 13)
        for index, line in enumerate((*LINES, f"Page {number} of {pages}")):
            canvas.drawString(60, 760 - 28 * index, line)
        canvas.rect(50, 480, 495, 310)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def shown_turned(content: bytes, rotate: int) -> bytes:
    """The same PDF, whose pages are to be displayed turned clockwise."""
    document = pypdfium2.PdfDocument(content)
    document[0].set_rotation(rotate)
    return _saved(document)


def cropped(content: bytes, box: tuple[float, float, float, float]) -> bytes:
    """The same PDF, of whose page only the box (left, bottom, right, top) is to be displayed."""
    document = pypdfium2.PdfDocument(content)
    document[0].set_cropbox(*box)
    return _saved(document)


def _saved(document: pypdfium2.PdfDocument) -> bytes:
    target = io.BytesIO()
    document.save(target)
    document.close()
    return target.getvalue()


def drawn(content: bytes, *, dpi: int = 200) -> NDArray[np.uint8]:
    document = pypdfium2.PdfDocument(content)
    picture = np.array(document[0].render(scale=dpi / 72, grayscale=True).to_pil().convert("L"))
    document.close()
    return picture


def scan_and_text() -> bytes:
    """A PDF whose first page is a scan at 300 dpi and whose second has a text layer."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595, 842), invariant=1)
    canvas.drawImage(ImageReader(Image.fromarray(drawn(paper(), dpi=300))), 0, 0, 595, 842)
    canvas.showPage()
    canvas.drawString(60, 700, "Total amount EUR 22,222.02")
    canvas.save()
    return target.getvalue()


def encoded(picture: NDArray[np.uint8], *, kind: str = "PNG", dpi: int = 200) -> bytes:
    target = io.BytesIO()
    Image.fromarray(picture).save(target, kind, dpi=(dpi, dpi))
    return target.getvalue()


def received(file: str, content: bytes) -> Original:
    return Original(file, hashlib.sha256(content).hexdigest(), len(content), "application/octet-stream")


def canvas_with(draw: Callable[[Canvas], None]) -> bytes:
    """A PDF of one A4 page drawn by the function."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595, 842), invariant=1)
    draw(canvas)
    canvas.save()
    return target.getvalue()


def print_of(lines: Sequence[str], *, dpi: int = 200) -> Image.Image:
    """The lines as a picture, 400 points wide, 24 points a line."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        for index, line in enumerate(lines):
            canvas.drawString(10, 842 - 18 - 24 * index, line)

    scale = dpi / 72
    return Image.fromarray(drawn(canvas_with(draw), dpi=dpi)[: round(24 * len(lines) * scale), : round(400 * scale)])


def lying(content: Callable[[], bytes], first: str, second: str) -> bytes:
    """The PDF made by the function, whose embedded fonts say of each of two characters that it is the other."""
    honest = ttfonts.makeToUnicodeCMap
    swapped = {ord(first): ord(second), ord(second): ord(first)}

    def false(fontname: str, subset: Sequence[int]) -> str:
        return str(honest(fontname, [swapped.get(code, code) for code in subset]))

    with patch.object(ttfonts, "makeToUnicodeCMap", false):
        return content()


def embedded(lines: Sequence[str] = LINES, *, size: float = 12) -> bytes:
    """A digital PDF of the lines in an embedded font."""
    pdfmetrics.registerFont(ttfonts.TTFont("Vera", "Vera.ttf"))

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Vera", size)
        for index, line in enumerate(lines):
            canvas.drawString(60, 760 - 28 * index, line)

    return canvas_with(draw)
