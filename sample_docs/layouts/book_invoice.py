"""An invoice set like a letter press bill: centred letterhead, key and value list, tariff details under each line."""

from __future__ import annotations

from sample_docs.generator import printing
from sample_docs.generator.drawing import Drawing
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.tables import PAD, Column, Table, draw_table
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout

_LIST = 240.0  # where the list of references starts, from the left margin


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=56)
    sheet.bottom -= 12
    _letterhead(sheet)
    _references(sheet)
    table = Table(_columns(sheet), len(paper.lines), sheet.ink, rules="rows", below=lambda row: _details(sheet, row))
    draw_table(sheet, table, turn=_turn)
    parts.at_least(sheet, 160, _turn)
    _totals(sheet)
    return sheet.finished(parts.page_number)


def _letterhead(sheet: Sheet) -> None:
    company, middle = sheet.paper.company("exporter"), sheet.size[0] / 2
    y = sheet.y + 8
    sheet.put((middle, y), company.name, ink=sheet.ink.sized(17).strong(), name="exporter.name", align="centre")
    address = [
        Run(company.street, "exporter.address"),
        Run("  ·  "),
        Run(company.town, "exporter.address"),
        Run("  ·  "),
        Run(printing.country(company.country, sheet.style), "exporter.country"),
    ]
    sheet.put_runs((middle, y + 15), address, ink=sheet.ink.sized(8.5), align="centre")
    tax = [Run(f"{sheet.label('tax_id')} "), Run(company.tax_id, "exporter.tax_id")] if company.tax_id else []
    phone = [Run(f"   {sheet.label('phone')} {company.phone}")] if company.phone else []
    sheet.put_runs((middle, y + 27), [*tax, *phone], ink=sheet.ink.sized(8.5), align="centre")
    sheet.rule((sheet.left, y + 35), (sheet.right, y + 35), width=1.6, colour=sheet.style.accent)
    sheet.rule((sheet.left, y + 38), (sheet.right, y + 38), width=0.5, colour=sheet.style.accent)
    sheet.y = y + 66


def _references(sheet: Sheet) -> None:
    end = sheet.put((sheet.left, sheet.y), sheet.label("title_invoice"), ink=sheet.ink.sized(15).strong())
    top = sheet.y + 24
    if end > sheet.left + _LIST - 10:  # a long title stands alone on its line
        sheet.y = top
    sheet.put((sheet.left, top), f"{sheet.label('consignee')}:", ink=sheet.ink.sized(8))
    party_end = sheet.party((sheet.left, top + 13), "consignee", ink=sheet.ink.sized(9.5), width=215)
    rows: list[tuple[str, Runs]] = [
        ("invoice_number", [sheet.value("number")]),
        ("invoice_date", [sheet.value("date")]),
        ("purchase_order", [sheet.value("purchase_order")]),
        ("incoterm", sheet.terms()),
        ("payment_terms", [sheet.value("payment_terms")]),
        ("vessel_or_flight", [sheet.value("vessel_or_flight")]),
        ("country_of_origin", [sheet.value("country_of_origin")]),
    ]
    shown = [(sheet.label(key), runs) for key, runs in rows if any(run.text.strip() for run in runs)]
    list_end = parts.key_values(sheet, (sheet.left + _LIST, sheet.y), shown, gap=104, width=138)
    sheet.y = max(party_end, list_end) + 14


def _columns(sheet: Sheet) -> list[Column]:
    names = (("number", 4), ("description", 30), ("quantity", 11), ("unit_price", 10), ("amount", 12))
    return [parts.column(sheet, name, share) for name, share in names]


def _details(sheet: Sheet, row: int) -> Runs:
    """Tariff number, article, origin and net weight under the description, each behind its label."""
    shown: list[Run] = []
    for label, name in (("hs_code", "hs_code"), ("part_number", "part_number"), ("origin", "origin")):
        cell = sheet.cell(row, name)
        if cell.text and not (name == "origin" and parts.one_origin(sheet)):
            shown += [Run(f"{sheet.label(f'column_{label}')}: "), cell, Run("   ")]
    net = sheet.cell(row, "net_weight_kg")
    if net.text:
        shown += [Run(f"{sheet.label('each_line_net')}: "), net, Run(" kg")]
    return shown


def _turn(sheet: Sheet) -> None:
    sheet.new_page()
    sheet.y = 60
    name = sheet.paper.company("exporter").name
    sheet.put((sheet.left, sheet.y), name, ink=sheet.ink.strong(), name="exporter.name")
    heading = [Run(f"{sheet.label('invoice_number')} "), sheet.value("number")]
    sheet.put_runs((sheet.right, sheet.y), heading, align="right")
    sheet.y += 12


def _totals(sheet: Sheet) -> None:
    y = sheet.y + 16
    for label, value in parts.totals(sheet):
        ink = sheet.ink.sized(11).strong() if value.name == "total_amount" else sheet.ink
        sheet.put_runs((sheet.right - 95, y), label, ink=ink, align="right")
        sheet.put((sheet.right - PAD, y), value.text, ink=ink, name=value.name, align="right")
        y += ink.size * 1.5
    sheet.rule((sheet.right - 90, y - 10), (sheet.right, y - 10), width=0.5)
    sheet.rule((sheet.right - 90, y - 8), (sheet.right, y - 8), width=0.5)
    rows = [row for row in parts.summary_rows(sheet) if row[0] != sheet.label("country_of_origin")]
    y = parts.key_values(sheet, (sheet.left, y + 8), rows, gap=120) + 10
    y = sheet.flow((sheet.left, y), [Run(sheet.label("declaration"))], width=sheet.right - sheet.left)
    parts.signed(sheet, (sheet.left + 12, y + 34), width=110)
    sheet.rule((sheet.left, y + 38), (sheet.left + 180, y + 38), width=0.5)
    sheet.put((sheet.left, y + 48), sheet.label("signature"), ink=sheet.ink.sized(8))


LAYOUT = Layout("book_invoice", "commercial_invoice", draw)
