"""Movement certificate EUR.1 (pan-Euro-Mediterranean rules, annex IV) in black print, filled in by typewriter."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.calibration import cells
from sample_docs.layouts.calibration.worded import WordedSheet
from sample_docs.layouts.goods_box import Slot, goods, packages_and_description, tariff, weight_or_quantity
from sample_docs.layouts.layout import Layout

_TOP, _SECOND, _THIRD, _GOODS, _SIGN, _FOOT = 56.0, 132.0, 214.0, 276.0, 608.0, 790.0


def draw(paper: Paper) -> Drawing:
    sheet = WordedSheet(paper, margin=36)
    sheet.ink = Ink("mono", 8.4)
    _parties(sheet)
    _countries(sheet)
    _goods(sheet)
    _endorsement(sheet)
    _declaration(sheet)
    return sheet.finished()


def _parties(sheet: Sheet) -> None:
    left, right, middle = sheet.left, sheet.right, (sheet.left + sheet.right) / 2 - 8
    title = sheet.label("eur1_title")
    sheet.put(((left + right) / 2, 44), title, ink=Ink("sans", 12, bold=True), align="centre")
    at = cells.form_box(sheet, (left, _TOP), (middle, _SECOND), "eur1_exporter")
    sheet.party(at, "exporter", width=middle - left - 14, tax=False)
    sheet.frame((middle, _TOP), (right, _TOP + 30), width=0.7)
    sheet.put((middle + 8, _TOP + 21), "EUR.1", ink=Ink("sans", 14, bold=True))
    sheet.put((middle + 80, _TOP + 21), "No", ink=Ink("sans", 9))
    sheet.put_runs((middle + 98, _TOP + 21), [sheet.value("number")], ink=Ink("sans", 12, bold=True))
    _between(sheet, middle)
    at = cells.form_box(sheet, (left, _SECOND), (middle, _THIRD), "eur1_consignee")
    sheet.party((at[0], at[1] + 2), "consignee", width=middle - left - 14, tax=False)


def _between(sheet: Sheet, left: float) -> None:
    at = cells.form_box(sheet, (left, _TOP + 30), (sheet.right, _SECOND + 18), "eur1_between")
    centre = (left + sheet.right) / 2
    ends = (sheet.value("country_of_origin").text, sheet.value("country_of_destination").text)
    sheet.put((centre, at[1] + 8), sheet.paper.extras.get("origin_group", ends[0]), align="centre")
    sheet.put((centre, at[1] + 20), sheet.label("eur1_and"), ink=Ink("sans", 7), align="centre")
    sheet.put((centre, at[1] + 32), ends[1], align="centre")


def _countries(sheet: Sheet) -> None:
    left, right, middle = sheet.left, sheet.right, (sheet.left + sheet.right) / 2 - 8
    quarter = (middle + right) / 2
    start, end = _SECOND + 18, _THIRD
    for edges, key, name in (
        ((middle, quarter), "eur1_origin", "country_of_origin"),
        ((quarter, right), "eur1_destination", "country_of_destination"),
    ):
        at = cells.form_box(sheet, (edges[0], start), (edges[1], end), key)
        sheet.flow((at[0], at[1] + 4), [sheet.value(name)], width=edges[1] - edges[0] - 12)
    at = cells.form_box(sheet, (left, _THIRD), (middle, _GOODS), "eur1_transport")
    sheet.flow(at, [Run(sheet.paper.extras.get("route", ""))], width=middle - left - 14)
    cells.form_box(sheet, (middle, _THIRD), (right, _GOODS), "eur1_remarks")


def _goods(sheet: Sheet) -> None:
    left, right = sheet.left, sheet.right
    edges = (left, right - 154, right - 74, right)
    for start, end, key in zip(edges, edges[1:], ("eur1_goods", "eur1_mass", "eur1_invoices"), strict=False):
        cells.form_box(sheet, (start, _GOODS), (end, _SIGN), key)
    sheet.y = _GOODS + 44
    y = sheet.flow((edges[2] + 4, sheet.y), [sheet.value("invoice_number")], width=68, ink=sheet.ink.sized(7.6))
    sheet.flow((edges[2] + 4, y + 3), [sheet.value("invoice_date")], width=68, ink=sheet.ink.sized(7.6))
    if marks := sheet.paper.extras.get("marks"):
        sheet.y = sheet.flow((left + 8, sheet.y), [Run(marks)], width=320) + 6
    slots = (
        Slot(left + 8, left + 24, lambda line: [sheet.cell(line, "number")]),
        Slot(left + 30, edges[1] - 8, lambda line: [*packages_and_description(sheet, line), *tariff(sheet, line)]),
        Slot(edges[1] + 2, edges[2] - 6, lambda line: weight_or_quantity(sheet, line), "right"),
    )
    goods(sheet, slots, ink=sheet.ink, gap=5)
    _sum(sheet, edges)


def _sum(sheet: Sheet, edges: tuple[float, ...]) -> None:
    if sheet.has("gross_weight_kg"):
        sheet.put((sheet.left + 30, sheet.y + 8), sheet.label("gross_weight_kg"))
        sheet.put_runs((edges[2] - 6, sheet.y + 8), [sheet.weight("gross_weight_kg")], align="right")


def _endorsement(sheet: Sheet) -> None:
    left, middle = sheet.left, (sheet.left + sheet.right) / 2 - 8
    small = Ink("sans", 7)
    at = cells.form_box(sheet, (left, _SIGN), (middle, _FOOT), "eur1_customs")
    y = sheet.flow(at, [Run(sheet.label("eur1_customs_text"))], width=middle - left - 14, ink=small) + 4
    y = sheet.flow((at[0], y + 14), [Run(f"{sheet.label('eur1_office')}:")], width=240, ink=small)
    y = sheet.flow((at[0], y + 2), [sheet.value("issued_by")], width=middle - left - 14)
    country = [Run(f"{sheet.label('eur1_country')}:")]
    y = sheet.flow((at[0], y + 4), country, width=240, ink=small)
    sheet.put((at[0], y + 2), sheet.paper.extras.get("issuing_country", ""))
    _signed(sheet, (at[0], y + 26), [Run(f"{sheet.paper.extras.get('issue_place', '')}, "), sheet.value("date")])


def _declaration(sheet: Sheet) -> None:
    middle, right = (sheet.left + sheet.right) / 2 - 8, sheet.right
    at = cells.form_box(sheet, (middle, _SIGN), (right, _FOOT), "eur1_declaration")
    text = [Run(sheet.label("eur1_declaration_text"))]
    y = sheet.flow(at, text, width=right - middle - 14, ink=Ink("sans", 7.6))
    place = f"{sheet.paper.extras.get('issue_place', '')}, {sheet.value('date').text}"
    _signed(sheet, (at[0], y + 48), [Run(place)])


def _signed(sheet: Sheet, at: tuple[float, float], runs: list[Run]) -> None:
    """Place and date over their printed words, the signature below."""
    small = Ink("sans", 6.6)
    sheet.put_runs(at, runs)
    sheet.put((at[0], at[1] + 10), sheet.label("eur1_place"), ink=small)
    parts.signed(sheet, (at[0] + 120, _FOOT - 14), width=90)
    sheet.put((at[0], _FOOT - 6), sheet.label("eur1_signature"), ink=small)


LAYOUT = Layout("movement_certificate", "certificate_of_origin", draw, "eur1", ("en", "de", "fr", "es", "it"))
