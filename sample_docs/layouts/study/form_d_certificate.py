"""The ASEAN certificate of origin, Form D, in its twelve boxes."""

from __future__ import annotations

from sample_docs.generator.drawing import Drawing, Ink, Point
from sample_docs.generator.sheet import Run, Runs, Sheet
from sample_docs.generator.truth import Paper
from sample_docs.layouts import parts
from sample_docs.layouts.goods_box import Slot, goods, packages_and_description, tariff, weight_or_quantity
from sample_docs.layouts.layout import Layout
from sample_docs.layouts.study.pieces import Frame
from sample_docs.layouts.study.words import StudySheet

_TOP, _MEANS, _GOODS, _LOW, _END = 44.0, 196.0, 290.0, 600.0, 792.0
_DESCRIBED = (
    "7. Number and type of packages, description of products (including quantity where appropriate and HS number of the"
    " importing Party)"
)
_TITLES = (
    "5. Item number", "6. Marks and numbers on packages",
    _DESCRIBED,
    "8. Origin criterion", "9. Gross weight or net weight or other quantity and value (FOB)",
    "10. Number and date of invoices",
)  # fmt: skip
_DECLARES = (
    "The undersigned hereby declares that the above details and statements are correct; that all the products were"
    " produced in"
)
_FROM = "1. Products consigned from (Exporter's business name, address, country)"
_TO = "2. Products consigned to (Consignee's name, address, country)"


def draw(paper: Paper) -> Drawing:
    sheet = StudySheet(paper, "form_d", margin=40)
    sheet.ink = Ink("mono", 8.2)
    _parties(sheet)
    _title(sheet)
    _means(sheet)
    _goods(sheet)
    _declaration(sheet)
    _certification(sheet)
    return sheet.finished()


def _box(sheet: Sheet, frame: Frame, title: str) -> Point:
    sheet.frame((frame.left, frame.top), (frame.right, frame.bottom), width=0.6)
    small = Ink("serif", 7.2)
    y = sheet.flow((frame.left + 3, frame.top + 8), [Run(title)], width=frame.width - 6, ink=small)
    return (frame.left + 6, y + 5)


def _parties(sheet: Sheet) -> None:
    left, middle, half = sheet.left, sheet.left + 270, (_TOP + _MEANS) / 2
    frames = (
        ("exporter", Frame(left, _TOP, middle, half), _FROM),
        ("consignee", Frame(left, half, middle, _MEANS), _TO),
    )
    for name, frame, title in frames:
        sheet.party(_box(sheet, frame, title), name, width=frame.width - 12, tax=False)


def _title(sheet: Sheet) -> None:
    left, centre = sheet.left + 270, (sheet.left + 270 + sheet.right) / 2
    sheet.frame((left, _TOP), (sheet.right, _MEANS), width=0.6)
    number = [Run("Reference No. "), sheet.value("number")]
    sheet.put_runs((left + 6, _TOP + 14), number, ink=Ink("serif", 9, bold=True))
    texts = (
        "ASEAN TRADE IN GOODS AGREEMENT",
        "ASEAN INDUSTRIAL COOPERATION SCHEME",
        "CERTIFICATE OF ORIGIN",
        "(Combined Declaration and Certificate)",
    )
    for at, text in enumerate(texts):
        sheet.put(
            (centre, _TOP + 36 + at * 13), text, ink=Ink("serif", 9, bold=not text.startswith("(")), align="centre"
        )
    sheet.put((centre, _TOP + 94), "FORM D", ink=Ink("serif", 13, bold=True), align="centre")
    issued = [Run("Issued in "), Run(sheet.paper.extras.get("issuing_country", ""))]
    sheet.put_runs((centre, _TOP + 114), issued, ink=Ink("serif", 9), align="centre")
    sheet.put((centre, _TOP + 124), "(Country)", ink=Ink("serif", 7), align="centre")


def _means(sheet: Sheet) -> None:
    left, middle = sheet.left, sheet.left + 270
    at = _box(sheet, Frame(left, _MEANS, middle, _GOODS), "3. Means of transport and route (as far as known)")
    rows: tuple[tuple[str, Run], ...] = (
        ("Departure date", Run(sheet.paper.extras.get("departure", ""))),
        ("Vessel's name/Aircraft etc.", sheet.value("vessel_or_flight")),
        ("Port of Discharge", Run(sheet.paper.extras.get("discharge", ""))),
    )
    y = at[1]
    for label, run in rows:
        sheet.put((at[0], y), label, ink=Ink("serif", 7.2))
        sheet.put_runs((at[0] + 8, y + 10), [run])
        y += 24
    at = _box(sheet, Frame(middle, _MEANS, sheet.right, _GOODS), "4. For Official Use")
    for row, text in enumerate(
        ("Preferential Treatment Given", "Preferential Treatment Not Given (Please state reason/s)")
    ):
        sheet.put((at[0] + 14, at[1] + 8 + 16 * row), text, ink=Ink("serif", 7.2))


def _edges(sheet: Sheet) -> tuple[float, ...]:
    left, right = sheet.left, sheet.right
    return (left, left + 36, left + 106, right - 206, right - 150, right - 76, right)


def _goods(sheet: Sheet) -> None:
    edges = _edges(sheet)
    for start, end, title in zip(edges, edges[1:], _TITLES, strict=False):
        _box(sheet, Frame(start, _GOODS, end, _LOW), title)
    top = _GOODS + 62
    sheet.flow((edges[1] + 4, top), [Run(sheet.paper.extras.get("marks", ""))], width=62, ink=sheet.ink.sized(7.4))
    ink = sheet.ink.sized(7.4)
    y = sheet.flow((edges[5] + 4, top), [sheet.value("invoice_number")], width=68, ink=ink)
    sheet.flow((edges[5] + 4, y + 3), [sheet.value("invoice_date")], width=68, ink=ink)
    sheet.y = top
    slots = (
        Slot(edges[0] + 6, edges[1] - 4, lambda line: [sheet.cell(line, "number")]),
        Slot(edges[2] + 4, edges[3] - 4, lambda line: _described(sheet, line)),
        Slot(edges[3] + 4, edges[4] - 4, lambda line: [sheet.cell(line, "origin_criterion")]),
        Slot(edges[4] + 4, edges[5] - 4, lambda line: weight_or_quantity(sheet, line), "right"),
    )
    goods(sheet, slots, ink=ink, gap=4)


def _described(sheet: Sheet, line: int) -> Runs:
    quantity = sheet.cell(line, "quantity")
    counted = [Run(" - "), *parts.quantity(sheet, line)] if quantity.text else []
    return [*packages_and_description(sheet, line), *counted, *tariff(sheet, line)]


def _declaration(sheet: Sheet) -> None:
    middle = (sheet.left + sheet.right) / 2
    at = _box(sheet, Frame(sheet.left, _LOW, middle, _END), "11. Declaration by the exporter")
    small, width = Ink("serif", 7.4), middle - sheet.left - 12
    y = sheet.flow(at, [Run(_DECLARES)], width=width, ink=small) + 8
    origin = [sheet.value("country_of_origin")]
    sheet.put_runs(((sheet.left + middle) / 2, y), origin, align="centre")
    text = "(Country) and that they comply with the origin requirements specified for these products exported to"
    y = sheet.flow((at[0], y + 10), [Run(text)], width=width, ink=small) + 8
    sheet.put_runs(((sheet.left + middle) / 2, y), [sheet.value("country_of_destination")], align="centre")
    sheet.put(((sheet.left + middle) / 2, y + 9), "(Importing Country)", ink=small, align="centre")
    place = [Run(f"{sheet.paper.extras.get('issue_place', '')}, {sheet.value('date').text}")]
    sheet.put_runs((at[0], _END - 22), place)
    sheet.put((at[0], _END - 8), "Place and date, signature of authorised signatory", ink=small)
    parts.signed(sheet, (middle - 100, _END - 30), width=80)


def _certification(sheet: Sheet) -> None:
    middle = (sheet.left + sheet.right) / 2
    at = _box(sheet, Frame(middle, _LOW, sheet.right, _END), "12. Certification")
    small, width = Ink("serif", 7.4), sheet.right - middle - 12
    text = (
        "It is hereby certified, on the basis of control carried out, that the declaration by the exporter is correct."
    )
    y = sheet.flow(at, [Run(text)], width=width, ink=small)
    sheet.flow((at[0], y + 20), [sheet.value("issued_by")], width=width)
    sheet.put_runs((at[0], _END - 22), [Run(f"{sheet.paper.extras.get('issue_place', '')}, "), sheet.value("date")])
    sheet.put((at[0], _END - 8), "Place and date, signature and stamp of certifying authority", ink=small)
    parts.signed(sheet, (sheet.right - 100, _END - 46), width=80)


LAYOUT = Layout("form_d_certificate", "certificate_of_origin", draw, "form_d", ("en",))
