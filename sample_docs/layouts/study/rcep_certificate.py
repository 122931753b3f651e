"""The RCEP certificate of origin: landscape of narrow columns, an RCEP country of origin on every line."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink, Point
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.goods_box import Slot, goods, packages_and_description
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study.pieces import Frame
from sample_docs.layouts.study.words import StudySheet

_TOP, _MEANS, _GOODS, _LOW, _END = 58.0, 218.0, 300.0, 600.0, 792.0
_TITLES = (
    "6. Item number", "7. Marks and numbers on packages", "8. Number and kind of packages; and description of goods",
    "9. HS Code of the goods (6 digit-level)", "10. Origin Conferring Criterion", "11. RCEP Country of Origin",
    "12. Quantity (Gross weight or other measurement), and value (FOB) where RVC is applied",
    "13. Invoice number(s) and date of invoice(s)",
)  # fmt: skip
_DECLARES = (
    "The undersigned hereby declares that the above details and statements are correct and that the goods covered in"
    " this Certificate comply with the requirements specified for these goods in the Regional Comprehensive Economic"
    " Partnership Agreement. These goods are exported to:"
)
_CERTIFIES = (
    "On the basis of control carried out, it is hereby certified that the information herein is correct and that the"
    " goods described comply with the origin requirements specified in the Agreement."
)


def draw(paper: Paper) -> Drawing:
    sheet = StudySheet(paper, "rcep", margin=36)
    sheet.ink = Ink("sans", 8)
    centre = (sheet.left + sheet.right) / 2
    sheet.put((centre, 40), "CERTIFICATE OF ORIGIN", ink=Ink("sans", 12, bold=True), align="centre")
    sheet.put((centre, 52), "Form RCEP", ink=Ink("sans", 10, bold=True), align="centre")
    _left(sheet)
    _right(sheet)
    _goods(sheet)
    _signatures(sheet)
    return sheet.finished()


def _box(sheet: Sheet, frame: Frame, title: str) -> Point:
    sheet.frame((frame.left, frame.top), (frame.right, frame.bottom), width=0.5)
    y = sheet.flow((frame.left + 2, frame.top + 7), [Run(title)], width=frame.width - 4, ink=Ink("sans", 6.2))
    return (frame.left + 6, y + 5)


def _left(sheet: Sheet) -> None:
    left, middle = sheet.left, (sheet.left + sheet.right) / 2
    at = _box(
        sheet, Frame(left, _TOP, middle, _TOP + 74), "1. Goods Consigned from (Exporter's name, address and country)"
    )
    sheet.party(at, "exporter", width=middle - left - 12, tax=False)
    title = "2. Goods Consigned to (Importer's/ Consignee's name, address, country)"
    at = _box(sheet, Frame(left, _TOP + 74, middle, _TOP + 148), title)
    sheet.party(at, "consignee", width=middle - left - 12, tax=False)
    title = "3. Producer's name, address and country (if known)"
    at = _box(sheet, Frame(left, _TOP + 148, middle, _MEANS + 24), title)
    sheet.put(at, "CONFIDENTIAL")
    at = _box(sheet, Frame(left, _MEANS + 24, middle, _GOODS), "4. Means of transport and route (if known)")
    runs = [sheet.value("vessel_or_flight"), Run("  "), Run(sheet.paper.extras.get("route", ""))]
    y = sheet.flow(at, runs, width=middle - left - 12, ink=sheet.ink.sized(7.6))
    sheet.put((at[0], y), f"Departure Date: {sheet.paper.extras.get('departure', '')}", ink=sheet.ink.sized(7.6))


def _right(sheet: Sheet) -> None:
    middle, right = (sheet.left + sheet.right) / 2, sheet.right
    sheet.frame((middle, _TOP), (right, _MEANS + 24), width=0.5)
    number = [Run("Certificate No. "), sheet.value("number")]
    sheet.put_runs((middle + 10, _TOP + 20), number, ink=sheet.ink.sized(9.5).strong())
    sheet.put((middle + 10, _TOP + 60), "REGIONAL COMPREHENSIVE ECONOMIC", ink=sheet.ink.strong())
    sheet.put((middle + 10, _TOP + 72), "PARTNERSHIP AGREEMENT", ink=sheet.ink.strong())
    issued = f"Issued in {sheet.paper.extras.get('issuing_country', '')}"
    sheet.put((middle + 10, _TOP + 100), issued)
    _box(
        sheet,
        Frame(middle, _MEANS + 24, right, _GOODS),
        "5. For Official Use: Preferential Treatment Given / Not Given",
    )


def _edges(sheet: Sheet) -> tuple[float, ...]:
    left, right = sheet.left, sheet.right
    return (left, left + 30, left + 84, left + 246, left + 300, left + 348, left + 402, right - 62, right)


def _goods(sheet: Sheet) -> None:
    edges = _edges(sheet)
    for start, end, title in zip(edges, edges[1:], _TITLES, strict=False):
        _box(sheet, Frame(start, _GOODS, end, _LOW), title)
    ink, top = sheet.ink.sized(7.2), _GOODS + 64
    sheet.flow((edges[1] + 3, top), [Run(sheet.paper.extras.get("marks", ""))], width=48, ink=ink)
    y = sheet.flow((edges[7] + 3, top), [sheet.value("invoice_number")], width=58, ink=ink.sized(6.6))
    sheet.flow((edges[7] + 3, y + 2), [sheet.value("invoice_date")], width=58, ink=ink.sized(6.6))
    sheet.y = top
    names = ((3, "hs_code"), (4, "origin_criterion"), (5, "origin"))
    slots = (
        Slot(edges[0] + 5, edges[1] - 3, lambda line: [sheet.cell(line, "number")]),
        Slot(edges[2] + 3, edges[3] - 3, lambda line: packages_and_description(sheet, line)),
        *(_slot(sheet, (edges[at] + 3, edges[at + 1] - 3), name) for at, name in names),
        Slot(edges[6] + 2, edges[7] - 3, lambda line: parts.quantity(sheet, line), "right"),
    )
    goods(sheet, slots, ink=ink, gap=4)


def _slot(sheet: Sheet, ends: tuple[float, float], name: str) -> Slot:
    return Slot(ends[0], ends[1], lambda line: [sheet.cell(line, name)])


def _signatures(sheet: Sheet) -> None:
    middle = (sheet.left + sheet.right) / 2
    sheet.frame((sheet.left, _LOW), (sheet.right, _LOW + 24), width=0.5)
    gross: Runs = [Run("14. Remarks   Gross weight: "), sheet.weight("gross_weight_kg")]
    if sheet.has("gross_weight_kg"):
        sheet.put_runs((sheet.left + 4, _LOW + 15), gross)
    else:
        sheet.put((sheet.left + 4, _LOW + 15), "14. Remarks")
    width, small = middle - sheet.left - 12, Ink("sans", 6.8)
    at = _box(sheet, Frame(sheet.left, _LOW + 24, middle, _END), "15. Declaration by the exporter or producer")
    y = sheet.flow(at, [Run(_DECLARES)], width=width, ink=small)
    sheet.put_runs((at[0] + 60, y + 10), [sheet.value("country_of_destination")], ink=sheet.ink.strong())
    sheet.put((at[0] + 60, y + 19), "(importing country)", ink=small)
    place = f"{sheet.paper.extras.get('issue_place', '')}, {sheet.value('date').text}"
    sheet.put((at[0], _END - 10), place)
    parts.signed(sheet, (middle - 100, _END - 14), width=80)
    at = _box(sheet, Frame(middle, _LOW + 24, sheet.right, _END), "16. Certification")
    y = sheet.flow(at, [Run(_CERTIFIES)], width=width, ink=small)
    sheet.flow((at[0], y + 14), [sheet.value("issued_by")], width=width)
    sheet.put_runs((at[0], _END - 10), [Run(f"{sheet.paper.extras.get('issue_place', '')}, "), sheet.value("date")])
    parts.signed(sheet, (sheet.right - 100, _END - 14), width=80)


LAYOUT = Layout("rcep_certificate", "certificate_of_origin", draw, "rcep", ("en",))
