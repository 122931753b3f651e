"""An invoice in a window envelope: delivery notes group the lines, customs facts come at the end."""

from __future__ import annotations

from decimal import Decimal

from sample_docs.generator import printing
from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import listing, pieces
from sample_docs.layouts.study.listing import Cell, Column, Listing
from sample_docs.layouts.study.words import StudySheet

_NOTE = 7  # lines to a delivery note


def draw(paper: Paper) -> Drawing:
    sheet = StudySheet(paper, "window", margin=56)
    sheet.ink = Ink("sans", 9)
    sheet.bottom -= 44
    _window(sheet)
    _block(sheet)
    listing.draw(sheet, _listing(sheet), turn=_turn)
    parts.at_least(sheet, 110, lambda one: _turn(one, len(paper.lines)))
    _totals(sheet)
    _closing(sheet)
    _statistics(sheet)
    return sheet.finished(_foot)


def _window(sheet: Sheet) -> None:
    sender = sheet.ink.sized(6.6)
    pieces.put(sheet, (sheet.left, 128), pieces.address(sheet, "exporter", between=" · "), width=230, ink=sender)
    sheet.rule((sheet.left, 131), (sheet.left + 230, 131), width=0.3)
    sheet.party((sheet.left, 146), "consignee", width=225, tax=False)
    name = sheet.paper.company("exporter").name
    sheet.put((sheet.right, 70), name, ink=sheet.ink.sized(15).strong().tinted(sheet.style.accent), align="right")


def _block(sheet: Sheet) -> None:
    left, y = sheet.right - 200, 146.0
    rows: list[tuple[str, Runs]] = [
        (sheet.label("invoice_number"), [sheet.value("number")]),
        (sheet.label("customer"), [Run(f"D{sheet.chance('customer').digits(5)}")]),
        (sheet.label("invoice_date"), [sheet.value("date")]),
        (sheet.label("delivery_date"), [Run(sheet.label("as_date"))]),
    ]
    for label, runs in rows:
        pieces.put(sheet, (left, y), [Run(label)], width=92)
        pieces.put(sheet, (left + 96, y), runs, width=104)
        y += 12.5
    pieces.put(sheet, (left, y), [Run(sheet.label("quote"))], width=200, ink=sheet.ink.sized(6.5))
    sheet.put((sheet.left, 246), sheet.label("title"), ink=sheet.ink.sized(14).strong())
    lead = [Run(sheet.label("lead")), sheet.value("purchase_order"), Run(sheet.label("lead_end"))]
    sheet.y = sheet.flow((sheet.left, 266), lead, width=sheet.right - sheet.left) + 4


def _listing(sheet: Sheet) -> Listing:
    columns = (
        Column(sheet.label("c_number"), 6, listing.plain(sheet, "number")),
        Column(sheet.label("c_quantity"), 9, listing.plain(sheet, "quantity"), "right"),
        Column(sheet.label("c_unit"), 8, listing.plain(sheet, "unit")),
        Column(sheet.label("c_text"), 42, lambda row: _article(sheet, row)),
        Column(sheet.label("c_price"), 11, listing.plain(sheet, "unit_price"), "right"),
        Column(sheet.label("c_amount"), 14, listing.plain(sheet, "amount"), "right"),
    )
    return Listing(columns, sheet.ink, gap=3.5, heading=lambda row: _note(sheet, row))


def _article(sheet: Sheet, row: int) -> Cell:
    return ([sheet.cell(row, "part_number")], [sheet.cell(row, "description")])


def _note(sheet: Sheet, row: int) -> Runs:
    if row % _NOTE:
        return []
    number = int(sheet.chance("note").digits(5)) + row // _NOTE
    return [Run(f"{sheet.label('note')} {number}")]


def _turn(sheet: Sheet, row: int) -> None:
    sheet.put((sheet.right - 90, sheet.y + 14), sheet.label("carry"), align="right")
    sheet.put((sheet.right - 3, sheet.y + 14), pieces.carried(sheet, row), align="right")
    sheet.new_page()
    heading = [Run(f"{sheet.label('title')} "), sheet.value("number"), Run(f"  {sheet.label('page')} {sheet.page}")]
    sheet.put_runs((sheet.left, 60), heading)
    sheet.put((sheet.right - 90, 78), sheet.label("carry"), align="right")
    sheet.put((sheet.right - 3, 78), pieces.carried(sheet, row), align="right")
    sheet.y = 88


def _totals(sheet: Sheet) -> None:
    y = sheet.y + 15
    for label, value in (*pieces.charges(sheet), (sheet.label("vat"), Run("0"))):
        sheet.put((sheet.right - 200, y), label)
        sheet.put_runs((sheet.right - 3, y), [value], align="right")
        y += 13
    ink = sheet.ink.strong()
    sheet.put((sheet.right - 200, y + 2), sheet.label("total_amount"), ink=ink)
    amount = [sheet.value("currency"), Run("  "), sheet.value("total_amount")]
    sheet.put_runs((sheet.right - 3, y + 2), amount, ink=ink, align="right")
    sheet.rule((sheet.right - 200, y + 5), (sheet.right, y + 5), width=0.5)
    sheet.rule((sheet.right - 200, y + 7), (sheet.right, y + 7), width=0.5)
    sheet.y = y + 26


def _closing(sheet: Sheet) -> None:
    width = sheet.right - sheet.left
    sheet.y = sheet.flow((sheet.left, sheet.y), [Run(sheet.label("free"))], width=width)
    for label, runs in pieces.known(sheet, ("payment_terms", "incoterm")):
        sheet.y = sheet.flow((sheet.left, sheet.y), [Run(f"{label}: "), *runs], width=width)
    rows = pieces.known(sheet, ("packages", "gross_weight_kg"))
    runs = [run for label, value in rows for run in (Run(f"{label}: "), *value, Run("    "))]
    sheet.y = sheet.flow((sheet.left, sheet.y), runs, width=width) + 8


def _codes(sheet: Sheet) -> dict[tuple[str, str], list[int]]:
    """The rows of each tariff number and origin."""
    found: dict[tuple[str, str], list[int]] = {}
    for row, line in enumerate(sheet.paper.lines):
        key = (line.get("hs_code", ""), line.get("origin", sheet.paper.text("country_of_origin")))
        found.setdefault(key, []).append(row)
    return found


def _statistics(sheet: Sheet) -> None:
    """One row for each tariff number and origin, naming the positions it stands for."""
    codes = _codes(sheet)
    parts.at_least(sheet, 30 + 12 * min(len(codes), 40), _fresh)
    sheet.put((sheet.left, sheet.y), sheet.label("statistics"), ink=sheet.ink.strong())
    edges = (sheet.left, sheet.left + 90, sheet.left + 330, sheet.right)
    y, small = sheet.y + 13, sheet.ink.sized(7.6)
    for x, key in zip(edges, ("s_code", "s_rows", "s_origin", "s_net"), strict=True):
        sheet.put((x, y), sheet.label(key), ink=small.strong(), align="right" if x == sheet.right else "left")
    for (code, origin), rows in codes.items():
        y += 12
        _statistic(sheet, (y, small), (code, origin), rows)


def _statistic(sheet: Sheet, at: tuple[float, Ink], key: tuple[str, str], rows: list[int]) -> None:
    (y, ink), (code, origin) = at, key
    cells = tuple(f"lines.{row}.hs_code" for row in rows)
    sheet.put_runs((sheet.left, y), [Run(printing.hs_code(code, sheet.style), cells[0], cells[1:])], ink=ink)
    numbers = ", ".join(sheet.paper.lines[row]["number"] for row in rows)
    pieces.put(sheet, (sheet.left + 90, y), [Run(numbers)], width=230, ink=ink)
    origins = tuple(f"lines.{row}.origin" for row in rows)
    own = sheet.has("country_of_origin")
    named = Run(origin, "country_of_origin") if own else Run(origin, origins[0], origins[1:])
    sheet.put_runs((sheet.left + 330, y), [named], ink=ink)
    net = sum((Decimal(sheet.paper.lines[row].get("net_weight_kg", "0")) for row in rows), Decimal(0))
    sheet.put((sheet.right, y), printing.number(f"{net:f}", sheet.style), ink=ink, align="right")


def _fresh(sheet: Sheet) -> None:
    sheet.new_page()
    sheet.put_runs((sheet.left, 60), [Run(f"{sheet.label('title')} "), sheet.value("number")])
    sheet.y = 84


def _foot(sheet: Sheet, of: int) -> None:
    y, ink = sheet.size[1] - 56, Ink("sans", 6.4, colour=pieces.GREY)
    name = sheet.paper.company("exporter").name
    blocks = (
        (name, "Amtsgericht HRB 40712", f"{sheet.label('page')} {sheet.page} / {of}"),
        ("Volksbank Nordheide eG", "IBAN DE02 1203 0000 0000 2020 51", "BIC BYLADEM1001"),
        ("Tel. +49 4171 5550-0", "Fax +49 4171 5550-99", "www.example.com"),
    )
    sheet.rule((sheet.left, y - 9), (sheet.right, y - 9), width=0.3)
    for at, block in enumerate(blocks):
        pieces.lines(sheet, (sheet.left + at * 170, y), block, ink=ink)


LAYOUT = Layout("window_invoice", "commercial_invoice", draw, None, ("en", "de", "fr"))
