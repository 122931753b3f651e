"""An invoice over several deliveries: each group under its heading, two printed rows a line, sums carried forward."""

from __future__ import annotations

from decimal import Decimal

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.goods_box import Slot
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.unseen.pieces import (
    Row,
    address_runs,
    bank,
    charges,
    figure,
    filled,
    grey,
    invented,
    label_rows,
    near,
    total_of,
    word,
)
from sample_docs.layouts.unseen.rows import groups, height, joined, put_heads, put_line


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=46)
    sheet.ink = Ink("narrow" if paper.style.family in {"narrow", "sans"} else "serif", 9.4)
    sheet.bottom = sheet.size[1] - 84
    _head(sheet)
    _titles(sheet)
    done = 0
    for number, lines in enumerate(groups(len(paper.lines), _sizes(sheet))):
        _group_heading(sheet, number, done)
        for line in lines:
            _line(sheet, line, done)
            done += 1
        _group_sum(sheet, number, lines)
    _totals(sheet)
    return sheet.finished(_foot)


def _sizes(sheet: Sheet) -> list[int]:
    return [sheet.chance("group", at).whole(2, 5) for at in range(4)]


def _upper(sheet: Sheet) -> tuple[Slot, ...]:
    """The first printed row of a line."""
    left, right = sheet.left, sheet.right

    def cell(name: str, start: float, end: float, align: str = "left") -> Slot:
        return Slot(start, end, lambda line: [sheet.cell(line, name)], align)

    return (
        cell("number", left, left + 26),
        cell("part_number", left + 30, left + 150),
        cell("quantity", left + 210, left + 280, "right"),
        cell("unit", left + 286, left + 330),
        cell("unit_price", left + 340, right - 90, "right"),
        cell("amount", right - 80, right, "right"),
    )


def _lower(sheet: Sheet) -> tuple[Slot, ...]:
    """The second printed row: name, tariff number, origin and net weight under the figures."""
    left, right = sheet.left, sheet.right

    def net(line: int) -> Runs:
        cell = sheet.cell(line, "net_weight_kg")
        return [cell, Run(" kg")] if cell.text else []

    return (
        Slot(left + 30, left + 236, lambda line: [sheet.cell(line, "description")]),
        Slot(left + 246, left + 318, lambda line: [sheet.cell(line, "hs_code")]),
        Slot(left + 322, right - 84, lambda line: [sheet.cell(line, "origin")]),
        Slot(right - 80, right, net, "right"),
    )


def _head(sheet: Sheet) -> None:
    company = sheet.paper.company("exporter")
    sheet.put((sheet.right, 52), word(sheet, "invoice"), ink=sheet.ink.sized(17).strong(), align="right")
    sheet.put((sheet.left, 52), company.name, ink=sheet.ink.sized(13).strong(), name="exporter.name")
    y = sheet.flow((sheet.left, 66), address_runs(sheet, "exporter"), width=250, ink=sheet.ink.sized(8))
    tax = [Run(f"{word(sheet, 'vat')} "), Run(company.tax_id, "exporter.tax_id")] if company.tax_id else []
    y = sheet.flow((sheet.left, y), tax, width=250, ink=sheet.ink.sized(8))
    top = max(y, 96) + 8
    sheet.rule((sheet.left, top), (sheet.right, top), width=1.6, colour=sheet.style.accent)
    sheet.put((sheet.left, top + 16), word(sheet, "ship_to"), ink=grey(sheet.ink, 8))
    end = sheet.party((sheet.left, top + 30), "consignee", width=230)
    rows: list[Row] = [
        (word(sheet, "number"), [sheet.value("number")]),
        (word(sheet, "date"), [sheet.value("date")]),
        (word(sheet, "customer_no"), [Run(invented(sheet, "customer", "D99999"))]),
        (word(sheet, "delivery_terms"), sheet.terms()),
        (word(sheet, "payment"), [sheet.value("payment_terms")]),
        (word(sheet, "origin"), [sheet.value("country_of_origin")]),
        (word(sheet, "currency"), [sheet.value("currency")]),
    ]
    low = label_rows(sheet, (sheet.left + 262, top + 16), filled(rows), gap=86, width=150)
    sheet.y = max(end, low) + 8


def _titles(sheet: Sheet) -> None:
    upper = [word(sheet, key) for key in ("tw_item", "sku", "quantity", "uom", "price", "value")]
    lower = [word(sheet, key) for key in ("description", "tariff", "made_in", "net_mass")]
    ink = sheet.ink.sized(8.2).strong()
    sheet.rule((sheet.left, sheet.y), (sheet.right, sheet.y), width=0.8)
    sheet.y += 11
    put_heads(sheet, _upper(sheet), upper, ink)
    put_heads(sheet, _lower(sheet), lower, ink)
    sheet.rule((sheet.left, sheet.y - 5), (sheet.right, sheet.y - 5), width=0.8)
    sheet.y += 9


def _turn(sheet: Sheet, done: int) -> None:
    """A new page that starts with what the page before has come to."""
    total = figure(sheet, total_of(sheet, "amount", range(done)))
    _carried(sheet, total)
    sheet.new_page()
    sheet.y = 56
    running = [Run(f"{word(sheet, 'number')} "), sheet.value("number"), Run(f"  {near(sheet, 0)}")]
    sheet.put_runs((sheet.left, sheet.y), running)
    sheet.y += 10
    _titles(sheet)
    _carried(sheet, total)
    sheet.y += 16


def _carried(sheet: Sheet, total: str) -> None:
    sheet.put((sheet.right - 90, sheet.y), word(sheet, "carried"), align="right")
    sheet.put((sheet.right, sheet.y), total, align="right")


def _group_heading(sheet: Sheet, number: int, done: int) -> None:
    if sheet.y + 62 > sheet.bottom:
        _turn(sheet, done)
    note = f"{word(sheet, 'delivery')} {int(invented(sheet, 'note', '8099999')) + number * 7} / {near(sheet, -2)}"
    ordered: Runs = [Run(f"{word(sheet, 'your_order')} "), sheet.value("purchase_order")]
    sheet.frame((sheet.left, sheet.y - 10), (sheet.right, sheet.y + 4), width=0, fill="#eeeeee")
    sheet.put_runs((sheet.left + 4, sheet.y), joined([[Run(note)], ordered], "   –   "), ink=sheet.ink.sized(8.8))
    sheet.y += 17


def _line(sheet: Sheet, line: int, done: int) -> None:
    if sheet.y + 15 + height(_lower(sheet), line, sheet.ink) > sheet.bottom:
        _turn(sheet, done)
    put_line(sheet, _upper(sheet), line, sheet.ink)
    put_line(sheet, _lower(sheet), line, sheet.ink)
    sheet.y += 4


def _group_sum(sheet: Sheet, number: int, lines: range) -> None:
    total: Decimal = total_of(sheet, "amount", lines)
    sheet.rule((sheet.right - 80, sheet.y - 8), (sheet.right, sheet.y - 8), width=0.4)
    label = f"{word(sheet, 'group_sum')} {number + 1}"
    sheet.put((sheet.right - 90, sheet.y + 2), label, align="right")
    sheet.put((sheet.right, sheet.y + 2), figure(sheet, total), align="right")
    sheet.y += 20


def _totals(sheet: Sheet) -> None:
    if sheet.y + 100 > sheet.bottom:
        _turn(sheet, len(sheet.paper.lines))
    top = sheet.y
    total: Runs = [Run(f"{word(sheet, 'grand_total')} "), sheet.value("currency")]
    for label, value in [*charges(sheet), (total, sheet.value("total_amount"))]:
        ink = sheet.ink.sized(10.5).strong() if value.name == "total_amount" else sheet.ink
        sheet.put_runs((sheet.right - 90, sheet.y), label, ink=ink, align="right")
        sheet.put_runs((sheet.right, sheet.y), [value], ink=ink, align="right")
        sheet.y += 15
    rows: list[Row] = [
        (word(sheet, "packages"), sheet.packages()),
        (word(sheet, "gross_weight"), [sheet.weight("gross_weight_kg")]),
        (word(sheet, "net_weight"), [sheet.weight("net_weight_kg")]),
    ]
    low = label_rows(sheet, (sheet.left, top), filled(rows), gap=80, width=110)
    parts.signed(sheet, (sheet.left, max(low, sheet.y) + 30))


def _foot(sheet: Sheet, of: int) -> None:
    low = sheet.size[1] - 46
    sheet.put((sheet.size[0] / 2, low), "  |  ".join(bank(sheet)), ink=grey(sheet.ink, 7.5), align="centre")
    phone = invented(sheet, "phone", "Tel. +99 99 555 9999   Fax +99 99 555 9990")
    sheet.put((sheet.size[0] / 2, low + 11), phone, ink=grey(sheet.ink, 7.5), align="centre")
    page = f"{word(sheet, 'page')} {sheet.page} {word(sheet, 'of')} {of}"
    sheet.put((sheet.right, low + 24), page, ink=sheet.ink.sized(8), align="right")


LAYOUT = Layout("order_invoice", "commercial_invoice", draw, languages=("en", "de", "fr", "es", "it"))
