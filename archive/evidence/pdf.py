"""The summary on paper. Letters that the fonts of every PDF reader lack are written as near as can be."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from operator import itemgetter
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from archive.evidence.summary import Cell, Section

_LATIN, _CHINESE = "Helvetica", "STSong-Light"
"""Fonts that readers bring along: the one has the letters of cp1252, the other those of Chinese and Japanese."""
_NARROW, _WIDE = 0.5, 3.0
_SMALL = ParagraphStyle("small", fontName=_LATIN, fontSize=7.5, leading=9.5, splitLongWords=True, wordWrap="LTR")
_HEAD = ParagraphStyle("head", parent=_SMALL, fontName="Helvetica-Bold", textColor=HexColor("#555555"))
_TEXT = ParagraphStyle("text", parent=_SMALL, fontSize=9, leading=12)
_H1 = ParagraphStyle("h1", parent=_SMALL, fontName="Helvetica-Bold", fontSize=15, leading=20)
_H2 = ParagraphStyle("h2", parent=_H1, fontSize=11, leading=16, spaceBefore=8)
_LINES: Final = TableStyle([
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LINEBELOW", (0, 0), (-1, -1), 0.4, HexColor("#cccccc")),
    ("LEFTPADDING", (0, 0), (-1, -1), 2),
    ("TOPPADDING", (0, 0), (-1, -1), 1.5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
])  # fmt: skip
_MARGIN = 15 * mm


def document(title: str, sections: Iterable[Section]) -> bytes:
    """Equal summaries give equal bytes."""
    pdfmetrics.registerFont(UnicodeCIDFont(_CHINESE))
    written = io.BytesIO()
    template = SimpleDocTemplate(
        written, pagesize=landscape(A4), leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=_MARGIN,
        bottomMargin=_MARGIN, title=title, invariant=1,
    )  # fmt: skip
    story = [
        Paragraph(_markup(title), _H1),
        *(one for section in sections for one in _section(section, template.width)),
    ]
    template.build(story)
    return written.getvalue()


def _section(section: Section, width: float) -> Iterator[Flowable]:
    yield Paragraph(_markup(section.title), _H2)
    for paragraph in section.says:
        yield Paragraph(_markup(paragraph), _TEXT)
    if section.table:
        head, *rows = section.table
        cells = [[Paragraph(_markup(cell or ""), _HEAD) for cell in head]]
        cells += [[Paragraph(_markup(cell or ""), _SMALL) for cell in row] for row in rows]
        yield Table(cells, colWidths=_widths(section.table, width), repeatRows=1, style=_LINES)
    yield Spacer(0, 2 * mm)


def _widths(table: Sequence[Sequence[Cell]], width: float) -> list[float]:
    """By the mean length of what stands in a column, within bounds: a digest must not starve the others."""
    means = [sum(len(cell or "") for cell in column) / len(table) for column in zip(*table, strict=True)]
    typical = sum(means) / len(means) or 1.0
    shares = [min(max(mean / typical, _NARROW), _WIDE) for mean in means]
    return [width * share / sum(shares) for share in shares]


def _markup(text: str) -> str:
    """Reportlab's own markup, in which the text is only text: runs of letters with the font that has them."""
    fitted = [pair for sign in text for pair in _fitted(sign)]
    runs = groupby(fitted, key=itemgetter(0))
    return "".join(f'<font name="{font}">{escape("".join(sign for _, sign in run))}</font>' for font, run in runs)


def _fitted(sign: str) -> list[tuple[str, str]]:
    if _has(sign, "cp1252"):
        return [(_LATIN, sign)]
    if _has(sign, "gb2312") or _has(sign, "gbk"):
        return [(_CHINESE, sign)]
    base = "".join(one for one in unicodedata.normalize("NFKD", sign) if _has(one, "cp1252"))
    return [(_LATIN, base or "?")]


def _has(sign: str, encoding: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
