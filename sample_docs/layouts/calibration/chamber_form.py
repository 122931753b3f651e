"""A chamber's certificate of origin on the European form of eight numbered boxes."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.calibration import cells
from sample_docs.layouts.calibration.worded import WordedSheet
from sample_docs.layouts.goods_box import Slot, goods, packages_and_description, tariff
from sample_docs.layouts.layout import Layout

_TOP, _MIDDLE, _GOODS, _SIGN, _FOOT = 62.0, 208.0, 290.0, 640.0, 784.0


def draw(paper: Paper) -> Drawing:
    sheet = WordedSheet(paper, margin=46)
    sheet.ink = Ink(paper.style.family, 8.8)
    _parties(sheet)
    _between(sheet)
    _goods(sheet)
    _certified(sheet)
    return sheet.finished()


def _parties(sheet: Sheet) -> None:
    left, right, middle = sheet.left, sheet.right, (sheet.left + sheet.right) / 2
    half = (_TOP + _MIDDLE) / 2
    at = cells.form_box(sheet, (left, _TOP), (middle, half), "chamber_1")
    sheet.party(at, "exporter", width=middle - left - 14, tax=False)
    at = cells.form_box(sheet, (left, half), (middle, _MIDDLE), "chamber_2")
    sheet.party(at, "consignee", width=middle - left - 14, tax=False)
    sheet.frame((middle, _TOP), (right, half), width=0.7)
    number = [Run(f"{sheet.label('chamber_number')} "), sheet.value("number")]
    sheet.put_runs((middle + 12, _TOP + 20), number, ink=Ink("mono", 10.5, bold=True))
    title = Ink("serif", 15, bold=True, colour=sheet.style.accent)
    sheet.put(((middle + right) / 2, half - 22), sheet.label("chamber_title"), ink=title, align="centre")
    at = cells.form_box(sheet, (middle, half), (right, _MIDDLE), "chamber_3")
    sheet.put_runs((at[0], at[1] + 18), [sheet.value("country_of_origin")], ink=sheet.ink.sized(10.5).strong())


def _between(sheet: Sheet) -> None:
    left, right, middle = sheet.left, sheet.right, (sheet.left + sheet.right) / 2
    at = cells.form_box(sheet, (left, _MIDDLE), (middle, _GOODS), "chamber_4")
    y = sheet.flow(at, [Run(sheet.paper.extras.get("route", ""))], width=middle - left - 14)
    sheet.put_runs((at[0], y), [sheet.value("vessel_or_flight")])
    at = cells.form_box(sheet, (middle, _MIDDLE), (right, _GOODS), "chamber_5")
    dated = [Run(f"{sheet.label('chamber_dated')} "), sheet.value("invoice_date")] if sheet.has("invoice_date") else []
    if sheet.has("invoice_number"):
        sheet.put_runs(at, [Run(f"{sheet.label('chamber_invoice')} "), sheet.value("invoice_number")])
        sheet.put_runs((at[0], at[1] + 12), dated)


def _goods(sheet: Sheet) -> None:
    left, right = sheet.left, sheet.right
    edge = right - 108
    cells.form_box(sheet, (left, _GOODS), (edge, _SIGN), "chamber_6")
    cells.form_box(sheet, (edge, _GOODS), (right, _SIGN), "chamber_7")
    sheet.y = _GOODS + 34
    if marks := sheet.paper.extras.get("marks"):
        sheet.y = sheet.flow((left + 10, sheet.y), [Run(marks)], width=340) + 6
    slots = (
        Slot(left + 10, left + 28, lambda line: [sheet.cell(line, "number")]),
        Slot(left + 32, edge - 10, lambda line: [*packages_and_description(sheet, line), *tariff(sheet, line)]),
        Slot(edge + 4, right - 8, lambda line: parts.quantity(sheet, line), "right"),
    )
    goods(sheet, slots, ink=sheet.ink, gap=6)
    if sheet.has("gross_weight_kg"):
        total = [Run(f"{sheet.label('gross_weight_kg')}: "), sheet.weight("gross_weight_kg")]
        sheet.put_runs((left + 32, sheet.y + 10), total)


def _certified(sheet: Sheet) -> None:
    left, right = sheet.left, sheet.right
    sheet.frame((left, _SIGN), (right, _FOOT), width=0.7)
    ink = Ink("sans", 7.6, bold=True)
    sheet.flow((left + 6, _SIGN + 12), [Run(sheet.label("chamber_8"))], width=right - left - 12, ink=ink)
    sheet.put_runs((left + 12, _FOOT - 66), [sheet.value("issued_by")])
    sheet.put_runs(
        (left + 12, _FOOT - 34), [Run(f"{sheet.paper.extras.get('issue_place', '')}, "), sheet.value("date")]
    )
    parts.signed(sheet, (left + 300, _FOOT - 34), width=120)
    sheet.rule((left + 8, _FOOT - 20), (right - 8, _FOOT - 20), width=0.4)
    sheet.put((left + 8, _FOOT - 9), sheet.label("chamber_place"), ink=Ink("sans", 6.5))


LAYOUT = Layout("chamber_form", "certificate_of_origin", draw, "chamber", ("en", "de", "fr", "es", "it"))
