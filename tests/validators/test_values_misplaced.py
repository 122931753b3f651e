"""What was read from the wrong place, or not recognised at all, is a question to read and no alarm; and is held."""

from __future__ import annotations

import pytest

from schemas.findings import Finding
from tests.trade_papers import Plain, codes, consistent, holding, only, reconciled


def _questions(papers: dict[str, Plain], reader: str = "text_layer") -> list[Finding]:
    found = holding(reconciled(papers, reader=reader))
    assert {one.code for one in found} == {"illegible"}
    return found


@pytest.mark.parametrize(
    "words",
    ["Posting Date", "Amount due", "CIF Hamburg, Incoterms", "N.\u00ba documento externo"],
)
def test_words_of_the_form_in_a_partys_place_are_asked_about_with_the_others_name(words: str) -> None:
    papers = consistent()
    papers["invoice"]["exporter"] = words
    [finding] = _questions(papers)
    assert finding.suggestion is not None
    assert (finding.suggestion.document, finding.suggestion.field) == ("commercial_invoice", "exporter")
    assert finding.suggestion.value == "Norwick Looms Pvt. Ltd."
    assert "/exporter" in reconciled(papers).withheld


def test_a_street_of_the_other_partys_address_is_no_party() -> None:
    papers = consistent()
    for name in ("invoice", "transport", "certificate"):
        address = {"name": "Norwick Looms Pvt. Ltd.", "address": "45 Mill Road, Surat", "country": "IN"}
        papers[name]["exporter"] = {"value": _party(**address)}
    papers["packing"]["exporter"] = {"value": _party(name="45 Mill Road", address="Surat", country="IN")}
    [finding] = _questions(papers)
    assert "no name of a company" in finding.message


def _party(**of: str) -> object:
    from schemas.values import Party  # noqa: PLC0415 - the papers are plain values but for this one

    return Party(**of)


@pytest.mark.parametrize("name", ["Sagar Mills Ltd", "Norwick & Sons"])
def test_another_company_is_a_difference(name: str) -> None:
    papers = consistent()
    papers["packing"]["exporter"] = {"value": _party(name=name, address="12 Dock Street, Bombay", country="IN")}
    assert codes(reconciled(papers)) == ["exporter_mismatch"]


def test_a_consignee_that_is_no_name_is_held_as_hard_as_another_consignee() -> None:
    papers = consistent()
    papers["packing"]["consignee"] = "Delivery Address"
    assert only(reconciled(papers), "illegible").severity == "error"


def test_a_number_read_with_a_word_too_many_is_asked_once() -> None:
    papers = consistent()
    papers["invoice"]["number"] = "NL-204 DE"
    [finding] = _questions(papers)
    assert finding.suggestion is not None
    assert finding.suggestion.value == "NL-204"
    assert {place.document for place in finding.evidence} == {
        "commercial_invoice", "packing_list", "certificate_of_origin",
    }  # fmt: skip


@pytest.mark.parametrize("number", ["NL-204 2", "NL-204/B", "NL-240", "DE 204"])
def test_a_number_with_other_figures_or_letters_in_it_is_another_one(number: str) -> None:
    papers = consistent()
    papers["packing"]["invoice_number"] = number
    assert codes(reconciled(papers)) == ["reference_mismatch"]


def test_the_label_of_an_order_is_no_part_of_its_number() -> None:
    papers = consistent()
    papers["invoice"]["purchase_order"], papers["packing"]["purchase_order"] = "13286", "PO 13286"
    assert holding(reconciled(papers)) == []


def test_a_number_of_packages_that_is_the_sum_of_another_column_is_asked_about() -> None:
    papers = consistent()
    papers["packing"]["packages"] = "850"
    [finding] = _questions(papers)
    assert finding.suggestion is not None
    assert (finding.suggestion.document, finding.suggestion.value) == ("packing_list", "35")
    assert "lines' quantity" in finding.message
    assert "/packages" in reconciled(papers).withheld


def test_a_net_weight_of_one_line_taken_for_the_whole_is_asked_about() -> None:
    papers = consistent()
    papers["invoice"]["net_weight_kg"] = "290.00"
    [finding] = _questions(papers)
    assert finding.suggestion is not None
    assert (finding.suggestion.document, finding.suggestion.value) == ("commercial_invoice", "590.00")


def test_weights_the_wrong_way_round_are_the_papers_own_and_no_misreading() -> None:
    papers = consistent()
    papers["packing"] |= {"gross_weight_kg": "590.00", "net_weight_kg": "655.00"}
    assert "illegible" not in codes(reconciled(papers))
    assert "weight_order" in codes(reconciled(papers))


@pytest.mark.parametrize("name", ["description", "quantity", "amount"])
def test_a_column_that_every_invoice_has_was_not_recognised_where_it_is_empty(name: str) -> None:
    papers = consistent()
    for line in papers["invoice"]["lines"]:
        line[name] = None
    told = [one for one in holding(reconciled(papers)) if one.evidence[0].field == name]
    assert [(one.code, [place.line for place in one.evidence]) for one in told] == [("illegible", [1, 2])]
    declared = "item_price" if name == "amount" else name
    assert {f"/items/{n}/{declared}" for n in (0, 1)} <= set(reconciled(papers).withheld)


def test_many_lines_without_a_tariff_code_are_one_finding_with_all_their_places() -> None:
    papers = consistent()
    papers["invoice"]["lines"] = [
        {**papers["invoice"]["lines"][0], "number": str(n), "hs_code": None} for n in range(1, 6)
    ]
    finding = only(reconciled(papers), "field_missing")
    assert [place.line for place in finding.evidence] == [1, 2, 3, 4, 5]
    assert "lines 1-5: no paper gives the tariff code" in finding.message


def test_a_row_without_a_description_was_not_read_and_nothing_else_follows_from_it() -> None:
    papers = consistent()
    papers["invoice"]["lines"].append({"unit_price": "2.00"})
    told = [one for one in holding(reconciled(papers)) if "3" in one.message.partition(":")[0]]
    assert {one.code for one in told} == {"illegible"}
    assert {place.field for one in told for place in one.evidence} >= {"description", "quantity", "amount", "hs_code"}
    assert not {"quantity_mismatch", "certificate_coverage", "origin_missing"} & set(codes(reconciled(papers)))


def test_goods_are_not_said_to_lack_on_an_invoice_that_is_not_there() -> None:
    papers = consistent()
    del papers["invoice"]
    assert "document_missing" in codes(reconciled(papers))
    assert "quantity_mismatch" not in codes(reconciled(papers))


@pytest.mark.parametrize(("reader", "code"), [("tesseract", "illegible"), ("text_layer", "field_missing")])
def test_a_total_that_a_picture_does_not_show_was_not_read(reader: str, code: str) -> None:
    papers = consistent()
    papers["invoice"]["total_amount"] = None
    told = [one for one in holding(reconciled(papers, reader=reader)) if one.nature == "missing"]
    assert [one.code for one in told] == [code]


def test_goods_that_are_not_on_a_picture_which_may_lack_rows_are_asked_about_and_held_as_hard() -> None:
    papers = consistent()
    papers["packing"]["lines"].append({"description": "Kettle", "quantity": "60", "unit": "C62"})
    papers["invoice"] |= {"total_amount": None, "subtotal": None}
    assert "quantity_mismatch" in codes(reconciled(papers))
    found = holding(reconciled(papers, reader="tesseract"))
    told = [one for one in found if "these goods (60) are not on the invoice" in one.message]
    assert [(one.code, one.severity, one.nature) for one in told] == [("illegible", "error", "misread")]


def test_a_row_of_words_alone_that_no_other_paper_has_is_asked_about() -> None:
    papers = consistent()
    papers["packing"]["lines"].append({"description": "First Orchard Bank, IBAN DE96 2932 8131 8587 1329"})
    [finding] = [one for one in holding(reconciled(papers)) if "without a quantity" in one.message]
    assert (finding.code, finding.severity) == ("illegible", "error")


def test_many_net_weights_above_the_gross_ones_are_one_finding() -> None:
    papers = consistent()
    papers["packing"]["lines"] = [
        {**papers["packing"]["lines"][0], "net_weight_kg": "330.00", "gross_weight_kg": "290.00"} for _ in range(5)
    ]
    finding = only(reconciled(papers), "weight_order")
    assert "in 5 places (1, 2, 3, 4, 5)" in finding.message
