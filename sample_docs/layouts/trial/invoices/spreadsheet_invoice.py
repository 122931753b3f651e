"""An export house's invoice in a spreadsheet's cells: terms over prices, model over tariff number, sums in words."""

from __future__ import annotations

from decimal import Decimal
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
from sample_docs.layouts.study.spelling import spelt
from sample_docs.layouts.trial.invoices.worded import WordedSheet

_WORDS: Final = Path(__file__).parent / "words.csv"
_FACTS: Final = (
    "invoice_number", "invoice_date", "purchase_order", "vessel_or_flight", "port_of_loading", "port_of_discharge",
)  # fmt: skip


def draw(paper: Paper) -> Drawing:
    sheet = WordedSheet(paper, "spreadsheet", _WORDS, margin=36)
    sheet.ink = Ink("serif", 9.2)
    _head(sheet)
    _cells(sheet)
    edges = listing.draw(sheet, _listing(sheet), turn=_turn)
    parts.at_least(sheet, 190, lambda one: _turn(one, 0))
    _sums(sheet, edges)
    _closing(sheet)
    return sheet.finished(parts.page_number)


def _head(sheet: Sheet) -> None:
    centre = (sheet.left + sheet.right) / 2
    company = sheet.paper.company("exporter")
    if company.local_name:
        sheet.put((centre, 44), company.local_name, ink=sheet.ink.sized(12).strong(), align="centre")
    sheet.put(
        (centre, 60), company.name.upper(), ink=sheet.ink.sized(15).strong(), name="exporter.name", align="centre"
    )
    rest = pieces.address(sheet, "exporter")[2:]
    sheet.put_runs((centre, 74), rest, ink=pieces.fitted(rest, sheet.ink, 480), align="centre")
    sheet.put((centre, 100), sheet.label("title"), ink=sheet.ink.sized(14).strong(), align="centre")
    sheet.y = 110


def _cells(sheet: Sheet) -> None:
    """The buyer on the left, the facts on the right, each in a row of the sheet."""
    top, middle, ink = sheet.y, sheet.left + 290, sheet.ink
    sheet.put((sheet.left + 4, top + 13), sheet.label("consignee"), ink=ink.strong())
    end = sheet.party((sheet.left + 80, top + 13), "consignee", width=205, tax=False)
    if sheet.has("notify_party"):
        sheet.put((sheet.left + 4, end + 3), sheet.label("notify_party"), ink=ink.strong())
        end = sheet.party((sheet.left + 80, end + 3), "notify_party", width=205, tax=False)
    y = top
    for label, runs in pieces.known(sheet, _FACTS):
        sheet.put((middle + 4, y + 13), label, ink=ink.strong())
        pieces.put(sheet, (middle + 100, y + 13), runs, width=sheet.right - middle - 104)
        y += 18
        sheet.rule((middle, y), (sheet.right, y), width=0.5)
    sheet.y = max(end + 2, y)
    sheet.frame((sheet.left, top), (sheet.right, sheet.y), width=0.9)
    sheet.rule((middle, top), (middle, sheet.y), width=0.5)


def _listing(sheet: Sheet) -> Listing:
    currency = sheet.paper.text("currency")
    columns = [
        Column(sheet.label("c_number"), 6, listing.plain(sheet, "number"), "centre"),
        Column(sheet.label("c_codes"), 17, lambda row: _codes(sheet, row)),
        Column(sheet.label("c_text"), 33, listing.plain(sheet, "description")),
        Column(sheet.label("c_quantity"), 13, lambda row: (parts.quantity(sheet, row),), "right"),
        Column(sheet.label("c_price").replace("%s", currency), 13, listing.plain(sheet, "unit_price"), "right"),
        Column(sheet.label("c_amount").replace("%s", currency), 15, listing.plain(sheet, "amount"), "right"),
    ]
    if not parts.one_origin(sheet):
        columns.insert(3, Column(sheet.label("c_origin"), 12, listing.plain(sheet, "origin"), "centre"))
    return Listing(columns, sheet.ink, rules="grid", gap=3.5, heading=lambda row: [] if row else sheet.terms())


def _codes(sheet: Sheet, row: int) -> Cell:
    return ([sheet.cell(row, "part_number")], [sheet.cell(row, "hs_code")])


def _turn(sheet: Sheet, _: int) -> None:
    sheet.new_page()
    pieces_of: Runs = [Run(f"{sheet.label('invoice_number')} "), sheet.value("number")]
    sheet.put_runs((sheet.left + 4, 48), pieces_of, ink=sheet.ink.strong())
    sheet.y = 58


def _sums(sheet: Sheet, edges: list[float]) -> None:
    """The first row adds up the quantities, where they have one unit, and names the currency."""
    units = {line["unit"] for line in sheet.paper.lines}
    count = sum((Decimal(line["quantity"]) for line in sheet.paper.lines), Decimal(0))
    rows: list[tuple[str, Runs]] = [(label, [value]) for label, value in pieces.charges(sheet)]
    rows.append((sheet.label("sum"), [sheet.value("currency"), Run(" "), sheet.value("total_amount")]))
    ink = sheet.ink.strong()
    for at, (label, runs) in enumerate(rows):
        y = sheet.y + 13
        sheet.put((sheet.left + 40, y), label, ink=ink)
        if at == 0 and len(units) == 1:
            whole = f"{printing.number(f'{count:f}', sheet.style)} {printing.unit(units.pop(), sheet.style)}"
            sheet.put((edges[-3] - 3, y), whole, ink=ink, align="right")
        sheet.put_runs((sheet.right - 3, y), runs, ink=ink, align="right")
        sheet.y += 18
        sheet.frame((sheet.left, sheet.y - 18), (sheet.right, sheet.y), width=0.5)


def _closing(sheet: Sheet) -> None:
    width, y = sheet.right - sheet.left, sheet.y + 16
    if sheet.style.language == "en":
        text = f"{sheet.label('say')}{spelt(sheet.paper.text('total_amount'), sheet.paper.text('currency'))} ONLY."
        y = sheet.flow((sheet.left, y), [Run(text)], width=width, ink=sheet.ink.strong()) + 4
    if sheet.has("packages"):
        sheet.put_runs((sheet.left, y), [Run(sheet.label("packed")), *sheet.packages()])
        y += 13
    weights: list[Run] = []
    for key, name in (("gross", "gross_weight_kg"), ("net", "net_weight_kg")):
        if sheet.has(name):
            weights += [Run(sheet.label(key)), sheet.weight(name), Run("     ")]
    y = sheet.flow((sheet.left, y), weights[:-1], width=width) + 2
    for label, runs in pieces.known(sheet, ("country_of_origin", "payment_terms")):
        y = sheet.flow((sheet.left, y), [Run(f"{label} "), *runs], width=width) + 2
    sheet.put((sheet.right - 190, y + 10), sheet.paper.company("exporter").name, ink=sheet.ink.sized(8).strong())
    parts.signed(sheet, (sheet.right - 170, y + 40))
    sheet.put((sheet.right - 190, y + 54), sheet.label("signature"), ink=sheet.ink.sized(8))


LAYOUT = Layout(
    "spreadsheet_invoice", "commercial_invoice", draw, None, ("en", "es", "zh"), frozenset({"vessel_or_flight"})
)
