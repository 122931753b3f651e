"""What a drawn paper must keep to: nothing cut off, nothing over another, every mark at its words."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Final

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it ships no types
import pytest

from sample_docs.generator.drawing import Drawing, Mark
from sample_docs.generator.fonts import FontMissingError, registered
from sample_docs.generator.looks import Wish
from sample_docs.generator.pdf import pdf_bytes
from sample_docs.generator.random_shipment import random_shipment
from sample_docs.generator.truth import Paper, ShipmentTruth
from sample_docs.layouts.layout import Layout

__all__ = ["astray", "collisions", "cut_off", "need_fonts", "paper_of"]

FACES: Final = ("sans", "serif", "narrow", "wide", "mono", "chinese", "chinese-bold")
MODES: Final = {"bill_of_lading": "sea", "sea_waybill": "sea", "air_waybill": "air", "cmr": "road"}
TOUCHING: Final = 1.0
"""Points by which neighbouring runs may share an edge."""
HEAPED: Final = 2.5
"""Points by which the boxes of two lines may overlap, as letters seldom fill theirs."""
EDGE: Final = 8.0
"""Points at the edge of the paper that no printer reaches."""


def need_fonts() -> None:
    """Skips where a font lacks: drawing needs fonts that using the product does not."""
    try:
        for face in FACES:
            registered(face)
    except FontMissingError as missing:
        pytest.skip(str(missing))


@cache
def paper_of(layout: Layout, language: str, lines: int, seed: int = 1) -> Paper:
    """Any random paper of the layout's kind, made into one of this layout and language."""
    one = _shipment(seed, language, MODES.get(layout.form or "", "road"), lines).paper(layout.kind)
    if one is None:
        pytest.fail(f"the shipment has no {layout.kind}")
    return replace(one, layout=layout.name, form=layout.form, style=replace(one.style, language=language))


@cache
def _shipment(seed: int, language: str, mode: str, lines: int) -> ShipmentTruth:
    return random_shipment(seed, language, wish=Wish(mode=mode, lines=lines, certificate=True))


def cut_off(drawing: Drawing, edge: float = EDGE) -> list[str]:
    """Texts that reach over the edge of what a printer prints."""
    width, height = drawing.size
    return [
        mark.text
        for mark in drawing.marks
        if min(mark.box[:2]) < edge or mark.box[2] > width - edge or mark.box[3] > height - edge
    ]


def collisions(drawing: Drawing) -> list[tuple[str, str]]:
    """Pairs of texts that are printed over each other."""
    marks = sorted(drawing.marks, key=lambda mark: (mark.page, mark.y))
    return [
        (one.text, other.text)
        for at, one in enumerate(marks)
        for other in marks[at + 1 : at + 40]
        if one.page == other.page and _overlap(one, other)
    ]


def _overlap(one: Mark, other: Mark) -> bool:
    a, b = one.box, other.box
    return min(a[2], b[2]) - max(a[0], b[0]) > TOUCHING and min(a[3], b[3]) - max(a[1], b[1]) > HEAPED


def astray(drawing: Drawing) -> list[tuple[str, str, str]]:
    """Marks of values whose box holds other words than theirs: name, text, and what a PDF reader finds in the box."""
    return [
        (mark.name or "", mark.text, found) for mark, found in _read_again(drawing) if _bare(found) != _bare(mark.text)
    ]


def _read_again(drawing: Drawing) -> Iterator[tuple[Mark, str]]:
    with pdfium.PdfDocument(io.BytesIO(pdf_bytes([drawing], title=""))) as pdf:
        texts = [page.get_textpage() for page in pdf]
        height = drawing.size[1]
        for mark in _of_values(drawing.marks):
            left, top, right, bottom = mark.box
            text = texts[mark.page - 1]
            yield mark, text.get_text_bounded(left + 0.5, height - bottom, right - 0.5, height - top)


def _of_values(marks: Iterable[Mark]) -> Iterator[Mark]:
    return (mark for mark in marks if mark.name)


def _bare(text: str) -> str:
    return "".join(text.split())
