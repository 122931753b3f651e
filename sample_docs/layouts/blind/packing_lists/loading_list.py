"""A container loading list: a grid of facts with label and value in a cell, the totals over the goods."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import listing, pieces
from sample_docs.layouts.study.listing import Column, Listing
from sample_docs.layouts.trial.invoices.worded import WordedSheet

_WORDS: Final = Path(__file__).parent / "words.csv"
_ROWS: Final = (
    ("packing_number", "packing_date", "container_number"),
    ("invoice_number", "purchase_order", "packages"),
    ("net_weight_kg", "gross_weight_kg", "volume_m3"),
)
_COLUMNS: Final = (
    ("c_number", "number", 5, "centre"), ("c_code", "part_number", 14, "left"), ("c_tariff", "hs_code", 13, "left"),
    ("c_goods", "description", 32, "left"), ("c_count", "packages", 9, "right"), ("c_quantity", "quantity", 9, "right"),
    ("c_unit", "unit", 8, "left"), ("c_net", "net_weight_kg", 11, "right"), ("c_gross", "gross_weight_kg", 11, "right"),
)  # fmt: skip


def draw(paper: Paper) -> Drawing:
    sheet = WordedSheet(paper, "loading", _WORDS, margin=36)
    sheet.ink = Ink(paper.style.family, 8.6)
    sheet.bottom -= 18
    _head(sheet)
    columns = [Column(sheet.label(key), share, listing.plain(sheet, name), side) for key, name, share, side in _COLUMNS]
    listing.draw(sheet, Listing(columns, sheet.ink, rules="columns", gap=3), turn=_turn)
    parts.at_least(sheet, 60, lambda one: _turn(one, 0))
    sheet.put((sheet.left, sheet.y + 14), sheet.label("units"), ink=sheet.ink.sized(7))
    parts.signed(sheet, (sheet.right - 120, sheet.y + 36))
    return sheet.finished(parts.page_number)


def _head(sheet: Sheet) -> None:
    sheet.put((sheet.left, 54), sheet.label("title"), ink=sheet.ink.sized(14).strong())
    half, ends = (sheet.right - sheet.left) / 2, []
    for at, name in enumerate(("exporter", "consignee")):
        x = sheet.left + at * half
        sheet.put((x + 4, 76), f"{sheet.label(name)}:", ink=sheet.ink.strong())
        ends.append(sheet.party((x + 4, 88), name, width=half - 12))
    sheet.y = max(ends) - 2
    sheet.frame((sheet.left, 64), (sheet.right, sheet.y), width=0.6)
    sheet.rule((sheet.left + half, 64), (sheet.left + half, sheet.y))
    for keys in _ROWS:
        _facts(sheet, keys)
    sheet.y += 10


def _facts(sheet: Sheet, keys: tuple[str, ...]) -> None:
    width = (sheet.right - sheet.left) / len(keys)
    for at, key in enumerate(keys):
        x = sheet.left + at * width
        sheet.frame((x, sheet.y), (x + width, sheet.y + 17), width=0.6)
        runs = [Run(f"{sheet.label(key)}: "), *pieces.reference(sheet, key)]
        pieces.put(sheet, (x + 4, sheet.y + 12), runs, width=width - 8)
    sheet.y += 17


def _turn(sheet: Sheet, _: int) -> None:
    sheet.new_page()
    sheet.put_runs((sheet.left, 44), [Run(f"{sheet.label('packing_number')}: "), sheet.value("number")])
    sheet.y = 54


LAYOUT = Layout("loading_list", "packing_list", draw, None, ("en", "es", "zh"))
