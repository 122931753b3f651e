"""A weights and measures list on paper turned on its side: dimensions of every package beside its weights."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.tables import Column, Table, draw_table
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.unseen.pieces import (
    Row,
    address_runs,
    caption,
    compact_party,
    filled,
    grey,
    invented,
    near,
    word,
)

_SIZES = ("60 x 40 x 35", "58 x 38 x 30", "80 x 60 x 48", "120 x 80 x 110", "45 x 45 x 40", "72 x 52 x 36")


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=40)
    sheet.size = (sheet.size[1], sheet.size[0])
    sheet.right, sheet.bottom = sheet.size[0] - 40, sheet.size[1] - 54
    sheet.ink = Ink("serif" if paper.style.family in {"serif", "book"} else "sans", 8.8)
    _head(sheet)
    table = Table(_columns(sheet), len(paper.lines), sheet.ink, rules="rows", gap=3.0, stripe="#f6f6f6")
    draw_table(sheet, table, turn=_turn)
    if sheet.y + 120 > sheet.bottom:
        _turn(sheet)
    _foot(sheet)
    return sheet.finished(_page)


def _head(sheet: Sheet) -> None:
    sheet.put((sheet.left, 52), word(sheet, "weights"), ink=sheet.ink.sized(18).tinted(sheet.style.accent))
    company = sheet.paper.company("exporter")
    sheet.put((sheet.right, 46), company.name, ink=sheet.ink.sized(11).strong(), name="exporter.name", align="right")
    sheet.put_runs((sheet.right, 58), address_runs(sheet, "exporter"), ink=sheet.ink.sized(8), align="right")
    sheet.rule((sheet.left, 68), (sheet.right, 68), width=1.2, colour=sheet.style.accent)
    sheet.put((sheet.left, 84), word(sheet, "ship_to"), ink=grey(sheet.ink, 6.8))
    end = compact_party(sheet, (sheet.left, 95), "consignee", width=200)
    rows = filled([
        (word(sheet, "pl_number"), [sheet.value("number")]),
        (word(sheet, "pl_date"), [sheet.value("date")]),
        (word(sheet, "pl_invoice"), [sheet.value("invoice_number")]),
        (word(sheet, "order"), [sheet.value("purchase_order")]),
        (word(sheet, "pl_container"), [sheet.value("container_number")]),
        (word(sheet, "pl_loading"), [Run(near(sheet, 2))]),
    ])  # fmt: skip
    width = (sheet.right - sheet.left - 230) / 3
    ends = [
        caption(sheet, (sheet.left + 230 + at % 3 * width, 84 + at // 3 * 28), row, width=width - 8)
        for at, row in enumerate(rows)
    ]
    sheet.y = max(end, *ends) + 10


def _columns(sheet: Sheet) -> list[Column]:
    def cell(key: str, name: str, share: float, align: str = "right") -> Column:
        return Column(word(sheet, key), share, lambda line: [sheet.cell(line, name)], align)

    def size(line: int) -> Runs:
        return [Run(sheet.chance("size", line).pick(_SIZES))]

    def counted(line: int) -> Runs:
        return parts.quantity(sheet, line)

    return [
        cell("pl_range", "package_range", 7, "left"),
        cell("sku", "part_number", 8, "left"),
        cell("description", "description", 28, "left"),
        Column(word(sheet, "quantity"), 9, counted, "right"),
        cell("pl_count", "packages", 6),
        Column(word(sheet, "pl_size"), 12, size, "centre"),
        cell("pl_cbm", "volume_m3", 7),
        cell("pl_net", "net_weight_kg", 9),
        cell("pl_gross", "gross_weight_kg", 9),
    ]


def _turn(sheet: Sheet) -> None:
    sheet.new_page()
    sheet.y = 46
    running = [Run(f"{word(sheet, 'weights')}  "), sheet.value("number")]
    sheet.put_runs((sheet.left, sheet.y), running, ink=sheet.ink.strong())
    sheet.y += 10


def _foot(sheet: Sheet) -> None:
    """A ruled box of totals at the right, marks and signature at the left."""
    volume: Runs = [sheet.value("volume_m3"), Run(" m³")] if sheet.has("volume_m3") else []
    rows: list[Row] = [
        (word(sheet, "packages"), sheet.packages()),
        (word(sheet, "pl_volume"), volume),
        (word(sheet, "net_weight"), [sheet.weight("net_weight_kg")]),
        (word(sheet, "gross_weight"), [sheet.weight("gross_weight_kg")]),
    ]
    left, top = sheet.right - 250, sheet.y + 12
    y = top + 14
    for label, runs in filled(rows):
        sheet.put((left + 8, y), label)
        sheet.put_runs((sheet.right - 8, y), runs, ink=sheet.ink.strong(), align="right")
        y += 15
    sheet.frame((left, top), (sheet.right, y - 5), width=0.8)
    if sheet.has("marks"):
        sheet.put((sheet.left, top + 10), word(sheet, "pl_marks"), ink=grey(sheet.ink))
        sheet.flow((sheet.left, top + 22), [sheet.value("marks")], width=200)
    parts.signed(sheet, (sheet.left + 220, top + 44))
    sheet.put((sheet.left + 220, top + 58), word(sheet, "pl_checked"), ink=grey(sheet.ink))


def _page(sheet: Sheet, of: int) -> None:
    low = sheet.size[1] - 28
    sheet.put((sheet.left, low), invented(sheet, "form", "F-LOG-99 Rev. 9"), ink=grey(sheet.ink, 6.5))
    sheet.put((sheet.right, low), f"{word(sheet, 'page')} {sheet.page} / {of}", ink=grey(sheet.ink), align="right")


LAYOUT = Layout("wide_packing_list", "packing_list", draw, languages=("en", "de", "fr", "es", "it"))
