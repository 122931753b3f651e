"""Items of a goods table: which lines belong together where numbers are lost, counts missing, texts wrapped."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from extractors.context import Context
from extractors.documents.certificate import certificate_document
from extractors.forms.boxes import FormPage
from extractors.forms.table import goods_table
from extractors.values.numbers import NumberStyle
from schemas.documents import CertificateFields, CertificateLine
from schemas.geometry import Box
from schemas.pages import Page, Word
from tests.drawing import Line
from tests.forms.printed import form_page

ENGLISH = Context(NumberStyle(".", ","), "dmy")
TITLES: list[Line] = [
    (40, 40, "1 Consignor"),
    (320, 40, "No."),
    (320, 100, "3 Country of origin"),
    (320, 150, "5 Remarks"),
    (40, 210, "6 Item number; marks, numbers, number and kind of packages; description of goods"),
    (480, 210, "7 Quantity"),
    (40, 500, "8 THE UNDERSIGNED AUTHORITY CERTIFIES"),
    (60, 620, "Place and date of issue"),
]


def read(*values: Line, reader: str = "text_layer") -> tuple[CertificateFields, tuple[CertificateLine, ...]]:
    return certificate_document([form_page(TITLES, values, reader=reader)], "chamber", ENGLISH)


def cells(lines: tuple[CertificateLine, ...], *names: str) -> list[tuple[object, ...]]:
    found = [line.present() for line in lines]
    return [tuple(one[name].value if name in one else None for name in names) for one in found]


def test_marks_above_the_first_packages_are_no_description() -> None:
    _, lines = read(
        (42, 240, "1"),
        (70, 240, "HARBOUR"),
        (70, 251, "ROTTERDAM"),
        (70, 262, "40 CTNS CORK STOPPERS"),
        (500, 240, "4,000 PCS"),
    )
    assert cells(lines, "number", "packages", "description", "quantity") == [("1", 40, "CORK STOPPERS", 4000)]


def test_an_item_without_packages_is_an_item_by_its_number() -> None:
    _, lines = read(
        (42, 240, "1"),
        (70, 240, "40 CTNS CORK STOPPERS"),
        (500, 240, "4,000 PCS"),
        (42, 260, "2"),
        (70, 260, "CORK DISCS, PACKED WITH ITEM 1"),
        (500, 260, "25 PCS"),
    )
    assert cells(lines, "packages", "description", "quantity") == [
        (40, "CORK STOPPERS", 4000),
        (None, "CORK DISCS, PACKED WITH ITEM 1", 25),
    ]


def test_lost_item_numbers_are_made_up_for_by_packages_and_quantities() -> None:
    _, lines = read(
        (70, 240, "40 CTNS CORK STOPPERS,"),
        (70, 251, "NATURAL"),
        (500, 240, "4,000 PCS"),
        (70, 271, "3 CTNS CORK DISCS"),
        (500, 271, "900 PCS"),
        (70, 291, "CORK SHEETS"),
        (500, 291, "12 PCS"),
        reader="tesseract",
    )
    assert cells(lines, "packages", "description", "quantity") == [
        (40, "CORK STOPPERS, NATURAL", 4000),
        (3, "CORK DISCS", 900),
        (None, "CORK SHEETS", 12),
    ]


def test_a_misread_number_is_the_one_due_at_its_place_and_unsure() -> None:
    _, lines = read(
        (42, 240, "1"),
        (70, 240, "4 CTNS CORK A"),
        (500, 240, "40 PCS"),
        (42, 260, "Zz"),
        (70, 260, "5 CTNS CORK B"),
        (500, 260, "50 PCS"),
        (42, 280, "3"),
        (70, 280, "6 CTNS CORK C"),
        (500, 280, "60 PCS"),
        reader="tesseract",
    )
    assert [line.number.value for line in lines if line.number] == ["1", "2", "3"]
    assert lines[1].number
    assert lines[1].number.confidence <= 0.5
    assert lines[1].number.text == "Zz"


def test_a_total_is_no_item_and_gives_the_gross_weight() -> None:
    fields, lines = read(
        (42, 240, "1"),
        (70, 240, "4 CTNS CORK"),
        (500, 240, "40 PCS"),
        (42, 270, "TOTAL 4 CTNS, NET WEIGHT 30.00 KG, GROSS WEIGHT 33.50 KG"),
    )
    assert len(lines) == 1
    assert fields.gross_weight_kg
    assert fields.gross_weight_kg.value == Decimal("33.50")


def test_the_hs_code_leaves_the_description_even_when_a_line_breaks_it() -> None:
    _, lines = read((42, 240, "1"), (70, 240, "4 CTNS CORK FLOATS (HS"), (70, 251, "4503.90)"), (500, 240, "40 PCS"))
    assert cells(lines, "description", "hs_code") == [("CORK FLOATS", "450390")]


def test_a_description_that_runs_over_the_border_of_its_column_stays_whole() -> None:
    page = form_page(
        TITLES,
        [
            (42, 240, "1"),
            (70, 240, "4 CTNS CORK FLOATS FOR NETS AND LINES AND A LONG TEXT THAT RUNS ON TO HERE (HS 4503.90)"),
        ],
    )
    _, lines = certificate_document([page], "chamber", ENGLISH)
    assert cells(lines, "hs_code") == [("450390",)]


def test_a_bare_number_under_weight_or_other_quantity_is_neither() -> None:
    titles: list[Line] = [
        (40, 210, "5. Item number"),
        (120, 210, "7. Number and kind of packages; description of goods"),
    ]
    titles += [(400, 210, "9. Gross weight or other quantity")]
    values: list[Line] = [(42, 240, "1"), (120, 240, "4 CTNS CORK"), (400, 240, "1,200")]
    _, bare = certificate_document([form_page(titles, values)], "form_a", ENGLISH)
    _, told = certificate_document([form_page(titles, [*values[:2], (400, 240, "1,200 PCS")])], "form_a", ENGLISH)
    assert cells(bare, "quantity", "gross_weight_kg") == [(None, None)]
    assert cells(told, "quantity", "gross_weight_kg") == [(1200, None)]


def test_the_remarks_name_the_invoice_in_either_order() -> None:
    forward, _ = read((320, 160, "Invoice No. A-55/26 of"), (320, 171, "04/02/2026"))
    assert forward.invoice_number
    assert forward.invoice_date
    assert (forward.invoice_number.value, forward.invoice_date.value) == ("A-55/26", dt.date(2026, 2, 4))


def test_a_numeric_date_keeps_its_other_reading() -> None:
    fields, _ = read((60, 606, "Porto, 04/02/2026"))
    assert fields.date
    assert fields.date.value == dt.date(2026, 2, 4)
    assert [other.value for other in fields.date.alternatives] == [dt.date(2026, 4, 2)]


def test_a_date_that_nothing_settles_is_absent() -> None:
    page = form_page(TITLES, [(60, 606, "Porto, 04/02/2026")])
    fields, _ = certificate_document([page], "chamber", Context())
    assert fields.date is None


def test_every_field_spells_what_stands_in_its_box() -> None:
    values: list[Line] = [
        (40, 50, "CORK WORKS LDA"),
        (40, 62, "RUA DO CAIS 4, PORTO"),
        (40, 74, "PORTUGAL"),
        (320, 50, "PT-001"),
        (320, 110, "PORTUGAL"),
        (42, 240, "1"),
        (70, 240, "4 CTNS CORK FLOATS,"),
        (70, 251, "LARGE (HS 4503.90)"),
        (500, 240, "40 PCS"),
        (60, 606, "Porto, 04/02/2026"),
    ]
    page = form_page(TITLES, values)
    fields, lines = certificate_document([page], "chamber", ENGLISH)
    found = [field for part in (fields, *lines) for field in part.present().values()]
    assert len(found) > 8
    for field in found:
        assert field.box
        assert sorted(field.text.split()) == sorted(w.text for w in _inside(page, Box(*field.box)))


def _inside(page: Page, box: Box) -> list[Word]:
    return [w for w in page.words if box.contains_middle_of(w.box)]


def test_a_page_without_a_goods_table_has_no_lines() -> None:
    page = form_page([(40, 40, "1 Consignor")], [(40, 50, "CORK WORKS LDA")])
    fields, lines = certificate_document([page], "other", Context())
    assert goods_table(FormPage(page)) is None
    assert lines == ()
    assert fields.exporter
