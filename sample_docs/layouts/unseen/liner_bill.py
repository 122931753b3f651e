"""An ocean bill of lading of a container carrier: sixteen ruled boxes, the cargo without rules, charges below it."""

from __future__ import annotations

from typing import Final

from sample_docs.generator.drawing import Drawing, Ink, Point
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.unseen.pieces import Edges, box, invented, logo
from sample_docs.layouts.unseen.spoken import spoken

_TOP, _ROUTE, _CARGO, _CHARGES, _FOOT = 34.0, 262.0, 334.0, 618.0, 812.0
_MIDDLE: Final = 276.0  # from the left margin
_CLAUSE: Final = (
    "SHIPPED on board in apparent good order and condition (unless otherwise stated herein) the total number of"
    " containers or other packages indicated below for carriage subject to all the terms and conditions of the"
    " carrier's tariff and of this bill of lading, including those on the reverse page."
)


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=28)
    sheet.ink = Ink("mono" if paper.style.family in {"serif", "mono"} else paper.style.family, 8.2)
    _parties(sheet)
    _carrier(sheet)
    _route(sheet)
    _cargo(sheet)
    _charges(sheet)
    _issued(sheet)
    return sheet.finished()


def _cell(sheet: Sheet, edges: Edges, title: str, runs: Runs, *, ink: Ink | None = None) -> Point:
    at = box(sheet, edges, title)
    sheet.flow((at[0], at[1] + 4), runs, width=edges[2] - edges[0] - 12, ink=ink)
    return at


def _parties(sheet: Sheet) -> None:
    left, middle = sheet.left, sheet.left + _MIDDLE
    titles = (
        ("exporter", "Shipper (complete name and address)"),
        ("consignee", "Consignee (negotiable only if consigned 'to order')"),
        ("notify_party", "Notify Party (see clause 22)"),
    )
    for at, (name, title) in enumerate(titles):
        top = _TOP + at * 76
        x, y = box(sheet, (left, top, middle, top + 76), title)
        if name == "notify_party" and not sheet.has(name):
            sheet.put((x, y + 4), "THE SAME AS CONSIGNEE")
        sheet.party((x, y + 3), name, width=_MIDDLE - 14, tax=False)


def _carrier(sheet: Sheet) -> None:
    middle, right = sheet.left + _MIDDLE, sheet.right
    half = (middle + right) / 2
    _cell(sheet, (middle, _TOP, half, 66), "Booking No.", [Run(invented(sheet, "booking", "299999999"))])
    _cell(sheet, (half, _TOP, right, 66), "B/L No.", [sheet.value("number")], ink=sheet.ink.sized(10).strong())
    _cell(sheet, (middle, 66, half, 98), "Export references", [Run(sheet.paper.extras.get("reference", ""))])
    _cell(sheet, (half, 66, right, 98), "Svc contract", [Run(invented(sheet, "contract", "SC-999999"))])
    carrier = sheet.paper.extras.get("carrier", "")
    logo(sheet, (middle + 14, 112), 30)
    sheet.put((middle + 54, 132), carrier, ink=Ink("sans", 15, bold=True, colour=sheet.style.accent))
    sheet.put((middle + 54, 146), "BILL OF LADING for ocean or multimodal transport", ink=Ink("sans", 7.5))
    sheet.flow((middle + 12, 172), [Run(_CLAUSE)], width=right - middle - 22, ink=Ink("narrow", 7))
    sheet.put((right - 6, 254), "ORIGINAL", ink=Ink("sans", 11, bold=True), align="right")
    sheet.frame((middle, 98), (right, _ROUTE), width=0.5)


def _route(sheet: Sheet) -> None:
    """Two rows of four boxes; those for inland carriage stay empty, as for port to port shipments."""
    width = (sheet.right - sheet.left) / 4
    cells: tuple[tuple[str, Runs], ...] = (
        ("Pre-carriage by*", []),
        ("Place of Receipt*", []),
        ("Vessel and Voyage No.", [sheet.value("vessel_or_flight")]),
        ("Type of move", [Run("FCL/FCL")]),
        ("Port of Loading", [sheet.value("port_of_loading")]),
        ("Port of Discharge", [sheet.value("port_of_discharge")]),
        ("Place of Delivery*", []),
        ("No. of Original Bills of Lading", [Run("3 / THREE")]),
    )
    for at, (title, runs) in enumerate(cells):
        x, y = sheet.left + at % 4 * width, _ROUTE + at // 4 * 30
        _cell(sheet, (x, y, x + width, y + 30), title, runs)


def _cargo(sheet: Sheet) -> None:
    left, right, top = sheet.left, sheet.right, _ROUTE + 60
    box(sheet, (left, top, right, _CHARGES), "PARTICULARS FURNISHED BY SHIPPER - CARRIER NOT RESPONSIBLE")
    small, edges = Ink("sans", 6), (left + 6, left + 112, right - 138, right - 6)
    sheet.put((edges[0], top + 18), "Container Nos. / Seal Nos. / Marks and Numbers", ink=small)
    sheet.put((edges[1] + 50, top + 18), "Kind of Packages; Description of Goods", ink=small)
    sheet.put((right - 70, top + 18), "Gross Cargo Weight", ink=small, align="right")
    sheet.put((edges[3], top + 18), "Measurement", ink=small, align="right")
    y = _CARGO + 20
    _equipment(sheet, (edges[0], y))
    end = sheet.flow((edges[1] + 50, y), [Run("1 CONTAINER SAID TO CONTAIN "), *sheet.packages()], width=220) + 4
    for line in range(len(sheet.paper.lines)):
        end = sheet.flow((edges[1] + 50, end), [sheet.cell(line, "description")], width=220)
    weight = sheet.weight("gross_weight_kg")
    sheet.put_runs((right - 70, y), [weight], align="right")
    volume: Runs = [sheet.value("volume_m3"), Run(" CBM")] if sheet.has("volume_m3") else []
    sheet.put_runs((edges[3], y), volume, align="right")
    sheet.put_runs((edges[1] + 50, end + 12), [sheet.value("freight_terms")])
    count = sheet.paper.text("packages")
    words = f"TOTAL: {spoken(int(count))} PACKAGES ONLY" if count.isdigit() else ""
    sheet.flow((edges[1] + 50, end + 28), [Run(words)], width=250)


def _equipment(sheet: Sheet, at: Point) -> None:
    """Container, type and seal, and the marks below."""
    y = at[1]
    if sheet.has("container_number"):
        sheet.put_runs(at, [sheet.value("container_number"), Run(" 40'HC")])
        y += 11
    if sheet.has("seal_number"):
        sheet.put_runs((at[0], y), [Run("SEAL "), sheet.value("seal_number")])
        y += 11
    sheet.flow((at[0], y + 8), [Run(sheet.paper.extras.get("marks", ""))], width=140)


def _charges(sheet: Sheet) -> None:
    left, right = sheet.left, sheet.right
    titles = ("Freight & Charges", "Rate", "Unit", "Currency", "Prepaid", "Collect")
    width = (right - left) / len(titles)
    for at, title in enumerate(titles):
        box(sheet, (left + at * width, _CHARGES, left + (at + 1) * width, _CHARGES + 54), title)
    for row, name in enumerate(("Basic Ocean Freight", "Terminal Handling", "Documentation Fee")):
        sheet.put((left + 6, _CHARGES + 20 + row * 12), name, ink=sheet.ink.sized(7))
        sheet.put((left + width + 6, _CHARGES + 20 + row * 12), "AS ARRANGED", ink=sheet.ink.sized(7))


def _issued(sheet: Sheet) -> None:
    left, right, top, middle = sheet.left, sheet.right, _CHARGES + 54, sheet.left + _MIDDLE
    third = (middle - left) / 2
    _cell(sheet, (left, top, left + third, top + 36), "Carrier's Receipt (total containers)", [Run("1 container")])
    place = [Run(sheet.paper.extras.get("issue_place", ""))]
    _cell(sheet, (left + third, top, middle, top + 36), "Place of Issue of B/L", place)
    dated = [sheet.value("shipped_on_board_date")]
    _cell(sheet, (left, top + 36, left + third, top + 72), "Shipped on Board Date", dated)
    _cell(sheet, (left + third, top + 36, middle, top + 72), "Date of Issue of B/L", [sheet.value("date")])
    _cell(sheet, (left, top + 72, middle, _FOOT), "Declared Value (see clause 7.3)", [])
    box(sheet, (middle, top, right, _FOOT), "Signed for the Carrier")
    sheet.put((middle + 8, top + 28), sheet.paper.extras.get("carrier", ""), ink=sheet.ink.strong())
    parts.signed(sheet, (middle + 40, _FOOT - 40), width=130)
    sheet.put((middle + 8, _FOOT - 12), "As Agent(s) for the Carrier", ink=Ink("sans", 7))


LAYOUT = Layout("liner_bill", "transport_document", draw, "bill_of_lading", ("en",))
"""Bills of lading are written in English the world over."""
