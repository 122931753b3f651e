"""A person's earlier correction as the suggestion of a finding, and never more than that."""

from __future__ import annotations

import datetime as dt

from schemas.findings import Evidence, Finding, Suggestion
from schemas.hints import ArticleHint, Hint, HintSource, Lesson, PartyHint
from schemas.shipments import Reconciled, Shipment
from tests.trade_papers import consistent, shipment
from validators import hints_for, with_hinted_suggestions
from validators.hinting import is_article

EXPORTER = "Norwick Looms Pvt. Ltd."


def _hint(lesson: Lesson, exporter: str = EXPORTER) -> Hint:
    at = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
    return Hint(
        exporter=exporter, lesson=lesson, source=HintSource(reference="A-1", revision=1, decision=1, by="ann", at=at)
    )


def _papers() -> Shipment:
    return shipment(consistent())


def _place(shipment: Shipment, field: str, value: str, line: int | None = None) -> Evidence:
    paper = next(one for one in shipment.documents if one.type == "commercial_invoice")
    return Evidence(file=paper.file, page=1, document=paper.type, field=field, line=line, value=value)


def _suggested(shipment: Shipment, finding: Finding, *hints: Hint) -> Suggestion | None:
    solved = Reconciled(documents=shipment.documents, findings=(finding,))
    told = with_hinted_suggestions(solved, shipment.model_copy(update={"hints": hints}))
    assert [one.model_copy(update={"suggestion": finding.suggestion}) for one in told.findings] == [finding]
    return told.findings[0].suggestion


def test_a_party_printed_so_before_is_suggested_by_its_registered_name_with_who_said_so() -> None:
    shipment = _papers()
    finding = Finding(
        code="consignee_mismatch",
        severity="warning",
        message="another consignee",
        evidence=(_place(shipment, "consignee", "HALDEN  TEXTILE"),),
    )
    lesson = PartyHint(field="consignee", printed="Halden Textile", registered="Halden Textil GmbH")
    suggestion = _suggested(shipment, finding, _hint(lesson))
    assert suggestion is not None
    assert suggestion.value == "Halden Textil GmbH"
    assert "ann corrected it so on shipment A-1" in suggestion.why


def test_goods_described_so_before_are_suggested_the_code_that_they_were_given() -> None:
    shipment = _papers()
    finding = Finding(
        code="hs_description",
        severity="warning",
        message="does not belong together",
        evidence=(_place(shipment, "hs_code", "63026000", 1),),
    )
    lesson = ArticleHint(description="Cotton bath towel 70 x 140 cm", hs_code="63029100")
    suggestion = _suggested(shipment, finding, _hint(lesson))
    assert suggestion is not None
    assert (suggestion.line, suggestion.value) == (1, "63029100")
    other = ArticleHint(description="Bed linen", hs_code="63029100")
    assert _suggested(shipment, finding, _hint(other)) is None


def test_what_is_suggested_already_stays() -> None:
    shipment = _papers()
    own = Suggestion(document="commercial_invoice", field="consignee", value="Another", why="the papers")
    finding = Finding(
        code="consignee_mismatch",
        severity="warning",
        message="another consignee",
        evidence=(_place(shipment, "consignee", "Halden Textile"),),
        suggestion=own,
    )
    lesson = PartyHint(field="consignee", printed="Halden Textile", registered="Halden Textil GmbH")
    assert _suggested(shipment, finding, _hint(lesson)) == own


def test_a_finding_that_holds_nothing_is_left_alone() -> None:
    shipment = _papers()
    finding = Finding(
        code="consignee_mismatch",
        severity="info",
        message="another consignee",
        evidence=(_place(shipment, "consignee", "Halden Textile"),),
    )
    lesson = PartyHint(field="consignee", printed="Halden Textile", registered="Halden Textil GmbH")
    assert _suggested(shipment, finding, _hint(lesson)) is None


def test_only_hints_of_the_same_exporter_are_used_whichever_way_he_is_spelt() -> None:
    lesson = ArticleHint(part_number="K 1", hs_code="630260")
    own, foreign = _hint(lesson, "NORWICK LOOMS PRIVATE LIMITED"), _hint(lesson, "Säntis Teile AG")
    assert hints_for([own, foreign], _papers().documents, same_name=0.84) == (own,)


def test_an_exporter_once_corrected_is_known_by_what_was_printed() -> None:
    misprinted = PartyHint(field="exporter", printed=EXPORTER, registered="Entirely Else Ltd")
    hint = _hint(misprinted, "Entirely Else Ltd")
    assert hints_for([hint], _papers().documents, same_name=0.84) == (hint,)


def test_an_article_is_known_by_its_number_whatever_marks_stand_in_it() -> None:
    lesson = ArticleHint(part_number="KX-1778", description="Pump", hs_code="841370")
    assert is_article(lesson, "KX 1778", "Other words")
    assert not is_article(lesson, None, "Pump")
