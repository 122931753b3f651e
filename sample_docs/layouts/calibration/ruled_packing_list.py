"""A packing list ruled on all sides: parties side by side, a strip of references, a table that ends in its sums."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing
from sample_docs.generator.sheet import Sheet
from sample_docs.generator.tables import PAD, Table, draw_table
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.calibration import cells
from sample_docs.layouts.calibration.worded import WordedSheet
from sample_docs.layouts.layout import Layout

_COLUMNS = (
    ("package_range", 8), ("part_number", 9), ("description", 24), ("packages", 7), ("quantity", 10),
    ("net_weight", 9), ("gross_weight", 9), ("volume", 8),
)  # fmt: skip
_SUMS = {
    "packages": "packages",
    "net_weight": "net_weight_kg",
    "gross_weight": "gross_weight_kg",
    "volume": "volume_m3",
}


def draw(paper: Paper) -> Drawing:
    sheet = WordedSheet(paper, margin=38)
    sheet.ink = sheet.ink.sized(8.6)
    sheet.bottom -= 16
    middle = sheet.size[0] / 2
    sheet.put((middle, 58), sheet.label("title_packing"), ink=sheet.ink.sized(16).strong(), align="centre")
    _head(sheet)
    columns = [parts.column(sheet, name, share) for name, share in _COLUMNS]
    table = Table(columns, len(paper.lines), sheet.ink.sized(8.2), rules="grid", head_fill="#e8e8e8")
    edges = draw_table(sheet, table, turn=_turn)
    parts.at_least(sheet, 20, _turn)
    _sums(sheet, edges)
    parts.at_least(sheet, 110, _turn)
    _foot(sheet)
    return sheet.finished(parts.page_number)


def _head(sheet: Sheet) -> None:
    middle, top = (sheet.left + sheet.right) / 2, 74.0
    cells.party_cell(sheet, (sheet.left, top), (middle, top + 86), "exporter")
    cells.party_cell(sheet, (middle, top), (sheet.right, top + 86), "consignee")
    sheet.y = top + 86
    keys = ("packing_number", "packing_date", "invoice_number", "purchase_order")
    cells.strip(sheet, sheet.left, sheet.right, keys=keys)
    sheet.y += 12


def _turn(sheet: Sheet) -> None:
    cells.running_head(sheet, "title_packing")


def _sums(sheet: Sheet, edges: list[float]) -> None:
    ink = cells.fitting([sheet.value("volume_m3")], sheet.ink.sized(8.2).strong(), edges[-1] - edges[-2] - 2 * PAD)
    y = sheet.y + 12
    sheet.put((sheet.left + PAD, y), sheet.label("total"), ink=ink)
    for (name, _), x in zip(_COLUMNS, edges, strict=True):
        if name in _SUMS:
            value = sheet.value(_SUMS[name])
            sheet.put((x - PAD, y), value.text, ink=ink, name=value.name, align="right")
    sheet.frame((sheet.left, sheet.y), (sheet.right, y + 6), width=0.8)
    sheet.y = y + 24


def _foot(sheet: Sheet) -> None:
    rows = cells.references(sheet, ("packages", "container_number", "marks"))
    y = parts.key_values(sheet, (sheet.left, sheet.y), rows, gap=110, width=330)
    cells.signature_line(sheet, (sheet.right - 170, y + 34), "packed_by")


LAYOUT = Layout("ruled_packing_list", "packing_list", draw, None, ("en", "de", "fr", "es", "it", "zh"))
