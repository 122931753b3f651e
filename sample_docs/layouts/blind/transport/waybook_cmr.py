"""A CMR note torn from a printed book: boxes in two columns with titles in two languages, filled in by typewriter."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sample_docs.generator.drawing import Drawing, Ink, Point
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study.pieces import Frame
from sample_docs.layouts.trial.transport.words import CarriersSheet, extra, titled

_TABLE: Final = Path(__file__).parent / "words.csv"
_SMALL: Final = Ink("sans", 6.0, colour="#14532d")
_TOP, _GOODS, _LOW, _SIGN, _END = 84.0, 352.0, 540.0, 672.0, 770.0


def draw(paper: Paper) -> Drawing:
    sheet = CarriersSheet(paper, "waybook", table=_TABLE, margin=34)
    sheet.ink = Ink("mono", 9)
    middle = (sheet.left + sheet.right) / 2
    _head(sheet, middle)
    _left(sheet, middle)
    _right(sheet, middle)
    _goods(sheet)
    _below(sheet, middle)
    _signatures(sheet)
    return sheet.finished()


def _head(sheet: Sheet, middle: float) -> None:
    sheet.put((sheet.left, 52), sheet.label("title"), ink=_SMALL.sized(11).strong())
    sheet.flow((sheet.left, 63), [Run(sheet.label("clause"))], width=middle - sheet.left - 8, ink=_SMALL.sized(5))
    sheet.put((middle + 6, 62), "CMR", ink=_SMALL.sized(26).strong())
    sheet.put_runs((sheet.right, 60), [Run("N° "), sheet.value("number")], ink=sheet.ink.sized(13), align="right")


def _box(sheet: Sheet, frame: Frame, key: str, runs: Runs = ()) -> Point:
    at = titled(sheet, frame, key, ink=_SMALL)
    sheet.flow((at[0], at[1] + 2), runs, width=frame.width - 10)
    return (at[0], at[1] + 2)


def _left(sheet: Sheet, middle: float) -> None:
    left, width = sheet.left, middle - sheet.left - 10
    for top, name in ((_TOP, "exporter"), (_TOP + 74, "consignee")):
        at = _box(sheet, Frame(left, top, middle, top + 74), name)
        sheet.party(at, name, width=width, tax=False)
    y = _TOP + 148
    _box(sheet, Frame(left, y, middle, y + 36), "delivery", [sheet.value("port_of_discharge")])
    taken = [sheet.value("port_of_loading"), Run("  "), sheet.value("date")]
    _box(sheet, Frame(left, y + 36, middle, y + 76), "taken", taken)
    _box(sheet, Frame(left, y + 76, middle, _GOODS), "annexed", [Run(extra(sheet, "reference"))])


def _right(sheet: Sheet, middle: float) -> None:
    right = sheet.right
    _box(sheet, Frame(middle, _TOP, right, _TOP + 74), "carrier", [Run(extra(sheet, "carrier"))])
    _box(sheet, Frame(middle, _TOP + 74, right, _TOP + 148), "successive")
    _box(sheet, Frame(middle, _TOP + 148, right, _GOODS), "remarks")


def _goods(sheet: Sheet) -> None:
    columns: tuple[tuple[str, float, Runs], ...] = (
        ("marks", 0.18, [Run(extra(sheet, "marks"))]),
        ("count", 0.11, [sheet.value("packages")]),
        ("packing", 0.13, [sheet.value("package_kind")]),
        ("goods", 0.25, [sheet.cell(0, "description")]),
        ("statistic", 0.1, ()),
        ("gross", 0.13, [sheet.value("gross_weight_kg")]),
        ("volume", 0.1, [sheet.value("volume_m3")]),
    )
    sheet.frame((sheet.left, _GOODS), (sheet.right, _LOW), width=0.5, colour=_SMALL.colour)
    x = sheet.left
    for key, share, runs in columns:
        width = share * (sheet.right - sheet.left)
        titled(sheet, Frame(x, _GOODS, x + width, _LOW), key, ink=_SMALL, rule=0)
        sheet.flow((x + 5, _GOODS + 38), runs, width=width - 8)
        x += width


def _below(sheet: Sheet, middle: float) -> None:
    left, right = sheet.left, sheet.right
    _box(sheet, Frame(left, _LOW, middle, _LOW + 70), "instructions")
    _box(sheet, Frame(middle, _LOW, right, _LOW + 34), "cash")
    _box(sheet, Frame(middle, _LOW + 34, right, _LOW + 70), "plate", [sheet.value("vessel_or_flight")])
    _box(sheet, Frame(left, _LOW + 70, middle, _SIGN), "payment", [sheet.value("freight_terms")])
    made = [Run(f"{extra(sheet, 'issue_place')}  "), sheet.value("date")]
    _box(sheet, Frame(middle, _LOW + 70, right, _SIGN), "made", made)


def _signatures(sheet: Sheet) -> None:
    third = (sheet.right - sheet.left) / 3
    for at, key in enumerate(("sender", "haulier", "received")):
        x = sheet.left + at * third
        _box(sheet, Frame(x, _SIGN, x + third, _END), key)
        if key != "received":
            parts.signed(sheet, (x + 24, _END - 24))


LAYOUT = Layout("waybook_cmr", "transport_document", draw, "cmr", ("en", "de", "fr", "es", "it"))
