"""A chamber's certificate in two languages on its own paper: no numbered boxes, a sentence names the origin."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.goods_box import Slot, goods, packages_and_description
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import pieces
from sample_docs.layouts.study.words import StudySheet

_SIGN = 668.0


def draw(paper: Paper) -> Drawing:
    sheet = StudySheet(paper, "both", margin=56)
    sheet.ink = Ink("serif", 9.4)
    sheet.frame((30, 30), (sheet.size[0] - 30, sheet.size[1] - 30), width=2.2, colour=sheet.style.accent)
    _head(sheet)
    _parties(sheet)
    _facts(sheet)
    _goods(sheet)
    _certified(sheet)
    return sheet.finished()


def _head(sheet: Sheet) -> None:
    centre = (sheet.left + sheet.right) / 2
    title = [Run(sheet.label("title"))]
    pieces.put(sheet, (centre, 66), title, width=460, ink=Ink("serif", 14, bold=True), align="centre")
    number = [Run(f"{sheet.label('number')} "), sheet.value("number")]
    sheet.put_runs((centre, 84), number, ink=sheet.ink.sized(10.5), align="centre")
    sheet.y = 108


def _parties(sheet: Sheet) -> None:
    half = (sheet.right - sheet.left) / 2
    ends = []
    for x, name in ((sheet.left, "exporter"), (sheet.left + half, "consignee")):
        sheet.put((x, sheet.y), sheet.label(name), ink=Ink("serif", 7.6, colour=pieces.GREY))
        ends.append(sheet.party((x, sheet.y + 12), name, width=half - 14, tax=False))
    sheet.y = max(ends) + 8
    sheet.rule((sheet.left, sheet.y - 8), (sheet.right, sheet.y - 8), width=0.5)


def _facts(sheet: Sheet) -> None:
    width = sheet.right - sheet.left
    origin = [Run(f"{sheet.label('origin')} "), sheet.value("country_of_origin")]
    sheet.y = sheet.flow((sheet.left, sheet.y + 8), origin, width=width, ink=sheet.ink.sized(10.5).strong()) + 4
    way: Runs = [Run(f"{sheet.label('transport')}: "), Run(sheet.paper.extras.get("route", ""))]
    vessel = [Run(", "), sheet.value("vessel_or_flight")] if sheet.has("vessel_or_flight") else []
    sheet.y = sheet.flow((sheet.left, sheet.y), [*way, *vessel], width=width) + 2
    if sheet.has("invoice_number"):
        bill: Runs = [Run(f"{sheet.label('invoice')}: "), sheet.value("invoice_number")]
        dated = [Run(sheet.label("dated")), sheet.value("invoice_date")] if sheet.has("invoice_date") else []
        sheet.y = sheet.flow((sheet.left, sheet.y), [*bill, *dated], width=width) + 6


def _goods(sheet: Sheet) -> None:
    left, right, small = sheet.left, sheet.right, Ink("serif", 7.6, colour=pieces.GREY)
    sheet.rule((left, sheet.y - 6), (right, sheet.y - 6), width=0.5)
    sheet.put((left + 20, sheet.y + 4), sheet.label("h_goods"), ink=small)
    sheet.put((right - 112, sheet.y + 4), sheet.label("h_code"), ink=small, align="right")
    sheet.put((right, sheet.y + 4), sheet.label("h_quantity"), ink=small, align="right")
    sheet.y += 20
    slots = (
        Slot(left, left + 16, lambda line: [sheet.cell(line, "number")]),
        Slot(left + 20, right - 172, lambda line: packages_and_description(sheet, line)),
        Slot(right - 168, right - 112, lambda line: [sheet.cell(line, "hs_code")], "right"),
        Slot(right - 108, right, lambda line: parts.quantity(sheet, line), "right"),
    )
    goods(sheet, slots, ink=sheet.ink, gap=5)
    if sheet.has("gross_weight_kg"):
        total = [Run(f"{sheet.label('gross_weight_kg')}: "), sheet.weight("gross_weight_kg")]
        sheet.put_runs((left + 20, sheet.y + 8), total)


def _certified(sheet: Sheet) -> None:
    sheet.rule((sheet.left, _SIGN), (sheet.right, _SIGN), width=0.5)
    width = sheet.right - sheet.left
    y = sheet.flow((sheet.left, _SIGN + 14), [Run(sheet.label("certify"))], width=width)
    sheet.put_runs((sheet.left, y + 16), [sheet.value("issued_by")], ink=sheet.ink.strong())
    place: Runs = [Run(f"{sheet.paper.extras.get('issue_place', '')}, "), sheet.value("date")]
    sheet.put_runs((sheet.left, y + 46), place)
    sheet.put((sheet.left, y + 57), sheet.label("place"), ink=Ink("serif", 7.4, colour=pieces.GREY))
    parts.signed(sheet, (sheet.right - 150, y + 46), width=110)


LAYOUT = Layout("bilingual_certificate", "certificate_of_origin", draw, "chamber", ("en", "de", "fr", "es", "it"))
