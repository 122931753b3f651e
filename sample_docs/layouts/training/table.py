"""A table of goods with everything real ones have: stacked cells, headings between rows, sums, amounts carried over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sample_docs.generator.drawing import Ink
from sample_docs.generator.sheet import LEADING, Run, Runs, Sheet, wrapped
from sample_docs.layouts.training.writing import Span, fitted, shown, squeezed

PAD: Final = 3.5
_DASH: Final = (3.0, 2.0)  # points drawn and left out
# The texts under each other in one cell of a 0-based line.
Cell = Callable[[int], Sequence[Runs]]


@dataclass(frozen=True, slots=True)
class Col:
    """`name` says which value it holds, so that sums find their column; `share` is its part of the width.

    `tail` follows the title, as a unit that is stated once for all rows.
    """

    name: str
    title: str
    share: float
    cell: Cell
    align: str = "left"
    tail: Runs = ()

    @property
    def head(self) -> list[Run]:
        return [Run(self.title), *self.tail]


@dataclass(frozen=True, slots=True)
class Band:
    """A row that is no item: a heading over the width, or a sum with numbers under their columns."""

    runs: Runs
    sums: Mapping[str, Run] = field(default_factory=dict)
    strong: bool = True
    fill: str = ""


Row = int | Band  # an item's 0-based line, or a band


@dataclass(frozen=True, slots=True)
class Dress:
    """How a table is ruled and coloured. `rules`: grid, rows, columns, frame, head, dashed or none."""

    rules: str = "rows"
    head_fill: str = ""
    head_colour: str = "#000000"
    stripe: str = ""
    gap: float = 3.0
    low_numbers: bool = False
    small_details: bool = True
    line: float = 0.5
    head_again: bool = True


@dataclass(frozen=True, slots=True)
class Carry:
    """The bands at a page break under a 0-based line: before it at the foot, after it at the head of the next page."""

    before: Callable[[int], Band | None] = lambda _last: None
    after: Callable[[int], Band | None] = lambda _last: None


@dataclass(frozen=True, slots=True)
class _Laid:
    """The table with its columns' strips and the type size at which they fit."""

    cols: Sequence[Col]
    strips: Sequence[Span]
    ink: Ink
    dress: Dress


NOT_CARRIED: Final = Carry()


def draw_goods(
    sheet: Sheet,
    cols: Sequence[Col],
    rows: Sequence[Row],
    *,
    dress: Dress,
    turn: Callable[[Sheet], None],
    carry: Carry = NOT_CARRIED,
) -> None:
    """Draw from `sheet.y` on; `turn` starts a new page where the next row does not fit."""
    widest = carry.before(len(sheet.paper.lines) - 1)
    laid = _laid(sheet, cols, [*rows, widest] if widest else rows, dress)
    top, last = _head(sheet, laid), -1
    for row in rows:
        if sheet.y + _height(laid, row) + _kept(laid, carry, last) > sheet.bottom:
            _put_band(sheet, laid, carry.before(last))
            _close(sheet, laid, top)
            turn(sheet)
            top = _head(sheet, laid) if dress.head_again else sheet.y
            _put_band(sheet, laid, carry.after(last))
        last = _put(sheet, laid, row, last)
    _close(sheet, laid, top)


def _kept(laid: _Laid, carry: Carry, last: int) -> float:
    band = carry.before(last)
    return _height(laid, band) if band else 0.0


def _put(sheet: Sheet, laid: _Laid, row: Row, last: int) -> int:
    """Draw a row; gives the last item's line."""
    if isinstance(row, Band):
        _put_band(sheet, laid, row)
        return last
    _put_item(sheet, laid, row)
    return row


# -- columns


def _laid(sheet: Sheet, cols: Sequence[Col], rows: Sequence[Row], dress: Dress) -> _Laid:
    room = sheet.right - sheet.left
    ink = sheet.ink
    needed = [_needed(col, rows, ink) for col in cols]
    if sum(needed) > room:
        ink = ink.sized(ink.size * (room - 2 * PAD * len(cols)) / (sum(needed) - 2 * PAD * len(cols)) * 0.99)
        needed = [_needed(col, rows, ink) for col in cols]
    widths = _widths([col.share for col in cols], needed, room)
    return _Laid(cols, Span(sheet.left, sheet.left + sum(widths)).split(*widths), ink, dress)


def _needed(col: Col, rows: Sequence[Row], ink: Ink) -> float:
    """Room for the longest word of a column, for whole numbers with their unit where it is set to the right."""
    head = ink.sized(ink.size - 0.6).strong()
    widest = max(head.width(part) for run in col.head for part in run.text.split())
    for row in rows:
        if isinstance(row, Band):
            widest = max(widest, ink.strong().width(row.sums[col.name].text) if col.name in row.sums else 0.0)
            continue
        for runs in col.cell(row):
            text = "".join(run.text for run in runs)
            parts = [text] if col.align == "right" else text.split(" ")
            widest = max([widest, *(ink.width(part) for part in parts)])
    return widest + 2 * PAD + 0.6


def _widths(shares: Sequence[float], needed: Sequence[float], room: float) -> list[float]:
    """By share, but none narrower than it needs."""
    tight: set[int] = set()
    while len(tight) < len(shares):
        left = room - sum(needed[at] for at in tight)
        whole = sum(share for at, share in enumerate(shares) if at not in tight)
        widths = [needed[at] if at in tight else left * share / whole for at, share in enumerate(shares)]
        short = {at for at, width in enumerate(widths) if at not in tight and width < needed[at]}
        if not short:
            return widths
        tight |= short
    return [room * one / sum(needed) for one in needed]


# -- rows


def _head(sheet: Sheet, laid: _Laid) -> float:
    """The column heads; gives the table's top edge."""
    top, dress = sheet.y, laid.dress
    ink = laid.ink.sized(laid.ink.size - 0.6).strong().tinted(dress.head_colour)
    titles = []
    for col, strip in zip(laid.cols, laid.strips, strict=True):
        own = fitted(col.head, ink, strip.width - 2 * PAD)
        titles.append((own, wrapped(col.head, own, strip.width - 2 * PAD)))
    height = max(len(lines) * own.size * LEADING for own, lines in titles) + 2 * PAD
    if dress.head_fill:
        sheet.frame((laid.strips[0].left, top), (laid.strips[-1].right, top + height), width=0, fill=dress.head_fill)
    for col, strip, (own, lines) in zip(laid.cols, laid.strips, titles, strict=True):
        _lines(sheet, strip, col.align, top + PAD + own.size * 0.9, [(line, own) for line in lines])
    sheet.y = top + height
    _upright(sheet, laid, top)
    if dress.rules != "none":
        ends = (laid.strips[0].left, laid.strips[-1].right)
        sheet.rule((ends[0], sheet.y), (ends[1], sheet.y), width=dress.line * 1.6)
        if dress.rules != "head":
            sheet.rule((ends[0], top), (ends[1], top), width=dress.line * 1.6)
    return top


def _cell_lines(laid: _Laid, at: int, line: int) -> list[tuple[list[Run], Ink]]:
    width = laid.strips[at].width - 2 * PAD
    found: list[tuple[list[Run], Ink]] = []
    for number, runs in enumerate(laid.cols[at].cell(line)):
        ink = laid.ink.sized(laid.ink.size - 0.8) if number and laid.dress.small_details else laid.ink
        if shown(runs):
            own = fitted(runs, ink, width)
            found += [(part, own) for part in wrapped(runs, own, width)]
    return found


def _tall(lines: Sequence[tuple[list[Run], Ink]]) -> float:
    return sum(ink.size * LEADING for _, ink in lines)


def _height(laid: _Laid, row: Row) -> float:
    if isinstance(row, Band):
        return laid.ink.size * LEADING + 2 * laid.dress.gap + 1
    return max(_tall(_cell_lines(laid, at, row)) for at in range(len(laid.cols))) + 2 * laid.dress.gap


def _lines(sheet: Sheet, strip: Span, align: str, y: float, lines: Sequence[tuple[list[Run], Ink]]) -> None:
    x = {"left": strip.left + PAD, "right": strip.right - PAD, "centre": (strip.left + strip.right) / 2}[align]
    for runs, ink in lines:
        sheet.put_runs((x, y), runs, ink=ink, align=align)
        y += ink.size * LEADING


def _put_item(sheet: Sheet, laid: _Laid, line: int) -> None:
    height, dress = _height(laid, line), laid.dress
    if dress.stripe and line % 2:
        sheet.frame(
            (laid.strips[0].left, sheet.y), (laid.strips[-1].right, sheet.y + height), width=0, fill=dress.stripe
        )
    for at, (col, strip) in enumerate(zip(laid.cols, laid.strips, strict=True)):
        lines = _cell_lines(laid, at, line)
        top = sheet.y + dress.gap + laid.ink.size * 0.88
        if dress.low_numbers and col.align == "right":
            top += height - 2 * dress.gap - _tall(lines)
        _lines(sheet, strip, col.align, top, lines)
    sheet.y += height
    _upright(sheet, laid, sheet.y - height)
    _under(sheet, laid)


def _upright(sheet: Sheet, laid: _Laid, top: float) -> None:
    """The rules between columns, from a top edge to where the sheet is; bands are not crossed."""
    for strip in laid.strips[1:] if laid.dress.rules in {"grid", "columns"} else ():
        sheet.rule((strip.left, top), (strip.left, sheet.y), width=laid.dress.line)


def _put_band(sheet: Sheet, laid: _Laid, band: Band | None) -> None:
    """A heading or sum over the whole width."""
    if band is None:
        return
    height, ends = _height(laid, band), (laid.strips[0].left, laid.strips[-1].right)
    if band.fill:
        sheet.frame((ends[0], sheet.y), (ends[1], sheet.y + height), width=0, fill=band.fill)
    ink = laid.ink.strong() if band.strong else laid.ink
    y = sheet.y + laid.dress.gap + ink.size * 0.9
    room = _band_room(laid, band, ink)
    sheet.put_runs((room.left, y), band.runs, ink=squeezed(band.runs, ink, room.width))
    for col, strip in zip(laid.cols, laid.strips, strict=True):
        if col.name in band.sums:
            sheet.put_runs((strip.right - PAD, y), [band.sums[col.name]], ink=ink, align="right")
    sheet.y += height
    _under(sheet, laid)


def _band_room(laid: _Laid, band: Band, ink: Ink) -> Span:
    """Where a band's words go: from the first column without a sum to the next sum."""
    starts = [
        strip.right - PAD - ink.width(band.sums[col.name].text) if col.name in band.sums else None
        for col, strip in zip(laid.cols, laid.strips, strict=True)
    ]
    first = next((at for at, start in enumerate(starts) if start is None), 0)
    end = next((start for start in starts[first:] if start is not None), laid.strips[-1].right)
    return Span(laid.strips[first].left + PAD, end - PAD)


def _under(sheet: Sheet, laid: _Laid) -> None:
    """The rule under a row, where the dress has one."""
    ends, dress = (laid.strips[0].left, laid.strips[-1].right), laid.dress
    if dress.rules in {"grid", "rows"}:
        sheet.rule((ends[0], sheet.y), (ends[1], sheet.y), width=dress.line * 0.8)
    elif dress.rules == "dashed":
        x = ends[0]
        while x < ends[1]:
            sheet.rule((x, sheet.y), (min(x + _DASH[0], ends[1]), sheet.y), width=dress.line)
            x += sum(_DASH)


def _close(sheet: Sheet, laid: _Laid, top: float) -> None:
    dress = laid.dress
    sides = [laid.strips[0].left, laid.strips[-1].right] if dress.rules in {"grid", "columns", "frame"} else []
    for x in sides:
        sheet.rule((x, top), (x, sheet.y), width=dress.line)
    if dress.rules != "none":
        sheet.rule((laid.strips[0].left, sheet.y), (laid.strips[-1].right, sheet.y), width=dress.line * 1.6)
