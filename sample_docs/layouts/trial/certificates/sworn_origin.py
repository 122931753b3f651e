"""A chamber's certificate as the Americas know it: one sworn sentence names all, a small table of the goods below."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.tables import Column, Table, draw_table
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.trial.certificates import boxes
from sample_docs.layouts.trial.certificates.words import FormSheet, in_one_line, kilograms


def draw(paper: Paper) -> Drawing:
    sheet = FormSheet(paper, "sworn", margin=62)
    sheet.ink = Ink("mono", 8.8)
    sheet.frame((40, 40), (sheet.size[0] - 40, sheet.size[1] - 40), width=1.4)
    _head(sheet)
    _sentence(sheet)
    _goods(sheet)
    _sworn(sheet)
    return sheet.finished()


def _head(sheet: Sheet) -> None:
    centre, width = (sheet.left + sheet.right) / 2, sheet.right - sheet.left
    title = Ink("book", 17, bold=True)
    boxes.squeezed(sheet, (centre, 78), [Run(sheet.label("title"))], width=width, ink=title, align="centre")
    number: Runs = [Run(f"{sheet.label('number')} "), sheet.value("number")]
    sheet.put_runs((sheet.right, 104), number, align="right")
    sheet.y = 134


def _sentence(sheet: Sheet) -> None:
    """The form's words in print, what is filled in typed."""
    width = sheet.right - sheet.left
    sea = [Run(sheet.label("per")), sheet.value("vessel_or_flight")] if sheet.has("vessel_or_flight") else []
    gone = [Run(sheet.label("on")), Run(sheet.paper.extras.get("departure", ""))]
    sentence: Runs = [
        Run(sheet.label("undersigned")), *in_one_line(sheet, "exporter"), Run(sheet.label("declares")), *sea, *gone,
        Run(sheet.label("consigned")), *in_one_line(sheet, "consignee"), Run(sheet.label("product")),
        sheet.value("country_of_origin"), Run("."),
    ]  # fmt: skip
    sheet.y = sheet.flow((sheet.left, sheet.y), sentence, width=width) + 8
    if sheet.has("invoice_number"):
        bill: Runs = [Run(sheet.label("invoice")), sheet.value("invoice_number")]
        dated: Runs = [Run(sheet.label("dated")), sheet.value("invoice_date")] if sheet.has("invoice_date") else []
        sheet.y = sheet.flow((sheet.left, sheet.y), [*bill, *dated], width=width) + 10


def _goods(sheet: Sheet) -> None:
    columns = (
        Column(sheet.label("c_packages"), 16, lambda row: [sheet.cell(row, "packages")], "right"),
        Column(sheet.label("c_text"), 44, lambda row: [sheet.cell(row, "description")]),
        Column(sheet.label("c_code"), 18, lambda row: [sheet.cell(row, "hs_code")]),
        Column(sheet.label("c_quantity"), 22, lambda row: parts.quantity(sheet, row), "right"),
    )
    sheet.bottom = 690
    draw_table(sheet, Table(columns, len(sheet.paper.lines), sheet.ink, rules="grid"), turn=_turn)
    total = kilograms(sheet, before=f"{sheet.label('gross')} ")
    sheet.put_runs((sheet.right - 4, sheet.y + 14), total, align="right")
    marks: Runs = [Run(f"{sheet.label('marks')} {sheet.paper.extras.get('marks', '')}")]
    sheet.y = sheet.flow((sheet.left, sheet.y + 30), marks, width=300) + 6


def _turn(sheet: Sheet) -> None:
    sheet.new_page()
    sheet.y = 70


def _sworn(sheet: Sheet) -> None:
    parts.at_least(sheet, 60, _turn)
    width, print_ink = sheet.right - sheet.left, Ink("book", 8.4)
    y = sheet.flow((sheet.left, sheet.y + 6), [Run(sheet.label("sworn")), sheet.value("date")], width=width) + 16
    parts.signed(sheet, (sheet.left + 10, y))
    sheet.put((sheet.left, y + 12), sheet.label("owner"), ink=print_ink.sized(7))
    says: Runs = [Run(sheet.label("the")), sheet.value("issued_by"), Run(sheet.label("examined"))]
    sheet.flow((sheet.left, y + 32), says, width=width, ink=print_ink)


LAYOUT = Layout("sworn_origin", "certificate_of_origin", draw, "chamber", ("en", "es", "fr"))
