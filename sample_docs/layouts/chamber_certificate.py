"""A non-preferential certificate of origin of a chamber of commerce, in the five boxes that most chambers use."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.goods_box import Slot, goods, packages_and_description, tariff
from sample_docs.layouts.layout import Layout

_GOODS, _SIGN, _FOOT = 330.0, 640.0, 778.0


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=50)
    _title(sheet)
    _parties(sheet)
    _goods(sheet)
    _certified(sheet)
    return sheet.finished()


def _title(sheet: Sheet) -> None:
    middle = sheet.size[0] / 2
    bold = Ink("serif", 17, bold=True, colour=sheet.style.accent)
    sheet.put_runs((middle, 56), [sheet.value("issued_by")], ink=bold.sized(12), align="centre")
    sheet.put((middle, 80), "CERTIFICATE OF ORIGIN", ink=bold, align="centre")
    sheet.put_runs((sheet.right, 98), [Run("Certificate No. "), sheet.value("number")], align="right")


def _parties(sheet: Sheet) -> None:
    left, right, middle = sheet.left, sheet.right, (sheet.left + sheet.right) / 2
    at = parts.box(sheet, (left, 106), (middle, 200), "Exporter")
    sheet.party((at[0], at[1] + 8), "exporter", width=232, tax=False)
    at = parts.box(sheet, (middle, 106), (right, 200), "Consignee")
    sheet.party((at[0], at[1] + 8), "consignee", width=232, tax=False)
    at = parts.box(sheet, (left, 200), (middle, 248), "Country of origin")
    sheet.put_runs((at[0], at[1] + 14), [sheet.value("country_of_origin")], ink=sheet.ink.sized(11).strong())
    at = parts.box(sheet, (middle, 200), (right, 248), "Means of transport")
    route = [Run(sheet.paper.extras.get("route", "")), Run(" "), sheet.value("vessel_or_flight")]
    sheet.flow((at[0], at[1] + 10), route, width=232)
    at = parts.box(sheet, (left, 248), (right, _GOODS - 32), "Remarks")
    remarks = [Run("As per invoice "), sheet.value("invoice_number"), Run(" dated "), sheet.value("invoice_date")]
    sheet.put_runs((at[0], at[1] + 10), remarks)


def _goods(sheet: Sheet) -> None:
    left, right = sheet.left, sheet.right
    parts.box(
        sheet,
        (left, _GOODS - 32),
        (right - 110, _SIGN),
        "Item; marks and numbers; number and kind of packages; description of goods",
    )
    parts.box(sheet, (right - 110, _GOODS - 32), (right, _SIGN), "Quantity")
    sheet.y = _GOODS
    if marks := sheet.paper.extras.get("marks"):
        sheet.y = sheet.flow((left + 8, sheet.y), [Run(marks)], width=340) + 6
    slots = (
        Slot(left + 8, left + 26, lambda line: [sheet.cell(line, "number")]),
        Slot(left + 30, right - 118, lambda line: [*packages_and_description(sheet, line), *tariff(sheet, line)]),
        Slot(right - 104, right - 8, lambda line: parts.quantity(sheet, line), "right"),
    )
    goods(sheet, slots, ink=sheet.ink, gap=5)
    if sheet.has("gross_weight_kg"):
        total = [Run("Total gross weight: "), sheet.weight("gross_weight_kg")]
        sheet.put_runs((left + 30, sheet.y + 10), total)


def _certified(sheet: Sheet) -> None:
    at = parts.box(sheet, (sheet.left, _SIGN), (sheet.right, _FOOT), "Certification")
    text = "The undersigned authority certifies that the goods described above originate in the country shown."
    sheet.flow((at[0], at[1] + 6), [Run(text)], width=400, ink=Ink("serif", 9))
    sheet.put_runs((at[0], _FOOT - 28), [Run(f"{sheet.paper.extras.get('issue_place', '')}, "), sheet.value("date")])
    sheet.put((at[0], _FOOT - 10), "Place and date of issue", ink=Ink("narrow", 7))
    parts.signed(sheet, (sheet.left + 290, _FOOT - 30), width=120)
    sheet.put((sheet.left + 290, _FOOT - 10), "Name, signature and stamp of the authority", ink=Ink("narrow", 7))


LAYOUT = Layout("chamber_certificate", "certificate_of_origin", draw, "chamber")
