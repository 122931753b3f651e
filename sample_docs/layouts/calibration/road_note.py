"""International consignment note CMR with all twenty-five boxes, as road hauliers have it printed."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink, Point
from sample_docs.generator.sheet import Run, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.calibration import cells
from sample_docs.layouts.calibration.worded import WordedSheet
from sample_docs.layouts.layout import Layout

_TOP, _GOODS, _LOW, _SIGN, _FOOT = 60.0, 330.0, 540.0, 676.0, 790.0


def draw(paper: Paper) -> Drawing:
    sheet = WordedSheet(paper, margin=34)
    sheet.ink = Ink(paper.style.family, 8.4)
    _title(sheet)
    _senders_side(sheet)
    _carriers_side(sheet)
    _goods(sheet)
    _instructions(sheet)
    _signatures(sheet)
    return sheet.finished()


def _middle(sheet: Sheet) -> float:
    return (sheet.left + sheet.right) / 2


def _title(sheet: Sheet) -> None:
    accent = Ink("sans", 11, bold=True, colour=sheet.style.accent)
    sheet.put((_middle(sheet), 38), sheet.label("cmr_title"), ink=accent)
    sheet.put((_middle(sheet), 54), "CMR", ink=accent.sized(15))
    sheet.put_runs(
        (sheet.right, 54), [Run("N° "), sheet.value("number")], ink=Ink("mono", 11, bold=True), align="right"
    )


def _senders_side(sheet: Sheet) -> None:
    left, right = sheet.left, _middle(sheet)
    width = right - left - 14
    sheet.party(cells.form_box(sheet, (left, _TOP), (right, 132), "cmr_1"), "exporter", width=width, tax=False)
    sheet.party(cells.form_box(sheet, (left, 132), (right, 204), "cmr_2"), "consignee", width=width, tax=False)
    sheet.flow(
        cells.form_box(sheet, (left, 204), (right, 244), "cmr_3"), [sheet.value("port_of_discharge")], width=width
    )
    taken = [sheet.value("port_of_loading"), Run("   "), sheet.value("date")]
    sheet.flow(cells.form_box(sheet, (left, 244), (right, 290), "cmr_4"), taken, width=width)
    at = cells.form_box(sheet, (left, 290), (right, _GOODS), "cmr_5")
    sheet.put(at, sheet.paper.extras.get("reference", ""))


def _carriers_side(sheet: Sheet) -> None:
    left, right = _middle(sheet), sheet.right
    at = cells.form_box(sheet, (left, _TOP), (right, 132), "cmr_16")
    sheet.flow(at, [Run(sheet.paper.extras.get("carrier", ""))], width=right - left - 14, ink=sheet.ink.strong())
    cells.form_box(sheet, (left, 132), (right, 204), "cmr_17")
    cells.form_box(sheet, (left, 204), (right, 290), "cmr_18")
    at = cells.form_box(sheet, (left, 290), (right, _GOODS), "cmr_25")
    sheet.put_runs(at, [sheet.value("vessel_or_flight")])


def _goods(sheet: Sheet) -> None:
    left, right = sheet.left, sheet.right
    edges = (left, left + 98, left + 154, left + 224, right - 190, right - 132, right - 62, right)
    for start, end, key in zip(edges, edges[1:], ("6", "7", "8", "9", "10", "11", "12"), strict=False):
        cells.form_box(sheet, (start, _GOODS), (end, _LOW), f"cmr_{key}")
    y = _GOODS + 40
    sheet.flow((edges[0] + 5, y), [Run(sheet.paper.extras.get("marks", ""))], width=90)
    sheet.put_runs((edges[2] - 10, y), [sheet.value("packages")], align="right")
    sheet.flow((edges[2] + 6, y), [sheet.value("package_kind")], width=62)
    end = y
    for line in range(len(sheet.paper.lines)):
        end = sheet.flow((edges[3] + 5, end), [sheet.cell(line, "description")], width=edges[4] - edges[3] - 10)
    sheet.put_runs((edges[6] - 5, y), [sheet.value("gross_weight_kg")], align="right")
    sheet.put_runs((edges[7] - 5, y), [sheet.value("volume_m3")], align="right")


def _instructions(sheet: Sheet) -> None:
    left, middle, right = sheet.left, _middle(sheet), sheet.right
    cells.form_box(sheet, (left, _LOW), (middle, _LOW + 60), "cmr_13")
    at = cells.form_box(sheet, (left, _LOW + 60), (middle, _LOW + 96), "cmr_14")
    sheet.put_runs(at, [sheet.value("freight_terms")])
    at = cells.form_box(sheet, (left, _LOW + 96), (middle, _SIGN), "cmr_21")
    place = sheet.paper.extras.get("issue_place", "")
    sheet.put_runs((at[0], at[1] + 4), [Run(place), Run("   "), sheet.value("date")])
    cells.form_box(sheet, (middle, _LOW), (right, _LOW + 60), "cmr_19")
    cells.form_box(sheet, (middle, _LOW + 60), (right, _LOW + 96), "cmr_20")
    cells.form_box(sheet, (middle, _LOW + 96), (right, _SIGN), "cmr_15")


def _signatures(sheet: Sheet) -> None:
    third = (sheet.right - sheet.left) / 3
    for at, key in enumerate(("22", "23", "24")):
        x = sheet.left + at * third
        start = cells.form_box(sheet, (x, _SIGN), (x + third, _FOOT), f"cmr_{key}")
        _signer(sheet, (start[0], start[1] + 8), key, width=third - 14)


def _signer(sheet: Sheet, at: Point, key: str, *, width: float) -> None:
    names = {"22": sheet.paper.company("exporter").name, "23": sheet.paper.extras.get("carrier", "")}
    if key in names:
        sheet.flow(at, [Run(names[key])], width=width)
        parts.signed(sheet, (at[0] + 30, _FOOT - 24))


LAYOUT = Layout("road_note", "transport_document", draw, "cmr", ("en", "de", "fr", "es", "it"))
