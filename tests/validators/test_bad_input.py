"""Papers that do not belong together, contradict each other or lack what papers have: each is held for what it is."""

from __future__ import annotations

import copy

import pytest

from tests.trade_papers import Plain, codes, consistent, holding, only, reconciled


def _second_certificate(**changes: object) -> dict[str, Plain]:
    papers = consistent()
    papers["other certificate"] = copy.deepcopy(papers["certificate"]) | changes
    return papers


def test_certificates_that_contradict_each_other_are_found() -> None:
    papers = _second_certificate(number="CH-9", form="chamber", country_of_origin="PK")
    result = reconciled(papers)
    assert "origin_mismatch" in codes(result)
    assert {"/items/0/origin", "/items/1/origin"} <= set(result.withheld)


def test_certificates_for_different_quantities_are_found() -> None:
    papers = _second_certificate(number="CH-9")
    papers["other certificate"]["lines"][0]["quantity"] = "900"
    assert codes(reconciled(papers)) == ["quantity_mismatch"]


def test_two_invoices_of_one_number_are_not_declared_twice() -> None:
    papers = consistent()
    papers["copy"] = copy.deepcopy(papers["invoice"])
    result = reconciled(papers)
    assert "value_mismatch" in codes(result)
    assert {"/total_invoice_amount", "/items"} <= set(result.withheld)


def _another(papers: dict[str, Plain]) -> dict[str, Plain]:
    """A second, consistent shipment of the same parties with its own numbers."""
    other = copy.deepcopy(papers)
    other["invoice"] |= {"number": "NL-311"}
    for name in ("packing", "certificate"):
        other[name]["invoice_number"] = "NL-311"
    other["certificate"]["number"] = "IN-99"
    other["transport"]["number"] = "HLB7703"
    return {f"second {name}": paper for name, paper in other.items()}


def test_papers_of_two_shipments_of_the_same_parties_are_told_apart() -> None:
    papers = consistent()
    result = reconciled({**papers, **_another(papers)})
    finding = only(result, "reference_mismatch")
    assert "papers of two shipments" in finding.message
    assert "HLB5521" in finding.message
    assert "HLB7703" in finding.message


def test_papers_of_two_shipments_of_other_parties_are_held_for_their_parties() -> None:
    papers = consistent()
    other = _another(papers)
    for paper in other.values():
        paper |= {"exporter": "Sagar Mills Ltd", "consignee": "Orlan Import BV"}
    assert {"exporter_mismatch", "consignee_mismatch", "reference_mismatch"} <= set(
        codes(reconciled({**papers, **other}))
    )


def test_a_house_waybill_and_its_master_are_of_one_shipment() -> None:
    papers = consistent()
    papers["master"] = {**papers["transport"], "number": "MAEU7781", "exporter": "Blue Line Freight Logistics",
                        "master_document_number": "MAEU7781"}  # fmt: skip
    papers["transport"]["master_document_number"] = "MAEU7781"
    assert "reference_mismatch" not in codes(reconciled(papers))


def test_one_of_several_packing_lists_that_names_another_invoice_is_found() -> None:
    papers = consistent()
    papers["second list"] = copy.deepcopy(papers["packing"]) | {"invoice_number": "NL-311"}
    assert "reference_mismatch" in codes(reconciled(papers))


@pytest.mark.parametrize("paper", ["invoice", "packing", "certificate"])
def test_a_paper_without_a_line_of_goods_is_asked_for(paper: str) -> None:
    papers = consistent()
    papers[paper]["lines"] = []
    assert any("no line of goods could be read" in one.message for one in holding(reconciled(papers)))


def test_a_currency_sign_that_names_no_currency_leaves_it_missing() -> None:
    """ "$" stands for twenty currencies, so the readers give none: what no paper names is asked for."""
    papers = consistent()
    papers["invoice"]["currency"] = None
    result = reconciled(papers)
    assert "the currency" in only(result, "field_missing").message
    assert "/currency" in result.withheld


def test_a_code_of_an_older_edition_is_held() -> None:
    """8528.71 of 2002 became 8528.71 and others later; 8542.60 was closed in 2007."""
    papers = consistent()
    papers["invoice"]["lines"][0]["hs_code"] = "854260"
    assert "hs_invalid" in codes(reconciled(papers))


@pytest.mark.parametrize(("origin", "agrees"), [("EU", True), ("FR", True), ("CH", False)])
def test_an_origin_of_the_union_agrees_with_a_member_state(origin: str, agrees: bool) -> None:  # noqa: FBT001 - a column of cases
    papers = consistent()
    for line in papers["invoice"]["lines"]:
        line["origin"] = "FR"
    papers["certificate"]["country_of_origin"] = origin
    assert ("origin_mismatch" not in codes(reconciled(papers))) is agrees


@pytest.mark.parametrize(
    ("reader", "filled", "code"),
    [("tesseract", 3, "illegible"), ("text_layer", 3, "field_missing"), ("tesseract", 1, "illegible")],
)
def test_one_blank_in_a_column_that_was_read_was_lost_in_reading(reader: str, filled: int, code: str) -> None:
    papers = consistent()
    line = papers["invoice"]["lines"][0]
    papers["invoice"]["lines"] = [copy.deepcopy(line) for _ in range(4)]
    for blank in papers["invoice"]["lines"][filled:]:
        del blank["amount"]
    told = [one for one in reconciled(papers, reader=reader).findings if one.evidence and one.evidence[-1].line == 4]
    assert [one.code for one in told if one.evidence[0].field == "amount"] == [code]


def test_many_lines_against_one_certificate_are_told_once() -> None:
    papers = consistent()
    line = papers["invoice"]["lines"][0]
    papers["invoice"]["lines"] = [copy.deepcopy(line) | {"origin": "PK"} for _ in range(5)]
    papers["certificate"]["lines"] = [dict(papers["certificate"]["lines"][0]) for _ in range(5)]
    result = reconciled(papers)
    assert only(result, "origin_mismatch").message == (
        "Origins differ: certificate of origin, page 1 says IN, 5 lines (1, 2, 3, 4, 5) say PK"
    )
    assert {f"/items/{n}/origin" for n in range(5)} <= set(result.withheld)


def test_other_goods_among_copied_words_are_found_in_any_language() -> None:
    papers = consistent()
    words = ("涤纶窗帘 Curtain", "麻花钻 Drill", "橡胶木 Shelf", "电热水壶 Kettle")
    for name in ("invoice", "packing"):
        line = papers[name]["lines"][0]
        papers[name]["lines"] = [dict(line) | {"description": text, "part_number": text[:2]} for text in words]
        papers[name] |= {"language": "zh"}
    papers["packing"]["lines"][2]["description"] = "聚丙烯粒料 Granules"
    assert "'橡胶木 Shelf'" in only(reconciled(papers), "description_mismatch").message


def test_as_many_kilograms_as_pairs_are_two_units() -> None:
    """Even where the goods weigh so many kilograms net."""
    papers = consistent()
    papers["invoice"]["lines"][0] |= {"quantity": "290", "unit": "KGM", "unit_price": "6.62", "amount": "1919.80"}
    papers["packing"]["lines"][0] |= {"quantity": "290", "unit": "PR"}
    assert "unit_mismatch" in codes(reconciled(papers))
