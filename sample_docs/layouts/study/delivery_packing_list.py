"""A delivery note that serves as packing list: three rows to an article, weights and batches in running text."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import listing, pieces
from sample_docs.layouts.study.listing import Cell, Column, Listing
from sample_docs.layouts.study.words import StudySheet

_KEYS = ("packing_number", "packing_date", "invoice_number", "purchase_order", "container_number")


def draw(paper: Paper) -> Drawing:
    sheet = StudySheet(paper, "note", margin=52)
    sheet.ink = Ink("sans", 9)
    sheet.bottom -= 20
    _head(sheet)
    columns = (
        Column(sheet.label("c_number"), 8, listing.plain(sheet, "number")),
        Column(sheet.label("c_text"), 66, lambda row: _article(sheet, row)),
        Column(sheet.label("c_quantity"), 20, lambda row: (parts.quantity(sheet, row),), "right"),
    )
    listing.draw(sheet, Listing(columns, sheet.ink, rules="rows", fill="#eeeeee", gap=3), turn=_turn)
    parts.at_least(sheet, 110, lambda one: _turn(one, 0))
    _foot(sheet)
    return sheet.finished(parts.page_number)


def _head(sheet: Sheet) -> None:
    sheet.frame((sheet.left, 40), (sheet.right, 44), width=0, fill=sheet.style.accent)
    end = sheet.party((sheet.left, 62), "exporter", width=230, ink=sheet.ink.sized(8))
    sheet.put((sheet.right, 66), sheet.label("title"), ink=sheet.ink.sized(14), align="right")
    y = sheet.party((sheet.left, max(end, 120) + 12), "consignee", width=230, tax=False)
    sheet.put((sheet.left, max(end, 120)), sheet.label("consignee"), ink=sheet.ink.sized(7).tinted(pieces.GREY))
    right = 84.0
    for label, runs in pieces.known(sheet, _KEYS):
        sheet.put((sheet.right - 110, right), label, ink=sheet.ink.sized(8).tinted(pieces.GREY), align="right")
        pieces.put(sheet, (sheet.right - 102, right), runs, width=102)
        right += 14
    sheet.y = max(y, right) + 10


def _article(sheet: Sheet, row: int) -> Cell:
    chance = sheet.chance("batch", row)
    batch = f"{sheet.label('batch')} {chance.digits(6)}, {sheet.label('expiry')} {chance.whole(10, 12)}/2028"
    first = chance.whole(1000, 8000)
    serial = f"{sheet.label('serial')} SN{first} - SN{first + chance.whole(5, 90)}"
    article = [sheet.cell(row, "part_number"), Run("   "), sheet.cell(row, "description")]
    return (article, [Run(batch if chance.happens(0.6) else serial)], _weights(sheet, row))


def _weights(sheet: Sheet, row: int) -> list[Run]:
    net, gross = sheet.cell(row, "net_weight_kg"), sheet.cell(row, "gross_weight_kg")
    runs = [Run(sheet.label("net")), net, Run(" kg"), Run(sheet.label("gross")), gross, Run(" kg")]
    return [*runs, Run(sheet.label("packed")), sheet.cell(row, "packages"), Run(sheet.label("pieces"))]


def _turn(sheet: Sheet, _: int) -> None:
    sheet.new_page()
    sheet.put_runs((sheet.left, 56), [Run(f"{sheet.label('title')}  "), sheet.value("number")])
    sheet.y = 66


def _foot(sheet: Sheet) -> None:
    keys = ("packages", "net_weight_kg", "gross_weight_kg", "volume_m3")
    width, x = (sheet.right - sheet.left) / 4, sheet.left
    for label, runs in pieces.known(sheet, keys):
        pieces.above(sheet, (x, sheet.y + 16), label, runs, width=width)
        x += width
    sheet.put((sheet.left, sheet.y + 56), sheet.label("received"), ink=sheet.ink.sized(8))
    pieces.signed(sheet, (sheet.left, sheet.y + 90))


LAYOUT = Layout("delivery_packing_list", "packing_list", draw, None, ("en", "de", "it"))
