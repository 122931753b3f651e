"""A page with a text layer: words, lines, and whether the layer can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.engines import Picture
from extractors.reading import trust
from extractors.reading.errors import DamagedPageError
from extractors.reading.glyphs import Letters, upright
from extractors.reading.joining import joined
from extractors.reading.layer_rules import rules
from extractors.reading.layer_words import Token, tokens
from extractors.reading.order import in_reading_order
from extractors.reading.pdf import Pdf
from extractors.reading.pictures import POINTS
from extractors.reading.shapes import odd_points
from extractors.reading.turning import turned_box, turned_picture, turned_size
from extractors.reading.unread import is_mostly_unread, unread_places
from schemas.geometry import Box
from schemas.pages import Original, Page, Rule, Word

_SHORTEST_RULE = 6.0
"""Points; shorter strokes are parts of drawings."""
_LARGEST = 50_000_000
"""Pixels drawn to compare a layer, twice: a page over it (70 inches square) is a plan and no paper of a shipment."""


@dataclass(frozen=True, slots=True)
class Layer:
    """The page as its text layer has it, and why not to believe it (None: it agrees with the picture).

    `odd` are words with characters that look like others, to be read once from the picture before they are believed;
    `unread` are places of print that the layer does not have.
    """

    page: Page
    doubt: trust.Doubt | None
    compared: bool
    odd: tuple[Word, ...] = ()
    unread: tuple[Box, ...] = ()


def read_layer(pdf: Pdf, original: Original, number: int) -> Layer:
    """Reads the layer and compares it with the drawn page; raises `DamagedPageError` where it cannot be parsed."""
    width, height = pdf.size(number)
    turn, letters = upright(pdf.letters(number), width=width, height=height)
    across, down = turned_size(width, height, turn)
    page = Page(original.file, original.sha256, number, across, down, turned=turn, rules=_rules(pdf, number, turn))
    return _compared(pdf, page, letters)


def _rules(pdf: Pdf, number: int, turn: int) -> tuple[Rule, ...]:
    width, height = pdf.size(number)
    with pdf.drawn_page(number) as drawn:
        lines = [turned_box(box, width=width, height=height, turn=turn) for box in rules(drawn)]
    return joined(lines, shortest=_SHORTEST_RULE)


def _compared(pdf: Pdf, page: Page, letters: Letters) -> Layer:
    """The layer beside the picture: words that nobody can see are left out."""
    found = tokens(letters)
    words = [token.word for token in found]
    unseen = Layer(replace(page, words=in_reading_order(words)), trust.doubt(words, words), compared=False)
    if page.width * page.height * (trust.DPI / POINTS) ** 2 > _LARGEST:
        return unseen
    try:
        drawn = turned_picture(pdf.picture(page.number, dpi=trust.DPI), page.turned)
        without, pictorial = pdf.textless(page.number, dpi=trust.DPI)
    except DamagedPageError:
        return unseen
    textless = turned_picture(without, page.turned)
    seen = trust.visible(found, letters, drawn=drawn, textless=textless)
    shown = Layer(
        replace(page, words=in_reading_order(token.word for token in seen)),
        trust.doubt(words, [token.word for token in seen]),
        compared=True,
        odd=_odd(seen, letters),
    )
    if shown.doubt is not None or not pictorial:
        return shown
    starts = {token.members for token in seen}
    return _with_pictures(shown, [token.word for token in found if token.members not in starts], textless)


def _odd(seen: Sequence[Token], letters: Letters) -> tuple[Word, ...]:
    odd = letters.odd | odd_points(letters)
    return tuple(token.word for token in seen if odd[list(token.members)].any())


def _with_pictures(layer: Layer, unseen: Sequence[Word], textless: Picture) -> Layer:
    """Print in pictures: too much of it to trust the layer, or places to read besides."""
    if is_mostly_unread(textless, len(layer.page.text)):
        return replace(layer, doubt="unread_print")
    return replace(layer, unread=unread_places(textless, unseen, dpi=trust.DPI))
