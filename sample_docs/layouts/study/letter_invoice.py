"""An invoice written with a word processor: sentences instead of labels, totals in a sentence and in words."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import listing, pieces
from sample_docs.layouts.study.listing import Cell, Column, Listing
from sample_docs.layouts.study.spelling import spelt
from sample_docs.layouts.study.words import StudySheet


def draw(paper: Paper) -> Drawing:
    sheet = StudySheet(paper, "letter", margin=62)
    sheet.ink = Ink("serif", 10.5)
    _letterhead(sheet)
    _lead(sheet)
    listing.draw(sheet, _listing(sheet), turn=_turn)
    parts.at_least(sheet, 190, lambda one: _turn(one, 0))
    _sum(sheet)
    _closing(sheet)
    return sheet.finished(parts.page_number)


def _letterhead(sheet: Sheet) -> None:
    centre = (sheet.left + sheet.right) / 2
    company = sheet.paper.company("exporter")
    strong = sheet.ink.sized(15).strong()
    sheet.put((centre, 62), company.name, ink=strong, name="exporter.name", align="centre")
    rest = [run for run in pieces.address(sheet, "exporter") if run.name != "exporter.name"][1:]
    sheet.put_runs((centre, 76), rest, ink=pieces.fitted(rest, sheet.ink.sized(9), 460), align="centre")
    sheet.rule((sheet.left, 84), (sheet.right, 84), width=1.2)
    title = [Run(sheet.label("title")), sheet.value("number"), Run(sheet.label("dated")), sheet.value("date")]
    ink = pieces.fitted(title, sheet.ink.sized(12.5).strong(), 460)
    sheet.put_runs((centre, 112), title, ink=ink, align="centre")
    sheet.y = 140


def _lead(sheet: Sheet) -> None:
    width = sheet.right - sheet.left
    to = [Run(sheet.label("to")), *pieces.address(sheet, "consignee")]
    sheet.y = sheet.flow((sheet.left, sheet.y), to, width=width) + 8
    runs = [Run(sheet.label("lead")), sheet.value("purchase_order")]
    if sheet.has("incoterm"):
        runs += [Run(sheet.label("delivered")), *sheet.terms()]
    if sheet.has("port_of_loading") and sheet.has("port_of_discharge"):
        runs += [Run(sheet.label("shipped")), sheet.value("port_of_loading")]
        runs += [Run(sheet.label("toward")), sheet.value("port_of_discharge")]
    sheet.y = sheet.flow((sheet.left, sheet.y), [*runs, Run(sheet.label("goods"))], width=width) + 2


def _listing(sheet: Sheet) -> Listing:
    columns = (
        Column(sheet.label("c_number"), 7, listing.plain(sheet, "number"), "centre"),
        Column(sheet.label("c_quantity"), 15, lambda row: (parts.quantity(sheet, row),), "right"),
        Column(sheet.label("c_text"), 44, lambda row: _particulars(sheet, row)),
        Column(sheet.label("c_price"), 16, lambda row: (_money(sheet, row, "unit_price"),), "right"),
        Column(sheet.label("c_amount"), 20, lambda row: (_money(sheet, row, "amount"),), "right"),
    )
    return Listing(columns, sheet.ink.sized(9.5), rules="grid")


def _particulars(sheet: Sheet, row: int) -> Cell:
    article: list[Run] = [sheet.cell(row, "part_number"), Run(" - "), sheet.cell(row, "description")]
    tariff: list[Run] = [Run(sheet.label("tariff")), sheet.cell(row, "hs_code")]
    origin = sheet.cell(row, "origin")
    return (article, [*tariff, Run(", "), origin] if origin.text else tariff)


def _money(sheet: Sheet, row: int, name: str) -> Runs:
    """As "USD 1,234.00": the code stands in every cell."""
    return [Run(f"{sheet.paper.text('currency')} "), sheet.cell(row, name)]


def _turn(sheet: Sheet, _: int) -> None:
    sheet.new_page()
    heading = [Run(sheet.label("title")), sheet.value("number"), Run(sheet.label("dated")), sheet.value("date")]
    sheet.put_runs((sheet.left, 60), heading, ink=sheet.ink.sized(9))
    sheet.y = 72


def _sum(sheet: Sheet) -> None:
    y, code = sheet.y + 16, f"{sheet.paper.text('currency')} "
    for label, value in pieces.charges(sheet):
        sheet.put_runs((sheet.right - 3, y), [Run(f"{label}: {code}"), value], align="right")
        y += 14
    total = [Run(f"{sheet.label('sum')}: "), sheet.value("currency"), Run(" "), sheet.value("total_amount")]
    sheet.put_runs((sheet.right - 3, y), total, ink=sheet.ink.strong(), align="right")
    sheet.y = y + 18
    if say := sheet.label("say") if sheet.style.language == "en" else "":
        words = f"{say} {spelt(sheet.paper.text('total_amount'), sheet.paper.text('currency'))} ONLY."
        sheet.y = sheet.flow((sheet.left, sheet.y), [Run(words)], width=sheet.right - sheet.left) + 4


def _closing(sheet: Sheet) -> None:
    width = sheet.right - sheet.left
    for runs in (_origin(sheet), _packed(sheet), _payment(sheet)):
        if runs:
            sheet.y = sheet.flow((sheet.left, sheet.y), runs, width=width) + 3
    sheet.put((sheet.left, sheet.y + 14), sheet.label("truly"))
    pieces.signed(sheet, (sheet.left, sheet.y + 56))


def _origin(sheet: Sheet) -> Runs:
    if not sheet.has("country_of_origin"):
        return []
    return [Run(sheet.label("origin_of")), sheet.value("country_of_origin"), Run(sheet.label("origin_end"))]


def _packed(sheet: Sheet) -> Runs:
    if not sheet.has("packages"):
        return []
    runs = [Run(sheet.label("packed")), *sheet.packages()]
    for key, name in (("net", "net_weight_kg"), ("gross", "gross_weight_kg")):
        if sheet.has(name):
            runs += [Run(sheet.label(key)), sheet.weight(name)]
    return [*runs, Run(".")]


def _payment(sheet: Sheet) -> Runs:
    terms = sheet.value("payment_terms")
    return [Run(sheet.label("payment")), terms, Run(".")] if terms.text else []


LAYOUT = Layout("letter_invoice", "commercial_invoice", draw, None, ("en", "fr", "es"))
