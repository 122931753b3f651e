"""A machine maker's specification of cases: a nameless letterhead, values under captions, sums under their columns."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import listing, pieces
from sample_docs.layouts.study.listing import Cell, Column, Listing
from sample_docs.layouts.study.pieces import Frame
from sample_docs.layouts.trial.invoices.worded import WordedSheet

_WORDS: Final = Path(__file__).parent / "words.csv"
_SUMS: Final = ((1, "packages"), (5, "net_weight_kg"), (6, "gross_weight_kg"))  # columns, from the left
_KEYS: Final = ("packing_number", "packing_date", "invoice_number", "purchase_order")


def draw(paper: Paper) -> Drawing:
    sheet = WordedSheet(paper, "crates", _WORDS, margin=46)
    sheet.ink = Ink("sans", 9)
    sheet.bottom -= 18
    _head(sheet)
    edges = listing.draw(sheet, _listing(sheet), turn=_turn)
    parts.at_least(sheet, 130, lambda one: _turn(one, 0))
    _sum(sheet, edges)
    _foot(sheet)
    return sheet.finished(parts.page_number)


def _head(sheet: Sheet) -> None:
    company = sheet.paper.company("exporter")
    ink = pieces.fitted([Run(company.name)], sheet.ink.sized(15).strong().tinted(sheet.style.accent), 420)
    sheet.put((sheet.right, 52), company.name, ink=ink, name="exporter.name", align="right")
    rest = pieces.address(sheet, "exporter", between="  ·  ")[2:]
    pieces.put(sheet, (sheet.right, 65), rest, width=420, ink=sheet.ink.sized(8), align="right")
    sheet.put((sheet.left + 230, 96), sheet.label("consignee"), ink=sheet.ink.sized(8))
    end = sheet.party((sheet.left + 230, 109), "consignee", width=260)
    sheet.put(
        (sheet.left, 118),
        sheet.label("title"),
        ink=pieces.fitted([Run(sheet.label("title"))], sheet.ink.sized(15), 210),
    )
    top = max(end, 150.0)
    pieces.row_of(sheet, Frame(sheet.left, top, sheet.right, top + 26), _KEYS)
    sheet.y = top + 38


def _listing(sheet: Sheet) -> Listing:
    columns = (
        Column(sheet.label("c_case"), 9, listing.plain(sheet, "package_range"), "centre"),
        Column(sheet.label("c_count"), 8, listing.plain(sheet, "packages"), "right"),
        Column(sheet.label("c_goods"), 40, lambda row: _goods(sheet, row)),
        Column(sheet.label("c_quantity"), 11, listing.plain(sheet, "quantity"), "right"),
        Column(sheet.label("c_unit"), 9, listing.plain(sheet, "unit"), "centre"),
        Column(sheet.label("c_net"), 12, listing.plain(sheet, "net_weight_kg"), "right"),
        Column(sheet.label("c_gross"), 12, listing.plain(sheet, "gross_weight_kg"), "right"),
    )
    return Listing(columns, sheet.ink, rules="grid", gap=2.5)


def _goods(sheet: Sheet, row: int) -> Cell:
    return ([sheet.cell(row, "part_number")], [sheet.cell(row, "description")])


def _turn(sheet: Sheet, _: int) -> None:
    sheet.new_page()
    again: Runs = [Run(f"{sheet.label('title')}  {sheet.label('packing_number')} "), sheet.value("number")]
    sheet.put_runs((sheet.left, 52), again)
    sheet.y = 62


def _sum(sheet: Sheet, edges: list[float]) -> None:
    top, ink = sheet.y, sheet.ink.strong()
    sheet.y += 18
    sheet.frame((sheet.left, top), (sheet.right, sheet.y), width=0.9)
    sheet.put((edges[1] + 4, sheet.y - 6), sheet.label("sum"), ink=ink)
    for at, name in _SUMS:
        value = [sheet.value(name)]
        fit = pieces.fitted(value, ink, edges[at] - edges[at - 1] - 5)
        sheet.put_runs((edges[at] - 3, sheet.y - 6), value, ink=fit, align="right")


def _foot(sheet: Sheet) -> None:
    keys = ("packages", "volume_m3", "container_number", "marks")
    rows = pieces.known(sheet, keys)
    sheet.y += 16
    for label, runs in rows:
        end = sheet.put((sheet.left, sheet.y), label, ink=sheet.ink.sized(8))
        pieces.put(sheet, (max(end + 8, sheet.left + 92), sheet.y), runs, width=330)
        sheet.y += 13
    parts.signed(sheet, (sheet.right - 130, sheet.y + 16))


LAYOUT = Layout("crate_specification", "packing_list", draw, None, ("it", "en", "fr", "es"))
