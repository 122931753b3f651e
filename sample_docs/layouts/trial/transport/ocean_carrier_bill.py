"""An ocean carrier's bill of lading: vessel and voyage in boxes of their own, all cargo typed into one wide column."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study.pieces import Frame, put
from sample_docs.layouts.trial.transport.words import CarriersSheet, cubic, extra, filled, titled, voyage

_TABLE: Final = Path(__file__).parent / "words.csv"
_TOP, _ROUTE, _CARGO, _CHARGES, _FOOT = 92.0, 308.0, 396.0, 640.0, 690.0
_SMALL: Final = Ink("sans", 5.8, colour="#1d4e89")


def draw(paper: Paper) -> Drawing:
    sheet = CarriersSheet(paper, "ocean", table=_TABLE, margin=30)
    sheet.ink = Ink("mono", 8.4)
    _head(sheet)
    _parties(sheet)
    _beside(sheet)
    _route(sheet)
    _cargo(sheet)
    _charges(sheet)
    _foot(sheet)
    return sheet.finished()


def _head(sheet: Sheet) -> None:
    sheet.put((sheet.left, 58), extra(sheet, "carrier").upper(), ink=Ink("sans", 20, bold=True, colour="#1d4e89"))
    title = [Run(sheet.label("title"))]
    sheet.flow((sheet.right - 200, 46), title, width=200, ink=Ink("sans", 9, bold=True, colour="#1d4e89"))
    sheet.put((sheet.right - 200, 80), sheet.label("number"), ink=Ink("sans", 8, bold=True, colour="#1d4e89"))
    sheet.put_runs((sheet.right - 160, 80), [sheet.value("number")], ink=sheet.ink.sized(10))


def _parties(sheet: Sheet) -> None:
    middle, y = sheet.left + 272, _TOP
    for name in ("exporter", "consignee", "notify_party"):
        at = titled(sheet, Frame(sheet.left, y, middle, y + 72), name, ink=_SMALL)
        if sheet.has(name):
            sheet.party((at[0], at[1] + 1), name, width=256, tax=False)
        else:
            sheet.put((at[0], at[1] + 4), sheet.label("same"))
        y += 72


def _beside(sheet: Sheet) -> None:
    left, middle = sheet.left + 272, sheet.left + 400
    booking = sheet.chance("booking")
    filled(sheet, Frame(left, _TOP, middle, _TOP + 26), "booking", [Run(booking.digits(9))], ink=_SMALL)
    filled(sheet, Frame(middle, _TOP, sheet.right, _TOP + 26), "contract", [Run(booking.digits(8))], ink=_SMALL)
    reference = [Run(extra(sheet, "reference"))]
    filled(sheet, Frame(left, _TOP + 26, sheet.right, _TOP + 72), "references", reference, ink=_SMALL)
    filled(sheet, Frame(left, _TOP + 72, sheet.right, _TOP + 144), "onward", (), ink=_SMALL)


def _route(sheet: Sheet) -> None:
    left, third = sheet.left, 136.0
    vessel, number = voyage(sheet)
    cells: tuple[tuple[str, Runs], ...] = (
        ("vessel", [vessel]),
        ("voyage", [number]),
        ("loading", [sheet.value("port_of_loading")]),
        ("discharge", [sheet.value("port_of_discharge")]),
    )
    for at, (key, runs) in enumerate(cells):
        x, y = left + at % 2 * third, _ROUTE + at // 2 * 32
        filled(sheet, Frame(x, y, x + third, y + 32), key, runs, ink=_SMALL)
    filled(sheet, Frame(left + 272, _ROUTE, sheet.right, _ROUTE + 32), "receipt", (), ink=_SMALL)
    filled(sheet, Frame(left + 272, _ROUTE + 32, sheet.right, _ROUTE + 64), "delivery", (), ink=_SMALL)
    middle = (sheet.left + sheet.right) / 2
    sheet.put((middle, _CARGO - 12), sheet.label("particulars"), ink=_SMALL.sized(7).strong(), align="centre")


def _cargo(sheet: Sheet) -> None:
    left, weight, volume = sheet.left, sheet.right - 150, sheet.right - 74
    for start, end, key in ((left, weight, "goods"), (weight, volume, "weight"), (volume, sheet.right, "measurement")):
        titled(sheet, Frame(start, _CARGO - 6, end, _CHARGES), key, ink=_SMALL)
    y, width = _CARGO + 26, weight - left - 12
    put(sheet, (weight + 4, y), [sheet.weight("gross_weight_kg")], width=68)
    put(sheet, (volume + 4, y), cubic(sheet, "CBM"), width=68)
    one = sheet.has("container_number")
    said = [Run("1 container said to contain " if one else "said to contain "), *sheet.packages()]
    put(sheet, (left + 5, y), said if sheet.has("packages") else (), width=width)
    y = sheet.flow((left + 5, y + 22), [sheet.cell(0, "description")], width=width)
    y = sheet.flow((left + 5, y + 11), [Run(extra(sheet, "marks"))], width=width)
    _container(sheet, y + 11)
    sheet.put((left + 5, y + 44), "SHIPPER'S LOAD, STOW, WEIGHT AND COUNT")
    sheet.put_runs((left + 5, y + 55), [sheet.value("freight_terms")])
    sheet.put((left + 5, _CHARGES - 6), sheet.label("above"), ink=_SMALL)


def _container(sheet: Sheet, y: float) -> None:
    """As "MSKU1234565  SEAL 123  40 DRY 9'6  46 CARTONS  1,234.5 KGS  3.2 CBM"."""
    if not sheet.has("container_number"):
        return
    runs = [sheet.value("container_number"), Run("  "), sheet.value("seal_number"), Run("  40 DRY 9'6  ")]
    more = [*sheet.packages(), Run("  "), sheet.weight("gross_weight_kg"), Run("  "), *cubic(sheet, "CBM")]
    put(sheet, (sheet.left + 5, y), [*runs, *more], width=sheet.right - 150 - sheet.left - 12)


def _charges(sheet: Sheet) -> None:
    edges = (sheet.left, sheet.left + 190, sheet.left + 250, sheet.left + 300, sheet.left + 360, sheet.left + 440)
    keys = ("charges", "rate", "unit", "currency", "prepaid", "collect")
    for start, end, key in zip(edges, (*edges[1:], sheet.right), keys, strict=True):
        titled(sheet, Frame(start, _CHARGES, end, _FOOT), key, ink=_SMALL)
    sheet.put((edges[0] + 5, _CHARGES + 24), "AS PER AGREEMENT")


def _foot(sheet: Sheet) -> None:
    edges = (sheet.left, sheet.left + 150, sheet.left + 250, sheet.left + 340, sheet.right)
    boarded = sheet.value("shipped_on_board_date")
    cells: tuple[tuple[str, Runs], ...] = (
        ("received", [Run("1 container")]),
        ("issued_at", [Run(extra(sheet, "issue_place"))]),
        ("originals", [Run("THREE/3")]),
        ("issued_on", [sheet.value("date")]),
        ("declared", ()),
        ("on_board", [boarded]),
    )
    for at, (key, runs) in enumerate(cells):
        start, end = edges[at % 3], edges[at % 3 + 1]
        y = _FOOT + at // 3 * 40
        filled(sheet, Frame(start, y, end, y + 40), key, runs, ink=_SMALL)
    titled(sheet, Frame(edges[3], _FOOT, edges[4], _FOOT + 80), "signed", ink=_SMALL)
    parts.signed(sheet, (edges[3] + 20, _FOOT + 60), width=130)


LAYOUT = Layout(
    "ocean_carrier_bill", "transport_document", draw, "bill_of_lading", ("en", "de", "zh", "fr", "es", "it")
)
