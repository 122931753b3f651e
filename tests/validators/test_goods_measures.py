from __future__ import annotations

import datetime as dt

import pytest

from schemas.findings import Finding
from schemas.reference import GoodsMeasure, IpRight, ListVersion, ReferenceKind, References
from tests.trade_papers import AS_OF, Plain, Register, WordsInCommon, consistent, shipment
from validators import Tolerances, reconcile


def _version(kind: ReferenceKind) -> ListVersion:
    return ListVersion(kind=kind, name="x.csv", source="Tariff notes", valid_from=dt.date(2026, 2, 1), sha256="0" * 64)


def _measure(**values: object) -> GoodsMeasure:
    return GoodsMeasure.model_validate(
        {"measure": "Ban on towels", "legal_source": "Towels Act 2020, s. 4", "line": 5, **values}
    )


def _restricting(**values: object) -> References:
    return References(versions=(_version("restricted_goods"),), restricted_goods=(_measure(**values),))


def _licensing(**values: object) -> References:
    return References(versions=(_version("licences"),), licences=(_measure(measure="Towel licence", **values),))


def _brands(*rights: IpRight) -> References:
    return References(versions=(_version("ip_rights"),), ip_rights=rights)


def _brand(brand: str, **values: object) -> IpRight:
    return IpRight.model_validate({"brand": brand, "holder": "Otterline Brands Inc.", "line": 3, **values})


def _found(
    lists: References, papers: dict[str, Plain] | None = None, *, jurisdiction: str | None = None, draft: object = None
) -> list[Finding]:
    result = reconcile(
        shipment(papers or consistent(), draft=draft),
        similarity=WordsInCommon(),
        earlier=Register(),
        tolerances=Tolerances(),
        references=lists,
        jurisdiction=jurisdiction,
    )
    return [
        finding for finding in result.findings if finding.code in {"restricted_goods", "licence_required", "ip_watch"}
    ]


def _with(paper: str, line: int | None = None, **values: object) -> dict[str, Plain]:
    papers = consistent()
    (papers[paper] if line is None else papers[paper]["lines"][line]).update(values)
    return papers


def test_goods_under_a_prohibition_are_named_with_its_law_and_the_list() -> None:
    [finding] = _found(_restricting(code="630260"))
    assert (finding.code, finding.severity, finding.nature) == ("restricted_goods", "error", "policy")
    assert finding.message == (
        "Ban on towels applies to the goods of invoice, page 1, line 1, '63026000' "
        "(Towels Act 2020, s. 4; Tariff notes 00000000, from 2026-02-01, line 5)"
    )
    assert [(place.field, place.line) for place in finding.evidence] == [("hs_code", 1), ("description", 1)]


@pytest.mark.parametrize(
    "lists",
    [
        _restricting(code="64"),
        _restricting(code="63", words=("wool",)),
        _restricting(code="63", origin="BY"),
        _restricting(code="63", destination="US"),
        _restricting(code="63", scope="US"),
        _restricting(code="63", valid_until=AS_OF - dt.timedelta(days=1)),
        _restricting(words=("ivory",)),
        _restricting(code="6302600011", words=("bed",)),
    ],
)
def test_a_measure_for_other_goods_origins_places_or_days_says_nothing(lists: References) -> None:
    assert _found(lists) == []


@pytest.mark.parametrize(
    "lists",
    [
        _restricting(code="63", words=("linen", "wool")),
        _restricting(code="63", origin="IN"),
        _restricting(code="63", destination="DE"),
        _restricting(code="63", destination="EU"),
        _restricting(code="63", scope="EU"),
        _restricting(words=("TOWEL",)),
        _restricting(words=("tow*",)),
    ],
)
def test_words_origin_and_destination_narrow_a_measure(lists: References) -> None:
    assert [finding.severity for finding in _found(lists)] == ["error"]


def test_goods_are_told_once_for_each_measure_however_many_lines_they_have() -> None:
    [finding] = _found(_restricting(code="6302"))
    assert "line 1, '63026000' and 1 more" in finding.message
    assert {place.line for place in finding.evidence} == {1, 2}


def test_a_measure_for_a_longer_code_than_the_papers_give_may_apply() -> None:
    [finding] = _found(_restricting(code="6302600010"))
    assert (finding.severity, "may apply to" in finding.message) == ("warning", True)


def test_goods_without_a_code_may_be_meant_where_the_word_stands_in_their_description() -> None:
    papers = _with("invoice", 0, hs_code=None)
    assert [one.severity for one in _found(_restricting(code="6302", words=("bath",)), papers)] == ["warning"]
    assert _found(_restricting(code="630260"), papers) == []


def test_goods_that_stand_on_the_packing_list_alone_are_looked_up() -> None:
    papers = consistent()
    papers["packing"]["lines"].append({"description": "Carved ivory figures", "packages": "1"})
    [finding] = _found(_restricting(words=("ivory",)), papers)
    assert [(place.document, place.line) for place in finding.evidence] == [("packing_list", 3)]


def test_a_code_on_any_paper_counts() -> None:
    [finding] = _found(_restricting(code="97"), draft={"items": [{"hs_code": "97050000"}]})
    assert finding.evidence[0].document == "draft_declaration"


def test_where_no_paper_says_where_the_goods_go_a_measure_for_one_country_counts() -> None:
    assert _found(_restricting(code="63", destination="US"), _with("invoice", country_of_destination=None))
    assert _found(_restricting(code="63", destination="US"), jurisdiction="US")


def test_a_licence_that_is_not_among_the_papers_is_asked_for() -> None:
    [finding] = _found(_licensing(code="6302", document_codes=("EUR.1", "A.TR")))
    assert (finding.code, finding.severity) == ("licence_required", "warning")
    assert finding.message.startswith("Towel licence is needed for the goods of invoice, page 1, line 1")
    assert "none of EUR.1, A.TR is among the papers" in finding.message
    [short] = _found(_licensing(code="6302600010"))
    assert "may be needed" in short.message
    assert "none of" not in short.message


@pytest.mark.parametrize("code", ["form_a", "FORM A", "bill_of_lading", "certificate_of_origin"])
def test_a_paper_of_the_form_asked_for_satisfies_a_licence(code: str) -> None:
    assert _found(_licensing(code="6302", document_codes=("X-1", code))) == []


def test_a_statement_of_origin_on_the_invoice_is_a_form_too() -> None:
    statement = {"value": {"text": "The exporter of the products …"}}
    papers = _with("invoice", origin_statement=statement)
    assert _found(_licensing(code="6302", document_codes=("invoice_declaration",)), papers) == []


def test_a_recorded_brand_is_found_in_a_description() -> None:
    papers = _with("invoice", 0, description="OTTERLINE cotton bath towel")
    [finding] = _found(_brands(_brand("Otterline")), papers)
    assert (finding.code, finding.severity, finding.nature) == ("ip_watch", "warning", "policy")
    assert finding.message == (
        "invoice, page 1, line 1 names the brand 'Otterline' of Otterline Brands Inc. in "
        "'OTTERLINE cotton bath towel', and no party is a licensee (Tariff notes 00000000, from 2026-02-01, line 3)"
    )


def test_a_recorded_brand_is_found_among_the_marks() -> None:
    assert _found(_brands(_brand("Otterline")), _with("packing", marks="HALDEN / Otterline / 1-35"))
    assert _found(_brands(_brand("Otterline")), _with("certificate", 0, marks="Otterline 1-20"))


@pytest.mark.parametrize("text", ["Lotterlines of cotton", "Otter line towel", "Towel"])
def test_a_brand_is_found_as_a_whole_word_only(text: str) -> None:
    assert _found(_brands(_brand("Otterline")), _with("invoice", 0, description=text)) == []


def test_a_short_brand_counts_only_as_it_is_recorded() -> None:
    assert _found(_brands(_brand("ON")), _with("invoice", 0, description="Towel on roll")) == []
    assert _found(_brands(_brand("ON")), _with("invoice", 0, description="Towel ON roll"))


@pytest.mark.parametrize(("codes", "count"), [((), 1), (("6302",), 1), (("6302600010",), 1), (("64", "65"), 0)])
def test_a_brand_counts_for_the_goods_it_is_recorded_for(codes: tuple[str, ...], count: int) -> None:
    papers = _with("invoice", 0, description="Otterline towel")
    assert len(_found(_brands(_brand("Otterline", codes=codes)), papers)) == count


@pytest.mark.parametrize(
    "right",
    [_brand("Otterline", licensees=("Halden Textil",)), _brand("Otterline", holder="NORWICK LOOMS PRIVATE LIMITED")],
)
def test_who_holds_a_brand_or_a_licence_may_trade_it(right: IpRight) -> None:
    assert _found(_brands(right), _with("invoice", 0, description="Otterline towel")) == []


def test_a_name_that_only_begins_like_a_licensees_is_no_licensee() -> None:
    right = _brand("Otterline", licensees=("Halden",))
    assert _found(_brands(right), _with("invoice", 0, description="Otterline towel"))


@pytest.mark.parametrize(("reader", "found"), [("tesseract", True), ("text_layer", False)])
def test_a_misread_brand_is_found_on_a_scanned_page(reader: str, found: bool) -> None:  # noqa: FBT001 - a table of cases
    papers = _with("invoice", 0, description={"value": "0tter1ine towel", "reader": reader})
    assert bool(_found(_brands(_brand("Otterline")), papers)) is found
