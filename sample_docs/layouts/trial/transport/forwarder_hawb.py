"""A forwarder's house air waybill: the neutral form's boxes in another arrangement, the number also split in three."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study.pieces import Frame, put
from sample_docs.layouts.trial.transport.words import CarriersSheet, cubic, extra, filled, titled

_TABLE: Final = Path(__file__).parent / "words.csv"
_TOP, _ROUTE, _GOODS, _LOW, _END = 62.0, 300.0, 396.0, 604.0, 780.0
_SMALL: Final = Ink("sans", 5.6, colour="#0a5c36")


def draw(paper: Paper) -> Drawing:
    sheet = CarriersSheet(paper, "consol", table=_TABLE, margin=32)
    sheet.ink = Ink("mono", 8.8)
    _number(sheet)
    _parties(sheet)
    _issuer(sheet)
    _route(sheet)
    _goods(sheet)
    _foot(sheet)
    return sheet.finished()


def _number(sheet: Sheet) -> None:
    """In three boxes at the left, whole at the right and at the foot."""
    prefix, _, serial = sheet.paper.text("number").partition("-")
    x = sheet.left
    for text, width in ((prefix, 34.0), (extra(sheet, "loading_code"), 40.0), (f"{serial[:4]} {serial[4:]}", 80.0)):
        sheet.put((x + 4, 54), text, ink=sheet.ink.sized(11).strong())
        sheet.rule((x + width, 42), (x + width, _TOP), width=0.5, colour=_SMALL.colour)
        x += width
    number = [sheet.value("number")]
    sheet.put_runs((sheet.right, 54), number, ink=sheet.ink.sized(12).strong(), align="right")
    sheet.put_runs((sheet.right, _END + 18), number, ink=sheet.ink.sized(12).strong(), align="right")


def _parties(sheet: Sheet) -> None:
    middle = (sheet.left + sheet.right) / 2
    for at, name in enumerate(("exporter", "consignee")):
        y = _TOP + at * 84
        start = titled(sheet, Frame(sheet.left, y, middle, y + 84), name, ink=_SMALL)
        titled(sheet, Frame(middle - 110, y, middle, y + 20), "account", ink=_SMALL)
        sheet.party((start[0], y + 28), name, width=middle - sheet.left - 12, tax=False)
    y = _TOP + 168
    agent = [Run(f"{extra(sheet, 'carrier')} / {extra(sheet, 'issue_place')}")]
    filled(sheet, Frame(sheet.left, y, middle, y + 40), "agent", agent, ink=_SMALL)
    code = sheet.chance("iata").digits(7)
    filled(sheet, Frame(sheet.left, y + 40, middle, _ROUTE), "iata", [Run(f"{code[:2]}-4 {code[2:]}")], ink=_SMALL)


def _issuer(sheet: Sheet) -> None:
    middle = (sheet.left + sheet.right) / 2
    at = titled(sheet, Frame(middle, _TOP, sheet.right, _TOP + 84), "issued", ink=_SMALL.sized(7))
    sheet.put((at[0], at[1] + 20), extra(sheet, "carrier"), ink=Ink("sans", 14, bold=True, colour=_SMALL.colour))
    titled(sheet, Frame(middle, _TOP + 84, sheet.right, _TOP + 104), "copies", ink=_SMALL)
    at = titled(sheet, Frame(middle, _TOP + 104, sheet.right, _ROUTE), "accounting", ink=_SMALL)
    sheet.put_runs((at[0], at[1] + 6), [sheet.value("freight_terms")])
    sheet.put((at[0], at[1] + 20), f"INV {extra(sheet, 'reference')}")


def _route(sheet: Sheet) -> None:
    left, right, middle = sheet.left, sheet.right, (sheet.left + sheet.right) / 2
    rows: tuple[tuple[tuple[str, float, float, Runs], ...], ...] = (
        (
            ("departure", left, middle, [sheet.value("port_of_loading")]),
            ("charges", middle, middle + 76, [Run(extra(sheet, "currency"))]),
            ("declared", middle + 76, middle + 174, [Run("NVD")]),
            ("customs", middle + 174, right, [Run("NCV")]),
        ),
        (
            ("routing", left, left + 96, ()),
            ("destination", left + 96, middle, [sheet.value("port_of_discharge")]),
            ("flight", middle, middle + 130, [sheet.value("vessel_or_flight")]),
            ("insured", middle + 130, right, [Run("XXX")]),
        ),
        (("handling", left, right, [Run("DOCS ATTACHED. PLEASE NOTIFY CONSIGNEE UPON ARRIVAL")]),),
    )
    for at, row in enumerate(rows):
        y = _ROUTE + at * 30
        for key, start, end, runs in row:
            filled(sheet, Frame(start, y, end, y + 30), key, runs, ink=_SMALL)


def _goods(sheet: Sheet) -> None:
    volume = sheet.has("volume_m3")
    cells: tuple[tuple[str, float, Runs], ...] = (
        ("pieces", 44, [sheet.value("packages")]),
        ("gross", 66, [sheet.value("gross_weight_kg")]),
        ("kg", 20, [Run("K")]),
        ("class", 62, [Run("Q")]),
        ("chargeable", 62, [Run(extra(sheet, "chargeable"))]),
        ("rate", 52, ()),
        ("sum", 60, [Run("AS AGREED")]),
        ("nature", sheet.right - sheet.left - 366, ()),
    )
    x = sheet.left
    for key, width, runs in cells:
        titled(sheet, Frame(x, _GOODS - 6, x + width, _LOW), key, ink=_SMALL)
        put(sheet, (x + 4, _GOODS + 32), runs, width=width - 6)
        if key in {"pieces", "gross"}:
            sheet.rule((x, _LOW - 20), (x + width, _LOW - 20), width=0.5, colour=_SMALL.colour)
            put(sheet, (x + 4, _LOW - 7), runs, width=width - 6)
        x += width
    left, width = sheet.right - cells[-1][1] + 4, cells[-1][1] - 8
    y = sheet.flow((left, _GOODS + 32), [sheet.cell(0, "description")], width=width)
    y = sheet.flow((left, y + 10), [Run(extra(sheet, "marks"))], width=width)
    put(sheet, (left, y + 10), [Run("VOL "), *cubic(sheet, "CBM")] if volume else (), width=width)


def _foot(sheet: Sheet) -> None:
    left, right, middle = sheet.left, sheet.right, sheet.left + 200
    y = _LOW
    for key, text in (("weight_charge", "AS AGREED"), ("other", ""), ("total_prepaid", ""), ("total_collect", "")):
        filled(sheet, Frame(left, y, middle, y + 40), key, [Run(text)], ink=_SMALL)
        y += 40
    sheet.frame((middle, _LOW), (right, _END), width=0.5, colour=_SMALL.colour)
    sheet.flow(
        (middle + 4, _LOW + 10), [Run(sheet.label("certifies"))], width=right - middle - 8, ink=_SMALL.sized(6.4)
    )
    parts.signed(sheet, (middle + 150, _LOW + 60))
    sheet.rule((middle, _LOW + 84), (right, _LOW + 84), width=0.5, colour=_SMALL.colour)
    place = [sheet.value("date"), Run("     "), Run(extra(sheet, "issue_place"))]
    put(sheet, (middle + 8, _END - 22), place, width=right - middle - 130)
    parts.signed(sheet, (right - 110, _END - 24))
    sheet.put((middle + 4, _END - 6), sheet.label("executed"), ink=_SMALL)


LAYOUT = Layout("forwarder_hawb", "transport_document", draw, "air_waybill")
