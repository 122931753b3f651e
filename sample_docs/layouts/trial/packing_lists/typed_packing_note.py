"""A typed packing note of an old trading house: labels before values, weights over each other, totals as a sentence."""

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


def draw(paper: Paper) -> Drawing:
    sheet = WordedSheet(paper, "typed", _WORDS, margin=56)
    sheet.ink = Ink("mono", 8.8)
    sheet.bottom -= 10
    _head(sheet)
    listing.draw(sheet, _listing(sheet), turn=_turn)
    parts.at_least(sheet, 110, lambda one: _turn(one, 0))
    _total(sheet)
    return sheet.finished(parts.page_number)


def _head(sheet: Sheet) -> None:
    sheet.put((sheet.left, 60), sheet.label("title"), ink=sheet.ink.strong())
    y = 82.0
    for name in ("exporter", "consignee"):
        sheet.put((sheet.left, y), sheet.label(name))
        y = sheet.party((sheet.left + 104, y), name, width=330, tax=False) + 4
    for label, runs in pieces.known(sheet, _KEYS):
        sheet.put((sheet.left, y), label)
        pieces.put(sheet, (sheet.left + 104, y), [Run(": "), *runs], width=330)
        y += 12
    sheet.y = y + 4


def _listing(sheet: Sheet) -> Listing:
    columns = (
        Column(sheet.label("c_case"), 10, lambda row: _numbers(sheet, row)),
        Column(sheet.label("c_goods"), 46, lambda row: _goods(sheet, row)),
        Column(sheet.label("c_quantity"), 18, lambda row: (parts.quantity(sheet, row),), "right"),
        Column(sheet.label("c_weight"), 20, lambda row: _weights(sheet, row), "right"),
    )
    return Listing(columns, sheet.ink, rules="head", gap=4)


def _numbers(sheet: Sheet, row: int) -> Cell:
    return ([sheet.cell(row, "package_range")],)


def _goods(sheet: Sheet, row: int) -> Cell:
    return ([sheet.cell(row, "description")], [sheet.cell(row, "part_number")])


def _weights(sheet: Sheet, row: int) -> Cell:
    return ([sheet.cell(row, "net_weight_kg")], [sheet.cell(row, "gross_weight_kg")])


def _turn(sheet: Sheet, _: int) -> None:
    sheet.new_page()
    sheet.put_runs((sheet.left, 56), [Run(f"{sheet.label('packing_number')} : "), sheet.value("number")])
    sheet.y = 66


def _total(sheet: Sheet) -> None:
    runs: list[Run] = [Run(sheet.label("total")), *sheet.packages()] if sheet.has("packages") else []
    for key, name in (("net", "net_weight_kg"), ("gross", "gross_weight_kg"), ("volume", "volume_m3")):
        if sheet.has(name):
            runs += [Run(", " if runs else ""), Run(sheet.label(key)), *pieces.reference(sheet, name)]
    sheet.y = sheet.flow((sheet.left, sheet.y + 18), runs, width=sheet.right - sheet.left)
    pieces.signed(sheet, (sheet.right - 160, sheet.y + 44))


LAYOUT = Layout("typed_packing_note", "packing_list", draw, None, ("en", "de", "it"))
