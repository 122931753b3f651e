"""The draft's duty and tax against the computed ones: both values, both places, and the value withheld."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

import pytest
from pydantic import JsonValue

from schemas.declarations import Declaration, DeclarationItem, ExchangeRate, Tax
from schemas.exchange import FOR_WANT_OF
from schemas.shipments import Reconciled, Shipment
from validators import disputing_duty, duty_findings

ITEM: dict[str, JsonValue] = {"hs_code": "6302600000", "item_price": "1000.00", "duty": "120.00", "vat": "224.00"}


def _shipment(draft: Mapping[str, JsonValue] | None) -> Shipment:
    return Shipment(
        broker="local",
        reference="S",
        as_of=dt.date(2026, 5, 4),
        documents=(),
        draft=draft,
        draft_file="draft_declaration.json",
    )


def _declaration(*, source: str | None = None) -> Declaration:
    taxes = (
        Tax(type="A00", base=Decimal(1000), base_unit="GBP", expression="12.0%", amount=Decimal("120.00")),
        Tax(type="B00", base=Decimal(1120), base_unit="GBP", expression="20%", amount=Decimal("224.00")),
    )
    item = DeclarationItem(
        item_number=1,
        hs_code="630260",
        item_price=Decimal("1000.00"),
        taxes=taxes,
        duty=Decimal("120.00"),
        vat=Decimal("224.00"),
    )
    rate = ExchangeRate(from_="EUR", to="GBP", rate=Decimal(1), date=dt.date(2026, 4, 22), source=source or "HMRC")
    return Declaration(
        items=(item,),
        customs_currency="GBP",
        exchange_rate=rate,
        duty_total=Decimal("120.00"),
        vat_total=Decimal("224.00"),
    )


def test_equal_duty_and_tax_are_no_finding() -> None:
    draft: dict[str, JsonValue] = {"duty_total": "120.0", "vat_total": 224, "items": [ITEM]}
    assert duty_findings(_shipment(draft), _declaration()) == ()


def test_a_draft_without_duty_is_no_finding() -> None:
    assert duty_findings(_shipment(None), _declaration()) == ()
    assert duty_findings(_shipment({"items": [{"item_price": "1000.00"}]}), _declaration()) == ()


def test_another_duty_is_an_error_that_names_both_values_and_both_places() -> None:
    [finding] = duty_findings(_shipment({"items": [{**ITEM, "duty": "80.00"}]}), _declaration())
    assert (finding.code, finding.severity, finding.nature) == ("duty_mismatch", "error", "discrepancy")
    assert finding.message == (
        "Item 1: the draft's duty is 80.00 GBP, the computed one is 120.00 GBP (12.0% of 1000 GBP)"
    )
    drafted, computed = finding.evidence
    assert (drafted.file, drafted.document, drafted.field) == (
        "draft_declaration.json",
        "draft_declaration",
        "duty",
    )
    assert drafted.value == "80.00 (/items/0/duty)"
    assert computed.value == "120.00 (/items/0/duty)"


def test_totals_and_single_taxes_are_compared() -> None:
    taxed: dict[str, JsonValue] = {
        **ITEM,
        "taxes": [{"type": "B00", "amount": "200.00"}, {"type": "X99", "amount": "5.00"}],
    }
    draft: dict[str, JsonValue] = {"duty_total": "121.00", "vat_total": "1.00", "items": [taxed]}
    found = duty_findings(_shipment(draft), _declaration())
    assert [one.evidence[0].value for one in found] == [
        "200.00 (/items/0/taxes/0/amount)",
        "121.00 (/duty_total)",
        "1.00 (/vat_total)",
    ]


def test_an_item_is_known_by_its_price_and_code_not_by_its_place() -> None:
    other: dict[str, JsonValue] = {"hs_code": "6109", "item_price": "5.00", "duty": "9.00"}
    [finding] = duty_findings(_shipment({"items": [other, {**ITEM, "duty": "80.00"}]}), _declaration())
    assert finding.evidence[0].value == "80.00 (/items/1/duty)"
    assert finding.evidence[1].value == "120.00 (/items/0/duty)"


@pytest.mark.parametrize("odd", [None, "much", True, [], {"items": 5}, "NaN", "1e400000000"])
def test_odd_values_of_a_draft_are_no_finding_of_duty(odd: JsonValue) -> None:
    draft: dict[str, JsonValue] = {"duty_total": odd, "items": [odd, {**ITEM, "duty": odd, "taxes": odd}]}
    assert duty_findings(_shipment(draft), _declaration()) == ()


def test_what_is_not_computed_is_not_compared() -> None:
    assert duty_findings(_shipment({"duty_total": "5.00", "items": [ITEM]}), Declaration()) == ()


def test_a_rate_that_stands_in_allows_for_what_a_month_brings() -> None:
    fallback = _declaration(source=f"ECB; {FOR_WANT_OF} a rate of HMRC")
    assert duty_findings(_shipment({"duty_total": "122.00"}), fallback) == ()
    assert len(duty_findings(_shipment({"duty_total": "130.00"}), fallback)) == 1


def test_what_is_disputed_is_withheld() -> None:
    papers = Reconciled(documents=(), withheld=("/packages",))
    disputed = disputing_duty(papers, _shipment({"duty_total": "1.00"}), _declaration())
    assert disputed.withheld == ("/packages", "/duty_total")
    assert [one.code for one in disputed.findings] == ["duty_mismatch"]
    assert disputing_duty(papers, _shipment({"duty_total": "120"}), _declaration()) is papers
