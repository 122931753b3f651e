"""A chamber's certificate typed on its letter paper: a short table of labels with colons, items as paragraphs."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import LEADING, Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.blind.certificates.union_sheet import TABLE
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.trial.certificates.words import FormSheet, in_one_line, kilograms, place_and_day

_STEP = 118.0


def draw(paper: Paper) -> Drawing:
    sheet = FormSheet(paper, "letter", margin=64, table=TABLE)
    sheet.ink = Ink("serif", 10)
    centre = (sheet.left + sheet.right) / 2
    sheet.put_runs((centre, 58), [sheet.value("issued_by")], ink=Ink("serif", 14, bold=True), align="centre")
    sheet.rule((sheet.left, 66), (sheet.right, 66), width=0.8)
    sheet.put((centre, 96), sheet.label("title"), ink=Ink("serif", 13, bold=True), align="centre")
    sheet.y = 124
    _particulars(sheet)
    _goods(sheet)
    _close(sheet)
    return sheet.finished()


def _particulars(sheet: Sheet) -> None:
    vessel = [Run(", "), sheet.value("vessel_or_flight")] if sheet.has("vessel_or_flight") else []
    rows: tuple[tuple[str, Runs], ...] = (
        ("number", [sheet.value("number")]),
        ("exporter", in_one_line(sheet, "exporter")),
        ("consignee", in_one_line(sheet, "consignee")),
        ("invoice_number", [sheet.value("invoice_number")]),
        ("invoice_date", [sheet.value("invoice_date")]),
        ("origin", [sheet.value("country_of_origin")]),
        ("transport", [Run(sheet.paper.extras.get("route", "")), *vessel]),
        ("gross", kilograms(sheet)),
    )
    width = sheet.right - sheet.left - _STEP - 10
    for key, runs in rows:
        if any(run.text for run in runs):
            sheet.put((sheet.left, sheet.y), sheet.label(key))
            sheet.put((sheet.left + _STEP, sheet.y), ":")
            sheet.y = sheet.flow((sheet.left + _STEP + 10, sheet.y), runs, width=width) + 3


def _goods(sheet: Sheet) -> None:
    sheet.put((sheet.left, sheet.y + 8), sheet.label("goods"), ink=sheet.ink.strong())
    sheet.y += 8 + sheet.ink.size * LEADING * 1.3
    kind = sheet.paper.extras.get("package_word", "")
    for line in range(len(sheet.paper.lines)):
        packages, code = sheet.cell(line, "packages"), sheet.cell(line, "hs_code")
        runs: list[Run] = [sheet.cell(line, "number"), Run(". "), sheet.cell(line, "description"), Run(" - ")]
        runs += [*parts.quantity(sheet, line)]
        runs += [Run(" - "), packages, Run(f" {kind}")] if packages.text else []
        runs += [Run(f" - {sheet.label('code')} "), code] if code.text else []
        sheet.y = sheet.flow((sheet.left, sheet.y), runs, width=sheet.right - sheet.left) + 3


def _close(sheet: Sheet) -> None:
    width = sheet.right - sheet.left
    y = sheet.flow((sheet.left, sheet.y + 14), [Run(sheet.label("certify"))], width=width) + 14
    sheet.put_runs((sheet.left, y), place_and_day(sheet))
    parts.signed(sheet, (sheet.right - 130, y + 20))
    sheet.put((sheet.right - 130, y + 36), sheet.label("secretary"), ink=sheet.ink.sized(8))


LAYOUT = Layout("letter_origin", "certificate_of_origin", draw, "chamber", ("en", "es", "it"))
