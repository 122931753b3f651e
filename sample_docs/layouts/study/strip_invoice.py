"""A Latin invoice: a strip of references over the table, orders as rows between the lines, totals as a strip below."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import listing, pieces
from sample_docs.layouts.study.listing import Column, Listing
from sample_docs.layouts.study.pieces import Frame
from sample_docs.layouts.study.words import StudySheet

_ROW, _ORDER = 27.0, 5  # points; lines to a delivery
_COLUMNS = (
    ("c_part", "part_number", 11, "left"), ("c_text", "description", 28, "left"), ("c_code", "hs_code", 11, "left"),
    ("c_origin", "origin", 9, "left"), ("c_unit", "unit", 8, "left"), ("c_quantity", "quantity", 9, "right"),
    ("c_price", "unit_price", 10, "right"), ("c_amount", "amount", 12, "right"),
)  # fmt: skip


def draw(paper: Paper) -> Drawing:
    sheet = StudySheet(paper, "strip", margin=38)
    sheet.ink = Ink(sheet.style.family, 8.4)
    sheet.bottom -= 14
    _head(sheet)
    listing.draw(sheet, _listing(sheet), turn=_turn)
    parts.at_least(sheet, 150, lambda one: _turn(one, 0))
    _strips(sheet)
    _origin(sheet)
    return sheet.finished(parts.page_number)


def _head(sheet: Sheet) -> None:
    middle = (sheet.left + sheet.right) / 2
    sheet.frame((sheet.left, 36), (middle - 10, 118), width=0.8, colour=sheet.style.accent)
    sheet.party((sheet.left + 6, 50), "exporter", width=middle - sheet.left - 24)
    sheet.put((middle + 4, 46), sheet.label("title"), ink=sheet.ink.sized(13).strong().tinted(sheet.style.accent))
    sheet.put((middle + 4, 62), sheet.label("consignee"), ink=sheet.ink.sized(7).tinted(pieces.GREY))
    sheet.party((middle + 4, 73), "consignee", width=middle - sheet.left - 8)
    top, code = 132.0, [Run(f"C{sheet.chance('customer').digits(4)}")]
    cells: tuple[tuple[str, Runs], ...] = (
        ("invoice_number", [sheet.value("number")]),
        ("invoice_date", [sheet.value("date")]),
        ("customer", code),
        ("purchase_order", [sheet.value("purchase_order")]),
    )
    _strip(sheet, top, cells)
    more = ("payment_terms", "incoterm")
    _strip(sheet, top + _ROW, tuple((key, pieces.reference(sheet, key)) for key in more))
    sheet.y = top + 2 * _ROW + 8


def _strip(sheet: Sheet, top: float, cells: tuple[tuple[str, Runs], ...]) -> None:
    width = (sheet.right - sheet.left) / len(cells)
    for at, (key, runs) in enumerate(cells):
        left = sheet.left + at * width
        pieces.captioned(sheet, Frame(left, top, left + width, top + _ROW), sheet.label(key), runs)


def _listing(sheet: Sheet) -> Listing:
    once = parts.one_origin(sheet)
    columns = [
        Column(sheet.label(key), share, listing.plain(sheet, name), side)
        for key, name, share, side in _COLUMNS
        if not (once and name == "origin")
    ]
    columns.insert(-1, Column(sheet.label("c_discount"), 6, lambda _: (), "right"))
    return Listing(columns, sheet.ink, fill="#e8eef4", gap=2, heading=lambda row: _delivery(sheet, row))


def _delivery(sheet: Sheet, row: int) -> Runs:
    """The seller's own order, of which the next lines are."""
    if row % _ORDER:
        return []
    number = int(sheet.chance("order").digits(5)) + row // _ORDER
    return [Run(f"{sheet.label('order')} OV{number}")]


def _turn(sheet: Sheet, row: int) -> None:
    if row:
        text = f"{sheet.label('carried_over')}  {pieces.carried(sheet, row)}"
        sheet.put((sheet.right - 3, sheet.y + 12), text, align="right")
    sheet.new_page()
    cells: tuple[tuple[str, Runs], ...] = (
        ("invoice_number", [sheet.value("number")]),
        ("invoice_date", [sheet.value("date")]),
    )
    _strip(sheet, 36, cells)
    sheet.y = 36 + _ROW + 8


def _strips(sheet: Sheet) -> None:
    """What was sent, then what it costs; the sum stands in the last cell."""
    sheet.y += 10
    shipped = ("packages", "net_weight_kg", "gross_weight_kg")
    cells = [(key, pieces.reference(sheet, key)) for key in shipped]
    _strip(sheet, sheet.y, (*cells, ("reason", [Run(sheet.label("reason_value"))])))
    sheet.y += _ROW
    names = [name for name in ("subtotal", "discount", "freight", "insurance") if sheet.has(name)]
    money: list[tuple[str, Runs]] = [(name, [sheet.value(name)]) for name in names]
    total: Runs = [sheet.value("currency"), Run(" "), sheet.value("total_amount")]
    sheet.ink = sheet.ink.strong()
    _strip(sheet, sheet.y, (*money, ("vat", [Run("0")]), ("total_amount", total)))
    sheet.ink = Ink(sheet.style.family, 8.4)
    sheet.y += _ROW + 14


def _origin(sheet: Sheet) -> None:
    """The statement of origin on an invoice, where one country is that of all goods."""
    if sheet.has("country_of_origin"):
        text = [Run(sheet.label("preferential")), sheet.value("country_of_origin"), Run(".")]
        sheet.y = sheet.flow((sheet.left, sheet.y), text, width=sheet.right - sheet.left, ink=sheet.ink.sized(7.6))
    pieces.signed(sheet, (sheet.right - 170, sheet.y + 34))


LAYOUT = Layout("strip_invoice", "commercial_invoice", draw, None, ("fr", "es", "it"))
