"""A packing list grouped by pallet: net and gross weight share a column, the totals are a sentence."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import listing, pieces
from sample_docs.layouts.study.listing import Cell, Column, Listing
from sample_docs.layouts.study.words import StudySheet

_PALLET = 3  # lines to a pallet


def draw(paper: Paper) -> Drawing:
    sheet = StudySheet(paper, "pallets", margin=54)
    sheet.ink = Ink(sheet.style.family, 8.8)
    sheet.bottom -= 16
    _head(sheet)
    listing.draw(sheet, _listing(sheet), turn=_turn)
    parts.at_least(sheet, 90, lambda one: _turn(one, 0))
    _total(sheet)
    return sheet.finished(parts.page_number)


def _head(sheet: Sheet) -> None:
    width = sheet.right - sheet.left
    sender = [Run(f"{sheet.label('exporter')}: "), *pieces.address(sheet, "exporter")]
    sheet.y = sheet.flow((sheet.left, 58), sender, width=width, ink=sheet.ink.sized(8))
    sheet.rule((sheet.left, sheet.y - 4), (sheet.right, sheet.y - 4), width=1.4, colour=sheet.style.accent)
    sheet.put((sheet.left, sheet.y + 22), sheet.label("title"), ink=sheet.ink.sized(16).strong())
    both = [Run(f"{sheet.label('number_date')}: "), sheet.value("number"), Run(" / "), sheet.value("date")]
    pieces.put(sheet, (sheet.right, sheet.y + 22), both, width=300, align="right")
    sheet.put((sheet.left, sheet.y + 44), sheet.label("consignee"), ink=sheet.ink.sized(7))
    sheet.y = sheet.party((sheet.left, sheet.y + 56), "consignee", width=280) + 10
    refers = [Run(sheet.label("refers")), sheet.value("invoice_number")]
    if sheet.has("purchase_order"):
        refers += [Run(sheet.label("order")), sheet.value("purchase_order")]
    sheet.y = sheet.flow((sheet.left, sheet.y), [*refers, Run(".")], width=width) + 4


def _listing(sheet: Sheet) -> Listing:
    columns = (
        Column(sheet.label("c_number"), 6, listing.plain(sheet, "number")),
        Column(sheet.label("c_text"), 40, lambda row: _contents(sheet, row)),
        Column(sheet.label("c_quantity"), 15, lambda row: (parts.quantity(sheet, row),), "right"),
        Column(sheet.label("c_cartons"), 9, listing.plain(sheet, "packages"), "right"),
        Column(sheet.label("c_weight"), 24, lambda row: (_weights(sheet, row),), "right"),
    )
    return Listing(columns, sheet.ink, gap=2, heading=lambda row: _pallet(sheet, row))


def _contents(sheet: Sheet, row: int) -> Cell:
    return ([sheet.cell(row, "part_number"), Run("  "), sheet.cell(row, "description")],)


def _weights(sheet: Sheet, row: int) -> Runs:
    return [sheet.cell(row, "net_weight_kg"), Run(" / "), sheet.cell(row, "gross_weight_kg")]


def _pallet(sheet: Sheet, row: int) -> Runs:
    if row % _PALLET:
        return []
    count = -(-len(sheet.paper.lines) // _PALLET)
    height = sheet.chance("pallet", row).whole(80, 180)
    size = f"120 x 80 x {height} cm, {sheet.label('stack')}"
    return [Run(f"{sheet.label('pallet')} {row // _PALLET + 1} / {count}   {size}")]


def _turn(sheet: Sheet, _: int) -> None:
    sheet.new_page()
    sheet.put_runs((sheet.left, 60), [Run(f"{sheet.label('title')} "), sheet.value("number")])
    sheet.y = 70


def _total(sheet: Sheet) -> None:
    runs: list[Run] = [Run(sheet.label("total")), *sheet.packages()]
    for key, name in (("net", "net_weight_kg"), ("gross", "gross_weight_kg"), ("volume", "volume_m3")):
        if sheet.has(name):
            runs += [Run(sheet.label(key)), *pieces.reference(sheet, name)]
    width = sheet.right - sheet.left
    sheet.y = sheet.flow((sheet.left, sheet.y + 18), [*runs, Run(".")], width=width, ink=sheet.ink.strong())
    for label, value in pieces.known(sheet, ("container_number", "marks")):
        sheet.y = sheet.flow((sheet.left, sheet.y + 2), [Run(f"{label}: "), *value], width=width)
    pieces.signed(sheet, (sheet.left, sheet.y + 44), "packed_by")


LAYOUT = Layout("pallet_packing_list", "packing_list", draw, None, ("en", "de", "fr"))
