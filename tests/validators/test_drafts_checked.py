"""The broker's draft is one more paper: what it says is checked, whatever it holds."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.trade_papers import codes, consistent, holding, only, reconciled
from validators.draft import read_draft


def draft() -> dict[str, Any]:
    return {
        "type": "import", "exporter": {"name": "Norwick Looms Private Limited", "country": "IN"},
        "importer": {"name": "Halden Textil GmbH"}, "incoterm": "CIF", "currency": "EUR",
        "total_invoice_amount": "3644.50", "freight": 210, "insurance": "14.50", "gross_mass_kg": "655.00",
        "packages": 35,
        "items": [
            {"item_number": 1, "description": "Handtücher", "hs_code": "6302600090", "origin": "IN", "quantity": "600",
             "unit": "C62", "net_mass_kg": "290.00", "item_price": "1920.00",
             "preference": {"form": "form_a", "certificate_number": "IN 77", "criterion": None}},
            {"item_number": 2, "description": "Bettwäsche", "hs_code": "63022100", "origin": "IN", "quantity": "250",
             "unit": "SET", "net_mass_kg": "300.00", "item_price": "1500.00"},
        ],
    }  # fmt: skip


def test_a_draft_that_agrees_changes_nothing() -> None:
    assert codes(reconciled(consistent(), draft=draft())) == []


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("total_invoice_amount", "4008.95", "value_mismatch"),
        ("freight", "310.00", "value_mismatch"),
        ("currency", "USD", "currency_mismatch"),
        ("incoterm", "DAP", "incoterm_mismatch"),
        ("gross_mass_kg", "720", "gross_weight_mismatch"),
        ("packages", 36, "package_mismatch"),
        ("exporter", {"name": "Sagar Mills Ltd"}, "exporter_mismatch"),
        ("importer", "Orlan Import BV", "consignee_mismatch"),
        ("packages", "many", "illegible"),
        ("exporter", {"country": "IN"}, "illegible"),
        ("currency", ["EUR"], "illegible"),
        ("gross_mass_kg", True, "illegible"),
        ("gross_mass_kg", "NaN", "illegible"),
        ("items", "none", "illegible"),
        ("items", ["none"], "illegible"),
    ],
)
def test_a_wrong_header_value_of_the_draft_is_found(name: str, value: object, code: str) -> None:
    assert code in codes(reconciled(consistent(), draft=draft() | {name: value}))


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("quantity", "60", "quantity_mismatch"),
        ("hs_code", "6303", "hs_mismatch"),
        ("origin", "CN", "origin_mismatch"),
        ("item_price", "1290.00", "value_mismatch"),
        ("net_mass_kg", "250.00", "net_weight_mismatch"),
        ("unit", "KGM", "unit_mismatch"),
        ("preference", {"form": "eur1"}, "certificate_missing"),
        ("preference", {"form": "form_a", "certificate_number": "IN-71"}, "certificate_reference"),
        ("preference", {"form": 7}, "illegible"),
    ],
)
def test_a_wrong_value_of_a_draft_item_is_found(name: str, value: object, code: str) -> None:
    wrong = draft()
    wrong["items"][0][name] = value
    assert code in codes(reconciled(consistent(), draft=wrong))


def test_evidence_names_the_drafts_file_and_the_place_in_it() -> None:
    finding = only(reconciled(consistent(), draft=draft() | {"total_invoice_amount": "4008.95"}), "value_mismatch")
    place = finding.evidence[1]
    assert (place.file, place.document) == ("draft_declaration.json", "draft_declaration")
    assert place.value == "4008.95 (/total_invoice_amount)"


def test_a_claim_by_a_statement_printed_on_the_invoice_needs_no_paper_of_its_own() -> None:
    papers = consistent()
    plan = draft()
    plan["items"][0]["preference"] = {"form": "invoice_declaration"}
    assert "certificate_missing" in codes(reconciled(papers, draft=plan))
    papers["invoice"]["origin_statement"] = {"value": _statement(), "text": "The exporter declares"}
    assert codes(reconciled(papers, draft=plan)) == []


def _statement() -> object:
    from schemas.values import OriginStatement  # noqa: PLC0415 - used by this one test

    return OriginStatement(text="The exporter of the products covered by this document declares")


def test_a_draft_that_takes_lines_together_is_compared_by_their_sum() -> None:
    papers = consistent()
    line = papers["invoice"]["lines"][0]
    papers["invoice"]["lines"][0] = line | {"quantity": "400", "amount": "1280.00"}
    papers["invoice"]["lines"].append(line | {"quantity": "200", "amount": "640.00"})
    packed = papers["packing"]["lines"][0]
    papers["packing"]["lines"][0] = packed | {"quantity": "400", "net_weight_kg": "193.00", "gross_weight_kg": "220.00"}
    papers["packing"]["lines"].append(
        packed | {"quantity": "200", "packages": None, "net_weight_kg": "97.00", "gross_weight_kg": "110.00"}
    )
    assert codes(reconciled(papers, draft=draft())) == []
    wrong = draft()
    wrong["items"][0] |= {"item_price": "1280.00", "net_mass_kg": "193.00"}
    assert codes(reconciled(papers, draft=wrong)) == ["net_weight_mismatch", "value_mismatch"]


def test_net_masses_are_not_compared_where_the_lists_are_cut_differently() -> None:
    papers = consistent()
    line = papers["invoice"]["lines"][0]
    papers["invoice"]["lines"][0] = line | {"quantity": "400", "amount": "1280.00"}
    papers["invoice"]["lines"].append(line | {"quantity": "200", "amount": "640.00"})
    item = {"description": "Cotton bath towel 70 x 140 cm", "net_mass_kg": "1.00"}
    plan = {"items": [item | {"quantity": "400"}, item | {"quantity": "200"}]}
    messages = [finding.message for finding in holding(reconciled(papers, draft=plan))]
    assert not any("Net weights" in message for message in messages)


def test_a_draft_of_several_invoices_is_compared_with_their_sum() -> None:
    papers = consistent()
    papers["second"] = papers["invoice"] | {"number": "NL-205", "lines": [papers["invoice"]["lines"].pop(1)],
                                            "subtotal": "1500.00", "freight": None, "insurance": None,
                                            "total_amount": "1500.00"}  # fmt: skip
    papers["invoice"] |= {"subtotal": "1920.00", "total_amount": "2144.50"}
    papers["packing"]["invoice_number"] = None
    assert codes(reconciled(papers, draft=draft())) == []
    found = only(reconciled(papers, draft=draft() | {"total_invoice_amount": "2144.50"}), "value_mismatch")
    assert "3644.50" in found.message


def test_an_origin_that_only_the_draft_states_is_on_no_paper() -> None:
    papers = consistent()
    del papers["certificate"]
    for line in papers["invoice"]["lines"]:
        line["origin"] = None
    plan = draft()
    del plan["items"][0]["preference"]
    assert "the draft's is on no paper" in only(reconciled(papers, draft=plan), "origin_missing").message


def test_an_item_of_the_draft_without_goods_on_the_invoice_is_found() -> None:
    plan = draft()
    plan["items"].append({"description": "Lampen", "quantity": "7", "unit": "C62"})
    (finding,) = holding(reconciled(consistent(), draft=plan))
    assert finding.code == "quantity_mismatch"
    assert "draft declaration, line 3" in finding.message


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "items", "form"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(
    st.dictionaries(st.sampled_from(["items", "exporter", "packages", "currency", "origin"]), json_values, max_size=4)
)
def test_whatever_stands_in_a_draft_is_read_or_named_as_unreadable(stated: dict[str, Any]) -> None:
    read = read_draft(stated, "draft.json")
    given_header = {name for name in ("exporter", "packages", "currency") if stated.get(name) is not None}
    taken = set(read.paper.fields.present())
    refused = {pointer.removeprefix("/") for pointer in read.unreadable if pointer.count("/") == 1}
    assert given_header <= taken | refused
