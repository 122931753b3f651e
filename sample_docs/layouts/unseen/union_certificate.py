"""The European Union's certificate of origin: eight boxes, numbered at the corner, certified by a chamber."""

from __future__ import annotations

from typing import Final

from sample_docs.generator.drawing import Drawing, Ink, Point
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.goods_box import Slot, packages_and_description, tariff
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.unseen.pieces import Edges, invented, word
from sample_docs.layouts.unseen.rows import put_heads, put_line

_SEPIA: Final = "#6b4a1e"
_UNION: Final = frozenset(("AT", "BE", "CZ", "DE", "DK", "ES", "FR", "IT", "NL", "PL", "PT", "SE"))
_TOP, _GOODS, _SIGN, _FOOT = 66.0, 318.0, 620.0, 784.0


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=58)
    sheet.right += 16
    sheet.ink = Ink(paper.style.family, 9)
    _parties(sheet)
    _title(sheet)
    _origin(sheet)
    _goods(sheet)
    _certified(sheet)
    return sheet.finished()


def _box(sheet: Sheet, edges: Edges, key: str) -> Point:
    """A box whose number stands left of its caption."""
    sheet.frame((edges[0], edges[1]), (edges[2], edges[3]), width=0.9, colour=_SEPIA)
    sheet.put((edges[0] + 4, edges[1] + 10), key, ink=Ink("serif", 9, bold=True, colour=_SEPIA))
    text = [Run(word(sheet, f"eu_{key}"))]
    y = sheet.flow((edges[0] + 16, edges[1] + 9.5), text, width=edges[2] - edges[0] - 20,
                   ink=Ink("serif", 7, colour=_SEPIA))  # fmt: skip
    return (edges[0] + 16, y + 5)


def _parties(sheet: Sheet) -> None:
    left, middle = sheet.left, sheet.left + 252
    at = _box(sheet, (left, _TOP, middle, 150), "1")
    sheet.party(at, "exporter", width=232, tax=False)
    at = _box(sheet, (left, 150, middle, 234), "2")
    sheet.party(at, "consignee", width=232, tax=False)


def _title(sheet: Sheet) -> None:
    middle, right = sheet.left + 252, sheet.right
    serial = invented(sheet, "serial", "9/9999")
    sheet.put((sheet.left, 54), serial, ink=Ink("sans", 6.5, colour=_SEPIA))
    sheet.put((middle + 10, 54), "No", ink=Ink("serif", 9, colour=_SEPIA))
    sheet.put_runs((middle + 30, 54), [sheet.value("number")], ink=sheet.ink.sized(11).strong())
    sheet.put((right, 54), "ORIGINAL", ink=Ink("serif", 11, bold=True, colour=_SEPIA), align="right")
    sheet.frame((middle, _TOP), (right, 234), width=0.9, colour=_SEPIA)
    centre, big = (middle + right) / 2, Ink("serif", 13, bold=True, colour=_SEPIA)
    member = sheet.paper.company("exporter").country in _UNION
    sheet.put((centre, 122), word(sheet, "eu_union" if member else "eu_chamber"), ink=big, align="centre")
    for at in range(12):
        x = centre - 66 + at * 12
        sheet.frame((x, 142), (x + 4, 146), width=0, fill=_SEPIA)
    sheet.put((centre, 176), word(sheet, "eu_title"), ink=big.sized(15), align="centre")


def _origin(sheet: Sheet) -> None:
    left, right, middle = sheet.left, sheet.right, sheet.left + 252
    at = _box(sheet, (middle, 234, right, 266), "3")
    sheet.put_runs((at[0], at[1] + 2), [sheet.value("country_of_origin")], ink=sheet.ink.sized(10).strong())
    at = _box(sheet, (left, 234, middle, _GOODS - 22), "4")
    route = [Run(f"{sheet.paper.extras.get('route', '')} "), sheet.value("vessel_or_flight")]
    sheet.flow(at, route, width=230)
    at = _box(sheet, (middle, 266, right, _GOODS - 22), "5")
    remark: Runs = [Run(f"{word(sheet, 'eu_invoice')} "), sheet.value("invoice_number"), Run(" / "),
                    sheet.value("invoice_date")]  # fmt: skip
    if sheet.has("invoice_number"):
        sheet.flow((at[0], at[1]), remark, width=right - middle - 22)


def _goods(sheet: Sheet) -> None:
    left, right, top = sheet.left, sheet.right, _GOODS - 22
    _box(sheet, (left, top, right - 104, _SIGN), "6")
    _box(sheet, (right - 104, top, right, _SIGN), "7")
    sheet.y = _GOODS + 20
    slots = (
        Slot(left + 16, left + 34, lambda line: [sheet.cell(line, "number"), Run(".")]),
        Slot(left + 40, right - 112, lambda line: [*packages_and_description(sheet, line), *tariff(sheet, line)]),
        Slot(right - 98, right - 8, lambda line: parts.quantity(sheet, line), "right"),
    )
    for line in range(len(sheet.paper.lines)):
        put_line(sheet, slots, line, sheet.ink)
        sheet.y += 3
    if sheet.has("gross_weight_kg"):
        put_heads(sheet, (slots[1],), (word(sheet, "eu_gross"),), sheet.ink)
        low = sheet.y - sheet.ink.size * 1.22
        sheet.put_runs((right - 8, low), [sheet.weight("gross_weight_kg")], align="right")
    if marks := sheet.paper.extras.get("marks"):
        sheet.flow((left + 40, sheet.y + 12), [Run(marks)], width=240)
    for at in range(3):  # the rest of the box is struck out
        y = sheet.y + 40
        sheet.rule((left + 60 + at * 90, y), (left + 130 + at * 90, _SIGN - 12), width=0.4)


def _certified(sheet: Sheet) -> None:
    at = _box(sheet, (sheet.left, _SIGN, sheet.right, _FOOT), "8")
    sheet.put_runs((at[0], at[1] + 30), [sheet.value("issued_by")], ink=sheet.ink.sized(10).strong())
    issued = [Run(f"{sheet.paper.extras.get('issue_place', '')}, "), sheet.value("date")]
    sheet.put_runs((at[0], _FOOT - 34), issued)
    sheet.rule((at[0], _FOOT - 26), (sheet.right - 20, _FOOT - 26), width=0.5, colour=_SEPIA)
    sheet.put((at[0], _FOOT - 12), word(sheet, "eu_place"), ink=Ink("serif", 7, colour=_SEPIA))
    parts.signed(sheet, (sheet.right - 170, _FOOT - 36), width=120)


LAYOUT = Layout("union_certificate", "certificate_of_origin", draw, "chamber", ("en", "de", "fr", "es", "it"))
