"""Tables that wrap their cells and run on over pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sample_docs.generator.drawing import Ink
from sample_docs.generator.sheet import LEADING, Run, Runs, Sheet, wrapped

PAD = 4.0


@dataclass(frozen=True, slots=True)
class Column:
    """`share` is the part of the table's width, `cell(line)` gives what stands in a 0-based line."""

    title: str
    share: float
    cell: Callable[[int], Runs]
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """`rules` is `grid`, `rows`, `columns` or `none`; `head_fill` colours the header, `stripe` every second row.

    `below` are runs printed under each row in smaller type over the width from the second column on.
    """

    columns: Sequence[Column]
    rows: int
    ink: Ink
    rules: str = "rows"
    head_fill: str = ""
    head_colour: str = "#000000"
    stripe: str = ""
    gap: float = 3.0
    below: Callable[[int], Runs] | None = None


@dataclass(frozen=True, slots=True)
class _Laid:
    """A column with its edges in points."""

    column: Column
    left: float
    right: float

    def lines(self, runs: Runs, ink: Ink) -> list[list[Run]]:
        return wrapped(runs, ink, self.right - self.left - 2 * PAD)

    def put(self, sheet: Sheet, lines: list[list[Run]], y: float, ink: Ink) -> None:
        x = {"left": self.left + PAD, "right": self.right - PAD, "centre": (self.left + self.right) / 2}
        for line in lines:
            sheet.put_runs((x[self.column.align], y), line, ink=ink, align=self.column.align)
            y += ink.size * LEADING


def draw_table(sheet: Sheet, table: Table, *, turn: Callable[[Sheet], None]) -> list[float]:
    """Draw from `sheet.y` on and give the columns' right edges.

    `turn` starts a new page (its headings, its `y`) where the next row does not fit.
    """
    laid = _laid(sheet, table)
    table = replace(table, ink=table.ink.sized(table.ink.size * _shrink(table, laid)))
    top = _header(sheet, table, laid)
    for row in range(table.rows):
        height = _row_height(table, laid, row)
        if sheet.y + height > sheet.bottom:
            _close(sheet, table, laid, top)
            turn(sheet)
            top = _header(sheet, table, laid)
        _row(sheet, table, laid, row)
    _close(sheet, table, laid, top)
    return [one.right for one in laid]


def _shrink(table: Table, laid: Sequence[_Laid]) -> float:
    """How much smaller the type has to be for the longest word of every column to fit; a clerk does the same."""
    return min(1.0, *((one.right - one.left - 2 * PAD) / _longest_cell(table, one.column) for one in laid))


def _longest_cell(table: Table, column: Column) -> float:
    """Width of the longest word in the column's cells, or of the longest number with its unit."""
    cells = ["".join(run.text for run in column.cell(row)) for row in range(table.rows)]
    words = cells if column.align == "right" else [word for cell in cells for word in cell.split()]
    return max((table.ink.width(word) for word in words), default=1.0)


def _laid(sheet: Sheet, table: Table) -> list[_Laid]:
    laid, left = [], sheet.left
    for column, width in zip(table.columns, _widths(table, sheet.right - sheet.left), strict=True):
        laid.append(_Laid(column, left, left + width))
        left += width
    return laid


def _widths(table: Table, room: float) -> list[float]:
    """By share, but no column narrower than its longest word where the others have room to give."""
    needed = [_needed(table, column) for column in table.columns]
    shares = [column.share for column in table.columns]
    if sum(needed) >= room:
        return [room * one / sum(needed) for one in needed]
    tight: set[int] = set()
    while True:
        left = room - sum(needed[at] for at in tight)
        whole = sum(share for at, share in enumerate(shares) if at not in tight)
        widths = [needed[at] if at in tight else left * share / whole for at, share in enumerate(shares)]
        short = {at for at, width in enumerate(widths) if at not in tight and width < needed[at]}
        if not short:
            return widths
        tight |= short


def _needed(table: Table, column: Column) -> float:
    """Room for the longest word of the column, heading and cells."""
    heading = max(table.ink.strong().width(word) for word in column.title.split())
    return max(heading, _longest_cell(table, column)) + 2 * PAD + 0.5


def _header(sheet: Sheet, table: Table, laid: Sequence[_Laid]) -> float:
    ink = table.ink.strong().tinted(table.head_colour)
    ink = ink.sized(min(_fitting(one, ink) for one in laid))
    titles = [one.lines([Run(one.column.title)], ink) for one in laid]
    height = max(map(len, titles)) * ink.size * LEADING + 2 * PAD
    top = sheet.y
    if table.head_fill:
        sheet.frame((sheet.left, top), (sheet.right, top + height), width=0, fill=table.head_fill)
    for one, lines in zip(laid, titles, strict=True):
        one.put(sheet, lines, top + PAD + ink.size, ink)
    sheet.y = top + height
    if table.rules != "none":
        sheet.rule((sheet.left, top), (sheet.right, top), width=0.9)
        sheet.rule((sheet.left, sheet.y), (sheet.right, sheet.y), width=0.9)
    return top


def _fitting(one: _Laid, ink: Ink) -> float:
    """The largest size at which no word of the heading sticks out of its column."""
    widest = max(ink.width(word) for word in one.column.title.split())
    return ink.size * min(1.0, (one.right - one.left - 2 * PAD) / widest)


def _row_height(table: Table, laid: Sequence[_Laid], row: int) -> float:
    lines = max(len(one.lines(one.column.cell(row), table.ink)) for one in laid)
    return lines * table.ink.size * LEADING + 2 * table.gap + _below_height(table, laid, row)


def _below_height(table: Table, laid: Sequence[_Laid], row: int) -> float:
    if table.below is None:
        return 0.0
    ink = _small(table)
    return len(wrapped(table.below(row), ink, laid[-1].right - laid[1].left - PAD)) * ink.size * LEADING


def _small(table: Table) -> Ink:
    return table.ink.sized(table.ink.size - 1)


def _row(sheet: Sheet, table: Table, laid: Sequence[_Laid], row: int) -> None:
    height = _row_height(table, laid, row)
    if table.stripe and row % 2:
        sheet.frame((sheet.left, sheet.y), (sheet.right, sheet.y + height), width=0, fill=table.stripe)
    y = sheet.y + table.gap + table.ink.size * 0.9
    for one in laid:
        one.put(sheet, one.lines(one.column.cell(row), table.ink), y, table.ink)
    if table.below is not None:
        ink = _small(table)
        under = sheet.y + height - table.gap - _below_height(table, laid, row) + ink.size * 0.9
        width = laid[-1].right - laid[1].left - PAD
        sheet.flow((laid[1].left + PAD, under), table.below(row), width=width, ink=ink)
    sheet.y += height
    if table.rules in {"grid", "rows"}:
        sheet.rule((sheet.left, sheet.y), (sheet.right, sheet.y), width=0.4)


def _close(sheet: Sheet, table: Table, laid: Sequence[_Laid], top: float) -> None:
    if table.rules in {"grid", "columns"}:
        for x in (*(one.left for one in laid), laid[-1].right):
            sheet.rule((x, top), (x, sheet.y), width=0.6)
    if table.rules != "none":
        sheet.rule((sheet.left, sheet.y), (sheet.right, sheet.y), width=0.9)
