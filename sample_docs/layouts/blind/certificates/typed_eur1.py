"""The movement certificate EUR.1 typed into its printed form: titles large, what is typed between the rules."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink, Point
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.blind.certificates.union_sheet import TABLE
from sample_docs.layouts.goods_box import Slot, goods, packages_and_description, tariff, weight_or_quantity
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.trial.certificates.boxes import Box, squeezed, titled
from sample_docs.layouts.trial.certificates.words import FormSheet, place_and_day

_PRINT = Ink("serif", 7.6, colour="#235c3a")
_TOP, _TWO, _THREE, _GOODS, _SIGN, _END = 44.0, 130.0, 222.0, 300.0, 610.0, 798.0


def draw(paper: Paper) -> Drawing:
    sheet = FormSheet(paper, "typed", margin=46, table=TABLE)
    sheet.ink = Ink("mono", 8.8)
    squeezed(sheet, (300, 34), [Run(sheet.label("title"))], width=400, ink=_PRINT.sized(12).strong(), align="centre")
    _parties(sheet)
    _countries(sheet)
    _goods(sheet)
    _signatures(sheet)
    return sheet.finished()


def _box(sheet: Sheet, box: Box, key: str) -> Point:
    return titled(sheet, box, sheet.label(key), ink=_PRINT)


def _parties(sheet: Sheet) -> None:
    left, middle = sheet.left, (sheet.left + sheet.right) / 2
    width = middle - left - 12
    sheet.party(_box(sheet, Box(left, _TOP, middle, _TWO), "exporter"), "exporter", width=width, tax=False)
    sheet.party(_box(sheet, Box(left, _TWO, middle, _THREE), "consignee"), "consignee", width=width, tax=False)
    at = _box(sheet, Box(left, _THREE, middle, _GOODS), "transport")
    y = sheet.flow(at, [Run(sheet.paper.extras.get("route", ""))], width=width)
    sheet.flow((at[0], y), [sheet.value("vessel_or_flight")], width=width)


def _countries(sheet: Sheet) -> None:
    middle, right = (sheet.left + sheet.right) / 2, sheet.right
    centre = (middle + right) / 2
    sheet.frame((middle, _TOP), (right, _TOP + 30), width=0.5)
    sheet.put((middle + 8, _TOP + 21), "EUR.1", ink=_PRINT.sized(15).strong())
    sheet.put_runs((right - 8, _TOP + 20), [Run("No. "), sheet.value("number")], ink=sheet.ink, align="right")
    at = _box(sheet, Box(middle, _TOP + 30, right, _TWO), "between")
    for row, name in enumerate(("country_of_origin", "country_of_destination")):
        sheet.put((at[0], at[1] + 6 + row * 14), sheet.value(name).text)
    for name, box in (
        ("country_of_origin", Box(middle, _TWO, centre, _THREE)),
        ("country_of_destination", Box(centre, _TWO, right, _THREE)),
    ):
        at = _box(sheet, box, "origin" if name == "country_of_origin" else "destination")
        sheet.flow((at[0], max(at[1], _THREE - 24)), [sheet.value(name)], width=box.width - 12)
    _box(sheet, Box(middle, _THREE, right, _GOODS), "remarks")


def _goods(sheet: Sheet) -> None:
    left, right = sheet.left, sheet.right
    edges = (left, right - 160, right - 82, right)
    for start, end, key in zip(edges, edges[1:], ("goods", "mass", "invoices"), strict=False):
        _box(sheet, Box(start, _GOODS, end, _SIGN), key)
    top, small = _GOODS + 46, sheet.ink.sized(8)
    y = sheet.flow((edges[2] + 4, top), [sheet.value("invoice_number")], width=74, ink=small)
    sheet.flow((edges[2] + 4, y + 2), [sheet.value("invoice_date")], width=74, ink=small)
    sheet.y = top
    slots = (
        Slot(left + 6, left + 22, lambda line: [sheet.cell(line, "number")]),
        Slot(left + 26, edges[1] - 6, lambda line: [*packages_and_description(sheet, line), *tariff(sheet, line)]),
        Slot(edges[1] + 4, edges[2] - 6, lambda line: weight_or_quantity(sheet, line)),
    )
    goods(sheet, slots, ink=small, gap=4)
    if sheet.has("gross_weight_kg"):
        total: Runs = [Run(f"{sheet.label('total')}: "), sheet.weight("gross_weight_kg")]
        sheet.put_runs((left + 26, sheet.y + 10), total, ink=small)
    marks = f"{sheet.label('marks')} {sheet.paper.extras.get('marks', '')}"
    sheet.flow((left + 26, sheet.y + 26), [Run(marks)], width=300, ink=small)


def _signatures(sheet: Sheet) -> None:
    left, middle, right = sheet.left, (sheet.left + sheet.right) / 2, sheet.right
    width = middle - left - 12
    at = _box(sheet, Box(left, _SIGN, middle, _END), "endorsement")
    y = sheet.flow(at, [Run(sheet.label("certified"))], width=width, ink=_PRINT) + 8
    for label, run in (("office", sheet.value("issued_by")), ("issuing", Run(_issuing(sheet)))):
        sheet.put((at[0], y), sheet.label(label), ink=_PRINT)
        sheet.put_runs((at[0] + 8, y + 11), [run])
        y += 26
    sheet.put_runs((at[0], _END - 24), place_and_day(sheet))
    sheet.put((at[0], _END - 10), sheet.label("place"), ink=_PRINT)
    at = _box(sheet, Box(middle, _SIGN, right, _END), "declaration")
    sheet.flow(at, [Run(sheet.label("declares"))], width=width, ink=_PRINT)
    sheet.put((at[0], _END - 24), f"{sheet.paper.extras.get('issue_place', '')}, {sheet.value('date').text}")
    sheet.put((at[0], _END - 10), sheet.label("place"), ink=_PRINT)
    parts.signed(sheet, (right - 110, _END - 30), width=80)


def _issuing(sheet: Sheet) -> str:
    return sheet.paper.extras.get("issuing_country", "")


LAYOUT = Layout("typed_eur1", "certificate_of_origin", draw, "eur1", ("en", "de", "fr", "es", "it"))
