"""A sea waybill from a carrier's web page: a grid of labels and values, three parties abreast, containers listed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study.pieces import put
from sample_docs.layouts.trial.transport.words import CarriersSheet, extra

_TABLE: Final = Path(__file__).parent / "words.csv"
_ROW, _SHADE = 18.0, "#e8eef4"


def draw(paper: Paper) -> Drawing:
    sheet = CarriersSheet(paper, "release", table=_TABLE, margin=46)
    sheet.ink = Ink("wide", 8.2)
    middle = (sheet.left + sheet.right) / 2
    sheet.put((middle, 60), sheet.label("title"), ink=sheet.ink.sized(13).strong(), align="centre")
    sheet.put((middle, 76), extra(sheet, "carrier"), ink=sheet.ink.sized(10), align="centre")
    sheet.y = 92
    _facts(sheet)
    _parties(sheet)
    _containers(sheet)
    _goods(sheet)
    sheet.put((sheet.left, sheet.y + 60), f"{sheet.label('signed')} {extra(sheet, 'carrier')}")
    parts.signed(sheet, (sheet.left + 20, sheet.y + 44))
    return sheet.finished()


def _facts(sheet: Sheet) -> None:
    """Two pairs of label and value to a row."""
    rows: tuple[tuple[str, Run], ...] = (
        ("number", sheet.value("number")),
        ("date", sheet.value("date")),
        ("vessel", sheet.value("vessel_or_flight")),
        ("reference", Run(extra(sheet, "reference"))),
        ("loading", sheet.value("port_of_loading")),
        ("discharge", sheet.value("port_of_discharge")),
        ("on_board", sheet.value("shipped_on_board_date")),
        ("freight", sheet.value("freight_terms")),
    )
    half = (sheet.right - sheet.left) / 2
    for at, (key, run) in enumerate(rows):
        x, y = sheet.left + at % 2 * half, sheet.y + at // 2 * _ROW
        sheet.frame((x, y), (x + 96, y + _ROW), width=0.4, fill=_SHADE)
        sheet.frame((x + 96, y), (x + half, y + _ROW), width=0.4)
        put(sheet, (x + 4, y + 12), [Run(sheet.label(key))], width=88, ink=sheet.ink.sized(7.4))
        put(sheet, (x + 100, y + 12), [run], width=half - 104)
    sheet.y += len(rows) / 2 * _ROW + 14


def _parties(sheet: Sheet) -> None:
    third = (sheet.right - sheet.left) / 3
    for at, name in enumerate(("exporter", "consignee", "notify_party")):
        x = sheet.left + at * third
        sheet.frame((x, sheet.y), (x + third, sheet.y + 16), width=0.4, fill=_SHADE)
        sheet.frame((x, sheet.y + 16), (x + third, sheet.y + 100), width=0.4)
        sheet.put((x + 4, sheet.y + 11), sheet.label(name), ink=sheet.ink.strong())
        if sheet.has(name):
            sheet.party((x + 4, sheet.y + 28), name, width=third - 8, ink=sheet.ink.sized(7.6), tax=False)
        else:
            sheet.put((x + 4, sheet.y + 28), sheet.label("same"))
    sheet.y += 116


def _containers(sheet: Sheet) -> None:
    columns: tuple[tuple[str, float, Runs, Runs], ...] = (
        ("container", 0.19, [sheet.value("container_number")], [Run(sheet.label("total"))]),
        ("seal", 0.14, [sheet.value("seal_number")], ()),
        ("size", 0.09, [Run("40HC")], ()),
        ("packages", 0.19, sheet.packages(), sheet.packages()),
        ("gross", 0.14, [sheet.value("gross_weight_kg")], [sheet.value("gross_weight_kg")]),
        ("tare", 0.11, [Run("3900")], ()),
        ("volume", 0.14, [sheet.value("volume_m3")], [sheet.value("volume_m3")]),
    )
    x, all_of_it = sheet.left, sheet.right - sheet.left
    for key, share, cell, total in columns:
        width = share * all_of_it
        for row, runs in enumerate(([Run(sheet.label(key))], cell, total)):
            top = sheet.y + row * _ROW
            sheet.frame((x, top), (x + width, top + _ROW), width=0.4, fill="" if row else _SHADE)
            ink = sheet.ink if row == 1 else sheet.ink.strong()
            put(sheet, (x + 3, top + 12), runs, width=width - 6, ink=ink)
        x += width
    sheet.y += 3 * _ROW + 16


def _goods(sheet: Sheet) -> None:
    left, middle = sheet.left, sheet.left + 170
    sheet.put((left, sheet.y), sheet.label("marks"), ink=sheet.ink.strong())
    sheet.put((middle, sheet.y), sheet.label("goods"), ink=sheet.ink.strong())
    end = sheet.flow((left, sheet.y + 13), [Run(extra(sheet, "marks"))], width=150)
    goods = sheet.flow((middle, sheet.y + 13), [sheet.cell(0, "description")], width=sheet.right - middle)
    sheet.y = max(end, goods) + 10


LAYOUT = Layout("release_waybill", "transport_document", draw, "sea_waybill")
