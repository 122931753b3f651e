"""Lists of goods whose cells have several lines, with headings between the rows and text under them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sample_docs.generator.drawing import Ink
from sample_docs.generator.sheet import LEADING, Run, Runs, Sheet, wrapped

PAD = 3.0
Cell = Sequence[Runs]


@dataclass(frozen=True, slots=True)
class Column:
    """`title` breaks at line ends, `share` is of the width, `cell(row)` gives what stands line under line."""

    title: str
    share: float
    cell: Callable[[int], Cell]
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Listing:
    """`rules` is `grid`, `rows`, `columns`, `head` or `none`; `under(row)` are lines below, from `indent` columns on.

    `heading(row)` stands over a row where a group begins.
    """

    columns: Sequence[Column]
    ink: Ink
    rules: str = "head"
    fill: str = ""
    gap: float = 2.5
    indent: int = 1
    heading: Callable[[int], Runs] | None = None
    under: Callable[[int], Cell] | None = None


@dataclass(frozen=True, slots=True)
class _Placed:
    column: Column
    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left - 2 * PAD

    def texts(self, row: int, ink: Ink) -> list[list[Run]]:
        return [line for runs in self.column.cell(row) for line in wrapped(runs, ink, self.width)]

    def put(self, sheet: Sheet, texts: Sequence[Runs], y: float, ink: Ink) -> None:
        x = {"left": self.left + PAD, "right": self.right - PAD, "centre": (self.left + self.right) / 2}
        for runs in texts:
            sheet.put_runs((x[self.column.align], y), runs, ink=ink, align=self.column.align)
            y += ink.size * LEADING


def plain(sheet: Sheet, name: str) -> Callable[[int], Cell]:
    """The cell of one value."""
    return lambda row: ([sheet.cell(row, name)],)


def draw(sheet: Sheet, listing: Listing, *, turn: Callable[[Sheet, int], None]) -> list[float]:
    """From `sheet.y` on; gives the columns' right edges. `turn(sheet, row)` starts a page before that row."""
    placed = _placed(sheet, listing)
    listing = replace(listing, ink=listing.ink.sized(listing.ink.size * _shrink(sheet, listing, placed)))
    top = _head(sheet, listing, placed)
    for row in range(len(sheet.paper.lines)):
        if sheet.y + _height(listing, placed, row) > sheet.bottom:
            _close(sheet, listing, placed, top)
            turn(sheet, row)
            top = _head(sheet, listing, placed)
        _row(sheet, listing, placed, row)
    _close(sheet, listing, placed, top)
    return [one.right for one in placed]


def _placed(sheet: Sheet, listing: Listing) -> list[_Placed]:
    whole = sum(column.share for column in listing.columns)
    placed, left = [], sheet.left
    for column in listing.columns:
        right = left + (sheet.right - sheet.left) * column.share / whole
        placed.append(_Placed(column, left, right))
        left = right
    return placed


def _shrink(sheet: Sheet, listing: Listing, placed: Sequence[_Placed]) -> float:
    """How much smaller the type has to be for the longest word, or the longest number with its unit, to fit."""
    rows = range(len(sheet.paper.lines))
    return min(1.0, *(one.width / max(_longest(one.column, row, listing.ink) for row in rows) for one in placed))


def _longest(column: Column, row: int, ink: Ink) -> float:
    lines = ["".join(run.text for run in runs) for runs in column.cell(row)]
    words = lines if column.align == "right" else [word for line in lines for word in line.split()]
    return max((ink.width(word) for word in words), default=1.0) or 1.0


def _head(sheet: Sheet, listing: Listing, placed: Sequence[_Placed]) -> float:
    top, strong = sheet.y, listing.ink.strong()
    words = [word for one in placed for word in one.column.title.split()]
    if not words:
        return top
    fit = min(one.width / max(strong.width(w) for w in one.column.title.split() or ["."]) for one in placed)
    ink = strong.sized(strong.size * min(1.0, fit))
    titles = [
        [t for part in one.column.title.split("\n") for t in wrapped([Run(part)], ink, one.width)] for one in placed
    ]
    height = max(len(lines) for lines in titles) * ink.size * LEADING + 2 * PAD
    _band(sheet, listing, (top, top + height))
    for one, texts in zip(placed, titles, strict=True):
        one.put(sheet, texts, top + PAD + ink.size * 0.9, ink)
    sheet.y = top + height
    return top


def _band(sheet: Sheet, listing: Listing, ends: tuple[float, float]) -> None:
    """The rules and the colour of the heading."""
    if listing.fill:
        sheet.frame((sheet.left, ends[0]), (sheet.right, ends[1]), width=0, fill=listing.fill)
    if listing.rules != "none":
        for y in ends:
            sheet.rule((sheet.left, y), (sheet.right, y), width=0.7)


def _under(listing: Listing, placed: Sequence[_Placed], row: int) -> list[list[Run]]:
    if listing.under is None:
        return []
    width = placed[-1].right - placed[listing.indent].left - 2 * PAD
    return [line for runs in listing.under(row) for line in wrapped(runs, listing.ink, width)]


def _height(listing: Listing, placed: Sequence[_Placed], row: int) -> float:
    tallest = max(len(one.texts(row, listing.ink)) for one in placed)
    headed = 1.6 if listing.heading and listing.heading(row) else 0.0
    count = tallest + len(_under(listing, placed, row)) + headed
    return count * listing.ink.size * LEADING + 2 * listing.gap


def _row(sheet: Sheet, listing: Listing, placed: Sequence[_Placed], row: int) -> None:
    start, step = sheet.y, listing.ink.size * LEADING
    if listing.heading and (runs := listing.heading(row)):
        sheet.put_runs((sheet.left + PAD, sheet.y + step), runs, ink=listing.ink.strong())
        sheet.y += 1.6 * step
    y = sheet.y + listing.gap + listing.ink.size * 0.9
    for one in placed:
        one.put(sheet, one.texts(row, listing.ink), y, listing.ink)
    y += max(len(one.texts(row, listing.ink)) for one in placed) * step
    for runs in _under(listing, placed, row):
        sheet.put_runs((placed[listing.indent].left + PAD, y), runs, ink=listing.ink)
        y += step
    sheet.y = start + _height(listing, placed, row)
    if listing.rules in {"grid", "rows"}:
        sheet.rule((sheet.left, sheet.y), (sheet.right, sheet.y), width=0.4)


def _close(sheet: Sheet, listing: Listing, placed: Sequence[_Placed], top: float) -> None:
    if listing.rules in {"grid", "columns"}:
        for x in (*(one.left for one in placed), placed[-1].right):
            sheet.rule((x, top), (x, sheet.y), width=0.5)
    if listing.rules != "none":
        sheet.rule((sheet.left, sheet.y), (sheet.right, sheet.y), width=0.7)
