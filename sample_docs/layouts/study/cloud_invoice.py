"""An invoice of an online bookkeeping service: big amount due at the top, grey labels, money with its sign."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import listing, pieces
from sample_docs.layouts.study.listing import Cell, Column, Listing
from sample_docs.layouts.study.words import StudySheet

_KEYS = ("invoice_number", "invoice_date", "purchase_order", "payment_terms")
_MORE = ("incoterm", "country_of_origin", "net_weight_kg", "gross_weight_kg")


def draw(paper: Paper) -> Drawing:
    sheet = StudySheet(paper, "cloud", margin=58)
    sheet.ink = Ink("sans", 9)
    sheet.bottom -= 10
    _head(sheet)
    _facts(sheet, _KEYS)
    _facts(sheet, _MORE)
    listing.draw(sheet, _listing(sheet), turn=_turn)
    parts.at_least(sheet, 150, lambda one: _turn(one, 0))
    _totals(sheet)
    _notes(sheet)
    return sheet.finished(parts.page_number)


def _sign(sheet: Sheet) -> tuple[str, str]:
    """What stands before and behind an amount: dollars and pounds before, euros behind, others as a code before."""
    code = sheet.paper.text("currency")
    sign = pieces.SIGNS.get(code, "")
    if sign == "€" and sheet.style.numbers != "us":
        return "", f" {sign}"
    return sign or f"{code} ", ""


def _money(sheet: Sheet, value: Run) -> Runs:
    before, after = _sign(sheet)
    return [Run(before), value, Run(after)] if value.text else []


def _head(sheet: Sheet) -> None:
    accent = sheet.style.accent
    sheet.put((sheet.left, 70), sheet.label("title"), ink=Ink("sans", 26, bold=True, colour=accent))
    sheet.put((sheet.right, 62), sheet.label("due"), ink=sheet.ink.tinted(pieces.GREY), align="right")
    due = _money(sheet, sheet.value("total_amount"))
    sheet.put_runs((sheet.right, 82), due, ink=sheet.ink.sized(16).strong(), align="right")
    end = sheet.party((sheet.left, 104), "exporter", width=220)
    sheet.put((sheet.left + 250, 104), sheet.label("consignee"), ink=sheet.ink.sized(7).tinted(pieces.GREY))
    other = sheet.party((sheet.left + 250, 116), "consignee", width=225)
    sheet.y = max(end, other) + 14


def _facts(sheet: Sheet, keys: tuple[str, ...]) -> None:
    width, x, end = (sheet.right - sheet.left) / 4, sheet.left, sheet.y
    for label, runs in pieces.known(sheet, keys):
        end = max(end, pieces.above(sheet, (x, sheet.y), label, runs, width=width))
        x += width
    sheet.y = end + 4


def _listing(sheet: Sheet) -> Listing:
    columns = (
        Column(sheet.label("c_text"), 52, lambda row: _item(sheet, row)),
        Column(sheet.label("c_quantity"), 16, lambda row: (parts.quantity(sheet, row),), "right"),
        Column(sheet.label("c_price"), 15, lambda row: (_money(sheet, sheet.cell(row, "unit_price")),), "right"),
        Column(sheet.label("c_amount"), 18, lambda row: (_money(sheet, sheet.cell(row, "amount")),), "right"),
    )
    return Listing(columns, sheet.ink, rules="none", fill="#f2f2f2", gap=4)


def _item(sheet: Sheet, row: int) -> Cell:
    """The description, below it part number, tariff number and origin between dots."""
    below: list[Run] = [sheet.cell(row, "part_number"), Run(" · HS "), sheet.cell(row, "hs_code")]
    origin = sheet.cell(row, "origin")
    made = [Run(" · "), Run(sheet.label("made")), origin] if origin.text else []
    return ([sheet.cell(row, "description")], [*below, *made])


def _turn(sheet: Sheet, _: int) -> None:
    sheet.new_page()
    heading = [Run(f"{sheet.label('title')} "), sheet.value("number"), Run(" · "), sheet.value("date")]
    sheet.put_runs((sheet.left, 58), heading, ink=sheet.ink.tinted(pieces.GREY))
    sheet.y = 70


def _totals(sheet: Sheet) -> None:
    sheet.rule((sheet.right - 210, sheet.y + 4), (sheet.right, sheet.y + 4), width=0.4)
    y, left = sheet.y + 20, sheet.right - 205
    rows = [(label, _money(sheet, value)) for label, value in pieces.charges(sheet)]
    for label, runs in (*rows, (sheet.label("tax"), _money(sheet, Run("0")))):
        sheet.put((left, y), label, ink=sheet.ink.tinted(pieces.GREY))
        sheet.put_runs((sheet.right - 3, y), runs, align="right")
        y += 15
    bold = sheet.ink.sized(11).strong()
    sheet.put_runs((left, y + 4), [Run(sheet.label("total_amount")), *pieces.currency(sheet)], ink=bold)
    total = _money(sheet, sheet.value("total_amount"))
    sheet.put_runs((sheet.right - 3, y + 4), total, ink=bold, align="right")
    sheet.y = y + 30


def _notes(sheet: Sheet) -> None:
    ink = sheet.ink.sized(8)
    sheet.put((sheet.left, sheet.y), sheet.label("note"), ink=ink.strong())
    texts = [Run(sheet.label("declaration"))]
    sheet.y = sheet.flow((sheet.left, sheet.y + 12), texts, width=330, ink=ink)
    if sheet.has("packages"):
        sheet.flow((sheet.left, sheet.y), [Run(f"{sheet.label('packages')}: "), *sheet.packages()], width=330, ink=ink)


LAYOUT = Layout("cloud_invoice", "commercial_invoice", draw, None, ("en", "fr", "es"))
