"""Transport documents in printings that no collection holds: sea waybill, CMR note, consolidated bill, air waybill."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from extractors.context import Context
from extractors.documents.transport import transport_document, transport_form
from extractors.values.numbers import NumberStyle
from schemas.documents import TransportFields, TransportLine
from schemas.pages import Page
from tests.forms.printed import form_page

ENGLISH = Context(NumberStyle(".", ","), "dmy")


def read(page: Page, context: Context = ENGLISH) -> tuple[TransportFields, tuple[TransportLine, ...]]:
    return transport_document([page], transport_form([page]), context)


def values(line: TransportFields | TransportLine) -> dict[str, object]:
    return {name: field.value for name, field in line.present().items()}


WAYBILL_TITLES = [
    (40, 30, "Shipper (Complete name and address)"),
    (320, 30, "SEA WAYBILL No."),
    (400, 60, "NON-NEGOTIABLE SEA WAYBILL"),
    (40, 100, "Consignee (Complete name and address)"),
    (40, 170, "Notify Party"),
    (40, 240, "Ocean Vessel"),
    (170, 240, "Voyage No."),
    (280, 240, "Port of Loading"),
    (430, 240, "Port of Discharge"),
    (40, 290, "Container No./Seal No."),
    (160, 290, "No. of Packages"),
    (250, 290, "Description of Goods"),
    (430, 290, "Gross Weight"),
    (510, 290, "Measurement"),
    (40, 600, "Freight & Charges"),
    (320, 600, "Place and Date of Issue"),
    (320, 560, "Shipped on Board"),
]
WAYBILL_VALUES = [
    (40, 40, "OPORTO CERAMICA LDA"),
    (40, 52, "RUA DO CAIS 4, 4050 PORTO"),
    (40, 64, "PORTUGAL"),
    (320, 40, "SWB-771203-A"),
    (40, 110, "HALIFAX TILE CO."),
    (40, 122, "44 WATER STREET, HALIFAX NS"),
    (40, 134, "CANADA"),
    (40, 180, "SAME AS CONSIGNEE"),
    (40, 250, "WHITE STORK"),
    (170, 250, "0617W"),
    (280, 250, "LEIXOES"),
    (430, 250, "HALIFAX"),
    (40, 310, "TGHU1234569"),
    (40, 322, "PT88120"),
    (160, 310, "24"),
    (160, 322, "PALLETS"),
    (250, 310, "1 x 20' CONTAINER STC"),
    (250, 322, "24 PALLETS GLAZED TILES"),
    (430, 310, "21,480.000"),
    (430, 322, "KGS"),
    (510, 310, "23.400"),
    (510, 322, "M3"),
    (40, 345, "MSKU6011672"),
    (160, 345, "6"),
    (160, 357, "PALLETS"),
    (250, 345, "6 PALLETS SINK BASINS"),
    (430, 345, "3,020.000"),
    (510, 345, "9.100"),
    (250, 400, "TOTAL: 30 PALLETS"),
    (430, 400, "24,500.000 KGS"),
    (510, 400, "32.500 M3"),
    (40, 610, "FREIGHT COLLECT"),
    (320, 610, "PORTO, 19 MAR 2026"),
    (400, 559, "17 MAR 2026"),
]


def test_a_sea_waybill_without_rules_joins_ship_and_voyage_and_keeps_each_line() -> None:
    page = form_page(WAYBILL_TITLES, WAYBILL_VALUES)
    fields, lines = read(page)
    found = values(fields)
    assert transport_form([page]) == "sea_waybill"
    assert found["number"] == "SWB-771203-A"
    assert found["vessel_or_flight"] == "WHITE STORK 0617W"
    assert (found["port_of_loading"], found["port_of_discharge"]) == ("LEIXOES", "HALIFAX")
    assert found["freight_terms"] == "collect"
    assert found["date"] == dt.date(2026, 3, 19)
    assert found["shipped_on_board_date"] == dt.date(2026, 3, 17)
    assert "notify_party" not in found
    assert (found["packages"], found["gross_weight_kg"], found["volume_m3"]) == (
        30,
        Decimal("24500.000"),
        Decimal("32.500"),
    )
    assert [(v["packages"], v["gross_weight_kg"], v["description"]) for v in map(values, lines)] == [
        (24, Decimal("21480.000"), "GLAZED TILES"),
        (6, Decimal("3020.000"), "SINK BASINS"),
    ]


def test_a_container_number_is_witnessed_by_its_check_digit_alone() -> None:
    sound = [(40, 310, "MSKU6011672")]
    broken = [(40, 310, "MSKU6011673")]
    right, _ = read(form_page(WAYBILL_TITLES, sound))
    wrong, _ = read(form_page(WAYBILL_TITLES, broken))
    assert right.container_number
    assert right.container_number.witnesses == ("check_digit",)
    assert wrong.container_number
    assert wrong.container_number.value == "MSKU6011673"
    assert wrong.container_number.witnesses == ()


CMR_TITLES = [
    (35, 30, "1 Absender (Name, Anschrift, Land) Sender (name, address, country)"),
    (320, 30, "INTERNATIONALER FRACHTBRIEF"),
    (480, 30, "CMR No."),
    (35, 100, "2 Empfänger (Name, Anschrift, Land) Consignee (name, address, country)"),
    (320, 100, "16 Frachtführer Carrier (name, address, country)"),
    (35, 170, "3 Auslieferungsort des Gutes Place of delivery of the goods"),
    (320, 170, "17 Nachfolgende Frachtführer Successive carriers"),
    (35, 210, "4 Ort und Tag der Übernahme des Gutes Place and date of taking over the goods"),
    (320, 210, "18 Vorbehalte und Bemerkungen der Frachtführer"),
    (35, 250, "5 Beigefügte Dokumente Documents attached"),
    (35, 290, "6 Marks and Nos"),
    (120, 290, "7 Number of packages"),
    (210, 290, "8 Method of packing"),
    (290, 290, "9 Nature of the goods"),
    (400, 290, "10 Statistical number"),
    (475, 290, "11 Gross weight in kg"),
    (545, 290, "12 Volume"),
    (35, 500, "13 Anweisungen des Absenders Sender's instructions"),
    (35, 560, "14 Instructions as to payment for carriage"),
    (320, 500, "19 Special agreements"),
    (35, 620, "21 Established in"),
    (35, 660, "22 Signature and stamp of the sender"),
    (230, 660, "23 Signature and stamp of the carrier"),
    (420, 660, "24 Goods received"),
]
CMR_VALUES = [
    (35, 42, "MÖBELWERK ODENWALD GMBH"),
    (35, 54, "FORSTWEG 2, 64711 ERBACH"),
    (35, 66, "GERMANY"),
    (520, 29, "DE5520817"),
    (35, 112, "NORD MÖBLER AB"),
    (35, 124, "HAMNGATAN 5, 41103 GÖTEBORG"),
    (35, 136, "SWEDEN"),
    (320, 112, "SPEDITION KIRCHNER KG"),
    (35, 182, "GÖTEBORG, SWEDEN"),
    (35, 222, "ERBACH, GERMANY 11.02.2026"),
    (35, 310, "NM 1-18"),
    (120, 310, "18"),
    (210, 310, "PALLETS"),
    (290, 310, "OAK TABLES"),
    (400, 310, "94036010"),
    (475, 310, "4,212.50"),
    (545, 310, "38.2"),
    (35, 572, "CARRIAGE PAID"),
    (120, 619, "ERBACH on 11.02.2026"),
]


def test_a_cmr_note_is_read_by_its_numbered_titles_in_two_languages() -> None:
    page = form_page(CMR_TITLES, CMR_VALUES)
    fields, lines = read(page)
    found = values(fields)
    assert transport_form([page]) == "cmr"
    assert found["number"] == "DE5520817"
    assert fields.exporter
    assert fields.exporter.value.name == "MÖBELWERK ODENWALD GMBH"
    assert fields.consignee
    assert fields.consignee.value.name == "NORD MÖBLER AB"
    assert found["port_of_loading"] == "ERBACH, GERMANY"
    assert found["port_of_discharge"] == "GÖTEBORG, SWEDEN"
    assert found["date"] == dt.date(2026, 2, 11)
    assert (found["packages"], found["package_kind"]) == (18, "PX")
    assert (found["gross_weight_kg"], found["volume_m3"]) == (Decimal("4212.50"), Decimal("38.2"))
    assert [v["description"] for v in map(values, lines)] == ["OAK TABLES"]


AIR_TITLES = [
    (40, 40, "Shipper's Name and Address"),
    (320, 40, "Not Negotiable"),
    (320, 50, "Air Waybill"),
    (40, 110, "Consignee's Name and Address"),
    (40, 170, "Issuing Carrier's Agent Name and City"),
    (320, 170, "Accounting Information"),
    (40, 200, "Airport of Departure (Addr. of First Carrier) and Requested Routing"),
    (310, 200, "PPD"),
    (350, 200, "COLL"),
    (40, 235, "Airport of Destination"),
    (200, 235, "Flight/Date"),
    (40, 280, "No. of"),
    (40, 288, "Pieces"),
    (40, 296, "RCP"),
    (90, 280, "Gross"),
    (90, 288, "Weight"),
    (140, 280, "kg"),
    (140, 288, "lb"),
    (170, 280, "Rate Class"),
    (230, 280, "Chargeable"),
    (230, 288, "Weight"),
    (300, 280, "Total"),
    (400, 280, "Nature and Quantity of Goods"),
    (400, 288, "(incl. Dimensions or Volume)"),
    (250, 620, "Executed on (date) at (place)"),
    (400, 620, "Signature of Issuing Carrier or its Agent"),
]
AIR_VALUES = [
    (500, 20, "176-55440184"),
    (40, 50, "KELVIN OPTICS LTD"),
    (40, 62, "6 LENS LANE, GLASGOW G1 1AA"),
    (40, 74, "UNITED KINGDOM"),
    (40, 120, "LUMEN AG"),
    (40, 132, "SEEFELD 4, 8008 ZURICH"),
    (40, 144, "SWITZERLAND"),
    (40, 212, "GLASGOW"),
    (355, 212, "X"),
    (40, 246, "ZURICH"),
    (200, 246, "BA1485/12"),
    (40, 315, "3"),
    (90, 315, "150.0"),
    (142, 315, "L"),
    (172, 315, "Q"),
    (230, 315, "150.0"),
    (300, 315, "AS AGREED"),
    (400, 315, "OPTICAL LENSES"),
    (400, 335, "DIMS 40X40X30 CM / 3"),
    (400, 350, "VOL 0.144 CBM"),
    (250, 604, "12 MAR 2026"),
    (330, 604, "GLASGOW"),
]


def test_an_air_waybill_in_pounds_is_given_in_kilograms_and_a_mark_tells_who_pays() -> None:
    page = form_page(AIR_TITLES, AIR_VALUES)
    fields, lines = read(page)
    found = values(fields)
    assert transport_form([page]) == "air_waybill"
    assert found["gross_weight_kg"] == Decimal("150.0") * Decimal("0.45359237")
    assert found["freight_terms"] == "collect"
    assert found["date"] == dt.date(2026, 3, 12)
    assert (found["port_of_loading"], found["port_of_discharge"]) == ("GLASGOW", "ZURICH")
    assert found["vessel_or_flight"] == "BA1485/12"
    assert found["volume_m3"] == Decimal("0.144")
    assert [v["description"] for v in map(values, lines)] == ["OPTICAL LENSES"]


@pytest.mark.parametrize(("printed", "witnesses"), [("176-55440184", ("check_digit",)), ("176-55440185", ())])
def test_the_check_digit_of_an_air_waybill_witnesses_its_number(printed: str, witnesses: tuple[str, ...]) -> None:
    fields, _ = read(form_page(AIR_TITLES, [(500, 20, printed)]))
    assert fields.number
    assert (fields.number.value, fields.number.witnesses) == (printed, witnesses)


def test_kilograms_over_pounds_are_one_line_of_goods() -> None:
    twice = [
        (40, 310, "N/M"),
        (160, 310, "40 CARTONS"),
        (250, 310, "OAK FLOORING"),
        (430, 310, "1,000.00 KGS"),
        (430, 322, "2,204.62 LBS"),
    ]
    fields, lines = read(form_page(WAYBILL_TITLES, twice))
    assert len(lines) == 1
    assert values(fields)["gross_weight_kg"] == Decimal("1000.00")


def test_a_weight_in_tonnes_becomes_exact_kilograms() -> None:
    fields, _ = read(
        form_page(WAYBILL_TITLES, [(160, 310, "40 CARTONS"), (250, 310, "OAK FLOORING"), (430, 310, "1.98366 MT")])
    )
    assert values(fields)["gross_weight_kg"] == Decimal("1983.66")


def test_a_volume_no_goods_could_fill_is_a_point_read_as_a_comma() -> None:
    row = [(160, 310, "111 CARTONS"), (250, 310, "CHAIRS"), (430, 310, "1,625.60 KGS"), (510, 310, "19,980 CBM")]
    fields, _ = read(form_page(WAYBILL_TITLES, row, reader="tesseract"))
    assert values(fields)["volume_m3"] == Decimal("19.980")


def test_a_notify_party_misread_by_one_letter_is_still_the_consignee() -> None:
    fields, _ = read(form_page(WAYBILL_TITLES, [(40, 180, "SAME AS GONSIGNEE")], reader="tesseract"))
    assert fields.notify_party is None
