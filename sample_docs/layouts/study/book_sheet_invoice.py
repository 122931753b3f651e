"""An invoice kept in a spreadsheet: landscape, thin cells, columns in the sender's own order, sums under them."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import listing, pieces
from sample_docs.layouts.study.listing import Column, Listing
from sample_docs.layouts.study.words import StudySheet

_ROW = 15.0
_KEYS = ("purchase_order", "incoterm", "payment_terms", "country_of_origin", "packages", "gross_weight_kg")


def draw(paper: Paper) -> Drawing:
    sheet = StudySheet(paper, "book", margin=36, landscape=True)
    sheet.ink = Ink(sheet.style.family, 8.4)
    sheet.put(
        ((sheet.left + sheet.right) / 2, 48), sheet.label("title"), ink=sheet.ink.sized(14).strong(), align="centre"
    )
    sheet.y = 58
    _top(sheet)
    edges = listing.draw(sheet, _listing(sheet), turn=_turn)
    parts.at_least(sheet, 90, lambda one: _turn(one, 0))
    _sums(sheet, edges)
    return sheet.finished(parts.page_number)


def _top(sheet: Sheet) -> None:
    start, middle = sheet.y, sheet.left + 360
    for name in ("exporter", "consignee"):
        top = sheet.y
        pieces.put(sheet, (sheet.left + 3, top + 10), [Run(sheet.label(name))], width=112, ink=sheet.ink.strong())
        end = sheet.party((sheet.left + 120, top + 10), name, width=236)
        sheet.y = end - 2
        sheet.frame((sheet.left, top), (middle, sheet.y), width=0.3, colour="#9a9a9a")
    end, sheet.y = sheet.y, start
    both: Runs = [sheet.value("number"), Run(" / "), sheet.value("date")]
    route: Runs = [sheet.value("port_of_loading"), Run(" / "), sheet.value("port_of_discharge")]
    rows = [(sheet.label("number_date"), both), (sheet.label("route"), route), *pieces.known(sheet, _KEYS)]
    for label, runs in rows:
        _pair(sheet, middle, label, runs)
    sheet.y = max(end, sheet.y) + 6


def _pair(sheet: Sheet, left: float, label: str, runs: Runs) -> None:
    split, y = left + 130, sheet.y + _ROW
    for start, end in ((left, split), (split, sheet.right)):
        sheet.frame((start, sheet.y), (end, y), width=0.3, colour="#9a9a9a")
    pieces.put(sheet, (left + 3, y - 4.5), [Run(label)], width=124, ink=sheet.ink.strong())
    pieces.put(sheet, (split + 3, y - 4.5), runs, width=sheet.right - split - 6)
    sheet.y = y


def _listing(sheet: Sheet) -> Listing:
    names = [
        ("c_number", "number", 5, "centre"), ("c_code", "hs_code", 11, "left"), ("c_part", "part_number", 10, "left"),
        ("c_text", "description", 30, "left"), ("c_net", "net_weight_kg", 9, "right"),
        ("c_quantity", "quantity", 8, "right"), ("c_unit", "unit", 8, "left"), ("c_price", "unit_price", 8, "right"),
        ("c_amount", "amount", 12, "right"),
    ]  # fmt: skip
    if not parts.one_origin(sheet):
        names.insert(2, ("c_origin", "origin", 9, "left"))
    columns = [Column(sheet.label(key), share, listing.plain(sheet, name), side) for key, name, share, side in names]
    return Listing(columns, sheet.ink, rules="grid", fill="#d9e2f3", gap=1.5)


def _turn(sheet: Sheet, _: int) -> None:
    sheet.new_page()
    heading = [Run(f"{sheet.label('number_date')}: "), sheet.value("number"), Run(" / "), sheet.value("date")]
    sheet.put_runs((sheet.left, 46), heading)
    sheet.y = 54


def _sums(sheet: Sheet, edges: list[float]) -> None:
    """A row of sums right under their columns: net weight and money; the charges are rows of their own."""
    ink = sheet.ink.strong()
    for label, value in pieces.charges(sheet):
        if value.name != "subtotal":
            sheet.y += _ROW
            sheet.put((edges[3 if parts.one_origin(sheet) else 4] - 4, sheet.y - 4), label, align="right")
            sheet.put_runs((edges[-1] - 3, sheet.y - 4), [value], align="right")
    top = sheet.y
    sheet.y += _ROW
    sheet.frame((sheet.left, top), (sheet.right, sheet.y), width=0.5)
    title: Runs = [Run(sheet.label("sum")), *pieces.currency(sheet)]
    sheet.put_runs((sheet.left + 6, sheet.y - 4), title, ink=ink)
    sheet.put_runs((edges[-5] - 3, sheet.y - 4), [sheet.value("net_weight_kg")], ink=ink, align="right")
    sheet.put_runs((edges[-1] - 3, sheet.y - 4), [sheet.value("total_amount")], ink=ink, align="right")
    pieces.signed(sheet, (sheet.right - 170, sheet.y + 44))


LAYOUT = Layout("book_sheet_invoice", "commercial_invoice", draw, None, ("en", "it", "zh"))
