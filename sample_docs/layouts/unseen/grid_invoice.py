"""An invoice made in a spreadsheet: every cell ruled, titles merged over columns, the sums under the last column."""

from __future__ import annotations

from typing import Final

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.tables import Column, Table, draw_table
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.unseen.pieces import Row, bank, charges, filled, invented, near, word

_ROW: Final = 15.0
_FILL, _BLUE = "#d9e2f3", "#2f5496"


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=30)
    sheet.ink = Ink("wide" if paper.style.family in {"wide", "book"} else "sans", 8.0)
    _title(sheet)
    _party_block(sheet, "exporter", "seller", _references(sheet))
    _party_block(sheet, "consignee", "ship_to", _terms(sheet))
    edges = draw_table(sheet, Table(_columns(sheet), len(paper.lines), sheet.ink, rules="grid", head_fill=_BLUE,
                                    head_colour="#ffffff", gap=2.5), turn=_turn)  # fmt: skip
    parts.at_least(sheet, 190, _turn)
    _empty_rows(sheet, edges)
    _sums(sheet, edges)
    _remarks(sheet)
    return sheet.finished(_page)


def _cell(sheet: Sheet, left: float, right: float, runs: Runs, *, fill: str = "", bold: bool = False) -> None:
    """One spreadsheet cell at `sheet.y`, its text shrunk where it does not fit."""
    sheet.frame((left, sheet.y), (right, sheet.y + _ROW), width=0.5, fill=fill)
    ink = sheet.ink.strong() if bold else sheet.ink
    needed = sum(ink.width(run.text) for run in runs) or 1.0
    ink = ink.sized(ink.size * min(1.0, (right - left - 6) / needed))
    sheet.put_runs((left + 3, sheet.y + _ROW - 4.5), runs, ink=ink)


def _title(sheet: Sheet) -> None:
    sheet.frame((sheet.left, sheet.y), (sheet.right, sheet.y + 26), width=0.5, fill=_FILL)
    middle = (sheet.left + sheet.right) / 2
    sheet.put((middle, sheet.y + 18), word(sheet, "invoice").upper(), ink=sheet.ink.sized(14).strong(), align="centre")
    sheet.y += 26


def _references(sheet: Sheet) -> list[Row]:
    rows: list[Row] = [
        (word(sheet, "number"), [sheet.value("number")]),
        (word(sheet, "date"), [sheet.value("date")]),
        (word(sheet, "order"), [sheet.value("purchase_order")]),
        (word(sheet, "order_placed"), [Run(near(sheet, -24))]),
        (word(sheet, "currency"), [sheet.value("currency")]),
        (word(sheet, "payment"), [sheet.value("payment_terms")]),
    ]
    return filled(rows)


def _terms(sheet: Sheet) -> list[Row]:
    rows: list[Row] = [
        (word(sheet, "delivery_terms"), sheet.terms()),
        (word(sheet, "loading"), [sheet.value("port_of_loading")]),
        (word(sheet, "discharge"), [sheet.value("port_of_discharge")]),
        (word(sheet, "origin"), [sheet.value("country_of_origin")]),
        (word(sheet, "destination"), [sheet.value("country_of_destination")]),
        (word(sheet, "forwarder_ref"), [Run(invented(sheet, "forwarder", "FF-999999"))]),
    ]
    return filled(rows)


def _party_block(sheet: Sheet, name: str, title: str, rows: list[Row]) -> None:
    """A merged cell with a party on the left, pairs of cells on the right."""
    middle, third, top = sheet.left + 250, sheet.left + 358, sheet.y
    _cell(sheet, sheet.left, middle, [Run(word(sheet, title).upper())], fill=_FILL, bold=True)
    end = sheet.party((sheet.left + 3, top + _ROW + 11), name, width=242)
    for label, runs in rows:
        _cell(sheet, middle, third, [Run(label)], fill=_FILL)
        _cell(sheet, third, sheet.right, runs)
        sheet.y += _ROW
    while sheet.y < end:
        _cell(sheet, middle, third, [], fill=_FILL)
        _cell(sheet, third, sheet.right, [])
        sheet.y += _ROW
    sheet.frame((sheet.left, top), (middle, sheet.y), width=0.5)


def _columns(sheet: Sheet) -> list[Column]:
    def plain(key: str, name: str, share: float, align: str = "left") -> Column:
        return Column(word(sheet, key), share, lambda line: [sheet.cell(line, name)], align)

    money = f" ({sheet.paper.text('currency')})" if sheet.has("currency") else ""
    columns = [
        plain("line", "number", 4, "centre"),
        plain("sku", "part_number", 9),
        plain("description", "description", 26),
        plain("tariff", "hs_code", 9),
        plain("quantity", "quantity", 8, "right"),
        plain("uom", "unit", 6, "centre"),
        Column(word(sheet, "price") + money, 9, lambda line: [sheet.cell(line, "unit_price")], "right"),
        Column(word(sheet, "value") + money, 11, lambda line: [sheet.cell(line, "amount")], "right"),
    ]
    if not parts.one_origin(sheet):
        columns.insert(4, plain("made_in", "origin", 8))
    return columns


def _turn(sheet: Sheet) -> None:
    sheet.new_page()
    sheet.y = 30


def _empty_rows(sheet: Sheet, edges: list[float]) -> None:
    """Prepared rows that nobody filled."""
    for _ in range(sheet.chance("empty").whole(1, 3)):
        for left, right in zip([sheet.left, *edges[:-1]], edges, strict=True):
            _cell(sheet, left, right, [])
        sheet.y += _ROW


def _sums(sheet: Sheet, edges: list[float]) -> None:
    left = edges[-3]
    top = sheet.y
    for label, value in [*charges(sheet), ([Run(word(sheet, "grand_total"))], sheet.value("total_amount"))]:
        bold = value.name == "total_amount"
        _cell(sheet, left - 60, edges[-2], label, fill=_FILL, bold=bold)
        sheet.frame((edges[-2], sheet.y), (sheet.right, sheet.y + _ROW), width=0.5, fill="#ffff99" if bold else "")
        ink = sheet.ink.strong() if bold else sheet.ink
        sheet.put_runs((sheet.right - 4, sheet.y + _ROW - 4.5), [value], ink=ink, align="right")
        sheet.y += _ROW
    low, sheet.y = sheet.y, top
    _shipping(sheet, left - 60)
    sheet.y = max(low, sheet.y) + 10


def _shipping(sheet: Sheet, right: float) -> None:
    """Packages and weights beside the sums."""
    rows: list[Row] = [
        (word(sheet, "packages"), sheet.packages()),
        (word(sheet, "net_weight"), [sheet.weight("net_weight_kg")]),
        (word(sheet, "gross_weight"), [sheet.weight("gross_weight_kg")]),
    ]
    for label, runs in filled(rows):
        _cell(sheet, sheet.left, sheet.left + 110, [Run(label)], fill=_FILL)
        _cell(sheet, sheet.left + 110, right, runs)
        sheet.y += _ROW


def _remarks(sheet: Sheet) -> None:
    y = sheet.flow((sheet.left, sheet.y + 8), [Run(word(sheet, "certify"))], width=sheet.right - sheet.left)
    for text in (f"{word(sheet, 'bank')}:", *bank(sheet)):
        sheet.put((sheet.left, y + 4), text)
        y += 10
    parts.signed(sheet, (sheet.right - 150, y))
    sheet.put((sheet.right - 150, y + 12), word(sheet, "signature"), ink=sheet.ink.sized(7))


def _page(sheet: Sheet, of: int) -> None:
    text = f"{word(sheet, 'page')} {sheet.page} {word(sheet, 'of')} {of}"
    sheet.put((sheet.size[0] / 2, sheet.size[1] - 14), text, ink=sheet.ink.sized(7), align="centre")


LAYOUT = Layout("grid_invoice", "commercial_invoice", draw, languages=("en", "es", "it", "fr"))
