"""A packing list by loading units: a heading with the size of each, its contents and sums, a grand total at the end."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from sample_docs.generator.drawing import Drawing
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.goods_box import Slot
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.unseen.pieces import (
    Row,
    compact_party,
    figure,
    filled,
    grey,
    invented,
    label_rows,
    logo,
    near,
    total_of,
    word,
)
from sample_docs.layouts.unseen.rows import groups, height, put_heads, put_line

_SUMMED: Final = {2: "packages", 4: "net_weight_kg", 5: "gross_weight_kg"}  # by column


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=50)
    sheet.ink = sheet.ink.sized(8.8)
    sheet.bottom = sheet.size[1] - 66
    _head(sheet)
    units = groups(len(paper.lines), [sheet.chance("unit", at).whole(1, 4) for at in range(5)])
    _titles(sheet)
    for number, lines in enumerate(units, 1):
        _unit(sheet, number, lines, len(units))
    _grand_total(sheet)
    return sheet.finished(_page)


def _head(sheet: Sheet) -> None:
    logo(sheet, (sheet.left, 36), 24)
    y = compact_party(sheet, (sheet.left + 34, 46), "exporter", width=230, ink=sheet.ink.sized(8))
    sheet.put((sheet.right, 54), word(sheet, "packing"), ink=sheet.ink.sized(18).strong(), align="right")
    top = max(y, 74) + 14
    sheet.put((sheet.left, top), word(sheet, "ship_to"), ink=grey(sheet.ink, 7.5))
    end = sheet.party((sheet.left, top + 13), "consignee", ink=sheet.ink.sized(9.6), width=230, tax=False)
    rows: list[Row] = [
        (word(sheet, "pl_number"), [sheet.value("number")]),
        (word(sheet, "pl_date"), [sheet.value("date")]),
        (word(sheet, "pl_invoice"), [sheet.value("invoice_number")]),
        (word(sheet, "order"), [sheet.value("purchase_order")]),
        (word(sheet, "order_placed"), [Run(near(sheet, -28))]),
        (word(sheet, "pl_container"), [sheet.value("container_number")]),
        (word(sheet, "pl_marks"), [sheet.value("marks")]),
    ]
    low = label_rows(sheet, (sheet.left + 262, top), filled(rows), gap=92, width=140)
    sheet.y = max(end, low) + 14


def _slots(sheet: Sheet) -> tuple[Slot, ...]:
    left, right = sheet.left, sheet.right

    def cell(name: str, start: float, end: float, align: str = "left") -> Slot:
        return Slot(start, end, lambda line: [sheet.cell(line, name)], align)

    return (
        cell("part_number", left + 8, left + 76),
        cell("description", left + 80, right - 226),
        cell("packages", right - 216, right - 180, "right"),
        Slot(right - 176, right - 112, lambda line: parts.quantity(sheet, line), "right"),
        cell("net_weight_kg", right - 108, right - 58, "right"),
        cell("gross_weight_kg", right - 54, right, "right"),
    )


def _titles(sheet: Sheet) -> None:
    keys = ("sku", "description", "pl_count", "quantity", "pl_net", "pl_gross")
    sheet.frame((sheet.left - 4, sheet.y - 2), (sheet.right + 4, sheet.y + 27), width=0, fill=sheet.style.accent)
    top, ink = sheet.y, sheet.ink.sized(7.6).strong().tinted("#ffffff")
    sheet.y += 10
    put_heads(sheet, _slots(sheet), [word(sheet, key) for key in keys], ink)
    sheet.y = top + 42


def _turn(sheet: Sheet) -> None:
    sheet.new_page()
    sheet.y = 54
    running = [Run(f"{word(sheet, 'packing')}  "), sheet.value("number")]
    sheet.put_runs((sheet.left, sheet.y), running, ink=sheet.ink.strong())
    sheet.y += 14
    _titles(sheet)


def _unit(sheet: Sheet, number: int, lines: range, of: int) -> None:
    if sheet.y + 70 > sheet.bottom:
        _turn(sheet)
    size = sheet.chance("size", number).pick(("120 x 80 x 145", "120 x 100 x 98", "80 x 60 x 112"))
    heading = f"{word(sheet, 'pl_unit')} {number} / {of}"
    end = sheet.put((sheet.left, sheet.y), heading, ink=sheet.ink.strong())
    code = invented(sheet, f"code{number}", "(00)399999999999999999")
    sheet.put((end + 14, sheet.y), f"{size} cm   SSCC {code}", ink=grey(sheet.ink, 7.6))
    sheet.y += 14
    slots = _slots(sheet)
    for line in lines:
        if sheet.y + height(slots, line, sheet.ink) + 16 > sheet.bottom:
            _turn(sheet)
        put_line(sheet, slots, line, sheet.ink)
        sheet.y += 2
    _unit_sum(sheet, number, lines)


def _unit_sum(sheet: Sheet, number: int, lines: range) -> None:
    slots = _slots(sheet)
    sheet.rule((sheet.left + 80, sheet.y - 7), (sheet.right, sheet.y - 7), width=0.3)
    sheet.put((sheet.right - 226, sheet.y + 3), f"{word(sheet, 'pl_unit_sum')} {number}", align="right")
    for at, name in _SUMMED.items():
        total: Decimal = total_of(sheet, name, lines)
        sheet.put((slots[at].right, sheet.y + 3), figure(sheet, total), align="right")
    sheet.y += 22


def _grand_total(sheet: Sheet) -> None:
    if sheet.y + 100 > sheet.bottom:
        _turn(sheet)
    slots, ink = _slots(sheet), sheet.ink.strong()
    sheet.rule((sheet.left, sheet.y - 10), (sheet.right, sheet.y - 10), width=1.2)
    sheet.put((sheet.left, sheet.y + 2), word(sheet, "pl_sum"), ink=ink)
    for at, name in _SUMMED.items():
        sheet.put_runs((slots[at].right, sheet.y + 2), [sheet.value(name)], ink=ink, align="right")
    volume: Runs = [sheet.value("volume_m3"), Run(" m³")] if sheet.has("volume_m3") else []
    rows: list[Row] = [(word(sheet, "packages"), sheet.packages()), (word(sheet, "pl_volume"), volume)]
    y = label_rows(sheet, (sheet.left, sheet.y + 26), filled(rows), gap=110, width=200)
    parts.signed(sheet, (sheet.left, y + 32))
    sheet.put((sheet.left, y + 44), word(sheet, "pl_checked"), ink=grey(sheet.ink))


def _page(sheet: Sheet, of: int) -> None:
    low = sheet.size[1] - 34
    sheet.rule((sheet.left, low - 12), (sheet.right, low - 12), width=0.4)
    sheet.put((sheet.left, low), invented(sheet, "phone", "Tel. +99 999 555 9999"), ink=grey(sheet.ink))
    sheet.put((sheet.right, low), f"{word(sheet, 'page')} {sheet.page} {word(sheet, 'of')} {of}", ink=grey(sheet.ink),
              align="right")  # fmt: skip


LAYOUT = Layout("unit_packing_list", "packing_list", draw, languages=("en", "de", "fr", "es", "it"))
