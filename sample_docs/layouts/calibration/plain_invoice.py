"""An invoice of an office program without a single rule: columns stand apart by white space alone."""

from __future__ import annotations

from sample_docs.generator import printing
from sample_docs.generator.drawing import Drawing
from sample_docs.generator.sheet import Run, Sheet
from sample_docs.generator.tables import PAD, Column, Table, draw_table
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.calibration import cells
from sample_docs.layouts.calibration.worded import WordedSheet
from sample_docs.layouts.layout import Layout

_KEYS = (
    "invoice_number", "invoice_date", "purchase_order", "incoterm", "payment_terms", "country_of_origin",
    "country_of_destination",
)  # fmt: skip


def draw(paper: Paper) -> Drawing:
    sheet = WordedSheet(paper, margin=48)
    sheet.bottom -= 22
    _letterhead(sheet)
    _head(sheet)
    table = Table(_columns(sheet), len(paper.lines), sheet.ink.sized(8.8), rules="none", gap=3.8)
    draw_table(sheet, table, turn=_turn)
    parts.at_least(sheet, 20 + 15.0 * len(parts.totals(sheet)), _turn)
    _totals(sheet)
    parts.at_least(sheet, 150, _turn)
    _foot(sheet)
    return sheet.finished(_footer)


def _letterhead(sheet: Sheet) -> None:
    company = sheet.paper.company("exporter")
    name = sheet.ink.sized(16).strong().tinted(sheet.style.accent)
    sheet.put((sheet.left, 58), company.name, ink=name, name="exporter.name")
    address = [Run(company.street, "exporter.address"), Run(", "), Run(company.town, "exporter.address"), Run(", ")]
    country = Run(printing.country(company.country, sheet.style), "exporter.country")
    sheet.put_runs((sheet.left, 72), [*address, country], ink=sheet.ink.sized(8.4))
    if company.tax_id:
        tax = [Run(f"{sheet.label('tax_id')} "), Run(company.tax_id, "exporter.tax_id")]
        sheet.put_runs((sheet.left, 83), tax, ink=sheet.ink.sized(8.4))


def _head(sheet: Sheet) -> None:
    top, middle = 116.0, sheet.left + 250
    sheet.put((sheet.left, top), sheet.label("title_invoice"), ink=sheet.ink.sized(18))
    sheet.put((sheet.left, top + 28), sheet.label("consignee"), ink=sheet.ink.strong())
    end = sheet.party((sheet.left, top + 41), "consignee", width=230)
    rows = cells.references(sheet, _KEYS)
    sheet.y = max(end, parts.key_values(sheet, (middle, top + 28), rows, gap=100, width=130)) + 12


def _columns(sheet: Sheet) -> list[Column]:
    names = [("description", 28), ("hs_code", 10), ("quantity", 8), ("unit", 7)]
    if not parts.one_origin(sheet):
        names.insert(2, ("origin", 9))
    if sheet.chance("article").happens(0.5):
        names.insert(0, ("part_number", 9))
    columns = [parts.column(sheet, name, share) for name, share in (*names, ("unit_price", 10), ("amount", 11))]
    return [cells.bare_quantity(sheet, one) for one in columns]


def _turn(sheet: Sheet) -> None:
    cells.running_head(sheet, "title_invoice", y=58)


def _totals(sheet: Sheet) -> None:
    y = sheet.y + 16
    for label, value in parts.totals(sheet):
        ink = sheet.ink.sized(10).strong() if value.name == "total_amount" else sheet.ink
        sheet.put_runs((sheet.right - 230, y), label, ink=ink)
        sheet.put((sheet.right - PAD, y), value.text, ink=ink, name=value.name, align="right")
        y += 15
    sheet.y = y


def _foot(sheet: Sheet) -> None:
    rows = cells.references(sheet, ("packages", "net_weight_kg", "gross_weight_kg"))
    sheet.y = parts.key_values(sheet, (sheet.left, sheet.y + 8), rows, gap=110) + 10
    cells.closing_words(sheet, sheet.right - sheet.left)
    parts.signed(sheet, (sheet.left + 10, sheet.y + 34))
    sheet.put((sheet.left, sheet.y + 48), sheet.label("signature"), ink=sheet.ink.sized(7.6))


def _footer(sheet: Sheet, of: int) -> None:
    """The page number in the middle, on every page."""
    text = f"{sheet.label('page')} {sheet.page} {sheet.label('of')} {of}"
    sheet.put((sheet.size[0] / 2, sheet.size[1] - 30), text, ink=sheet.ink.sized(7.6), align="centre")


LAYOUT = Layout("plain_invoice", "commercial_invoice", draw, None, ("en", "de", "fr", "es", "it"))
