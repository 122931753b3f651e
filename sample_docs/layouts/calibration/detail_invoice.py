"""An invoice as business software prints it: window address, tariff number and origin under each description."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.tables import PAD, Column, Table, draw_table
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.calibration import cells
from sample_docs.layouts.calibration.worded import WordedSheet
from sample_docs.layouts.layout import Layout

_KEYS = ("invoice_number", "invoice_date", "purchase_order", "country_of_destination", "currency")


def draw(paper: Paper) -> Drawing:
    sheet = WordedSheet(paper, margin=52)
    sheet.bottom -= 18
    _letterhead(sheet)
    _window(sheet)
    table = Table(
        _columns(sheet), len(paper.lines), sheet.ink, rules="rows", gap=4, below=lambda row: _under(sheet, row)
    )
    draw_table(sheet, table, turn=_turn)
    parts.at_least(sheet, 20 + 15.0 * len(parts.totals(sheet)), _turn)
    _totals(sheet)
    parts.at_least(sheet, 150, _turn)
    _foot(sheet)
    return sheet.finished(parts.page_number)


def _letterhead(sheet: Sheet) -> None:
    """The seller's block at the top right."""
    left = sheet.right - 190
    sheet.frame((left - 10, 40), (left - 6, 100), width=0, fill=sheet.style.accent)
    sheet.party((left, 50), "exporter", width=190, ink=sheet.ink.sized(8.6))


def _window(sheet: Sheet) -> None:
    company = sheet.paper.company("exporter")
    sender = [
        Run(company.name, "exporter.name"), Run(" - "), Run(company.street, "exporter.address"), Run(" - "),
        Run(company.town, "exporter.address"),
    ]  # fmt: skip
    small = cells.fitting(sender, sheet.ink.sized(6.4), 250)
    sheet.put_runs((sheet.left, 118), sender, ink=small)
    sheet.rule((sheet.left, 121), (sheet.left + 252, 121), width=0.4)
    sheet.put((sheet.left, 134), sheet.label("consignee"), ink=sheet.ink.sized(7))
    end = sheet.party((sheet.left, 146), "consignee", width=240)
    rows = cells.references(sheet, _KEYS)
    end = max(end, parts.key_values(sheet, (sheet.right - 220, 134), rows, gap=100, width=110))
    heading = [Run(f"{sheet.label('title_invoice')} "), sheet.value("number")]
    sheet.put_runs((sheet.left, end + 24), heading, ink=sheet.ink.sized(13).strong())
    sheet.y = end + 36


def _columns(sheet: Sheet) -> list[Column]:
    names = (
        ("number", 5),
        ("part_number", 10),
        ("description", 30),
        ("quantity", 12),
        ("unit_price", 11),
        ("amount", 12),
    )
    return [parts.column(sheet, name, share) for name, share in names]


def _under(sheet: Sheet, row: int) -> Runs:
    """Tariff number, origin and net weight, each behind its label."""
    shown = [Run(f"{sheet.label('column_hs_code')}: "), sheet.cell(row, "hs_code")]
    origin, net = sheet.cell(row, "origin"), sheet.cell(row, "net_weight_kg")
    if origin.text:
        shown += [Run(f"  {sheet.label('column_origin')}: "), origin]
    if net.text:
        shown += [Run(f"  {sheet.label('each_line_net')}: "), net, Run(" kg")]
    return shown


def _turn(sheet: Sheet) -> None:
    cells.running_head(sheet, "title_invoice", y=56)


def _totals(sheet: Sheet) -> None:
    y = sheet.y + 16
    for label, value in parts.totals(sheet):
        strong = value.name == "total_amount"
        ink = sheet.ink.strong() if strong else sheet.ink
        if strong:
            sheet.rule((sheet.right - 210, y - 11), (sheet.right, y - 11), width=0.8)
        sheet.put_runs((sheet.right - 206, y), label, ink=ink)
        sheet.put((sheet.right - PAD, y), value.text, ink=ink, name=value.name, align="right")
        y += 15
    sheet.y = y + 8


def _foot(sheet: Sheet) -> None:
    keys = ("incoterm", "payment_terms", "country_of_origin", "packages", "net_weight_kg", "gross_weight_kg")
    sheet.y = parts.key_values(sheet, (sheet.left, sheet.y), cells.references(sheet, keys), gap=120, width=300) + 8
    cells.closing_words(sheet, sheet.right - sheet.left)
    cells.signature_line(sheet, (sheet.left, sheet.y + 34), "signature")


LAYOUT = Layout("detail_invoice", "commercial_invoice", draw, None, ("en", "de", "fr", "es", "it"))
