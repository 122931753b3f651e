"""A page with a text layer: words, lines, and whether the layer can be trusted."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extractors.reading import trust
from extractors.reading.errors import DamagedPageError
from extractors.reading.glyphs import glyphs, upright
from extractors.reading.joining import joined
from extractors.reading.layer_rules import rules
from extractors.reading.layer_words import words
from extractors.reading.order import in_reading_order
from extractors.reading.pdf import Pdf
from extractors.reading.pictures import POINTS
from extractors.reading.turning import turned_box, turned_picture, turned_size
from schemas.pages import Original, Page

_SHORTEST_RULE = 6.0
"""Points; shorter strokes are parts of drawings."""
_LARGEST = 50_000_000
"""Pixels drawn to compare a layer, twice: a page over it (70 inches square) is a plan and no paper of a shipment."""


@dataclass(frozen=True, slots=True)
class Layer:
    """The page as its text layer has it, and why not to believe it (None: it agrees with the picture)."""

    page: Page
    doubt: trust.Doubt | None
    compared: bool


def read_layer(pdf: Pdf, original: Original, number: int) -> Layer:
    """Reads the layer and compares it with the drawn page; raises `DamagedPageError` where it cannot be parsed."""
    plumbed = pdf.plumbed(number)
    width, height = pdf.size(number)
    turn, letters = upright(glyphs(plumbed), width=width, height=height)
    lines = [turned_box(box, width=width, height=height, turn=turn) for box in rules(plumbed)]
    plumbed.close()
    across, down = turned_size(width, height, turn)
    page = Page(
        original.file,
        original.sha256,
        number,
        across,
        down,
        words=tuple(words(letters)),
        rules=joined(lines, shortest=_SHORTEST_RULE),
        turned=turn,
    )
    return _compared(pdf, page)


def _compared(pdf: Pdf, page: Page) -> Layer:
    """The layer beside the picture: words that nobody can see are left out."""
    if page.width * page.height * (trust.DPI / POINTS) ** 2 > _LARGEST:
        return Layer(replace(page, words=in_reading_order(page.words)), None, compared=False)
    try:
        drawn = turned_picture(pdf.picture(page.number, dpi=trust.DPI), page.turned)
        textless = turned_picture(pdf.picture_without_text(page.number, dpi=trust.DPI), page.turned)
    except DamagedPageError:
        return Layer(replace(page, words=in_reading_order(page.words)), None, compared=False)
    doubt = trust.doubt(page.words, drawn=drawn, textless=textless)
    seen = trust.visible(page.words, drawn=drawn, textless=textless)
    return Layer(replace(page, words=in_reading_order(seen)), doubt, compared=True)
