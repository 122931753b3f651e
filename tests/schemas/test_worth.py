"""What a shipment is worth in the customs currency, and the part of it that a finding is about."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from schemas.declarations import Declaration, DeclarationItem, ExchangeRate
from schemas.results import ShipmentResult
from schemas.worth import shown_worth, whole_worth, worth_of
from tests.trade_papers import consistent, document

RATE = ExchangeRate(from_="EUR", to="GBP", rate=Decimal("0.85"), date=dt.date(2026, 5, 4), source="HMRC")


def _result(declaration: Declaration | None) -> ShipmentResult:
    return ShipmentResult(
        broker="local",
        reference="S-1",
        revision=1,
        as_of=dt.date(2026, 5, 4),
        status="held",
        documents=(document("invoice", consistent()["invoice"]),),
        declaration=declaration,
    )


def _item(**told: Decimal) -> DeclarationItem:
    return DeclarationItem(item_number=1, **told)  # type: ignore[arg-type]  # amounts alone are told


def test_the_customs_value_is_the_worth_where_it_is_known() -> None:
    result = _result(Declaration(customs_currency="EUR", customs_value=Decimal(3700)))
    assert whole_worth(result) == Decimal(3700)


def test_while_it_is_in_dispute_the_greatest_that_is_stated_stands_for_it() -> None:
    told = {"currency": "EUR", "total_invoice_amount": Decimal(9000), "customs_currency": "EUR"}
    assert whole_worth(_result(Declaration(**told))) == Decimal(9000)  # type: ignore[arg-type]  # as the fields are
    assert whole_worth(_result(Declaration(customs_currency="EUR"))) == Decimal("3644.50")


def test_another_currency_is_converted_and_without_a_rate_nothing_is_said() -> None:
    converted = _result(Declaration(customs_currency="GBP", exchange_rate=RATE))
    assert whole_worth(converted) == Decimal("3644.50") * Decimal("0.85")
    assert whole_worth(_result(Declaration(customs_currency="GBP"))) is None
    assert shown_worth(_result(Declaration(customs_currency="GBP"))) == (Decimal("3644.50"), "EUR")


def test_a_rejected_shipment_has_no_worth_that_could_be_told() -> None:
    assert whole_worth(_result(None)) is None
    assert worth_of(("/items/0/quantity",), _result(None)) is None


def test_a_finding_about_items_is_worth_what_they_are_and_any_other_the_whole() -> None:
    items = (_item(customs_value=Decimal(2000)), _item(item_price=Decimal(1500)))
    result = _result(Declaration(customs_currency="EUR", currency="EUR", customs_value=Decimal(3700), items=items))
    assert worth_of(("/items/0/quantity", "/items/0/unit"), result) == Decimal(2000)
    assert worth_of(("/items/0/quantity", "/items/1/origin"), result) == Decimal(3500)
    assert worth_of(("/items/0/quantity", "/gross_mass_kg"), result) == Decimal(3700)
    assert worth_of((), result) == Decimal(3700)
