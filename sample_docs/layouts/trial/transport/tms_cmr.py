"""A CMR note as a haulier's software prints it: no form, numbers of the boxes in brackets, the goods in a table."""

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
_GOODS, _LOW = 350.0, 560.0
_BOX: Final = {
    "exporter": 1, "consignee": 2, "unloading": 3, "pickup": 4, "documents": 5, "marks": 6, "count": 7, "packing": 8,
    "goods": 9, "statistic": 10, "gross": 11, "volume": 12, "payment": 14, "carrier": 16, "made": 21,
    "sign_sender": 22, "sign_carrier": 23, "sign_receiver": 24,
}  # fmt: skip


def draw(paper: Paper) -> Drawing:
    sheet = CarriersSheet(paper, "tms", table=_TABLE, margin=40)
    sheet.ink = Ink("narrow", 9.6)
    _head(sheet)
    _parties(sheet)
    _way(sheet)
    _goods(sheet)
    _foot(sheet)
    return sheet.finished()


def _head(sheet: Sheet) -> None:
    sheet.put((sheet.left, 62), sheet.label("title"), ink=sheet.ink.sized(15).strong())
    runs = [Run(f"{sheet.label('number')}: "), sheet.value("number")]
    sheet.put_runs((sheet.right, 62), runs, ink=sheet.ink.sized(11), align="right")
    sheet.rule((sheet.left, 70), (sheet.right, 70), width=1.4)


def _caption(sheet: Sheet, at: tuple[float, float], key: str, width: float = 200.0) -> None:
    text = [Run(f"({_BOX[key]}) {sheet.label(key)}")]
    put(sheet, at, text, width=width, ink=sheet.ink.sized(7.8).strong())


def _parties(sheet: Sheet) -> None:
    middle = (sheet.left + sheet.right) / 2 + 6
    for name, x in (("exporter", sheet.left), ("consignee", middle)):
        _caption(sheet, (x, 86), name)
        sheet.party((x, 99), name, width=middle - sheet.left - 20)
    sheet.rule((sheet.left, 180), (sheet.right, 180), width=0.4)


def _way(sheet: Sheet) -> None:
    middle = (sheet.left + sheet.right) / 2 + 6
    taken = [sheet.value("port_of_loading"), Run(", "), sheet.value("date")]
    papers = [Run(f"{sheet.label('invoice')} {extra(sheet, 'reference')}")]
    cells: tuple[tuple[str, Runs], ...] = (
        ("pickup", taken),
        ("unloading", [sheet.value("port_of_discharge")]),
        ("documents", papers),
        ("carrier", [Run(extra(sheet, "carrier"))]),
    )
    for at, (key, runs) in enumerate(cells):
        x, y = (sheet.left, middle)[at % 2], 194 + at // 2 * 38.0
        _caption(sheet, (x, y), key)
        put(sheet, (x, y + 13), runs, width=230)
    small = sheet.ink.sized(9)
    sheet.put_runs((middle, 258), [Run(f"{sheet.label('truck')}: "), sheet.value("vessel_or_flight")], ink=small)
    plate = sheet.chance("trailer").digits(4)
    sheet.put((middle, 270), f"{sheet.label('trailer')}: TR {plate}", ink=small)
    sheet.rule((sheet.left, 330), (sheet.right, 330), width=0.4)


def _goods(sheet: Sheet) -> None:
    statistic = Run("")
    columns: tuple[tuple[str, float, Runs], ...] = (
        ("marks", 0.19, [Run(extra(sheet, "marks"))]),
        ("count", 0.08, [sheet.value("packages")]),
        ("packing", 0.13, [sheet.value("package_kind")]),
        ("goods", 0.28, [sheet.cell(0, "description")]),
        ("statistic", 0.1, [statistic]),
        ("gross", 0.12, [sheet.value("gross_weight_kg")]),
        ("volume", 0.1, [sheet.value("volume_m3")]),
    )
    x, low = sheet.left, _GOODS
    for key, share, runs in columns:
        width = share * (sheet.right - sheet.left)
        _caption(sheet, (x, _GOODS), key, width - 5)
        low = max(low, sheet.flow((x, _GOODS + 18), runs, width=width - 6))
        x += width
    sheet.rule((sheet.left, _GOODS + 5), (sheet.right, _GOODS + 5), width=0.4)
    _sums(sheet, low + 16)


def _sums(sheet: Sheet, y: float) -> None:
    wide = sheet.right - sheet.left
    sheet.rule((sheet.left, y - 11), (sheet.right, y - 11), width=0.4)
    ink = sheet.ink.strong()
    sheet.put((sheet.left, y), sheet.label("total"), ink=ink)
    for share, name in ((0.19, "packages"), (0.78, "gross_weight_kg"), (0.9, "volume_m3")):
        sheet.put_runs((sheet.left + share * wide, y), [sheet.value(name)], ink=ink)
    metres = sheet.chance("metres").whole(2, 13)
    sheet.put((sheet.left, y + 16), f"{sheet.label('metres')}: {metres}")


def _foot(sheet: Sheet) -> None:
    _caption(sheet, (sheet.left, _LOW), "payment")
    sheet.put_runs((sheet.left, _LOW + 13), [sheet.value("freight_terms")])
    place = f"({_BOX['made']}) {sheet.label('made')} {extra(sheet, 'issue_place')} {sheet.label('on')} "
    sheet.put_runs((sheet.left, _LOW + 44), [Run(place), sheet.value("date")])
    third = (sheet.right - sheet.left) / 3
    for at, key in enumerate(("sign_sender", "sign_carrier", "sign_receiver")):
        x = sheet.left + at * third
        sheet.rule((x, _LOW + 130), (x + third - 16, _LOW + 130), width=0.4)
        _caption(sheet, (x, _LOW + 141), key, third - 16)
        if key != "sign_receiver":
            parts.signed(sheet, (x + 20, _LOW + 126))


LAYOUT = Layout("tms_cmr", "transport_document", draw, "cmr", ("en", "de", "fr", "es", "it"))
