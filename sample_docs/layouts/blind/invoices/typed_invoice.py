"""An invoice typed on plain paper: the seller by the signature at the foot, quantities first, dashes for rules."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import listing, pieces
from sample_docs.layouts.study.listing import Cell, Column, Listing
from sample_docs.layouts.trial.invoices.worded import WordedSheet

_WORDS: Final = Path(__file__).parent / "words.csv"
_STEP: Final = 13.0
_SENTENCES: Final = ("purchase_order", "incoterm", "port_of_loading", "port_of_discharge", "payment_terms")


def draw(paper: Paper) -> Drawing:
    sheet = WordedSheet(paper, "typed", _WORDS, margin=58)
    sheet.ink = Ink("mono", 9)
    _head(sheet)
    _dashes(sheet)
    listing.draw(sheet, _listing(sheet), turn=_turn)
    parts.at_least(sheet, 230, lambda one: _turn(one, 0))
    _sums(sheet)
    _closing(sheet)
    return sheet.finished()


def _dashes(sheet: Sheet) -> None:
    count = int((sheet.right - sheet.left) / sheet.ink.width("-"))
    sheet.put((sheet.left, sheet.y), "-" * count)
    sheet.y += 4


def _head(sheet: Sheet) -> None:
    middle = (sheet.left + sheet.right) / 2
    sheet.put((middle, 62), sheet.label("title"), ink=sheet.ink.sized(12), align="centre")
    own: list[Run] = [Run(f"{sheet.label('invoice_number')} "), sheet.value("number"), Run(", ")]
    own += [Run(f"{sheet.label('invoice_date')} "), sheet.value("date")]
    sheet.put_runs((sheet.right, 84), own, align="right")
    y = 108.0
    for name in ("consignee", "notify_party"):
        if sheet.has(name):
            sheet.put((sheet.left, y), sheet.label(name))
            y = sheet.party((sheet.left + 130, y), name, width=340, tax=False) + 6
    for label, runs in pieces.known(sheet, _SENTENCES):
        sheet.put((sheet.left, y), label)
        pieces.put(sheet, (sheet.left + 130, y), runs, width=340)
        y += _STEP
    sheet.y = y + 4


def _listing(sheet: Sheet) -> Listing:
    columns = (
        Column(sheet.label("c_quantity"), 18, lambda row: (parts.quantity(sheet, row),)),
        Column(sheet.label("c_text"), 46, lambda row: _particulars(sheet, row)),
        Column(sheet.label("c_price"), 16, listing.plain(sheet, "unit_price"), "right"),
        Column(sheet.label("c_amount"), 18, listing.plain(sheet, "amount"), "right"),
    )
    return Listing(columns, sheet.ink, rules="none", gap=3)


def _particulars(sheet: Sheet, row: int) -> Cell:
    """The goods, then their number, tariff number and origin in brackets as the typist adds them."""
    tariff: list[Run] = [Run(f"{sheet.label('tariff')} "), sheet.cell(row, "hs_code")]
    origin = sheet.cell(row, "origin")
    named = [*tariff, Run(f" {sheet.label('origin')} "), origin] if origin.text else tariff
    return ([sheet.cell(row, "description")], [sheet.cell(row, "part_number")], named)


def _turn(sheet: Sheet, _: int) -> None:
    sheet.new_page()
    heading: Runs = [Run(f"{sheet.label('title')} "), sheet.value("number"), Run(f" - {sheet.page} -")]
    sheet.put_runs((sheet.left, 58), heading)
    sheet.y = 72


def _sums(sheet: Sheet) -> None:
    sheet.y += 10
    _dashes(sheet)
    rows: list[tuple[str, Runs]] = [(label, [value]) for label, value in pieces.charges(sheet)]
    money: Runs = [sheet.value("currency"), Run(" "), sheet.value("total_amount")]
    for label, runs in (*rows, (sheet.label("total_amount"), money)):
        sheet.y += _STEP
        sheet.put((sheet.left + 130, sheet.y), label)
        sheet.put_runs((sheet.right - 3, sheet.y), runs, align="right")
    sheet.y += _STEP
    _dashes(sheet)


def _closing(sheet: Sheet) -> None:
    y = sheet.y + 18
    for label, runs in pieces.known(sheet, ("packages", "gross_weight_kg", "net_weight_kg", "country_of_origin")):
        pieces.put(sheet, (sheet.left, y), [Run(f"{label} "), *runs], width=sheet.right - sheet.left)
        y += _STEP
    parts.signed(sheet, (sheet.left + 240, y + 26))
    sheet.party((sheet.left + 230, y + 46), "exporter", width=245)


LAYOUT = Layout("typed_invoice", "commercial_invoice", draw)
