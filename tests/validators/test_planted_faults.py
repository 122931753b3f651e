"""One fault in a consistent shipment is found, with its code, place and the declared value it puts in doubt."""

from collections.abc import Callable

import pytest

from schemas.pages import Notice
from tests.trade_papers import Plain, Register, codes, consistent, holding, only, reconciled
from validators import Tolerances

Change = Callable[[dict[str, Plain]], None]


def _set(paper: str, name: str, value: object, line: int | None = None) -> Change:
    def change(papers: dict[str, Plain]) -> None:
        scope = papers[paper] if line is None else papers[paper]["lines"][line]
        scope[name] = value

    return change


def _set_both(paper: str, **values: object) -> Change:
    return _all(*(_set(paper, name, value) for name, value in values.items()))


def _drop(paper: str) -> Change:
    def change(papers: dict[str, Plain]) -> None:
        del papers[paper]

    return change


def _drop_line(paper: str, line: int) -> Change:
    def change(papers: dict[str, Plain]) -> None:
        del papers[paper]["lines"][line]

    return change


def _all(*changes: Change) -> Change:
    def change(papers: dict[str, Plain]) -> None:
        for one in changes:
            one(papers)

    return change


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        (_set("invoice", "amount", "1925.00", 0), "line_arithmetic", "/items/0/item_price"),
        (_set("invoice", "total_amount", "3654.50"), "total_arithmetic", "/total_invoice_amount"),
        (_set("invoice", "subtotal", "3400.00"), "total_arithmetic", None),
        (_set("packing", "quantity", "560", 0), "quantity_mismatch", "/items/0/quantity"),
        (_set("certificate", "quantity", "900", 0), "quantity_mismatch", "/items/0/quantity"),
        (_set("packing", "unit", "SET", 0), "unit_mismatch", "/items/0/unit"),
        (_set("packing", "unit", "PR", 0), "unit_mismatch", "/items/0/unit"),
        (_set("packing", "hs_code", "63029100", 0), "hs_mismatch", "/items/0/hs_code"),
        (_set("transport", "gross_weight_kg", "690.00"), "gross_weight_mismatch", "/gross_mass_kg"),
        (_set("packing", "gross_weight_kg", "350.00", 0), "gross_weight_mismatch", "/gross_mass_kg"),
        (_set("packing", "net_weight_kg", "305.00", 0), "net_weight_mismatch", "/items/0/net_mass_kg"),
        (_set("invoice", "net_weight_kg", "620.00"), "net_weight_mismatch", "/items/1/net_mass_kg"),
        (_set("invoice", "net_weight_kg", "280.00", 0), "net_weight_mismatch", "/items/0/net_mass_kg"),
        (_set("packing", "gross_weight_kg", "280.00", 0), "weight_order", "/items/0/net_mass_kg"),
        (_set("transport", "packages", "36"), "package_mismatch", "/packages"),
        (_set("packing", "packages", "21", 0), "package_mismatch", "/packages"),
        (_set("invoice", "origin", "PK", 1), "origin_mismatch", "/items/1/origin"),
        (_set("invoice", "country_of_origin", "BD"), "origin_mismatch", "/items/0/origin"),
        (_set("certificate", "origin", "LK", 0), "origin_mismatch", "/items/0/origin"),
        (_set("transport", "exporter", "Sagar Mills Ltd"), "exporter_mismatch", "/exporter"),
        (_set("packing", "consignee", "Orlan Import BV"), "consignee_mismatch", "/importer"),
        (_set("transport", "consignee", "Orlan Import BV"), "consignee_mismatch", "/importer"),
        (_set("packing", "invoice_number", "NL-208"), "reference_mismatch", None),
        (_set("certificate", "invoice_number", "NL-208"), "certificate_reference", None),
        (_set("certificate", "invoice_date", "2026-03-03"), "certificate_reference", None),
        (_set("invoice", "date", "2026-07-01"), "date_order", None),
        (_set("transport", "date", "2026-03-03"), "date_order", None),
        (_set_both("transport", shipped_on_board_date="2026-04-03", arrival_date="2026-03-30"), "date_order", None),
        (_drop("packing"), "document_missing", None),
        (_drop("transport"), "document_missing", None),
        (_set_both("invoice", pages=(1, 2), page_marks=((1, 3), (3, 3))), "page_missing", None),
        (_set_both("invoice", pages=(1, 2), page_marks=((1, None), (3, None))), "page_missing", None),
        (_set("invoice", "number", None), "field_missing", None),
        (_set("invoice", "total_amount", None), "field_missing", "/total_invoice_amount"),
        (_set("invoice", "currency", None), "field_missing", "/currency"),
        (_set("invoice", "incoterm_place", None), "field_missing", "/incoterm_place"),
        (_set("invoice", "amount", None, 0), "field_missing", "/items/0/item_price"),
        (_all(_set("invoice", "hs_code", None, 0), _set("certificate", "hs_code", None, 0)), "field_missing",
         "/items/0/hs_code"),
        (_set("invoice", "hs_code", "6302", 0), "field_missing", "/items/0/hs_code"),
        (_set("invoice", "description", "Spare parts", 0), "description_vague", "/items/0/description"),
        (_set("invoice", "incoterm", "C&F"), "incoterm_invalid", "/incoterm"),
        (_set_both("invoice", incoterm="DPU", incoterm_edition="2010"), "incoterm_invalid", None),
        (_set("certificate", "origin_criterion", None, 0), "origin_criterion", None),
        (_set("certificate", "origin_criterion", "W", 0), "origin_criterion", None),
        (_set("certificate", "date", "2026-04-20"), "certificate_expired", None),
        (_set("certificate", "date", "2025-05-20"), "certificate_expired", None),
        (_drop_line("certificate", 1), "certificate_coverage", None),
        (_set("certificate", "quantity", "300", 0), "certificate_coverage", None),
        (_drop_line("packing", 1), "quantity_mismatch", "/items/1/quantity"),
        (_drop_line("invoice", 1), "quantity_mismatch", None),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(change: Change, code: str, pointer: str | None) -> None:
    papers = consistent()
    change(papers)
    result = reconciled(papers)
    assert code in codes(result)
    assert pointer is None or pointer in result.withheld
    assert all(finding.evidence for finding in holding(result))


def test_a_wrong_total_is_found_and_points_at_the_total_line() -> None:
    papers = consistent()
    papers["invoice"]["total_amount"] = "3654.50"
    finding = only(reconciled(papers), "total_arithmetic")
    assert finding.message == (
        "invoice NL-204, page 1: the lines, charges and discount add up to 3644.50 EUR, "
        "the printed total is 3654.50 EUR"
    )
    place = finding.evidence[0]
    assert (place.file, place.page, place.field, place.value) == ("invoice.pdf", 1, "total_amount", "3654.50")
    assert place.box is not None


def test_an_invoice_without_currency_and_charges_is_told_by_its_lines() -> None:
    papers = consistent()
    papers["invoice"] |= {"currency": None, "freight": None, "insurance": None, "total_amount": "3000.00"}
    finding = only(reconciled(papers), "total_arithmetic")
    assert "the lines add up to 3420.00, the printed total is 3000.00" in finding.message


def test_a_difference_names_both_papers_and_both_values() -> None:
    papers = consistent()
    papers["packing"]["lines"][0]["quantity"] = "560"
    finding = only(reconciled(papers), "quantity_mismatch")
    assert "invoice, page 1, line 1 says 600" in finding.message
    assert "packing list, page 1, line 1 says 560" in finding.message
    assert [(one.document, one.line, one.value) for one in finding.evidence] == [
        ("commercial_invoice", 1, "600"),
        ("packing_list", 1, "560"),
    ]


def test_the_paper_that_differs_from_most_is_the_one_told() -> None:
    papers = consistent()
    papers["invoice"]["gross_weight_kg"] = "655.00"
    papers["packing"]["gross_weight_kg"] = "700.00"
    messages = [f.message for f in holding(reconciled(papers)) if f.message.startswith("Gross weights differ")]
    assert len(messages) == 1
    assert "packing list, page 1 says 700.00" in messages[0]


def test_two_headers_that_differ_in_origin_are_told_once_for_all_lines() -> None:
    papers = consistent()
    papers["invoice"]["country_of_origin"] = "PK"
    for line in papers["invoice"]["lines"]:
        line["origin"] = None
    result = reconciled(papers)
    assert len(only(result, "origin_mismatch").evidence) == 2
    assert {"/items/0/origin", "/items/1/origin"} <= set(result.withheld)


def test_a_certificate_without_a_date_or_quantities_is_compared_by_what_it_has() -> None:
    papers = consistent()
    papers["certificate"]["date"] = None
    papers["certificate"]["lines"][0]["quantity"] = None
    assert codes(reconciled(papers)) == []


def test_a_waybill_without_a_date_or_an_invoice_without_one_has_no_order() -> None:
    papers = consistent()
    papers["transport"]["date"] = None
    assert codes(reconciled(papers)) == []
    papers = consistent()
    papers["invoice"]["date"] = None
    assert codes(reconciled(papers)) == ["field_missing"]


def test_the_shipper_acting_for_the_exporter_is_told_by_his_role() -> None:
    papers = consistent()
    papers["transport"]["exporter"] = "Ferro Agencies as agent for Norwick Looms Pvt. Ltd."
    finding = only(reconciled(papers), "exporter_mismatch")
    assert finding.severity == "info"
    assert "an agent" in finding.message


def test_no_origin_anywhere_is_told_once_for_all_items() -> None:
    papers = consistent()
    del papers["certificate"]
    for line in papers["invoice"]["lines"]:
        line["origin"] = None
    result = reconciled(papers)
    assert "any goods" in only(result, "origin_missing").message
    assert {"/items/0/origin", "/items/1/origin"} <= set(result.withheld)


def test_one_line_without_origin_is_named() -> None:
    papers = consistent()
    del papers["certificate"]
    papers["invoice"]["lines"][1]["origin"] = None
    finding = only(reconciled(papers), "origin_missing")
    assert "line 2" in finding.message
    assert finding.evidence[0].line == 2


def test_the_country_of_dispatch_is_never_the_origin() -> None:
    papers = consistent()
    del papers["certificate"]
    papers["invoice"]["country_of_dispatch"] = "IN"
    for line in papers["invoice"]["lines"]:
        line["origin"] = None
    assert "origin_missing" in codes(reconciled(papers))


def test_a_certificate_whose_table_was_not_read_still_gives_its_origin() -> None:
    papers = consistent()
    papers["certificate"]["lines"] = []
    for line in papers["invoice"]["lines"]:
        line["origin"] = None
    result = reconciled(papers)
    assert "origin_missing" not in codes(result)
    assert "no line of goods" in only(result, "illegible").message


def test_other_goods_under_the_same_quantity_are_found() -> None:
    papers = consistent()
    papers["packing"]["lines"][0]["description"] = "Vacuum flask"
    finding = only(reconciled(papers), "description_mismatch")
    assert "Vacuum flask" in finding.message


def test_a_formal_name_on_the_certificate_is_believed_until_it_is_like_nothing_in_the_shipment() -> None:
    papers = consistent()
    papers["certificate"]["lines"][0]["description"] = "Olives, preserved"
    assert codes(reconciled(papers)) == ["description_mismatch"]
    papers["certificate"]["lines"][0]["description"] = "Toilet linen terry, cotton towelling"
    assert codes(reconciled(papers)) == []


def test_goods_without_a_description_are_not_compared() -> None:
    papers = consistent()
    papers["packing"]["lines"][0]["description"] = None
    assert codes(reconciled(papers)) == []


def test_many_lines_missing_on_the_other_paper_make_one_finding() -> None:
    papers = consistent()
    words = ("kettle", "lamp", "rug", "mirror", "vase")
    papers["packing"]["lines"] += [
        {"description": f"{word}", "quantity": f"{n}7", "unit": "C62"} for n, word in enumerate(words)
    ]
    result = reconciled(papers)
    told = [finding for finding in holding(result) if finding.code == "quantity_mismatch"]
    assert len(told) == 1
    assert "5 lines of the packing list (3, 4, 5, 6, 7) are not on the invoice" in told[0].message


def test_many_goods_missing_on_the_certificate_make_one_finding() -> None:
    papers = consistent()
    for n, word in enumerate(("kettle", "lamp", "rug", "mirror")):
        line = {"description": word, "quantity": f"{n}7", "unit": "C62"}
        papers["packing"]["lines"].append(line)
        papers["invoice"]["lines"].append(line | {"origin": "IN", "hs_code": f"85{n}610"})
    finding = only(reconciled(papers), "certificate_coverage")
    assert "4 lines of the invoice (3, 4, 5, 6)" in finding.message


def test_a_line_that_nothing_describes_is_asked_for_before_its_proof() -> None:
    papers = consistent()
    papers["invoice"]["lines"].append({"amount": "0.00"})
    papers["certificate"]["lines"].append({"description": "Kettles", "quantity": "12", "origin_criterion": "P"})
    papers["certificate"]["lines"].append({"description": "Vases", "quantity": "99", "origin_criterion": "P"})
    result = reconciled(papers)
    assert "invoice NL-204, line 3: the description could not be read" in [one.message for one in holding(result)]
    assert "/items/2/description" in result.withheld
    assert "certificate_coverage" not in codes(result)


def test_two_invoices_of_one_number_are_not_both_declared() -> None:
    papers = consistent()
    papers["copy"] = papers["invoice"]
    result = reconciled(papers)
    assert "value_mismatch" in codes(result)
    assert {"/items", "/total_invoice_amount"} <= set(result.withheld)


def test_an_invoice_cleared_before_is_found_but_not_in_its_own_earlier_revision() -> None:
    papers = consistent()
    assert codes(reconciled(papers, register=Register({"NL-204": ["S-0", "S-1"]}))) == ["duplicate_invoice"]
    assert codes(reconciled(papers, register=Register({"NL-204": ["S-1"]}))) == []


def test_an_invoice_without_its_exporter_is_looked_up_by_that_of_another_paper_if_there_is_one() -> None:
    papers, register = consistent(), Register({"NL-204": ["S-0"]})
    papers["invoice"]["exporter"] = None
    assert "duplicate_invoice" in codes(reconciled(papers, register=register))
    for paper in papers.values():
        paper["exporter"] = None
    assert "duplicate_invoice" not in codes(reconciled(papers, register=register))


def test_what_is_required_is_a_setting() -> None:
    papers = consistent()
    del papers["transport"]
    by_post = Tolerances(required_documents=("commercial_invoice", "packing_list"))
    assert codes(reconciled(papers, tolerances=by_post)) == []


def test_no_papers_at_all_are_missing_papers() -> None:
    assert codes(reconciled({})) == ["document_missing"]


def test_what_a_reader_could_not_do_holds_unless_it_is_only_worth_knowing() -> None:
    notices = [
        Notice("scan.pdf", 2, "unreadable", "this page is too dark to read"),
        Notice("scan.pdf", None, "encrypted", "a password is needed"),
        Notice("scan.pdf", 3, "blank", "an empty page", holds=False),
    ]
    result = reconciled(consistent(), notices=notices)
    assert [finding.message for finding in holding(result)] == [
        "this page is too dark to read",
        "a password is needed",
    ]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_set("transport", "consignee", "TO ORDER"), "consignee_mismatch"),
        (_all(_set("invoice", "incoterm", "FOB"), _set("transport", "form", "air_waybill")), "incoterm_invalid"),
    ],
)  # fmt: skip
def test_what_is_only_worth_knowing_does_not_hold(change: Change, code: str) -> None:
    papers = consistent()
    change(papers)
    result = reconciled(papers)
    assert only(result, code).severity == "info"
    assert holding(result) == []
    assert result.withheld == ()


def test_an_invoice_made_out_to_order_takes_its_consignee_from_the_other_papers() -> None:
    papers = consistent()
    papers["invoice"]["consignee"] = "To the order of Banque du Levant"
    result = reconciled(papers)
    assert holding(result) == []
    assert result.standings["/importer"].fields[0].document == 1


def test_a_certificate_for_a_part_of_the_goods_may_weigh_less() -> None:
    papers = consistent()
    del papers["certificate"]["lines"][1]
    papers["certificate"]["gross_weight_kg"] = "330.00"
    assert codes(reconciled(papers)) == ["certificate_coverage"]


def test_goods_that_no_paper_weighs_or_counts_by_unit_are_asked_for() -> None:
    papers = consistent()
    papers["packing"]["lines"][0]["net_weight_kg"] = None
    for paper in ("invoice", "packing"):
        papers[paper]["lines"][1]["unit"] = None
    messages = [finding.message for finding in holding(reconciled(papers)) if finding.code == "illegible"]
    assert [message.split(": ")[1] for message in messages] == [
        "the unit of these goods could be read on no paper",
        "the net mass of these goods could be read on no paper",
    ]


def test_a_single_item_weighs_what_the_whole_shipment_weighs() -> None:
    papers = consistent()
    for paper in ("invoice", "packing", "certificate"):
        del papers[paper]["lines"][1]
    papers["invoice"] |= {"subtotal": "1920.00", "total_amount": "2144.50"}
    papers["packing"] |= {"packages": "20", "gross_weight_kg": "330.00", "net_weight_kg": "290.00"}
    papers["packing"]["lines"][0]["net_weight_kg"] = None
    papers["transport"] |= {"packages": "20", "gross_weight_kg": "330.00"}
    papers["transport"]["lines"] = []
    papers["certificate"]["gross_weight_kg"] = "330.00"
    result = reconciled(papers)
    assert holding(result) == []
    assert result.standings["/items/0/net_mass_kg"].fields[0].line is None


def test_a_code_of_seven_digits_has_lost_or_gained_one() -> None:
    papers = consistent()
    papers["invoice"]["lines"][0]["hs_code"] = "6302600"
    assert codes(reconciled(papers)) == ["illegible"]


def test_several_invoices_are_one_declaration_with_one_total() -> None:
    papers = consistent()
    second = {"number": "NL-205", "lines": [papers["invoice"]["lines"].pop(1)], "subtotal": "1500.00", "freight": None,
              "insurance": None, "total_amount": "1500.00"}  # fmt: skip
    papers["second"] = papers["invoice"] | second
    papers["invoice"] |= {"subtotal": "1920.00", "total_amount": "2144.50"}
    papers["packing"]["invoice_number"] = "NL-204; NL-205"
    result = reconciled(papers)
    assert holding(result) == []
    assert result.standings["/total_invoice_amount"].summed
    assert len(result.items) == 2


def _blank_criteria(*lines: int) -> dict[str, Plain]:
    papers = consistent()
    for line in lines:
        papers["certificate"]["lines"][line]["origin_criterion"] = None
    return papers


def test_criteria_left_blank_are_told_once_for_each_certificate() -> None:
    finding = only(reconciled(_blank_criteria(0, 1)), "origin_criterion")
    assert [place.line for place in finding.evidence] == [1, 2]


def test_a_column_of_criteria_that_a_scan_hardly_shows_was_not_read() -> None:
    found = [f for f in holding(reconciled(_blank_criteria(0, 1), reader="tesseract")) if "criterion" in f.message]
    assert [(f.code, "could not be read" in f.message) for f in found] == [("illegible", True)]
    assert "origin_criterion" in codes(reconciled(_blank_criteria(0), reader="tesseract"))


def test_a_heading_that_lost_its_letter_on_a_scan_is_a_question() -> None:
    papers = consistent()
    papers["certificate"]["lines"][1]["origin_criterion"] = "6302.21"
    assert "origin_criterion" in codes(reconciled(papers))
    assert "origin_criterion" not in codes(reconciled(papers, reader="tesseract"))


def test_one_paper_against_three_is_told_once_even_if_it_is_the_invoice() -> None:
    papers = consistent()
    papers["invoice"]["exporter"] = "Sagar Mills Ltd"
    finding = only(reconciled(papers), "exporter_mismatch")
    assert finding.evidence[1].document == "commercial_invoice"


def test_the_shipper_is_compared_whatever_his_trade() -> None:
    papers = consistent()
    papers["transport"]["exporter"] = "Blue Keel Logistics Ltd"
    assert codes(reconciled(papers)) == ["exporter_mismatch"]


def test_papers_that_name_only_roles_name_no_party() -> None:
    papers = consistent()
    for paper in papers.values():
        paper["consignee"] = "TO ORDER"
    result = reconciled(papers)
    assert codes(result) == ["field_missing"]
    assert "/importer" in result.withheld


def test_a_bank_on_the_invoice_itself_is_the_consignee_it_names() -> None:
    papers = consistent()
    papers["invoice"]["consignee"] = "Banco Meridional S.A."
    assert "consignee_mismatch" in codes(reconciled(papers))


def test_missing_pages_are_named_in_runs() -> None:
    papers = consistent()
    papers["invoice"] |= {"pages": (1, 2), "page_marks": ((1, 7), (4, 7))}
    finding = only(reconciled(papers), "page_missing")
    assert "page 2-3, 5-7 of 7" in finding.message
