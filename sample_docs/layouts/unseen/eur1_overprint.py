"""Movement certificate EUR.1 of another printer: captions in two languages, green tint, the entries typed on it."""

from __future__ import annotations

from typing import Final

from sample_docs.generator import printing
from sample_docs.generator.drawing import Drawing, Ink, Point
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.goods_box import Slot
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.unseen.pieces import Edges, invented, word
from sample_docs.layouts.unseen.rows import put_line

_GREEN, _TINT = "#1d5c3a", "#eef6ee"
_TOP, _GOODS, _SIGN, _FOOT = 60.0, 330.0, 604.0, 792.0
_ENGLISH: Final = {
    "1": "Exporter (Name, full address, country)",
    "2": "Certificate used in preferential trade between",
    "3": "Consignee (Name, full address, country) (Optional)",
    "4": "Country, group of countries or territory in which the products are considered as originating",
    "5": "Country, group of countries or territory of destination",
    "6": "Transport details (Optional)",
    "7": "Remarks",
    "8": "Item number, marks and numbers, number and kind of packages, description of goods",
    "9": "Gross mass (kg) or other measure",
    "10": "Invoices (Optional)",
    "11": "CUSTOMS ENDORSEMENT",
    "12": "DECLARATION BY THE EXPORTER",
}


def draw(paper: Paper) -> Drawing:
    sheet = Sheet(paper, margin=40)
    sheet.ink = Ink("mono", 8.4)
    sheet.frame((sheet.left, _TOP), (sheet.right, _FOOT), width=0, fill=_TINT)
    _title(sheet)
    _parties(sheet)
    _route(sheet)
    _goods(sheet)
    _endorsed(sheet)
    _declared(sheet)
    return sheet.finished()


def _box(sheet: Sheet, edges: Edges, key: str) -> Point:
    """A box with its number in bold, the caption of the land and, smaller, the English one."""
    sheet.frame((edges[0], edges[1]), (edges[2], edges[3]), width=0.7, colour=_GREEN)
    bold = Ink("sans", 8, bold=True, colour=_GREEN)
    end = sheet.put((edges[0] + 3, edges[1] + 9), key, ink=bold) + 4
    own, room = Ink("sans", 6.2, colour=_GREEN), edges[2] - end - 3
    text = word(sheet, f"eur1_{key}")
    y = sheet.flow((end, edges[1] + 8.5), [Run(text)], width=room, ink=own)
    if text != _ENGLISH[key]:
        y = sheet.flow((end, y), [Run(_ENGLISH[key])], width=room, ink=Ink("narrow", 5.6, colour=_GREEN))
    return (edges[0] + 10, y + 5)


def _title(sheet: Sheet) -> None:
    sheet.put((sheet.left, 42), word(sheet, "eur1_title"), ink=Ink("serif", 14, bold=True, colour=_GREEN))
    serial = invented(sheet, "print", "Form. 0999 (99)")
    sheet.put((sheet.right, 42), serial, ink=Ink("sans", 6, colour=_GREEN), align="right")


def _parties(sheet: Sheet) -> None:
    left, right, middle = sheet.left, sheet.right, sheet.left + 250
    at = _box(sheet, (left, _TOP, middle, 148), "1")
    sheet.party(at, "exporter", ink=sheet.ink, width=232, tax=False)
    sheet.frame((middle, _TOP), (right, 96), width=0.7, colour=_GREEN)
    sheet.put((middle + 10, 84), "EUR.1", ink=Ink("serif", 19, bold=True, colour=_GREEN))
    number = [Run("N° "), sheet.value("number")]
    sheet.put_runs((right - 10, 84), number, ink=Ink("mono", 12, bold=True, colour="#b3202c"), align="right")
    at = _box(sheet, (middle, 96, right, 172), "2")
    group = sheet.paper.extras.get("origin_group", sheet.value("country_of_origin").text)
    sheet.put((at[0] + 60, at[1] + 6), group)
    sheet.put((at[0] + 60, at[1] + 18), word(sheet, "eur1_and"), ink=Ink("sans", 6.5, colour=_GREEN))
    sheet.put((at[0] + 60, at[1] + 30), sheet.value("country_of_destination").text)
    at = _box(sheet, (left, 148, middle, 240), "3")
    sheet.party(at, "consignee", ink=sheet.ink, width=232, tax=False)


def _route(sheet: Sheet) -> None:
    left, right, middle = sheet.left, sheet.right, sheet.left + 250
    quarter = (middle + right) / 2
    at = _box(sheet, (middle, 172, quarter, 240), "4")
    sheet.flow(at, [sheet.value("country_of_origin")], width=quarter - middle - 14)
    at = _box(sheet, (quarter, 172, right, 240), "5")
    sheet.flow(at, [sheet.value("country_of_destination")], width=right - quarter - 14)
    at = _box(sheet, (left, 240, middle, _GOODS - 36), "6")
    sheet.flow(at, [Run(sheet.paper.extras.get("route", ""))], width=230)
    _box(sheet, (middle, 240, right, _GOODS - 36), "7")


def _goods(sheet: Sheet) -> None:
    """One box for all goods; each item has its packages on one line and its name on the next."""
    left, right, top = sheet.left, sheet.right, _GOODS - 36
    _box(sheet, (left, top, right - 168, _SIGN), "8")
    _box(sheet, (right - 168, top, right - 88, _SIGN), "9")
    at = _box(sheet, (right - 88, top, right, _SIGN), "10")
    y = sheet.flow((at[0] - 4, _GOODS + 12), [sheet.value("invoice_number")], width=80)
    sheet.flow((at[0] - 4, y + 3), [sheet.value("invoice_date")], width=80)
    sheet.y = sheet.flow((left + 12, _GOODS + 4), [Run(sheet.paper.extras.get("marks", ""))], width=300) + 8
    upper = (
        Slot(left + 12, left + 30, lambda line: [sheet.cell(line, "number")]),
        Slot(left + 34, right - 176, lambda line: _packed(sheet, line)),
        Slot(right - 164, right - 94, lambda line: _mass(sheet, line), "right"),
    )
    lower = (Slot(left + 34, right - 176, lambda line: _named(sheet, line)),)
    for line in range(len(sheet.paper.lines)):
        put_line(sheet, upper, line, sheet.ink)
        put_line(sheet, lower, line, sheet.ink)
        sheet.y += 4
    sheet.put((left + 12, sheet.y), "-" * 52)
    if sheet.has("gross_weight_kg"):
        sheet.put_runs((right - 94, sheet.y + 4), [sheet.weight("gross_weight_kg")], align="right")


def _packed(sheet: Sheet, line: int) -> Runs:
    packages = sheet.cell(line, "packages")
    kind = sheet.paper.extras.get("package_word", "")
    return [packages, Run(f" {kind}")] if packages.text else [Run("")]


def _named(sheet: Sheet, line: int) -> Runs:
    code = sheet.cell(line, "hs_code")
    return [sheet.cell(line, "description"), *([Run(" (HS "), code, Run(")")] if code.text else [])]


def _mass(sheet: Sheet, line: int) -> Runs:
    mass = sheet.cell(line, "gross_weight_kg")
    return [mass, Run(f" {printing.kilograms(sheet.style)}")] if mass.text else parts.quantity(sheet, line)


def _endorsed(sheet: Sheet) -> None:
    left, middle = sheet.left, sheet.left + 270
    at, small = _box(sheet, (left, _SIGN, middle, _FOOT), "11"), Ink("sans", 6.5, colour=_GREEN)
    y = sheet.flow(at, [Run(word(sheet, "eur1_endorsed"))], width=240, ink=small)
    land = sheet.paper.company("exporter").country
    form = invented(sheet, "export", f"EX-A / 99{land}999999999999E9")
    y = sheet.flow((at[0], y + 4), [Run(form)], width=240)
    sheet.put((at[0], y + 6), word(sheet, "eur1_office"), ink=small)
    y = sheet.flow((at[0] + 76, y + 6), [sheet.value("issued_by")], width=170)
    sheet.put((at[0], y + 6), word(sheet, "eur1_country"), ink=small)
    sheet.put((at[0] + 76, y + 6), sheet.paper.extras.get("issuing_country", ""))
    place = [Run(f"{sheet.paper.extras.get('issue_place', '')}, "), sheet.value("date")]
    sheet.put_runs((at[0], _FOOT - 24), place)
    sheet.put((at[0], _FOOT - 8), word(sheet, "eur1_place"), ink=small)
    parts.signed(sheet, (middle - 120, _FOOT - 38))
    circle = [
        (middle - 66, _SIGN + 62),
        (middle - 20, _SIGN + 62),
        (middle - 20, _SIGN + 104),
        (middle - 66, _SIGN + 104),
    ]
    sheet.stroke([*circle, circle[0]], width=0.5, colour=_GREEN)


def _declared(sheet: Sheet) -> None:
    middle, right = sheet.left + 270, sheet.right
    at, small = _box(sheet, (middle, _SIGN, right, _FOOT), "12"), Ink("sans", 6.5, colour=_GREEN)
    sheet.flow(at, [Run(word(sheet, "eur1_declared"))], width=right - middle - 20, ink=small)
    place = sheet.paper.extras.get("issue_place", "")
    sheet.put((at[0], _FOOT - 24), f"{place}, {sheet.value('date').text}")
    sheet.put((at[0], _FOOT - 8), word(sheet, "eur1_place"), ink=small)
    parts.signed(sheet, (right - 110, _FOOT - 40))


LAYOUT = Layout("eur1_overprint", "certificate_of_origin", draw, "eur1", ("en", "de", "fr", "es", "it"))
