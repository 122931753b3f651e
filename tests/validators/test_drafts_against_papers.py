"""Every value of a draft that a paper can contradict is set beside it."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from schemas.shipments import Reconciled
from tests.trade_papers import Plain, codes, consistent, holding, only, reconciled


def _papers() -> dict[str, Plain]:
    papers = consistent()
    papers["invoice"] |= {"country_of_dispatch": "IN", "port_of_loading": "Nhava Sheva", "vessel_or_flight": "MV Aster"}
    papers["transport"] |= {
        "port_of_loading": "Nhava Sheva",
        "port_of_discharge": "Hamburg",
        "container_number": "MSKU0000006",
    }
    return papers


def _draft() -> dict[str, Any]:
    return {
        "country_of_dispatch": "IN", "country_of_destination": "DE", "incoterm": "CIF",
        "incoterm_place": "Hamburg, Germany",
        "transport": {"document_number": "HLB-5521", "vessel_or_flight": "ASTER", "port_of_loading": "INNSA",
                      "port_of_discharge": "HAMBURG", "container_number": "MSKU 000000 6"},
        "supporting_documents": [
            {"type": "commercial_invoice", "number": "NL-204", "date": "2026-03-30"},
            {"type": "N865", "number": "IN 77", "date": "2026-04-01"}, {"type": "N705", "number": "HLB5521"},
            {"type": "Y900", "number": "none of ours"}, {"type": "packing_list", "number": "P-1"},
        ],
        "items": [
            {"description": "Cotton bath towels", "quantity": "600", "unit": "C62", "net_mass_kg": "290",
             "gross_mass_kg": "330", "packages": 20,
             "preference": {"form": "form_a", "certificate_number": "IN-77", "criterion": "p"}},
            {"description": "Bed linen of cotton", "quantity": "250", "unit": "SET", "gross_mass_kg": "325.0"},
        ],
    }  # fmt: skip


def _judged(draft: dict[str, Any]) -> Reconciled:
    return reconciled(_papers(), draft=draft)


def test_a_draft_that_says_the_same_in_other_words_agrees() -> None:
    assert [one.message for one in holding(_judged(_draft()))] == []


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("country_of_dispatch",), "LK", "value_mismatch"),
        (("country_of_destination",), "NL", "value_mismatch"),
        (("incoterm_place",), "Rotterdam", "incoterm_mismatch"),
        (("transport", "document_number"), "HLB5512", "reference_mismatch"),
        (("transport", "container_number"), "MSKU1111110", "reference_mismatch"),
        (("transport", "vessel_or_flight"), "Morning Gannet", "value_mismatch"),
        (("transport", "port_of_loading"), "Chennai", "value_mismatch"),
        (("transport", "port_of_discharge"), "Bremerhaven", "value_mismatch"),
        (("supporting_documents", 0, "number"), "NL-240", "reference_mismatch"),
        (("supporting_documents", 0, "date"), "2026-03-31", "value_mismatch"),
        (("supporting_documents", 1, "number"), "IN-78", "reference_mismatch"),
        (("supporting_documents", 0, "date"), "soon", "illegible"),
        (("supporting_documents",), "none", "illegible"),
        (("items", 0, "gross_mass_kg"), "360", "gross_weight_mismatch"),
        (("items", 0, "packages"), 21, "package_mismatch"),
        (("items", 0, "preference", "criterion"), "W 6302", "value_mismatch"),
    ],
)
def test_a_value_of_the_draft_that_a_paper_contradicts_is_found(
    path: tuple[str | int, ...], value: object, code: str
) -> None:
    draft: Any = copy.deepcopy(_draft())
    inside = draft
    for name in path[:-1]:
        inside = inside[name]
    inside[path[-1]] = value
    assert codes(_judged(draft)) == [code]


def test_the_drafts_freight_is_that_of_all_invoices() -> None:
    papers = consistent()
    papers["second"] = copy.deepcopy(papers["invoice"]) | {"number": "NL-205"}
    papers["packing"]["invoice_number"] = papers["certificate"]["invoice_number"] = "NL-204; NL-205"
    message = "The draft's freight is 210.00, that of the invoices comes to 420.00"
    assert message in [one.message for one in reconciled(papers, draft={"freight": "210.00"}).findings]


def test_a_total_without_the_tax_of_the_country_of_export_agrees() -> None:
    papers = consistent()
    papers["invoice"] |= {"freight": None, "insurance": None, "incoterm": "DAP", "total_amount": "4069.80"}
    assert codes(reconciled(papers, draft={"total_invoice_amount": "3420.00"})) == []
    assert only(reconciled(papers, draft={"total_invoice_amount": "3400.00"}), "value_mismatch")
