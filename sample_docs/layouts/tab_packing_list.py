"""A packing list without a single rule around its goods, as a word processor's tab stops set it."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.tables import Table, draw_table
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=54)
    sheet.bottom -= 14
    _head(sheet)
    names = (("package_range", 9), ("quantity", 11), ("description", 29), ("net_weight", 10), ("gross_weight", 10))
    columns = [parts.column(sheet, name, share) for name, share in names]
    draw_table(sheet, Table(columns, len(paper.lines), sheet.ink, rules="none", gap=3.2), turn=_turn)
    parts.at_least(sheet, 140, _turn)
    _foot(sheet)
    return sheet.finished(parts.page_number)


def _head(sheet: Sheet) -> None:
    y = sheet.party((sheet.left, sheet.y + 6), "exporter", width=300)
    sheet.put((sheet.left, y + 22), sheet.label("title_packing"), ink=sheet.ink.sized(14).strong())
    rows: list[tuple[str, Runs]] = [
        ("packing_number", [sheet.value("number")]),
        ("packing_date", [sheet.value("date")]),
        ("invoice_number", [sheet.value("invoice_number")]),
        ("purchase_order", [sheet.value("purchase_order")]),
    ]
    shown = [(sheet.label(key), runs) for key, runs in rows if any(run.text.strip() for run in runs)]
    end = parts.key_values(sheet, (sheet.left, y + 40), shown, gap=118, width=130)
    middle = sheet.left + 275
    sheet.put((middle, y + 40), f"{sheet.label('consignee')}:")
    sheet.y = max(end, sheet.party((middle, y + 53), "consignee", width=210, tax=False)) + 12


def _turn(sheet: Sheet) -> None:
    sheet.new_page()
    sheet.y = 60
    runs = [Run(f"{sheet.label('title_packing')} "), sheet.value("number")]
    sheet.put_runs((sheet.left, sheet.y), runs, ink=sheet.ink.strong())
    sheet.y += 12


def _foot(sheet: Sheet) -> None:
    y = parts.key_values(sheet, (sheet.left, sheet.y + 20), parts.summary_rows(sheet), gap=130, width=260)
    parts.signed(sheet, (sheet.left + 4, y + 34))
    sheet.put((sheet.left, y + 46), sheet.label("packed_by"), ink=sheet.ink.sized(8))


LAYOUT = Layout("tab_packing_list", "packing_list", draw)
