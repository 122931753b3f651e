"""Master data beside the papers: they tell what differs and never hold, and they stand for no value of a paper."""

from __future__ import annotations

import datetime as dt

import pytest

from schemas.reference import ArticleRecord, ListVersion, PartyRecord, References
from schemas.shipments import Reconciled
from schemas.values import Party
from tests.trade_papers import AS_OF, Plain, Register, WordsInCommon, codes, consistent, reconciled, shipment
from validators import reconcile

TOWEL = {"exporter": "NORWICK LOOMS PRIVATE LIMITED", "description": "Cotton bath towel 70 x 140 cm", "line": 7}


def version(kind: str, name: str) -> ListVersion:
    return ListVersion.model_validate(
        {"kind": kind, "name": name, "source": "own", "valid_from": dt.date(2026, 2, 1), "sha256": "0" * 64}
    )


VERSIONS = (version("articles", "articles.csv"), version("parties", "parties.csv"))


def judged(
    *,
    articles: tuple[ArticleRecord, ...] = (),
    parties: tuple[PartyRecord, ...] = (),
    papers: dict[str, Plain] | None = None,
) -> Reconciled:
    return reconcile(
        shipment(papers or consistent()),
        similarity=WordsInCommon(),
        earlier=Register(),
        references=References(versions=VERSIONS, articles=articles, parties=parties),
    )


def article(**told: object) -> ArticleRecord:
    return ArticleRecord.model_validate({**TOWEL, **told})


def told(result: Reconciled) -> list[tuple[str, str]]:
    """What the master data add to what the papers say by themselves."""
    known = {one.message for one in reconciled(consistent()).findings}
    return [(one.code, one.message) for one in result.findings if one.message not in known]


def test_an_article_recorded_as_the_papers_say_is_nothing_to_tell() -> None:
    assert told(judged(articles=(article(hs_code="630260", origin="IN", unit="H87"),))) == []


@pytest.mark.parametrize(
    ("record", "code", "message"),
    [
        (
            {"hs_code": "57050080"}, "hs_mismatch",
            "tariff code 63026000; the article is recorded with 57050080 (articles.csv of 2026-02-01, line 7)",
        ),
        ({"origin": "PK"}, "origin_mismatch", "origin IN; the article is recorded with PK"),
        ({"unit": "KGM"}, "unit_mismatch", "unit C62; the article is recorded with KGM"),
    ],
)  # fmt: skip
def test_an_article_recorded_otherwise_is_told_with_the_list_and_its_date(
    record: dict[str, object], code: str, message: str
) -> None:
    result = judged(articles=(article(**record),))
    [(found, words)] = told(result)
    assert found == code
    assert message in words
    assert codes(result) == []
    assert result.withheld == reconciled(consistent()).withheld


@pytest.mark.parametrize(
    "record",
    [
        {"exporter": "Sutlej Mills"}, {"description": "Cotton bath towel 100 x 200 cm"},
        {"valid_until": dt.date(2026, 5, 1)}, {"valid_from": AS_OF + dt.timedelta(days=1)},
    ],
    ids=["another exporter", "another size", "past", "still to come"],
)  # fmt: skip
def test_records_of_other_goods_or_days_say_nothing(record: dict[str, object]) -> None:
    assert told(judged(articles=(article(hs_code="57050080", **record),))) == []


def test_one_of_several_records_that_agrees_is_enough() -> None:
    assert told(judged(articles=(article(hs_code="57050080"), article(hs_code="63026000")))) == []


def test_an_article_is_found_by_its_number() -> None:
    papers = consistent()
    papers["invoice"]["lines"][0]["part_number"] = "BT-70"
    records = (article(part_number="BT70", description=None, origin="PK"),)
    assert [code for code, _ in told(judged(articles=records, papers=papers))] == ["origin_mismatch"]


def test_a_record_fills_nothing_that_the_papers_leave_out() -> None:
    papers = consistent()
    del papers["invoice"]["lines"][0]["hs_code"]
    result = judged(articles=(article(hs_code="63026000"),), papers=papers)
    assert "/items/0/hs_code" not in result.standings


def party(**told: object) -> PartyRecord:
    return PartyRecord.model_validate({"name": "Halden Textil GmbH", "line": 3, **told})


def with_importer(**told: object) -> dict[str, Plain]:
    papers = consistent()
    papers["invoice"]["consignee"] = {
        "value": Party.model_validate({"name": "HALDEN TEXTIL", **told}), "box": (1.0, 1.0, 9.0, 9.0), "page": 1,
    }  # fmt: skip
    return papers


def test_a_registration_number_other_than_the_recorded_one_is_told() -> None:
    records = (party(vat="DE 811 234 567", eori="DE8112345", country="DE"),)
    result = judged(parties=records, papers=with_importer(tax_id="DE811234576"))
    [(code, message)] = told(result)
    assert code == "consignee_mismatch"
    assert (
        "number DE811234576; the party is recorded with DE 811 234 567 (parties.csv of 2026-02-01, line 3)" in message
    )
    assert codes(result) == []


@pytest.mark.parametrize("number", ["DE811234567", "FR40303265045", "8112/34", "DE81"])
def test_the_recorded_number_and_one_of_another_kind_are_nothing_to_tell(number: str) -> None:
    assert told(judged(parties=(party(vat="DE811234567"),), papers=with_importer(tax_id=number))) == []


def test_another_country_is_told_and_an_alias_is_the_party() -> None:
    records = (party(name="HT Group", aliases=("Halden Textil",), country="AT"),)
    [(code, message)] = told(judged(parties=records, papers=with_importer(country="DE")))
    assert (code, "country DE; the party is recorded with AT" in message) == ("consignee_mismatch", True)
