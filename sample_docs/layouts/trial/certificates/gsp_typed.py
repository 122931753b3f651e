"""Form A filled on a typewriter: no line between the items, the weight below them."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink, Point
from sample_docs.generator.sheet import Run, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.goods_box import Slot, goods, packages_and_description
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.trial.certificates.boxes import Box, titled
from sample_docs.layouts.trial.certificates.words import FormSheet, kilograms, place_and_day

_SMALL = Ink("narrow", 7.2)
_TOP, _WAY, _GOODS, _SIGN, _END = 50.0, 206.0, 286.0, 592.0, 792.0


def draw(paper: Paper) -> Drawing:
    sheet = FormSheet(paper, "gsp", margin=38)
    sheet.ink = Ink("mono", 8.4)
    _parties(sheet)
    _way(sheet)
    _goods(sheet)
    _signed(sheet)
    return sheet.finished()


def _box(sheet: Sheet, box: Box, key: str) -> Point:
    return titled(sheet, box, sheet.label(key), ink=_SMALL)


def _parties(sheet: Sheet) -> None:
    left, middle, right, half = sheet.left, (sheet.left + sheet.right) / 2, sheet.right, (_TOP + _WAY) / 2
    width = middle - left - 12
    sheet.party(_box(sheet, Box(left, _TOP, middle, half), "exporter"), "exporter", width=width, tax=False)
    sheet.party(_box(sheet, Box(left, half, middle, _WAY), "consignee"), "consignee", width=width, tax=False)
    sheet.frame((middle, _TOP), (right, _WAY), width=0.5)
    sheet.put((middle + 6, _TOP + 12), "Reference No", ink=_SMALL)
    sheet.put_runs((middle + 70, _TOP + 14), [sheet.value("number")], ink=sheet.ink.sized(10))
    centre = (middle + right) / 2
    texts = ("GENERALISED SYSTEM OF PREFERENCES", "CERTIFICATE OF ORIGIN", "(Combined declaration and certificate)")
    for at, text in enumerate(texts):
        sheet.put((centre, _TOP + 48 + 15 * at), text, ink=Ink("narrow", 10, bold=at < len(texts) - 1), align="centre")
    sheet.put((centre, _TOP + 102), "FORM A", ink=Ink("narrow", 13, bold=True), align="centre")
    sheet.put((middle + 26, _TOP + 126), "Issued in", ink=_SMALL)
    sheet.put((middle + 76, _TOP + 126), sheet.paper.extras.get("issuing_country", "").upper())
    sheet.put((centre, _TOP + 138), "(country)", ink=_SMALL, align="centre")
    sheet.put((right - 8, _WAY - 5), "See notes overleaf", ink=_SMALL, align="right")


def _way(sheet: Sheet) -> None:
    left, middle, right = sheet.left, (sheet.left + sheet.right) / 2, sheet.right
    at = _box(sheet, Box(left, _WAY, middle, _GOODS), "transport")
    width = middle - left - 12
    y = sheet.flow(at, [Run(f"BY: {sheet.paper.extras.get('route', '')}")], width=width)
    if sheet.has("vessel_or_flight"):
        sheet.put_runs((at[0], y), [Run("VESSEL "), sheet.value("vessel_or_flight")])
        y += 11
    sheet.put((at[0], y), f"ON/ABOUT {sheet.paper.extras.get('departure', '')}")
    _box(sheet, Box(middle, _WAY, right, _GOODS), "official")


def _goods(sheet: Sheet) -> None:
    left, right = sheet.left, sheet.right
    edges = (left, left + 34, left + 108, right - 204, right - 150, right - 80, right)
    keys = ("item", "marks", "goods", "criterion", "weight", "invoices")
    for start, end, key in zip(edges, edges[1:], keys, strict=False):
        _box(sheet, Box(start, _GOODS, end, _SIGN), key)
    top, small = _GOODS + 62, sheet.ink.sized(7.8)
    sheet.flow((edges[1] + 4, top), [Run(sheet.paper.extras.get("marks", ""))], width=66, ink=small)
    y = sheet.flow((edges[5] + 4, top), [sheet.value("invoice_number")], width=72, ink=small)
    dated = [Run("DTD "), sheet.value("invoice_date")] if sheet.has("invoice_date") else []
    sheet.flow((edges[5] + 4, y), dated, width=72, ink=small)
    sheet.y = top
    slots = (
        Slot(edges[0] + 6, edges[1] - 4, lambda line: [sheet.cell(line, "number")]),
        Slot(edges[2] + 4, edges[3] - 4, lambda line: packages_and_description(sheet, line)),
        Slot(edges[3] + 4, edges[4] - 4, lambda line: [sheet.cell(line, "origin_criterion")]),
        Slot(edges[4] + 4, edges[5] - 4, lambda line: parts.quantity(sheet, line)),
    )
    goods(sheet, slots, ink=small, gap=4)
    sheet.put((edges[2] + 4, sheet.y + 8), "-" * 30, ink=small)
    weight = kilograms(sheet, before="TOTAL G.W. ")
    sheet.put_runs((edges[2] + 4, sheet.y + 20), weight, ink=small)


def _signed(sheet: Sheet) -> None:
    left, middle, right = sheet.left, (sheet.left + sheet.right) / 2, sheet.right
    width = middle - left - 12
    at = _box(sheet, Box(left, _SIGN, middle, _END), "certification")
    y = sheet.flow(at, [Run(sheet.label("certifies"))], width=width, ink=_SMALL)
    sheet.flow((at[0], y + 30), [sheet.value("issued_by")], width=width)
    sheet.put_runs((at[0], _END - 24), place_and_day(sheet))
    sheet.put((at[0], _END - 8), sheet.label("place_authority"), ink=_SMALL)
    at = _box(sheet, Box(middle, _SIGN, right, _END), "declaration")
    y = sheet.flow(at, [Run(sheet.label("declares"))], width=width, ink=_SMALL)
    centre = (middle + right) / 2
    sheet.put_runs((centre, y + 10), [sheet.value("country_of_origin")], align="centre")
    sheet.put((centre, y + 19), "(country)", ink=_SMALL, align="centre")
    y = sheet.flow((at[0], y + 32), [Run(sheet.label("complies"))], width=width, ink=_SMALL)
    sheet.put_runs((centre, y + 10), [sheet.value("country_of_destination")], align="centre")
    sheet.put((centre, y + 19), "(importing country)", ink=_SMALL, align="centre")
    sheet.put((at[0], _END - 24), f"{sheet.paper.extras.get('issue_place', '')}, {sheet.value('date').text}")
    sheet.put((at[0], _END - 8), sheet.label("place_exporter"), ink=_SMALL)


LAYOUT = Layout("gsp_typed", "certificate_of_origin", draw, "form_a", ("en",))
