"""Tariff codes of a shipment against the nomenclature: what is found, where it points, what is suggested."""

from schemas.findings import Finding
from schemas.ports import EarlierGoods
from schemas.reference import ArticleRecord, References
from tests.trade_papers import (
    AS_OF,
    Plain,
    Register,
    WordsInCommon,
    codes,
    consistent,
    holding,
    only,
    reconciled,
    shipment,
)
from validators import reconcile


def _with(name: str, value: object, line: int = 0, paper: str = "invoice") -> dict[str, Plain]:
    papers = consistent()
    papers[paper]["lines"][line][name] = value
    return papers


def _by_eye(value: str) -> dict[str, object]:
    return {"value": value, "reader": "tesseract", "confidence": 0.9}


def _suggestion(finding: Finding) -> tuple[str, str]:
    assert finding.suggestion is not None
    return finding.suggestion.value, finding.suggestion.why


def test_a_consistent_shipment_has_no_finding_of_these() -> None:
    assert not {"hs_invalid", "hs_description", "description_vague"} & {
        f.code for f in reconciled(consistent()).findings
    }


def test_a_code_of_an_unknown_heading_is_an_error_and_is_not_declared() -> None:
    result = reconciled(_with("hs_code", "61001200"))
    finding = only(result, "hs_invalid")
    assert (finding.severity, finding.nature) == ("error", "policy")
    assert "no heading 6100" in finding.message
    assert "/items/0/hs_code" in result.withheld


def test_a_code_of_an_older_edition_is_told_with_the_subheadings_of_today() -> None:
    papers = _with("description", "Smartphones, 128 GB")
    papers["invoice"]["lines"][0]["hs_code"] = "85171200"
    for name in ("packing", "certificate"):
        papers[name]["lines"][0]["description"] = "Smartphones"
    finding = only(reconciled(papers), "hs_invalid")
    assert "older edition" in finding.message
    assert "8517.13" in finding.message
    value, why = _suggestion(finding)
    assert value == "851713"
    assert "smartphones" in why


def test_a_code_of_chapter_98_is_a_question_for_the_importing_country() -> None:
    finding = only(reconciled(_with("hs_code", "98030000")), "hs_invalid")
    assert finding.severity == "warning"
    assert "chapter 98" in finding.message


def test_a_misread_digit_is_told_from_what_the_goods_are() -> None:
    # 6302.60 is towels; 6902 exists, 6302.80 and 6802.60 do not.
    finding = only(reconciled(_with("hs_code", _by_eye("83026000"))), "hs_description")
    assert finding.nature == "misread"
    assert _suggestion(finding)[0] == "63026000"


def test_a_code_that_no_heading_has_is_mended_from_another_paper() -> None:
    papers = _with("hs_code", _by_eye("63026600"))
    papers["packing"]["lines"][0]["hs_code"] = "63026000"
    (finding,) = holding(reconciled(papers))  # the two papers differ for the same reason: it is asked once
    assert finding.nature == "misread"
    assert _suggestion(finding)[0] == "63026000"


def test_a_code_of_a_text_layer_has_no_misread_digit() -> None:
    finding = only(reconciled(_with("hs_code", "63026600")), "hs_invalid")
    assert finding.nature == "policy"
    assert "taken for its like" not in _suggestion(finding)[1]


def test_a_translation_is_no_other_goods() -> None:
    papers = _with("description", "Badetuch aus Baumwolle", paper="packing")
    assert "description_mismatch" not in [one.code for one in reconciled(papers).findings]


def test_a_zero_that_a_workbook_dropped_is_suggested() -> None:
    papers = _with("description", "Roasted coffee, whole beans")
    papers["invoice"]["lines"][0]["hs_code"] = "9012100"
    papers["packing"]["lines"][0]["description"] = "Roasted coffee"
    papers["certificate"]["lines"][0]["description"] = "Roasted coffee"
    # 9012.10 are microscopes, 0901.21 is roasted coffee.
    value, why = _suggestion(only(reconciled(papers), "hs_description"))
    assert value == "09012100"
    assert "zero" in why


def test_goods_that_are_not_those_of_the_code_are_told_with_both_places() -> None:
    result = reconciled(_with("hs_code", "850152"))
    finding = only(result, "hs_description")
    assert finding.severity == "warning"
    assert {place.field for place in finding.evidence} == {"hs_code", "description"}
    assert "Cotton bath towel" in finding.message
    assert "6302" in finding.message
    assert "/items/0/hs_code" in result.withheld


def test_a_vague_description_comes_with_the_words_of_another_paper() -> None:
    finding = only(reconciled(_with("description", "Samples")), "description_vague")
    assert _suggestion(finding)[0] == "Bath towel cotton"


def test_up_to_three_codes_are_suggested_where_none_is_given_and_none_is_filled_in() -> None:
    result = reconciled(_with("hs_code", None))
    finding = only(result, "field_missing")
    value, why = _suggestion(finding)
    assert value.startswith("6302")
    assert "towel" in why
    assert 1 <= why.count("; or ") <= 2
    assert "/items/0/hs_code" in result.withheld
    assert codes(result) == ["field_missing"]


def test_a_heading_that_is_given_is_kept_to() -> None:
    finding = only(reconciled(_with("hs_code", "6304")), "field_missing")
    value, why = _suggestion(finding)
    assert value.startswith("6304")
    assert all(part.startswith("6304") for part in why.split("; or "))


def test_the_articles_own_record_is_suggested_before_any_guess() -> None:
    record = ArticleRecord(
        exporter="Norwick Looms Pvt. Ltd.", description="Cotton bath towel 70 x 140 cm", hs_code="63049200", line=4
    )
    result = reconcile(
        shipment(_with("hs_code", None)),
        similarity=WordsInCommon(),
        earlier=Register(),
        references=References(articles=(record,)),
    )
    value, why = _suggestion(only(result, "field_missing"))
    assert value == "63049200"
    assert "line 4" in why


def test_what_the_same_goods_were_declared_as_before_is_suggested() -> None:
    before = EarlierGoods("S-0", AS_OF, description="Cotton bath towel 70 x 140 cm", hs_code="63049200")
    result = reconciled(_with("hs_code", None), register=Register(goods=[before]))
    value, why = _suggestion(only(result, "field_missing"))
    assert value == "63049200"
    assert "shipment S-0" in why


def test_without_an_exporter_the_words_alone_suggest() -> None:
    papers = _with("hs_code", None)
    for paper in papers.values():
        paper["exporter"] = None
    missing = [one for one in reconciled(papers).findings if one.code == "field_missing" and one.suggestion]
    assert [_suggestion(one)[0][:4] for one in missing] == ["6302"]


def test_a_vague_description_on_every_paper_has_no_suggestion() -> None:
    papers = consistent()
    for name in ("invoice", "packing", "certificate"):
        papers[name]["lines"][0]["description"] = "Samples"
    assert only(reconciled(papers), "description_vague").suggestion is None


def test_goods_in_words_nobody_knows_get_no_suggestion() -> None:
    papers = consistent()
    for name in ("invoice", "packing", "certificate"):
        papers[name]["lines"][0]["description"] = "Qwxtz 77"
    papers["invoice"]["lines"][0]["hs_code"] = None
    assert only(reconciled(papers), "field_missing").suggestion is None


def test_other_goods_on_the_packing_list_are_found_in_another_language() -> None:
    papers = _with("description", "Rillenkugellager 6205", paper="packing")
    assert "description_mismatch" in [one.code for one in holding(reconciled(papers))]
