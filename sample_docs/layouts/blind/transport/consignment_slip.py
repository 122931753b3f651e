"""An air consignment note from an airline's counter: half a page, labels before their values, a strip of figures."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study.pieces import put
from sample_docs.layouts.trial.transport.words import CarriersSheet, cubic, extra

_TABLE: Final = Path(__file__).parent / "words.csv"
_GREY: Final = "#d9d9d9"


def draw(paper: Paper) -> Drawing:
    sheet = CarriersSheet(paper, "slip", table=_TABLE, margin=50)
    sheet.ink = Ink("sans", 9.2)
    _head(sheet)
    _parties(sheet)
    _flight(sheet)
    _figures(sheet)
    _rest(sheet)
    return sheet.finished()


def _head(sheet: Sheet) -> None:
    sheet.put((sheet.left, 66), extra(sheet, "carrier"), ink=Ink("book", 17, bold=True))
    sheet.put((sheet.left, 84), sheet.label("title"), ink=sheet.ink.sized(10))
    sheet.frame((sheet.right - 176, 46), (sheet.right, 88), width=1)
    number = [Run(f"{sheet.label('number')} "), sheet.value("number")]
    put(sheet, (sheet.right - 168, 64), number, width=160, ink=sheet.ink.sized(11).strong())
    put(sheet, (sheet.right - 168, 80), [Run(f"{sheet.label('date')}: "), sheet.value("date")], width=160)


def _parties(sheet: Sheet) -> None:
    half = (sheet.right - sheet.left) / 2
    for at, name in enumerate(("exporter", "consignee")):
        x = sheet.left + at * half
        sheet.frame((x, 100), (x + half, 190), width=0.5)
        sheet.frame((x, 100), (x + 22, 190), width=0.5, fill=_GREY)
        sheet.put((x + 11, 112), "AB"[at], ink=sheet.ink.strong(), align="centre")
        sheet.put((x + 28, 112), f"{sheet.label(name)}:", ink=sheet.ink.strong())
        sheet.party((x + 28, 126), name, width=half - 36)


def _flight(sheet: Sheet) -> None:
    half, y = (sheet.right - sheet.left) / 2, 208.0
    rows: tuple[tuple[str, Run], ...] = (
        ("loading", sheet.value("port_of_loading")),
        ("discharge", sheet.value("port_of_discharge")),
        ("flight", sheet.value("vessel_or_flight")),
        ("service", Run("EXPRESS")),
    )
    for at, (key, run) in enumerate(rows):
        at_x, at_y = sheet.left + at % 2 * half, y + at // 2 * 16
        put(sheet, (at_x, at_y), [Run(f"{sheet.label(key)}: "), run], width=half - 8)


def _figures(sheet: Sheet) -> None:
    cells: tuple[tuple[str, Runs], ...] = (
        ("pieces", [sheet.value("packages")]),
        ("kind", [sheet.value("package_kind")]),
        ("gross", [sheet.weight("gross_weight_kg")]),
        ("chargeable", [Run(f"{extra(sheet, 'chargeable')} kg")]),
        ("volume", cubic(sheet, "m3")),
    )
    width, top = (sheet.right - sheet.left) / len(cells), 240.0
    for at, (key, runs) in enumerate(cells):
        x = sheet.left + at * width
        sheet.frame((x, top), (x + width, top + 18), width=0.5, fill=_GREY)
        sheet.frame((x, top + 18), (x + width, top + 42), width=0.5)
        put(sheet, (x + 4, top + 12), [Run(sheet.label(key))], width=width - 8, ink=sheet.ink.sized(7.6))
        put(sheet, (x + 4, top + 33), runs, width=width - 8, ink=sheet.ink.strong())


def _rest(sheet: Sheet) -> None:
    width = sheet.right - sheet.left
    sheet.y = sheet.flow(
        (sheet.left, 300), [Run(f"{sheet.label('goods')}: "), sheet.cell(0, "description")], width=width
    )
    rows: tuple[tuple[str, Run], ...] = (
        ("reference", Run(extra(sheet, "reference"))),
        ("freight", sheet.value("freight_terms")),
    )
    for key, run in rows:
        sheet.y += 4
        sheet.put_runs((sheet.left, sheet.y), [Run(f"{sheet.label(key)}: "), run])
        sheet.y += 12
    sheet.put((sheet.left, sheet.y + 40), sheet.label("sign"), ink=sheet.ink.sized(7.6))
    parts.signed(sheet, (sheet.left + 120, sheet.y + 38))


LAYOUT = Layout("consignment_slip", "transport_document", draw, "air_waybill")
