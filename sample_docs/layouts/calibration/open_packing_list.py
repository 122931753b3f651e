"""A packing list on the seller's letter paper: rules only above and below the heading, totals as a list."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing
from sample_docs.generator.sheet import Run, Sheet
from sample_docs.generator.tables import Column, Table, draw_table
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.calibration import cells
from sample_docs.layouts.calibration.worded import WordedSheet
from sample_docs.layouts.layout import Layout

_NAMES = (
    ("number", 5), ("part_number", 10), ("description", 27), ("quantity", 9), ("unit", 7), ("packages", 8),
    ("net_weight", 10), ("gross_weight", 10),
)  # fmt: skip
_KEYS = ("packing_number", "packing_date", "invoice_number", "purchase_order", "container_number")
_TOTALS = ("packages", "net_weight_kg", "gross_weight_kg")


def draw(paper: Paper) -> Drawing:
    sheet = WordedSheet(paper, margin=46)
    sheet.bottom -= 16
    _head(sheet)
    _table(sheet)
    parts.at_least(sheet, 140, _turn)
    _foot(sheet)
    return sheet.finished(parts.page_number)


def _head(sheet: Sheet) -> None:
    end = sheet.party((sheet.left, 56), "exporter", width=260)
    title = sheet.ink.sized(17).strong().tinted(sheet.style.accent)
    sheet.put((sheet.right, 60), sheet.label("title_packing"), ink=title, align="right")
    top = end + 18
    sheet.put((sheet.left, top), f"{sheet.label('consignee')}:", ink=sheet.ink.strong())
    end = sheet.party((sheet.left, top + 13), "consignee", width=230, tax=False)
    rows = cells.references(sheet, _KEYS)
    sheet.y = max(end, parts.key_values(sheet, (sheet.left + 255, top), rows, gap=110, width=125)) + 10


def _table(sheet: Sheet) -> None:
    columns: list[Column] = [cells.bare_quantity(sheet, parts.column(sheet, name, share)) for name, share in _NAMES]
    rules = sheet.chance("rules").pick(("none", "rows"))
    draw_table(sheet, Table(columns, len(sheet.paper.lines), sheet.ink.sized(8.8), rules=rules), turn=_turn)


def _turn(sheet: Sheet) -> None:
    cells.running_head(sheet, "title_packing", y=56)


def _foot(sheet: Sheet) -> None:
    rows = cells.references(sheet, _TOTALS)
    if sheet.has("volume_m3"):
        rows.append((sheet.label("volume_m3"), [sheet.value("volume_m3"), Run(" m³")]))
    rows += cells.references(sheet, ("marks",))
    sheet.rule((sheet.left, sheet.y + 8), (sheet.left + 260, sheet.y + 8), width=0.8)
    y = parts.key_values(sheet, (sheet.left, sheet.y + 24), rows, gap=130, width=280)
    cells.signature_line(sheet, (sheet.left, y + 30), "packed_by")


LAYOUT = Layout("open_packing_list", "packing_list", draw, None, ("en", "de", "fr", "es", "it"))
