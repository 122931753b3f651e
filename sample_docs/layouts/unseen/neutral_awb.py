"""A neutral air waybill with all boxes of the IATA form, most of them empty, charges as agreed."""

from __future__ import annotations

from typing import Final

from sample_docs.generator.drawing import Drawing, Ink, Point
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.unseen.pieces import Edges, invented

_RATES, _CHARGES, _FOOT = 416.0, 604.0, 790.0
_MIDDLE: Final = 266.0  # from the left margin
_BLUE: Final = "#2b4a8b"


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=30)
    sheet.ink = Ink("mono" if paper.style.family in {"mono", "sans"} else "narrow", 8.8)
    _numbers(sheet)
    _parties(sheet)
    _issuer(sheet)
    _routing(sheet)
    _declared(sheet)
    _rates(sheet)
    _charges(sheet)
    _signatures(sheet)
    return sheet.finished()


def _box(sheet: Sheet, edges: Edges, title: str, runs: Runs = ()) -> Point:
    """Thin blue rules and captions, the entries in black type."""
    sheet.frame((edges[0], edges[1]), (edges[2], edges[3]), width=0.4, colour=_BLUE)
    ink, room = Ink("sans", 5.2, colour=_BLUE), edges[2] - edges[0] - 4
    y = sheet.flow((edges[0] + 2, edges[1] + 6.4), [Run(title)], width=room, ink=ink)
    sheet.flow((edges[0] + 5, y + 6), runs, width=edges[2] - edges[0] - 7)
    return (edges[0] + 5, y + 6)


def _numbers(sheet: Sheet) -> None:
    number, big = sheet.value("number"), sheet.ink.sized(11).strong()
    sheet.put((sheet.left, 36), number.text[:3], ink=big)
    sheet.put((sheet.left + 34, 36), sheet.paper.extras.get("loading_code", ""), ink=big)
    sheet.put_runs((sheet.right, 36), [number], ink=big, align="right")
    sheet.put_runs((sheet.right, 808), [number], ink=big, align="right")
    sheet.put((sheet.left, 806), "ORIGINAL 3 (FOR SHIPPER)", ink=Ink("sans", 9, bold=True, colour=_BLUE))


def _parties(sheet: Sheet) -> None:
    left, middle = sheet.left, sheet.left + _MIDDLE
    for top, name, who in ((42.0, "exporter", "Shipper"), (122.0, "consignee", "Consignee")):
        at = _box(sheet, (left, top, middle, top + 80), f"{who}'s Name and Address")
        account = [Run(invented(sheet, name, "99-9 9999"))] if name == "exporter" else []
        _box(sheet, (middle - 110, top, middle, top + 22), f"{who}'s Account Number", account)
        sheet.party((at[0], top + 30), name, ink=sheet.ink.sized(8.4), width=_MIDDLE - 10, tax=False)
    agent: Runs = [Run(sheet.paper.extras.get("agent", "Skylark Cargo Agency"))]
    _box(sheet, (left, 202, middle, 232), "Issuing Carrier's Agent Name and City", agent)
    iata = [Run(invented(sheet, "iata", "99-9 9999/9999"))]
    _box(sheet, (left, 232, left + 133, 256), "Agent's IATA Code", iata)
    _box(sheet, (left + 133, 232, middle, 256), "Account No.")


def _issuer(sheet: Sheet) -> None:
    middle, right = sheet.left + _MIDDLE, sheet.right
    _box(sheet, (middle, 42, right, 100), "Not Negotiable")
    sheet.put((middle + 8, 66), "Air Waybill", ink=Ink("sans", 12, bold=True, colour=_BLUE))
    sheet.put((middle + 8, 76), "Issued by", ink=Ink("sans", 5.6, colour=_BLUE))
    sheet.put((middle + 8, 92), sheet.paper.extras.get("carrier", ""), ink=sheet.ink.sized(11).strong())
    text = (
        "It is agreed that the goods described herein are accepted in apparent good order and condition (except as"
        " noted) for carriage SUBJECT TO THE CONDITIONS OF CONTRACT ON THE REVERSE HEREOF. ALL GOODS MAY BE CARRIED"
        " BY ANY OTHER MEANS INCLUDING ROAD OR ANY OTHER CARRIER UNLESS SPECIFIC CONTRARY INSTRUCTIONS ARE GIVEN"
        " HEREON BY THE SHIPPER. THE SHIPPER'S ATTENTION IS DRAWN TO THE NOTICE CONCERNING CARRIER'S LIMITATION OF"
        " LIABILITY."
    )
    sheet.frame((middle, 100), (right, 202), width=0.4, colour=_BLUE)
    sheet.flow((middle + 4, 112), [Run(text)], width=right - middle - 10, ink=Ink("sans", 6, colour=_BLUE))
    terms: Runs = [sheet.value("freight_terms")]
    _box(sheet, (middle, 202, right, 256), "Accounting Information", terms)


def _routing(sheet: Sheet) -> None:
    left, right, middle = sheet.left, sheet.right, sheet.left + _MIDDLE
    departure: Runs = [sheet.value("port_of_loading")]
    title = "Airport of Departure (Addr. of First Carrier) and Requested Routing"
    _box(sheet, (left, 256, middle, 284), title, departure)
    reference = [Run(invented(sheet, "reference", "REF 999999"))]
    _box(sheet, (middle, 256, right, 284), "Reference Number / Optional Shipping Information", reference)
    edges = (left, left + 30, left + 140, left + 168, left + 196, left + 224, left + _MIDDLE)
    titles = ("To", "By First Carrier", "to", "by", "to", "by")
    for start, end, name in zip(edges, edges[1:], titles, strict=False):
        _box(sheet, (start, 284, end, 308), name)
    carrier = sheet.paper.extras.get("carrier", "")
    size = min(8.0, 8.0 * 100 / max(sheet.ink.sized(8).width(carrier), 1.0))
    sheet.put((left + 36, 303), carrier, ink=sheet.ink.sized(size))
    _money(sheet)


def _money(sheet: Sheet) -> None:
    middle, right = sheet.left + _MIDDLE, sheet.right
    edges = (middle, middle + 38, middle + 66, middle + 94, middle + 122, middle + 194, right)
    cells: tuple[tuple[str, str], ...] = (
        ("Currency", sheet.paper.extras.get("currency", "")), ("CHGS", "PP"), ("WT/VAL", "X"),
        ("Other", "X"), ("Declared Value for Carriage", "NVD"), ("Declared Value for Customs", "NCV"),
    )  # fmt: skip
    for start, end, (title, text) in zip(edges, edges[1:], cells, strict=False):
        _box(sheet, (start, 284, end, 308), title, [Run(text)])


def _declared(sheet: Sheet) -> None:
    left, right, middle = sheet.left, sheet.right, sheet.left + _MIDDLE
    _box(sheet, (left, 308, left + 140, 336), "Airport of Destination", [sheet.value("port_of_discharge")])
    _box(sheet, (left + 140, 308, middle, 336), "Requested Flight/Date", [sheet.value("vessel_or_flight")])
    _box(sheet, (middle, 308, middle + 86, 336), "Amount of Insurance", [Run("XXX")])
    insured = (
        "INSURANCE - If carrier offers insurance, and such insurance is requested in accordance with the conditions"
        " thereof, indicate amount to be insured in figures in box marked 'Amount of Insurance'."
    )
    _box(sheet, (middle + 86, 308, right, 336), insured)
    handling: Runs = [Run(f"{sheet.paper.extras.get('marks', '')}   DOCS ATTD: COMM. INVOICE")]
    _box(sheet, (left, 336, right, 376), "Handling Information", handling)


def _rates(sheet: Sheet) -> None:
    left, right = sheet.left, sheet.right
    edges = (left, left + 44, left + 112, left + 128, left + 196, left + 256, left + 312, left + 384, right)
    titles = (
        "No. of Pieces RCP", "Gross Weight", "kg lb", "Rate Class / Commodity Item No.", "Chargeable Weight",
        "Rate / Charge", "Total", "Nature and Quantity of Goods (incl. Dimensions or Volume)",
    )  # fmt: skip
    for start, end, title in zip(edges, edges[1:], titles, strict=False):
        _box(sheet, (start, 376, end, _CHARGES), title)
    pieces, weight = sheet.value("packages"), sheet.value("gross_weight_kg")
    for y in (_RATES, _CHARGES - 8):
        sheet.put_runs((edges[1] - 6, y), [pieces], align="right")
        sheet.put_runs((edges[2] - 5, y), [weight], align="right")
    sheet.rule((left, _CHARGES - 22), (edges[2], _CHARGES - 22), width=0.4, colour=_BLUE)
    sheet.put((edges[2] + 4, _RATES), "K")
    sheet.put((edges[3] + 6, _RATES), "Q")
    sheet.put((edges[5] - 5, _RATES), sheet.paper.extras.get("chargeable", ""), align="right")
    sheet.put((edges[6] - 4, _RATES), "AS AGREED", ink=sheet.ink.sized(7.6), align="right")
    end, x, room = _RATES, edges[7] + 5, right - edges[7] - 8
    for line in range(len(sheet.paper.lines)):
        end = sheet.flow((x, end), [sheet.cell(line, "description")], width=room)
    if sheet.has("volume_m3"):
        end = sheet.flow((x, end + 8), [Run("VOL. "), sheet.value("volume_m3"), Run(" CBM")], width=room)
    sheet.flow((x, end + 6), [Run(f"INV. {sheet.paper.extras.get('reference', '')}")], width=room)


def _charges(sheet: Sheet) -> None:
    left, middle = sheet.left, sheet.left + 190
    half = (left + middle) / 2
    rows = ("Weight Charge", "Valuation Charge", "Tax", "Total Other Charges Due Agent",
            "Total Other Charges Due Carrier", "Total")  # fmt: skip
    high = (_FOOT - _CHARGES) / len(rows)
    for at, title in enumerate(rows):
        top = _CHARGES + at * high
        _box(sheet, (left, top, half, top + high), f"Prepaid  {title}")
        _box(sheet, (half, top, middle, top + high), f"Collect  {title}")
    sheet.put((left + 10, _CHARGES + 22), "AS AGREED", ink=sheet.ink.sized(7.6))


def _signatures(sheet: Sheet) -> None:
    middle, right = sheet.left + 190, sheet.right
    fees: Runs = [Run("AWC AS AGREED  MYC AS AGREED")]
    _box(sheet, (middle, _CHARGES, right, _CHARGES + 44), "Other Charges", fees)
    text = (
        "Shipper certifies that the particulars on the face hereof are correct and that insofar as any part of the"
        " consignment contains dangerous goods, such part is properly described by name."
    )
    _box(sheet, (middle, _CHARGES + 44, right, _CHARGES + 114), text)
    parts.signed(sheet, (middle + 120, _CHARGES + 92))
    sheet.put((middle + 90, _CHARGES + 110), "Signature of Shipper or his Agent", ink=Ink("sans", 5.2, colour=_BLUE))
    _box(sheet, (middle, _CHARGES + 114, right, _FOOT), "")
    sheet.put_runs((middle + 10, _FOOT - 22), [sheet.value("date")])
    sheet.put((middle + 120, _FOOT - 22), sheet.paper.extras.get("issue_place", ""))
    parts.signed(sheet, (right - 110, _FOOT - 20))
    foot = (
        "Executed on (date)                    at (place)                    Signature of Issuing Carrier or its Agent"
    )
    sheet.put((middle + 10, _FOOT - 6), foot, ink=Ink("sans", 5.2, colour=_BLUE))


LAYOUT = Layout("neutral_awb", "transport_document", draw, "air_waybill", ("en",))
