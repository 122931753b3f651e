"""A packing and weight list of an Asian exporter: totals at the top, abbreviated double headings, all in capitals."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import listing, pieces
from sample_docs.layouts.study.listing import Column, Listing
from sample_docs.layouts.study.words import StudySheet

_KEYS = ("packing_number", "packing_date", "invoice_number", "container_number")
_TOTALS = ("packages", "net_weight_kg", "gross_weight_kg", "volume_m3")
_COLUMNS = (
    ("c_range", "package_range", 9, "centre"), ("c_part", "part_number", 10, "left"),
    ("c_text", "description", 28, "left"), ("c_cartons", "packages", 7, "right"),
    ("c_quantity", "quantity", 9, "right"), ("c_unit", "unit", 8, "left"), ("c_net", "net_weight_kg", 11, "right"),
    ("c_gross", "gross_weight_kg", 11, "right"),
    ("c_volume", "volume_m3", 9, "right"),
)  # fmt: skip


def draw(paper: Paper) -> Drawing:
    sheet = StudySheet(paper, "weights", margin=40)
    sheet.ink = Ink("serif", 8.6)
    _head(sheet)
    _totals(sheet)
    columns = [Column(sheet.label(key), share, listing.plain(sheet, name), side) for key, name, share, side in _COLUMNS]
    listing.draw(sheet, Listing(columns, sheet.ink, rules="columns", gap=2), turn=_turn)
    parts.at_least(sheet, 80, lambda one: _turn(one, 0))
    _foot(sheet)
    return sheet.finished(parts.page_number)


def _head(sheet: Sheet) -> None:
    centre = (sheet.left + sheet.right) / 2
    company = sheet.paper.company("exporter").name.upper()
    ink = pieces.fitted([Run(company)], Ink("serif", 15, bold=True), 480)
    sheet.put((centre, 54), company, ink=ink, align="centre")
    sheet.put((centre, 74), sheet.label("title"), ink=Ink("serif", 12, bold=True), align="centre")
    sheet.rule((centre - 110, 78), (centre + 110, 78), width=0.8)
    y = 96.0
    for name in ("exporter", "consignee"):
        sheet.put((sheet.left, y), f"{sheet.label(name)}:", ink=sheet.ink.strong())
        y = sheet.party((sheet.left + 84, y), name, width=210) + 3
    right = 96.0
    for label, runs in pieces.known(sheet, _KEYS):
        sheet.put((sheet.right - 190, right), f"{label}:", ink=sheet.ink.strong())
        pieces.put(sheet, (sheet.right - 96, right), runs, width=96)
        right += 13
    sheet.y = max(y, right) + 4


def _totals(sheet: Sheet) -> None:
    """What other papers state at the end."""
    width, top = (sheet.right - sheet.left) / len(_TOTALS), sheet.y
    for at, key in enumerate(_TOTALS):
        left = sheet.left + at * width
        sheet.frame((left, top), (left + width, top + 28), width=0.6)
        pieces.put(sheet, (left + width / 2, top + 10), [Run(sheet.label(key))], width=width - 6, align="centre")
        runs = pieces.reference(sheet, key)
        pieces.put(sheet, (left + width / 2, top + 23), runs, width=width - 6, ink=sheet.ink.strong(), align="centre")
    sheet.y = top + 36


def _turn(sheet: Sheet, _: int) -> None:
    sheet.new_page()
    heading = [Run(f"{sheet.label('packing_number')}: "), sheet.value("number"), Run("   "), sheet.value("date")]
    sheet.put_runs((sheet.left, 50), heading)
    sheet.y = 58


def _foot(sheet: Sheet) -> None:
    if sheet.has("marks"):
        sheet.put((sheet.left, sheet.y + 16), f"{sheet.label('marks')}:", ink=sheet.ink.strong())
        sheet.flow((sheet.left, sheet.y + 28), [sheet.value("marks")], width=200)
    pieces.signed(sheet, (sheet.right - 170, sheet.y + 56))


LAYOUT = Layout("weight_list", "packing_list", draw, None, ("en", "es", "zh"))
