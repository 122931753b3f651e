"""Forms that nobody filled in, typing that misses its boxes, values under black bars and scribbles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from extractors.context import Context
from extractors.documents.certificate import certificate_document, certificate_form
from extractors.documents.transport import transport_document, transport_form
from extractors.forms.voyage import carried_by
from extractors.values.numbers import NumberStyle
from schemas.documents import FieldSet
from schemas.geometry import Box
from schemas.pages import Page
from tests.drawing import Line
from tests.forms.printed import Cell, form_page

ENGLISH = Context(NumberStyle(".", ","), "dmy")

FORM_A: list[Line] = [
    (45, 45, "1. Goods consigned from (Exporter's business name, address, country)"),
    (320, 45, "Reference No"),
    (320, 70, "GENERALIZED SYSTEM OF PREFERENCES CERTIFICATE OF ORIGIN"),
    (320, 80, "FORM A"),
    (45, 115, "2. Goods consigned to (Consignee's name, address, country)"),
    (45, 185, "3. Means of transport and route (as far as known)"),
    (320, 185, "4. For official use"),
    (45, 255, "5. Item number"),
    (105, 255, "6. Marks and numbers of packages"),
    (205, 255, "7. Number and kind of packages; description of goods"),
    (385, 255, "8. Origin criterion (see notes overleaf)"),
    (445, 255, "9. Gross weight or other quantity"),
    (505, 255, "10. Number and date of invoices"),
    (45, 605, "11. Certification"),
    (305, 605, "12. Declaration by the exporter"),
]
EUR1: list[Line] = [
    (45, 30, "MOVEMENT CERTIFICATE EUR.1"),
    (45, 55, "1. Exporter (Name, full address, country)"),
    (305, 55, "EUR.1 No"),
    (305, 85, "2. Certificate used in preferential trade between"),
    (45, 125, "3. Consignee (Name, full address, country) (Optional)"),
    (305, 125, "4. Country, group of countries or territory in which the products are considered as originating"),
    (305, 165, "5. Country, group of countries or territory of destination"),
    (45, 205, "6. Transport details (Optional)"),
    (305, 205, "7. Remarks"),
    (45, 245, "8. Item number; marks and numbers; number and kind of packages (1); description of goods"),
    (365, 245, "9. Gross mass (kg) or other measure"),
    (495, 245, "10. Invoices (Optional)"),
    (45, 605, "11. CUSTOMS ENDORSEMENT Declaration certified"),
    (305, 605, "12. DECLARATION BY THE EXPORTER"),
]
USMCA: list[Line] = [
    (45, 30, "UNITED STATES-MEXICO-CANADA AGREEMENT CERTIFICATION OF ORIGIN"),
    (45, 55, "1. Certifier is [ ] Importer [ ] Exporter [ ] Producer"),
    (45, 85, "2. Certifier: name, title, address, telephone and e-mail"),
    (45, 135, "3. Exporter: name, address, e-mail, telephone"),
    (45, 185, "4. Producer"),
    (45, 235, "5. Importer: name, address, e-mail, telephone"),
    (45, 285, "6. Description of good(s)"),
    (305, 285, "HS tariff classification"),
    (405, 285, "7. Origin criterion"),
    (485, 285, "Country of origin"),
    (45, 605, "8. Blanket period"),
    (45, 645, "9. Authorized signature and date"),
]
CHAMBER: list[Line] = [
    (45, 30, "CERTIFICATE OF ORIGIN"),
    (45, 55, "1 Consignor"),
    (305, 55, "No."),
    (305, 85, "3 Country of origin"),
    (45, 125, "2 Consignee"),
    (45, 205, "4 Means of transport (optional)"),
    (305, 205, "5 Remarks"),
    (45, 245, "6 Item number; marks, numbers, number and kind of packages; description of goods"),
    (445, 245, "7 Quantity"),
    (
        45,
        605,
        "8 The undersigned authority certifies that the goods described above originate in the country shown in box 3",
    ),
]
CERTIFICATES = [FORM_A, EUR1, USMCA, CHAMBER]

BILL: list[Line] = [
    (45, 30, "BILL OF LADING"),
    (45, 55, "Shipper"),
    (305, 55, "B/L No."),
    (305, 90, "Reference No."),
    (45, 125, "Consignee"),
    (45, 185, "Notify party"),
    (45, 245, "Vessel and voyage No."),
    (205, 245, "POL"),
    (385, 245, "POD"),
    (45, 285, "Marks and Nos."),
    (145, 285, "No. of packages"),
    (235, 285, "Description of goods"),
    (405, 285, "G.W."),
    (485, 285, "Meas."),
    (45, 605, "Place and date of issue"),
    (305, 605, "Signed for the carrier"),
]
CMR: list[Line] = [
    (45, 30, "INTERNATIONAL CONSIGNMENT NOTE CMR"),
    (45, 55, "1. Sender"),
    (45, 125, "2. Consignee"),
    (45, 195, "3. Place of delivery"),
    (45, 235, "4. Place and date of loading"),
    (305, 195, "17. Truck / trailer"),
    (45, 285, "6. Marks"),
    (115, 285, "7. No. of packages"),
    (185, 285, "8. Packing"),
    (255, 285, "9. Goods"),
    (355, 285, "10. Stat. No."),
    (425, 285, "11. Gross weight kg"),
    (505, 285, "12. Volume m³"),
    (45, 605, "21. Made out in / on"),
]
TRANSPORTS = [BILL, CMR]

TYPED: list[Line] = [
    (47, 66, "LANTERN BAY TRADING LTD"),
    (47, 77, "12 HARBOUR ROAD"),
    (47, 88, "SINGAPORE"),
    (310, 66, "LBTU4711200"),
    (47, 137, "NORDWIND GMBH"),
    (47, 148, "HAFENWEG 3"),
    (47, 159, "20457 HAMBURG"),
    (47, 170, "GERMANY"),
    (47, 257, "GREY HERON 012W"),
    (207, 257, "SINGAPORE"),
    (387, 257, "HAMBURG"),
    (147, 310, "40 CARTONS"),
    (237, 310, "HAND TOOLS"),
    (407, 310, "812.50 KGS"),
    (487, 310, "3.250 M3"),
]


def certificate(page: Page) -> tuple[FieldSet, Sequence[FieldSet]]:
    return certificate_document([page], certificate_form([page]), ENGLISH)


def transport(page: Page, context: Context = ENGLISH) -> tuple[FieldSet, Sequence[FieldSet]]:
    return transport_document([page], transport_form([page]), context)


def values(fields: FieldSet) -> dict[str, object]:
    return {name: getattr(field.value, "name", field.value) for name, field in fields.present().items()}


@pytest.mark.parametrize("titles", CERTIFICATES, ids=lambda titles: titles[0][2][:24])
def test_a_certificate_that_nobody_filled_in_has_no_fields(titles: list[Line]) -> None:
    fields, lines = certificate(form_page(titles, []))
    assert (values(fields), list(lines)) == ({}, [])


@pytest.mark.parametrize("titles", TRANSPORTS, ids=lambda titles: titles[0][2][:24])
def test_a_transport_document_that_nobody_filled_in_has_no_fields(titles: list[Line]) -> None:
    fields, lines = transport(form_page(titles, []))
    assert (values(fields), list(lines)) == ({}, [])


def _ruled() -> list[Cell]:
    return [(40, 50, 300, 120), (300, 50, 560, 85), (40, 120, 300, 180), (40, 240, 200, 280), (200, 240, 380, 280)]


@pytest.mark.parametrize("cells", [[], _ruled()], ids=["without rules", "ruled"])
@pytest.mark.parametrize("shift", [(0, 0), (0, 4), (0, -4), (5, 3), (-5, -3)])
def test_typing_that_misses_its_boxes_lands_in_them_or_nowhere(cells: list[Cell], shift: tuple[int, int]) -> None:
    straight = values(transport(form_page(BILL, TYPED, cells=cells))[0])
    moved = [(x + shift[0], top + shift[1], text) for x, top, text in TYPED]
    askew = values(transport(form_page(BILL, moved, cells=cells))[0])
    assert straight["number"] == "LBTU4711200"
    assert straight["gross_weight_kg"] == Decimal("812.50")
    assert {name: askew[name] for name in askew if askew[name] != straight.get(name)} == {}


@pytest.mark.parametrize("at", range(len(TYPED)), ids=lambda at: TYPED[at][2])
def test_under_a_black_bar_a_value_is_absent_and_no_other_boxs(at: int) -> None:
    whole = values(transport(form_page(BILL, [*TYPED, (310, 101, "REF-88")]))[0])
    barred = values(transport(form_page(BILL, [*TYPED[:at], *TYPED[at + 1 :], (310, 101, "REF-88")]))[0])
    parties = {"exporter", "consignee"}  # of which one line is less
    assert {name for name in barred if barred[name] != whole.get(name)} <= parties


def test_a_scribble_is_never_sure() -> None:
    page = form_page(BILL, TYPED, reader="tesseract")
    words = [replace(w, confidence=0.31) if w.text == "LBTU4711200" else w for w in page.words]
    field = transport(replace(page, words=tuple(words)))[0].get("number")
    assert field is None or (field.confidence <= 0.31 and not field.witnesses)


def test_on_a_cmr_note_the_way_ends_where_box_3_says() -> None:
    typed: list[Line] = [(47, 207, "48950 Erandio"), (47, 247, "8048 Zürich, 13/06/2026")]
    fields = values(transport(form_page(CMR, typed))[0])
    assert (fields["port_of_loading"], fields["port_of_discharge"]) == ("8048 Zürich", "48950 Erandio")


def test_figures_in_groups_of_three_are_one_weight() -> None:
    typed: list[Line] = [(117, 310, "140 COLIS"), (257, 310, "CARREAUX"), (427, 310, "12 173,84"), (507, 310, "12,330")]
    fields = values(transport(form_page(CMR, typed), Context(NumberStyle(",", " "), "dmy"))[0])
    assert (fields["gross_weight_kg"], fields["volume_m3"]) == (Decimal("12173.84"), Decimal("12.330"))


def test_cubic_metres_are_no_weight() -> None:
    typed: list[Line] = [(147, 310, "40 CARTONS"), (237, 310, "HAND TOOLS"), (407, 310, "20.100 m3")]
    assert "gross_weight_kg" not in values(transport(form_page(BILL, typed))[0])


@pytest.mark.parametrize(
    ("printed", "ship"),
    [
        ("BASEL - JEBEL ALI", None),
        ("4000 LIÈGE - 0150 OSLO", None),
        ("Qingdao - Bangkok, by sea", None),
        ("GREY HERON - 012W", "GREY HERON - 012W"),
        ("GREY HERON - VOYAGE 12", "GREY HERON - VOYAGE 12"),
    ],
)
def test_two_places_and_a_dash_are_no_ship(printed: str, ship: str | None) -> None:
    assert carried_by(printed) == ship


def test_a_bare_number_and_date_among_the_remarks_are_the_invoice() -> None:
    fields = values(certificate(form_page(CHAMBER, [(307, 217, "INV26014701 4 January 2026")]))[0])
    assert fields["invoice_number"] == "INV26014701"
    barred = values(certificate(form_page(CHAMBER, [(307, 217, "Invoice 4.01.2026")]))[0])
    assert "invoice_number" not in barred


def test_a_title_is_not_read_into_a_text_layers_value() -> None:
    page = form_page([(45, 55, "Vessel")], [(47, 67, "CAPE SANDPIPER 651W")])
    assert Box(45, 50, 200, 70).contains_middle_of(page.words[0].box)
    assert values(transport(page)[0])["vessel_or_flight"] == "CAPE SANDPIPER 651W"
