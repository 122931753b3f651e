"""Certificates that are no form: a portal's list of titles, a sworn sentence, an ordinary table of goods."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from extractors.context import Context
from extractors.documents.certificate import certificate_document, certificate_form
from extractors.values.numbers import NumberStyle
from extractors.values.parties import parse_party
from schemas.documents import CertificateLine
from schemas.pages import Page
from schemas.values import Party
from tests.drawing import Line
from tests.forms.printed import form_page

_ENGLISH = Context(NumberStyle(".", ","), "dmy")
_TABLE: tuple[Line, ...] = (
    (40, 420, "Item"), (80, 420, "Customs code"), (170, 420, "Goods"), (350, 420, "Number and kind"),
    (470, 420, "Quantity"),
    (40, 436, "1"), (80, 436, "6912.00"), (170, 436, "Stoneware plates, glazed"), (350, 436, "14 cartons"),
    (470, 436, "840 pcs"),
    (40, 452, "2"), (80, 452, "7013.37"), (170, 452, "Drinking glasses, plain"), (350, 452, "20 cartons"),
    (470, 452, "960 pcs"),
)  # fmt: skip


def read(page: Page) -> tuple[dict[str, object], tuple[CertificateLine, ...]]:
    fields, lines = certificate_document([page], certificate_form([page]), _ENGLISH)
    return {name: field.value for name, field in fields.present().items()}, lines


def portal(*rows: tuple[str, str]) -> Page:
    titles = [(40, 120 + 18 * at, title) for at, (title, _) in enumerate(rows)]
    values = [(220, 120 + 18 * at, value) for at, (_, value) in enumerate(rows)]
    return form_page([(40, 40, "CERTIFICATE OF ORIGIN"), *titles], [*values, *_TABLE])


def sworn(*sentences: str) -> Page:
    return form_page(
        [(40, 40, "CERTIFICATE OF ORIGIN")], [(40, 100 + 12 * at, line) for at, line in enumerate(sentences)]
    )


def test_a_portals_list_of_particulars_is_read_title_by_title() -> None:
    found, _ = read(
        portal(
            ("Certificate reference", "QC260017"),
            ("Issued on", "12 March 2026"),
            ("Recipient abroad", "Rowan Table Ltd., 4 Kiln Lane, Leeds LS1 4AP, United Kingdom"),
            ("Origin of the goods", "Portugal"),
            ("Country of destination", "United Kingdom"),
            ("Commercial invoice", "FT-2026/118"),
            ("Invoice dated", "9 March 2026"),
            ("Total gross mass", "1,250.50 kg"),
        )
    )
    assert (found["number"], found["date"]) == ("QC260017", dt.date(2026, 3, 12))
    assert isinstance(found["consignee"], Party)
    assert (found["consignee"].name, found["consignee"].country) == ("Rowan Table Ltd.", "GB")
    assert (found["country_of_origin"], found["country_of_destination"]) == ("PT", "GB")
    assert (found["invoice_number"], found["invoice_date"]) == ("FT-2026/118", dt.date(2026, 3, 9))
    assert found["gross_weight_kg"] == Decimal("1250.50")


def test_an_ordinary_table_gives_the_lines_of_a_certificate_that_is_no_form() -> None:
    _, lines = read(portal(("Certificate reference", "QC260017")))
    assert [{name: field.value for name, field in line.present().items()} for line in lines] == [
        {
            "number": "1", "description": "Stoneware plates, glazed", "hs_code": "691200", "packages": Decimal(14),
            "quantity": Decimal(840), "unit": "C62",
        },
        {
            "number": "2", "description": "Drinking glasses, plain", "hs_code": "701337", "packages": Decimal(20),
            "quantity": Decimal(960), "unit": "C62",
        },
    ]  # fmt: skip


def test_a_sworn_sentence_names_exporter_consignee_origin_and_invoice() -> None:
    found, _ = read(
        sworn(
            "The undersigned, Oporto Ceramica Lda, Rua Nova 8, 4000-100 Porto, Portugal, declares that the",
            "following goods, consigned to Rowan Table Ltd., 4 Kiln Lane, Leeds LS1 4AP, United Kingdom,",
            "are the product of Portugal.",
            "",
            "",
            "As per our commercial invoice no. FT-2026/118 dated 9 March 2026",
        )
    )
    assert isinstance(found["exporter"], Party)
    assert isinstance(found["consignee"], Party)
    assert (found["exporter"].name, found["consignee"].name) == ("Oporto Ceramica Lda", "Rowan Table Ltd.")
    assert found["country_of_origin"] == "PT"
    assert (found["invoice_number"], found["invoice_date"]) == ("FT-2026/118", dt.date(2026, 3, 9))


@pytest.mark.parametrize(
    ("sentence", "country"),
    [
        ("that all the goods were produced in Chile and that they comply with the rules.", "CL"),
        ("les marchandises sont originaires du Maroc.", "MA"),
        ("las mercancías son producto de México.", "MX"),
        ("le merci sono originarie della Svizzera.", "CH"),
        ("die Waren haben ihren Ursprung in Österreich.", "AT"),
        ("that the goods originate in the country shown in box 3.", None),
    ],
)
def test_the_country_right_behind_the_words_of_origin_counts(sentence: str, country: str | None) -> None:
    found, _ = read(sworn(f"We certify {sentence}"))
    assert found.get("country_of_origin") == country


def test_two_weights_called_gross_leave_the_total_open() -> None:
    found, _ = read(sworn("Gross 120.00 kg", "", "", "", "Gross 150.00 kg"))
    assert "gross_weight_kg" not in found


def test_the_date_over_the_title_of_a_signature_is_that_of_a_certificate_nobody_else_signs() -> None:
    page = form_page(
        [(40, 40, "CERTIFICATION OF ORIGIN"), (40, 60, "USMCA"), (300, 700, "Place and date")],
        [(300, 688, "Laredo, 11 May 2026")],
    )
    assert read(page)[0]["date"] == dt.date(2026, 5, 11)


@pytest.mark.parametrize("typed", ["Rowan Table Ltd., 4 Kiln Lane,", "Rowan Table Ltd., The Old Works, 4 Kiln Lane,"])
def test_a_party_that_goes_on_on_a_second_line_keeps_its_name_apart_from_its_address(typed: str) -> None:
    party = parse_party([typed, "Leeds LS1 4AP, United Kingdom"])
    assert party is not None
    assert (party.name, party.country) == ("Rowan Table Ltd.", "GB")
    assert party.address is not None
    assert party.address.endswith("4 Kiln Lane, Leeds LS1 4AP")


def test_a_quantity_in_groups_of_three_counts_where_the_paper_proves_only_its_decimals() -> None:
    titles = [
        (40, 40, "CERTIFICAT D'ORIGINE"), (40, 300, "6. Désignation des marchandises"), (420, 300, "7. Quantité"),
    ]  # fmt: skip
    values = [(40, 330, "12 colis Manomètres, cadran 100 mm"), (420, 330, "1 800 pcs")]
    context = Context(NumberStyle(",", None), "dmy")
    _, lines = certificate_document([form_page(titles, values)], "chamber", context)
    assert [(line.quantity.value, line.quantity.text) for line in lines if line.quantity] == [(Decimal(1800), "1 800")]


def test_an_office_called_like_its_title_keeps_the_word() -> None:
    page = form_page(
        [(40, 40, "EUR.1"), (40, 600, "11. VISA DE LA DOUANE"), (40, 660, "Bureau de douane:")],
        [(110, 660, "Bureau de douane Nantes")],
    )
    assert read(page)[0]["issued_by"] == "Bureau de douane Nantes"


def test_a_column_called_partida_that_counts_the_items_is_no_tariff_heading() -> None:
    table = (
        (40, 420, "Partida"), (120, 420, "Mercancía"), (330, 420, "Código SA"), (470, 420, "Unidades"),
        (40, 436, "1"), (120, 436, "Azulejos de gres"), (330, 436, "6907.21"), (470, 436, "840 pcs"),
        (40, 452, "2"), (120, 452, "Vasos de vidrio"), (330, 452, "7013.37"), (470, 452, "960 pcs"),
    )  # fmt: skip
    _, lines = read(form_page([(40, 40, "CERTIFICADO DE ORIGEN")], table))
    assert [(line.number.value, line.hs_code.value) for line in lines if line.number and line.hs_code] == [
        ("1", "690721"),
        ("2", "701337"),
    ]


def test_the_country_over_a_caption_in_brackets_is_the_destination() -> None:
    page = form_page(
        [(40, 40, "FORM D"), (60, 640, "(Importing Country)"), (300, 640, "Certification")], [(66, 629, "Thailand")]
    )
    assert read(page)[0]["country_of_destination"] == "TH"
