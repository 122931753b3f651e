"""An Indian export invoice: two values to a cell, boxes side by side, the rate with its unit, words at the end."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import listing, pieces
from sample_docs.layouts.study.listing import Cell, Column, Listing
from sample_docs.layouts.study.pieces import Frame
from sample_docs.layouts.study.spelling import spelt
from sample_docs.layouts.study.words import StudySheet

_TOP, _ROW = 58.0, 30.0


def draw(paper: Paper) -> Drawing:
    sheet = StudySheet(paper, "tally", margin=34)
    sheet.ink = Ink("sans", 8.4)
    sheet.bottom -= 8
    centre = (sheet.left + sheet.right) / 2
    sheet.put((centre, 46), sheet.label("title"), ink=sheet.ink.sized(11).strong(), align="centre")
    _boxes(sheet)
    listing.draw(sheet, _listing(sheet), turn=_turn)
    parts.at_least(sheet, 190, lambda one: _turn(one, 0))
    _totals(sheet)
    _end(sheet)
    return sheet.finished(parts.page_number)


def _boxes(sheet: Sheet) -> None:
    left, middle, right = sheet.left, sheet.left + 250, sheet.right
    party = 3 * _ROW
    for at, name in enumerate(("exporter", "consignee")):
        top = _TOP + at * party
        frame = Frame(left, top, middle, top + party)
        start = pieces.captioned(sheet, frame, sheet.label(name))
        sheet.party(start, name, width=240)
    both: Runs = [sheet.value("number"), Run("  dt. "), sheet.value("date")]
    top = _TOP
    _pair(sheet, Frame(middle, top, right, top + _ROW), ("number_date", both), ("reference", [Run("IEC 0388012345")]))
    order: Runs = [sheet.value("purchase_order")]
    _pair(sheet, Frame(middle, top + _ROW, right, top + 2 * _ROW), ("purchase_order", order), ("other", ()))
    buyer = Frame(middle, top + 2 * _ROW, right, top + 4 * _ROW)
    pieces.captioned(sheet, buyer, sheet.label("buyer"), [Run("-")])
    for at, keys in enumerate((("country_of_origin", "country_of_destination"), ("incoterm", "payment_terms"))):
        y = top + (4 + at) * _ROW
        pieces.row_of(sheet, Frame(middle, y, right, y + _ROW), keys)
    _route(sheet, top + 6 * _ROW)


def _pair(sheet: Sheet, frame: Frame, *cells: tuple[str, Runs]) -> None:
    width = frame.width / len(cells)
    for at, (key, runs) in enumerate(cells):
        left = frame.left + at * width
        pieces.captioned(sheet, Frame(left, frame.top, left + width, frame.bottom), sheet.label(key), runs)


def _route(sheet: Sheet, top: float) -> None:
    frame = Frame(sheet.left, top, sheet.right, top + _ROW)
    loading, discharge = sheet.value("port_of_loading"), sheet.value("port_of_discharge")
    road = [Run("ROAD")]
    cells = (("carriage", road), ("receipt", ()), ("port_of_loading", [loading]), ("port_of_discharge", [discharge]))
    _pair(sheet, frame, *cells)
    sheet.y = top + _ROW


def _listing(sheet: Sheet) -> Listing:
    columns = (
        Column(sheet.label("c_marks"), 12, lambda row: _marks(sheet, row)),
        Column(sheet.label("c_text"), 38, lambda row: _goods(sheet, row)),
        Column(sheet.label("c_code"), 12, listing.plain(sheet, "hs_code")),
        Column(sheet.label("c_quantity"), 15, lambda row: (parts.quantity(sheet, row),), "right"),
        Column(sheet.label("c_price"), 10, listing.plain(sheet, "unit_price"), "right"),
        Column(sheet.label("c_per"), 7, lambda row: ([Run(sheet.cell(row, "unit").text)],)),
        Column(sheet.label("c_amount"), 14, listing.plain(sheet, "amount"), "right"),
    )
    return Listing(columns, sheet.ink, rules="columns", gap=2)


def _marks(sheet: Sheet, row: int) -> Cell:
    """The packages once, beside the first line."""
    return (sheet.packages(),) if row == 0 and sheet.has("packages") else ()


def _goods(sheet: Sheet, row: int) -> Cell:
    article: list[Run] = [sheet.cell(row, "description")]
    below: list[Run] = [Run("Art. "), sheet.cell(row, "part_number")]
    origin = sheet.cell(row, "origin")
    return (article, [*below, Run("  Origin: "), origin] if origin.text else below)


def _turn(sheet: Sheet, _: int) -> None:
    sheet.new_page()
    heading = [Run(f"{sheet.label('number_date')}: "), sheet.value("number"), Run("  dt. "), sheet.value("date")]
    sheet.put_runs((sheet.left, 46), heading)
    sheet.y = 54


def _totals(sheet: Sheet) -> None:
    rows = [(label, [value]) for label, value in pieces.charges(sheet)]
    code = f"{sheet.label('total_amount')} ({sheet.label('c_amount')})"
    for label, runs in (*rows, (code, [sheet.value("currency"), Run(" "), sheet.value("total_amount")])):
        sheet.frame((sheet.left, sheet.y), (sheet.right, sheet.y + 15), width=0.5)
        ink = sheet.ink.strong() if label == code else sheet.ink
        sheet.put((sheet.right - 150, sheet.y + 10.5), label, ink=ink, align="right")
        sheet.put_runs((sheet.right - 3, sheet.y + 10.5), runs, ink=ink, align="right")
        sheet.y += 15


def _end(sheet: Sheet) -> None:
    words = f"{spelt(sheet.paper.text('total_amount'), sheet.paper.text('currency')).title()} Only"
    sheet.put((sheet.left + 3, sheet.y + 12), sheet.label("words"), ink=sheet.ink.sized(7))
    width = sheet.right - sheet.left - 6
    y = sheet.flow((sheet.left + 3, sheet.y + 23), [Run(words)], width=width, ink=sheet.ink.strong())
    weights = pieces.known(sheet, ("net_weight_kg", "gross_weight_kg"))
    runs = [run for label, value in weights for run in (Run(f"{label}: "), *value, Run("     "))]
    y = sheet.flow((sheet.left + 3, y + 4), runs, width=width) + 4
    sheet.put((sheet.left + 3, y), sheet.label("declare"), ink=sheet.ink.sized(7))
    sheet.flow((sheet.left + 3, y + 10), [Run(sheet.label("declaration"))], width=300)
    pieces.signed(sheet, (sheet.right - 170, y + 46))


LAYOUT = Layout("tally_invoice", "commercial_invoice", draw, None, ("en",))
