"""A chamber's electronic certificate as its portal prints it: a table of particulars, labels left of the values."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import LEADING, Run, Runs, Sheet
from sample_docs.generator.tables import Column, Table, draw_table
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.trial.certificates import boxes
from sample_docs.layouts.trial.certificates.words import FormSheet, in_one_line, kilograms

_INDENT = 148.0
_GREY = "#5a5a5a"


def draw(paper: Paper) -> Drawing:
    sheet = FormSheet(paper, "portal", margin=50)
    sheet.ink = Ink("sans", 9)
    _head(sheet)
    _particulars(sheet)
    _goods(sheet)
    _foot(sheet)
    return sheet.finished()


def _head(sheet: Sheet) -> None:
    sheet.frame((sheet.left, 40), (sheet.right, 72), width=0, fill=sheet.style.accent)
    title = [Run(sheet.label("title"))]
    white = Ink("sans", 15, bold=True, colour="#ffffff")
    boxes.squeezed(sheet, (sheet.left + 10, 61), title, width=sheet.right - sheet.left - 20, ink=white)
    sheet.put_runs((sheet.left, 88), [sheet.value("issued_by")], ink=sheet.ink.strong())
    sheet.put((sheet.right, 88), sheet.label("electronic"), ink=sheet.ink.sized(7).tinted(_GREY), align="right")
    sheet.y = 110


def _particulars(sheet: Sheet) -> None:
    extras = sheet.paper.extras
    vessel = [Run(" - "), sheet.value("vessel_or_flight")] if sheet.has("vessel_or_flight") else []
    rows: tuple[tuple[str, Runs], ...] = (
        ("number", [sheet.value("number")]),
        ("date", [sheet.value("date")]),
        ("exporter", in_one_line(sheet, "exporter")),
        ("consignee", in_one_line(sheet, "consignee")),
        ("origin", [sheet.value("country_of_origin")]),
        ("destination", [sheet.value("country_of_destination")]),
        ("transport", [Run(extras.get("route", "")), *vessel]),
        ("invoice_number", [sheet.value("invoice_number")]),
        ("invoice_date", [sheet.value("invoice_date")]),
        ("gross", kilograms(sheet)),
        ("marks", [Run(extras.get("marks", ""))]),
    )
    for key, runs in rows:
        if any(run.text for run in runs):
            _row(sheet, sheet.label(key), runs)


def _row(sheet: Sheet, label: str, runs: Runs) -> None:
    bold = Ink("sans", 8, bold=True, colour=_GREY)
    low = sheet.flow((sheet.left + 2, sheet.y), [Run(label)], width=_INDENT - 8, ink=bold)
    end = sheet.flow((sheet.left + _INDENT, sheet.y), runs, width=sheet.right - sheet.left - _INDENT)
    sheet.y = max(low, end) - sheet.ink.size * LEADING + 6
    sheet.rule((sheet.left, sheet.y), (sheet.right, sheet.y), width=0.3, colour="#bbbbbb")
    sheet.y += 12


def _goods(sheet: Sheet) -> None:
    sheet.y += 4
    kind = sheet.paper.extras.get("package_word", "")
    columns = (
        Column(sheet.label("c_item"), 6, lambda row: [sheet.cell(row, "number")]),
        Column(sheet.label("c_code"), 14, lambda row: [sheet.cell(row, "hs_code")]),
        Column(sheet.label("c_text"), 40, lambda row: [sheet.cell(row, "description")]),
        Column(sheet.label("c_packages"), 18, lambda row: _counted(sheet.cell(row, "packages"), kind), "right"),
        Column(sheet.label("c_quantity"), 16, lambda row: parts.quantity(sheet, row), "right"),
    )
    table = Table(columns, len(sheet.paper.lines), sheet.ink.sized(8.4), rules="rows", head_fill="#e6e9ee")
    draw_table(sheet, table, turn=_turn)


def _counted(packages: Run, kind: str) -> Runs:
    return [packages, Run(f" {kind}")] if packages.text else []


def _turn(sheet: Sheet) -> None:
    sheet.new_page()
    sheet.y = 60


def _foot(sheet: Sheet) -> None:
    parts.at_least(sheet, 110, _turn)
    width = sheet.right - sheet.left
    y = sheet.flow((sheet.left, sheet.y + 24), [Run(sheet.label("certify"))], width=width, ink=sheet.ink.sized(8))
    parts.signed(sheet, (sheet.left + 20, y + 30))
    sheet.put((sheet.left, y + 44), sheet.label("signatory"), ink=sheet.ink.sized(7).tinted(_GREY))
    sheet.flow((sheet.left + 240, y + 24), [Run(sheet.label("verify"))], width=width - 240, ink=sheet.ink.sized(7))


LAYOUT = Layout("portal_origin", "certificate_of_origin", draw, "chamber", ("en", "de", "fr", "es", "it"))
