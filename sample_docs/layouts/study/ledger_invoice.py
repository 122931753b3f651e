"""An invoice of an old business system on its line printer: dots lead to the values, the price is per so many."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import listing, pieces
from sample_docs.layouts.study.listing import Cell, Column, Listing
from sample_docs.layouts.study.words import StudySheet

_KEYS = (
    "invoice_number", "invoice_date", "purchase_order", "incoterm", "payment_terms", "currency", "country_of_origin",
)  # fmt: skip
_SHIPPED = ("packages", "net_weight_kg", "gross_weight_kg")
_DOTS = 22  # signs from the margin to the colon
_STEP = 12.0


def draw(paper: Paper) -> Drawing:
    sheet = StudySheet(paper, "ledger", margin=40)
    sheet.ink = Ink("mono", 8.6)
    sheet.bottom -= 10
    _head(sheet)
    _dotted(sheet, _KEYS)
    _line(sheet, "=")
    listing.draw(sheet, _listing(sheet), turn=_turn)
    parts.at_least(sheet, 170, lambda one: _turn(one, 0))
    _totals(sheet)
    _dotted(sheet, _SHIPPED)
    sheet.put((sheet.left, sheet.y + 10), sheet.label("end"))
    return sheet.finished(_page)


def _head(sheet: Sheet) -> None:
    sheet.put((sheet.left, 52), sheet.label("title"), ink=sheet.ink.sized(11).strong())
    sheet.y = 62
    _line(sheet, "=")
    middle, ends = (sheet.left + sheet.right) / 2, []
    for x, name in ((sheet.left, "exporter"), (middle, "consignee")):
        sheet.put((x, sheet.y), f"{sheet.label(name)}:")
        ends.append(sheet.party((x, sheet.y + _STEP), name, width=middle - sheet.left - 14))
    sheet.y = max(ends)
    _line(sheet, "-")


def _line(sheet: Sheet, sign: str) -> None:
    """A rule of signs over the width, as printers without graphics have it."""
    count = int((sheet.right - sheet.left) / sheet.ink.width(sign))
    sheet.put((sheet.left, sheet.y), sign * count)
    sheet.y += _STEP


def _dotted(sheet: Sheet, keys: tuple[str, ...]) -> None:
    for label, runs in pieces.known(sheet, keys):
        dots = " ." * max(1, (_DOTS - len(label)) // 2)
        sheet.put((sheet.left, sheet.y), f"{label}{dots}")
        x = sheet.left + sheet.ink.width("0") * (_DOTS + 2)
        sheet.put((x - 8, sheet.y), ":")
        sheet.put_runs((x, sheet.y), runs)
        sheet.y += _STEP


def _listing(sheet: Sheet) -> Listing:
    columns = (
        Column(sheet.label("c_number"), 6, listing.plain(sheet, "number"), "right"),
        Column(sheet.label("c_text"), 42, lambda row: _article(sheet, row)),
        Column(sheet.label("c_quantity"), 16, lambda row: (parts.quantity(sheet, row),), "right"),
        Column(sheet.label("c_price"), 11, listing.plain(sheet, "unit_price"), "right"),
        Column(sheet.label("c_per"), 5, lambda _: ([Run("1")],), "right"),
        Column(sheet.label("c_amount"), 16, listing.plain(sheet, "amount"), "right"),
    )
    return Listing(columns, sheet.ink, rules="none", gap=2, under=lambda row: _customs(sheet, row))


def _article(sheet: Sheet, row: int) -> Cell:
    return ([sheet.cell(row, "part_number")], [sheet.cell(row, "description")])


def _customs(sheet: Sheet, row: int) -> Cell:
    """Tariff number, origin and weight on one line, each behind its colon."""
    shown: list[Run] = []
    for key, name in (("tariff", "hs_code"), ("origin", "origin"), ("net", "net_weight_kg")):
        value = sheet.cell(row, name)
        if value.text:
            shown += [Run(f"{sheet.label(key)}:"), value, Run("  ")]
    return (shown[:-1],) if shown else ()


def _turn(sheet: Sheet, row: int) -> None:
    if row:
        sheet.put((sheet.right - 3, sheet.y + 10), f">>> {pieces.carried(sheet, row)}", align="right")
    sheet.new_page()
    heading: Runs = [Run(f"{sheet.label('invoice_number')}: "), sheet.value("number")]
    sheet.put_runs((sheet.left, 50), heading)
    sheet.y = 62
    _line(sheet, "=")


def _totals(sheet: Sheet) -> None:
    sheet.y += 6
    _line(sheet, "-")
    rows = [(label, [value]) for label, value in pieces.charges(sheet)]
    total: Runs = [sheet.value("total_amount")]
    words = f"{sheet.label('total_amount')} {sheet.paper.text('currency')}"
    for label, runs in (*rows, (words, total)):
        sheet.put((sheet.right - 130, sheet.y), label, align="right")
        sheet.put_runs((sheet.right - 3, sheet.y), runs, align="right")
        sheet.y += _STEP
    _line(sheet, "=")


def _page(sheet: Sheet, of: int) -> None:
    text = f"{sheet.label('page').upper()} {sheet.page:03d}/{of:03d}"
    sheet.put((sheet.right, 36), text, align="right")


LAYOUT = Layout("ledger_invoice", "commercial_invoice", draw, None, ("en", "de", "it"))
