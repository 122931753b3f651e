"""An invoice as trading houses in China set it: both names centred, references in a small grid, everything ruled."""

from __future__ import annotations

from dataclasses import replace

from sample_docs.generator import printing
from sample_docs.generator.drawing import Drawing
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.tables import PAD, Column, Table, draw_table
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=40)
    sheet.bottom -= 14
    centred_letterhead(sheet, "title_invoice")
    _references(sheet)
    table = Table(_columns(sheet), len(paper.lines), sheet.ink, rules="grid", gap=4.0)
    draw_table(sheet, table, turn=_turn)
    parts.at_least(sheet, 18.0 * len(parts.totals(sheet)), _turn)
    _total_row(sheet)
    parts.at_least(sheet, 130, _turn)
    _foot(sheet)
    return sheet.finished(parts.page_number)


def centred_letterhead(sheet: Sheet, title: str) -> None:
    """The exporter's names, address and the title, each on the middle of the page."""
    company, middle, y = sheet.paper.company("exporter"), sheet.size[0] / 2, sheet.y + 10
    if company.local_name:
        sheet.put((middle, y), company.local_name, ink=sheet.ink.sized(17).strong(), align="centre")
        y += 19
    sheet.put((middle, y), company.name, ink=sheet.ink.sized(12).strong(), name="exporter.name", align="centre")
    address = [
        Run("ADD: "),
        Run(f"{company.street}, {company.town}", "exporter.address"),
        Run(", "),
        Run(printing.country(company.country, replace(sheet.style, language="en")).upper(), "exporter.country"),
    ]
    sheet.put_runs((middle, y + 13), address, ink=sheet.ink.sized(8), align="centre")
    if company.phone:
        sheet.put((middle, y + 24), f"TEL: {company.phone}", ink=sheet.ink.sized(8), align="centre")
    sheet.put((middle, y + 52), sheet.label(title), ink=sheet.ink.sized(15).strong(), align="centre")
    sheet.y = y + 66


def _references(sheet: Sheet) -> None:
    middle = sheet.left + (sheet.right - sheet.left) * 0.52
    sheet.put((sheet.left, sheet.y + 10), sheet.label("consignee"), ink=sheet.ink.strong())
    end = sheet.party((sheet.left, sheet.y + 23), "consignee", width=middle - sheet.left - 14)
    cells: list[tuple[str, Runs]] = [
        ("invoice_number", [sheet.value("number")]),
        ("invoice_date", [sheet.value("date")]),
        ("purchase_order", [sheet.value("purchase_order")]),
        ("incoterm", sheet.terms()),
        ("payment_terms", [sheet.value("payment_terms")]),
        ("port_of_loading", [sheet.value("port_of_loading")]),
        ("port_of_discharge", [sheet.value("port_of_discharge")]),
        ("vessel_or_flight", [sheet.value("vessel_or_flight")]),
        ("country_of_origin", [sheet.value("country_of_origin")]),
    ]
    y = sheet.y
    for key, runs in cells:
        if any(run.text.strip() for run in runs):
            sheet.frame((middle, y), (middle + 118, y + 17), width=0.5, fill="#f0f0f0")
            sheet.frame((middle + 118, y), (sheet.right, y + 17), width=0.5)
            sheet.put((middle + 4, y + 12), sheet.label(key), ink=sheet.ink.sized(8.2))
            ink = sheet.ink.sized(8.2)
            needed = sum(ink.width(run.text) for run in runs)
            ink = ink.sized(min(8.2, 8.2 * (sheet.right - middle - 126) / needed))
            sheet.put_runs((middle + 122, y + 12), runs, ink=ink)
            y += 17
    sheet.y = max(end, y) + 12


def _columns(sheet: Sheet) -> list[Column]:
    names = [("number", 4), ("description", 26), ("part_number", 9), ("hs_code", 10), ("quantity", 12)]
    if sheet.chance("order").happens(0.4):
        names.insert(1, names.pop(2))
    if not parts.one_origin(sheet):
        names.insert(-1, ("origin", 9))
    return [parts.column(sheet, name, share) for name, share in (*names, ("unit_price", 10), ("amount", 12))]


def _turn(sheet: Sheet) -> None:
    sheet.new_page()
    sheet.y = 52
    sheet.put_runs((sheet.left, sheet.y), [Run(f"{sheet.label('invoice_number')} "), sheet.value("number")])
    sheet.y += 10


def _total_row(sheet: Sheet) -> None:
    """The totals as further rows of the ruled table."""
    for label, value in parts.totals(sheet):
        ink = sheet.ink.strong() if value.name == "total_amount" else sheet.ink
        sheet.frame((sheet.left, sheet.y), (sheet.right, sheet.y + 18), width=0.6)
        sheet.put_runs((sheet.left + 6, sheet.y + 12.5), label, ink=ink)
        sheet.put((sheet.right - PAD, sheet.y + 12.5), value.text, ink=ink, name=value.name, align="right")
        sheet.y += 18


def _foot(sheet: Sheet) -> None:
    rows = [row for row in parts.summary_rows(sheet) if row[0] != sheet.label("country_of_origin")]
    y = parts.key_values(sheet, (sheet.left, sheet.y + 20), rows, gap=110) + 8
    y = sheet.flow((sheet.left, y), [Run(sheet.label("declaration"))], width=sheet.right - sheet.left)
    company = sheet.paper.company("exporter")
    if company.local_name:
        sheet.put((sheet.right - 190, y + 16), company.local_name)
    parts.signed(sheet, (sheet.right - 160, y + 46))
    sheet.rule((sheet.right - 190, y + 50), (sheet.right, y + 50), width=0.5)
    sheet.put((sheet.right - 190, y + 61), sheet.label("signature"), ink=sheet.ink.sized(8))


LAYOUT = Layout("counter_invoice", "commercial_invoice", draw)
