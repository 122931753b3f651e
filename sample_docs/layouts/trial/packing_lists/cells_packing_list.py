"""An export house's packing list in a spreadsheet's cells: headings in two languages, a total under every column."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import listing, pieces
from sample_docs.layouts.study.listing import Cell, Column, Listing
from sample_docs.layouts.trial.invoices.worded import WordedSheet

_WORDS: Final = Path(__file__).parent / "words.csv"
_KEYS: Final = ("packing_number", "packing_date", "invoice_number", "purchase_order", "container_number")
_SUMS: Final = ((3, "packages"), (4, "net_weight_kg"), (5, "gross_weight_kg"), (6, "volume_m3"))


def draw(paper: Paper) -> Drawing:
    sheet = WordedSheet(paper, "cells", _WORDS, margin=38)
    sheet.ink = Ink("serif", 9)
    sheet.bottom -= 16
    _head(sheet)
    edges = listing.draw(sheet, _listing(sheet), turn=_turn)
    parts.at_least(sheet, 110, lambda one: _turn(one, 0))
    _sum(sheet, edges)
    _foot(sheet)
    return sheet.finished(parts.page_number)


def _head(sheet: Sheet) -> None:
    company, middle = sheet.paper.company("exporter"), (sheet.left + sheet.right) / 2
    if company.local_name:
        sheet.put((middle, 46), company.local_name, ink=sheet.ink.sized(13).strong(), align="centre")
    name = pieces.fitted([Run(company.name)], sheet.ink.sized(14).strong(), 480)
    sheet.put((middle, 63), company.name, ink=name, name="exporter.name", align="centre")
    rest = pieces.address(sheet, "exporter")[2:]
    pieces.put(sheet, (middle, 76), rest, width=480, align="centre")
    sheet.put((middle, 104), sheet.label("title"), ink=sheet.ink.sized(15).strong(), align="centre")
    sheet.put((sheet.left, 128), sheet.label("consignee"), ink=sheet.ink.strong())
    end = sheet.party((sheet.left + 44, 128), "consignee", width=230, tax=False)
    y = 128.0
    for label, runs in pieces.known(sheet, _KEYS):
        at = sheet.put((sheet.left + 310, y), label, ink=sheet.ink.strong())
        pieces.put(sheet, (at + 6, y), runs, width=sheet.right - at - 6)
        y += 14
    sheet.y = max(end, y) + 4
    for label, runs in pieces.known(sheet, ("marks",)):
        sheet.put_runs((sheet.left, sheet.y), [Run(f"{label} "), *runs])
        sheet.y += 10


def _listing(sheet: Sheet) -> Listing:
    columns = (
        Column(sheet.label("c_case"), 9, listing.plain(sheet, "package_range"), "centre"),
        Column(sheet.label("c_goods"), 34, lambda row: _goods(sheet, row)),
        Column(sheet.label("c_quantity"), 15, lambda row: (parts.quantity(sheet, row),), "centre"),
        Column(sheet.label("c_count"), 9, listing.plain(sheet, "packages"), "centre"),
        Column(sheet.label("c_net"), 11, listing.plain(sheet, "net_weight_kg"), "centre"),
        Column(sheet.label("c_gross"), 11, listing.plain(sheet, "gross_weight_kg"), "centre"),
        Column(sheet.label("c_volume"), 11, listing.plain(sheet, "volume_m3"), "centre"),
    )
    return Listing(columns, sheet.ink, rules="grid", gap=3)


def _goods(sheet: Sheet, row: int) -> Cell:
    code = [Run("H.S. "), sheet.cell(row, "hs_code")] if sheet.cell(row, "hs_code").text else []
    return ([sheet.cell(row, "description")], code)


def _turn(sheet: Sheet, _: int) -> None:
    sheet.new_page()
    sheet.put_runs((sheet.left, 46), [Run(f"{sheet.label('packing_number')} "), sheet.value("number")])
    sheet.y = 56


def _sum(sheet: Sheet, edges: list[float]) -> None:
    top, ink = sheet.y, sheet.ink.strong()
    sheet.y += 18
    sheet.frame((sheet.left, top), (sheet.right, sheet.y), width=0.6)
    sheet.put((sheet.left + 4, sheet.y - 6), sheet.label("sum"), ink=ink)
    for at, name in _SUMS:
        value = [sheet.value(name)]
        fit = pieces.fitted(value, ink, edges[at] - edges[at - 1] - 4)
        sheet.put_runs(((edges[at] + edges[at - 1]) / 2, sheet.y - 6), value, ink=fit, align="centre")


def _foot(sheet: Sheet) -> None:
    if sheet.has("packages"):
        sheet.put_runs((sheet.left, sheet.y + 20), [Run(sheet.label("packed")), *sheet.packages(), Run(".")])
    parts.signed(sheet, (sheet.right - 130, sheet.y + 52))
    sheet.put((sheet.right - 130, sheet.y + 68), sheet.label("sealed"), ink=sheet.ink.sized(8))


LAYOUT = Layout("cells_packing_list", "packing_list", draw, None, ("zh", "en", "es"))
