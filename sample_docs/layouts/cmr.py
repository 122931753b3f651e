"""International consignment note CMR: numbered boxes in English or German."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sample_docs.generator.drawing import Drawing, Ink, Point
from sample_docs.generator.sheet import Run, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout

_GOODS, _SIGN, _FOOT = 356.0, 600.0, 776.0
_ENGLISH: Final = {
    "title": "INTERNATIONAL CONSIGNMENT NOTE",
    "1": "1 Sender (name, address, country)",
    "2": "2 Consignee (name, address, country)",
    "3": "3 Place of delivery of the goods",
    "4": "4 Place and date of taking over the goods",
    "5": "5 Documents attached",
    "16": "16 Carrier (name, address, country)",
    "17": "17 Vehicle registration",
    "6": "6 Marks and Nos.",
    "7": "7 Number of packages",
    "8": "8 Method of packing",
    "9": "9 Nature of the goods",
    "11": "11 Gross weight in kg",
    "12": "12 Volume in m³",
    "15": "15 Carriage charges",
    "21": "21 Established in / on",
    "22": "22 Signature and stamp of the sender",
    "23": "23 Signature and stamp of the carrier",
    "24": "24 Goods received",
}
_GERMAN: Final = {
    "title": "INTERNATIONALER FRACHTBRIEF",
    "1": "1 Absender (Name, Anschrift, Land)",
    "2": "2 Empfänger (Name, Anschrift, Land)",
    "3": "3 Auslieferungsort des Gutes",
    "4": "4 Ort und Tag der Übernahme des Gutes",
    "5": "5 Beigefügte Dokumente",
    "16": "16 Frachtführer (Name, Anschrift, Land)",
    "17": "17 Amtliches Kennzeichen",
    "6": "6 Kennzeichen u. Nummern",
    "7": "7 Anzahl der Packstücke",
    "8": "8 Art der Verpackung",
    "9": "9 Bezeichnung des Gutes",
    "11": "11 Bruttogewicht in kg",
    "12": "12 Umfang in m³",
    "15": "15 Frachtzahlungsanweisungen",
    "21": "21 Ausgefertigt in / am",
    "22": "22 Unterschrift und Stempel des Absenders",
    "23": "23 Unterschrift und Stempel des Frachtführers",
    "24": "24 Gut empfangen",
}
_TITLES: Final[Mapping[str, Mapping[str, str]]] = {"en": _ENGLISH, "de": _GERMAN}


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=38)
    sheet.ink = Ink(paper.style.family, 8.8)
    _parties(sheet)
    _carrier(sheet)
    _goods(sheet)
    _foot(sheet)
    return sheet.finished()


def _box(sheet: Sheet, start: Point, end: Point, key: str) -> Point:
    at = parts.box(sheet, start, end, _TITLES.get(sheet.style.language, _ENGLISH)[key])
    return (at[0], at[1] + 8)


def _parties(sheet: Sheet) -> None:
    left, middle = sheet.left, sheet.left + 264
    sheet.party(_box(sheet, (left, 58), (middle, 128), "1"), "exporter", width=250, tax=False)
    sheet.party(_box(sheet, (left, 128), (middle, 198), "2"), "consignee", width=250, tax=False)
    sheet.put_runs(_box(sheet, (left, 198), (middle, 234), "3"), [sheet.value("port_of_discharge")])
    taken = [sheet.value("port_of_loading"), Run(", "), sheet.value("date")]
    sheet.put_runs(_box(sheet, (left, 234), (middle, 270), "4"), taken)
    sheet.put(_box(sheet, (left, 270), (middle, _GOODS - 44), "5"), sheet.paper.extras.get("reference", ""))


def _carrier(sheet: Sheet) -> None:
    middle, right = sheet.left + 264, sheet.right
    accent = Ink("sans", 12, bold=True, colour=sheet.style.accent)
    sheet.put((sheet.left, 46), _TITLES.get(sheet.style.language, _ENGLISH)["title"], ink=accent)
    sheet.put((right - 130, 46), "CMR", ink=accent.sized(16))
    sheet.put_runs((right, 46), [Run("No. "), sheet.value("number")], ink=sheet.ink.strong(), align="right")
    parts.box(sheet, (middle, 58), (right, 128), "")
    text = (
        "This carriage is subject, notwithstanding any clause to the contrary, to the Convention on the Contract for"
        " the International Carriage of Goods by Road (CMR)."
    )
    sheet.flow((middle + 8, 84), [Run(text)], width=right - middle - 16, ink=Ink("narrow", 8))
    at = _box(sheet, (middle, 128), (right, 198), "16")
    sheet.flow(at, [Run(sheet.paper.extras.get("carrier", ""))], width=236)
    sheet.put_runs(_box(sheet, (middle, 198), (right, 234), "17"), [sheet.value("vessel_or_flight")])
    sheet.put_runs(_box(sheet, (middle, 234), (right, _GOODS - 44), "15"), [sheet.value("freight_terms")])


def _goods(sheet: Sheet) -> None:
    left, right, top = sheet.left, sheet.right, _GOODS - 44
    edges = (left, left + 102, left + 162, left + 232, right - 138, right - 62, right)
    for start, end, key in zip(edges, edges[1:], ("6", "7", "8", "9", "11", "12"), strict=False):
        _box(sheet, (start, top), (end, _SIGN), key)
    y = _GOODS
    sheet.flow((edges[0] + 5, y), [Run(sheet.paper.extras.get("marks", ""))], width=92)
    sheet.put_runs((edges[2] - 14, y), [sheet.value("packages")], align="right")
    sheet.flow((edges[2] + 6, y), [sheet.value("package_kind")], width=62)
    end = y
    for line in range(len(sheet.paper.lines)):
        end = sheet.flow((edges[3] + 6, end), [sheet.cell(line, "description")], width=edges[4] - edges[3] - 12)
    sheet.put_runs((edges[5] - 6, y), [sheet.value("gross_weight_kg")], align="right")
    sheet.put_runs((edges[6] - 6, y), [sheet.value("volume_m3")], align="right")


def _foot(sheet: Sheet) -> None:
    left, right = sheet.left, sheet.right
    issued = [Run(f"{sheet.paper.extras.get('issue_place', '')}, "), sheet.value("date")]
    sheet.put_runs(_box(sheet, (left, _SIGN), (right, _SIGN + 36), "21"), issued)
    third = (right - left) / 3
    for at, key in enumerate(("22", "23", "24")):
        x = left + at * third
        start = _box(sheet, (x, _SIGN + 36), (x + third, _FOOT), key)
        if key == "22":
            sheet.flow((start[0], start[1] + 4), [Run(sheet.paper.company("exporter").name)], width=third - 12)
        if key != "24":
            parts.signed(sheet, (x + 40, _FOOT - 40))


LAYOUT = Layout("cmr", "transport_document", draw, "cmr", ("en", "de"))
