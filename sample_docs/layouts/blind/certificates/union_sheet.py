"""The certificate of origin of the Union's chambers, numbers of the boxes apart from their titles."""

from __future__ import annotations

from pathlib import Path

from sample_docs.generator.drawing import Drawing, Ink, Point
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.goods_box import Slot, goods, packages_and_description
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.trial.certificates.boxes import Box, squeezed
from sample_docs.layouts.trial.certificates.words import FormSheet, kilograms, place_and_day

TABLE = Path(__file__).parent / "labels.csv"
_TOP, _TO, _WAY, _GOODS, _SIGN, _END = 72.0, 142.0, 214.0, 292.0, 668.0, 800.0


def draw(paper: Paper) -> Drawing:
    sheet = FormSheet(paper, "union", margin=48, table=TABLE)
    sheet.ink = Ink("sans", 9)
    _left(sheet)
    _right(sheet)
    _goods(sheet)
    _certified(sheet)
    return sheet.finished()


def _cell(sheet: Sheet, box: Box, number: str, key: str) -> Point:
    colour = sheet.style.accent
    sheet.frame((box.left, box.top), (box.right, box.bottom), width=0.9, colour=colour)
    sheet.put((box.left + 4, box.top + 11), number, ink=Ink("sans", 9, bold=True, colour=colour))
    small = Ink("sans", 6.6, colour=colour)
    y = sheet.flow((box.left + 20, box.top + 9), [Run(sheet.label(key))], width=box.width - 24, ink=small)
    return (box.left + 20, y + 5)


def _left(sheet: Sheet) -> None:
    left, middle = sheet.left, (sheet.left + sheet.right) / 2
    width = middle - left - 26
    sheet.party(_cell(sheet, Box(left, _TOP, middle, _TO), "1", "exporter"), "exporter", width=width, tax=False)
    sheet.party(_cell(sheet, Box(left, _TO, middle, _WAY), "2", "consignee"), "consignee", width=width, tax=False)
    at = _cell(sheet, Box(left, _WAY, middle, _GOODS), "4", "transport")
    y = sheet.flow(at, [Run(sheet.paper.extras.get("route", ""))], width=width)
    sheet.flow((at[0], y), [sheet.value("vessel_or_flight")], width=width)


def _right(sheet: Sheet) -> None:
    middle, right = (sheet.left + sheet.right) / 2, sheet.right
    centre = (middle + right) / 2
    number: Runs = [Run(sheet.label("number")), Run(" "), sheet.value("number")]
    sheet.put_runs((right, 58), number, ink=Ink("mono", 11, bold=True), align="right")
    sheet.frame((middle, _TOP), (right, _TO), width=0.9, colour=sheet.style.accent)
    title = Ink("sans", 13, bold=True, colour=sheet.style.accent)
    squeezed(sheet, (centre, _TOP + 28), [Run(sheet.label("union"))], width=220, ink=title.sized(11), align="centre")
    squeezed(sheet, (centre, _TOP + 50), [Run(sheet.label("title"))], width=220, ink=title, align="centre")
    at = _cell(sheet, Box(middle, _TO, right, _WAY), "3", "origin")
    sheet.flow((at[0], at[1] + 10), [sheet.value("country_of_origin")], width=200, ink=sheet.ink.strong())
    at = _cell(sheet, Box(middle, _WAY, right, _GOODS), "5", "remarks")
    if sheet.has("invoice_number"):
        dated = [Run(sheet.label("dated")), sheet.value("invoice_date")] if sheet.has("invoice_date") else []
        sheet.flow(at, [Run(sheet.label("invoice")), sheet.value("invoice_number"), *dated], width=210)


def _goods(sheet: Sheet) -> None:
    left, right = sheet.left, sheet.right
    edge = right - 120
    _cell(sheet, Box(left, _GOODS, edge, _SIGN), "6", "goods")
    _cell(sheet, Box(edge, _GOODS, right, _SIGN), "7", "quantity")
    sheet.y = _GOODS + 36
    slots = (
        Slot(left + 6, left + 22, lambda line: [sheet.cell(line, "number"), Run(")")]),
        Slot(left + 26, edge - 10, lambda line: [*packages_and_description(sheet, line), *_coded(sheet, line)]),
        Slot(edge + 6, right - 6, lambda line: parts.quantity(sheet, line)),
    )
    goods(sheet, slots, ink=sheet.ink, gap=6)
    if sheet.has("gross_weight_kg"):
        y = sheet.flow((edge + 6, sheet.y + 8), [Run(sheet.label("gross"))], width=108, ink=sheet.ink.sized(8))
        sheet.flow((edge + 6, y), kilograms(sheet), width=108)
    marks = f"{sheet.label('marks')} {sheet.paper.extras.get('marks', '')}"
    sheet.flow((left + 26, sheet.y + 14), [Run(marks)], width=300, ink=sheet.ink.sized(8))


def _coded(sheet: Sheet, line: int) -> Runs:
    code = sheet.cell(line, "hs_code")
    return [Run(f" ({sheet.label('code')} "), code, Run(")")] if code.text else []


def _certified(sheet: Sheet) -> None:
    at = _cell(sheet, Box(sheet.left, _SIGN, sheet.right, _END), "8", "certifies")
    sheet.put_runs((sheet.right - 240, at[1] + 20), [sheet.value("issued_by")], ink=sheet.ink.strong())
    sheet.put_runs((at[0], at[1] + 44), place_and_day(sheet))
    parts.signed(sheet, (sheet.right - 180, at[1] + 56))
    small = Ink("sans", 6.4, colour=sheet.style.accent)
    sheet.put((at[0], _END - 8), sheet.label("place"), ink=small)


LAYOUT = Layout("union_sheet", "certificate_of_origin", draw, "chamber", ("en", "de", "fr", "es", "it"))
