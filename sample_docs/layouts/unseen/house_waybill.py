"""A forwarder's house waybill: letterhead, shaded captions, an agent at destination, totals under the cargo."""

from __future__ import annotations

from typing import Final

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.unseen.pieces import Edges, compact_party, grey, invented, near

_SHADE: Final = "#dfe6ee"
_HEAD: Final = 12.0  # height of a shaded caption
_AGENT: Final = ("Meridian Gate Logistics", "Quay Street 4, Office 12", "as receiving agent")


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=38)
    sheet.ink = Ink("wide" if paper.style.family == "wide" else "sans", 8.4)
    _head(sheet)
    _parties(sheet)
    _route(sheet)
    _cargo(sheet)
    _foot(sheet)
    return sheet.finished()


def _box(sheet: Sheet, edges: Edges, title: str, runs: Runs) -> None:
    """A caption on a shaded strip, the entry in the white part under it."""
    left, top, right, bottom = edges
    sheet.frame((left, top), (right, top + _HEAD), width=0.4, fill=_SHADE)
    sheet.frame((left, top), (right, bottom), width=0.4)
    sheet.put((left + 4, top + 8.6), title.upper(), ink=Ink("sans", 6.2, bold=True, colour="#33475b"))
    sheet.flow((left + 6, top + _HEAD + 12), runs, width=right - left - 10)


def _head(sheet: Sheet) -> None:
    carrier = sheet.paper.extras.get("carrier", "")
    sheet.put((sheet.left, 52), f"{carrier} Forwarding", ink=Ink("serif", 17, bold=True, colour=sheet.style.accent))
    sheet.put((sheet.left, 64), "International freight forwarders · NVOCC · Customs brokers", ink=grey(sheet.ink, 7))
    sheet.put((sheet.right, 48), "NON-NEGOTIABLE SEA WAYBILL", ink=Ink("sans", 12, bold=True), align="right")
    sheet.put((sheet.right, 61), "for combined transport or port to port shipment", ink=grey(sheet.ink), align="right")
    left, right, quarter = sheet.left, sheet.right, (sheet.right - sheet.left) / 4
    cells: tuple[tuple[str, Runs], ...] = (
        ("House waybill no.", [sheet.value("number")]),
        ("Master B/L no.", [Run(invented(sheet, "master", "MGLU99999999"))]),
        ("Shipper's ref.", [Run(sheet.paper.extras.get("reference", ""))]),
        ("File no.", [Run(invented(sheet, "file", "SE9999/99"))]),
    )
    for at, (title, runs) in enumerate(cells):
        _box(sheet, (left + at * quarter, 76, min(left + (at + 1) * quarter, right), 106), title, runs)


def _parties(sheet: Sheet) -> None:
    left, right, middle = sheet.left, sheet.right, (sheet.left + sheet.right) / 2
    places = (
        ("exporter", "Consignor / shipper", (left, 112, middle, 184)),
        ("consignee", "Consigned to", (middle, 112, right, 184)),
        ("notify_party", "Notify address", (left, 190, middle, 252)),
    )
    for name, title, edges in places:
        missing = name == "notify_party" and not sheet.has(name)
        _box(sheet, edges, title, [Run("SAME AS CONSIGNEE")] if missing else [])
        compact_party(sheet, (edges[0] + 6, edges[1] + 24), name, width=edges[2] - edges[0] - 12)
    _box(sheet, (middle, 190, right, 252), "For delivery of goods please apply to", [])
    for at, text in enumerate((*_AGENT, invented(sheet, "agent", "Tel. +99 99 555 9999"))):
        sheet.put((middle + 6, 214 + at * 10.4), text)


def _route(sheet: Sheet) -> None:
    width = (sheet.right - sheet.left) / 3
    cells: tuple[tuple[str, Runs], ...] = (
        ("Ocean vessel / voyage", [sheet.value("vessel_or_flight")]),
        ("Loading port", [sheet.value("port_of_loading")]),
        ("Port of discharge", [sheet.value("port_of_discharge")]),
        ("Freight", [sheet.value("freight_terms")]),
        ("On board date", [sheet.value("shipped_on_board_date")]),
        ("Estimated arrival", [Run(near(sheet, 27))]),
    )
    for at, (title, runs) in enumerate(cells):
        x, y = sheet.left + at % 3 * width, 258 + at // 3 * 32
        _box(sheet, (x, y, x + width, y + 32), title, runs)


def _cargo(sheet: Sheet) -> None:
    left, right, top, low = sheet.left, sheet.right, 330.0, 560.0
    edges = (left, left + 118, left + 196, right - 148, right - 70, right)
    titles = ("Marks & nos.", "Quantity / kind", "Said to contain", "Gross weight", "Cube")
    for start, end, title in zip(edges, edges[1:], titles, strict=False):
        _box(sheet, (start, top, end, low), title, [])
    y = top + 28
    sheet.flow((left + 6, y), [Run(sheet.paper.extras.get("marks", ""))], width=106)
    sheet.flow((edges[1] + 6, y), sheet.packages(), width=68)
    end = y
    for line in range(len(sheet.paper.lines)):
        end = sheet.flow((edges[2] + 6, end), [sheet.cell(line, "description")], width=edges[3] - edges[2] - 12)
    sheet.flow((edges[2] + 6, end + 12), [Run("SHIPPED ON BOARD - CLEAN")], width=160)
    sheet.put_runs((edges[4] - 6, y), [sheet.weight("gross_weight_kg")], align="right")
    volume: Runs = [sheet.value("volume_m3"), Run(" M3")] if sheet.has("volume_m3") else []
    sheet.put_runs((right - 5, y), volume, align="right")
    _containers(sheet, low)


def _containers(sheet: Sheet, top: float) -> None:
    """The list of equipment with the packages and weight in each; here it is one."""
    left, right = sheet.left, sheet.right
    width = (right - left) / 5
    cells: tuple[tuple[str, Runs], ...] = (
        ("Container no.", [sheet.value("container_number")]),
        ("Size / type", [Run("40' HC")]),
        ("Seal no.", [sheet.value("seal_number")]),
        ("Packages", [sheet.value("packages")]),
        ("Cargo kg", [sheet.weight("gross_weight_kg")]),
    )
    for at, (title, runs) in enumerate(cells):
        _box(sheet, (left + at * width, top + 6, left + (at + 1) * width, top + 38), title, runs)


def _foot(sheet: Sheet) -> None:
    left, right, middle = sheet.left, sheet.right, sheet.left + 280
    text = (
        "Received in apparent good order and condition except as otherwise noted. The goods are delivered to the"
        " consignee on proof of identity; no original document need be presented. Our standard trading conditions"
        " apply and are sent on request."
    )
    sheet.flow((left, 622), [Run(text)], width=250, ink=grey(sheet.ink, 7))
    issued = [Run(f"{sheet.paper.extras.get('issue_place', '')}, "), sheet.value("date")]
    _box(sheet, (middle, 610, right, 642), "Place and date of issue", issued)
    _box(sheet, (middle, 648, right, 730), "Signed as carrier", [])
    parts.signed(sheet, (middle + 50, 708), width=120)
    sheet.put((left, 760), invented(sheet, "terms", "Form HWB-99/9 - page 1 of 1"), ink=grey(sheet.ink, 6.5))


LAYOUT = Layout("house_waybill", "transport_document", draw, "sea_waybill", ("en",))
