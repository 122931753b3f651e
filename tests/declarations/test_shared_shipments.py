"""Several papers of one kind: their figures are added up where they share the shipment, never one taken for all."""

from __future__ import annotations

import copy
from decimal import Decimal

from declarations import DeclarationTerms, declare
from schemas.declarations import Declaration
from tests.trade_papers import Plain, codes, consistent, holding, reconciled, shipment


def _two_lists() -> dict[str, Plain]:
    """The consistent shipment, packed in two lists of one line each."""
    papers = consistent()
    whole = papers.pop("packing")
    for n, (packages, gross, net) in enumerate((("20", "330.00", "290.00"), ("15", "325.00", "300.00"))):
        part = {"packages": packages, "gross_weight_kg": gross, "net_weight_kg": net, "number": f"PL-{n}"}
        papers[f"packing-{n}"] = {**whole, **part, "lines": [whole["lines"][n]]}
    return papers


def _two_invoices() -> dict[str, Plain]:
    """The consistent shipment, billed on two invoices of one line each, under one packing list."""
    papers = consistent()
    whole = papers.pop("invoice")
    figures = (("1920.00", "2050.00", "120.00", "10.00"), ("1500.00", "1594.50", "90.00", "4.50"))
    for n, (subtotal, total, freight, insurance) in enumerate(figures):
        part = {"subtotal": subtotal, "total_amount": total, "freight": freight, "insurance": insurance}
        papers[f"invoice-{n}"] = {**whole, **part, "number": f"NL-20{n}", "lines": [whole["lines"][n]]}
    for name in ("packing", "certificate"):
        papers[name]["invoice_number"] = "NL-200; NL-201"
    return papers


def _declared(papers: dict[str, Plain]) -> Declaration:
    whole = shipment(papers)
    return declare(whole, reconciled(papers), DeclarationTerms())


def test_the_weights_and_packages_of_two_packing_lists_are_added_up() -> None:
    papers = _two_lists()
    assert codes(reconciled(papers)) == []
    declared = _declared(papers)
    assert (declared.gross_mass_kg, declared.packages) == (Decimal("655.00"), Decimal(35))


def test_one_list_of_two_without_a_total_leaves_the_sum_to_another_paper() -> None:
    papers = _two_lists()
    del papers["packing-1"]["gross_weight_kg"]
    assert _declared(papers).gross_mass_kg == Decimal("655.00")


def test_three_lists_that_come_to_more_than_the_waybill_are_told_with_their_sum() -> None:
    papers = _two_lists()
    papers["packing-2"] = {**papers["packing-1"], "number": "PL-2", "packages": "3", "lines": []}
    messages = [one.message for one in holding(reconciled(papers)) if one.code == "package_mismatch"]
    assert messages == [
        "Numbers of packages differ: the 3 packing lists come to 38, transport document, page 1 says 35"
    ]


def test_a_second_copy_of_a_list_repeats_its_figures() -> None:
    papers = consistent()
    papers["copy"] = copy.deepcopy(papers["packing"])
    declared = _declared(papers)
    assert (declared.gross_mass_kg, declared.packages) == (Decimal("655.00"), Decimal(35))


def test_two_invoices_of_one_packing_list_are_one_declaration() -> None:
    papers = _two_invoices()
    assert codes(reconciled(papers)) == []
    declared = _declared(papers)
    assert declared.total_invoice_amount == Decimal("3644.50")
    assert (declared.freight, declared.insurance) == (Decimal("210.00"), Decimal("14.50"))
    assert [item.item_price for item in declared.items] == [Decimal("1920.00"), Decimal("1500.00")]


def test_the_sum_of_two_lists_is_a_witness_of_each_and_of_the_waybill() -> None:
    result = reconciled(_two_lists(), reader="tesseract")
    by_type = {document.file: document.fields.get("gross_weight_kg") for document in result.documents}
    lists, waybill = by_type["packing-0.pdf"], by_type["transport.pdf"]
    assert lists is not None
    assert waybill is not None
    assert "document:transport_document" in lists.witnesses
    assert "document:packing_list" in waybill.witnesses
