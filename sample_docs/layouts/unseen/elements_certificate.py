"""A certification of origin by data elements (USMCA / T-MEC, annex 5-A): no form prescribed, the exporter signs."""

from __future__ import annotations

from typing import Final

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.tables import Column, Table, draw_table
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.unseen.pieces import filled, grey, invented, near, word

_ROOM: Final = 150  # points that the signature needs


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=48)
    sheet.ink = Ink("sans" if paper.style.family in {"sans", "narrow", "mono"} else "wide", 8.8)
    sheet.bottom = sheet.size[1] - 60
    _title(sheet)
    _certifier(sheet)
    _parties(sheet)
    _references(sheet)
    draw_table(sheet, Table(_columns(sheet), len(paper.lines), sheet.ink, rules="grid", head_fill="#e4e4e4"),
               turn=_turn)  # fmt: skip
    if sheet.y + _ROOM > sheet.bottom:
        _turn(sheet)
    _signed(sheet)
    return sheet.finished(parts.page_number)


def _title(sheet: Sheet) -> None:
    sheet.put((sheet.left, 52), word(sheet, "us_title"), ink=sheet.ink.sized(15).strong())
    sheet.put((sheet.left, 66), word(sheet, "us_agreement"), ink=grey(sheet.ink, 8))
    sheet.rule((sheet.left, 74), (sheet.right, 74), width=2)
    sheet.y = 92


def _certifier(sheet: Sheet) -> None:
    """Who certifies, ticked in one of three little boxes; the blanket period beside."""
    x = sheet.put((sheet.left, sheet.y), word(sheet, "us_1"), ink=sheet.ink.strong()) + 12
    for key in ("us_importer", "us_exporter", "us_producer"):
        sheet.frame((x, sheet.y - 7), (x + 8, sheet.y + 1), width=0.7)
        if key == "us_exporter":
            sheet.rule((x + 1, sheet.y - 6), (x + 7, sheet.y), width=1.1)
            sheet.rule((x + 7, sheet.y - 6), (x + 1, sheet.y), width=1.1)
        x = sheet.put((x + 12, sheet.y), word(sheet, key)) + 14
    sheet.y += 14


def _parties(sheet: Sheet) -> None:
    """Four cells: certifier, exporter, producer, importer; two of them say only where to look."""
    middle, top = (sheet.left + sheet.right) / 2, sheet.y
    cells = (("us_2", ""), ("us_3", "exporter"), ("us_4", ""), ("us_5", "consignee"))
    for at, (key, name) in enumerate(cells):
        x, y = (sheet.left, middle)[at % 2], top + at // 2 * 92
        sheet.frame((x, y), (x + middle - sheet.left, y + 92), width=0.6)
        sheet.put((x + 5, y + 12), word(sheet, key), ink=sheet.ink.sized(8).strong())
        if name:
            sheet.party((x + 5, y + 26), name, width=230)
        else:
            sheet.put((x + 5, y + 26), word(sheet, "us_same" if key == "us_2" else "us_on_request"))
            contact = invented(sheet, key, "Tel. +99 99 555 9999")
            sheet.put((x + 5, y + 40), contact, ink=sheet.ink.sized(8))
    sheet.y = top + 2 * 92 + 16


def _references(sheet: Sheet) -> None:
    rows = filled([
        (word(sheet, "us_number"), [sheet.value("number")]),
        (word(sheet, "us_invoice"), _invoice(sheet)),
        (word(sheet, "us_origin"), [sheet.value("country_of_origin")]),
        (word(sheet, "us_blanket"), [Run(f"{near(sheet, 0)} - {near(sheet, 364)}")]),
    ])  # fmt: skip
    for label, runs in rows:
        sheet.put_runs((sheet.left, sheet.y), [Run(f"{label}: ")], ink=sheet.ink.strong())
        end = sheet.left + sheet.ink.strong().width(f"{label}: ") + 4
        sheet.y = sheet.flow((end, sheet.y), runs, width=sheet.right - end) + 3
    sheet.y += 8


def _invoice(sheet: Sheet) -> Runs:
    if not sheet.has("invoice_number"):
        return []
    return [sheet.value("invoice_number"), Run(" ("), sheet.value("invoice_date"), Run(")")]


def _columns(sheet: Sheet) -> list[Column]:
    """Description and heading are elements 6, the criterion 7; a column that no line fills is left out."""

    def cell(key: str, name: str, share: float, align: str = "left") -> Column:
        return Column(word(sheet, key), share, lambda line: [sheet.cell(line, name)], align)

    columns = [cell("us_item", "number", 5, "centre"), cell("us_6", "description", 40)]
    if sheet.cell(0, "hs_code").text:
        columns.append(cell("us_hs", "hs_code", 13))
    columns.append(Column(word(sheet, "us_quantity"), 15, lambda line: parts.quantity(sheet, line), "right"))
    if sheet.cell(0, "origin_criterion").text:
        columns.append(cell("us_7", "origin_criterion", 12, "centre"))
    return columns


def _turn(sheet: Sheet) -> None:
    sheet.new_page()
    sheet.y = 52
    sheet.put_runs((sheet.left, sheet.y), [Run(f"{word(sheet, 'us_number')} "), sheet.value("number")])
    sheet.y += 12


def _signed(sheet: Sheet) -> None:
    y = sheet.y + 18
    if sheet.has("gross_weight_kg"):
        total = [Run(f"{word(sheet, 'gross_weight')}: "), sheet.weight("gross_weight_kg")]
        sheet.put_runs((sheet.left, y), total)
        y += 18
    y = sheet.flow((sheet.left, y), [Run(word(sheet, "us_text"))], width=sheet.right - sheet.left,
                   ink=sheet.ink.sized(7.8))  # fmt: skip
    low = y + 48
    parts.signed(sheet, (sheet.left + 10, low - 6), width=110)
    sheet.put_runs((sheet.left + 260, low - 4), [sheet.value("date")])
    for x, key in ((sheet.left, "us_9"), (sheet.left + 250, "us_date")):
        sheet.rule((x, low), (x + 200, low), width=0.6)
        sheet.put((x, low + 11), word(sheet, key), ink=grey(sheet.ink))


LAYOUT = Layout("elements_certificate", "certificate_of_origin", draw, "usmca", ("en", "es"))
