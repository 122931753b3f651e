"""A packing list with the shipping marks in a frame of their own and totals as a list of words under the table."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.tables import Table, draw_table
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=50)
    sheet.bottom -= 14
    _head(sheet)
    names = [("number", 4.5), ("description", 27), ("part_number", 11), ("packages", 8), ("quantity", 11)]
    if not paper.lines or "part_number" not in paper.lines[0]:
        names.pop(2)
    columns = [parts.column(sheet, name, share) for name, share in (*names, ("net_weight", 10), ("gross_weight", 10))]
    ink = sheet.ink.sized(8.8)
    draw_table(sheet, Table(columns, len(paper.lines), ink, rules=sheet.style.rules, gap=3.6), turn=_turn)
    parts.at_least(sheet, 130, _turn)
    _foot(sheet)
    return sheet.finished(parts.page_number)


def _head(sheet: Sheet) -> None:
    middle = sheet.size[0] / 2
    sheet.put((middle, sheet.y + 10), sheet.label("title_packing"), ink=sheet.ink.sized(17).strong(), align="centre")
    top = sheet.y + 30
    bottom = top + 86
    third = (sheet.right - sheet.left) / 3
    for at, name in enumerate(("exporter", "consignee")):
        x = sheet.left + at * third
        sheet.frame((x, top), (x + third, bottom), width=0.5)
        sheet.put((x + 4, top + 9), sheet.label(name), ink=sheet.ink.sized(7).tinted(sheet.style.accent))
        sheet.party((x + 4, top + 21), name, width=third - 8, ink=sheet.ink.sized(8.4), tax=False)
    x = sheet.left + 2 * third
    sheet.frame((x, top), (sheet.right, bottom), width=0.5)
    if sheet.has("marks"):
        sheet.put((x + 4, top + 9), sheet.label("marks"), ink=sheet.ink.sized(7).tinted(sheet.style.accent))
        sheet.flow((x + 4, top + 21), [sheet.value("marks")], width=third - 10, ink=sheet.ink.sized(8.4))
    sheet.y = bottom + 15
    _references(sheet)


def _references(sheet: Sheet) -> None:
    """On one or two running lines, label and value one after the other."""
    keys = (
        ("packing_number", "number"),
        ("packing_date", "date"),
        ("invoice_number", "invoice_number"),
        ("purchase_order", "purchase_order"),
    )
    shown = [(key, name) for key, name in keys if sheet.has(name)]
    step = (sheet.right - sheet.left) / 2
    for at, (key, name) in enumerate(shown):
        runs = [Run(f"{sheet.label(key)}: "), sheet.value(name)]
        sheet.put_runs((sheet.left + (at % 2) * step, sheet.y + (at // 2) * 14), runs, ink=sheet.ink)
    sheet.y += 14 * ((len(shown) + 1) // 2) + 4


def _turn(sheet: Sheet) -> None:
    sheet.new_page()
    sheet.y = 58
    sheet.put((sheet.left, sheet.y), sheet.label("title_packing"), ink=sheet.ink.strong())
    runs = [Run(f"{sheet.label('packing_number')} "), sheet.value("number")]
    sheet.put_runs((sheet.right, sheet.y), runs, align="right")
    sheet.y += 10


def _foot(sheet: Sheet) -> None:
    rows: list[tuple[str, Runs]] = [row for row in parts.summary_rows(sheet) if row[0] != sheet.label("marks")]
    y = parts.key_values(sheet, (sheet.left, sheet.y + 22), rows, gap=130)
    parts.signed(sheet, (sheet.left + 330, y - 6))
    sheet.put((sheet.left + 320, y + 6), sheet.label("packed_by"), ink=sheet.ink.sized(7.5))


LAYOUT = Layout("box_packing_list", "packing_list", draw)
