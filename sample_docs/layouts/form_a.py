"""GSP certificate of origin Form A (UNCTAD): twelve boxes, combined declaration and certificate."""

from __future__ import annotations

from sample_docs.generator import printing
from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.goods_box import Slot, goods, packages_and_description
from sample_docs.layouts.layout import Layout

_TOP, _GOODS, _SIGN, _FOOT = 52.0, 292.0, 612.0, 782.0
_CERTIFIED = (
    "It is hereby certified, on the basis of control carried out, that the declaration by the exporter is correct."
)
_PRODUCED = (
    "The undersigned hereby declares that the above details and statements are correct; that all the goods "
    "were produced in"
)
_COMPLYING = (
    "and that they comply with the origin requirements specified for those goods in the Generalised System "
    "of Preferences for goods exported to"
)


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=40)
    sheet.ink = Ink("mono", 8.6)
    _parties(sheet)
    _goods(sheet)
    _signatures(sheet)
    return sheet.finished()


def _parties(sheet: Sheet) -> None:
    left, right, middle = sheet.left, sheet.right, sheet.left + 262
    at = parts.box(
        sheet, (left, _TOP), (middle, 126), "1. Goods consigned from (Exporter's business name, address, country)"
    )
    sheet.party((at[0], at[1] + 6), "exporter", width=248, tax=False)
    at = parts.box(sheet, (left, 126), (middle, 204), "2. Goods consigned to (Consignee's name, address, country)")
    sheet.party((at[0], at[1] + 6), "consignee", width=248, tax=False)
    parts.box(sheet, (middle, _TOP), (right, 204), "Reference No.")
    sheet.put_runs((middle + 70, _TOP + 16), [sheet.value("number")], ink=sheet.ink.sized(11).strong())
    ink, centre = Ink("serif", 10.5, bold=True, colour=sheet.style.accent), (middle + right) / 2
    for y, text in ((100, "GENERALISED SYSTEM OF PREFERENCES"), (116, "CERTIFICATE OF ORIGIN"), (146, "FORM A")):
        sheet.put((centre, y), text, ink=ink.sized(15) if text == "FORM A" else ink, align="centre")
    small = Ink("serif", 7.5, colour=sheet.style.accent)
    sheet.put((centre, 128), "(Combined declaration and certificate)", ink=small, align="centre")
    issued = [Run("Issued in "), sheet.value("country_of_origin")]
    sheet.put_runs((centre, 172), issued, ink=Ink("serif", 10, bold=True), align="centre")
    at = parts.box(sheet, (left, 204), (middle, _GOODS - 24), "3. Means of transport and route (as far as known)")
    sheet.flow((at[0], at[1] + 6), _route(sheet), width=246)
    parts.box(sheet, (middle, 204), (right, _GOODS - 24), "4. For official use")


def _route(sheet: Sheet) -> list[Run]:
    loading, discharge = (sheet.paper.extras.get(key, "") for key in ("loading", "discharge"))
    vessel = [Run(" PER "), sheet.value("vessel_or_flight")] if sheet.has("vessel_or_flight") else []
    return [Run(f"FROM {loading} TO {discharge}"), *vessel]


def _goods(sheet: Sheet) -> None:
    left, right = sheet.left, sheet.right
    edges = (left, left + 34, left + 112, left + 312, left + 372, left + 440, right)
    titles = (
        "5. Item number",
        "6. Marks and numbers of packages",
        "7. Number and kind of packages; description of goods",
        "8. Origin criterion (see notes overleaf)",
        "9. Gross weight or other quantity",
        "10. Number and date of invoices",
    )
    for start, end, title in zip(edges, edges[1:], titles, strict=False):
        parts.box(sheet, (start, _GOODS - 24), (end, _SIGN), title)
    sheet.y = _GOODS + 22
    first = sheet.y
    sheet.flow((edges[1] + 4, first), [Run(sheet.paper.extras.get("marks", ""))], width=70)
    sheet.flow((edges[5] + 4, first), [sheet.value("invoice_number")], width=right - edges[5] - 6)
    sheet.flow((edges[5] + 4, first + 24), [sheet.value("invoice_date")], width=right - edges[5] - 6)
    slots = (
        Slot(edges[0] + 6, edges[1] - 2, lambda line: [sheet.cell(line, "number")]),
        Slot(edges[2] + 4, edges[3] - 4, lambda line: packages_and_description(sheet, line)),
        Slot(edges[3] + 5, edges[4] - 2, lambda line: [sheet.cell(line, "origin_criterion")]),
        Slot(edges[4] + 2, edges[5] - 3, lambda line: parts.quantity(sheet, line), "right"),
    )
    goods(sheet, slots, ink=sheet.ink)
    if sheet.has("gross_weight_kg"):
        total = [Run("TOTAL GROSS WEIGHT: "), sheet.weight("gross_weight_kg")]
        sheet.put_runs((edges[2] + 4, sheet.y + 10), total, ink=sheet.ink)


def _signatures(sheet: Sheet) -> None:
    middle = (sheet.left + sheet.right) / 2
    at = parts.box(sheet, (sheet.left, _SIGN), (middle, _FOOT), "11. Certification")
    sheet.flow((at[0], at[1] + 4), [Run(_CERTIFIED)], width=232, ink=Ink("serif", 8))
    parts.signed(sheet, (sheet.left + 130, _FOOT - 44))
    sheet.put_runs((at[0], _FOOT - 34), [sheet.value("issued_by")])
    sheet.put_runs((at[0], _FOOT - 22), [Run(f"{sheet.paper.extras.get('issue_place', '')}, "), sheet.value("date")])
    sheet.put((at[0], _FOOT - 8), "Place and date, signature and stamp of certifying authority", ink=Ink("serif", 6.5))
    at = parts.box(sheet, (middle, _SIGN), (sheet.right, _FOOT), "12. Declaration by the exporter")
    y = sheet.flow((at[0], at[1] + 4), [Run(_PRODUCED)], width=232, ink=Ink("serif", 8))
    sheet.put((middle + 128, y + 8), sheet.value("country_of_origin").text.upper(), align="centre")
    y = sheet.flow((at[0], y + 22), [Run(_COMPLYING)], width=232, ink=Ink("serif", 8))
    country = printing.country(sheet.paper.text("country_of_destination"), sheet.style)
    sheet.put((middle + 128, y + 8), country, name="country_of_destination", align="centre")
    parts.signed(sheet, (middle + 120, _FOOT - 34))
    sheet.put((at[0], _FOOT - 8), "Place and date, signature of authorised signatory", ink=Ink("serif", 6.5))


LAYOUT = Layout("form_a", "certificate_of_origin", draw, "form_a", ("en",))
