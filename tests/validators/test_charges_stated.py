"""Freight and insurance are asked for only where the country of import values with them and nothing gives them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from schemas.reference import ChargeRate, References
from schemas.shipments import Reconciled
from tests.trade_papers import Register, WordsInCommon, codes, consistent, holding, only, shipment
from validators import reconcile


def _papers(term: str, **changes: Any) -> dict[str, dict[str, Any]]:  # noqa: ANN401 - any field of the invoice
    """The consistent shipment under another term, without charges."""
    papers = consistent()
    papers["invoice"] |= {"incoterm": term, "freight": None, "insurance": None, "total_amount": "3420.00", **changes}
    papers["transport"]["freight_terms"] = "collect"
    return papers


def _judged(papers: dict[str, dict[str, Any]], *, within: str | None = None, rates: tuple[ChargeRate, ...] = (),
            draft: object = None) -> Reconciled:  # fmt: skip
    return reconcile(
        shipment(papers, draft=draft), similarity=WordsInCommon(), earlier=Register(), jurisdiction=within,
        references=References(charges=rates),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("term", "within", "severity"),
    [
        ("FCA", "DE", "warning"), ("EXW", "GB", "warning"), ("CPT", "DE", "warning"), ("CFR", "GB", "warning"),
        ("FOB", "US", None), ("EXW", "AU", None), ("CIP", "DE", None), ("DAP", "GB", None), ("DDP", "DE", None),
        ("FOB", "KZ", "info"),
    ],
)  # fmt: skip
def test_what_the_term_leaves_out_is_asked_for_by_the_countrys_basis(
    term: str, within: str, severity: str | None
) -> None:
    found = [one for one in _judged(_papers(term), within=within).findings if one.code == "charges_missing"]
    assert [one.severity for one in found] == ([severity] if severity else [])


def test_the_message_says_what_is_left_out_and_what_the_waybill_says() -> None:
    assert only(_judged(_papers("FCA")), "charges_missing").message == (
        "invoice, page 1: FCA leaves freight and insurance to the buyer, and no paper or list of charges gives it; "
        "transport document, page 1 says freight collect; goods are valued with it in DE"
    )
    assert "CPT leaves insurance to the buyer" in only(_judged(_papers("CPT")), "charges_missing").message


def test_charges_of_the_draft_are_given() -> None:
    assert holding(_judged(_papers("FCA"), draft={"freight": "180.00", "insurance": "9.00"})) == []


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ({}, False), ({"mode": "sea"}, False), ({"mode": "air"}, True), ({"country_of_dispatch": "IN"}, False),
        ({"country_of_dispatch": "VN"}, True),
    ],
)  # fmt: skip
def test_a_loaded_rate_for_these_goods_gives_a_charge(known: dict[str, Any], asked: bool) -> None:  # noqa: FBT001 - a column of cases
    rates = tuple(
        ChargeRate(charge=charge, percent_of_value=Decimal("0.3"), **known) for charge in ("freight", "insurance")
    )
    result = _judged(_papers("FCA", country_of_dispatch="IN"), rates=rates)
    assert ("charges_missing" in codes(result)) is asked


def test_freight_above_the_price_of_the_goods_is_questioned() -> None:
    papers = consistent()
    papers["invoice"] |= {"freight": "3500.00", "total_amount": "6934.50"}
    finding = only(_judged(papers), "value_mismatch")
    assert (finding.severity, finding.nature) == ("warning", "policy")
    assert "the freight 3500.00 is more than the goods, which come to 3420.00" in finding.message
