"""A sea waybill as a carrier's system sends it: no form at all, labels in a column with their values behind."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import pieces
from sample_docs.layouts.study.words import StudySheet

_VOYAGE = ("vessel_or_flight", "port_of_loading", "port_of_discharge", "shipped_on_board_date")
_UNIT = ("container_number", "seal_number", "packages")
_MEASURES = ("gross_weight_kg", "volume_m3", "freight_terms")
_STEP, _INDENT = 15.0, 130.0


def draw(paper: Paper) -> Drawing:
    sheet = StudySheet(paper, "receipt", margin=56)
    sheet.ink = Ink("wide", 9)
    _head(sheet)
    for name in ("exporter", "consignee", "notify_party"):
        _party(sheet, name)
    _rows(sheet, pieces.known(sheet, _VOYAGE))
    _rows(sheet, pieces.known(sheet, _UNIT))
    _cargo(sheet)
    _foot(sheet)
    return sheet.finished()


def _head(sheet: Sheet) -> None:
    sheet.put((sheet.left, 60), sheet.paper.extras.get("carrier", ""), ink=Ink("sans", 18, bold=True))
    sheet.put((sheet.left, 84), sheet.label("title"), ink=sheet.ink.sized(11).strong())
    sheet.put((sheet.left, 97), sheet.label("subtitle"), ink=sheet.ink.sized(8))
    both: Runs = [sheet.value("number"), Run(" / "), sheet.value("date")]
    sheet.y = 122
    _rows(sheet, [(sheet.label("number_date"), both)])


def _rows(sheet: Sheet, rows: list[tuple[str, Runs]]) -> None:
    for label, runs in rows:
        pieces.put(sheet, (sheet.left, sheet.y), [Run(label)], width=_INDENT - 8, ink=sheet.ink.tinted("#444444"))
        end = sheet.flow((sheet.left + _INDENT, sheet.y), runs, width=sheet.right - sheet.left - _INDENT)
        sheet.y = max(sheet.y + _STEP, end + 3)
    sheet.rule((sheet.left, sheet.y - 7), (sheet.right, sheet.y - 7), width=0.3)
    sheet.y += 7


def _party(sheet: Sheet, name: str) -> None:
    if not sheet.has(name):
        return
    sheet.put((sheet.left, sheet.y), sheet.label(name), ink=sheet.ink.tinted("#444444"))
    end = sheet.party((sheet.left + _INDENT, sheet.y), name, width=300, tax=False)
    sheet.y = end + 6


def _cargo(sheet: Sheet) -> None:
    rows: list[tuple[str, Runs]] = [(sheet.label("cargo"), [sheet.cell(0, "description")])]
    tare = sheet.chance("tare").whole(2180, 3900)
    if sheet.has("container_number"):
        rows.append((sheet.label("tare"), [Run(f"{tare} kg")]))
    _rows(sheet, [*rows, *pieces.known(sheet, _MEASURES)])


def _foot(sheet: Sheet) -> None:
    sheet.put((sheet.left, sheet.y + 12), sheet.label("place") + sheet.paper.extras.get("issue_place", ""))
    pieces.signed(sheet, (sheet.left, sheet.y + 60), width=200)


LAYOUT = Layout("freight_receipt", "transport_document", draw, "sea_waybill", ("en", "de", "fr"))
