"""Boxes and cells that certificates and transport documents print otherwise: invoice, authority, ship, seal, sums."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from extractors.context import Context
from extractors.documents.certificate import certificate_document, certificate_form
from extractors.documents.transport import transport_document, transport_form
from extractors.forms.voyage import carried_by
from extractors.values.numbers import NumberStyle
from schemas.pages import Page
from tests.drawing import Line
from tests.forms.printed import form_page

ENGLISH = Context(NumberStyle(".", ","), "dmy")


def certified(page: Page) -> dict[str, object]:
    fields, _ = certificate_document([page], certificate_form([page]), ENGLISH)
    return {name: field.value for name, field in fields.present().items()}


def carried(page: Page) -> dict[str, object]:
    fields, _ = transport_document([page], transport_form([page]), ENGLISH)
    return {name: field.value for name, field in fields.present().items()}


CHAMBER_TITLES: list[Line] = [
    (40, 60, "CERTIFICATE OF ORIGIN"),
    (40, 100, "Exporter"),
    (320, 100, "Consignee"),
    (40, 180, "Country of origin"),
    (320, 180, "Means of transport"),
    (40, 230, "Remarks"),
    (40, 280, "Number and kind of packages; description of goods"),
    (430, 280, "Gross weight"),
    (40, 600, "Certification"),
    (40, 612, "The undersigned authority certifies that the goods described above originate in the country shown."),
]
CHAMBER_VALUES: list[Line] = [
    (40, 30, "Harbour Chamber of Trade and Crafts"),
    (40, 112, "LAMP WORKS LTD."),
    (320, 112, "DELTA IMPORT JSC"),
    (40, 192, "India"),
    (320, 192, "Cochin - Oslo, by sea SILVER TERN"),
    (320, 204, "V.261S"),
    (40, 242, "As per invoice LW/EX/31 dated 09 Mar 2026"),
    (44, 300, "12 CARTONS LED DESK LAMP"),
    (430, 300, "120.50 KGS"),
    (44, 320, "4 CARTONS LAMP SHADE"),
    (430, 320, "30.00 KGS"),
    (430, 345, "150.50 KGS"),
    (40, 700, "Cochin, 12 Mar 2026"),
]


def test_a_chambers_letterhead_remarks_route_and_bare_sum_are_read() -> None:
    found = certified(form_page(CHAMBER_TITLES, CHAMBER_VALUES))
    assert found["issued_by"] == "Harbour Chamber of Trade and Crafts"
    assert found["invoice_number"] == "LW/EX/31"
    assert found["invoice_date"] == dt.date(2026, 3, 9)
    assert found["vessel_or_flight"] == "SILVER TERN V.261S"
    assert found["gross_weight_kg"] == Decimal("150.50")


def test_a_figure_that_is_not_the_sum_of_the_weights_is_no_total() -> None:
    wrong = [(x, y, "151.50 KGS" if text == "150.50 KGS" else text) for x, y, text in CHAMBER_VALUES]
    assert "gross_weight_kg" not in certified(form_page(CHAMBER_TITLES, wrong))


@pytest.mark.parametrize("remark", ["Third country invoice ZZ-9 dated 01 Mar 2026", "Goods as per invoice"])
def test_another_partys_invoice_or_none_is_not_the_invoice(remark: str) -> None:
    other = [(x, y, remark if text.startswith("As per") else text) for x, y, text in CHAMBER_VALUES]
    found = certified(form_page(CHAMBER_TITLES, other))
    assert "invoice_number" not in found
    assert "invoice_date" not in found


@pytest.mark.parametrize(
    ("printed", "ship"),
    [
        ("FROM CAT LAI TO YOKOHAMA PER SILVER TERN 0218N", "SILVER TERN 0218N"),
        ("Cochin - Oslo, by sea SILVER TERN V.118W", "SILVER TERN V.118W"),
        ("Shanghai - Rotterdam by vessel SILVER TERN 012W", "SILVER TERN 012W"),
        ("SILVER TERN - 123W BY SEA", "SILVER TERN - 123W"),
        ("Oberdorf - Oslo, Straßenverkehr", None),
        ("Porto - Hamburg par transport routier", None),
        ("8010 Graz - Liverpool L20 1EA, by truck", None),
        ("FROM NINGBO TO OSLO BY SEA", None),
    ],
)
def test_ship_and_voyage_are_told_from_route_and_mode(printed: str, ship: str | None) -> None:
    assert carried_by(printed) == ship


BILL_TITLES: list[Line] = [
    (40, 30, "BILL OF LADING"),
    (40, 60, "Shipper"),
    (320, 60, "Bill of lading number"),
    (40, 130, "Consignee"),
    (40, 240, "Ocean vessel and voyage number"),
    (240, 240, "Port of loading"),
    (400, 240, "Port of discharge"),
    (40, 290, "Container / Seal / Marks"),
    (180, 290, "Packages"),
    (260, 290, "Description of goods"),
    (430, 290, "Gross weight"),
    (510, 290, "Measurement"),
    (320, 600, "Place and date of issue"),
]
BILL_VALUES: list[Line] = [
    (40, 72, "LAMP WORKS LTD."),
    (320, 72, "TWL2603417"),
    (40, 142, "DELTA IMPORT JSC"),
    (40, 252, "SILVER TERN V.118W"),
    (240, 252, "Cochin"),
    (400, 252, "Oslo"),
    (40, 310, "TGHU1234569 /"),
    (180, 310, "67 CARTONS"),
    (260, 310, "SAID TO CONTAIN"),
    (430, 310, "2,352.60 KGS"),
    (260, 322, "POWER TOOLS, TELESCOPES,"),
    (260, 334, "SEALING RINGS"),
    (320, 612, "Cochin, 16 Mar 2026"),
]


def test_a_title_of_ship_and_voyage_leaves_the_value_whole() -> None:
    assert carried(form_page(BILL_TITLES, BILL_VALUES))["vessel_or_flight"] == "SILVER TERN V.118W"


@pytest.mark.parametrize(
    ("printed", "seal"),
    [
        ([(40, 322, "TW 558201")], "TW 558201"),
        ([(40, 322, "GH0094471"), (40, 334, "LAMPS OSLO 1-67")], "GH0094471"),
        ([(40, 340, "SEAL TW 558201")], "TW 558201"),
        ([(40, 340, "Seal No.: 0094471")], "0094471"),
        ([(40, 322, "LAMPS OSLO"), (40, 334, "C/NO. 1-67")], None),
        ([(40, 322, "LAMPS OSLO"), (260, 346, "SEAL KIT 8000")], None),
        ([(40, 322, "LAMPS OSLO"), (260, 346, "SEAL NO. KT 8000")], "KT 8000"),
    ],
)
def test_a_seal_is_read_behind_the_container_or_its_own_word(printed: list[Line], seal: str | None) -> None:
    assert carried(form_page(BILL_TITLES, [*BILL_VALUES, *printed])).get("seal_number") == seal


def test_goods_that_begin_like_a_clause_are_goods() -> None:
    page = form_page(BILL_TITLES, BILL_VALUES)
    _, lines = transport_document([page], transport_form([page]), ENGLISH)
    assert lines[0].description is not None
    assert lines[0].description.value == "POWER TOOLS, TELESCOPES, SEALING RINGS"


def test_the_forms_own_sentence_below_the_columns_is_no_description() -> None:
    sentence = (
        "The goods are to be delivered to the consignee named above upon proof of identity, "
        "without surrender of this document, as the shipper has declared their weight and contents"
    )
    page = form_page([*BILL_TITLES, (40, 450, sentence)], [*BILL_VALUES, (260, 500, "Tern Lines")])
    _, lines = transport_document([page], transport_form([page]), ENGLISH)
    assert lines[0].description is not None
    assert lines[0].description.value == "POWER TOOLS, TELESCOPES, SEALING RINGS"


AIR_TITLES: list[Line] = [
    (40, 40, "Shipper's Name and Address"),
    (300, 40, "Not negotiable Ar Waytsi"),
    (40, 120, "Consignee's Name and Address"),
    (40, 200, "Handling Information"),
    (40, 300, "No. of Pieces RCP"),
    (140, 300, "Gross Weight"),
    (230, 300, "kg lb"),
    (270, 300, "Rate Class"),
    (340, 300, "Chargeable Weight"),
    (440, 300, "Nature and Quantity of Goods"),
    (40, 600, "Executed on (date) at (place)"),
]
AIR_VALUES: list[Line] = [
    (480, 20, "909-44718203"),
    (40, 52, "LAMP WORKS LTD."),
    (40, 132, "DELTA IMPORT JSC"),
    (60, 330, "38"),
    (140, 330, "562.50"),
    (230, 330, "K"),
    (440, 330, "DESK LAMPS"),
    (60, 400, "38"),
    (140, 400, "562.50"),
]


def test_an_air_waybill_is_known_by_its_boxes_and_its_unnamed_sum_is_no_line() -> None:
    page = form_page(AIR_TITLES, AIR_VALUES)
    assert transport_form([page]) == "air_waybill"
    fields, lines = transport_document([page], "air_waybill", ENGLISH)
    assert len(lines) == 1
    assert fields.packages is not None
    assert fields.packages.value == 38
    assert fields.gross_weight_kg is not None
    assert fields.gross_weight_kg.value == Decimal("562.50")


def test_a_consignment_note_names_the_vehicle() -> None:
    titles = [
        (40, 30, "CMR INTERNATIONAL CONSIGNMENT NOTE"),
        (40, 60, "1 Sender"),
        (320, 100, "17 Vehicle registration"),
    ]
    values = [(40, 72, "LAMP WORKS LTD."), (320, 112, "47-QX-91 / L-204418")]
    assert carried(form_page(titles, values))["vessel_or_flight"] == "47-QX-91 / L-204418"


def test_a_volume_in_an_unsettled_style_is_the_one_that_its_weight_allows() -> None:
    page = form_page(
        BILL_TITLES, [*[v for v in BILL_VALUES if "KGS" not in v[2]], (430, 310, "2898 KGS"), (510, 310, "4.850 m3")]
    )
    fields, _ = transport_document([page], transport_form([page]), Context(None, "dmy"))
    assert fields.volume_m3 is not None
    assert fields.volume_m3.value == Decimal("4.850")
