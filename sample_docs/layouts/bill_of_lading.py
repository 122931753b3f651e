"""A liner's bill of lading: shipper, consignee, notify party down the left, carrier on the right, cargo in one box."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout

_ROUTE, _CARGO, _SIGN, _FOOT = 312.0, 376.0, 640.0, 776.0


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=34)
    sheet.ink = Ink(paper.style.family, 8.8)
    _parties(sheet)
    _carrier(sheet)
    _route(sheet)
    _cargo(sheet)
    _foot(sheet)
    return sheet.finished()


def _parties(sheet: Sheet) -> None:
    middle = sheet.left + 268
    titles = (("exporter", "Shipper"), ("consignee", "Consignee"), ("notify_party", "Notify address"))
    for at, (name, title) in enumerate(titles):
        top = 62 + at * 83.0
        start = parts.box(sheet, (sheet.left, top), (middle, top + 83), title)
        if name == "notify_party" and not sheet.has(name):
            sheet.put((start[0], start[1] + 10), "SAME AS CONSIGNEE")
        sheet.party((start[0], start[1] + 7), name, width=252, tax=False)


def _carrier(sheet: Sheet) -> None:
    middle, right = sheet.left + 268, sheet.right
    sheet.put((sheet.left, 50), "BILL OF LADING", ink=Ink("sans", 15, bold=True, colour=sheet.style.accent))
    sheet.put((right, 50), "ORIGINAL 1/3", ink=Ink("sans", 9, bold=True), align="right")
    start = parts.box(sheet, (middle, 62), (right, 102), "Bill of lading number")
    sheet.put_runs((start[0] + 20, start[1] + 14), [sheet.value("number")], ink=sheet.ink.sized(11).strong())
    start = parts.box(sheet, (middle, 102), (right, 145), "Shipper's reference")
    sheet.put((start[0], start[1] + 12), sheet.paper.extras.get("reference", ""))
    parts.box(sheet, (middle, 145), (right, _ROUTE - 1), "")
    carrier, centre = sheet.paper.extras.get("carrier", ""), (middle + right) / 2
    sheet.put((centre, 205), carrier, ink=Ink("serif", 15, bold=True, colour=sheet.style.accent), align="centre")
    text = (
        "RECEIVED by the carrier from the shipper in apparent good order and condition unless otherwise noted, the"
        " goods or packages said to contain goods, to be carried from the port of loading to the port of discharge"
        " subject to the terms overleaf. One original being accomplished, the others to stand void."
    )
    sheet.flow((middle + 8, 238), [Run(text)], width=right - middle - 16, ink=Ink("narrow", 7))


def _route(sheet: Sheet) -> None:
    edges = (sheet.left, sheet.left + 176, sheet.left + 352, sheet.right)
    cells: tuple[tuple[str, Runs], ...] = (
        ("Ocean vessel and voyage number", [sheet.value("vessel_or_flight")]),
        ("Port of loading", [sheet.value("port_of_loading")]),
        ("Port of discharge", [sheet.value("port_of_discharge")]),
    )
    for start, end, (title, runs) in zip(edges, edges[1:], cells, strict=False):
        at = parts.box(sheet, (start, _ROUTE), (end, _ROUTE + 36), title)
        sheet.put_runs((at[0], at[1] + 12), runs)


def _cargo(sheet: Sheet) -> None:
    left, right, top = sheet.left, sheet.right, _ROUTE + 36
    edges = (left, left + 128, left + 214, right - 142, right - 64, right)
    titles = (
        "Marks and numbers / Container and seal",
        "Number and kind of packages",
        "Description of goods",
        "Gross weight",
        "Measurement",
    )
    for start, end, title in zip(edges, edges[1:], titles, strict=False):
        parts.box(sheet, (start, top), (end, _SIGN), title)
    y = _CARGO + 14
    marks_end = sheet.flow((edges[0] + 6, y), [Run(sheet.paper.extras.get("marks", ""))], width=112)
    if sheet.has("container_number"):
        sheet.put_runs((edges[0] + 6, marks_end + 14), [sheet.value("container_number")], ink=sheet.ink.strong())
        seal = [Run("SEAL "), sheet.value("seal_number")] if sheet.has("seal_number") else []
        sheet.put_runs((edges[0] + 6, marks_end + 26), seal)
    sheet.flow((edges[1] + 6, y), sheet.packages(), width=74)
    said = "SAID TO CONTAIN" if sheet.chance("said").happens(0.5) else "SHIPPER'S LOAD, COUNT AND SEAL"
    sheet.put((edges[2] + 6, y), said)
    goods = [sheet.cell(line, "description") for line in range(len(sheet.paper.lines))]
    end = y + 14
    for run in goods:
        end = sheet.flow((edges[2] + 6, end), [run], width=edges[3] - edges[2] - 12)
    sheet.put_runs((edges[2] + 6, end + 30), [sheet.value("freight_terms")], ink=sheet.ink.strong())
    sheet.put_runs((edges[4] - 6, y), [sheet.weight("gross_weight_kg")], align="right")
    volume = [sheet.value("volume_m3"), Run(" CBM")] if sheet.has("volume_m3") else []
    sheet.put_runs((edges[5] - 4, y), volume, align="right")


def _foot(sheet: Sheet) -> None:
    left, right, middle = sheet.left, sheet.right, sheet.left + 268
    at = parts.box(sheet, (left, _SIGN), (middle, _SIGN + 40), "Number of original bills of lading")
    sheet.put((at[0], at[1] + 14), "THREE (3)")
    at = parts.box(sheet, (middle, _SIGN), (right, _SIGN + 40), "Place and date of issue")
    issued = [Run(f"{sheet.paper.extras.get('issue_place', '')}, "), sheet.value("date")]
    sheet.put_runs((at[0], at[1] + 14), issued)
    at = parts.box(sheet, (left, _SIGN + 40), (middle, _FOOT), "Shipped on board the vessel")
    if sheet.has("shipped_on_board_date"):
        sheet.put((at[0], at[1] + 16), "LADEN ON BOARD", ink=sheet.ink.strong())
        sheet.put_runs((at[0], at[1] + 30), [sheet.value("shipped_on_board_date")], ink=sheet.ink.strong())
    parts.box(sheet, (middle, _SIGN + 40), (right, _FOOT), "Signed for the carrier")
    parts.signed(sheet, (middle + 60, _FOOT - 40), width=110)
    sheet.put(
        (middle + 8, _FOOT - 10),
        f"as agent for the carrier {sheet.paper.extras.get('carrier', '')}",
        ink=sheet.ink.sized(7.5),
    )


LAYOUT = Layout("bill_of_lading", "transport_document", draw, "bill_of_lading")
