"""Certificates in printings that no collection holds: titles and columns as the agreements' annexes have them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from extractors.context import Context
from extractors.documents.certificate import certificate_document, certificate_form
from extractors.values.numbers import NumberStyle
from schemas.documents import CertificateFields, CertificateLine
from schemas.pages import Page
from tests.forms.printed import form_page

ENGLISH = Context(NumberStyle(".", ","), "dmy")
CONTINENTAL = Context(NumberStyle(",", "."), "dmy")


def read(page: Page, context: Context = ENGLISH) -> tuple[CertificateFields, tuple[CertificateLine, ...]]:
    return certificate_document([page], certificate_form([page]), context)


def values(line: CertificateLine | CertificateFields) -> dict[str, object]:
    return {name: field.value for name, field in line.present().items()}


FORM_E_TITLES = [
    (40, 40, "1. Products consigned from (Exporter's business name, address, country)"),
    (320, 40, "Reference No."),
    (320, 75, "ASEAN-CHINA FREE TRADE AREA"),
    (340, 85, "PREFERENTIAL TARIFF"),
    (340, 95, "CERTIFICATE OF ORIGIN"),
    (360, 107, "FORM E"),
    (330, 120, "Issued in"),
    (40, 100, "2. Products consigned to (Consignee's name, address, country)"),
    (40, 160, "3. Means of transport and route (as far as known)"),
    (320, 160, "4. For Official Use"),
    (40, 172, "Departure date"),
    (40, 186, "Vessel's name/Aircraft etc."),
    (40, 200, "Port of Discharge"),
    (320, 172, "Preferential Treatment Given"),
    (40, 230, "5. Item"),
    (40, 238, "number"),
    (80, 230, "6. Marks and"),
    (80, 238, "numbers on"),
    (80, 246, "packages"),
    (150, 230, "7. Number and type of packages, description of"),
    (150, 238, "products (including quantity where appropriate"),
    (150, 246, "and HS number of the importing Party)"),
    (330, 230, "8. Origin criteria"),
    (330, 238, "(see Overleaf"),
    (330, 246, "Notes)"),
    (400, 230, "9. Gross weight or"),
    (400, 238, "net weight or other"),
    (400, 246, "quantity, and value"),
    (400, 254, "(FOB)"),
    (490, 230, "10. Number, date"),
    (490, 238, "of Invoices"),
    (40, 520, "11. Declaration by the exporter"),
    (320, 520, "12. Certification"),
    (40, 530, "The undersigned hereby declares that the above details and"),
    (40, 538, "statement are correct; that all the products were produced in"),
    (40, 566, "(Country)"),
    (40, 576, "and that they comply with the origin requirements specified for"),
    (40, 584, "these products for the products exported to"),
    (40, 612, "(Importing Country)"),
    (40, 650, "Place and date, signature of authorised signatory"),
    (320, 530, "It is hereby certified, on the basis of control carried out, that"),
    (320, 538, "the declaration by the exporter is correct."),
    (320, 650, "Place and date, signature and stamp of certifying authority"),
    (60, 680, "Issued Retroactively"),
    (200, 680, "Exhibition"),
    (320, 680, "Movement Certificate"),
    (450, 680, "Third Party Invoicing"),
]
FORM_E_VALUES = [
    (40, 50, "XIAMEN CORK LAMP CO., LTD."),
    (40, 62, "8 HARBOUR ROAD, XIAMEN 361000"),
    (40, 74, "CHINA"),
    (320, 50, "E253412345670018"),
    (370, 118, "THE PEOPLE'S REPUBLIC OF CHINA"),
    (40, 110, "DELTA LAMP IMPORT JSC"),
    (40, 122, "12 TRAN PHU, HAI PHONG"),
    (40, 134, "VIETNAM"),
    (130, 171, "MAR. 14, 2026"),
    (160, 185, "SILVER TERN V.2611S"),
    (130, 199, "HAI PHONG, VIETNAM"),
    (44, 270, "1"),
    (80, 270, "N/M"),
    (150, 270, "ONE HUNDRED AND TWENTY"),
    (150, 281, "(120) CARTONS OF LED DESK LAMP"),
    (150, 292, "HS CODE: 9405.21"),
    (340, 270, '"PE"'),
    (400, 270, "2,400 PCS"),
    (400, 281, "1,260.50 KGS"),
    (400, 292, "USD 19200.00"),
    (490, 270, "XC-2026-031"),
    (490, 281, "MAR. 10, 2026"),
    (44, 320, "2"),
    (150, 320, "FORTY (40) CARTONS OF LAMP SHADE"),
    (150, 331, "HS CODE: 9405.99"),
    (340, 320, '"PE"'),
    (400, 320, "800 PCS"),
    (400, 331, "300.00 KGS"),
    (150, 352, "*** *** *** ***"),
    (150, 366, "TOTAL: 160 CARTONS"),
    (60, 552, "CHINA"),
    (60, 598, "VIETNAM"),
    (60, 636, "XIAMEN, CHINA MAR. 12, 2026"),
    (320, 560, "XIAMEN CUSTOMS DISTRICT"),
    (320, 636, "XIAMEN, CHINA MAR. 13, 2026"),
]


def test_a_form_e_without_any_rule_is_read_by_its_titles() -> None:
    fields, lines = read(form_page(FORM_E_TITLES, FORM_E_VALUES))
    found = values(fields)
    assert found["number"] == "E253412345670018"
    assert found["date"] == dt.date(2026, 3, 13)
    assert found["country_of_origin"] == "CN"
    assert found["country_of_destination"] == "VN"
    assert found["vessel_or_flight"] == "SILVER TERN V.2611S"
    assert found["issued_by"] == "XIAMEN CUSTOMS DISTRICT"
    assert found["invoice_number"] == "XC-2026-031"
    assert found["invoice_date"] == dt.date(2026, 3, 10)
    assert fields.exporter
    assert fields.exporter.value.name == "XIAMEN CORK LAMP CO., LTD."
    assert fields.consignee
    assert fields.consignee.value.country == "VN"
    assert [(v["packages"], v["quantity"], v["unit"]) for v in map(values, lines)] == [
        (Decimal(120), Decimal(2400), "C62"),
        (Decimal(40), Decimal(800), "C62"),
    ]
    # The column asks for "gross weight or net weight": which of the two 1,260.50 KGS is, the paper does not say.
    assert all(line.gross_weight_kg is None for line in lines)
    assert [line.description.value for line in lines if line.description] == ["LED DESK LAMP", "LAMP SHADE"]
    assert [line.hs_code.value for line in lines if line.hs_code] == ["940521", "940599"]


def test_a_box_to_tick_is_no_mark_of_a_late_issue_until_it_is_ticked() -> None:
    blank, _ = read(form_page(FORM_E_TITLES, FORM_E_VALUES))
    ticked, _ = read(form_page(FORM_E_TITLES, [*FORM_E_VALUES, (48, 679, "X")]))
    elsewhere, _ = read(form_page(FORM_E_TITLES, [*FORM_E_VALUES, (436, 679, "X")]))
    assert blank.issued_retrospectively is None
    assert elsewhere.issued_retrospectively is None
    assert ticked.issued_retrospectively
    assert ticked.issued_retrospectively.value is True


def test_form_e_names_itself() -> None:
    assert certificate_form([form_page(FORM_E_TITLES, [])]) == "form_e"


RCEP_TITLES = [
    (40, 40, "1. Goods Consigned from (Exporter's name, address and country)"),
    (320, 40, "Certificate No."),
    (320, 70, "REGIONAL COMPREHENSIVE ECONOMIC PARTNERSHIP AGREEMENT"),
    (340, 82, "CERTIFICATE OF ORIGIN"),
    (360, 94, "FORM RCEP"),
    (40, 95, "2. Goods Consigned to (Importer's/Consignee's name, address, country)"),
    (40, 150, "3. Producer's name, address and country (if known)"),
    (40, 200, "4. Means of transport and route (if known)"),
    (320, 150, "5. For Official Use"),
    (30, 250, "6. Item"),
    (30, 258, "number"),
    (70, 250, "7. Marks and"),
    (70, 258, "numbers on"),
    (70, 266, "packages"),
    (130, 250, "8. Number and kind of"),
    (130, 258, "packages; and description"),
    (130, 266, "of goods."),
    (260, 250, "9. HS Code"),
    (260, 258, "of the goods"),
    (260, 266, "(6 digit-level)"),
    (325, 250, "10. Origin"),
    (325, 258, "Conferring"),
    (325, 266, "Criterion"),
    (380, 250, "11. RCEP"),
    (380, 258, "Country of"),
    (380, 266, "Origin"),
    (430, 250, "12. Quantity (Gross"),
    (430, 258, "weight or other"),
    (430, 266, "measurement)"),
    (510, 250, "13. Invoice"),
    (510, 258, "number(s) and date"),
    (510, 266, "of invoice(s)"),
    (40, 500, "14. Remarks"),
    (40, 560, "15. Declaration by the exporter or producer"),
    (320, 560, "16. Certification"),
    (320, 640, "Place and date, signature and seal or stamp of Issuing Body"),
]
RCEP_VALUES = [
    (40, 50, "OSAKA FINE VALVE K.K."),
    (40, 62, "3-2-1 MINATO, OSAKA"),
    (40, 74, "JAPAN"),
    (320, 50, "260311-RC-55014"),
    (40, 107, "HARBOUR FITTINGS PTY LTD"),
    (40, 119, "90 DOCK STREET, FREMANTLE"),
    (40, 131, "AUSTRALIA"),
    (40, 162, "AVAILABLE UPON REQUEST"),
    (40, 212, "BY SEA: BLUE HERON V.045S"),
    (40, 224, "FROM OSAKA TO FREMANTLE"),
    (32, 290, "1"),
    (70, 290, "HF 1-12"),
    (130, 290, "12 CARTONS OF BRASS"),
    (130, 301, "BALL VALVES"),
    (260, 290, "8481.80"),
    (330, 290, "CTC"),
    (385, 290, "JAPAN"),
    (430, 290, "1,200 PCS"),
    (510, 290, "OFV-881"),
    (510, 301, "02/03/2026"),
    (32, 330, "2"),
    (130, 330, "3 CARTONS OF GASKETS"),
    (260, 330, "4016.93"),
    (330, 330, "WO"),
    (385, 330, "THAILAND"),
    (430, 330, "500 PCS"),
    (320, 590, "THE OSAKA CHAMBER OF COMMERCE"),
    (320, 626, "OSAKA, 05/03/2026"),
    (60, 626, "OSAKA, 04/03/2026"),
]


def test_rcep_gives_the_origin_of_each_line_and_no_producer_who_is_not_named() -> None:
    fields, lines = read(form_page(RCEP_TITLES, RCEP_VALUES))
    found = values(fields)
    assert certificate_form([form_page(RCEP_TITLES, [])]) == "rcep"
    assert "producer" not in found
    assert found["number"] == "260311-RC-55014"
    assert found["date"] == dt.date(2026, 3, 5)
    assert found["vessel_or_flight"] == "BLUE HERON V.045S"
    assert found["issued_by"] == "THE OSAKA CHAMBER OF COMMERCE"
    first, second = map(values, lines)
    assert (first["origin"], second["origin"]) == ("JP", "TH")
    assert (first["hs_code"], first["origin_criterion"], first["packages"]) == ("848180", "CTC", Decimal(12))
    assert first["description"] == "BRASS BALL VALVES"
    assert (second["quantity"], second["unit"], second["number"]) == (Decimal(500), "C62", "2")
    assert found["invoice_number"] == "OFV-881"


ATR_CELLS = [
    (30, 30, 300, 100),
    (300, 30, 565, 60),
    (300, 60, 565, 100),
    (30, 100, 300, 160),
    (300, 100, 565, 130),
    (300, 130, 430, 160),
    (430, 130, 565, 160),
    (30, 160, 300, 200),
    (300, 160, 565, 200),
    (30, 200, 70, 225),
    (70, 200, 430, 225),
    (430, 200, 565, 225),
    (30, 225, 70, 500),
    (70, 225, 430, 500),
    (430, 225, 565, 500),
    (30, 500, 300, 620),
    (300, 500, 565, 620),
]
ATR_TITLES = [
    (35, 33, "1. Exporter (Name, full address, country)"),
    (305, 33, "A.TR. No"),
    (305, 63, "2. Transport document (Optional)"),
    (35, 103, "3. Consignee (Name, full address, country) (Optional)"),
    (305, 103, "4. ASSOCIATION between the EUROPEAN ECONOMIC COMMUNITY and TURKEY"),
    (305, 133, "5. Country of exportation"),
    (435, 133, "6. Country of destination"),
    (35, 163, "7. Transport details (Optional)"),
    (305, 163, "8. Remarks"),
    (33, 203, "9. Item"),
    (33, 211, "number"),
    (75, 203, "10. Marks and numbers; Number and kind of packages; Description of goods"),
    (435, 203, "11. Gross weight (kg)"),
    (35, 503, "12. CUSTOMS ENDORSEMENT"),
    (305, 503, "13. DECLARATION BY THE EXPORTER"),
    (35, 523, "Customs office:"),
]
ATR_VALUES = [
    (35, 43, "MARMARA TEXTILE A.S."),
    (35, 55, "LIMAN CAD. 7, BURSA"),
    (35, 67, "TURKEY"),
    (350, 33, "D 0142233"),
    (35, 113, "NORDLICHT HANDELS GMBH"),
    (35, 125, "AM KAI 7, 20457 HAMBURG"),
    (35, 137, "GERMANY"),
    (305, 143, "TURKEY"),
    (435, 143, "GERMANY"),
    (35, 173, "BY TRUCK"),
    (305, 173, "EXPEDIDO A POSTERIORI"),
    (40, 235, "1"),
    (75, 235, "45 BALES COTTON YARN"),
    (440, 235, "1.350,00 kg"),
    (40, 250, "2"),
    (75, 250, "5 PALLETS BED LINEN"),
    (440, 250, "420,50 kg"),
    (75, 280, "TOTAL 50 PACKAGES 1.770,50 kg"),
    (35, 533, "BURSA CUSTOMS DIRECTORATE"),
    (35, 600, "Bursa, 09.02.2026"),
    (305, 600, "Bursa, 06.02.2026"),
]


def test_an_atr_shows_no_origin_for_the_country_it_leaves() -> None:
    page = form_page(ATR_TITLES, ATR_VALUES, cells=ATR_CELLS)
    fields, lines = read(page, CONTINENTAL)
    found = values(fields)
    assert certificate_form([page]) == "atr"
    assert "country_of_origin" not in found
    assert found["country_of_destination"] == "DE"
    assert found["number"] == "D 0142233"
    assert found["date"] == dt.date(2026, 2, 9)
    assert found["issued_retrospectively"] is True
    assert "vessel_or_flight" not in found
    assert found["gross_weight_kg"] == Decimal("1770.50")
    assert [(v["number"], v["packages"], v["description"], v["gross_weight_kg"]) for v in map(values, lines)] == [
        ("1", Decimal(45), "COTTON YARN", Decimal("1350.00")),
        ("2", Decimal(5), "BED LINEN", Decimal("420.50")),
    ]


EUR1_GERMAN = [
    (40, 40, "1. Ausführer (Name, vollständige Anschrift, Staat)"),
    (310, 60, "EUR.1 Nr."),
    (200, 20, "WARENVERKEHRSBESCHEINIGUNG"),
    (310, 80, "2. Bescheinigung für den Präferenzverkehr zwischen"),
    (40, 110, "3. Empfänger (Name, vollständige Anschrift, Staat) (Ausfüllung freigestellt)"),
    (310, 130, "4. Staat, Staatengruppe oder Gebiet,"),
    (310, 138, "als dessen bzw. deren"),
    (310, 146, "Ursprungswaren die Waren gelten"),
    (450, 130, "5. Bestimmungsstaat,"),
    (450, 138, "-staatengruppe oder -gebiet"),
    (40, 180, "6. Angaben über die Beförderung"),
    (310, 180, "7. Bemerkungen"),
    (40, 210, "8. Laufende Nr.; Zeichen und Nummern; Anzahl und Art der Packstücke (1); Warenbezeichnung"),
    (380, 210, "9. Rohmasse (kg)"),
    (480, 210, "10. Rechnungen"),
    (40, 500, "11. SICHTVERMERK DER ZOLLBEHÖRDE"),
    (310, 500, "12. ERKLÄRUNG DES AUSFÜHRERS"),
    (40, 515, "Zollbehörde:"),
]
EUR1_GERMAN_VALUES = [
    (40, 50, "ALBTAL GLAS GMBH"),
    (40, 62, "MÜHLWEG 3, 76275 ETTLINGEN"),
    (40, 74, "DEUTSCHLAND"),
    (360, 59, "X 778120"),
    (40, 120, "FJORD GLASS AS"),
    (40, 132, "KAIGATA 4, 5003 BERGEN"),
    (40, 144, "NORWEGEN"),
    (310, 155, "EUROPÄISCHE UNION"),
    (450, 148, "NORWEGEN"),
    (310, 190, "NACHTRÄGLICH AUSGESTELLT"),
    (40, 230, "1"),
    (60, 230, "14 KARTONS TRINKGLÄSER"),
    (390, 230, "212,40 kg"),
    (480, 230, "R-5519"),
    (480, 241, "03.02.2026"),
    (40, 250, "2"),
    (60, 250, "6 KARTONS GLASVASEN"),
    (390, 250, "98,60 kg"),
    (40, 280, "GESAMT 20 KARTONS 311,00 kg"),
    (40, 526, "Zollamt Ettlingen"),
    (40, 600, "Ettlingen, 09.02.2026"),
    (310, 600, "Ettlingen, 05.02.2026"),
]


def test_a_german_eur1_without_rules_is_read_and_says_that_it_came_late() -> None:
    fields, lines = read(form_page(EUR1_GERMAN, EUR1_GERMAN_VALUES), CONTINENTAL)
    found = values(fields)
    assert (found["country_of_origin"], found["country_of_destination"]) == ("EU", "NO")
    assert found["number"] == "X 778120"
    assert found["issued_retrospectively"] is True
    assert found["issued_by"] == "Zollamt Ettlingen"
    assert found["date"] == dt.date(2026, 2, 9)
    assert (found["invoice_number"], found["invoice_date"]) == ("R-5519", dt.date(2026, 2, 3))
    assert found["gross_weight_kg"] == Decimal("311.00")
    assert [v["description"] for v in map(values, lines)] == ["TRINKGLÄSER", "GLASVASEN"]
    assert [v["packages"] for v in map(values, lines)] == [14, 6]


CHAMBER_SPANISH = [
    (40, 40, "1. Expedidor"),
    (320, 40, "Nº"),
    (360, 70, "CERTIFICADO DE ORIGEN"),
    (40, 100, "2. Destinatario"),
    (320, 100, "3. País de origen"),
    (40, 160, "4. Información relativa al transporte (mención facultativa)"),
    (320, 160, "5. Observaciones"),
    (
        40,
        210,
        "6. Número de orden; marcas, numeración; número y naturaleza de los bultos; designación de las mercancías",
    ),
    (480, 210, "7. Cantidad"),
    (
        40,
        500,
        "8. LA AUTORIDAD INFRASCRITA CERTIFICA QUE LAS MERCANCÍAS DESIGNADAS SON ORIGINARIAS DEL PAÍS",
    ),
    (60, 620, "Lugar y fecha de expedición; nombre, firma y sello de la autoridad competente"),
]
CHAMBER_SPANISH_VALUES = [
    (40, 50, "ACEITES DEL TAJO, S.L."),
    (40, 62, "CALLE MAYOR 4, 45001 TOLEDO"),
    (40, 74, "ESPAÑA"),
    (320, 50, "T-2026/00417"),
    (40, 110, "CASA ANDINA S.A."),
    (40, 122, "JR. LIMA 77, LIMA"),
    (40, 134, "PERÚ"),
    (320, 112, "ESPAÑA - UNIÓN EUROPEA"),
    (40, 172, "MARÍTIMO"),
    (320, 172, "Factura nº 26/0112 de 04/02/2026"),
    (42, 240, "1"),
    (70, 240, "50 CAJAS ACEITE DE OLIVA VIRGEN EXTRA"),
    (500, 240, "600 UDS"),
    (70, 251, "ECOLÓGICO, BOTELLAS DE 0,5 L"),
    (42, 275, "2"),
    (70, 275, "20 CAJAS VINAGRE DE JEREZ"),
    (500, 275, "240 UDS"),
    (40, 300, "Total: 70 CAJAS Peso bruto 812,50 kg"),
    (200, 560, "CÁMARA DE COMERCIO DE TOLEDO"),
    (60, 606, "Toledo, 06/02/2026"),
]


def test_a_spanish_chamber_certificate_is_read() -> None:
    page = form_page(CHAMBER_SPANISH, CHAMBER_SPANISH_VALUES)
    fields, lines = read(page, CONTINENTAL)
    found = values(fields)
    assert certificate_form([page]) == "chamber"
    assert found["number"] == "T-2026/00417"
    assert found["country_of_origin"] in {"ES", "EU"}
    assert found["issued_by"] == "CÁMARA DE COMERCIO DE TOLEDO"
    assert found["date"] == dt.date(2026, 2, 6)
    assert (found["invoice_number"], found["invoice_date"]) == ("26/0112", dt.date(2026, 2, 4))
    assert "vessel_or_flight" not in found
    assert found["gross_weight_kg"] == Decimal("812.50")
    assert [v["description"] for v in map(values, lines)] == [
        "ACEITE DE OLIVA VIRGEN EXTRA ECOLÓGICO, BOTELLAS DE 0,5 L",
        "VINAGRE DE JEREZ",
    ]


CHINA_TITLES = [
    (40, 40, "1.Exporter"),
    (320, 40, "Certificate No."),
    (350, 75, "CERTIFICATE OF ORIGIN"),
    (390, 86, "OF"),
    (330, 97, "THE PEOPLE'S REPUBLIC OF CHINA"),
    (40, 100, "2.Consignee"),
    (40, 160, "3.Means of transport and route"),
    (320, 160, "5.For certifying authority use only"),
    (40, 195, "4.Country / region of destination"),
    (40, 230, "6.Marks and numbers"),
    (130, 230, "7.Number and kind of packages; description of goods"),
    (330, 230, "8.H.S.Code"),
    (400, 230, "9.Quantity"),
    (480, 230, "10.Number"),
    (480, 238, "and date of"),
    (480, 246, "invoices"),
    (40, 520, "11.Declaration by the exporter"),
    (320, 520, "12.Certification"),
    (40, 530, "The undersigned hereby declares that the above details and statements are correct,"),
    (40, 538, "that all the goods were produced in China and that they comply with the Rules of Origin"),
    (40, 546, "of the People's Republic of China."),
    (320, 530, "It is hereby certified that the declaration by the exporter is correct."),
    (40, 650, "Place and date, signature and stamp of authorized signatory"),
    (320, 650, "Place and date, signature and stamp of certifying authority"),
]
CHINA_VALUES = [
    (40, 50, "WENZHOU PEN CO.,LTD"),
    (40, 62, "NO.77 INK STREET, WENZHOU, CHINA"),
    (320, 50, "26C3303A0077/00012"),
    (40, 110, "STYLO FRANCE SARL"),
    (40, 122, "9 RUE DU PORT, 44000 NANTES, FRANCE"),
    (40, 172, "FROM NINGBO TO LE HAVRE BY SEA"),
    (40, 206, "FRANCE"),
    (40, 262, "N/M"),
    (130, 262, "THREE HUNDRED (300) CARTONS OF"),
    (130, 273, "BALL POINT PENS"),
    (330, 262, "9608.10"),
    (400, 262, "150000PCS"),
    (480, 262, "WP26031"),
    (480, 273, "MAR. 02, 2026"),
    (130, 290, "***"),
    (60, 636, "WENZHOU, CHINA MAR. 05, 2026"),
    (320, 590, "CHINA COUNCIL FOR THE PROMOTION"),
    (320, 636, "WENZHOU, CHINA MAR. 06, 2026"),
]


def test_a_chinese_certificate_tells_its_origin_in_the_exporters_declaration() -> None:
    fields, lines = read(form_page(CHINA_TITLES, CHINA_VALUES))
    found = values(fields)
    assert found["number"] == "26C3303A0077/00012"
    assert (found["country_of_origin"], found["country_of_destination"]) == ("CN", "FR")
    assert found["date"] == dt.date(2026, 3, 6)
    assert (found["invoice_number"], found["invoice_date"]) == ("WP26031", dt.date(2026, 3, 2))
    assert "vessel_or_flight" not in found
    assert "gross_weight_kg" not in found
    (line,) = map(values, lines)
    assert (line["packages"], line["hs_code"], line["description"]) == (300, "960810", "BALL POINT PENS")
    assert (line["quantity"], line["unit"]) == (150000, "C62")


USMCA_TITLES = [
    (150, 30, "UNITED STATES-MEXICO-CANADA AGREEMENT (USMCA) CERTIFICATION OF ORIGIN"),
    (40, 60, "1. CERTIFIER"),
    (320, 60, "2. BLANKET PERIOD"),
    (40, 110, "3. EXPORTER NAME AND ADDRESS"),
    (320, 110, "4. PRODUCER NAME AND ADDRESS"),
    (40, 180, "5. IMPORTER NAME AND ADDRESS"),
    (40, 250, "6. DESCRIPTION OF GOOD(S)"),
    (300, 250, "7. HS TARIFF CLASSIFICATION"),
    (410, 250, "8. ORIGIN CRITERION"),
    (500, 250, "9. COUNTRY OF"),
    (500, 258, "ORIGIN"),
    (40, 600, "AUTHORIZED SIGNATURE"),
    (320, 600, "DATE"),
]
USMCA_VALUES = [
    (40, 70, "EXPORTER"),
    (40, 120, "MONTERREY CASTINGS SA DE CV"),
    (40, 132, "AV. INDUSTRIAL 900, MONTERREY NL"),
    (40, 144, "MEXICO"),
    (320, 120, "VARIOUS"),
    (40, 190, "LAKE SUPPLY INC."),
    (40, 202, "12 PIER ROAD, DULUTH, MN 55802"),
    (40, 214, "UNITED STATES"),
    (40, 275, "DUCTILE IRON PIPE FITTINGS,"),
    (40, 286, "COATED"),
    (310, 275, "7307.19"),
    (430, 275, "B"),
    (505, 275, "MX"),
    (40, 305, "MANHOLE COVERS"),
    (310, 305, "7325.10"),
    (430, 305, "A"),
    (505, 305, "MX"),
    (320, 612, "2026-03-04"),
]


def test_a_self_certified_origin_has_the_exporters_date_and_lines_without_packages() -> None:
    page = form_page(USMCA_TITLES, USMCA_VALUES)
    fields, lines = read(page)
    found = values(fields)
    assert certificate_form([page]) == "usmca"
    assert fields.exporter
    assert fields.exporter.value.name == "MONTERREY CASTINGS SA DE CV"
    assert fields.consignee
    assert fields.consignee.value.name == "LAKE SUPPLY INC."
    assert "producer" not in found
    assert found["date"] == dt.date(2026, 3, 4)
    assert [(v["description"], v["hs_code"], v["origin_criterion"], v["origin"]) for v in map(values, lines)] == [
        ("DUCTILE IRON PIPE FITTINGS, COATED", "730719", "B", "MX"),
        ("MANHOLE COVERS", "732510", "A", "MX"),
    ]


def test_the_forms_are_told_apart_by_what_they_say() -> None:
    wording = {
        "EUR-MED MOVEMENT CERTIFICATE": "eur_med",
        "MOVEMENT CERTIFICATE EUR.1 No A 1": "eur1",
        "GENERALIZED SYSTEM OF PREFERENCES CERTIFICATE OF ORIGIN": "form_a",
        "ASEAN TRADE IN GOODS AGREEMENT FORM D": "form_d",
        "Certificate of Origin Form for China-Australia Free Trade Agreement": "chafta",
        "UNITED STATES-MEXICO-CANADA AGREEMENT CERTIFICATION OF ORIGIN": "usmca",
        "URSPRUNGSZEUGNIS INDUSTRIE- UND HANDELSKAMMER": "chamber",
        "FORM OF THINGS": "other",
    }
    assert {text: certificate_form([form_page([], [(40, 40, text)])]) for text in wording} == wording
