"""Drawing a form of boxes on one page, and the boxes that all forms share."""

from __future__ import annotations

from collections.abc import Callable

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.hand import signature
from sample_docs.generator.sheet import Run, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts.training.boxes import Box, Node, form_of, put, tall
from sample_docs.layouts.training.titles import names, title
from sample_docs.layouts.training.writing import Content, Span, one_line

Tree = Callable[[Sheet], Node]


def drawn(paper: Paper, tree: Tree) -> Drawing:
    """A form of one page, stretched over most of it; type shrinks where there is much to say."""
    sheet = Sheet(paper)
    chance = sheet.chance("sheet")
    margin = chance.real(24, 46)
    sheet.left, sheet.right = margin, sheet.size[0] - margin
    family, size = chance.pick((paper.style.family, "mono", "mono", "sans", "serif")), chance.pick((7.6, 8.2, 8.6, 9.0))
    form, whole = form_of(sheet), Span(sheet.left, sheet.right)
    sheet.ink = Ink(family, size)
    top = _heading(sheet)
    room = sheet.size[1] - 22 - top
    while tall(sheet, tree(sheet), whole, form) > room and sheet.ink.size > 5:  # noqa: PLR2004 - points, barely legible
        sheet.ink = sheet.ink.sized(sheet.ink.size * 0.94)
    node = tree(sheet)
    stretched = max(tall(sheet, node, whole, form), room * chance.real(0.82, 1.0))
    put(sheet, node, whole, (top, top + stretched), form)
    return sheet.finished()


def _heading(sheet: Sheet) -> float:
    """The form's name above its boxes, left, in the middle or right, and perhaps the carrier's name."""
    chance = sheet.chance("heading")
    whole, y = Span(sheet.left, sheet.right), chance.real(18, 34)
    ink = Ink(chance.pick(("sans", "serif", "narrow")), chance.real(12, 19), bold=True, colour=sheet.style.accent)
    text = chance.pick(names(sheet.paper.form or "", sheet.style.language))
    carrier = sheet.paper.extras.get("carrier", "")
    ways = ("left", "right", "centre")
    if chance.happens(0.5) and carrier:
        y = one_line(sheet, whole, y, [Run(carrier)], ink=ink.sized(11), align=chance.pick(ways))
    return one_line(sheet, whole, y, [Run(text)], ink=ink, align=chance.pick(ways)) + 4


def box(sheet: Sheet, key: str, content: Content | None = None, least: float = 26.0) -> Box:
    """A box with one wording of its title."""
    return Box(title(sheet, key), content, least)


def scrawl(purpose: str) -> Content:
    """A signature without a line."""

    def signing(sheet: Sheet, span: Span, top: float) -> float:
        chance = sheet.chance("scrawl", purpose)
        if not chance.happens(0.85):
            return top + 30
        at = (span.left + chance.real(4, max(5.0, span.width * 0.4)), top + 28)
        ink = chance.pick(("#22347a", "#1b1b1b", "#2b2f8f"))
        sheet.stroke(signature(chance, at, width=min(90.0, span.width * 0.5)), width=1.1, colour=ink)
        return top + 32

    return signing
