from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from extractors.context import Context
from extractors.documents.invoice import invoice_fields
from extractors.documents.packing_list import packing_list_fields
from extractors.headers.occurrences import Sheet
from extractors.values.numbers import NumberStyle
from schemas.documents import InvoiceFields, PackingListFields
from schemas.pages import Page
from tests.drawing import Line, boxed, page_of

ENGLISH = Context(NumberStyle(".", ","), "dmy", "en")
CONTINENTAL = Context(NumberStyle(",", "."), "dmy", "de")
SENDER: list[Line] = [
    (40, 50, "Northgate Tools Ltd"),
    (40, 62, "4 Canal Street"),
    (40, 74, "Leeds LS1 4AB"),
    (40, 86, "United Kingdom"),
]


def invoice(lines: list[Line], context: Context = ENGLISH, *, page: Page | None = None) -> InvoiceFields:
    page = page or page_of(lines)
    return invoice_fields([Sheet.of(page)], [page], context)


def packing(lines: list[Line], context: Context = ENGLISH) -> PackingListFields:
    return packing_list_fields([Sheet.of(page_of(lines))], None, context)


def value(fields: InvoiceFields | PackingListFields, name: str) -> object:
    field = fields.get(name)
    return field.value if field else None


@pytest.mark.parametrize(
    "lines",
    [
        [(40, 100, "Invoice No.: A-4711/25")],
        [(40, 100, "INVOICE NO"), (200, 100, "A-4711/25")],
        [(40, 100, "Invoice No."), (42, 112, "A-4711/25")],
        [(40, 100, "Our invoice A-4711/25 dated 27/08/2025")],
        [(40, 100, "Rechnungsnummer"), (200, 100, "A-4711/25")],
        [(40, 100, "发票号 Invoice No.:"), (220, 100, "A-4711/25")],
    ],
)
def test_a_number_is_found_behind_beside_or_below_its_label(lines: list[Line]) -> None:
    assert value(invoice(lines), "number") == "A-4711/25"


def test_a_form_cell_keeps_its_value_to_itself() -> None:
    lines: list[Line] = [(105, 103, "Invoice No."), (105, 115, "X-1"), (205, 103, "Date"), (205, 115, "27/08/2025")]
    page = page_of(lines, rules=[*boxed(100, 100, 200, 130), *boxed(200, 100, 300, 130)])
    fields = invoice(lines, page=page)
    assert (value(fields, "number"), value(fields, "date")) == ("X-1", dt.date(2025, 8, 27))


def test_an_address_ends_at_the_next_label() -> None:
    lines: list[Line] = [
        (40, 100, "Consignee"),
        (40, 112, "Brook & Sons GmbH"),
        (40, 124, "Hafenweg 3"),
        (40, 136, "20457 Hamburg"),
        (40, 148, "Germany"),
        (40, 160, "Notify party:"),
        (40, 172, "Someone Else Ltd"),
    ]
    field = invoice(lines).consignee
    assert field is not None
    assert (field.value.name, field.value.country) == ("Brook & Sons GmbH", "DE")
    assert "Someone" not in field.text


def test_a_letterhead_is_the_exporter() -> None:
    field = invoice([*SENDER, (40, 140, "Invoice no: 7711")]).exporter
    assert field is not None
    assert (field.value.name, field.value.country) == ("Northgate Tools Ltd", "GB")


def test_a_letterhead_of_one_line_is_taken_apart() -> None:
    line = "Northgate Tools Ltd · 4 Canal Street · Leeds LS1 4AB · United Kingdom · Tel +44 113 496 0000"
    field = invoice([(40, 40, line), (40, 140, "Invoice no: 7711")]).exporter
    assert field is not None
    assert (field.value.name, field.value.country) == ("Northgate Tools Ltd", "GB")


def test_goods_are_sold_to_one_and_shipped_to_another() -> None:
    lines: list[Line] = [
        *SENDER,
        (40, 200, "Sold to"), (40, 212, "Alpha Trading AG"), (40, 224, "8001 Zürich"), (40, 236, "Switzerland"),
        (300, 200, "Ship to"), (300, 212, "Beta Lager GmbH"), (300, 224, "79098 Freiburg"), (300, 236, "Germany"),
    ]  # fmt: skip
    fields = invoice(lines)
    assert fields.consignee is not None
    assert fields.buyer is not None
    assert (fields.consignee.value.name, fields.buyer.value.name) == ("Beta Lager GmbH", "Alpha Trading AG")


def test_amounts_of_the_summary_are_read_in_the_papers_own_style() -> None:
    lines: list[Line] = [
        (300, 500, "Zwischensumme"), (450, 500, "EUR 4.122,20"),
        (300, 512, "Rabatt"), (450, 512, "-82,44"),
        (300, 524, "Fracht"), (450, 524, "120,00"),
        (300, 536, "Gesamtbetrag"), (450, 536, "EUR 4.159,76"),
    ]  # fmt: skip
    fields = invoice(lines, CONTINENTAL)
    wanted = {"subtotal": "4122.20", "discount": "82.44", "freight": "120.00", "total_amount": "4159.76"}
    assert {name: value(fields, name) for name in wanted} == {k: Decimal(v) for k, v in wanted.items()}
    assert value(fields, "currency") == "EUR"


def test_kilograms_in_short_are_no_currency() -> None:
    assert value(invoice([(40, 100, "Gross weight: 12.50 KGS")]), "currency") is None


def test_a_sentence_holds_packages_and_weights() -> None:
    fields = invoice([(40, 600, "Packed in 301 CTNS, gross 4,130.16 KGS, net 3,778.56 KGS.")])
    assert value(fields, "packages") == Decimal(301)
    assert value(fields, "gross_weight_kg") == Decimal("4130.16")
    assert value(fields, "net_weight_kg") == Decimal("3778.56")


def test_days_of_payment_are_no_net_weight() -> None:
    fields = invoice([(40, 600, "Payment: Net 60 days")])
    assert value(fields, "net_weight_kg") is None
    assert value(fields, "payment_terms") == "Net 60 days"


def test_a_route_names_both_ports() -> None:
    fields = invoice([(40, 200, "From Ningbo To Seattle, WA")])
    assert (value(fields, "port_of_loading"), value(fields, "port_of_discharge")) == ("Ningbo", "Seattle, WA")


def test_from_and_to_above_addresses_are_parties() -> None:
    lines: list[Line] = [
        (40, 60, "FROM:"), (40, 72, "Northgate Tools Ltd"), (40, 84, "Leeds LS1 4AB"), (40, 96, "United Kingdom"),
        (300, 60, "TO:"), (300, 72, "Brook & Sons GmbH"), (300, 84, "20457 Hamburg"), (300, 96, "Germany"),
    ]  # fmt: skip
    fields = packing(lines)
    assert fields.exporter is not None
    assert fields.consignee is not None
    assert (fields.exporter.value.name, fields.consignee.value.name) == ("Northgate Tools Ltd", "Brook & Sons GmbH")


def test_marks_are_kept_whole_and_their_order_number_is_no_field() -> None:
    lines: list[Line] = [
        (40, 100, "Marks"), (40, 112, "BRK"), (40, 124, "HAMBURG"), (40, 136, "P.O. 7898"), (40, 148, "C/NO. 1-70"),
    ]  # fmt: skip
    fields = packing(lines)
    assert value(fields, "marks") == "BRK HAMBURG P.O. 7898 C/NO. 1-70"
    assert value(fields, "purchase_order") is None


def test_a_term_its_place_and_edition_are_three_fields() -> None:
    fields = invoice([(40, 100, "Terms of delivery: CIF Melbourne (Incoterms 2020)")])
    names = ("incoterm", "incoterm_place", "incoterm_edition")
    assert [value(fields, n) for n in names] == ["CIF", "Melbourne", "2020"]


def test_what_is_no_term_is_kept_as_printed() -> None:
    assert value(invoice([(40, 100, "Incoterm: C&F Casablanca")]), "incoterm") == "C&F"


def test_a_broken_date_is_not_guessed() -> None:
    page = page_of([(40, 100, "Date: 02-23-20 35")])
    fields = invoice_fields([Sheet.of(page)], [page], Context(None, "mdy", "en"))
    assert fields.date is None


def test_a_blank_form_has_no_fields() -> None:
    blank: list[Line] = [(40, 100, "Invoice No.:"), (40, 130, "Date:"), (40, 160, "Consignee"), (300, 160, "Total")]
    assert invoice(blank).present() == {}


def test_the_box_holds_the_words_that_spell_the_text() -> None:
    page = page_of([(40, 100, "Invoice No.: A-4711/25"), (300, 500, "Total"), (450, 500, "USD 1,250.00")])
    read = invoice_fields([Sheet.of(page)], [page], ENGLISH).present()
    assert {"number", "total_amount"} <= set(read)
    for field in read.values():
        place = field.place
        assert place is not None
        inside = [w.text for w in page.words if place.grown(0.5).contains_middle_of(w.box)]
        assert "".join(inside).startswith(field.text.replace(" ", ""))


def test_a_rule_under_a_label_does_not_part_it_from_its_address() -> None:
    lines: list[Line] = [
        (40, 80, "Sold to"), (40, 100, "Brook & Sons GmbH"), (40, 111, "20457 Hamburg"), (40, 122, "Germany"),
    ]  # fmt: skip
    field = invoice(lines, page=page_of(lines, rules=[(40, 92, 300, 92.5)])).consignee
    assert field is not None
    assert field.value.name == "Brook & Sons GmbH"


def test_a_value_that_wraps_beside_its_label_is_read_to_its_end() -> None:
    lines: list[Line] = [
        (300, 150, "Payment terms:"), (400, 150, "30% deposit, balance against"), (400, 162, "copy documents"),
        (300, 174, "Date:"), (400, 174, "27/08/2025"),
    ]  # fmt: skip
    assert value(invoice(lines), "payment_terms") == "30% deposit, balance against copy documents"


def test_a_form_cell_beside_another_takes_nothing_from_it() -> None:
    lines: list[Line] = [(45, 105, "Zahlung"), (45, 117, "30 Tage netto"), (175, 105, "Verladeort"), (175, 117, "Ulm")]
    page = page_of(lines, rules=[*boxed(40, 100, 170, 130), *boxed(170, 100, 300, 130)])
    fields = invoice(lines, CONTINENTAL, page=page)
    assert (value(fields, "payment_terms"), value(fields, "port_of_loading")) == ("30 Tage netto", "Ulm")


def test_a_centred_letterhead_whose_dots_were_not_read_is_the_exporter() -> None:
    lines: list[Line] = [
        (230, 40, "Senai Kembara Sdn. Bhd."),
        (150, 54, "PLO 55, Jalan Idaman 3"), (285, 54, "81400 Senai"), (360, 54, "Malaysia"),
        (40, 140, "Invoice no: 7711"), (420, 140, "Delivery note 12"),
    ]  # fmt: skip
    field = invoice(lines).exporter
    assert field is not None
    assert (field.value.name, field.value.country) == ("Senai Kembara Sdn. Bhd.", "MY")


def test_a_misspelt_label_is_known_on_scans_only() -> None:
    lines: list[Line] = [(40, 100, "Incoteras"), (150, 100, "CIP Chicago")]
    scanned = replace(page_of(lines), text_source="ocr")
    assert value(invoice(lines, page=scanned), "incoterm") == "CIP"
    labels = Sheet.of(page_of(lines)).labels
    assert [o.concept for o in labels] == []


def test_a_name_whose_legal_form_stands_on_the_next_line_is_joined() -> None:
    lines: list[Line] = [
        (40, 80, "Exporter:"), (40, 92, "MOEHRLE & SOEHNE"), (40, 103, "ANTRIEBSTECHNIK GMBH"),
        (40, 114, "77880 Oberweiler"),
        (40, 125, "Germany"),
    ]  # fmt: skip
    field = invoice(lines).exporter
    assert field is not None
    assert field.value.name == "MOEHRLE & SOEHNE ANTRIEBSTECHNIK GMBH"


def test_a_discount_for_early_payment_is_no_discount_of_the_invoice() -> None:
    fields = invoice([(40, 100, "Zahlung: 14 Tage 2 % Skonto, 30 Tage netto")], CONTINENTAL)
    assert value(fields, "discount") is None
    assert value(fields, "payment_terms") == "14 Tage 2 % Skonto, 30 Tage netto"


def test_a_date_whose_label_is_illegible_is_asked_about() -> None:
    lines: list[Line] = [(40, 100, "Bate"), (40, 112, "27/08/2025"), (300, 100, "Due date"), (300, 112, "27/09/2025")]
    read = tuple(replace(w, reader="tesseract", confirmed_by=("rapidocr",)) for w in page_of(lines).words)
    scanned = replace(page_of(lines), text_source="ocr", words=read)
    field = invoice(lines, page=scanned).date
    assert field is not None
    assert (field.value, field.needs_witness) == (dt.date(2025, 8, 27), True)
    assert invoice(lines).date is None


def test_two_labels_around_a_stroke_have_the_two_values_around_one() -> None:
    lines: list[Line] = [(40, 60, "INVOICE"), (40, 100, "Invoice No. / Date"), (200, 100, "HK-26-118 / 25 Jan 2026")]
    fields = invoice(lines)
    assert (value(fields, "number"), value(fields, "date")) == ("HK-26-118", dt.date(2026, 1, 25))


def test_a_number_with_a_stroke_in_it_is_not_halved() -> None:
    lines: list[Line] = [(40, 60, "INVOICE"), (40, 100, "Invoice No."), (200, 100, "HK-26 / 118")]
    assert value(invoice(lines), "number") != "118"


def test_a_total_with_its_currency_stands_below_its_label_beside_words_that_are_none() -> None:
    lines: list[Line] = [(40, 600, "IVA non imp. art. 8"), (350, 600, "Totale documento"), (350, 612, "EUR 37'669.38")]
    assert value(invoice(lines), "total_amount") == Decimal("37669.38")
