"""An invoice of a modern online tool: a card with the amount due at the right, small grey captions above values."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import LEADING, Run, Runs, Sheet, wrapped
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.unseen.pieces import (
    Row,
    bank,
    caption,
    charges,
    compact_party,
    filled,
    grey,
    invented,
    logo,
    near,
    word,
)

_CARD = 172.0
_TINT = "#f2f5f7"


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=44)
    sheet.ink = Ink("wide" if paper.style.family in {"wide", "narrow"} else "sans", 8.6)
    sheet.bottom = sheet.size[1] - 64
    _head(sheet)
    _parties(sheet)
    _facts(sheet)
    _heading(sheet)
    for line in range(len(paper.lines)):
        _line(sheet, line)
    _totals(sheet)
    return sheet.finished(_foot)


def _head(sheet: Sheet) -> None:
    logo(sheet, (sheet.left, 40), 26)
    title = Ink("sans", 24, bold=True, colour=sheet.style.accent)
    sheet.put((sheet.left + 36, 61), word(sheet, "invoice").title(), ink=title)
    sheet.y = 92


def _parties(sheet: Sheet) -> None:
    """Seller and buyer to the left, the card with what is due to the right."""
    room, small = sheet.right - sheet.left - _CARD - 20, sheet.ink
    ends = []
    for at, (name, key) in enumerate((("exporter", "seller"), ("consignee", "ship_to"))):
        x = sheet.left + at * room / 2
        sheet.put((x, sheet.y), word(sheet, key), ink=grey(sheet.ink))
        y = compact_party(sheet, (x, sheet.y + 12), name, width=room / 2 - 14, ink=small)
        tax = sheet.paper.company(name).tax_id
        runs: Runs = [Run(f"{word(sheet, 'vat')} "), Run(tax, f"{name}.tax_id")] if tax else []
        ends.append(sheet.flow((x, y), runs, width=room / 2 - 14))
    card = _card(sheet)
    sheet.y = max(*ends, card) + 16


def _card(sheet: Sheet) -> float:
    left, top = sheet.right - _CARD, 76.0
    sheet.frame((left, top), (sheet.right, top + 100), width=0, fill=_TINT)
    sheet.put((left + 12, top + 18), word(sheet, "card_due"), ink=grey(sheet.ink))
    big = sheet.ink.sized(15).strong().tinted(sheet.style.accent)
    due = [sheet.value("currency"), Run(" "), sheet.value("total_amount")]
    sheet.put_runs((left + 12, top + 37), due, ink=big)
    rows: list[Row] = [
        (word(sheet, "number"), [sheet.value("number")]),
        (word(sheet, "date"), [sheet.value("date")]),
        (word(sheet, "card_due_date"), [Run(near(sheet, 30))]),
    ]
    for at, (label, runs) in enumerate(rows):
        y = top + 57 + at * 14
        sheet.put((left + 12, y), label, ink=grey(sheet.ink))
        sheet.put_runs((sheet.right - 10, y), runs, ink=sheet.ink.sized(8.4), align="right")
    return top + 100


def _facts(sheet: Sheet) -> None:
    """Four in a row, each caption above its value."""
    rows: list[Row] = [
        (word(sheet, "order"), [sheet.value("purchase_order")]),
        (word(sheet, "delivery_terms"), sheet.terms()),
        (word(sheet, "payment"), [sheet.value("payment_terms")]),
        (word(sheet, "origin"), [sheet.value("country_of_origin")]),
        (word(sheet, "packages"), sheet.packages()),
        (word(sheet, "net_weight"), [sheet.weight("net_weight_kg")]),
        (word(sheet, "gross_weight"), [sheet.weight("gross_weight_kg")]),
        (word(sheet, "customer_no"), [Run(invented(sheet, "customer", "C-99999"))]),
    ]
    width, shown = (sheet.right - sheet.left) / 4, filled(rows)
    for start in range(0, len(shown), 4):
        ends = [
            caption(sheet, (sheet.left + at * width, sheet.y), row, width=width - 10)
            for at, row in enumerate(shown[start : start + 4])
        ]
        sheet.y = max(ends) + 6
    sheet.y += 6


def _heading(sheet: Sheet) -> None:
    ink = grey(sheet.ink, 7.4)
    sheet.put((sheet.left, sheet.y), word(sheet, "description"), ink=ink)
    sheet.put(
        (sheet.right - 92, sheet.y), f"{word(sheet, 'quantity')} × {word(sheet, 'price')}", ink=ink, align="right"
    )
    sheet.put((sheet.right, sheet.y), word(sheet, "value"), ink=ink, align="right")
    sheet.rule((sheet.left, sheet.y + 6), (sheet.right, sheet.y + 6), width=0.4, colour="#bbbbbb")
    sheet.y += 20


def _line(sheet: Sheet, line: int) -> None:
    room = sheet.right - sheet.left - 236
    name, codes = [sheet.cell(line, "description")], _codes(sheet, line)
    high = (len(wrapped(name, sheet.ink.strong(), room)) + len(wrapped(codes, grey(sheet.ink, 7.2), room))) * 11
    parts.at_least(sheet, high + 10, _turn)
    times = [*parts.quantity(sheet, line), Run(" × "), sheet.cell(line, "unit_price")]
    sheet.put_runs((sheet.right - 92, sheet.y), times, align="right")
    sheet.put_runs((sheet.right, sheet.y), [sheet.cell(line, "amount")], align="right")
    y = sheet.flow((sheet.left, sheet.y), name, width=room, ink=sheet.ink.strong())
    y = sheet.flow((sheet.left, y), codes, width=room, ink=grey(sheet.ink, 7.2))
    sheet.rule((sheet.left, y - 3), (sheet.right, y - 3), width=0.3, colour="#dddddd")
    sheet.y = y + 9


def _codes(sheet: Sheet, line: int) -> list[Run]:
    """What customs wants to know, in grey under the name."""
    shown: list[Run] = []
    for key, name in (("sku", "part_number"), ("tariff", "hs_code"), ("made_in", "origin")):
        cell = sheet.cell(line, name)
        between = [Run("  ·  ")] if shown and cell.text else []
        shown += [*between, Run(f"{word(sheet, key)} "), cell] if cell.text else []
    return shown


def _turn(sheet: Sheet) -> None:
    sheet.new_page()
    sheet.y = 56
    _heading(sheet)


def _totals(sheet: Sheet) -> None:
    if sheet.y + 120 > sheet.bottom:
        sheet.new_page()
        sheet.y = 60
    left, top = sheet.right - _CARD - 40, sheet.y
    y = top + 8
    for label, value in charges(sheet):
        sheet.put_runs((left, y), label)
        sheet.put_runs((sheet.right, y), [value], align="right")
        y += 15
    sheet.rule((left, y - 9), (sheet.right, y - 9), width=1, colour=sheet.style.accent)
    total = sheet.ink.sized(11).strong()
    sheet.put_runs((left, y + 6), [Run(word(sheet, "card_total"))], ink=total)
    sheet.put_runs((sheet.right, y + 6), [sheet.value("currency"), Run(" "), sheet.value("total_amount")], ink=total,
                   align="right")  # fmt: skip
    _payable(sheet, top)


def _payable(sheet: Sheet, top: float) -> None:
    """Where to pay, a note and a signature beside the sums."""
    sheet.put((sheet.left, top + 8), word(sheet, "bank"), ink=grey(sheet.ink))
    y = top + 20
    for text in bank(sheet):
        sheet.put((sheet.left, y), text, ink=sheet.ink.sized(8))
        y += 8 * LEADING
    y = sheet.flow((sheet.left, y + 8), [Run(word(sheet, "certify"))], width=230, ink=grey(sheet.ink))
    parts.signed(sheet, (sheet.left, y + 26))


def _foot(sheet: Sheet, of: int) -> None:
    company = sheet.paper.company("exporter")
    text = f"{invented(sheet, 'phone', '+99 99 555 9999')}   hello@{company.name.split()[0].lower()}.example"
    sheet.put((sheet.left, sheet.size[1] - 34), text, ink=grey(sheet.ink))
    sheet.put((sheet.right, sheet.size[1] - 34), f"{sheet.page}/{of}", ink=grey(sheet.ink), align="right")


LAYOUT = Layout("card_invoice", "commercial_invoice", draw, languages=("en", "de", "fr", "es", "it"))
