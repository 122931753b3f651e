"""Forms made of ruled boxes beside and on top of each other, with a printed title and what is typed into them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from sample_docs.generator.drawing import Ink
from sample_docs.generator.sheet import LEADING, Run, Runs, Sheet, wrapped
from sample_docs.layouts.training.writing import Content, Span, block, fitted, height, shown

_INSET: Final = 3.0


@dataclass(frozen=True, slots=True)
class Box:
    """One box; `least` is its height in points where little stands in it."""

    title: str
    content: Content | None = None
    least: float = 26.0


@dataclass(frozen=True, slots=True)
class Side:
    """Boxes beside each other, each with its share of the width."""

    parts: tuple[tuple[float, Node], ...]


@dataclass(frozen=True, slots=True)
class Pile:
    """Boxes on top of each other; the goods, or else the last, take the room that is left."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A column of the box of goods."""

    title: str
    share: float
    runs: Callable[[int], Runs]
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Goods:
    """Columns side by side with one row for each line, `ahead` above them and `after` below, over the column `wide`."""

    slots: tuple[Slot, ...]
    least: float
    wide: int
    ahead: Content | None = None
    after: Content | None = None
    first: dict[int, Content] | None = None
    ruled: bool = True


Node = Box | Side | Pile | Goods


@dataclass(frozen=True, slots=True)
class Form:
    """How the form is printed: the titles' ink, the colour and width of its rules."""

    title: Ink
    colour: str
    width: float


def form_of(sheet: Sheet) -> Form:
    chance = sheet.chance("form")
    colour = chance.pick(("#000000", "#000000", "#222222", sheet.style.accent))
    family = chance.pick(("narrow", "sans", "serif", "wide"))
    return Form(
        Ink(family, chance.real(5.4, 6.8), bold=chance.happens(0.15), colour=colour), colour, chance.real(0.4, 0.9)
    )


def tall(sheet: Sheet, node: Node, span: Span, form: Form) -> float:
    """The height that a part of the form needs."""
    if isinstance(node, Box):
        content = height(sheet, node.content, span.inset(_INSET + 1)) if node.content else 0.0
        return max(node.least, _title_height(node.title, span, form) + content + 5)
    if isinstance(node, Goods):
        return max(node.least, height(sheet, lambda on, strip, top: _goods(on, node, strip, top, form), span) + 6)
    if isinstance(node, Side):
        return max(tall(sheet, part, strip, form) for part, strip in _sides(node, span))
    return sum(tall(sheet, part, span, form) for part in node.parts)


def _sides(node: Side, span: Span) -> list[tuple[Node, Span]]:
    strips = span.split(*(share for share, _ in node.parts))
    return [(part, strip) for (_, part), strip in zip(node.parts, strips, strict=True)]


def _title_height(title: str, span: Span, form: Form) -> float:
    ink = fitted([Run(title)], form.title, span.width - 2 * _INSET)
    return len(wrapped([Run(title)], ink, span.width - 2 * _INSET)) * ink.size * LEADING + 2 if title else 1.0


def put(sheet: Sheet, node: Node, span: Span, extent: tuple[float, float], form: Form) -> None:
    """Draw a part of the form between two edges, `extent`, from top to bottom."""
    top = extent[0]
    if isinstance(node, Box):
        _frame(sheet, span, extent, form)
        y = _title(sheet, span, top, node.title, form)
        if node.content:
            node.content(sheet, span.inset(_INSET + 1), y + 1)
    elif isinstance(node, Goods):
        _goods_frames(sheet, node, span, extent, form)
        _goods(sheet, node, span, top, form)
    elif isinstance(node, Side):
        for part, strip in _sides(node, span):
            put(sheet, part, strip, extent, form)
    else:
        _put_pile(sheet, node, span, extent, form)


def _put_pile(sheet: Sheet, node: Pile, span: Span, extent: tuple[float, float], form: Form) -> None:
    """One under the other; room to spare goes to the goods, else to the last."""
    heights = [tall(sheet, part, span, form) for part in node.parts]
    grows = next((at for at, part in enumerate(node.parts) if isinstance(part, Goods)), len(heights) - 1)
    heights[grows] += extent[1] - extent[0] - sum(heights)
    y = extent[0]
    for part, room in zip(node.parts, heights, strict=True):
        put(sheet, part, span, (y, y + room), form)
        y += room


def _frame(sheet: Sheet, span: Span, extent: tuple[float, float], form: Form) -> None:
    sheet.frame((span.left, extent[0]), (span.right, extent[1]), width=form.width, colour=form.colour)


def _title(sheet: Sheet, span: Span, top: float, title: str, form: Form) -> float:
    if not title:
        return top + 1
    return block(sheet, span.inset(_INSET), top + 1.5, [Run(title)], ink=form.title)


# -- the box of goods


def _goods_frames(sheet: Sheet, node: Goods, span: Span, extent: tuple[float, float], form: Form) -> None:
    if not node.ruled:
        _frame(sheet, span, extent, form)
        return
    for strip in span.split(*(slot.share for slot in node.slots)):
        _frame(sheet, strip, extent, form)


def _goods(sheet: Sheet, node: Goods, span: Span, top: float, form: Form) -> float:
    """Titles, what stands ahead, the lines, what stands after; gives the y below."""
    strips = span.split(*(slot.share for slot in node.slots))
    y = max(_title(sheet, strip, top, slot.title, form) for slot, strip in zip(node.slots, strips, strict=True)) + 4
    ends = [content(sheet, strips[at].inset(_INSET), y) for at, content in (node.first or {}).items()]
    wide = strips[node.wide].inset(_INSET)
    y = node.ahead(sheet, wide, y) + 3 if node.ahead else y
    for line in range(len(sheet.paper.lines)):
        y = _line(sheet, node.slots, strips, y, line) + 3
    y = node.after(sheet, wide, y + 4) if node.after else y
    return max([y, *ends])


def _line(sheet: Sheet, slots: Sequence[Slot], strips: Sequence[Span], top: float, line: int) -> float:
    ends = [top]
    for slot, strip in zip(slots, strips, strict=True):
        runs = slot.runs(line)
        if shown(runs):
            ends.append(block(sheet, strip.inset(_INSET), top, runs, align=slot.align))
    return max(ends)
