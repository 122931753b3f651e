"""GSP Form A as printed for French speaking exporters: French over English, goods in a ruled table, narrow margins."""

from __future__ import annotations

from typing import Final

from sample_docs.generator.drawing import Drawing, Ink, Point
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.goods_box import Slot, packages_and_description
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.unseen.pieces import Edges, word
from sample_docs.layouts.unseen.rows import put_line

_TOP, _GOODS, _SIGN, _FOOT = 40.0, 282.0, 596.0, 806.0
_BLUE: Final = "#23407a"
_HEADS: Final = ("ga_5", "ga_6", "ga_7", "ga_8", "ga_9", "ga_10")


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=30)
    sheet.ink = Ink("book" if paper.style.family in {"serif", "book"} else "mono", 8.2)
    _parties(sheet)
    _title(sheet)
    _route(sheet)
    _goods(sheet)
    _certified(sheet)
    _declared(sheet)
    return sheet.finished()


def _box(sheet: Sheet, edges: Edges, key: str) -> Point:
    sheet.frame((edges[0], edges[1]), (edges[2], edges[3]), width=0.8, colour=_BLUE)
    ink, room = Ink("sans", 6.4, colour=_BLUE), edges[2] - edges[0] - 8
    y = sheet.flow((edges[0] + 4, edges[1] + 9), [Run(word(sheet, key))], width=room, ink=ink)
    return (edges[0] + 10, y + 4)


def _parties(sheet: Sheet) -> None:
    left, middle = sheet.left, sheet.left + 278
    at = _box(sheet, (left, _TOP, middle, 118), "ga_1")
    sheet.party(at, "exporter", ink=sheet.ink, width=262, tax=False)
    at = _box(sheet, (left, 118, middle, 198), "ga_2")
    sheet.party(at, "consignee", ink=sheet.ink, width=262, tax=False)


def _title(sheet: Sheet) -> None:
    middle, right = sheet.left + 278, sheet.right
    at = _box(sheet, (middle, _TOP, right, 72), "ga_reference")
    sheet.put_runs((at[0] + 60, at[1] + 4), [sheet.value("number")], ink=sheet.ink.sized(11).strong())
    sheet.frame((middle, 72), (right, 198), width=0.8, colour=_BLUE)
    centre, ink = (middle + right) / 2, Ink("sans", 9.6, bold=True, colour=_BLUE)
    for y, key in ((96, "ga_system"), (112, "ga_title"), (126, "ga_combined"), (152, "ga_form")):
        size = {"ga_combined": 7.0, "ga_form": 15.0}.get(key, 9.6)
        sheet.put((centre, y), word(sheet, key), ink=ink.sized(size), align="centre")
    issued: Runs = [Run(f"{word(sheet, 'ga_issued')}  "), sheet.value("country_of_origin")]
    sheet.put_runs((centre, 178), issued, ink=Ink("sans", 9.6, bold=True), align="centre")
    sheet.rule((centre - 90, 182), (centre + 90, 182), width=0.4, colour=_BLUE)


def _route(sheet: Sheet) -> None:
    left, right, middle = sheet.left, sheet.right, sheet.left + 278
    at = _box(sheet, (left, 198, middle, _GOODS - 30), "ga_3")
    loading, discharge = (sheet.paper.extras.get(key, "") for key in ("loading", "discharge"))
    vessel: Runs = [Run("  M/V "), sheet.value("vessel_or_flight")] if sheet.has("vessel_or_flight") else []
    sheet.flow(at, [Run(f"{loading} / {discharge}"), *vessel], width=256)
    _box(sheet, (middle, 198, right, _GOODS - 30), "ga_4")


def _goods(sheet: Sheet) -> None:
    left, right, top = sheet.left, sheet.right, _GOODS - 30
    edges = (left, left + 40, left + 118, left + 330, left + 382, left + 450, right)
    for start, end, key in zip(edges, edges[1:], _HEADS, strict=False):
        _box(sheet, (start, top, end, _SIGN), key)
    sheet.rule((left, _GOODS + 12), (right, _GOODS + 12), width=0.8, colour=_BLUE)
    first = sheet.y = _GOODS + 26
    sheet.flow((edges[1] + 4, first), [Run(sheet.paper.extras.get("marks", ""))], width=70)
    y = sheet.flow((edges[5] + 4, first), [sheet.value("invoice_number")], width=right - edges[5] - 6)
    sheet.flow((edges[5] + 4, y), [sheet.value("invoice_date")], width=right - edges[5] - 6)
    slots = (
        Slot(edges[0], edges[1], lambda line: [sheet.cell(line, "number")], "centre"),
        Slot(edges[2] + 4, edges[3] - 4, lambda line: packages_and_description(sheet, line)),
        Slot(edges[3], edges[4], lambda line: [sheet.cell(line, "origin_criterion")], "centre"),
        Slot(edges[4] + 2, edges[5] - 3, lambda line: parts.quantity(sheet, line), "right"),
    )
    for line in range(len(sheet.paper.lines)):
        put_line(sheet, slots, line, sheet.ink)
        sheet.y += 5
    sheet.put((edges[2] + 4, sheet.y), "= " * 18)
    if sheet.has("gross_weight_kg"):
        total = [Run(f"{word(sheet, 'ga_gross')} "), sheet.weight("gross_weight_kg")]
        sheet.flow((edges[2] + 4, sheet.y + 14), total, width=edges[3] - edges[2] - 8)


def _certified(sheet: Sheet) -> None:
    middle, small = (sheet.left + sheet.right) / 2, Ink("sans", 6.4, colour=_BLUE)
    at = _box(sheet, (sheet.left, _SIGN, middle, _FOOT), "ga_11")
    sheet.flow(at, [Run(word(sheet, "ga_11_text"))], width=240, ink=small.sized(7.4))
    sheet.put_runs((at[0], _FOOT - 52), [sheet.value("issued_by")])
    sheet.put_runs((at[0], _FOOT - 36), [Run(f"{sheet.paper.extras.get('issue_place', '')}, "), sheet.value("date")])
    parts.signed(sheet, (middle - 120, _FOOT - 62))
    sheet.rule((at[0], _FOOT - 22), (middle - 14, _FOOT - 22), width=0.4, colour=_BLUE)
    sheet.put((at[0], _FOOT - 10), word(sheet, "ga_place"), ink=small)


def _declared(sheet: Sheet) -> None:
    middle, right, small = (sheet.left + sheet.right) / 2, sheet.right, Ink("sans", 7.4, colour=_BLUE)
    at = _box(sheet, (middle, _SIGN, right, _FOOT), "ga_12")
    width, centre = right - middle - 22, (middle + right) / 2
    y = sheet.flow(at, [Run(word(sheet, "ga_12_text"))], width=width, ink=small)
    sheet.put((centre, y + 10), sheet.value("country_of_origin").text, align="centre")
    y = sheet.flow((at[0], y + 26), [Run(word(sheet, "ga_12_more"))], width=width, ink=small)
    sheet.put_runs((centre, y + 10), [sheet.value("country_of_destination")], align="centre")
    place = sheet.paper.extras.get("issue_place", "")
    sheet.put((at[0], _FOOT - 36), f"{place}, {sheet.value('date').text}")
    parts.signed(sheet, (right - 120, _FOOT - 44))
    sheet.rule((at[0], _FOOT - 22), (right - 14, _FOOT - 22), width=0.4, colour=_BLUE)
    sheet.put((at[0], _FOOT - 10), word(sheet, "ga_place"), ink=small.sized(6.4))


LAYOUT = Layout("gsp_certificate", "certificate_of_origin", draw, "form_a", ("en", "fr"))
