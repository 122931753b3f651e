"""Ruled cells with a caption, the references of a paper, and the rows under a table of goods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sample_docs.generator.drawing import Ink, Point
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.tables import PAD, Column
from sample_docs.layouts import parts

ROW = 28.0  # points; a cell of one caption and one line
_VALUES = {
    "invoice_number": "number",
    "packing_number": "number",
    "invoice_date": "date",
    "packing_date": "date",
}


def reference(sheet: Sheet, key: str) -> Runs:
    """What stands behind the label of that key; nothing where the paper does not have it."""
    if key == "incoterm":
        return sheet.terms()
    if key == "packages":
        return sheet.packages()
    if key in {"net_weight_kg", "gross_weight_kg"}:
        return [sheet.weight(key)]
    own = sheet.has("invoice_number") and key == "invoice_number"
    return [sheet.value(key if own else _VALUES.get(key, key))]


def references(sheet: Sheet, keys: Sequence[str]) -> list[tuple[str, Runs]]:
    """Label and value of those keys that the paper has."""
    found = [(sheet.label(key), reference(sheet, key)) for key in keys]
    return [(label, runs) for label, runs in found if any(run.text.strip() for run in runs)]


def fitting(runs: Runs, ink: Ink, width: float) -> Ink:
    """The ink, smaller where the runs would not fit into the width on one line."""
    needed = sum(ink.width(run.text) for run in runs)
    return ink.sized(ink.size * min(1.0, width / needed)) if needed else ink


def cell(sheet: Sheet, start: Point, end: Point, caption: str, runs: Runs = ()) -> Point:
    """A ruled cell, its caption small at the top, the value on one line below; gives where further text may start."""
    sheet.frame(start, end, width=0.5)
    small = fitting([Run(caption)], sheet.ink.sized(6.6), end[0] - start[0] - 6)
    sheet.put((start[0] + 4, start[1] + 8), caption, ink=small)
    ink = fitting(runs, sheet.ink, end[0] - start[0] - 10)
    sheet.put_runs((start[0] + 5, start[1] + 21), runs, ink=ink)
    return (start[0] + 5, start[1] + 21)


def strip(sheet: Sheet, left: float, right: float, *, keys: Sequence[str]) -> None:
    """A row of cells of equal width at `sheet.y`, empty where the paper has no such value."""
    width = (right - left) / len(keys)
    for at, key in enumerate(keys):
        x = left + at * width
        cell(sheet, (x, sheet.y), (x + width, sheet.y + ROW), sheet.label(key), reference(sheet, key))
    sheet.y += ROW


def party_cell(sheet: Sheet, start: Point, end: Point, name: str) -> None:
    """A ruled cell with a party under its caption."""
    at = cell(sheet, start, end, sheet.label(name))
    sheet.party(at, name, width=end[0] - start[0] - 10)


def form_box(sheet: Sheet, start: Point, end: Point, key: str) -> Point:
    """A box of a form with its printed title; gives the baseline of the first line of what is filled in."""
    sheet.frame(start, end, width=0.7)
    title = Ink("sans", 6.3)
    y = sheet.flow((start[0] + 3, start[1] + 8), [Run(sheet.label(key))], width=end[0] - start[0] - 6, ink=title)
    return (start[0] + 7, y + 6)


def total_rows(sheet: Sheet, left: float, *, height: float = 17.0) -> None:
    """The totals as ruled rows from `left` to the right margin."""
    for label, value in parts.totals(sheet):
        ink = sheet.ink.strong() if value.name == "total_amount" else sheet.ink
        sheet.frame((left, sheet.y), (sheet.right, sheet.y + height), width=0.5)
        sheet.put_runs((left + PAD, sheet.y + height - 5), label, ink=ink)
        sheet.put((sheet.right - PAD, sheet.y + height - 5), value.text, ink=ink, name=value.name, align="right")
        sheet.y += height


def bare_quantity(sheet: Sheet, column: Column) -> Column:
    """The column; that of the quantities without the unit, which has a column of its own."""
    if column.title != sheet.label("column_quantity"):
        return column
    return replace(column, cell=lambda row: [sheet.cell(row, "quantity")])


def signature_line(sheet: Sheet, at: Point, key: str, *, width: float = 160.0) -> None:
    """A rule with a signature on it and the label under it."""
    parts.signed(sheet, (at[0] + 20, at[1] - 4))
    sheet.rule(at, (at[0] + width, at[1]), width=0.5)
    sheet.put((at[0], at[1] + 10), sheet.label(key), ink=sheet.ink.sized(7.2))


def closing_words(sheet: Sheet, width: float) -> None:
    """The declaration and, where there are any, the bank details."""
    ink = sheet.ink.sized(8)
    sheet.y = sheet.flow((sheet.left, sheet.y), [Run(sheet.label("declaration"))], width=width, ink=ink)
    if bank := sheet.paper.extras.get("bank"):
        sheet.y = sheet.flow((sheet.left, sheet.y + 3), [Run(f"{sheet.label('bank')}: {bank}")], width=width, ink=ink)


def running_head(sheet: Sheet, title: str, *, y: float = 50.0) -> None:
    """A new page that begins with the paper's title, number and date on one line."""
    sheet.new_page()
    sheet.y = y
    heading = [Run(f"{sheet.label(title)} "), sheet.value("number"), Run("   "), sheet.value("date")]
    sheet.put_runs((sheet.left, sheet.y), heading, ink=sheet.ink.strong())
    sheet.y += 10
