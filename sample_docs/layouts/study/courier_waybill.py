"""An express courier's waybill: numbered coloured bars, a bar code, a small table of pieces and weights."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study import pieces
from sample_docs.layouts.study.pieces import Frame
from sample_docs.layouts.study.words import StudySheet

_BAR = 14.0  # points; height of a coloured bar


def draw(paper: Paper) -> Drawing:
    sheet = StudySheet(paper, "courier", margin=40)
    sheet.ink = Ink("sans", 9)
    _head(sheet)
    _parties(sheet)
    _route(sheet)
    _details(sheet)
    _goods(sheet)
    _customs(sheet)
    _signed(sheet)
    return sheet.finished()


def _head(sheet: Sheet) -> None:
    sheet.frame((sheet.left, 36), (sheet.right, 72), width=0, fill="#ffd200")
    carrier = sheet.paper.extras.get("carrier", "").upper()
    sheet.put((sheet.left + 8, 60), carrier, ink=Ink("sans", 17, bold=True, colour="#b00020"))
    sheet.put((sheet.left, 88), sheet.label("title"), ink=sheet.ink.strong())
    x, chance = sheet.right - 190, sheet.chance("bars")
    while x < sheet.right:
        sheet.rule((x, 78), (x, 106), width=chance.pick((0.6, 1.2, 1.8)))
        x += chance.pick((1.8, 2.4, 3.4))
    number = [Run(f"{sheet.label('number')} "), sheet.value("number")]
    sheet.put_runs((sheet.right, 120), number, ink=sheet.ink.sized(12).strong(), align="right")
    sheet.y = 130


def _bar(sheet: Sheet, left: float, right: float, key: str) -> None:
    sheet.frame((left, sheet.y), (right, sheet.y + _BAR), width=0, fill="#e3e3e3")
    ink = sheet.ink.sized(8).strong()
    pieces.put(sheet, (left + 4, sheet.y + 10), [Run(sheet.label(key))], width=right - left - 8, ink=ink)


def _parties(sheet: Sheet) -> None:
    middle, ends = (sheet.left + sheet.right) / 2, []
    for name, left in (("exporter", sheet.left), ("consignee", middle + 6)):
        _bar(sheet, left, left + middle - sheet.left - 6, name)
        ends.append(sheet.party((left + 4, sheet.y + _BAR + 12), name, width=middle - sheet.left - 16))
    sheet.y = max(ends) + 4


def _route(sheet: Sheet) -> None:
    width, x = (sheet.right - sheet.left) / 3, sheet.left
    for key in ("port_of_loading", "port_of_discharge", "vessel_or_flight"):
        frame = Frame(x, sheet.y, x + width, sheet.y + 27)
        pieces.captioned(sheet, frame, sheet.label(key), [sheet.value(key)])
        x += width
    sheet.y += 36


def _details(sheet: Sheet) -> None:
    _bar(sheet, sheet.left, sheet.right, "details")
    sheet.y += _BAR
    cells: tuple[tuple[str, Runs], ...] = (
        ("c_packages", [sheet.value("packages")]),
        ("c_gross", [sheet.value("gross_weight_kg")]),
        ("c_chargeable", [Run(sheet.paper.extras.get("chargeable", ""))]),
        ("c_volume", [sheet.value("volume_m3")]),
    )
    width = (sheet.right - sheet.left) / len(cells)
    for at, (key, runs) in enumerate(cells):
        x = sheet.left + at * width
        for top, bottom in ((0, 15), (15, 33)):
            sheet.frame((x, sheet.y + top), (x + width, sheet.y + bottom), width=0.5)
        caption, big = [Run(sheet.label(key))], sheet.ink.sized(11).strong()
        pieces.put(sheet, (x + width / 2, sheet.y + 11), caption, width=width - 6, align="centre")
        pieces.put(sheet, (x + width / 2, sheet.y + 28), runs, width=width - 6, ink=big, align="centre")
    sheet.y += 42


def _goods(sheet: Sheet) -> None:
    _bar(sheet, sheet.left, sheet.right, "goods")
    width = sheet.right - sheet.left - 8
    sheet.y = sheet.flow((sheet.left + 4, sheet.y + _BAR + 13), [sheet.cell(0, "description")], width=width) + 18


def _customs(sheet: Sheet) -> None:
    _bar(sheet, sheet.left, sheet.right, "customs")
    rows: tuple[tuple[str, Run], ...] = (
        ("reference", Run(sheet.paper.extras.get("reference", ""))),
        ("value", Run(sheet.label("asinv"))),
        ("charges", sheet.value("freight_terms")),
    )
    y = sheet.y + _BAR + 13
    for key, run in rows:
        sheet.put_runs((sheet.left + 4, y), [Run(f"{sheet.label(key)}: "), run])
        y += 13
    sheet.y = y + 6


def _signed(sheet: Sheet) -> None:
    _bar(sheet, sheet.left, sheet.right, "picked")
    y = sheet.y + 50
    parts.signed(sheet, (sheet.left + 10, y))
    sheet.put_runs((sheet.left + 150, y), [sheet.value("date")])
    sheet.put((sheet.left + 280, y), f"{sheet.label('carried')}: {sheet.paper.extras.get('carrier', '')}")


LAYOUT = Layout("courier_waybill", "transport_document", draw, "air_waybill", ("en", "fr", "it"))
