"""A certification of origin without a form: the minimum particulars of the agreement, numbered down the page."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.tables import Column, Table, draw_table
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.trial.certificates import boxes
from sample_docs.layouts.trial.certificates.words import FormSheet, kilograms, place_and_day


def draw(paper: Paper) -> Drawing:
    sheet = FormSheet(paper, "numbered", margin=54)
    sheet.ink = Ink("wide", 8.6)
    width = sheet.right - sheet.left
    boxes.squeezed(sheet, (sheet.left, 62), [Run(sheet.label("title"))], width=width, ink=Ink("wide", 13, bold=True))
    number: Runs = [Run(f"{sheet.label('number')}: "), sheet.value("number")]
    sheet.put_runs((sheet.left, 78), number)
    sheet.put((sheet.right, 78), sheet.label("single"), align="right")
    sheet.y = 100
    _parties(sheet)
    _shipment(sheet)
    _goods(sheet)
    _signed(sheet)
    return sheet.finished()


def _parties(sheet: Sheet) -> None:
    half = (sheet.right - sheet.left) / 2
    _numbered(sheet, (sheet.left, sheet.y), "certifier")
    sheet.put((sheet.left + 12, sheet.y + 12), sheet.label("the_exporter"))
    _numbered(sheet, (sheet.left + half, sheet.y), "producer")
    sheet.put((sheet.left + half + 12, sheet.y + 12), sheet.label("upon_request"))
    sheet.y += 32
    ends = []
    for x, name in ((sheet.left, "exporter"), (sheet.left + half, "consignee")):
        _numbered(sheet, (x, sheet.y), name)
        ends.append(sheet.party((x + 12, sheet.y + 12), name, width=half - 20, tax=False))
    sheet.y = max(ends) + 8


def _numbered(sheet: Sheet, at: tuple[float, float], key: str) -> None:
    sheet.put(at, sheet.label(key), ink=sheet.ink.strong())


def _shipment(sheet: Sheet) -> None:
    rows: tuple[tuple[str, Runs], ...] = (
        ("origin", [sheet.value("country_of_origin")]),
        ("goal", [sheet.value("country_of_destination")]),
        ("invoice", _bill(sheet)),
        ("gross", kilograms(sheet)),
        ("blanket", [Run(sheet.label("none"))]),
    )
    for key, runs in rows:
        if any(run.text for run in runs):
            bold = sheet.ink.strong()
            x = sheet.put_runs((sheet.left, sheet.y), [Run(f"{sheet.label(key)}: ")], ink=bold)
            sheet.put_runs((x + 2, sheet.y), runs)
            sheet.y += 14


def _bill(sheet: Sheet) -> Runs:
    if not sheet.has("invoice_number"):
        return []
    dated = [Run(sheet.label("dated")), sheet.value("invoice_date")] if sheet.has("invoice_date") else []
    return [sheet.value("invoice_number"), *dated]


def _goods(sheet: Sheet) -> None:
    _numbered(sheet, (sheet.left, sheet.y + 6), "goods")
    sheet.y += 14
    columns = (
        Column(sheet.label("c_item"), 8, lambda row: [sheet.cell(row, "number")]),
        Column(sheet.label("c_text"), 40, lambda row: [sheet.cell(row, "description")]),
        Column(sheet.label("c_code"), 16, lambda row: [sheet.cell(row, "hs_code")]),
        Column(sheet.label("c_criterion"), 14, lambda row: [sheet.cell(row, "origin_criterion")], "centre"),
        Column(sheet.label("c_quantity"), 18, lambda row: parts.quantity(sheet, row), "right"),
    )
    draw_table(sheet, Table(columns, len(sheet.paper.lines), sheet.ink.sized(8.2), rules="grid"), turn=_turn)


def _turn(sheet: Sheet) -> None:
    sheet.new_page()
    sheet.y = 60


def _signed(sheet: Sheet) -> None:
    parts.at_least(sheet, 120, _turn)
    width = sheet.right - sheet.left
    _numbered(sheet, (sheet.left, sheet.y + 20), "certification")
    y = sheet.flow((sheet.left, sheet.y + 34), [Run(sheet.label("certifies"))], width=width) + 22
    parts.signed(sheet, (sheet.left + 12, y))
    sheet.put_runs((sheet.left + 240, y), place_and_day(sheet))
    sheet.put((sheet.left, y + 12), sheet.label("signature"), ink=sheet.ink.sized(7))
    sheet.put((sheet.left + 240, y + 12), sheet.label("place"), ink=sheet.ink.sized(7))


LAYOUT = Layout("numbered_usmca", "certificate_of_origin", draw, "usmca", ("en", "es"))
