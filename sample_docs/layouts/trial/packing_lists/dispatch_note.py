"""A packing note of a large business system: two values to a field, items on three lines, weights stacked."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import LEADING, Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import pieces
from sample_docs.layouts.trial.invoices.worded import WordedSheet

_WORDS: Final = Path(__file__).parent / "words.csv"
_SLASH: Final = Run(" / ")
_MATERIAL, _TEXT, _QUANTITY, _UNITS = 32.0, 120.0, 345.0, 400.0  # columns, in points from the left margin


def draw(paper: Paper) -> Drawing:
    sheet = WordedSheet(paper, "dispatch", _WORDS, margin=50)
    sheet.ink = Ink("sans", 8.8)
    sheet.bottom -= 30
    _addresses(sheet)
    _fields(sheet)
    _items(sheet)
    return sheet.finished(_page)


def _addresses(sheet: Sheet) -> None:
    small = sheet.ink.sized(7)
    line = pieces.address(sheet, "exporter", between=" - ")
    pieces.put(sheet, (sheet.left, 88), line, width=250, ink=sheet.ink.sized(6.6))
    sheet.rule((sheet.left, 91), (sheet.left + 250, 91), width=0.3)
    sheet.put((sheet.left, 104), sheet.label("recipient"), ink=small)
    end = sheet.party((sheet.left, 116), "consignee", width=240, tax=False)
    if sheet.has("buyer"):
        sheet.put((sheet.left, end + 8), sheet.label("sold_to"), ink=small)
        end = sheet.party((sheet.left, end + 20), "buyer", width=240, tax=False)
    sheet.y = end


def _facts(sheet: Sheet) -> list[tuple[str, Runs]]:
    gross, net = sheet.weight("gross_weight_kg"), sheet.weight("net_weight_kg")
    both: Runs = [gross, _SLASH, net] if gross.text and net.text else []
    return [
        ("number_date", [sheet.value("number"), _SLASH, sheet.value("date")]),
        ("invoice", [sheet.value("invoice_number")]),
        ("order", [sheet.value("purchase_order")]),
        ("weights", both),
        ("volume", pieces.reference(sheet, "volume_m3")),
        ("handling", sheet.packages()),
        ("container", [sheet.value("container_number")]),
        ("marks", [sheet.value("marks")]),
    ]


def _fields(sheet: Sheet) -> None:
    left, y = sheet.right - 210, 70.0
    sheet.put((left, y), sheet.label("title"), ink=sheet.ink.sized(14).strong())
    for key, runs in _facts(sheet):
        if pieces.printed(runs):
            sheet.put((left, y + 17), sheet.label(key), ink=sheet.ink.sized(7.2))
            pieces.put(sheet, (left, y + 27), runs, width=210)
            y += 22
    sheet.y = max(sheet.y, y + 27) + 24


def _heading(sheet: Sheet) -> None:
    ink, y = sheet.ink.sized(8), sheet.y
    sheet.rule((sheet.left, y - 10), (sheet.right, y - 10), width=0.8)
    for x, key in ((0.0, "c_item"), (_MATERIAL, "c_material"), (_TEXT, "c_text")):
        sheet.put((sheet.left + x, y), sheet.label(key), ink=ink)
    for x, key in ((_QUANTITY, "c_quantity"), (_UNITS, "c_packages")):
        sheet.put((sheet.left + x, y), sheet.label(key), ink=ink, align="right")
    sheet.put((sheet.right, y), sheet.label("c_weight"), ink=ink, align="right")
    sheet.rule((sheet.left, y + 5), (sheet.right, y + 5), width=0.8)
    sheet.y = y + 19


def _items(sheet: Sheet) -> None:
    _heading(sheet)
    for row in range(len(sheet.paper.lines)):
        if sheet.y + 52 > sheet.bottom:
            sheet.new_page()
            sheet.y = 90
            _heading(sheet)
        _item(sheet, row)
    sheet.rule((sheet.left, sheet.y - 8), (sheet.right, sheet.y - 8), width=0.8)


def _item(sheet: Sheet, row: int) -> None:
    step = sheet.ink.size * LEADING
    sheet.put_runs((sheet.left, sheet.y), [sheet.cell(row, "number")])
    part = [sheet.cell(row, "part_number")]
    pieces.put(sheet, (sheet.left + _MATERIAL, sheet.y), part, width=_TEXT - _MATERIAL - 4)
    text = [sheet.cell(row, "description")]
    y = sheet.flow((sheet.left + _TEXT, sheet.y), text, width=_QUANTITY - _TEXT - 70)
    sheet.put_runs((sheet.left + _QUANTITY, sheet.y), parts.quantity(sheet, row), align="right")
    sheet.put_runs((sheet.left + _UNITS, sheet.y), [sheet.cell(row, "packages")], align="right")
    for at, (key, name) in enumerate((("gross", "gross_weight_kg"), ("net", "net_weight_kg"))):
        runs = [Run(f"{sheet.label(key)} "), sheet.cell(row, name), Run(" KG")]
        sheet.put_runs((sheet.right, sheet.y + at * step), runs, align="right")
    if sheet.cell(row, "hs_code").text:
        sheet.put_runs((sheet.left + _TEXT, y), [Run(f"{sheet.label('tariff')} "), sheet.cell(row, "hs_code")])
    sheet.y = max(y + step, sheet.y + 2 * step) + step * 0.7


def _page(sheet: Sheet, of: int) -> None:
    sheet.put((sheet.right, 34), f"{sheet.label('page')} {sheet.page} / {of}", ink=sheet.ink.sized(8), align="right")
    if sheet.page > 1:
        sheet.put((sheet.left, 52), sheet.label("number_date"), ink=sheet.ink.sized(7.2))
        sheet.put_runs((sheet.left, 63), [sheet.value("number"), _SLASH, sheet.value("date")])


LAYOUT = Layout("dispatch_note", "packing_list", draw, None, ("de", "en", "fr"), frozenset({"buyer"}))
