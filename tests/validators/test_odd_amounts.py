"""Invoices whose amounts are not simply prices: tax in the total, credit notes, deductions, goods free of charge."""

from __future__ import annotations

from typing import Any

import pytest

from tests.trade_papers import Plain, codes, consistent, only, reconciled


def _invoice(**changes: Any) -> dict[str, Plain]:  # noqa: ANN401 - any field of the invoice
    papers = consistent()
    papers["invoice"] |= changes
    return papers


@pytest.mark.parametrize(("total", "rate"), [("4069.80", "19"), ("4104.00", "20"), ("3745.58", None)])
def test_tax_in_the_total_is_told_and_holds_only_where_no_rate_explains_it(total: str, rate: str | None) -> None:
    papers = _invoice(freight=None, insurance=None, incoterm="DAP", total_amount=total)
    result = reconciled(papers)
    finding = only(result, "total_arithmetic")
    assert (finding.severity == "info") is (rate is not None)
    assert rate is None or f"and {rate} % more" in finding.message
    assert ("/total_invoice_amount" in result.withheld) is (rate is None)


def test_the_price_without_tax_is_what_is_declared() -> None:
    papers = _invoice(freight=None, insurance=None, incoterm="DAP", total_amount="4069.80")
    [field] = reconciled(papers).standings["/total_invoice_amount"].fields
    assert field.field == "subtotal"


def test_without_a_printed_net_a_total_with_tax_is_a_wrong_total() -> None:
    papers = _invoice(freight=None, insurance=None, incoterm="DAP", total_amount="4069.80", subtotal=None)
    assert only(reconciled(papers), "total_arithmetic").severity == "error"


def test_a_total_with_tax_read_by_eye_is_no_witness_of_itself() -> None:
    papers = _invoice(freight=None, insurance=None, incoterm="DAP", total_amount="4069.80")
    [field] = [f for f in reconciled(papers, reader="tesseract").documents if f.type == "commercial_invoice"]
    assert field.fields.total_amount is not None
    assert "arithmetic" not in field.fields.total_amount.witnesses


def test_a_credit_note_is_held_and_none_of_it_declared() -> None:
    papers = consistent()
    lines = [{**line, "quantity": f"-{line['quantity']}", "amount": f"-{line['amount']}"}
             for line in papers["invoice"]["lines"]]  # fmt: skip
    papers["credit note"] = {
        **papers["invoice"], "number": "CN-3", "lines": lines, "freight": None, "insurance": None,
        "subtotal": "-3420.00", "total_amount": "-3420.00",
    }  # fmt: skip
    result = reconciled(papers)
    assert "credit note is no invoice" in only(result, "value_mismatch").message
    assert {"/total_invoice_amount", "/items"} <= set(result.withheld)


def test_a_deduction_among_the_goods_is_asked_for() -> None:
    papers = consistent()
    deduction = {"description": "Returned samples", "quantity": "1", "unit": "C62", "unit_price": "-20.00",
                 "amount": "-20.00"}  # fmt: skip
    papers["invoice"]["lines"].append(deduction)
    papers["invoice"] |= {"subtotal": "3400.00", "total_amount": "3624.50"}
    result = reconciled(papers)
    assert "a deduction is no goods" in only(result, "value_mismatch").message
    assert "/items/2/item_price" in result.withheld


def test_samples_for_nothing_have_a_customs_value_too() -> None:
    papers = consistent()
    sample = {"description": "Cotton towel, sample of no commercial value", "hs_code": "63026000", "origin": "IN",
              "quantity": "2", "unit": "C62", "unit_price": "0.00", "amount": "0.00"}  # fmt: skip
    papers["invoice"]["lines"].append(sample)
    result = reconciled(papers)
    assert only(result, "field_missing").severity == "warning"
    assert "/items/2/item_price" in result.withheld


def test_a_total_is_not_doubted_for_the_amount_of_a_line_that_is_missing() -> None:
    papers = consistent()
    del papers["invoice"]["lines"][1]["amount"]
    assert "total_arithmetic" not in codes(reconciled(papers))
    papers["invoice"]["total_amount"] = "1900.00"
    assert "total_arithmetic" in codes(reconciled(papers))
