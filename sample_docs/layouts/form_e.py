"""ASEAN-China certificate of origin Form E: thirteen boxes, issued in China or an ASEAN state."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.goods_box import Slot, goods, packages_and_description, tariff, weight_or_quantity
from sample_docs.layouts.layout import Layout

_GOODS, _SIGN, _FOOT = 318.0, 616.0, 792.0
_CERTIFIED = (
    "It is hereby certified, on the basis of control carried out, that the declaration by the exporter is correct."
)
_PRODUCED = (
    "The undersigned hereby declares that the above details and statement are correct; that all the "
    "products were produced in"
)
_COMPLYING = (
    "and that they comply with the origin requirements specified for these products in the Rules of Origin "
    "for the ACFTA for the products exported to"
)


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=36)
    sheet.ink = Ink(paper.style.family, 8.6)
    _parties(sheet)
    _goods(sheet)
    _signatures(sheet)
    return sheet.finished()


def _parties(sheet: Sheet) -> None:
    left, right, middle = sheet.left, sheet.right, (sheet.left + sheet.right) / 2
    sheet.put((middle, 36), "ORIGINAL", ink=Ink("sans", 9, bold=True), align="centre")
    title = "1. Products consigned from (Exporter's business name, address, country)"
    at = parts.box(sheet, (left, 44), (middle, 122), title)
    sheet.party((at[0], at[1] + 6), "exporter", width=246, tax=False)
    title = "2. Products consigned to (Consignee's name, address, country)"
    at = parts.box(sheet, (left, 122), (middle, 202), title)
    sheet.party((at[0], at[1] + 6), "consignee", width=246, tax=False)
    parts.box(sheet, (middle, 44), (right, 202), "Reference No.")
    sheet.put_runs((middle + 62, 60), [sheet.value("number")], ink=sheet.ink.sized(10).strong())
    bold, centre = Ink("serif", 10, bold=True, colour=sheet.style.accent), (middle + right) / 2
    heads = (
        (84, "ASEAN-CHINA FREE TRADE AREA"),
        (98, "PREFERENTIAL TARIFF"),
        (112, "CERTIFICATE OF ORIGIN"),
        (146, "FORM E"),
    )
    for y, text in heads:
        sheet.put((centre, y), text, ink=bold.sized(14) if text == "FORM E" else bold, align="centre")
    combined = Ink("serif", 7.5, colour=sheet.style.accent)
    sheet.put((centre, 124), "(Combined Declaration and Certificate)", ink=combined, align="centre")
    issued = [Run("Issued in "), Run(sheet.value("country_of_origin").text.upper(), "country_of_origin")]
    sheet.put_runs((centre, 172), issued, ink=Ink("serif", 9.5), align="centre")
    sheet.put((centre, 182), "(Country)", ink=Ink("serif", 6.5), align="centre")
    _route(sheet, left, middle)
    at = parts.box(sheet, (middle, 202), (right, _GOODS - 26), "4. For Official Use")
    for step, text in enumerate(
        ("Preferential Treatment Given", "Preferential Treatment Not Given (Please state reason/s)")
    ):
        sheet.frame((at[0], at[1] + 4 + step * 24), (at[0] + 9, at[1] + 13 + step * 24), width=0.5)
        sheet.put((at[0] + 14, at[1] + 12 + step * 24), text, ink=Ink("narrow", 7.5))


def _route(sheet: Sheet, left: float, right: float) -> None:
    at = parts.box(sheet, (left, 202), (right, _GOODS - 26), "3. Means of transport and route (as far as known)")
    loading, discharge = (sheet.paper.extras.get(key, "") for key in ("loading", "discharge"))
    small = Ink("narrow", 7.5)
    y = at[1] + 8
    for label, runs in (
        ("Departure date", [Run(sheet.paper.extras.get("departure", ""))]),
        ("Vessel's name / Aircraft etc.", [sheet.value("vessel_or_flight")]),
        ("Port of Discharge", [Run(discharge)]),
        ("From", [Run(loading)]),
    ):
        sheet.put((at[0], y), f"{label}:", ink=small)
        sheet.put_runs((at[0] + 88, y), runs)
        y += 17


def _goods(sheet: Sheet) -> None:
    left, right = sheet.left, sheet.right
    edges = (left, left + 36, left + 112, left + 318, left + 384, left + 452, right)
    titles = (
        "5. Item number",
        "6. Marks and numbers on packages",
        "7. Number and type of packages, description of products (including quantity where appropriate and HS number)",
        "8. Origin criteria (see Overleaf Notes)",
        "9. Gross weight or net weight or other quantity",
        "10. Number and date of invoices",
    )
    for start, end, title in zip(edges, edges[1:], titles, strict=False):
        parts.box(sheet, (start, _GOODS - 26), (end, _SIGN), title)
    sheet.y = _GOODS + 20
    sheet.flow((edges[1] + 4, sheet.y), [Run(sheet.paper.extras.get("marks", ""))], width=68)
    y = sheet.flow((edges[5] + 3, sheet.y), [sheet.value("invoice_number")], width=right - edges[5] - 6)
    sheet.flow((edges[5] + 3, y + 3), [sheet.value("invoice_date")], width=right - edges[5] - 6)
    slots = (
        Slot(edges[0] + 8, edges[1], lambda line: [sheet.cell(line, "number")]),
        Slot(edges[2] + 4, edges[3] - 4, lambda line: [*packages_and_description(sheet, line), *tariff(sheet, line)]),
        Slot(edges[3] + 10, edges[4], lambda line: [sheet.cell(line, "origin_criterion")]),
        Slot(edges[4], edges[5] - 4, lambda line: weight_or_quantity(sheet, line), "right"),
    )
    goods(sheet, slots, ink=sheet.ink, gap=6)
    sheet.put((edges[2] + 4, sheet.y + 4), "*** *** *** *** ***")


def _signatures(sheet: Sheet) -> None:
    left, right, middle = sheet.left, sheet.right, (sheet.left + sheet.right) / 2
    small = Ink("serif", 8)
    at = parts.box(sheet, (left, _SIGN), (middle, _FOOT - 30), "11. Declaration by the exporter")
    y = sheet.flow((at[0], at[1] + 4), [Run(_PRODUCED)], width=244, ink=small)
    sheet.put(((left + middle) / 2, y + 6), sheet.value("country_of_origin").text.upper(), align="centre")
    y = sheet.flow((at[0], y + 20), [Run(_COMPLYING)], width=244, ink=small)
    country = sheet.value("country_of_destination")
    sheet.put(((left + middle) / 2, y + 6), country.text.upper(), name=country.name, align="centre")
    parts.signed(sheet, (left + 130, _FOOT - 50))
    sheet.put((at[0], _FOOT - 34), "Place and date, signature of authorised signatory", ink=small.sized(6.5))
    at = parts.box(sheet, (middle, _SIGN), (right, _FOOT - 30), "12. Certification")
    sheet.flow((at[0], at[1] + 4), [Run(_CERTIFIED)], width=244, ink=small)
    sheet.put_runs((at[0], _FOOT - 86), [sheet.value("issued_by")])
    sheet.put_runs((at[0], _FOOT - 52), [Run(f"{sheet.paper.extras.get('issue_place', '')}, "), sheet.value("date")])
    parts.signed(sheet, (middle + 140, _FOOT - 48))
    sheet.put((at[0], _FOOT - 34), "Place and date, signature and stamp of certifying authority", ink=small.sized(6.5))
    at = parts.box(sheet, (left, _FOOT - 30), (right, _FOOT), "13.")
    for step, text in enumerate(
        ("Issued Retroactively", "Exhibition", "Movement Certificate", "Third Party Invoicing")
    ):
        x = at[0] + 30 + step * 122
        sheet.frame((x, _FOOT - 20), (x + 9, _FOOT - 11), width=0.5)
        sheet.put((x + 13, _FOOT - 12), text, ink=Ink("narrow", 8))


LAYOUT = Layout("form_e", "certificate_of_origin", draw, "form_e", ("en", "zh"))
