"""A forwarder's multimodal bill of lading: few rules, the goods typed freely under a line of titles."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink, Point
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import pieces
from sample_docs.layouts.study.pieces import Frame
from sample_docs.layouts.study.words import StudySheet

_TOP, _ROUTE, _GOODS, _FOOT, _END = 44.0, 290.0, 378.0, 640.0, 790.0


def draw(paper: Paper) -> Drawing:
    sheet = StudySheet(paper, "house", margin=42)
    sheet.ink = Ink("mono", 8.6)
    _parties(sheet)
    _issuer(sheet)
    _route(sheet)
    _goods(sheet)
    _particulars(sheet)
    _foot(sheet)
    return sheet.finished()


def _caption(sheet: Sheet, at: Point, key: str) -> None:
    sheet.put(at, sheet.label(key), ink=Ink("sans", 6.8, colour=sheet.style.accent))


def _parties(sheet: Sheet) -> None:
    y = _TOP
    for name in ("exporter", "consignee", "notify_party"):
        _caption(sheet, (sheet.left, y + 8), name)
        if sheet.has(name):
            sheet.party((sheet.left + 6, y + 20), name, width=240, tax=False)
        else:
            sheet.put((sheet.left + 6, y + 20), sheet.label("same"))
        y += 80
        sheet.rule((sheet.left, y), (sheet.left + 258, y), width=0.5, colour=sheet.style.accent)


def _issuer(sheet: Sheet) -> None:
    left, accent = sheet.left + 272, sheet.style.accent
    sheet.put((left, _TOP + 10), sheet.label("number"), ink=Ink("sans", 8, colour=accent))
    sheet.put_runs((left + 50, _TOP + 10), [sheet.value("number")], ink=sheet.ink.sized(11).strong())
    title = [Run(sheet.label("title"))]
    sheet.flow((left, _TOP + 40), title, width=sheet.right - left, ink=Ink("sans", 13, bold=True, colour=accent))
    carrier = sheet.paper.extras.get("carrier", "")
    sheet.put((left, _TOP + 88), f"{carrier} Freight Forwarding", ink=Ink("sans", 10, bold=True))
    _caption(sheet, (left, _TOP + 180), "agent")
    sheet.put((left, _TOP + 192), sheet.paper.extras.get("carrier", "").upper())
    sheet.put((left, _TOP + 203), sheet.value("port_of_discharge").text.upper())


def _route(sheet: Sheet) -> None:
    third = (sheet.right - sheet.left) / 3
    discharge = sheet.value("port_of_discharge")
    cells: tuple[tuple[str, Runs], ...] = (
        ("receipt", [Run(sheet.value("port_of_loading").text)]),
        ("vessel_or_flight", [sheet.value("vessel_or_flight")]),
        ("port_of_loading", [sheet.value("port_of_loading")]),
        ("port_of_discharge", [discharge]),
        ("delivery", [Run(discharge.text)]),
    )
    for at, (key, runs) in enumerate(cells):
        x, y = sheet.left + at % 3 * third, _ROUTE + at // 3 * 34
        _caption(sheet, (x, y + 10), key)
        pieces.put(sheet, (x + 6, y + 23), runs, width=third - 12)
    sheet.rule((sheet.left, _GOODS - 12), (sheet.right, _GOODS - 12), width=0.8, colour=sheet.style.accent)


def _edges(sheet: Sheet) -> tuple[float, ...]:
    return (sheet.left, sheet.left + 100, sheet.left + 190, sheet.right - 135, sheet.right - 60)


def _goods(sheet: Sheet) -> None:
    edges, ends = _edges(sheet), (*_edges(sheet)[1:], sheet.right)
    keys = ("h_marks", "h_packages", "h_goods", "h_gross", "h_volume")
    ink = Ink("sans", 6.8, colour=sheet.style.accent)
    for start, end, key in zip(edges, ends, keys, strict=True):
        sheet.flow((start, _GOODS), [Run(sheet.label(key))], width=end - start - 6, ink=ink)
    y = _GOODS + 28
    sheet.flow((edges[0], y), [Run(sheet.paper.extras.get("marks", ""))], width=90)
    sheet.flow((edges[1], y), sheet.packages(), width=84)
    sheet.put((edges[2], y), sheet.label("said"))
    width = edges[3] - edges[2] - 12
    end = sheet.flow((edges[2], y + 12), [sheet.cell(0, "description")], width=width)
    sheet.y = end
    pieces.put(sheet, (edges[3], y), [sheet.weight("gross_weight_kg")], width=72)
    volume = [sheet.value("volume_m3"), Run(" CBM")] if sheet.has("volume_m3") else []
    pieces.put(sheet, (edges[4], y), volume, width=60)


def _particulars(sheet: Sheet) -> None:
    left = _edges(sheet)[2]
    if sheet.has("container_number"):
        runs = [Run(sheet.label("container")), sheet.value("container_number")]
        seal = [Run(" / "), sheet.value("seal_number")] if sheet.has("seal_number") else []
        sheet.y = sheet.flow((left, sheet.y + 14), [*runs, *seal], width=sheet.right - left)
    if sheet.has("shipped_on_board_date"):
        shipped = [Run(sheet.label("shipped")), sheet.value("shipped_on_board_date")]
        sheet.put_runs((left, sheet.y + 14), shipped)
    according = Ink("sans", 6.8, colour=sheet.style.accent)
    sheet.put(((sheet.left + sheet.right) / 2, _FOOT - 8), sheet.label("according"), ink=according, align="centre")


def _foot(sheet: Sheet) -> None:
    third = (sheet.right - sheet.left) / 3
    place = [Run(f"{sheet.paper.extras.get('issue_place', '')}, "), sheet.value("date")]
    cells: tuple[tuple[str, Runs], ...] = (
        ("freight_terms", [sheet.value("freight_terms")]),
        ("payable", [Run(sheet.paper.extras.get("issue_place", ""))]),
        ("place_date", place),
        ("originals", [Run(sheet.label("three"))]),
    )
    for at, (key, runs) in enumerate(cells):
        left, top = sheet.left + at % 3 * third, _FOOT + at // 3 * 38
        frame = Frame(left, top, left + third, top + 38)
        pieces.captioned(sheet, frame, sheet.label(key), runs)
    pieces.signed(sheet, (sheet.right - 170, _END - 20))


LAYOUT = Layout("house_bill", "transport_document", draw, "bill_of_lading", ("en", "es"))
