from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.structured import read_structured
from extractors.structured.xmlfields import day, decimal
from schemas.documents import CommercialInvoice
from schemas.values import Party
from tests.structured.figures import (
    DAY,
    GOODS,
    NUMBER,
    UBL,
    cii_invoice,
    documents,
    invoice_in,
    notices,
    packing_list_in,
    received,
    rows,
    ubl_invoice,
    values,
)


def read(content: bytes, file: str = "invoice.xml") -> CommercialInvoice:
    return invoice_in(read_structured(received(file, content), content))


@pytest.mark.parametrize("content", [ubl_invoice(), cii_invoice()], ids=["ubl", "cii"])
def test_both_standards_give_the_invoice_exactly(content: bytes) -> None:
    invoice = read(content)
    found = values(invoice)
    assert found["number"] == NUMBER
    assert found["date"] == DAY
    assert found["currency"] == "EUR"
    assert found["total_amount"] == Decimal("2025.00")
    assert found["exporter"] == Party(
        name="Brightwater Tools Ltd", address="12 Mill Lane, LS1 4AB, Leeds", country="GB", tax_id="GB123456789"
    )
    assert [(row["description"], row["hs_code"], row["origin"], row["unit"]) for row in rows(invoice)] == [
        (one.description, one.hs, one.origin, one.unit) for one in GOODS
    ]
    assert [(row["quantity"], row["unit_price"], row["amount"]) for row in rows(invoice)] == [
        (Decimal(one.quantity), Decimal(one.price), Decimal(one.amount)) for one in GOODS
    ]
    assert (invoice.text_source, invoice.complete_by, invoice.pages) == ("structured", ("structured",), ())


def test_every_value_says_where_it_stands_and_who_read_it() -> None:
    invoice = read(ubl_invoice())
    fields = [*invoice.fields.present().values(), *(f for line in invoice.lines for f in line.present().values())]
    assert {(field.reader, field.confidence, field.page, field.file) for field in fields} == {
        ("structured", 1.0, None, "invoice.xml")
    }
    assert invoice.fields.number is not None
    assert invoice.fields.number.locator == "/Invoice/cbc:ID"
    assert invoice.lines[1].quantity is not None
    assert invoice.lines[1].quantity.locator == "/Invoice/cac:InvoiceLine[2]/cbc:InvoicedQuantity"
    assert not any(field.needs_witness for field in fields)


def test_the_document_goes_through_json_unchanged() -> None:
    invoice = read(cii_invoice())
    assert CommercialInvoice.model_validate_json(invoice.model_dump_json()) == invoice


def test_a_delivery_term_and_its_place_are_read() -> None:
    found = values(read(ubl_invoice()))
    assert (found["incoterm"], found["incoterm_place"], found["purchase_order"]) == ("FCA", "Leeds", "PO-88")


def test_charges_go_where_their_reason_says_and_several_are_added() -> None:
    charge = (
        b"<cac:AllowanceCharge><cbc:ChargeIndicator>%b</cbc:ChargeIndicator><cbc:AllowanceChargeReason>%b"
        b'</cbc:AllowanceChargeReason><cbc:Amount currencyID="EUR">%b</cbc:Amount></cac:AllowanceCharge>'
    )
    some = [(b"true", b"Sea freight", b"80.00"), (b"true", b"Insurance", b"9.10"), (b"true", b"Packing", b"5.00")]
    some += [(b"true", b"Inland freight", b"20.00"), (b"false", b"Loyalty", b"12.00")]
    charges = b"".join(charge % one for one in some)
    invoice = read(ubl_invoice().replace(b"<cac:LegalMonetaryTotal>", charges + b"<cac:LegalMonetaryTotal>"))
    found = values(invoice)
    assert [found[name] for name in ("freight", "insurance", "other_charges", "discount")] == [
        Decimal("100.00"), Decimal("9.10"), Decimal("5.00"), Decimal("12.00"),
    ]  # fmt: skip
    assert invoice.fields.freight is not None
    assert invoice.fields.freight.locator == (
        "/Invoice/cac:AllowanceCharge[1]/cbc:Amount | /Invoice/cac:AllowanceCharge[4]/cbc:Amount"
    )


def test_a_value_that_is_none_is_left_out_and_told_with_its_place() -> None:
    content = ubl_invoice().replace(b">735.00<", b">735,00<").replace(b"2026-03-17", b"2026-02-31")
    original = received("odd.xml", content)
    invoice = invoice_in(read_structured(original, content))
    [notice] = notices(read_structured(original, content))
    assert invoice.lines[1].amount is None
    assert invoice.fields.date is None
    assert notice.holds
    assert notice.message.startswith(
        "“odd.xml” has values that could not be taken: “2026-02-31” at /Invoice/cbc:IssueDate"
    )
    assert "“735,00” at /Invoice/cac:InvoiceLine[2]/cbc:LineExtensionAmount is no number" in notice.message


def test_an_amount_in_another_currency_than_the_invoice_is_not_taken() -> None:
    content = ubl_invoice().replace(b'currencyID="EUR">540.00', b'currencyID="USD">540.00')
    original = received("mixed.xml", content)
    assert invoice_in(read_structured(original, content)).lines[0].amount is None
    assert "is in USD, the invoice in EUR" in notices(read_structured(original, content))[0].message


def test_a_price_for_a_hundred_keeps_its_basis() -> None:
    priced = b'4.50</cbc:PriceAmount><cbc:BaseQuantity unitCode="C62">100</cbc:BaseQuantity>'
    invoice = read(ubl_invoice().replace(b"4.50</cbc:PriceAmount>", priced))
    assert rows(invoice)[0]["price_basis"] == Decimal(100)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (ubl_invoice().replace(b">380<", b">381<"), "is a credit note, not an invoice"),
        (f'<CreditNote xmlns="{UBL}CreditNote-2"/>'.encode(), "is a credit note, not an invoice"),
        (b"<?xml version='1.0'?><catalog><item/></catalog>", "a kind that is not read (its root is “catalog”)"),
        (b"<?xml version='1.0'?><Invoice><ID>7</ID>", "is an XML file that is damaged"),
        (b"<?xml version='1.0' encoding='klingon'?><Invoice/>", "is an XML file that is damaged"),
    ],
)
def test_what_is_no_invoice_is_told(content: bytes, says: str) -> None:
    found = list(read_structured(received("a.xml", content), content))
    assert documents(found) == []
    assert says in notices(found)[0].message
    assert notices(found)[0].message.startswith("“a.xml” ")


def test_a_despatch_advice_is_a_packing_list() -> None:
    content = (
        f'<DespatchAdvice xmlns="{UBL}DespatchAdvice-2" xmlns:cac="{UBL}CommonAggregateComponents-2" '
        f'xmlns:cbc="{UBL}CommonBasicComponents-2"><cbc:ID>DA-5</cbc:ID><cbc:IssueDate>2026-03-18</cbc:IssueDate>'
        '<cac:Shipment><cbc:ID>1</cbc:ID><cbc:GrossWeightMeasure unitCode="TNE">0.4125</cbc:GrossWeightMeasure>'
        "<cbc:TotalTransportHandlingUnitQuantity>14</cbc:TotalTransportHandlingUnitQuantity></cac:Shipment>"
        '<cac:DespatchLine><cbc:ID>1</cbc:ID><cbc:DeliveredQuantity unitCode="XCT">120</cbc:DeliveredQuantity>'
        "<cac:Item><cbc:Name>Hand saws</cbc:Name></cac:Item></cac:DespatchLine></DespatchAdvice>"
    ).encode()
    packed = packing_list_in(read_structured(received("d.xml", content), content))
    assert values(packed) == {
        "number": "DA-5", "date": dt.date(2026, 3, 18), "packages": Decimal(14), "gross_weight_kg": Decimal("412.5"),
    }  # fmt: skip
    assert rows(packed) == [{"number": "1", "description": "Hand saws", "quantity": Decimal(120), "unit": "XCT"}]


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4))
def test_every_plain_decimal_is_read_as_it_is_written(number: Decimal) -> None:
    assert decimal(format(number, "f")) == number


@given(st.dates())
def test_every_date_is_read_in_both_forms(date: dt.date) -> None:
    assert day(date.isoformat()) == day(date.strftime("%Y%m%d").zfill(8)) == date


@given(st.text(max_size=30))
def test_what_is_no_number_or_date_is_none_and_no_error(text: str) -> None:
    assert decimal(text) is None or Decimal(text).is_finite()
    assert day(text) is None or isinstance(day(text), dt.date)
