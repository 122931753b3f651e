"""A neutral air waybill of a forwarder in the boxes of IATA resolution 600a, charges and account numbers among them."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink, Point
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout

_TOP, _AGENT, _ROUTE, _RATES, _CHARGES, _FOOT = 52.0, 220.0, 272.0, 388.0, 604.0, 786.0
_RATE_TITLES = (
    "No. of Pieces RCP", "Gross Weight", "kg lb", "Rate Class", "Chargeable Weight", "Rate / Charge", "Total",
    "Nature and Quantity of Goods (incl. Dimensions or Volume)",
)  # fmt: skip
_CERTIFIES = (
    "Shipper certifies that the particulars on the face hereof are correct and that insofar as any part of the"
    " consignment contains dangerous goods, such part is properly described by name and is in proper condition for"
    " carriage by air according to the applicable Dangerous Goods Regulations."
)


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=32)
    sheet.ink = Ink("mono", 8.4)
    _numbers(sheet)
    _parties(sheet)
    _issuer(sheet)
    _route(sheet)
    _rates(sheet)
    _charges(sheet)
    _signatures(sheet)
    return sheet.finished()


def _box(sheet: Sheet, start: Point, end: Point, title: str) -> Point:
    sheet.frame(start, end, width=0.6)
    sheet.flow((start[0] + 3, start[1] + 7), [Run(title)], width=end[0] - start[0] - 5, ink=Ink("narrow", 6.2))
    return (start[0] + 6, start[1] + 22)


def _numbers(sheet: Sheet) -> None:
    number, big = sheet.paper.text("number"), sheet.ink.sized(11.5).strong()
    prefix, code = number.partition("-")[0], sheet.paper.extras.get("loading_code", "")
    sheet.put((sheet.left, 44), f"{prefix} | {code} | {number.partition('-')[2]}", ink=big)
    for y in (44, _FOOT + 16):
        sheet.put_runs((sheet.right, y), [sheet.value("number")], ink=big, align="right")


def _parties(sheet: Sheet) -> None:
    left, middle = sheet.left, sheet.left + 268
    for top, name, title in ((_TOP, "exporter", "Shipper"), (_TOP + 84, "consignee", "Consignee")):
        at = _box(sheet, (left, top), (middle, top + 84), f"{title}'s Name and Address")
        _box(sheet, (middle - 112, top), (middle, top + 20), f"{title}'s Account Number")
        sheet.party((at[0], at[1] + 10), name, width=254, tax=False)
    at = _box(sheet, (left, _AGENT), (middle, _AGENT + 28), "Issuing Carrier's Agent Name and City")
    sheet.put(at, sheet.paper.extras.get("agent", ""))
    _box(sheet, (left, _AGENT + 28), (left + 134, _ROUTE), "Agent's IATA Code")
    _box(sheet, (left + 134, _AGENT + 28), (middle, _ROUTE), "Account No.")


def _issuer(sheet: Sheet) -> None:
    middle, right = sheet.left + 268, sheet.right
    sheet.frame((middle, _TOP), (right, _TOP + 84), width=0.6)
    small = Ink("sans", 7)
    sheet.put((middle + 6, _TOP + 12), "Not Negotiable", ink=small)
    sheet.put((middle + 6, _TOP + 28), "Air Waybill", ink=Ink("sans", 14, bold=True))
    sheet.put((middle + 6, _TOP + 44), "Issued by", ink=small)
    sheet.put((middle + 6, _TOP + 60), sheet.paper.extras.get("carrier", ""), ink=Ink("sans", 10.5, bold=True))
    text = (
        "It is agreed that the goods described herein are accepted in apparent good order and condition (except as"
        " noted) for carriage subject to the conditions of contract on the reverse hereof."
    )
    sheet.frame((middle, _TOP + 84), (right, _AGENT), width=0.6)
    sheet.flow((middle + 6, _TOP + 98), [Run(text)], width=right - middle - 12, ink=Ink("sans", 6.4))
    at = _box(sheet, (middle, _AGENT), (right, _ROUTE), "Accounting Information")
    sheet.put_runs((at[0], at[1] + 4), [sheet.value("freight_terms")])


def _row(sheet: Sheet, top: float, edges: tuple[float, ...], cells: tuple[tuple[str, Runs], ...]) -> None:
    for start, end, (title, runs) in zip(edges, edges[1:], cells, strict=False):
        at = _box(sheet, (start, top), (end, top + 29), title)
        sheet.put_runs((at[0], at[1] + 2), runs)


def _route(sheet: Sheet) -> None:
    left, right = sheet.left, sheet.right
    departure = "Airport of Departure (Addr. of First Carrier) and Requested Routing"
    _row(sheet, _ROUTE, (left, left + 268, left + 360, right), (
        (departure, [sheet.value("port_of_loading")]),
        ("Reference Number", ()),
        ("Optional Shipping Information", ()),
    ))  # fmt: skip
    value = [Run("NVD")]
    _row(sheet, _ROUTE + 29, (left, left + 40, left + 150, left + 204, left + 268, left + 320, left + 420, right), (
        ("To", [Run(sheet.paper.text("port_of_discharge")[:3].upper())]),
        ("By First Carrier", ()),
        ("to / by", ()),
        ("to / by", ()),
        ("Currency", [Run(sheet.paper.extras.get("currency", ""))]),
        ("Declared Value for Carriage", value),
        ("Declared Value for Customs", [Run("AS PER INV.")]),
    ))  # fmt: skip
    _row(sheet, _ROUTE + 58, (left, left + 150, left + 268, left + 360, right), (
        ("Airport of Destination", [sheet.value("port_of_discharge")]),
        ("Requested Flight/Date", [sheet.value("vessel_or_flight")]),
        ("Amount of Insurance", [Run("NIL")]),
        ("Handling Information", [Run(sheet.paper.extras.get("marks", ""))]),
    ))  # fmt: skip


def _rates(sheet: Sheet) -> None:
    left, right, top = sheet.left, sheet.right, _ROUTE + 87
    edges = (left, left + 46, left + 118, left + 138, left + 172, left + 236, left + 300, right - 168, right)
    for start, end, title in zip(edges, edges[1:], _RATE_TITLES, strict=False):
        _box(sheet, (start, top), (end, _CHARGES), title)
    y = _RATES + 12
    agreed = [Run("AS AGREED")]
    pieces, weight = [sheet.value("packages")], [sheet.value("gross_weight_kg")]
    for baseline in (y, _CHARGES - 8):
        sheet.put_runs((edges[1] - 6, baseline), pieces, align="right")
        sheet.put_runs((edges[2] - 5, baseline), weight, align="right")
    sheet.rule((left, _CHARGES - 20), (edges[2], _CHARGES - 20), width=0.6)
    sheet.put((edges[2] + 7, y), "K")
    sheet.put((edges[3] + 12, y), "Q")
    sheet.put((edges[5] - 6, y), sheet.paper.extras.get("chargeable", ""), align="right")
    sheet.put_runs((edges[6] + 6, y), agreed)
    _nature(sheet, (edges[7] + 5, y))


def _nature(sheet: Sheet, at: Point) -> None:
    end = at[1]
    for line in range(len(sheet.paper.lines)):
        end = sheet.flow((at[0], end), [sheet.cell(line, "description")], width=sheet.right - at[0] - 6)
    if sheet.has("volume_m3"):
        sheet.put_runs((at[0], end + 10), [Run("VOLUME "), sheet.value("volume_m3"), Run(" M3")])
    sheet.put((at[0], end + 24), f"INVOICE {sheet.paper.extras.get('reference', '')}")


def _charges(sheet: Sheet) -> None:
    left, middle = sheet.left, sheet.left + 212
    half = (left + middle) / 2
    titles = (
        "Weight Charge",
        "Valuation Charge",
        "Tax",
        "Total Other Charges Due Agent",
        "Total Other Charges Due Carrier",
    )
    height = (_FOOT - _CHARGES) / (len(titles) + 1)
    for at, title in enumerate(titles):
        _box(
            sheet,
            (left, _CHARGES + at * height),
            (middle, _CHARGES + (at + 1) * height),
            f"Prepaid    {title}    Collect",
        )
    _box(sheet, (left, _FOOT - height), (half, _FOOT), "Total Prepaid")
    _box(sheet, (half, _FOOT - height), (middle, _FOOT), "Total Collect")


def _signatures(sheet: Sheet) -> None:
    middle, right = sheet.left + 212, sheet.right
    _box(sheet, (middle, _CHARGES), (right, _CHARGES + 44), "Other Charges")
    sheet.frame((middle, _CHARGES + 44), (right, _CHARGES + 112), width=0.6)
    text = [Run(_CERTIFIES)]
    sheet.flow((middle + 5, _CHARGES + 54), text, width=right - middle - 10, ink=Ink("sans", 6))
    parts.signed(sheet, (middle + 120, _CHARGES + 100))
    sheet.put((middle + 110, _CHARGES + 109), "Signature of Shipper or his Agent", ink=Ink("narrow", 6.2))
    sheet.frame((middle, _CHARGES + 112), (right, _FOOT), width=0.6)
    executed = [sheet.value("date"), Run("     "), Run(sheet.paper.extras.get("issue_place", ""))]
    sheet.put_runs((middle + 8, _FOOT - 24), executed)
    parts.signed(sheet, (right - 110, _FOOT - 22))
    caption = "Executed on (date)        at (place)        Signature of Issuing Carrier or its Agent"
    sheet.put((middle + 8, _FOOT - 8), caption, ink=Ink("narrow", 6.6))


LAYOUT = Layout("neutral_air_waybill", "transport_document", draw, "air_waybill", ("en",))
