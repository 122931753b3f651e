"""A sales invoice as a mid-size company's ERP prints it: bold labels above values, tax named three times over."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import listing, pieces
from sample_docs.layouts.study.listing import Cell, Column, Listing
from sample_docs.layouts.study.words import StudySheet

_FIRST = ("invoice_number", "invoice_date", "purchase_order", "incoterm")
_SECOND = ("payment_terms", "country_of_origin", "packages", "gross_weight_kg")


def draw(paper: Paper) -> Drawing:
    sheet = StudySheet(paper, "central", margin=50)
    sheet.ink = Ink("sans", 8.2)
    sheet.bottom -= 40
    _head(sheet)
    _references(sheet)
    listing.draw(sheet, _listing(sheet), turn=_turn)
    parts.at_least(sheet, 150, lambda _: _turn(sheet, 0))
    _totals(sheet)
    return sheet.finished(lambda _, of: _foot(sheet, of))


def _head(sheet: Sheet) -> None:
    sheet.put((sheet.left, 60), sheet.label("title"), ink=sheet.ink.sized(17))
    sheet.put((sheet.left, 84), sheet.label("consignee"), ink=sheet.ink.strong())
    end = sheet.party((sheet.left, 95), "consignee", width=200)
    sheet.put((sheet.left + 215, 84), sheet.label("bill_to"), ink=sheet.ink.strong())
    sheet.put((sheet.left + 215, 95), sheet.label("as_shipped"))
    top = sheet.party((sheet.right - 165, 60), "exporter", width=165)
    sheet.y = max(end, top) + 16


def _references(sheet: Sheet) -> None:
    for keys in (_FIRST, _SECOND):
        width, end = (sheet.right - sheet.left) / 4, sheet.y
        for at, (label, runs) in enumerate(pieces.known(sheet, keys)):
            x = sheet.left + at * width
            pieces.put(sheet, (x, sheet.y), [Run(label)], width=width - 8, ink=sheet.ink.strong())
            end = max(end, sheet.flow((x, sheet.y + 11), runs, width=width - 8))
        sheet.y = end + 8


def _listing(sheet: Sheet) -> Listing:
    columns = (
        Column(sheet.label("c_part"), 10, listing.plain(sheet, "part_number")),
        Column(sheet.label("c_text"), 28, listing.plain(sheet, "description")),
        Column(sheet.label("c_quantity"), 10, listing.plain(sheet, "quantity"), "right"),
        Column(sheet.label("c_unit"), 9, listing.plain(sheet, "unit")),
        Column(sheet.label("c_price"), 12, listing.plain(sheet, "unit_price"), "right"),
        Column(sheet.label("c_vat"), 7, lambda _: ([Run("0")],), "right"),
        Column(sheet.label("c_amount"), 13, listing.plain(sheet, "amount"), "right"),
    )
    return Listing(columns, sheet.ink, under=lambda row: _under(sheet, row))


def _under(sheet: Sheet, row: int) -> Cell:
    cells = (("tariff", "hs_code", ""), ("origin", "origin", ""), ("net", "net_weight_kg", " kg"))
    lines: list[Runs] = []
    for key, name, unit in cells:
        value = sheet.cell(row, name)
        if value.text:
            lines.append([Run(f"{sheet.label(key)}: "), value, Run(unit)])
    return lines


def _turn(sheet: Sheet, _: int) -> None:
    sheet.new_page()
    sheet.y = 60
    sheet.put_runs((sheet.left, sheet.y), [Run(f"{sheet.label('title')}  "), sheet.value("number")])
    sheet.y += 12


def _totals(sheet: Sheet) -> None:
    code = sheet.paper.text("currency")
    y = sheet.y + 16
    rows = [*pieces.charges(sheet)]
    rows.append((sheet.label("excl") % code, Run(sheet.value("total_amount").text)))
    rows.append((sheet.label("vat"), Run("0")))
    for label, value in rows:
        y = _total(sheet, y, [Run(label)], value)
    before, after = sheet.label("incl").split("%s")
    sheet.rule((sheet.right - 230, y - 9), (sheet.right, y - 9), width=0.5)
    bold = [Run(before), sheet.value("currency"), Run(after)]
    sheet.ink = sheet.ink.strong()
    y = _total(sheet, y + 2, bold, sheet.value("total_amount"))
    sheet.ink = Ink("sans", 8.2)
    sheet.put((sheet.left, y + 14), sheet.label("specification"), ink=sheet.ink.strong())
    sheet.put((sheet.left, y + 26), sheet.label("identifier"))


def _total(sheet: Sheet, y: float, label: Runs, value: Run) -> float:
    sheet.put_runs((sheet.right - 228, y), label)
    sheet.put_runs((sheet.right - 3, y), [value], align="right")
    return y + 13


def _foot(sheet: Sheet, of: int) -> None:
    y, small = sheet.size[1] - 52, Ink("sans", 6.8)
    sheet.rule((sheet.left, y - 10), (sheet.right, y - 10), width=0.4)
    sheet.put((sheet.left, y), "Giro No. 888-9999    SWIFT/BIC KGXXZZ21    Reg. No. 55 1203", ink=small)
    parts.page_number(sheet, of)


LAYOUT = Layout("central_invoice", "commercial_invoice", draw, None, ("en", "de", "es", "it"))
