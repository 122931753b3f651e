"""Form E of the trade area of ASEAN and China on the printed form: item by item, weight and value in one box."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink, Point
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.blind.certificates.union_sheet import TABLE
from sample_docs.layouts.goods_box import Slot, goods, packages_and_description, tariff, weight_or_quantity
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.trial.certificates.boxes import Box, titled
from sample_docs.layouts.trial.certificates.words import FormSheet, kilograms, place_and_day

_SMALL = Ink("serif", 7)
_TOP, _WAY, _GOODS, _SIGN, _END = 40.0, 188.0, 282.0, 588.0, 796.0


def draw(paper: Paper) -> Drawing:
    sheet = FormSheet(paper, "treaty", margin=36, table=TABLE)
    sheet.ink = Ink("sans", 8.2)
    _parties(sheet)
    _title(sheet)
    _way(sheet)
    _goods(sheet)
    _exporter(sheet)
    _authority(sheet)
    return sheet.finished()


def _box(sheet: Sheet, box: Box, key: str) -> Point:
    return titled(sheet, box, sheet.label(key), ink=_SMALL)


def _parties(sheet: Sheet) -> None:
    left, middle, half = sheet.left, sheet.left + 272, (_TOP + _WAY) / 2
    sheet.party(_box(sheet, Box(left, _TOP, middle, half), "exporter"), "exporter", width=260, tax=False)
    sheet.party(_box(sheet, Box(left, half, middle, _WAY), "consignee"), "consignee", width=260, tax=False)


def _title(sheet: Sheet) -> None:
    left, right = sheet.left + 272, sheet.right
    centre = (left + right) / 2
    sheet.frame((left, _TOP), (right, _WAY), width=0.5)
    sheet.put_runs((left + 8, _TOP + 14), [Run("Reference No.: "), sheet.value("number")], ink=sheet.ink.strong())
    for at, key in enumerate(("title_1", "title_2", "title_3", "title_4")):
        sheet.put(
            (centre, _TOP + 42 + 13 * at), sheet.label(key), ink=Ink("serif", 9, bold=key == "title_3"), align="centre"
        )
    sheet.put((centre, _TOP + 100), "FORM E", ink=Ink("serif", 14, bold=True), align="centre")
    issued = f"Issued in {sheet.paper.extras.get('issuing_country', '').upper()}"
    sheet.put((centre, _TOP + 122), issued, ink=Ink("serif", 9), align="centre")
    sheet.put((centre, _TOP + 132), "(Country)", ink=_SMALL, align="centre")


def _way(sheet: Sheet) -> None:
    left, middle, right, extras = sheet.left, sheet.left + 272, sheet.right, sheet.paper.extras
    at = _box(sheet, Box(left, _WAY, middle, _GOODS), "transport")
    rows = (("Departure date: ", Run(extras.get("departure", ""))),
            ("Vessel's name / Aircraft etc.: ", sheet.value("vessel_or_flight")),
            ("Port of Discharge: ", Run(extras.get("discharge", ""))))  # fmt: skip
    for row, (label, run) in enumerate(rows):
        sheet.put_runs((at[0], at[1] + 6 + 16 * row), [Run(label), run])
    _box(sheet, Box(middle, _WAY, right, _GOODS), "official")


def _goods(sheet: Sheet) -> None:
    left, right = sheet.left, sheet.right
    edges = (left, left + 38, left + 112, right - 216, right - 156, right - 80, right)
    keys = ("item", "marks", "goods", "criteria", "weight", "invoices")
    for start, end, key in zip(edges, edges[1:], keys, strict=False):
        _box(sheet, Box(start, _GOODS, end, _SIGN), key)
    top, small = _GOODS + 66, sheet.ink.sized(7.8)
    sheet.flow((edges[1] + 4, top), [Run(sheet.paper.extras.get("marks", ""))], width=66, ink=small)
    y = sheet.flow((edges[5] + 4, top), [sheet.value("invoice_number")], width=72, ink=small)
    sheet.flow((edges[5] + 4, y + 1), [sheet.value("invoice_date")], width=72, ink=small)
    sheet.y = top
    slots = (
        Slot(edges[0] + 8, edges[1] - 4, lambda line: [sheet.cell(line, "number")]),
        Slot(edges[2] + 4, edges[3] - 4, lambda line: _described(sheet, line)),
        Slot(edges[3] + 4, edges[4] - 4, lambda line: [sheet.cell(line, "origin_criterion")]),
        Slot(edges[4] + 4, edges[5] - 4, lambda line: weight_or_quantity(sheet, line)),
    )
    goods(sheet, slots, ink=small, gap=5)
    sheet.put_runs((edges[2] + 4, sheet.y + 8), kilograms(sheet, before="TOTAL GROSS WEIGHT: "), ink=small)


def _described(sheet: Sheet, line: int) -> Runs:
    quantity = sheet.cell(line, "quantity")
    counted: Runs = [Run(", "), *parts.quantity(sheet, line)] if quantity.text else []
    return [*packages_and_description(sheet, line), *counted, *tariff(sheet, line)]


def _exporter(sheet: Sheet) -> None:
    left, middle = sheet.left, (sheet.left + sheet.right) / 2
    at, width = _box(sheet, Box(left, _SIGN, middle, _END), "declaration"), middle - left - 12
    centre = (left + middle) / 2
    y = sheet.flow(at, [Run(sheet.label("declares"))], width=width, ink=_SMALL)
    sheet.put_runs((centre, y + 10), [sheet.value("country_of_origin")], align="centre")
    sheet.put((centre, y + 19), "(Country)", ink=_SMALL, align="centre")
    y = sheet.flow((at[0], y + 32), [Run(sheet.label("complies"))], width=width, ink=_SMALL)
    sheet.put_runs((centre, y + 10), [sheet.value("country_of_destination")], align="centre")
    sheet.put((centre, y + 19), "(Importing Country)", ink=_SMALL, align="centre")
    sheet.put((at[0], _END - 24), f"{sheet.paper.extras.get('issue_place', '')}, {sheet.value('date').text}")
    sheet.put((at[0], _END - 8), sheet.label("place_exporter"), ink=_SMALL)


def _authority(sheet: Sheet) -> None:
    right, middle = sheet.right, (sheet.left + sheet.right) / 2
    at, width = _box(sheet, Box(middle, _SIGN, right, _END), "certification"), right - middle - 12
    y = sheet.flow(at, [Run(sheet.label("certifies"))], width=width, ink=_SMALL)
    sheet.flow((at[0], y + 26), [sheet.value("issued_by")], width=width)
    parts.signed(sheet, (right - 110, _END - 50), width=80)
    sheet.put_runs((at[0], _END - 24), place_and_day(sheet))
    sheet.put((at[0], _END - 8), sheet.label("place_authority"), ink=_SMALL)


LAYOUT = Layout("treaty_form_e", "certificate_of_origin", draw, "form_e", ("en",))
