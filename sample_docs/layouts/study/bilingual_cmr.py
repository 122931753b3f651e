"""A CMR note of a national printer: two languages in every title, the boxes full width and the carrier at the top."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink, Point
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study.pieces import Frame, put
from sample_docs.layouts.study.words import StudySheet

_TOP, _GOODS, _LOW, _SIGN, _END = 66.0, 352.0, 560.0, 690.0, 790.0
_RED = "#a01020"


def draw(paper: Paper) -> Drawing:
    sheet = StudySheet(paper, "rail", margin=38)
    sheet.ink = Ink("mono", 8.6)
    _title(sheet)
    _parties(sheet)
    _way(sheet)
    _goods(sheet)
    _payment(sheet)
    _signatures(sheet)
    return sheet.finished()


def _box(sheet: Sheet, frame: Frame, key: str, runs: Runs = ()) -> Point:
    """A red box with its title; what is typed into it starts where this says."""
    sheet.frame((frame.left, frame.top), (frame.right, frame.bottom), width=0.6, colour=_RED)
    small = Ink("sans", 6.4, colour=_RED)
    y = sheet.flow((frame.left + 3, frame.top + 8), [Run(sheet.label(key))], width=frame.width - 6, ink=small) + 5
    sheet.flow((frame.left + 6, y), runs, width=frame.width - 12)
    return (frame.left + 6, y)


def _title(sheet: Sheet) -> None:
    sheet.put((sheet.left, 54), "CMR", ink=Ink("sans", 22, bold=True, colour=_RED))
    sheet.put((sheet.left + 62, 48), sheet.label("cmr_title"), ink=Ink("sans", 8, colour=_RED))
    number = [Run("Nr. "), sheet.value("number")]
    sheet.put_runs((sheet.right, 54), number, ink=Ink("mono", 12, bold=True, colour=_RED), align="right")


def _parties(sheet: Sheet) -> None:
    left, right, middle = sheet.left, sheet.right, (sheet.left + sheet.right) / 2
    carrier = sheet.paper.extras.get("carrier", "")
    at = _box(sheet, Frame(left, _TOP, middle, _TOP + 78), "cmr_16", [Run(carrier)])
    sheet.put((at[0], at[1] + 22), f"{sheet.label('plate')}:", ink=Ink("sans", 6.8, colour=_RED))
    sheet.put_runs((at[0] + 74, at[1] + 22), [sheet.value("vessel_or_flight")])
    at = _box(sheet, Frame(middle, _TOP, right, _TOP + 78), "cmr_1")
    sheet.party(at, "exporter", width=middle - left - 12, tax=False)
    at = _box(sheet, Frame(left, _TOP + 78, right, _TOP + 150), "cmr_2")
    sheet.party(at, "consignee", width=400, tax=False)


def _way(sheet: Sheet) -> None:
    left, right, middle, top = sheet.left, sheet.right, (sheet.left + sheet.right) / 2, _TOP + 150
    taken = [sheet.value("port_of_loading"), Run(", "), sheet.value("date")]
    _box(sheet, Frame(left, top, middle, top + 40), "cmr_4", taken)
    _box(sheet, Frame(middle, top, right, top + 40), "cmr_3", [sheet.value("port_of_discharge")])
    _box(sheet, Frame(left, top + 40, middle, _GOODS), "cmr_5", [Run(sheet.paper.extras.get("reference", ""))])
    _box(sheet, Frame(middle, top + 40, right, _GOODS), "cmr_13")


def _goods(sheet: Sheet) -> None:
    left, right = sheet.left, sheet.right
    edges = (left, left + 84, left + 134, left + 210, right - 124, right - 56, right)
    values: tuple[Runs, ...] = (
        [Run(sheet.paper.extras.get("marks", ""))],
        [sheet.value("packages")],
        [sheet.value("package_kind")],
        [sheet.cell(0, "description")],
        [sheet.value("gross_weight_kg")],
        [sheet.value("volume_m3")],
    )
    keys = ("cmr_6", "cmr_7", "cmr_8", "cmr_9", "cmr_11", "cmr_12")
    for start, end, key, runs in zip(edges, edges[1:], keys, values, strict=False):
        _box(sheet, Frame(start, _GOODS, end, _LOW), key)
        sheet.flow((start + 5, _GOODS + 44), runs, width=end - start - 9)
    sheet.put((edges[3] + 5, _LOW - 8), sheet.label("total"))
    if sheet.has("gross_weight_kg"):
        total = [sheet.value("gross_weight_kg")]
        put(sheet, (edges[5] - 4, _LOW - 8), total, width=62, ink=sheet.ink.strong(), align="right")


def _payment(sheet: Sheet) -> None:
    left, right, middle = sheet.left, sheet.right, (sheet.left + sheet.right) / 2
    _box(sheet, Frame(left, _LOW, middle, _LOW + 50), "cmr_14", [sheet.value("freight_terms")])
    _box(sheet, Frame(middle, _LOW, right, _LOW + 50), "cmr_18")
    _box(sheet, Frame(left, _LOW + 50, right, _LOW + 90), "cmr_19")
    place = [Run(f"{sheet.paper.extras.get('issue_place', '')}, "), sheet.value("date")]
    _box(sheet, Frame(left, _LOW + 90, right, _SIGN), "cmr_21", place)


def _signatures(sheet: Sheet) -> None:
    third = (sheet.right - sheet.left) / 3
    for at, key in enumerate(("cmr_22", "cmr_23", "cmr_24")):
        x = sheet.left + at * third
        start = _box(sheet, Frame(x, _SIGN, x + third, _END), key)
        if key != "cmr_24":
            parts.signed(sheet, (start[0] + 20, _END - 26))


LAYOUT = Layout("bilingual_cmr", "transport_document", draw, "cmr", ("en", "de", "fr", "es", "it"))
