"""Movement certificate EUR.1 (pan-Euro-Mediterranean rules, annex): thirteen boxes, in English or German."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink, Point
from sample_docs.generator.sheet import Run, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.goods_box import Slot, goods, packages_and_description, tariff, weight_or_quantity
from sample_docs.layouts.layout import Layout

_GOODS, _SIGN, _FOOT = 318.0, 640.0, 790.0


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=42)
    sheet.ink = Ink(paper.style.family, 9)
    _parties(sheet)
    _goods(sheet)
    _signatures(sheet)
    return sheet.finished()


def _box(sheet: Sheet, start: Point, end: Point, key: str) -> Point:
    at = parts.box(sheet, start, end, sheet.label(key))
    return (at[0], at[1] + 6)


def _parties(sheet: Sheet) -> None:
    left, right, middle = sheet.left, sheet.right, (sheet.left + sheet.right) / 2
    title = Ink("sans", 11, bold=True, colour=sheet.style.accent)
    sheet.put(((left + right) / 2, 40), sheet.label("eur1_title"), ink=title, align="centre")
    sheet.party(_box(sheet, (left, 50), (middle, 130), "eur1_exporter"), "exporter", width=240, tax=False)
    parts.box(sheet, (middle, 50), (right, 86), "")
    sheet.put((middle + 8, 74), "EUR.1", ink=title.sized(15))
    sheet.put_runs(
        (right - 12, 74), [Run("No   "), sheet.value("number")], ink=Ink("mono", 12, bold=True), align="right"
    )
    _between(sheet, middle, right)
    sheet.party(_box(sheet, (left, 130), (middle, 214), "eur1_consignee"), "consignee", width=240, tax=False)
    quarter = (middle + right) / 2
    at = _box(sheet, (middle, 150), (quarter, 214), "eur1_origin")
    sheet.flow((at[0], at[1] + 8), [sheet.value("country_of_origin")], width=110)
    at = _box(sheet, (quarter, 150), (right, 214), "eur1_destination")
    sheet.flow((at[0], at[1] + 8), [sheet.value("country_of_destination")], width=110)
    at = _box(sheet, (left, 214), (middle, _GOODS - 28), "eur1_transport")
    sheet.flow(at, [Run(sheet.paper.extras.get("route", ""))], width=240)
    _box(sheet, (middle, 214), (right, _GOODS - 28), "eur1_remarks")


def _between(sheet: Sheet, left: float, right: float) -> None:
    at = _box(sheet, (left, 86), (right, 150), "eur1_between")
    centre = (left + right) / 2
    origin, destination = sheet.value("country_of_origin").text, sheet.value("country_of_destination").text
    group = sheet.paper.extras.get("origin_group", origin)
    for y, text in ((at[1] + 4, group), (at[1] + 16, sheet.label("eur1_and")), (at[1] + 28, destination)):
        sheet.put((centre, y), text, align="centre")


def _goods(sheet: Sheet) -> None:
    left, right = sheet.left, sheet.right
    _box(sheet, (left, _GOODS - 28), (right - 150, _SIGN), "eur1_goods")
    _box(sheet, (right - 150, _GOODS - 28), (right - 72, _SIGN), "eur1_mass")
    at = _box(sheet, (right - 72, _GOODS - 28), (right, _SIGN), "eur1_invoices")
    y = sheet.flow((at[0] - 2, _GOODS + 14), [sheet.value("invoice_number")], width=68, ink=sheet.ink.sized(8))
    sheet.flow((at[0] - 2, y + 2), [sheet.value("invoice_date")], width=68, ink=sheet.ink.sized(8))
    sheet.y = _GOODS + 14
    if marks := sheet.paper.extras.get("marks"):
        sheet.y = sheet.flow((left + 8, sheet.y), [Run(marks)], width=300, ink=sheet.ink.sized(8)) + 6
    slots = (
        Slot(left + 8, left + 24, lambda line: [sheet.cell(line, "number")]),
        Slot(left + 30, right - 158, lambda line: [*packages_and_description(sheet, line), *tariff(sheet, line)]),
        Slot(right - 146, right - 78, lambda line: weight_or_quantity(sheet, line), "right"),
    )
    goods(sheet, slots, ink=sheet.ink, gap=5)
    if sheet.has("gross_weight_kg"):
        sheet.rule((right - 146, sheet.y - 6), (right - 78, sheet.y - 6), width=0.5)
        sheet.put_runs((right - 78, sheet.y + 6), [sheet.weight("gross_weight_kg")], align="right")


def _signatures(sheet: Sheet) -> None:
    left, middle, right = sheet.left, (sheet.left + sheet.right) / 2, sheet.right
    small = Ink("narrow", 7.5)
    at = _box(sheet, (left, _SIGN), (middle, _FOOT), "eur1_customs")
    y = sheet.flow(at, [Run(sheet.label("eur1_customs_text"))], width=238, ink=small)
    y = sheet.flow((at[0], y + 6), [Run(f"{sheet.label('eur1_office')}: "), sheet.value("issued_by")], width=238)
    country = f"{sheet.label('eur1_country')}: {sheet.paper.extras.get('issuing_country', '')}"
    sheet.flow((at[0], y + 2), [Run(country)], width=238, ink=small)
    place = sheet.paper.extras.get("issue_place", "")
    sheet.put_runs((at[0], _FOOT - 22), [Run(f"{place}, "), sheet.value("date")])
    parts.signed(sheet, (left + 140, _FOOT - 18))
    sheet.put((at[0], _FOOT - 8), sheet.label("eur1_place"), ink=small)
    at = _box(sheet, (middle, _SIGN), (right, _FOOT), "eur1_declaration")
    sheet.flow(at, [Run(sheet.label("eur1_declaration_text"))], width=238, ink=small)
    sheet.put((at[0], _FOOT - 22), f"{place}, {sheet.value('date').text}")
    parts.signed(sheet, (middle + 140, _FOOT - 18))
    sheet.put((at[0], _FOOT - 8), sheet.label("eur1_place"), ink=small)


LAYOUT = Layout("eur1", "certificate_of_origin", draw, "eur1", ("en", "de"))
