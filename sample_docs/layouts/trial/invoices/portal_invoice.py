"""A parcel carrier's invoice form as its portal fills it in: three parties, a grid of goods, sums at the foot."""

from __future__ import annotations

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
from sample_docs.layouts.study.pieces import Frame
from sample_docs.layouts.trial.invoices.worded import WordedSheet

_WORDS: Final = Path(__file__).parent / "words.csv"
_SUMS: Final = ("subtotal", "discount", "freight", "insurance", "other_charges", "total_amount")
_COUNTS: Final = ("packages", "gross_weight_kg", "currency")
_ROW = 17.0


def draw(paper: Paper) -> Drawing:
    sheet = WordedSheet(paper, "portal", _WORDS, margin=34)
    sheet.ink = Ink("sans", 8.4)
    sheet.put((sheet.left, 46), sheet.label("title"), ink=sheet.ink.sized(13).strong())
    _parties(sheet)
    _references(sheet)
    listing.draw(sheet, _listing(sheet), turn=_turn)
    parts.at_least(sheet, 150, lambda one: _turn(one, 0))
    _foot(sheet)
    return sheet.finished(parts.page_number)


def _parties(sheet: Sheet) -> None:
    middle, top = (sheet.left + sheet.right) / 2, 56.0
    _party(sheet, Frame(sheet.left, top, middle, top + 96), "exporter")
    _party(sheet, Frame(sheet.left, top + 96, middle, top + 192), "consignee")
    frame = Frame(middle, top + 96, sheet.right, top + 192)
    if sheet.has("buyer"):
        _party(sheet, frame, "buyer")
    else:
        _titled(sheet, frame, sheet.label("buyer"))
        sheet.put((middle + 5, top + 122), sheet.label("same"))


def _titled(sheet: Sheet, frame: Frame, title: str) -> None:
    sheet.frame((frame.left, frame.top), (frame.right, frame.top + 12), width=0.5, fill="#e3e3e3")
    sheet.frame((frame.left, frame.top), (frame.right, frame.bottom), width=0.7)
    sheet.put((frame.left + 4, frame.top + 9), title, ink=sheet.ink.sized(7.5).strong())


def _party(sheet: Sheet, frame: Frame, name: str) -> None:
    """The tax number first, then the name, the address and the country as a code's word."""
    _titled(sheet, frame, sheet.label(name))
    company = sheet.paper.company(name)
    x, y, width = frame.left + 5, frame.top + 24, frame.width - 10
    if company.tax_id:
        runs = [Run(f"{sheet.label('tax')}: "), Run(company.tax_id, f"{name}.tax_id")]
        y = sheet.flow((x, y), runs, width=width, ink=sheet.ink.sized(7.6))
    y = sheet.flow((x, y), [Run(company.name, f"{name}.name")], width=width)
    country = Run(printing.country(company.country, sheet.style), f"{name}.country")
    for text in (company.street, company.town):
        y = sheet.flow((x, y), [Run(text, f"{name}.address")] if text else [], width=width)
    y = sheet.flow((x, y), [country], width=width)
    if company.phone:
        sheet.put((x, y), f"Tel. {company.phone}", ink=sheet.ink.sized(7.6))


def _references(sheet: Sheet) -> None:
    """Beside the sender: number, date, order, terms, each in its own row of a box."""
    middle, y = (sheet.left + sheet.right) / 2, 56.0
    sheet.frame((middle, y), (sheet.right, y + 96), width=0.7)
    keys = ("transport_document_number", "invoice_number", "invoice_date", "purchase_order", "incoterm")
    rows = [*pieces.known(sheet, keys), (sheet.label("reason"), [Run(sheet.label("sale"))])]
    for label, runs in rows:
        pieces.put(sheet, (middle + 5, y + 12), [Run(f"{label}:")], width=122, ink=sheet.ink.strong())
        pieces.put(sheet, (middle + 130, y + 12), runs, width=sheet.right - middle - 134)
        y += 15.5
    sheet.y = 254


def _listing(sheet: Sheet) -> Listing:
    columns = [
        Column(sheet.label("c_units"), 9, listing.plain(sheet, "quantity"), "right"),
        Column(sheet.label("c_unit"), 7, listing.plain(sheet, "unit"), "centre"),
        Column(sheet.label("c_text"), 38, lambda row: _article(sheet, row)),
        Column(sheet.label("c_tariff"), 13, listing.plain(sheet, "hs_code"), "centre"),
        Column(sheet.label("c_price"), 12, listing.plain(sheet, "unit_price"), "right"),
        Column(sheet.label("c_value"), 14, listing.plain(sheet, "amount"), "right"),
    ]
    if not parts.one_origin(sheet):
        columns.insert(4, Column(sheet.label("c_origin"), 7, lambda row: _code(sheet, row), "centre"))
    return Listing(columns, sheet.ink, rules="grid", fill="#e3e3e3")


def _article(sheet: Sheet, row: int) -> Cell:
    return ([sheet.cell(row, "description")], [sheet.cell(row, "part_number")])


def _code(sheet: Sheet, row: int) -> Cell:
    """The country as two letters."""
    return ([Run(sheet.paper.lines[row].get("origin", ""), f"lines.{row}.origin")],)


def _turn(sheet: Sheet, _: int) -> None:
    sheet.new_page()
    runs: Runs = [Run(f"{sheet.label('invoice_number')}: "), sheet.value("number")]
    sheet.put_runs((sheet.right, 44), runs, align="right")
    sheet.y = 54


def _foot(sheet: Sheet) -> None:
    top, middle = sheet.y + 8, sheet.left + 290
    edge = sheet.right - 100
    y = top
    for key in (*_SUMS, *_COUNTS):
        runs = pieces.reference(sheet, key)
        if pieces.printed(runs):
            strong = sheet.ink.strong() if key == "total_amount" else sheet.ink
            sheet.frame((middle, y), (sheet.right, y + _ROW), width=0.4)
            pieces.put(sheet, (middle + 4, y + 12), [Run(f"{sheet.label(key)}:")], width=edge - middle - 8, ink=strong)
            pieces.put(sheet, (sheet.right - 4, y + 12), runs, width=94, ink=strong, align="right")
            y += _ROW
    sheet.rule((edge, top), (edge, y), width=0.4)
    _remarks(sheet, Frame(sheet.left, top, middle - 6, y))


def _remarks(sheet: Sheet, frame: Frame) -> None:
    y, small = frame.top + 9, sheet.ink.sized(7.5)
    sheet.put((frame.left, y), f"{sheet.label('comments')}:", ink=small.strong())
    if sheet.has("country_of_origin"):
        runs = [Run(sheet.label("country_of_origin")), sheet.value("country_of_origin")]
        y = sheet.flow((frame.left, y + 12), runs, width=frame.width)
    sheet.put((frame.left, y + 16), f"{sheet.label('declaration')}:", ink=small.strong())
    y = sheet.flow((frame.left, y + 27), [Run(sheet.label("statement"))], width=frame.width, ink=small)
    parts.signed(sheet, (frame.left + 8, y + 22))
    sheet.rule((frame.left, y + 26), (frame.left + 180, y + 26), width=0.4)
    sheet.put((frame.left, y + 36), sheet.label("signature"), ink=small)


LAYOUT = Layout(
    "portal_invoice",
    "commercial_invoice",
    draw,
    None,
    ("en", "de", "fr", "es", "it"),
    frozenset({"buyer", "other_charges", "transport_document_number"}),
)
