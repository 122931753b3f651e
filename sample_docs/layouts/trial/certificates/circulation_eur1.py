"""The movement certificate EUR.1 printed by customs software on plain paper, titles in two languages."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink, Point
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.goods_box import Slot, goods, packages_and_description, tariff, weight_or_quantity
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.trial.certificates.boxes import Box, squeezed, titled
from sample_docs.layouts.trial.certificates.words import FormSheet, place_and_day

_SMALL = Ink("sans", 6.3)
_TOP, _TWO, _THREE, _GOODS, _SIGN, _END = 60.0, 142.0, 232.0, 316.0, 640.0, 796.0


def draw(paper: Paper) -> Drawing:
    sheet = FormSheet(paper, "circulation", margin=40)
    sheet.ink = Ink("mono", 8.6)
    title = Ink("sans", 11, bold=True)
    squeezed(sheet, (sheet.left, 48), [Run(sheet.label("title"))], width=340, ink=title)
    _left(sheet)
    _right(sheet)
    _goods(sheet)
    _signatures(sheet)
    return sheet.finished()


def _box(sheet: Sheet, box: Box, key: str) -> Point:
    return titled(sheet, box, sheet.label(key), ink=_SMALL, rule=0.8)


def _left(sheet: Sheet) -> None:
    left, middle = sheet.left, sheet.left + 258
    sheet.party(_box(sheet, Box(left, _TOP, middle, _TWO), "exporter"), "exporter", width=246, tax=False)
    sheet.party(_box(sheet, Box(left, _TWO, middle, _THREE), "consignee"), "consignee", width=246, tax=False)
    at = _box(sheet, Box(left, _THREE, middle, _GOODS), "transport")
    vessel = [Run(" "), sheet.value("vessel_or_flight")] if sheet.has("vessel_or_flight") else []
    sheet.flow(at, [Run(sheet.paper.extras.get("route", "")), *vessel], width=246)


def _right(sheet: Sheet) -> None:
    middle, right = sheet.left + 258, sheet.right
    quarter = (middle + right) / 2
    sheet.frame((middle, _TOP), (right, _TOP + 28), width=0.8)
    number: Runs = [Run("EUR.1   N° "), sheet.value("number")]
    sheet.put_runs(((middle + right) / 2, _TOP + 19), number, ink=Ink("sans", 12, bold=True), align="centre")
    at = _box(sheet, Box(middle, _TOP + 28, right, _TWO), "between")
    origin, goal = sheet.value("country_of_origin").text, sheet.value("country_of_destination").text
    for row, text in enumerate((origin, sheet.label("and"), goal)):
        sheet.put((quarter, at[1] + 4 + row * 12), text, align="centre")
    at = _box(sheet, Box(middle, _TWO, quarter, _THREE), "origin")
    sheet.flow((at[0], _THREE - 14), [sheet.value("country_of_origin")], width=quarter - middle - 12)
    at = _box(sheet, Box(quarter, _TWO, right, _THREE), "destination")
    sheet.flow((at[0], _THREE - 14), [sheet.value("country_of_destination")], width=right - quarter - 12)
    at = _box(sheet, Box(middle, _THREE, right, _GOODS), "remarks")
    sheet.put((at[0], at[1] + 8), "NO CUMULATION APPLIED")


def _goods(sheet: Sheet) -> None:
    left, right = sheet.left, sheet.right
    edges = (left, right - 176, right - 96, right)
    for start, end, key in zip(edges, edges[1:], ("goods", "mass", "invoices"), strict=False):
        _box(sheet, Box(start, _GOODS, end, _SIGN), key)
    top, small = _GOODS + 40, sheet.ink.sized(8)
    bill: Runs = [sheet.value("invoice_number"), *_dated(sheet)]
    sheet.flow((edges[2] + 4, top), bill, width=88, ink=small)
    sheet.y = sheet.flow((left + 8, top), [Run(sheet.paper.extras.get("marks", ""))], width=300, ink=small) + 4
    slots = (
        Slot(left + 8, left + 26, lambda line: [sheet.cell(line, "number"), Run(".")]),
        Slot(left + 30, edges[1] - 6, lambda line: [*packages_and_description(sheet, line), *tariff(sheet, line)]),
        Slot(edges[1] + 4, edges[2] - 6, lambda line: weight_or_quantity(sheet, line), "right"),
    )
    goods(sheet, slots, ink=small, gap=5)
    if sheet.has("gross_weight_kg"):
        sheet.put((left + 30, sheet.y + 8), sheet.label("total"), ink=small)
        sheet.put_runs((edges[2] - 6, sheet.y + 8), [sheet.weight("gross_weight_kg")], ink=small, align="right")


def _dated(sheet: Sheet) -> Runs:
    return [Run(sheet.label("dated")), sheet.value("invoice_date")] if sheet.has("invoice_date") else []


def _signatures(sheet: Sheet) -> None:
    left, middle, right = sheet.left, (sheet.left + sheet.right) / 2, sheet.right
    at, width = _box(sheet, Box(left, _SIGN, middle, _END), "endorsement"), middle - left - 12
    y = sheet.flow(at, [Run(sheet.label("certified"))], width=width, ink=_SMALL.sized(7))
    y = sheet.flow((at[0], y + 10), [Run(f"{sheet.label('office')} "), sheet.value("issued_by")], width=width)
    country = f"{sheet.label('issuing')} {sheet.paper.extras.get('issuing_country', '')}"
    sheet.flow((at[0], y + 2), [Run(country)], width=width)
    sheet.put_runs((at[0], _END - 20), place_and_day(sheet))
    sheet.put((at[0], _END - 7), sheet.label("place"), ink=_SMALL)
    parts.signed(sheet, (middle - 96, _END - 20), width=80)
    at = _box(sheet, Box(middle, _SIGN, right, _END), "declaration")
    sheet.flow(at, [Run(sheet.label("declares"))], width=width, ink=_SMALL.sized(7))
    sheet.put((at[0], _END - 20), f"{sheet.paper.extras.get('issue_place', '')}, {sheet.value('date').text}")
    sheet.put((at[0], _END - 7), sheet.label("place"), ink=_SMALL)
    parts.signed(sheet, (right - 96, _END - 20), width=80)


LAYOUT = Layout("circulation_eur1", "certificate_of_origin", draw, "eur1", ("en", "de", "fr", "es", "it"))
