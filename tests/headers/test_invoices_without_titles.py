"""Header fields that an invoice says in sentences, at its foot, in pairs or by one word for another party."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from extractors.context import Context
from extractors.documents.invoice import invoice_fields
from extractors.headers.occurrences import Occurrence, Place, Sheet
from extractors.headers.search import READINGS
from extractors.values.numbers import NumberStyle
from schemas.documents import InvoiceFields
from schemas.geometry import Box
from schemas.pages import Rule
from schemas.values import Party
from tests.drawing import Line, page_of

ENGLISH = Context(NumberStyle(".", ","), "dmy", "en")


def invoice(lines: list[Line]) -> InvoiceFields:
    page = page_of(lines)
    return invoice_fields([Sheet.of(page)], [page], ENGLISH)


def value(fields: InvoiceFields, name: str) -> object:
    field = fields.get(name)
    found = field.value if field else None
    return found.name if isinstance(found, Party) else found


@pytest.mark.parametrize(
    "sentence",
    [
        "Shipped as 12 CARTONS, weighing 1,250.50 KG",
        "Versendet als 12 Kartons, Gewicht 1,250.50 kg",
        "Expédié en 12 CARTONS, pesant 1,250.50 KG",
        "Enviado en 12 cajas, con peso de 1,250.50 kg",
        "Spedito in 12 cartoni, del peso di 1,250.50 kg",
    ],
)
def test_a_sentence_counts_the_packages_and_what_they_weigh_is_gross(sentence: str) -> None:
    fields = invoice([(40, 300, sentence)])
    assert value(fields, "packages") == Decimal(12)
    assert value(fields, "gross_weight_kg") == Decimal("1250.50")


def test_a_weight_that_is_no_more_than_the_net_one_is_not_taken_for_gross() -> None:
    fields = invoice(
        [
            (40, 300, "Total number of packages: 12"),
            (40, 314, "Total weight: 900.00 kg"),
            (40, 328, "Net weight: 900.00 kg"),
        ]
    )
    assert value(fields, "gross_weight_kg") is None


def test_the_term_on_a_line_of_its_own_among_the_goods_is_found() -> None:
    page = page_of([(40, 200, "CIP 5003 Bergen, Incoterms 2020"), (40, 240, "Goods")])
    fields = invoice_fields([Sheet.of(page, [page.words[0].box])], [page], ENGLISH)
    told = (value(fields, "incoterm"), value(fields, "incoterm_place"), value(fields, "incoterm_edition"))
    assert told == ("CIP", "5003 Bergen", "2020")


def test_the_date_beside_the_number_is_the_papers_and_that_beside_an_order_is_not() -> None:
    fields = invoice([
        (300, 100, "Billing document / Billing date"), (300, 112, "CI-3777 / 29/04/2026"),
        (300, 140, "Cust. ref. no. / Date"), (300, 152, "B-63543 / 05/04/2026"),
    ])  # fmt: skip
    assert (value(fields, "number"), value(fields, "purchase_order")) == ("CI-3777", "B-63543")
    assert value(fields, "date") == dt.date(2026, 4, 29)
    assert value(invoice([(300, 140, "Cust. ref. no. / Date"), (300, 152, "B-63543 / 05/04/2026")]), "date") is None


def test_the_seller_at_the_foot_is_the_exporter_where_no_letterhead_names_one() -> None:
    fields = invoice([
        (40, 60, "Invoice"),
        (300, 80, "Document"), (300, 90, "Issued"), (300, 100, "Due"),
        (40, 774, "Rowan Components B.V."), (40, 783, "Distripark 110"),
        (40, 792, "1043 AP Amsterdam"), (40, 801, "Netherlands"),
    ])  # fmt: skip
    assert value(fields, "exporter") == "Rowan Components B.V."


@pytest.mark.parametrize(
    "same", ["Same as ship to", "Wie Empfänger", "Identique au destinataire", "Igual que destino", "Come destinatario"]
)
def test_a_word_for_another_party_is_no_partys_name(same: str) -> None:
    fields = invoice([
        (40, 100, "SHIP TO"), (40, 114, "Rowan Imports AS"), (40, 126, "Havnegata 12"), (40, 138, "5003 Bergen"),
        (40, 150, "NORWAY"), (300, 100, "SOLD TO"), (300, 114, same),
    ])  # fmt: skip
    assert (value(fields, "buyer"), value(fields, "consignee")) == (None, "Rowan Imports AS")


def test_a_tax_number_over_the_name_and_the_title_from_are_no_part_of_it() -> None:
    fields = invoice([
        (40, 100, "SOLD TO"), (40, 114, "EORI: 0105772204333"), (40, 125, "Rowan Technik Co., Ltd."),
        (40, 136, "4 Sukhumvit Road"), (40, 147, "Bangkok 10120"), (40, 158, "Thailand"),
        (300, 60, "DA"), (300, 71, "Alder Supplies GmbH"), (300, 82, "Ringstrasse 5"), (300, 93, "4057 Basel"),
        (300, 104, "Svizzera"),
    ])  # fmt: skip
    assert (value(fields, "consignee"), value(fields, "exporter")) == ("Rowan Technik Co., Ltd.", "Alder Supplies GmbH")


def test_the_caption_of_a_signature_is_no_partys_title() -> None:
    assert value(invoice([(40, 700, "Shipper / Date"), (300, 700, "Weighed by hand")]), "exporter") is None


def test_a_value_that_the_model_proposes_in_a_ruled_cell_needs_no_label() -> None:
    page = page_of([(40, 100, "30 days net")])
    span = Sheet.of(page).rows[0].spans[0]
    label = Occurrence("payment_terms", 3, 0, span, 0, 0, "", leads=True, colon=True)
    frame = [Box(30, 90, 300, 91), Box(30, 130, 300, 131), Box(30, 90, 31, 131), Box(300, 90, 301, 131)]
    ruled = Sheet.of(replace(page, rules=tuple(map(Rule, frame))))
    found = READINGS["payment_terms"](ruled, Place(label, "inline", span), ENGLISH)
    assert found is not None
    assert found.value == "30 days net"


def test_a_title_over_a_sum_is_no_letterhead() -> None:
    fields = invoice([(40, 60, "Invoice"), (300, 80, "Open balance"), (300, 90, "37 802.81 EUR")])
    assert value(fields, "exporter") is None
