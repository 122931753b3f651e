"""A commercial invoice in the boxes of the United Nations layout key over a table ruled on all sides."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing
from sample_docs.generator.sheet import Sheet
from sample_docs.generator.tables import Column, Table, draw_table
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.calibration import cells
from sample_docs.layouts.calibration.worded import WordedSheet
from sample_docs.layouts.layout import Layout

_PARTY = 3 * cells.ROW
_STRIPS = (
    (
        ("invoice_number", "invoice_date"),
        ("purchase_order", "currency"),
        ("country_of_origin", "country_of_destination"),
    ),
    (("incoterm",), ("payment_terms",), ("port_of_loading", "port_of_discharge")),
)


def draw(paper: Paper) -> Drawing:
    sheet = WordedSheet(paper, margin=36)
    sheet.ink = sheet.ink.sized(8.6)
    sheet.bottom -= 16
    sheet.put((sheet.left, 56), sheet.label("title_invoice"), ink=sheet.ink.sized(15).strong())
    _boxes(sheet)
    table = Table(_columns(sheet), len(paper.lines), sheet.ink.sized(8), rules="grid", head_fill="#ededed")
    draw_table(sheet, table, turn=_turn)
    parts.at_least(sheet, 17.0 * len(parts.totals(sheet)), _turn)
    cells.total_rows(sheet, sheet.right - 220)
    parts.at_least(sheet, 110, _turn)
    _foot(sheet)
    return sheet.finished(parts.page_number)


def _boxes(sheet: Sheet) -> None:
    middle, top = (sheet.left + sheet.right) / 2, 66.0
    for name, strips in zip(("exporter", "consignee"), _STRIPS, strict=True):
        cells.party_cell(sheet, (sheet.left, top), (middle, top + _PARTY), name)
        sheet.y = top
        for keys in strips:
            cells.strip(sheet, middle, sheet.right, keys=keys)
        top += _PARTY
    sheet.y = top + 10


def _columns(sheet: Sheet) -> list[Column]:
    names = [("number", 4), ("part_number", 8), ("description", 24), ("hs_code", 9), ("quantity", 10)]
    if not parts.one_origin(sheet):
        names.insert(4, ("origin", 8))
    if sheet.chance("net").happens(0.5):
        names.append(("net_weight", 8))
    return [parts.column(sheet, name, share) for name, share in (*names, ("unit_price", 8), ("amount", 10))]


def _turn(sheet: Sheet) -> None:
    cells.running_head(sheet, "title_invoice")


def _foot(sheet: Sheet) -> None:
    sheet.y += 10
    cells.strip(sheet, sheet.left, sheet.right, keys=("packages", "net_weight_kg", "gross_weight_kg"))
    top = sheet.y + 18
    sheet.y = top
    cells.closing_words(sheet, 290)
    cells.signature_line(sheet, (sheet.right - 170, max(sheet.y, top + 28)), "signature")


LAYOUT = Layout("aligned_invoice", "commercial_invoice", draw, None, ("en", "de", "fr", "es", "it", "zh"))
