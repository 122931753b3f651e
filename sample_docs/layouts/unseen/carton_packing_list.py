"""A packing list as factories keep it: carton numbers, contents of one carton and of all, weights likewise."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.tables import PAD, Column, Table, draw_table
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.unseen.pieces import Row, address_runs, figure, filled, invented, label_rows, near, word

_SUMS: Final = {2: "packages", 7: "net_weight_kg", 9: "gross_weight_kg", 10: "volume_m3"}  # by column
_GRAM: Final = Decimal("0.001")


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=26)
    sheet.ink = Ink("wide" if paper.style.family == "wide" else "sans", 7.6)
    sheet.bottom = sheet.size[1] - 44
    _head(sheet)
    table = Table(_columns(sheet), len(paper.lines), sheet.ink, rules="grid", gap=3.5)
    edges = draw_table(sheet, table, turn=_turn)
    if sheet.y + 130 > sheet.bottom:
        _turn(sheet)
    _sums(sheet, edges)
    _foot(sheet)
    return sheet.finished(_page)


def _head(sheet: Sheet) -> None:
    company, middle = sheet.paper.company("exporter"), sheet.size[0] / 2
    sheet.put((middle, 42), company.name, ink=sheet.ink.sized(14).strong(), name="exporter.name", align="centre")
    sheet.put_runs((middle, 55), address_runs(sheet, "exporter"), align="centre")
    sheet.put((middle, 78), word(sheet, "packing"), ink=sheet.ink.sized(13).strong(), align="centre")
    sheet.rule((middle - 60, 81), (middle + 60, 81), width=0.8)
    sheet.put((sheet.left, 100), f"{word(sheet, 'pl_to')}:", ink=sheet.ink.strong())
    end = sheet.party((sheet.left + 34, 100), "consignee", ink=sheet.ink.sized(8.4), width=230, tax=False)
    rows: list[Row] = [
        (word(sheet, "pl_number"), [sheet.value("number")]),
        (word(sheet, "pl_date"), [sheet.value("date")]),
        (word(sheet, "pl_invoice"), [sheet.value("invoice_number")]),
        (word(sheet, "order"), [sheet.value("purchase_order")]),
        (word(sheet, "pl_container"), [sheet.value("container_number")]),
        (word(sheet, "pl_booking"), [Run(invented(sheet, "booking", "BK9999999"))]),
    ]
    low = label_rows(sheet, (sheet.left + 318, 100), filled(rows), gap=92, width=130, colon=":")
    sheet.y = max(end, low) + 8


def _each(sheet: Sheet, line: int, name: str) -> str:
    """What one package holds or weighs of a line, to the gram."""
    row = sheet.paper.lines[line]
    each = (Decimal(row[name]) / Decimal(row["packages"])).quantize(_GRAM, ROUND_HALF_UP).normalize()
    return figure(sheet, each if each % 1 else each.quantize(Decimal(1)))


def _columns(sheet: Sheet) -> list[Column]:
    def cell(key: str, name: str, share: float, align: str = "right") -> Column:
        return Column(word(sheet, key), share, lambda line: [sheet.cell(line, name)], align)

    def each(key: str, name: str, share: float) -> Column:
        return Column(word(sheet, key), share, lambda line: [Run(_each(sheet, line, name))], "right")

    def total(line: int) -> Runs:
        return parts.quantity(sheet, line)

    return [
        cell("pl_range", "package_range", 8, "centre"),
        cell("pl_item", "part_number", 8, "left"),
        cell("pl_count", "packages", 6),
        cell("description", "description", 21, "left"),
        each("pl_each", "quantity", 7),
        Column(word(sheet, "pl_total"), 10, total, "right"),
        each("pl_net_each", "net_weight_kg", 7),
        cell("pl_net", "net_weight_kg", 8),
        each("pl_gross_each", "gross_weight_kg", 7),
        cell("pl_gross", "gross_weight_kg", 8),
        cell("pl_cbm", "volume_m3", 7),
    ]


def _turn(sheet: Sheet) -> None:
    sheet.new_page()
    sheet.y = 40
    sheet.put_runs((sheet.left, sheet.y), [Run(f"{word(sheet, 'pl_number')}: "), sheet.value("number")])
    sheet.y += 8


def _sums(sheet: Sheet, edges: list[float]) -> None:
    """One more row of the table with the totals under their columns."""
    low, ink = sheet.y + 18, sheet.ink.strong()
    sheet.put((sheet.left + PAD, low - 6), word(sheet, "pl_sum"), ink=ink)
    for at, name in _SUMS.items():
        run = sheet.value(name)
        size = ink.sized(min(ink.size, ink.size * (edges[at] - edges[at - 1] - 4) / max(ink.width(run.text), 1.0)))
        sheet.put_runs((edges[at] - 2, low - 6), [run], ink=size, align="right")
    sheet.frame((sheet.left, sheet.y), (sheet.right, low), width=0.9)
    sheet.y = low + 18


def _foot(sheet: Sheet) -> None:
    rows: list[Row] = [
        (word(sheet, "packages"), sheet.packages()),
        (word(sheet, "gross_weight"), [sheet.weight("gross_weight_kg")]),
        (word(sheet, "net_weight"), [sheet.weight("net_weight_kg")]),
        (word(sheet, "pl_marks"), [sheet.value("marks")]),
        (word(sheet, "pl_loading"), [Run(near(sheet, 3))]),
    ]
    y = label_rows(sheet, (sheet.left, sheet.y), filled(rows), gap=100, width=220, colon=":")
    parts.signed(sheet, (sheet.right - 140, y + 6))
    sheet.rule((sheet.right - 160, y + 10), (sheet.right, y + 10), width=0.5)
    sheet.put((sheet.right - 160, y + 20), word(sheet, "signature"))


def _page(sheet: Sheet, of: int) -> None:
    text = f"{sheet.page} / {of}"
    sheet.put((sheet.size[0] / 2, sheet.size[1] - 22), text, align="centre")


LAYOUT = Layout("carton_packing_list", "packing_list", draw, languages=("en", "es", "fr", "zh"))
