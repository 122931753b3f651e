"""An invoice of an online accounting service: the seller in the footer alone, the sums side by side under the goods."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

from sample_docs.generator import printing
from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import listing, pieces
from sample_docs.layouts.study.listing import Cell, Column, Listing
from sample_docs.layouts.trial.invoices.worded import WordedSheet

_WORDS: Final = Path(__file__).parent / "words.csv"
_SUMS: Final = (
    ("s_subtotal", "subtotal"),
    ("s_freight", "freight"),
    ("s_insurance", "insurance"),
    ("s_discount", "discount"),
)


def draw(paper: Paper) -> Drawing:
    sheet = WordedSheet(paper, "footer", _WORDS, margin=52)
    sheet.ink = Ink(paper.style.family, 9)
    sheet.bottom -= 46
    _head(sheet)
    listing.draw(sheet, _listing(sheet), turn=_turn)
    parts.at_least(sheet, 120, lambda one: _turn(one, 0))
    _sums(sheet)
    _shipping(sheet)
    return sheet.finished(_footer)


def _head(sheet: Sheet) -> None:
    ink = sheet.ink.sized(24).tinted(sheet.style.accent)
    sheet.put((sheet.left, 72), sheet.label("title"), ink=ink)
    middle, y = sheet.left + 265, 96.0
    for label, runs in _facts(sheet):
        pieces.put(sheet, (middle, y), [Run(label)], width=96, ink=sheet.ink.tinted(pieces.GREY))
        pieces.put(sheet, (sheet.right, y), runs, width=sheet.right - middle - 102, align="right")
        y += 13.5
    sheet.put((sheet.left, 96), sheet.label("consignee"), ink=sheet.ink.sized(7.5).tinted(pieces.GREY))
    end = sheet.party((sheet.left, 109), "consignee", width=245, tax=False)
    sheet.put((sheet.left, end + 6), sheet.label("deliver"), ink=sheet.ink.sized(7.5).tinted(pieces.GREY))
    sheet.y = max(end + 22, y + 8)


def _facts(sheet: Sheet) -> list[tuple[str, Runs]]:
    """The seller's person and the day of payment are printed among them, which no truth tells."""
    due = dt.date.fromisoformat(sheet.paper.text("date")) + dt.timedelta(days=30)
    rows = pieces.known(
        sheet,
        ("invoice_number", "invoice_date", "purchase_order", "payment_terms", "incoterm", "country_of_dispatch"),
    )
    rows.insert(2, (sheet.label("due"), [Run(printing.date(due.isoformat(), sheet.style))]))
    rows.append((sheet.label("salesperson"), [Run("M. Lindqvist")]))
    return rows


def _listing(sheet: Sheet) -> Listing:
    columns = [
        Column(sheet.label("c_hts"), 13, listing.plain(sheet, "hs_code")),
        Column(sheet.label("c_text"), 36, lambda row: _article(sheet, row)),
        Column(sheet.label("c_kg"), 11, listing.plain(sheet, "net_weight_kg"), "right"),
        Column(sheet.label("c_quantity"), 13, lambda row: (parts.quantity(sheet, row),), "right"),
        Column(sheet.label("c_rate"), 11, listing.plain(sheet, "unit_price"), "right"),
        Column(sheet.label("c_total"), 14, listing.plain(sheet, "amount"), "right"),
    ]
    if not parts.one_origin(sheet):
        columns.insert(1, Column(sheet.label("c_coo"), 7, lambda row: _code(sheet, row)))
    return Listing(columns, sheet.ink, rules="rows", gap=4)


def _article(sheet: Sheet, row: int) -> Cell:
    part = sheet.cell(row, "part_number")
    return ([sheet.cell(row, "description")], [Run("["), part, Run("]")] if part.text else [])


def _code(sheet: Sheet, row: int) -> Cell:
    return ([Run(sheet.paper.lines[row].get("origin", ""), f"lines.{row}.origin")],)


def _turn(sheet: Sheet, _: int) -> None:
    sheet.new_page()
    runs: Runs = [Run(f"{sheet.label('invoice_number')} "), sheet.value("number")]
    sheet.put_runs((sheet.left, 60), runs, ink=sheet.ink.sized(8))
    sheet.y = 74


def _sums(sheet: Sheet) -> None:
    """One column for each sum, its word above it; the last in the colour of the house, with the sign of the money."""
    cells: list[tuple[str, Runs]] = [(sheet.label(key), [sheet.value(name)]) for key, name in _SUMS if sheet.has(name)]
    money = [sheet.value("total_amount"), Run(" "), sheet.value("currency")]
    cells.append((sheet.label("s_total"), money))
    width, y = (sheet.right - sheet.left) / 5, sheet.y + 22
    left = sheet.right - width * len(cells)
    for at, (label, runs) in enumerate(cells):
        x = left + at * width + width
        last = at == len(cells) - 1
        ink = sheet.ink.sized(10).strong().tinted(sheet.style.accent) if last else sheet.ink
        pieces.put(
            sheet, (x, y), [Run(label)], width=width - 6, ink=sheet.ink.sized(7.5).tinted(pieces.GREY), align="right"
        )
        pieces.put(sheet, (x, y + 14), runs, width=width - 6, ink=ink, align="right")
    sheet.rule((left, y + 20), (sheet.right, y + 20), width=0.8, colour=sheet.style.accent)
    sheet.y = y + 40


def _shipping(sheet: Sheet) -> None:
    width = sheet.right - sheet.left
    if sheet.has("packages"):
        runs: list[Run] = [Run(f"{sheet.label('parcels')} "), *sheet.packages()]
        if sheet.has("gross_weight_kg"):
            runs += [Run(f", {sheet.label('weighing')} "), sheet.weight("gross_weight_kg")]
        sheet.y = sheet.flow((sheet.left, sheet.y), runs, width=width) + 3
    for label, runs_of in pieces.known(sheet, ("country_of_origin",)):
        sheet.y = sheet.flow((sheet.left, sheet.y), [Run(f"{label}: "), *runs_of], width=width)


def _footer(sheet: Sheet, of: int) -> None:
    """Name, address, tax number and bank of the seller in three blocks, on every page."""
    y, ink = sheet.size[1] - 62, Ink("sans", 7.2, colour="#3c3c3c")
    company = sheet.paper.company("exporter")
    sheet.rule((sheet.left, y - 10), (sheet.right, y - 10), width=0.4)
    sheet.put((sheet.left, y), company.name, ink=ink.strong(), name="exporter.name")
    sheet.put((sheet.left, y + 9), company.street, ink=ink, name="exporter.address")
    sheet.put((sheet.left, y + 18), company.town, ink=ink, name="exporter.address")
    sheet.put((sheet.left, y + 27), printing.country(company.country, sheet.style), ink=ink, name="exporter.country")
    if company.tax_id:
        runs = [Run(f"{sheet.label('tax')} "), Run(company.tax_id, "exporter.tax_id")]
        sheet.put_runs((sheet.left + 200, y), runs, ink=ink)
    pieces.put(sheet, (sheet.left + 200, y + 9), [Run(sheet.paper.extras.get("bank", ""))], width=210, ink=ink)
    page = f"{sheet.label('page')} {sheet.page}/{of}"
    sheet.put((sheet.right, y), page, ink=ink, align="right")


LAYOUT = Layout(
    "footer_invoice",
    "commercial_invoice",
    draw,
    None,
    ("en", "de", "fr", "es", "it", "zh"),
    frozenset({"country_of_dispatch"}),
)
