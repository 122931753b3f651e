"""A forwarder's bill of lading for combined transport: open boxes with rules below, the cargo with a row of sums."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sample_docs.generator.drawing import Drawing, Ink, Point
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study.pieces import put
from sample_docs.layouts.trial.transport.words import CarriersSheet, cubic, extra

_TABLE: Final = Path(__file__).parent / "words.csv"
_TOP, _ROUTE, _CARGO, _SUM, _FOOT = 96.0, 318.0, 432.0, 610.0, 640.0
_SMALL: Final = Ink("serif", 7.4, colour="#5b2a2a")


def draw(paper: Paper) -> Drawing:
    sheet = CarriersSheet(paper, "combined", table=_TABLE, margin=48)
    sheet.ink = Ink("serif", 9.4)
    _head(sheet)
    _parties(sheet)
    _route(sheet)
    _cargo(sheet)
    _foot(sheet)
    return sheet.finished()


def _head(sheet: Sheet) -> None:
    title = [Run(sheet.label("title"))]
    put(sheet, (sheet.left, 64), title, width=330, ink=sheet.ink.sized(15).strong())
    sheet.put((sheet.left, 80), extra(sheet, "carrier"), ink=sheet.ink.sized(10))
    _under(sheet, (sheet.right - 150, 56), "number", [sheet.value("number")])
    sheet.rule((sheet.left, _TOP - 8), (sheet.right, _TOP - 8), width=1.2, colour=_SMALL.colour)


def _under(sheet: Sheet, at: Point, key: str, runs: Runs, *, width: float = 150.0) -> None:
    """A value with its label in small type on the rule below it, as old forms have it."""
    put(sheet, (at[0], at[1]), [Run(sheet.label(key))], width=width - 4, ink=_SMALL)
    put(sheet, (at[0], at[1] + 13), runs, width=width - 6)


def _parties(sheet: Sheet) -> None:
    y = _TOP
    for name in ("exporter", "consignee", "notify_party"):
        sheet.put((sheet.left, y + 8), sheet.label(name), ink=_SMALL)
        if sheet.has(name):
            sheet.party((sheet.left + 132, y + 8), name, width=300)
        else:
            sheet.put((sheet.left + 132, y + 8), sheet.label("same"))
        y += 72
        sheet.rule((sheet.left, y - 8), (sheet.right, y - 8), width=0.3, colour=_SMALL.colour)


def _route(sheet: Sheet) -> None:
    third = (sheet.right - sheet.left) / 3
    loading, discharge = sheet.value("port_of_loading"), sheet.value("port_of_discharge")
    cells: tuple[tuple[str, Runs], ...] = (
        ("receipt", [Run(loading.text)]),
        ("loading", [loading]),
        ("vessel", [sheet.value("vessel_or_flight")]),
        ("discharge", [discharge]),
        ("delivery", [Run(discharge.text)]),
        ("container", [sheet.value("container_number"), Run(" / "), sheet.value("seal_number")]),
    )
    for at, (key, runs) in enumerate(cells):
        _under(sheet, (sheet.left + at % 3 * third, _ROUTE + at // 3 * 36), key, runs, width=third)
    sheet.rule((sheet.left, _CARGO - 36), (sheet.right, _CARGO - 36), width=1.2, colour=_SMALL.colour)


def _cargo(sheet: Sheet) -> None:
    columns: tuple[tuple[str, float, Runs, Runs], ...] = (
        ("marks", 0.19, [Run(extra(sheet, "marks"))], [Run(sheet.label("total"))]),
        ("packages", 0.18, sheet.packages(), sheet.packages()),
        ("goods", 0.31, [sheet.cell(0, "description")], ()),
        ("gross", 0.17, [sheet.weight("gross_weight_kg")], [sheet.weight("gross_weight_kg")]),
        ("volume", 0.15, cubic(sheet, "m3"), cubic(sheet, "m3")),
    )
    x = sheet.left
    for key, share, cell, total in columns:
        width = share * (sheet.right - sheet.left)
        sheet.flow((x, _CARGO - 24), [Run(sheet.label(key))], width=width - 8, ink=_SMALL)
        sheet.flow((x, _CARGO + 10), cell, width=width - 10)
        put(sheet, (x, _SUM), total, width=width - 10, ink=sheet.ink.strong())
        x += width
    sheet.rule((sheet.left, _SUM - 13), (sheet.right, _SUM - 13), width=0.3, colour=_SMALL.colour)
    sheet.rule((sheet.left, _SUM + 6), (sheet.right, _SUM + 6), width=1.2, colour=_SMALL.colour)


def _foot(sheet: Sheet) -> None:
    half = (sheet.right - sheet.left) / 2
    issued = [Run(f"{extra(sheet, 'issue_place')}, "), sheet.value("date")]
    cells: tuple[tuple[str, Runs], ...] = (
        ("freight", [sheet.value("freight_terms")]),
        ("issued", issued),
        ("originals", [Run(sheet.label("three"))]),
        ("boarded", [sheet.value("shipped_on_board_date")]),
    )
    for at, (key, runs) in enumerate(cells):
        _under(sheet, (sheet.left + at % 2 * half, _FOOT + at // 2 * 36), key, runs, width=half)
    parts.signed(sheet, (sheet.left + half, _FOOT + 116))
    sheet.put((sheet.left + half, _FOOT + 134), f"{sheet.label('signed')} {extra(sheet, 'carrier')}", ink=_SMALL)


LAYOUT = Layout("combined_bill", "transport_document", draw, "bill_of_lading")
