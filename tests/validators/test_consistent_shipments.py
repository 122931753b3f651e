"""What trade does every day is no finding."""

import pytest

from schemas.findings import FindingCode
from tests.trade_papers import Plain, codes, consistent, holding, reconciled
from validators.catalogue import CATALOGUE
from validators.checks import ALL_CHECKS


def test_papers_that_agree_have_nothing_to_decide() -> None:
    result = reconciled(consistent())
    assert holding(result) == []
    assert result.withheld == ()


def test_every_line_of_the_invoice_becomes_one_goods_item_with_its_lines_on_the_other_papers() -> None:
    result = reconciled(consistent())
    assert [[ref.line for ref in item.packing] for item in result.items] == [[0], [1]]
    assert [[ref.line for ref in item.certificate] for item in result.items] == [[0], [1]]


def _other_order(papers: dict[str, Plain]) -> None:
    papers["packing"]["lines"].reverse()
    papers["certificate"]["lines"].reverse()


def _variants_of_names(papers: dict[str, Plain]) -> None:
    papers["packing"]["consignee"] = "HALDEN TEXTIL Gesellschaft mit beschränkter Haftung"
    papers["transport"]["exporter"] = "NORWICK LOOMS PRIVATE LIMITED"
    papers["certificate"]["exporter"] = "Norwick Looms Pvt Ltd"


def _tonnes(papers: dict[str, Plain]) -> None:
    papers["transport"]["gross_weight_kg"] = {"value": "660", "text": "0.66 MT"}
    papers["transport"]["lines"][0]["gross_weight_kg"] = {"value": "660", "text": "0.66 MT"}


def _rounded_price(papers: dict[str, Plain]) -> None:
    papers["invoice"]["lines"][0] |= {"unit_price": "3.203", "amount": "1921.87"}
    papers["invoice"] |= {"subtotal": "3421.87", "total_amount": "3646.37"}


def _charges_only_shown(papers: dict[str, Plain]) -> None:
    papers["invoice"]["total_amount"] = "3420.00"


def _discount(papers: dict[str, Plain]) -> None:
    papers["invoice"] |= {"discount": "20.00", "other_charges": "12.00", "total_amount": "3636.50"}


def _subtotal_after_discount(papers: dict[str, Plain]) -> None:
    papers["invoice"] |= {"discount": "20.00", "subtotal": "3400.00", "total_amount": "3624.50"}


def _mixed_carton(papers: dict[str, Plain]) -> None:
    papers["packing"]["lines"][1]["packages"] = None
    papers["packing"] |= {"packages": "20"}
    papers["transport"] |= {"packages": "20"}
    papers["transport"]["lines"][0]["packages"] = "20"


def _packed_in_two_rows(papers: dict[str, Plain]) -> None:
    first = papers["packing"]["lines"][0]
    more = first | {"quantity": "400", "packages": "12", "net_weight_kg": "190.00", "gross_weight_kg": "220.00"}
    less = first | {"quantity": "200", "packages": "8", "net_weight_kg": "100.00", "gross_weight_kg": "110.00"}
    papers["packing"]["lines"] = [more, less, papers["packing"]["lines"][1]]


def _consolidated_on_certificate(papers: dict[str, Plain]) -> None:
    line = papers["invoice"]["lines"][0]
    blue = line | {"description": "Cotton bath towel 70 x 140 cm, blue", "quantity": "200", "amount": "640.00"}
    papers["invoice"]["lines"][0] = line | {"quantity": "400", "amount": "1280.00"}
    papers["invoice"]["lines"].append(blue)
    papers["packing"]["lines"] = [
        papers["packing"]["lines"][0] | {"quantity": "400"}, papers["packing"]["lines"][1],
        {"description": "Bath towel cotton, blue", "quantity": "200", "unit": "C62", "net_weight_kg": "0"},
    ]  # fmt: skip
    papers["certificate"]["lines"][0]["hs_code"] = "630260"


def _union_and_member(papers: dict[str, Plain]) -> None:
    papers["certificate"] |= {"country_of_origin": "EU", "form": "eur1"}
    for line in papers["invoice"]["lines"]:
        line["origin"] = "PT"


def _other_countries_digits(papers: dict[str, Plain]) -> None:
    papers["packing"]["lines"][0]["hs_code"] = "6302600090"


def _dozens(papers: dict[str, Plain]) -> None:
    papers["packing"]["lines"][0] |= {"quantity": "50", "unit": "DZN"}


def _pairs_as_pieces(papers: dict[str, Plain]) -> None:
    papers["invoice"]["lines"][0] |= {"unit": "PR", "quantity": "300", "unit_price": "6.40"}
    papers["packing"]["lines"][0] |= {"unit": "PCE"}
    papers["certificate"]["lines"][0] |= {"unit": "NPR", "quantity": "300"}


def _sold_by_mass(papers: dict[str, Plain]) -> None:
    papers["invoice"]["lines"][0] |= {"unit": "KGM", "quantity": "290", "unit_price": "6.62069"}
    papers["packing"]["lines"][0] |= {"unit": "BG", "quantity": "20"}
    papers["certificate"]["lines"][0] |= {"unit": "KGM", "quantity": "290"}


def _to_order(papers: dict[str, Plain]) -> None:
    papers["transport"]["consignee"] = "TO ORDER OF SHIPPER"
    papers["certificate"]["consignee"] = "Banco Meridional S.A."


def _forwarder(papers: dict[str, Plain]) -> None:
    papers["transport"] |= {"exporter": "Blue Keel Logistics Ltd", "master_document_number": "MAWB 1"}
    papers["certificate"]["exporter"] = "Ferro Trading on behalf of Norwick Looms Pvt. Ltd."


def _buyer_on_packing_list(papers: dict[str, Plain]) -> None:
    papers["invoice"]["buyer"] = "Rosalind Home SA"
    papers["packing"]["consignee"] = "Rosalind Home S.A."


def _translated(papers: dict[str, Plain]) -> None:
    papers["invoice"] |= {"language": "de"}
    papers["invoice"]["lines"][0]["description"] = "Frottierhandtuch"
    papers["invoice"]["lines"][1]["description"] = "Bettwäsche"


def _per_hundred(papers: dict[str, Plain]) -> None:
    papers["invoice"]["lines"][0] |= {"unit_price": "320.00", "price_basis": "100"}


def _discount_of_a_line(papers: dict[str, Plain]) -> None:
    papers["invoice"]["lines"][0] |= {"unit_price": "3.30", "discount": "60.00"}


def _discount_beside_the_gross_amount(papers: dict[str, Plain]) -> None:
    papers["invoice"]["lines"][0] |= {"discount": "60.00"}


def _certificate_for_free_circulation(papers: dict[str, Plain]) -> None:
    papers["certificate"] |= {"form": "atr", "country_of_origin": "TR"}


def _retrospectively(papers: dict[str, Plain]) -> None:
    papers["certificate"] |= {"date": "2026-04-20", "issued_retrospectively": True}


def _marked_pages(papers: dict[str, Plain]) -> None:
    papers["invoice"] |= {"pages": (1, 2, 3), "page_marks": ((1, 3), (2, 3), (3, 3))}
    papers["packing"] |= {"pages": (1, 2), "page_marks": ((2, None),)}


def _letter_beside(papers: dict[str, Plain]) -> None:
    papers["letter"] = {"type": "other"}


@pytest.mark.parametrize(
    "change",
    [
        _other_order, _variants_of_names, _tonnes, _rounded_price, _charges_only_shown, _discount,
        _subtotal_after_discount, _mixed_carton, _packed_in_two_rows, _union_and_member, _other_countries_digits,
        _dozens,
        _pairs_as_pieces, _sold_by_mass, _to_order, _forwarder, _buyer_on_packing_list, _translated, _per_hundred,
        _discount_of_a_line, _discount_beside_the_gross_amount, _certificate_for_free_circulation, _retrospectively,
        _marked_pages, _letter_beside,
    ],
)  # fmt: skip
def test_a_near_miss_is_no_finding(change: object) -> None:
    papers = consistent()
    assert callable(change)
    change(papers)
    assert codes(reconciled(papers)) == []


def test_goods_summed_up_on_the_certificate_are_covered_by_it() -> None:
    papers = consistent()
    _consolidated_on_certificate(papers)
    result = reconciled(papers)
    assert {finding.code for finding in holding(result)} <= {"gross_weight_mismatch", "package_mismatch"}
    assert [[ref.line for ref in item.certificate] for item in result.items] == [[0], [1], [0]]


def test_every_code_a_check_can_yield_stands_in_the_catalogue() -> None:
    can_yield: set[FindingCode] = {code for check in ALL_CHECKS for code in check.codes}
    # Taxes are computed after the checks and compared with the draft's by `validators.checks.duty`.
    assert can_yield | {"duty_mismatch"} == set(CATALOGUE)
    assert all(entry.title and entry.help.endswith(".") and entry.source for entry in CATALOGUE.values())
