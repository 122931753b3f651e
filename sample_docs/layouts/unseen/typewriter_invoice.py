"""An invoice from a line printer: one size of type, columns by counting characters, rules of dashes."""

from __future__ import annotations

from typing import Final

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import LEADING, Run, Runs, Sheet, wrapped
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.unseen.pieces import Row, bank, blank, charges, filled, invented, near, word

_SIZE: Final = 8.9
_STEP: Final = _SIZE * LEADING
# Character positions: left edge of text columns, right edge of figures.
_ITEM, _TEXT, _QUANTITY, _UNIT, _PRICE, _AMOUNT = 0, 5, 54, 56, 77, 91
_WIDE, _HALF = 91, 47


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=52)
    sheet.ink = Ink("mono", _SIZE)
    sheet.right = _x(sheet, _WIDE)
    sheet.bottom = sheet.size[1] - 60
    _head(sheet)
    _parties(sheet)
    _heading(sheet)
    for line in range(len(paper.lines)):
        _line(sheet, line)
    _totals(sheet)
    return sheet.finished(_page)


def _x(sheet: Sheet, characters: float) -> float:
    return sheet.left + characters * sheet.ink.width("0")


def _dashes(sheet: Sheet, sign: str = "-") -> None:
    sheet.put((sheet.left, sheet.y), sign * _WIDE)
    sheet.y += _STEP


def _pair(sheet: Sheet, at: int, row: Row) -> None:
    """A label filled up to fourteen characters, a colon, its value."""
    label = f"{row[0].upper():<14.14s}: "
    sheet.put_runs((_x(sheet, at), sheet.y), [Run(label), *row[1]])


def _head(sheet: Sheet) -> None:
    company = sheet.paper.company("exporter")
    sheet.y += 12
    sheet.y = sheet.party((sheet.left, sheet.y), "exporter", ink=sheet.ink, width=300)
    phone = company.phone or invented(sheet, "phone", "+99 99 555 9999")
    sheet.put((sheet.left, sheet.y), f"TEL {phone}   TELEFAX {phone[:-1]}9")
    sheet.y += 2 * _STEP
    title = word(sheet, "invoice").upper()
    sheet.put((sheet.left, sheet.y), f"{'*** ' + title + ' ***':^{_WIDE}}".rstrip())
    sheet.y += 2 * _STEP
    _dashes(sheet)


def _parties(sheet: Sheet) -> None:
    rows = filled([
        (word(sheet, "tw_number"), [sheet.value("number")]),
        (word(sheet, "tw_date"), [sheet.value("date")]),
        (word(sheet, "tw_order"), [sheet.value("purchase_order")]),
        (word(sheet, "tw_ordered"), [Run(near(sheet, -40))]),
        (word(sheet, "tw_agent"), [Run(invented(sheet, "agent", "A99/999"))]),
        (word(sheet, "tw_terms"), [sheet.value("incoterm"), Run(" "), sheet.value("incoterm_place")]),
        (word(sheet, "tw_payment"), [sheet.value("payment_terms")]),
        (word(sheet, "tw_origin"), [sheet.value("country_of_origin")]),
    ])  # fmt: skip
    top = sheet.y
    sheet.put((sheet.left, top), f"{word(sheet, 'tw_to').upper()} :")
    end = sheet.party((_x(sheet, 2), top + _STEP), "consignee", ink=sheet.ink, width=_x(sheet, 40) - sheet.left)
    for row in rows:
        limit = 29 if len(row[1]) == 1 else 99
        lines = wrapped(row[1], sheet.ink, limit * sheet.ink.width("0"))
        _pair(sheet, _HALF, (row[0], lines[0]))
        for more in lines[1:]:
            sheet.y += _STEP
            sheet.put_runs((_x(sheet, _HALF + 16), sheet.y), more)
        sheet.y += _STEP
    sheet.y = max(sheet.y, end)


def _heading(sheet: Sheet) -> None:
    _dashes(sheet, "=")
    sheet.put((_x(sheet, _ITEM), sheet.y), word(sheet, "tw_item").upper())
    sheet.put((_x(sheet, _TEXT), sheet.y), word(sheet, "description").upper())
    titles = ((_QUANTITY, "quantity"), (_PRICE, "tw_price"), (_AMOUNT, "tw_amount"))
    for at, key in titles:
        sheet.put((_x(sheet, at), sheet.y), word(sheet, key).upper(), align="right")
    sheet.put((_x(sheet, _UNIT), sheet.y), word(sheet, "tw_unit").upper())
    currency = sheet.value("currency")
    sheet.y += _STEP
    sheet.put_runs((_x(sheet, _PRICE), sheet.y), [currency], align="right")
    sheet.put_runs((_x(sheet, _AMOUNT), sheet.y), [currency], align="right")
    sheet.y += _STEP
    _dashes(sheet, "=")


def _line(sheet: Sheet, line: int) -> None:
    room = (_QUANTITY - _TEXT - 10) * sheet.ink.width("0")
    texts = wrapped([sheet.cell(line, "description")], sheet.ink, room)
    parts.at_least(sheet, (len(texts) + 3) * _STEP, _turn)
    sheet.put_runs((_x(sheet, _ITEM), sheet.y), [sheet.cell(line, "number")])
    sheet.put_runs((_x(sheet, _QUANTITY), sheet.y), [sheet.cell(line, "quantity")], align="right")
    sheet.put_runs((_x(sheet, _UNIT), sheet.y), [sheet.cell(line, "unit")])
    sheet.put_runs((_x(sheet, _PRICE), sheet.y), [sheet.cell(line, "unit_price")], align="right")
    sheet.put_runs((_x(sheet, _AMOUNT), sheet.y), [sheet.cell(line, "amount")], align="right")
    for text in [*texts, _codes(sheet, line)]:
        sheet.put_runs((_x(sheet, _TEXT), sheet.y), text)
        sheet.y += _STEP
    blank(sheet, 1)


def _codes(sheet: Sheet, line: int) -> list[Run]:
    """Article and tariff number and origin in one line under the name."""
    shown: list[Run] = []
    for key, name in (("tw_article", "part_number"), ("tw_tariff", "hs_code"), ("tw_made", "origin")):
        cell = sheet.cell(line, name)
        shown += [Run(f"{word(sheet, key).upper()} "), cell, Run("  ")] if cell.text else []
    return shown


def _turn(sheet: Sheet) -> None:
    sheet.put((_x(sheet, _TEXT), sheet.y), f"- {word(sheet, 'tw_continued').upper()} -")
    sheet.new_page()
    sheet.y = 66
    _pair(sheet, 0, (word(sheet, "tw_number"), [sheet.value("number")]))
    sheet.y += _STEP
    _heading(sheet)


def _totals(sheet: Sheet) -> None:
    if sheet.y + 17 * _STEP > sheet.bottom:
        _turn(sheet)
    _dashes(sheet)
    total: Runs = [Run(f"{word(sheet, 'grand_total').upper()}  "), sheet.value("currency")]
    for label, value in [*charges(sheet), (total, sheet.value("total_amount"))]:
        if value.name == "total_amount":
            sheet.put((_x(sheet, _AMOUNT), sheet.y), "-" * 14, align="right")
            sheet.y += _STEP
        sheet.put_runs((_x(sheet, _TEXT), sheet.y), [Run(run.text.upper(), run.name) for run in label])
        sheet.put_runs((_x(sheet, _AMOUNT), sheet.y), [value], align="right")
        sheet.y += _STEP
    sheet.put((_x(sheet, _AMOUNT), sheet.y), "=" * 14, align="right")
    blank(sheet, 2)
    _weights(sheet)


def _weights(sheet: Sheet) -> None:
    rows: list[Row] = [
        (word(sheet, "tw_packages"), sheet.packages()),
        (word(sheet, "tw_net"), [sheet.weight("net_weight_kg")]),
        (word(sheet, "tw_gross"), [sheet.weight("gross_weight_kg")]),
    ]
    for row in filled(rows):
        _pair(sheet, 0, row)
        sheet.y += _STEP
    blank(sheet, 1)
    for text in (f"{word(sheet, 'bank').upper()}:", *bank(sheet)):
        sheet.put((sheet.left, sheet.y), text)
        sheet.y += _STEP
    parts.signed(sheet, (_x(sheet, 60), sheet.y - _STEP))
    sheet.put((_x(sheet, 58), sheet.y), "." * 32)


def _page(sheet: Sheet, of: int) -> None:
    sheet.put((_x(sheet, _WIDE), 50), f"{word(sheet, 'page').upper()} {sheet.page}/{of}", align="right")


LAYOUT = Layout("typewriter_invoice", "commercial_invoice", draw, languages=("en", "de", "fr"))
