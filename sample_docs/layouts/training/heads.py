"""The upper part of invoices and packing lists: title, parties and references in ever other arrangements."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from sample_docs.generator.chance import Chance
from sample_docs.generator.sheet import Run, Sheet
from sample_docs.layouts.training.addresses import address, letterhead, window
from sample_docs.layouts.training.facts import Fact, arranged, running
from sample_docs.layouts.training.words import word
from sample_docs.layouts.training.writing import Content, Span, height, one_line

_PARTIES: Final = ("exporter", "consignee", "buyer", "notify_party")


@dataclass(frozen=True, slots=True)
class Head:
    """What a head shows: the key of its title, the references that identify the paper, the rest of the facts."""

    title: str
    first: Sequence[Fact]
    rest: Sequence[Fact]


def start(paper_sheet: Sheet) -> Sheet:
    """Margins and type of this paper, on a sheet that is still empty."""
    chance, sheet = paper_sheet.chance("page"), paper_sheet
    margin = chance.real(28, 58)
    sheet.left, sheet.right = margin, sheet.size[0] - margin * chance.real(0.8, 1.1)
    sheet.y, sheet.bottom = chance.real(26, 60), sheet.size[1] - chance.real(46, 70)
    sheet.ink = sheet.ink.sized(chance.pick((7.2, 7.8, 8.2, 8.6, 9.0, 9.0, 9.6, 10.2)))
    return sheet


def head(sheet: Sheet, shown: Head) -> None:
    """Draw it from `sheet.y` on."""
    ways = (_letter, _letter, _letter, _columns, _columns, _boxed, _boxed, _stacked)
    sheet.chance("head").pick(ways)(sheet, shown)
    sheet.y += sheet.chance("after head").real(6, 22)


def _whole(sheet: Sheet) -> Span:
    return Span(sheet.left, sheet.right)


def _title(sheet: Sheet, shown: Head, span: Span, top: float, align: str = "left") -> float:
    chance = sheet.chance("title")
    ink = sheet.ink.sized(chance.real(12, 23)).tinted(chance.pick(("#000000", "#000000", sheet.style.accent)))
    if chance.happens(0.7):
        ink = ink.strong()
    return one_line(sheet, span, top, [Run(word(sheet, shown.title))], ink=ink, align=align) + 2


def _letter(sheet: Sheet, shown: Head) -> None:
    """Letterhead, address window left, references right, title over or under them."""
    chance, y = sheet.chance("letter"), sheet.y
    y = letterhead(sheet, _whole(sheet), y) + chance.real(6, 24)
    left, right = _whole(sheet).split(chance.real(1.0, 1.3), 1)
    titled_first = chance.happens(0.4)
    if titled_first:
        y = _title(sheet, shown, _whole(sheet), y, chance.pick(("left", "centre", "right"))) + 8
    to = window if chance.happens(0.45) else address("consignee")
    both = [*shown.first, *shown.rest] if chance.happens(0.4) else shown.first
    ends = to(sheet, left.inset(2), y), arranged(sheet, both, "first")(sheet, right.inset(2), y)
    y = _others(sheet, max(ends) + 8, ("buyer", "notify_party"))
    if not titled_first:
        y = _title(sheet, shown, _whole(sheet), y) + 6
    sheet.y = y if both is not shown.first else _rest(sheet, shown, y)


def _others(sheet: Sheet, top: float, names: Sequence[str]) -> float:
    """The further parties that the paper has, side by side."""
    there = [name for name in names if sheet.has(name)]
    if not there:
        return top
    strips = _whole(sheet).split(*[1.0] * max(2, len(there)))
    return max(address(name)(sheet, strip.inset(2), top) for name, strip in zip(there, strips, strict=False)) + 6


def _rest(sheet: Sheet, shown: Head, top: float) -> float:
    if not shown.rest:
        return top
    chance = sheet.chance("rest")
    if chance.happens(0.12):
        return running(sheet, shown.rest, _whole(sheet), top) + 4
    return arranged(sheet, shown.rest, "rest", wide=True)(sheet, _whole(sheet), top) + 4


def _columns(sheet: Sheet, shown: Head) -> None:
    """Title on top, the parties side by side under labels, references in a grid below."""
    chance = sheet.chance("columns")
    y = _title(sheet, shown, _whole(sheet), sheet.y, chance.pick(("left", "centre", "right"))) + chance.real(4, 16)
    there = [name for name in _PARTIES if sheet.has(name)]
    across = min(len(there), chance.pick((2, 2, 3)))
    rule = chance.happens(0.4)
    for at in range(0, len(there), across):
        strips = _whole(sheet).split(*[1.0] * across)
        row = there[at : at + across]
        if rule:
            sheet.rule((sheet.left, y), (sheet.right, y), width=0.6, colour=sheet.style.accent)
        y = max(address(name)(sheet, strip.inset(3), y + 4) for name, strip in zip(row, strips, strict=False)) + 8
    sheet.y = _grid(sheet, shown, y)


def _grid(sheet: Sheet, shown: Head, top: float) -> float:
    """All references below the parties, as one grid or as two."""
    if sheet.chance("grid").happens(0.6):
        return arranged(sheet, [*shown.first, *shown.rest], "all", wide=True)(sheet, _whole(sheet), top)
    y = arranged(sheet, shown.first, "first", wide=True)(sheet, _whole(sheet), top) + 4
    return _rest(sheet, shown, y)


def _boxed(sheet: Sheet, shown: Head) -> None:
    """Ruled boxes as on an aligned form: parties down the left, references and terms down the right."""
    chance = sheet.chance("boxed")
    y = _title(sheet, shown, _whole(sheet), sheet.y, chance.pick(("left", "centre", "right"))) + 4
    left, right = _whole(sheet).split(chance.real(0.9, 1.2), 1)
    parties = [address(name) for name in _PARTIES if sheet.has(name)]
    half = max(1, len(shown.rest) // 2)
    texts = [
        arranged(sheet, part, f"box {at}")
        for at, part in enumerate((shown.first, shown.rest[:half], shown.rest[half:]))
    ]
    bottoms = _pile(sheet, left, y, parties), _pile(sheet, right, y, texts)
    bottom = max(ends[-1] for ends in bottoms)
    for strip, ends in zip((left, right), bottoms, strict=True):
        edges = [y, *ends[:-1], bottom]
        for upper, lower in pairwise(edges):
            sheet.frame((strip.left, upper), (strip.right, lower), width=0.6)
    sheet.y = bottom


def _pile(sheet: Sheet, span: Span, top: float, contents: Sequence[Content]) -> list[float]:
    """Contents one under the other; gives the lower edge of each."""
    ends = [top]
    for content in contents:
        ends.append(content(sheet, span.inset(5), ends[-1] + 4) + 4)
    return ends[1:]


def _stacked(sheet: Sheet, shown: Head) -> None:
    """Title and references at the right, the parties under one another at the left."""
    chance = sheet.chance("stacked head")
    left, right = _whole(sheet).split(1.15, 1)
    top = sheet.y
    y = _title(sheet, shown, right, top, chance.pick(("left", "right"))) + 6
    right_end = arranged(sheet, [*shown.first, *shown.rest], "stacked")(sheet, right.inset(2), y)
    contents = [address(name, titled=name != "exporter" or chance.happens(0.6)) for name in _PARTIES if sheet.has(name)]
    sheet.y = max(_pile(sheet, left, top, contents)[-1], right_end)


def turned(sheet: Sheet, shown: Head, *, number_key: str) -> Callable[[Sheet], None]:
    """What starts a further page: the title with the number, the letterhead again, or nothing."""
    chance: Chance = sheet.chance("turned")
    way = chance.pick(("line", "line", "line", "letterhead", "bare"))

    def turn(on: Sheet) -> None:
        on.new_page()
        on.y = chance_top
        if way == "letterhead":
            on.y = letterhead(on, _whole(on), on.y) + 4
        if way != "bare":
            runs = [Run(f"{word(on, shown.title)}  {word(on, number_key)} "), on.value("number")]
            on.y = one_line(on, _whole(on), on.y, runs, ink=on.ink.strong()) + 8

    chance_top = chance.real(28, 52)
    return turn


def room_for(sheet: Sheet, content: Content, span: Span, turn: Callable[[Sheet], None]) -> None:
    """Draw a content at `sheet.y`, on a new page where it does not fit."""
    if sheet.y + height(sheet, content, span) > sheet.bottom:
        turn(sheet)
    sheet.y = content(sheet, span, sheet.y)
