"""A CMR consignment note of another printer: red copy for the sender, captions in two languages, a table of charges."""

from __future__ import annotations

from typing import Final

from sample_docs.generator.drawing import Drawing, Ink, Point
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.unseen.pieces import Edges, invented, word

_RED: Final = "#a3262a"
_TOP, _GOODS, _LOW, _SIGN, _FOOT = 44.0, 318.0, 560.0, 696.0, 806.0
_SECOND: Final = {  # what stands under the first language; under French itself nothing
    "1": "Expéditeur (nom, adresse, pays)", "2": "Destinataire (nom, adresse, pays)",
    "3": "Lieu prévu pour la livraison de la marchandise", "4": "Lieu et date de la prise en charge",
    "5": "Documents annexés", "6": "Marques et numéros", "7": "Nombre des colis", "8": "Mode d'emballage",
    "9": "Nature de la marchandise", "10": "N° statistique", "11": "Poids brut, kg", "12": "Cubage m³",
    "13": "Instructions de l'expéditeur", "14": "Prescriptions d'affranchissement", "15": "Remboursement",
    "16": "Transporteur (nom, adresse, pays)", "17": "Transporteurs successifs",
    "18": "Réserves et observations du transporteur", "19": "A payer par", "21": "Etablie à / le",
    "22": "Signature de l'expéditeur", "23": "Signature du transporteur", "24": "Marchandises reçues",
    "25": "Plaque d'immatriculation",
}  # fmt: skip


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=32)
    sheet.ink = Ink("mono" if paper.style.family in {"mono", "narrow"} else "sans", 8.6)
    _title(sheet)
    _sender(sheet)
    _carriers(sheet)
    _goods(sheet)
    _instructions(sheet)
    _signatures(sheet)
    return sheet.finished()


def _box(sheet: Sheet, edges: Edges, key: str) -> Point:
    sheet.frame((edges[0], edges[1]), (edges[2], edges[3]), width=0.6, colour=_RED)
    end = sheet.put((edges[0] + 2, edges[1] + 9), key, ink=Ink("sans", 8, bold=True, colour=_RED)) + 3
    own, room = word(sheet, f"cmr_{key}"), edges[2] - end - 2
    y = sheet.flow((end, edges[1] + 7.4), [Run(own)], width=room, ink=Ink("sans", 5.8, colour=_RED))
    if own.casefold() != _SECOND[key].casefold():
        y = sheet.flow((end, y), [Run(_SECOND[key])], width=room, ink=Ink("sans", 5.2, colour=_RED))
    return (edges[0] + 9, y + 5)


def _title(sheet: Sheet) -> None:
    middle, right = sheet.left + 262, sheet.right
    sheet.put((sheet.left, 34), word(sheet, "cmr_copy"), ink=Ink("sans", 6.5, colour=_RED))
    sheet.frame((sheet.left - 10, _TOP), (sheet.left - 5, _FOOT), width=0, fill=_RED)
    sheet.frame((middle, _TOP), (right, 112), width=0.6, colour=_RED)
    sheet.put((middle + 8, 62), word(sheet, "cmr_title"), ink=Ink("sans", 9.4, bold=True, colour=_RED))
    sheet.put((middle + 8, 74), "LETTRE DE VOITURE INTERNATIONALE", ink=Ink("sans", 6.4, colour=_RED))
    sheet.put((middle + 10, 102), "CMR", ink=Ink("sans", 21, bold=True, colour=_RED))
    sheet.put_runs((right - 8, 100), [Run("N° "), sheet.value("number")], ink=sheet.ink.sized(11), align="right")


def _sender(sheet: Sheet) -> None:
    left, middle = sheet.left, sheet.left + 262
    sheet.party(_box(sheet, (left, _TOP, middle, 112), "1"), "exporter", width=246, tax=False)
    sheet.party(_box(sheet, (left, 112, middle, 180), "2"), "consignee", width=246, tax=False)
    sheet.flow(_box(sheet, (left, 180, middle, 214), "3"), [sheet.value("port_of_discharge")], width=246)
    taken = [sheet.value("port_of_loading"), Run("   "), sheet.value("date")]
    sheet.flow(_box(sheet, (left, 214, middle, 248), "4"), taken, width=246)
    note = f"{word(sheet, 'invoice')} {sheet.paper.extras.get('reference', '')}, {word(sheet, 'cmr_note')}"
    sheet.flow(_box(sheet, (left, 248, middle, _GOODS - 36), "5"), [Run(note)], width=246)


def _carriers(sheet: Sheet) -> None:
    middle, right = sheet.left + 262, sheet.right
    at = _box(sheet, (middle, 112, right, 180), "16")
    sheet.put(at, sheet.paper.extras.get("carrier", ""), ink=sheet.ink.strong())
    sheet.put((at[0], at[1] + 11), invented(sheet, "carrier", "Depot 99, Tel. +99 99 555 9999"))
    _box(sheet, (middle, 180, right, 214), "17")
    sheet.put_runs(_box(sheet, (middle, 214, right, 248), "25"), [sheet.value("vessel_or_flight")])
    _box(sheet, (middle, 248, right, _GOODS - 36), "18")


def _goods(sheet: Sheet) -> None:
    left, right, top = sheet.left, sheet.right, _GOODS - 36
    edges = (left, left + 104, left + 156, left + 224, right - 176, right - 116, right - 52, right)
    for start, end, key in zip(edges, edges[1:], ("6", "7", "8", "9", "10", "11", "12"), strict=False):
        _box(sheet, (start, top, end, _LOW), key)
    y = _GOODS + 8
    sheet.flow((edges[0] + 6, y), [Run(sheet.paper.extras.get("marks", ""))], width=94)
    sheet.put_runs((edges[2] - 10, y), [sheet.value("packages")], align="right")
    sheet.flow((edges[2] + 6, y), [sheet.value("package_kind")], width=60)
    end = y
    for line in range(len(sheet.paper.lines)):
        end = sheet.flow((edges[3] + 6, end), [sheet.cell(line, "description")], width=edges[4] - edges[3] - 10)
    sheet.put_runs((edges[6] - 4, y), [sheet.value("gross_weight_kg")], align="right")
    sheet.put_runs((right - 4, y), [sheet.value("volume_m3")], ink=sheet.ink.sized(8), align="right")
    dangerous = f"ADR: {word(sheet, 'cmr_none')}"
    sheet.put((edges[3] + 6, _LOW - 10), dangerous, ink=sheet.ink.sized(7))


def _instructions(sheet: Sheet) -> None:
    left, right, middle = sheet.left, sheet.right, sheet.left + 262
    at = _box(sheet, (left, _LOW, middle, _LOW + 62), "13")
    sheet.flow(at, [Run(word(sheet, "cmr_advice"))], width=240)
    terms: Runs = [sheet.value("freight_terms")]
    sheet.flow(_box(sheet, (left, _LOW + 62, middle, _LOW + 96), "14"), terms, width=240)
    issued = [Run(f"{sheet.paper.extras.get('issue_place', '')}, "), sheet.value("date")]
    sheet.flow(_box(sheet, (left, _LOW + 96, middle, _SIGN), "21"), issued, width=240)
    _payable(sheet, middle, right)
    _box(sheet, (middle, _LOW + 102, right, _SIGN), "15")


def _payable(sheet: Sheet, left: float, right: float) -> None:
    """The table of charges, which nobody fills in."""
    _box(sheet, (left, _LOW, right, _LOW + 102), "19")
    small = Ink("sans", 6, colour=_RED)
    for at in range(1, 4):
        x = left + 70 + at * (right - left - 70) / 4
        sheet.rule((x, _LOW + 22), (x, _LOW + 102), width=0.4, colour=_RED)
    for at, key in enumerate(("cmr_carriage", "cmr_reductions", "cmr_balance", "cmr_surcharges", "cmr_total")):
        y = _LOW + 34 + at * 16
        sheet.rule((left, y - 12), (right, y - 12), width=0.4, colour=_RED)
        sheet.put((left + 4, y), word(sheet, key), ink=small)


def _signatures(sheet: Sheet) -> None:
    left, third = sheet.left, (sheet.right - sheet.left) / 3
    for at, key in enumerate(("22", "23", "24")):
        x = left + at * third
        start = _box(sheet, (x, _SIGN, x + third, _FOOT), key)
        if key == "22":
            sheet.flow((start[0], start[1] + 4), [Run(sheet.paper.company("exporter").name)], width=third - 16)
        if key == "23":
            sheet.put((start[0], start[1] + 4), sheet.paper.extras.get("carrier", ""))
        if key != "24":
            parts.signed(sheet, (x + 36, _FOOT - 26))


LAYOUT = Layout("road_note", "transport_document", draw, "cmr", ("en", "de", "fr", "es", "it"))
