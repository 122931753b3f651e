"""A packing list printed from an ordering portal: cards of facts, net and gross over each other, sums in a box."""

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
_KEYS: Final = ("packing_number", "packing_date", "invoice_number", "purchase_order", "container_number", "marks")
_SUMS: Final = ("packages", "net_weight_kg", "gross_weight_kg", "volume_m3")


def draw(paper: Paper) -> Drawing:
    sheet = WordedSheet(paper, "portal", _WORDS, margin=50)
    sheet.ink = Ink("wide", 8)
    sheet.bottom -= 16
    _head(sheet)
    listing.draw(sheet, _listing(sheet), turn=_turn)
    parts.at_least(sheet, 90, lambda one: _turn(one, 0))
    _sums(sheet)
    return sheet.finished(parts.page_number)


def _head(sheet: Sheet) -> None:
    sheet.frame((sheet.left, 40), (sheet.right, 66), width=0, fill="#eef2f6")
    sheet.put((sheet.left + 10, 58), sheet.label("title"), ink=sheet.ink.sized(13).strong())
    half, ends = (sheet.right - sheet.left) / 2, []
    for at, name in enumerate(("exporter", "consignee")):
        x = sheet.left + at * half
        sheet.put((x, 84), sheet.label(name), ink=sheet.ink.sized(7).tinted(pieces.GREY))
        ends.append(sheet.party((x, 96), name, width=half - 20))
    y, width = max(ends) + 8, (sheet.right - sheet.left) / 3
    for at, (label, runs) in enumerate(pieces.known(sheet, _KEYS)):
        x = sheet.left + at % 3 * width
        pieces.put(sheet, (x, y), [Run(label)], width=width - 8, ink=sheet.ink.sized(6.8).tinted(pieces.GREY))
        pieces.put(sheet, (x, y + 11), runs, width=width - 8)
        y += 28 if at % 3 == 2 else 0  # noqa: PLR2004  # three cards to a row
    sheet.y = y + 32


def _listing(sheet: Sheet) -> Listing:
    columns = (
        Column(sheet.label("c_code"), 17, listing.plain(sheet, "part_number")),
        Column(sheet.label("c_goods"), 38, listing.plain(sheet, "description")),
        Column(sheet.label("c_quantity"), 16, lambda row: (parts.quantity(sheet, row),), "right"),
        Column(sheet.label("c_count"), 10, listing.plain(sheet, "packages"), "right"),
        Column(sheet.label("c_weight"), 14, lambda row: _weights(sheet, row), "right"),
        Column(sheet.label("c_volume"), 9, listing.plain(sheet, "volume_m3"), "right"),
    )
    return Listing(columns, sheet.ink, rules="rows", fill="#eef2f6", gap=4)


def _weights(sheet: Sheet, row: int) -> Cell:
    return ([sheet.cell(row, "net_weight_kg")], [sheet.cell(row, "gross_weight_kg")])


def _turn(sheet: Sheet, _: int) -> None:
    sheet.new_page()
    sheet.put_runs((sheet.left, 48), [Run(f"{sheet.label('packing_number')} "), sheet.value("number")])
    sheet.y = 58


def _sums(sheet: Sheet) -> None:
    rows = pieces.known(sheet, _SUMS)
    top, left = sheet.y + 10, sheet.right - 250
    sheet.frame((left, top), (sheet.right, top + 8 + 14 * len(rows)), width=0.6)
    for at, (label, runs) in enumerate(rows, 1):
        sheet.put((left + 8, top + 14 * at), label)
        sheet.put_runs((sheet.right - 8, top + 14 * at), runs, ink=sheet.ink.strong(), align="right")


LAYOUT = Layout("portal_packing_list", "packing_list", draw, None, ("en", "de", "fr", "it"))
