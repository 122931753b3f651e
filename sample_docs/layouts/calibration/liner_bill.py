"""A container line's bill of lading or sea waybill: narrow route boxes, one cargo table, particulars in its body."""

from __future__ import annotations

from functools import partial
from typing import Final

from sample_docs.generator.drawing import Drawing, Ink, Point
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout

_TOP, _PARTY, _CARGO, _DECLARED, _SIGN, _FOOT = 54.0, 74.0, 348.0, 624.0, 640.0, 796.0
_BILL: Final = "BILL OF LADING"
_RECEIVED: Final = (
    "Received by the Carrier in apparent good order and condition (unless otherwise stated herein) the total number or"
    " quantity of Containers or other packages or units indicated below, for carriage subject to all the terms and"
    " conditions hereof from the Place of Receipt or the Port of Loading to the Port of Discharge or Place of Delivery."
)
_TITLES: Final = (
    "Marks & Nos. / Container No. / Seal No.", "No. of pkgs", "Kind of packages; description of goods",
    "Gross weight", "Measurement",
)  # fmt: skip


def draw(paper: Paper, *, title: str) -> Drawing:
    sheet = Sheet(paper, margin=30)
    sheet.ink = Ink(paper.style.family, 8.4)
    _parties(sheet)
    _carrier(sheet, title)
    _route(sheet, title)
    _frames(sheet)
    _cargo(sheet)
    _foot(sheet)
    _issue(sheet)
    return sheet.finished()


def _box(sheet: Sheet, start: Point, end: Point, title: str) -> Point:
    sheet.frame(start, end, width=0.6)
    sheet.put((start[0] + 3, start[1] + 8), title, ink=Ink("sans", 6.2, colour=sheet.style.accent))
    return (start[0] + 6, start[1] + 20)


def _parties(sheet: Sheet) -> None:
    middle = sheet.left + 276
    titles = (("exporter", "Shipper"), ("consignee", "Consignee"), ("notify_party", "Notify Party"))
    for at, (name, title) in enumerate(titles):
        top = _TOP + at * _PARTY
        start = _box(sheet, (sheet.left, top), (middle, top + _PARTY), title)
        if name == "notify_party" and not sheet.has(name):
            sheet.put(start, "SAME AS CONSIGNEE")
        sheet.party(start, name, width=262, tax=False)


def _carrier(sheet: Sheet, title: str) -> None:
    middle, right = sheet.left + 276, sheet.right
    carrier = sheet.paper.extras.get("carrier", "")
    sheet.put((sheet.left, 44), carrier, ink=Ink("sans", 15, bold=True, colour=sheet.style.accent))
    sheet.put((right, 44), title, ink=Ink("sans", 13, bold=True), align="right")
    half = (middle + right) / 2
    at = _box(sheet, (middle, _TOP), (half, _TOP + 30), "B/L No." if title == _BILL else "Waybill No.")
    sheet.put_runs((at[0], at[1] + 2), [sheet.value("number")], ink=sheet.ink.sized(9.4).strong())
    at = _box(sheet, (half, _TOP), (right, _TOP + 30), "Export references")
    sheet.put((at[0], at[1] + 2), sheet.paper.extras.get("reference", ""))
    sheet.frame((middle, _TOP + 30), (right, _TOP + 3 * _PARTY), width=0.6)
    sheet.flow((middle + 8, _TOP + 130), [Run(_RECEIVED)], width=right - middle - 16, ink=Ink("sans", 6.6))


def _route(sheet: Sheet, title: str) -> None:
    top = _TOP + 3 * _PARTY
    originals = [Run("THREE (3)" if title == _BILL else "NONE")]
    edges = (sheet.left, sheet.left + 138, sheet.left + 276, sheet.left + 410, sheet.right)
    rows: tuple[tuple[tuple[str, Runs], ...], ...] = (
        (
            ("Pre-carriage by", ()),
            ("Place of receipt", ()),
            ("Freight payable at", ()),
            ("Number of originals", originals),
        ),
        (
            ("Ocean vessel / Voyage No.", [sheet.value("vessel_or_flight")]),
            ("Port of loading", [sheet.value("port_of_loading")]),
            ("Port of discharge", [sheet.value("port_of_discharge")]),
            ("Place of delivery", ()),
        ),
    )
    for at, cells in enumerate(rows):
        y = top + at * 30
        for start, end, (caption, runs) in zip(edges, edges[1:], cells, strict=False):
            sheet.put_runs(_box(sheet, (start, y), (end, y + 30), caption), runs)


def _edges(sheet: Sheet) -> tuple[float, ...]:
    left, right = sheet.left, sheet.right
    return (left, left + 118, left + 168, right - 156, right - 72, right)


def _frames(sheet: Sheet) -> None:
    edges = _edges(sheet)
    ink = Ink("sans", 6.2, colour=sheet.style.accent)
    for start, end, title in zip(edges, edges[1:], _TITLES, strict=False):
        sheet.frame((start, _CARGO), (end, _DECLARED), width=0.6)
        sheet.flow((start + 3, _CARGO + 8), [Run(title)], width=end - start - 6, ink=ink)
    sheet.rule((sheet.left, _CARGO + 22), (sheet.right, _CARGO + 22), width=0.6)


def _cargo(sheet: Sheet) -> None:
    edges, y = _edges(sheet), _CARGO + 36
    below = sheet.flow((edges[0] + 5, y), [Run(sheet.paper.extras.get("marks", ""))], width=108)
    sheet.put_runs((edges[0] + 5, below + 12), [sheet.value("container_number")])
    seal = [Run("SEAL NO. "), sheet.value("seal_number")] if sheet.has("seal_number") else []
    sheet.put_runs((edges[0] + 5, below + 24), seal)
    sheet.put_runs((edges[2] - 6, y), [sheet.value("packages")], align="right")
    sheet.put_runs((edges[2] + 6, y), [sheet.value("package_kind")])
    end, width = y + 13, edges[3] - edges[2] - 12
    for line in range(len(sheet.paper.lines)):
        end = sheet.flow((edges[2] + 6, end), [sheet.cell(line, "description")], width=width)
    sheet.put_runs((edges[2] + 6, end + 24), [sheet.value("freight_terms")])
    sheet.put_runs((edges[4] - 6, y), [sheet.weight("gross_weight_kg")], align="right")
    volume = [sheet.value("volume_m3"), Run(" CBM")] if sheet.has("volume_m3") else []
    sheet.put_runs((edges[5] - 6, y), volume, align="right")
    small = Ink("sans", 6.2)
    text = "Above particulars as declared by Shipper, but without responsibility of or representation by Carrier"
    sheet.frame((sheet.left, _DECLARED), (sheet.right, _SIGN), width=0.6)
    sheet.put(((sheet.left + sheet.right) / 2, _SIGN - 5), text, ink=small, align="centre")


def _foot(sheet: Sheet) -> None:
    left, middle = sheet.left, sheet.left + 276
    _box(sheet, (left, _SIGN), (middle, _SIGN + 74), "Freight and charges")
    at = _box(sheet, (left, _SIGN + 74), (middle, _FOOT), "Shipped on board the vessel named above")
    if sheet.has("shipped_on_board_date"):
        board = [Run("SHIPPED ON BOARD "), sheet.value("shipped_on_board_date")]
        sheet.put_runs((at[0], at[1] + 10), board, ink=sheet.ink.strong())


def _issue(sheet: Sheet) -> None:
    middle, right = sheet.left + 276, sheet.right
    half = (middle + right) / 2
    at = _box(sheet, (middle, _SIGN), (half, _SIGN + 34), "Place of issue")
    sheet.put(at, sheet.paper.extras.get("issue_place", ""))
    at = _box(sheet, (half, _SIGN), (right, _SIGN + 34), "Date of issue")
    sheet.put_runs(at, [sheet.value("date")])
    sheet.frame((middle, _SIGN + 34), (right, _FOOT), width=0.6)
    carrier = sheet.paper.extras.get("carrier", "")
    sheet.put((middle + 6, _SIGN + 48), f"Signed for the Carrier {carrier}", ink=Ink("sans", 7.4))
    parts.signed(sheet, (middle + 50, _FOOT - 34), width=120)
    sheet.put((middle + 6, _FOOT - 8), "As agents for the Carrier", ink=Ink("sans", 7.4))


BILL = Layout("liner_bill", "transport_document", partial(draw, title=_BILL), "bill_of_lading", ("en",))
WAYBILL = Layout("liner_waybill", "transport_document", partial(draw, title="SEA WAYBILL"), "sea_waybill", ("en",))
