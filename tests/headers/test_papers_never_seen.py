"""Header fields in printings of their own: titles over two lines, in two tongues, without labels, blacked out."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from extractors.context import Context
from extractors.documents.invoice import invoice_fields
from extractors.documents.packing_list import packing_list_fields
from extractors.headers.footing import above_footing
from extractors.headers.occurrences import Sheet
from extractors.values.numbers import NumberStyle
from schemas.documents import InvoiceFields, PackingListFields
from schemas.geometry import Box
from tests.drawing import Line, page_of

ENGLISH = Context(NumberStyle(".", ","), "dmy", "en")


BY_TWO_LABELS = (
    *("incoterm", "payment_terms", "packages", "other_charges", "vessel_or_flight", "freight"),
    *("country_of_dispatch", "port_of_loading"),
)


def invoice(lines: list[Line]) -> InvoiceFields:
    page = page_of(lines)
    return invoice_fields([Sheet.of(page)], [page], ENGLISH)


def packing(lines: list[Line]) -> PackingListFields:
    return packing_list_fields([Sheet.of(page_of(lines))], None, ENGLISH)


def value(fields: InvoiceFields | PackingListFields, name: str) -> object:
    field = fields.get(name)
    return field.value if field else None


@pytest.mark.parametrize(
    "label", ["Number", "Document No.", "Nummer", "N.º", "Numero documento", "单据号 Document No."]
)
def test_a_number_that_says_not_of_what_is_the_papers_own(label: str) -> None:
    lines: list[Line] = [(40, 100, label), (40, 112, "AB-4711")]
    assert (value(invoice(lines), "number"), value(packing(lines), "number")) == ("AB-4711", "AB-4711")


def test_the_house_number_of_an_address_is_no_papers_number() -> None:
    assert value(invoice([(40, 100, "No. 305, Zhongshan Road"), (40, 112, "Taichung 407")]), "number") is None


@pytest.mark.parametrize(
    ("label", "printed", "name", "read"),
    [
        ("Terms", "FCA Hamburg", "incoterm", "FCA"),
        ("Terms", "30 days net", "payment_terms", "30 days net"),
        ("Packing", "12 cartons", "packages", Decimal(12)),
        ("Packing", "75.00", "other_charges", Decimal("75.00")),
        ("Transporte", "SILVER HERON 12W", "vessel_or_flight", "SILVER HERON 12W"),
        ("Transporte", "120.00", "freight", Decimal("120.00")),
        ("Shipped from", "Germany", "country_of_dispatch", "DE"),
        ("Shipped from", "Bremerhaven", "port_of_loading", "Bremerhaven"),
    ],
)
def test_a_label_of_two_fields_is_told_by_its_value(label: str, printed: str, name: str, read: object) -> None:
    fields = invoice([(40, 100, label), (140, 100, printed)])
    assert {key for key in BY_TWO_LABELS if value(fields, key) is not None} == {name}
    assert value(fields, name) == read


def test_a_label_over_two_lines_and_in_two_tongues_is_one() -> None:
    lines: list[Line] = [
        (40, 100, "Bestimmung / Country of"),
        (40, 110, "final destination"),
        (40, 124, "Norway"),
        (240, 100, "Ladeort / From"),
        (240, 112, "Bremerhaven"),
    ]
    fields = invoice(lines)
    assert (value(fields, "country_of_destination"), value(fields, "port_of_loading")) == ("NO", "Bremerhaven")


def test_a_letter_is_addressed_to_its_consignee_under_the_senders_line() -> None:
    lines: list[Line] = [
        (40, 120, "Northgate Tools Ltd - 4 Canal Street - Leeds LS1 4AB"),
        (40, 132, "Brook & Sons GmbH"),
        (40, 143, "Hafenweg 3"),
        (40, 154, "20457 Hamburg"),
        (40, 165, "Germany"),
    ]
    field = invoice(lines).consignee
    assert field is not None
    assert (field.value.name, field.value.country) == ("Brook & Sons GmbH", "DE")


def test_a_name_over_its_address_in_one_line_is_the_letterhead() -> None:
    field = invoice(
        [(40, 50, "Northgate Tools Ltd"), (40, 66, "4 Canal Street · Leeds LS1 4AB · United Kingdom")]
    ).exporter
    assert field is not None
    assert field.value.name == "Northgate Tools Ltd"


def test_a_street_without_a_name_is_no_exporter() -> None:
    assert invoice([(40, 66, "Lindenallee 27 · 70565 Stuttgart · Germany")]).exporter is None


def test_the_year_in_the_label_is_the_terms_edition() -> None:
    fields = invoice([(40, 100, "Incoterms 2020"), (160, 100, "CIF 20457 Hamburg")])
    assert [value(fields, n) for n in ("incoterm", "incoterm_place", "incoterm_edition")] == [
        "CIF", "20457 Hamburg", "2020",
    ]  # fmt: skip


def test_a_value_below_its_label_goes_before_a_far_column() -> None:
    fields = invoice([(16, 100, "Bruttogewicht"), (16, 110, "825.40 kg"), (500, 100, "37,372.08")])
    assert value(fields, "gross_weight_kg") == Decimal("825.40")


def test_a_bare_figure_far_from_a_weights_label_is_no_weight() -> None:
    assert value(invoice([(16, 100, "Gross weight"), (500, 100, "37,372.08")]), "gross_weight_kg") is None


def test_a_per_cent_rate_is_no_discount_but_the_amount_behind_it() -> None:
    assert value(invoice([(300, 100, "Discount 2.00 %"), (480, 100, "545.02")]), "discount") == Decimal("545.02")


def test_of_two_weights_the_total_is_the_larger_and_the_other_stays_open() -> None:
    field = invoice([(40, 100, "Net weight: 82.80 kg"), (40, 130, "Total net weight 2,389.80 kg")]).net_weight_kg
    assert field is not None
    assert field.value == Decimal("2389.80")
    assert [a.value for a in field.alternatives] == [Decimal("82.80")]


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ([(40, 100, "Port of loading"), (40, 112, "Luogo di scarico Genova")], "port_of_loading"),
        ([(40, 100, "Payment by bank transfer only. Interest is charged on overdue amounts.")], "payment_terms"),
        ([(40, 100, "Seller:"), (40, 112, "FATTURA COMMERCIALE")], "exporter"),
        ([(40, 100, "Sold to"), (40, 112, "be true and correct.")], "consignee"),
    ],
)
def test_a_blacked_out_value_is_absent_and_not_what_stands_next(lines: list[Line], name: str) -> None:
    assert value(invoice(lines), name) is None


def test_a_blacked_out_list_number_is_not_the_delivery_notes() -> None:
    lines: list[Line] = [(40, 100, "Packing list No."), (40, 130, "Delivery note No."), (160, 130, "DN669944")]
    assert value(packing(lines), "number") is None
    assert value(packing(lines[1:]), "number") == "DN669944"


def test_facts_under_a_table_that_seems_to_run_on_are_no_goods() -> None:
    lines: list[Line] = [
        (40, 300, "1"), (80, 300, "Pump"), (300, 300, "12"), (400, 300, "713.00"),
        (40, 314, "2"), (80, 314, "Valve"), (300, 314, "15"), (400, 314, "247.80"),
        (40, 340, "Poids brut :"), (160, 340, "960.80 kg"),
        (40, 354, "Colis :"), (160, 354, "27 COLIS"),
    ]  # fmt: skip
    whole = Sheet.of(page_of(lines))
    region = above_footing(whole, Box(30, 280, 560, 820))
    assert 324 < region.bottom < 340
    fields = packing_list_fields([Sheet.of(whole.page, [region])], None, ENGLISH)
    assert (value(fields, "gross_weight_kg"), value(fields, "packages")) == (Decimal("960.80"), Decimal(27))


def test_the_wrapped_line_of_a_value_under_its_label_belongs_to_it() -> None:
    lines: list[Line] = [
        (16, 100, "Zahlung"), (16, 110, "14 Tage 2 % Skonto, 30"), (16, 120, "Tage netto"), (16, 140, "Datum"),
        (16, 150, "23/03/2026"), (160, 100, "3"),
    ]  # fmt: skip
    fields = invoice(lines)
    assert value(fields, "payment_terms") == "14 Tage 2 % Skonto, 30 Tage netto"
    assert value(fields, "date") == dt.date(2026, 3, 23)


def test_the_label_that_closely_follows_a_value_is_cut_off_and_the_edition_is_not() -> None:
    lines: list[Line] = [(40, 100, "Shipping marks:"), (160, 100, "ESKVALE BANGKOK Total volume")]
    assert value(packing(lines), "marks") == "ESKVALE BANGKOK"
    fields = invoice([(40, 100, "Terms of delivery:"), (180, 100, "CIF Shanghai, Incoterms 2020")])
    assert (value(fields, "incoterm_place"), value(fields, "incoterm_edition")) == ("Shanghai", "2020")
