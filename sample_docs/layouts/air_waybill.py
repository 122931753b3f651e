"""An air waybill in the boxes of IATA resolution 600a, reduced to those that are filled in."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout

_GOODS, _SIGN, _FOOT = 400.0, 640.0, 770.0


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=34)
    sheet.ink = Ink("mono", 8.6)
    _number(sheet)
    _parties(sheet)
    _route(sheet)
    _rates(sheet)
    _signatures(sheet)
    return sheet.finished()


def _number(sheet: Sheet) -> None:
    number = sheet.paper.text("number")
    big = sheet.ink.sized(12).strong()
    sheet.put((sheet.left, 44), f"{number[:3]}  {sheet.paper.extras.get('loading_code', '')}", ink=big)
    sheet.put((sheet.right, 44), number, ink=big, name="number", align="right")
    sheet.put((sheet.right, _FOOT + 16), number, ink=big, name="number", align="right")


def _parties(sheet: Sheet) -> None:
    left, right, middle = sheet.left, sheet.right, sheet.left + 262
    at = parts.box(sheet, (left, 52), (middle, 132), "Shipper's Name and Address")
    sheet.party((at[0], at[1] + 8), "exporter", width=248, tax=False)
    at = parts.box(sheet, (middle, 52), (right, 132), "Not negotiable. Air Waybill issued by")
    sheet.put((at[0] + 4, at[1] + 22), sheet.paper.extras.get("carrier", ""), ink=Ink("sans", 14, bold=True))
    at = parts.box(sheet, (left, 132), (middle, 212), "Consignee's Name and Address")
    sheet.party((at[0], at[1] + 8), "consignee", width=248, tax=False)
    parts.box(
        sheet,
        (middle, 132),
        (right, 212),
        "Copies 1, 2 and 3 of this Air Waybill are originals and have the same validity.",
    )
    at = parts.box(sheet, (left, 212), (middle, 256), "Issuing Carrier's Agent Name and City")
    sheet.put((at[0], at[1] + 10), sheet.paper.extras.get("agent", ""))
    at = parts.box(sheet, (middle, 212), (right, 256), "Accounting Information")
    sheet.put_runs((at[0], at[1] + 10), [sheet.value("freight_terms")])


def _route(sheet: Sheet) -> None:
    left, right, top = sheet.left, sheet.right, 256.0
    at = parts.box(
        sheet, (left, top), (right, top + 32), "Airport of Departure (Addr. of First Carrier) and Requested Routing"
    )
    sheet.put_runs((at[0], at[1] + 10), [sheet.value("port_of_loading")])
    edges = (left, left + 190, left + 310, left + 380, right)
    cells: tuple[tuple[str, Runs], ...] = (
        ("Airport of Destination", [sheet.value("port_of_discharge")]),
        ("Requested Flight/Date", [sheet.value("vessel_or_flight")]),
        ("Currency", [Run(sheet.paper.extras.get("currency", ""))]),
        ("Declared Value for Carriage / for Customs", [Run("NVD / AS PER INVOICE")]),
    )
    for start, end, (title, runs) in zip(edges, edges[1:], cells, strict=False):
        at = parts.box(sheet, (start, top + 32), (end, top + 64), title)
        sheet.put_runs((at[0], at[1] + 10), runs)
    at = parts.box(sheet, (left, top + 64), (right, _GOODS - 36), "Handling Information")
    sheet.put((at[0], at[1] + 12), sheet.paper.extras.get("marks", ""))


def _rates(sheet: Sheet) -> None:
    left, right, top = sheet.left, sheet.right, _GOODS - 36
    edges = (left, left + 48, left + 122, left + 146, left + 180, left + 246, left + 306, right - 150, right)
    titles = (
        "No. of Pieces RCP",
        "Gross Weight",
        "kg lb",
        "Rate Class",
        "Chargeable Weight",
        "Rate / Charge",
        "Total",
        "Nature and Quantity of Goods (incl. Dimensions or Volume)",
    )
    for start, end, title in zip(edges, edges[1:], titles, strict=False):
        parts.box(sheet, (start, top), (end, _SIGN), title)
    y = _GOODS + 8
    sheet.put_runs((edges[1] - 8, y), [sheet.value("packages")], align="right")
    sheet.put_runs((edges[2] - 6, y), [sheet.value("gross_weight_kg")], align="right")
    sheet.put((edges[2] + 8, y), "K")
    sheet.put((edges[3] + 10, y), "Q")
    sheet.put((edges[5] - 6, y), sheet.paper.extras.get("chargeable", ""), align="right")
    sheet.put((edges[5] + 4, y), "AS AGREED")
    end = y
    for line in range(len(sheet.paper.lines)):
        end = sheet.flow((edges[7] + 5, end), [sheet.cell(line, "description")], width=140)
    if sheet.has("volume_m3"):
        sheet.put_runs((edges[7] + 5, end + 8), [Run("VOL "), sheet.value("volume_m3"), Run(" M3")])
    sheet.put_runs((edges[7] + 5, end + 24), [Run("INV "), Run(sheet.paper.extras.get("reference", ""))])
    sheet.rule((left, _SIGN - 22), (edges[2], _SIGN - 22), colour=sheet.style.accent)
    sheet.put((edges[1] - 8, _SIGN - 8), sheet.value("packages").text, name="packages", align="right")
    sheet.put((edges[2] - 6, _SIGN - 8), sheet.value("gross_weight_kg").text, name="gross_weight_kg", align="right")


def _signatures(sheet: Sheet) -> None:
    left, right, middle = sheet.left, sheet.right, sheet.left + 210
    at = parts.box(sheet, (left, _SIGN), (middle, _FOOT), "Prepaid / Weight Charge / Collect")
    sheet.put((at[0] + 8, at[1] + 18), "AS AGREED")
    at = parts.box(
        sheet,
        (middle, _SIGN),
        (right, _SIGN + 62),
        "Shipper certifies that the particulars on the face hereof are correct",
    )
    parts.signed(sheet, (middle + 110, _SIGN + 44))
    at = parts.box(
        sheet,
        (middle, _SIGN + 62),
        (right, _FOOT),
        "Executed on (date) at (place). Signature of Issuing Carrier or its Agent",
    )
    executed = [sheet.value("date"), Run(f"   {sheet.paper.extras.get('issue_place', '')}")]
    sheet.put_runs((at[0], at[1] + 22), executed)
    parts.signed(sheet, (right - 120, _FOOT - 16))


LAYOUT = Layout("air_waybill", "transport_document", draw, "air_waybill")
