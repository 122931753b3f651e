"""An invoice of a Chinese import and export corporation: shipping marks in one tall cell, the total in words."""

from __future__ import annotations

import math
from typing import Final

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.goods_box import Slot
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.unseen.pieces import Row, address_runs, bank, charges, filled, near, word
from sample_docs.layouts.unseen.rows import height, put_line
from sample_docs.layouts.unseen.spoken import spoken_amount

_RED: Final = "#c8202a"
_MARKS: Final = 74.0  # width of the marks' column
_PRICED: Final = 4  # the rule between price and amount


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=42)
    sheet.ink = Ink("serif", 9.2)
    sheet.bottom = sheet.size[1] - 60
    _letterhead(sheet)
    _references(sheet)
    _goods(sheet)
    _totals(sheet)
    _foot(sheet)
    return sheet.finished(_page)


def _letterhead(sheet: Sheet) -> None:
    company, middle = sheet.paper.company("exporter"), sheet.size[0] / 2
    if company.local_name:
        sheet.put((middle, 46), company.local_name, ink=sheet.ink.sized(16), align="centre")
    sheet.put((middle, 64), company.name, ink=sheet.ink.sized(13).strong(), name="exporter.name",
              align="centre")  # fmt: skip
    sheet.put_runs((middle, 78), address_runs(sheet, "exporter"), ink=sheet.ink.sized(8), align="centre")
    sheet.rule((sheet.left, 86), (sheet.right, 86), width=1.4)
    title, english = "商 业 发 票", "COMMERCIAL INVOICE"
    sheet.put((middle, 108), title, ink=sheet.ink.sized(17), align="centre")
    sheet.put((middle, 124), english, ink=sheet.ink.sized(12).strong(), align="centre")
    sheet.y = 148


def _references(sheet: Sheet) -> None:
    x = sheet.left + 300
    rows: list[Row] = [
        (word(sheet, "number"), [sheet.value("number")]),
        (word(sheet, "date"), [sheet.value("date")]),
        (word(sheet, "order"), [sheet.value("purchase_order")]),
        ("合同日期 Contract date", [Run(near(sheet, -45))]),
        (word(sheet, "payment"), [sheet.value("payment_terms")]),
        (word(sheet, "origin"), [sheet.value("country_of_origin")]),
    ]
    sheet.put((sheet.left, sheet.y), f"{word(sheet, 'ship_to')}:", ink=sheet.ink.sized(8.6))
    end = sheet.party((sheet.left + 8, sheet.y + 14), "consignee", width=270, tax=False)
    y = sheet.y
    for label, runs in filled(rows):
        sheet.put((x, y), f"{label}:", ink=sheet.ink.sized(8.6))
        y = sheet.flow((x + 104, y), runs, width=sheet.right - x - 104) + 3
    route: Runs = [
        Run("自 From "), sheet.value("port_of_loading"), Run("   至 To "), sheet.value("port_of_discharge"),
        Run("   "), sheet.value("vessel_or_flight"),
    ]  # fmt: skip
    sheet.y = max(end, y) + 8
    if sheet.has("port_of_loading"):
        sheet.put_runs((sheet.left, sheet.y), route)
    sheet.y += 10


def _edges(sheet: Sheet) -> tuple[float, ...]:
    right = sheet.right
    return (sheet.left, sheet.left + _MARKS, right - 226, right - 150, right - 78, right)


def _heading(sheet: Sheet) -> None:
    """Chinese over English in every head; the price term stands over the two columns of money."""
    edges, top = _edges(sheet), sheet.y
    titles = (("唛头及号码", "Marks & Nos."), ("货物名称及规格", "Commodity & Specification"), ("数量", "Quantity"),
              ("单价", "Unit Price"), ("金额", "Amount"))  # fmt: skip
    for left, right, (chinese, english) in zip(edges, edges[1:], titles, strict=False):
        sheet.put(((left + right) / 2, top + 13), chinese, align="centre")
        sheet.put(((left + right) / 2, top + 25), english, ink=sheet.ink.sized(8.2), align="centre")
    sheet.rule((sheet.left, top), (sheet.right, top), width=0.8)
    sheet.rule((sheet.left, top + 31), (sheet.right, top + 31), width=0.8)
    term: Runs = [sheet.value("incoterm"), Run(" "), sheet.value("incoterm_place"), Run("  "), sheet.value("currency")]
    sheet.put_runs((sheet.right - 4, top + 44), term, ink=sheet.ink.sized(8.6).strong(), align="right")
    sheet.y = top + 58


def _goods(sheet: Sheet) -> None:
    """All lines; the frame is drawn page by page, since the marks' cell is as tall as the table."""
    edges, top = _edges(sheet), sheet.y
    _heading(sheet)
    marks = sheet.paper.extras.get("marks") or "N/M"
    sheet.flow((edges[0] + 5, sheet.y), [Run(marks)], width=_MARKS - 8)
    slots = (
        Slot(edges[1] + 5, edges[2] - 5, lambda line: _named(sheet, line)),
        Slot(edges[2] + 2, edges[3] - 5, lambda line: parts.quantity(sheet, line), "right"),
        Slot(edges[3] + 2, edges[4] - 5, lambda line: [sheet.cell(line, "unit_price")], "right"),
        Slot(edges[4] + 2, edges[5] - 4, lambda line: [sheet.cell(line, "amount")], "right"),
    )
    for line in range(len(sheet.paper.lines)):
        if sheet.y + height(slots, line, sheet.ink) > sheet.bottom:
            _frame(sheet, top)
            top = _turn(sheet)
            _heading(sheet)
        put_line(sheet, slots, line, sheet.ink)
        sheet.y += 5
    _frame(sheet, top)


def _named(sheet: Sheet, line: int) -> list[Run]:
    """Name, article and tariff number run on, the origin behind where lines differ."""
    shown = [sheet.cell(line, "description")]
    for label, name in (("货号 ART.", "part_number"), ("HS", "hs_code"), ("产地", "origin")):
        cell = sheet.cell(line, name)
        shown += [Run(f"  {label} "), cell] if cell.text else []
    return shown


def _frame(sheet: Sheet, top: float) -> None:
    for at, x in enumerate(_edges(sheet)):
        if at == _PRICED:  # the price term stands across this rule
            sheet.rule((x, top), (x, top + 31), width=0.6)
        sheet.rule((x, top + 48 if at == _PRICED else top), (x, sheet.y), width=0.6)
    sheet.rule((sheet.left, sheet.y), (sheet.right, sheet.y), width=0.8)


def _turn(sheet: Sheet) -> float:
    sheet.new_page()
    sheet.y = 50
    sheet.put_runs((sheet.left, sheet.y), [Run(f"{word(sheet, 'number')} "), sheet.value("number")])
    sheet.y += 10
    return sheet.y


def _totals(sheet: Sheet) -> None:
    if sheet.y + 200 > sheet.bottom:
        _turn(sheet)
    rows = [*charges(sheet), ([Run(word(sheet, "grand_total")), Run("  "), sheet.value("currency")],
                              sheet.value("total_amount"))]  # fmt: skip
    for label, value in rows:
        ink = sheet.ink.strong() if value.name == "total_amount" else sheet.ink
        sheet.frame((sheet.left, sheet.y), (sheet.right, sheet.y + 19), width=0.6)
        sheet.put_runs((sheet.right - 90, sheet.y + 13), label, ink=ink, align="right")
        sheet.put_runs((sheet.right - 4, sheet.y + 13), [value], ink=ink, align="right")
        sheet.y += 19
    words = spoken_amount(sheet.paper.text("total_amount"), sheet.paper.text("currency"))
    sheet.y = sheet.flow((sheet.left, sheet.y + 16), [Run(words)], width=sheet.right - sheet.left)


def _foot(sheet: Sheet) -> None:
    rows: list[Row] = [
        (word(sheet, "packages"), sheet.packages()),
        (word(sheet, "gross_weight"), [sheet.weight("gross_weight_kg")]),
        (word(sheet, "net_weight"), [sheet.weight("net_weight_kg")]),
    ]
    sheet.y += 6
    for label, runs in filled(rows):
        sheet.put_runs((sheet.left, sheet.y), [Run(f"{label}: "), *runs])
        sheet.y += 13
    for text in (f"{word(sheet, 'bank')}:", *bank(sheet)):
        sheet.put((sheet.left, sheet.y + 6), text, ink=sheet.ink.sized(8))
        sheet.y += 11
    x, y = sheet.right - 170, sheet.y - 50
    sheet.put((x, y), sheet.paper.company("exporter").name, name="exporter.name", ink=sheet.ink.sized(8.6))
    _seal(sheet, (x + 64, y + 30))
    parts.signed(sheet, (x + 20, y + 40))
    sheet.put((x, y + 58), word(sheet, "signature"), ink=sheet.ink.sized(8))


def _seal(sheet: Sheet, at: tuple[float, float]) -> None:
    """The round company seal with its star."""
    circle = [(at[0] + 24 * math.cos(a / 20 * math.tau), at[1] + 24 * math.sin(a / 20 * math.tau)) for a in range(21)]
    sheet.stroke(circle, width=1.6, colour=_RED)
    star = [
        (at[0] + 9 * math.sin(point * 0.8 * math.pi), at[1] - 9 * math.cos(point * 0.8 * math.pi)) for point in range(6)
    ]
    sheet.stroke(star, width=1.2, colour=_RED)


def _page(sheet: Sheet, of: int) -> None:
    text = f"第 {sheet.page} 页 共 {of} 页   PAGE {sheet.page} OF {of}"
    sheet.put((sheet.size[0] / 2, sheet.size[1] - 26), text, ink=sheet.ink.sized(7.5), align="centre")


LAYOUT = Layout("merged_invoice", "commercial_invoice", draw, languages=("zh",))
