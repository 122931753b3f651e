"""An invoice of a large business system: two values in one field, items on two lines, prices per so many units."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Final

from sample_docs.generator import printing
from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import LEADING, Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import pieces
from sample_docs.layouts.trial.invoices.worded import WordedSheet

_WORDS: Final = Path(__file__).parent / "words.csv"
_MATERIAL, _TEXT, _PRICE, _PER = 34.0, 130.0, 300.0, 380.0  # columns, in points from the left margin
_SLASH = Run(" / ")


def draw(paper: Paper) -> Drawing:
    sheet = WordedSheet(paper, "release", _WORDS, margin=50)
    sheet.ink = Ink("sans", 9)
    sheet.bottom -= 26
    _address(sheet)
    _information(sheet)
    _terms(sheet)
    _items(sheet)
    parts.at_least(sheet, 120, lambda one: _turn(one, 0))
    _sums(sheet)
    return sheet.finished(_page)


def _address(sheet: Sheet) -> None:
    company = sheet.paper.company("exporter").name
    logo = pieces.fitted([Run(company)], sheet.ink.sized(17).strong().tinted(sheet.style.accent), 300)
    sheet.put((sheet.left, 52), company, ink=logo)
    line = pieces.address(sheet, "exporter", between=", ")
    pieces.put(sheet, (sheet.left, 92), line, width=250, ink=sheet.ink.sized(6.5))
    sheet.rule((sheet.left, 95), (sheet.left + 250, 95), width=0.3)
    sheet.put((sheet.left, 108), sheet.label("ship_to"), ink=sheet.ink.sized(7))
    sheet.party((sheet.left, 120), "consignee", width=240, tax=False)
    if sheet.has("buyer"):
        sheet.put((sheet.left, 190), sheet.label("buyer"), ink=sheet.ink.sized(7))
        sheet.party((sheet.left, 201), "buyer", width=240, tax=False)


def _earlier(sheet: Sheet, days: int) -> Run:
    """The day of a document before this one, which no truth tells."""
    day = dt.date.fromisoformat(sheet.paper.text("date")) - dt.timedelta(days=days)
    return Run(printing.date(day.isoformat(), sheet.style))


def _facts(sheet: Sheet) -> list[tuple[str, Runs]]:
    digits = sheet.chance("numbers").digits
    weights = [sheet.weight(name) for name in ("gross_weight_kg", "net_weight_kg")]
    rows: list[tuple[str, Runs]] = [
        ("number_date", [sheet.value("number"), _SLASH, sheet.value("date")]),
        ("order_date", [sheet.value("purchase_order"), _SLASH, _earlier(sheet, 24)]),
        ("delivery_date", [Run(digits(8)), _SLASH, _earlier(sheet, 1)]),
        ("customer", [Run(digits(6))]),
        ("currency", [sheet.value("currency")]),
    ]
    if all(run.text for run in weights):
        rows.append(("weights", [weights[0], _SLASH, weights[1]]))
    if sheet.has("packages"):
        rows.append(("packages", sheet.packages()))
    return rows


def _information(sheet: Sheet) -> None:
    left, y = sheet.right - 215, 92.0
    rows = _facts(sheet)
    sheet.put((left + 6, y), sheet.label("information"), ink=sheet.ink.sized(10).strong())
    sheet.frame((left, y - 13), (sheet.right, y + 8 + 23 * len(rows)), width=0.7)
    for key, runs in rows:
        y += 14
        sheet.put((left + 6, y), sheet.label(key), ink=sheet.ink.sized(7.4))
        y += 9.5
        pieces.put(sheet, (left + 6, y), runs, width=203)
        y -= 0.5
    title = sheet.label("title")
    sheet.put((sheet.left, 284), title, ink=sheet.ink.sized(13).strong())


def _terms(sheet: Sheet) -> None:
    y = 302.0
    for label, runs in pieces.known(sheet, ("incoterm", "payment_terms", "country_of_origin")):
        sheet.put((sheet.left, y), label)
        pieces.put(sheet, (sheet.left + 110, y), runs, width=350)
        y += 12
    sheet.y = y + 6


def _heading(sheet: Sheet) -> None:
    ink, y = sheet.ink.sized(8), sheet.y
    sheet.rule((sheet.left, y - 10), (sheet.right, y - 10), width=0.8)
    for x, key in ((0.0, "c_item"), (_MATERIAL, "c_material"), (_TEXT, "c_text")):
        sheet.put((sheet.left + x, y), sheet.label(key), ink=ink)
    y += 11
    sheet.put((sheet.left + _TEXT + 60, y), sheet.label("c_quantity"), ink=ink, align="right")
    for x, key in ((_PRICE, "c_price"), (_PER, "c_per")):
        sheet.put((sheet.left + x, y), sheet.label(key), ink=ink, align="right")
    sheet.put((sheet.right, y), sheet.label("c_value"), ink=ink, align="right")
    sheet.rule((sheet.left, y + 5), (sheet.right, y + 5), width=0.8)
    sheet.y = y + 19


def _items(sheet: Sheet) -> None:
    _heading(sheet)
    for row in range(len(sheet.paper.lines)):
        if sheet.y + 60 > sheet.bottom:
            _turn(sheet, row)
            _heading(sheet)
        _item(sheet, row)
    sheet.rule((sheet.left, sheet.y - 8), (sheet.right, sheet.y - 8), width=0.8)


def _item(sheet: Sheet, row: int) -> None:
    step = sheet.ink.size * LEADING
    sheet.put_runs((sheet.left, sheet.y), [sheet.cell(row, "number")])
    sheet.put_runs((sheet.left + _MATERIAL, sheet.y), [sheet.cell(row, "part_number")])
    width = sheet.right - sheet.left - _TEXT
    y = sheet.flow((sheet.left + _TEXT, sheet.y), [sheet.cell(row, "description")], width=width)
    sheet.put_runs((sheet.left + _TEXT + 60, y), parts.quantity(sheet, row), align="right")
    sheet.put_runs((sheet.left + _PRICE, y), [sheet.cell(row, "unit_price")], align="right")
    basis = sheet.cell(row, "price_basis")
    per = [basis if basis.text else Run("1"), Run(" "), Run(sheet.cell(row, "unit").text)]
    sheet.put_runs((sheet.left + _PER, y), per, align="right")
    sheet.put_runs((sheet.right, y), [sheet.cell(row, "amount")], align="right")
    sheet.y = _customs(sheet, row, y + step) + step * 0.6


def _customs(sheet: Sheet, row: int, y: float) -> float:
    shown: list[Run] = []
    for key, name in (("tariff", "hs_code"), ("origin", "origin"), ("net", "net_weight_kg")):
        value = sheet.cell(row, name)
        if value.text:
            unit = [Run(f" {printing.kilograms(sheet.style)}")] if key == "net" else []
            shown += [Run(f"{sheet.label(key)} "), value, *unit, Run("   ")]
    return sheet.flow((sheet.left + _TEXT, y), shown[:-1], width=sheet.right - sheet.left - _TEXT)


def _turn(sheet: Sheet, row: int) -> None:
    if row:
        sheet.put((sheet.left + _TEXT, sheet.y), sheet.label("carry"))
        sheet.put((sheet.right, sheet.y), pieces.carried(sheet, row), align="right")
    sheet.new_page()
    small = sheet.ink.sized(7.4)
    sheet.put((sheet.right - 215, 46), sheet.label("number_date"), ink=small)
    sheet.put_runs((sheet.right - 215, 57), [sheet.value("number"), _SLASH, sheet.value("date")])
    sheet.y = 90


def _sums(sheet: Sheet) -> None:
    y, left = sheet.y + 6, sheet.left + _TEXT
    tax = printing.number(f"{Decimal('0.00'):f}", sheet.style)
    rows = [*pieces.charges(sheet), (sheet.label("tax"), Run(tax))]
    for label, value in rows:
        sheet.put((left, y), label)
        sheet.put_runs((sheet.right, y), [value], align="right")
        y += 12.5
    strong = sheet.ink.strong()
    sheet.rule((left, y - 9), (sheet.right, y - 9), width=0.5)
    sheet.put((left, y + 2), sheet.label("total_amount"), ink=strong)
    sheet.put((left + 200, y + 2), sheet.paper.text("currency"), ink=strong)
    sheet.put_runs((sheet.right, y + 2), [sheet.value("total_amount")], ink=strong, align="right")
    sheet.put((sheet.left, y + 26), sheet.label("exempt"), ink=sheet.ink.sized(8))


def _page(sheet: Sheet, of: int) -> None:
    ink = Ink("sans", 6.6, colour=pieces.GREY)
    sheet.put((sheet.right, 30), f"{sheet.label('page')} {sheet.page} / {of}", ink=ink.sized(8), align="right")
    foot = f"{sheet.paper.company('exporter').name}  |  {sheet.paper.extras.get('bank', '')}"
    pieces.put(sheet, (sheet.left, sheet.size[1] - 34), [Run(foot)], width=sheet.right - sheet.left, ink=ink)


LAYOUT = Layout(
    "release_invoice", "commercial_invoice", draw, None, ("en", "de", "fr", "it"), frozenset({"buyer", "price_basis"})
)
