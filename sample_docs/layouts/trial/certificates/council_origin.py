"""The certificate of a Chinese council: twelve boxes with titles in English and Chinese, packages in words."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink, Point
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.goods_box import Slot, goods
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study.spelling import whole
from sample_docs.layouts.trial.certificates.boxes import Box, titled
from sample_docs.layouts.trial.certificates.words import FormSheet, kilograms, place_and_day

_TITLE = Ink("serif", 7.4)
_TOP, _WAY, _GOODS, _SIGN, _END = 46.0, 178.0, 262.0, 612.0, 790.0


def draw(paper: Paper) -> Drawing:
    sheet = FormSheet(paper, "council", margin=42)
    sheet.ink = Ink("serif", 8.8)
    _parties(sheet)
    _way(sheet)
    _goods(sheet)
    _signed(sheet)
    return sheet.finished()


def _box(sheet: Sheet, box: Box, key: str) -> Point:
    return titled(sheet, box, sheet.label(key), ink=_TITLE)


def _parties(sheet: Sheet) -> None:
    left, middle, right, half = sheet.left, sheet.left + 262, sheet.right, (_TOP + _WAY) / 2
    sheet.party(_box(sheet, Box(left, _TOP, middle, half), "exporter"), "exporter", width=250, tax=False)
    sheet.party(_box(sheet, Box(left, half, middle, _WAY), "consignee"), "consignee", width=250, tax=False)
    sheet.frame((middle, _TOP), (right, _WAY), width=0.5)
    sheet.put_runs((middle + 8, _TOP + 14), [Run("Certificate No. "), sheet.value("number")], ink=sheet.ink.strong())
    centre = (middle + right) / 2
    for at, (text, size) in enumerate((("CERTIFICATE OF ORIGIN", 13), ("OF", 9))):
        sheet.put((centre, _TOP + 56 + 16 * at), text, ink=Ink("serif", size, bold=True), align="centre")
    land = sheet.paper.extras.get("issuing_country", "").upper()
    sheet.put((centre, _TOP + 90), land, ink=Ink("serif", 12, bold=True), align="centre")
    sheet.put((centre, _TOP + 106), "原产地证明书", ink=Ink("serif", 10), align="centre")


def _way(sheet: Sheet) -> None:
    left, middle, right, half = sheet.left, sheet.left + 262, sheet.right, (_WAY + _GOODS) / 2
    at = _box(sheet, Box(left, _WAY, middle, half), "transport")
    by = [Run(" BY "), sheet.value("vessel_or_flight")] if sheet.has("vessel_or_flight") else []
    sheet.flow(at, [Run(f"FROM {sheet.paper.extras.get('route', '')}"), *by], width=250, ink=sheet.ink.sized(8))
    at = _box(sheet, Box(left, half, middle, _GOODS), "destination")
    sheet.put_runs(at, [sheet.value("country_of_destination")])
    _box(sheet, Box(middle, _WAY, right, _GOODS), "official")


def _goods(sheet: Sheet) -> None:
    left, right = sheet.left, sheet.right
    edges = (left, left + 78, right - 210, right - 144, right - 76, right)
    keys = ("marks", "goods", "code", "quantity", "invoices")
    for start, end, key in zip(edges, edges[1:], keys, strict=False):
        _box(sheet, Box(start, _GOODS, end, _SIGN), key)
    top, small = _GOODS + 52, sheet.ink.sized(8.2)
    sheet.flow((edges[0] + 4, top), [Run(sheet.paper.extras.get("marks", ""))], width=70, ink=small)
    y = sheet.flow((edges[4] + 4, top), [sheet.value("invoice_number")], width=70, ink=small)
    sheet.flow((edges[4] + 4, y + 1), [sheet.value("invoice_date")], width=70, ink=small)
    sheet.y = top
    slots = (
        Slot(edges[1] + 5, edges[2] - 4, lambda line: _described(sheet, line)),
        Slot(edges[2] + 5, edges[3] - 4, lambda line: [sheet.cell(line, "hs_code")]),
        Slot(edges[3] + 5, edges[4] - 4, lambda line: parts.quantity(sheet, line)),
    )
    goods(sheet, slots, ink=small, gap=5)
    sheet.put_runs((edges[3] + 5, sheet.y + 2), kilograms(sheet, before="G.W. "), ink=small.sized(7.2))
    sheet.put((edges[1] + 5, sheet.y + 16), "*" * 36, ink=small)


def _described(sheet: Sheet, line: int) -> Runs:
    """As "EIGHTY (80) CARTONS OF COTTON SHIRTS"."""
    packages, kind = sheet.cell(line, "packages"), sheet.paper.extras.get("package_word", "")
    if not packages.text:
        return [sheet.cell(line, "description")]
    words = whole(int(sheet.paper.lines[line]["packages"]))
    return [Run(f"{words} ("), packages, Run(f") {kind} OF "), sheet.cell(line, "description")]


def _signed(sheet: Sheet) -> None:
    left, right, middle = sheet.left, sheet.right, (sheet.left + sheet.right) / 2
    at = _box(sheet, Box(left, _SIGN, middle, _END), "declaration")
    width = middle - left - 12
    sentence: Runs = [Run(sheet.label("declares")), sheet.value("country_of_origin"), Run(sheet.label("complies"))]
    sheet.flow(at, sentence, width=width, ink=sheet.ink.sized(8))
    parts.signed(sheet, (middle - 110, _END - 40))
    sheet.put((at[0], _END - 24), f"{sheet.paper.extras.get('issue_place', '')}, {sheet.value('date').text}")
    sheet.put((at[0], _END - 8), sheet.label("place_exporter"), ink=_TITLE)
    at = _box(sheet, Box(middle, _SIGN, right, _END), "certification")
    y = sheet.flow(at, [Run(sheet.label("certifies"))], width=width, ink=sheet.ink.sized(8))
    sheet.flow((at[0], y + 22), [sheet.value("issued_by")], width=width, ink=sheet.ink.strong())
    sheet.put_runs((at[0], _END - 24), place_and_day(sheet))
    sheet.put((at[0], _END - 8), sheet.label("place_authority"), ink=_TITLE)


LAYOUT = Layout("council_origin", "certificate_of_origin", draw, "chamber", ("en",))
