"""A decision settles what the person saw, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from flows.errors import WrongDecisionError
from flows.settling import corrected, values_in_force
from schemas.decisions import FindingDecision, Role, in_force, keys_of
from schemas.findings import Action, Decision, Finding
from schemas.shipments import Reconciled, Shipment
from tests.trade_papers import Plain, Register, WordsInCommon, codes, consistent, holding, only, shipment
from validators import reconcile, with_what_was_decided

AT = dt.datetime(2026, 5, 4, 9, tzinfo=dt.UTC)


def _judged(papers: Shipment) -> Reconciled:
    return reconcile(papers, similarity=WordsInCommon(), earlier=Register())


def _papers(paper: str, name: str, value: object, line: int | None = None) -> Shipment:
    plain: dict[str, Plain] = consistent()
    for scope in (plain["certificate"], plain["transport"]["lines"][0]):
        del scope["gross_weight_kg"]  # Two papers weigh the goods, so that one finding asks which is right.
    (plain[paper] if line is None else plain[paper]["lines"][line])[name] = value
    return shipment(plain)


def _decision(
    papers: Shipment,
    code: str,
    action: Action,
    *,
    role: Role = "clerk",
    value: str | None = None,
    place: int | None = None,
) -> FindingDecision:
    judged = _judged(papers)
    finding = only(judged, code)
    key = keys_of(judged.findings)[judged.findings.index(finding)]
    given = {
        "accept": lambda: values_in_force(judged, judged.questions[key], finding),
        "correct": lambda: tuple(corrected(finding, value or "", place, judged.documents)),
    }.get(action, tuple)()
    return FindingDecision(
        revision=1, number=1, key=key, position=1, finding=finding, role=role, values=given,
        decision=Decision(action=action, by="ann", at=AT, reason="compared", value=value),
    )  # fmt: skip


def _with(papers: Shipment, *decisions: FindingDecision) -> Shipment:
    return papers.model_copy(update={"decisions": decisions})


WEIGHT = _papers("transport", "gross_weight_kg", "690.00")


def test_what_is_accepted_releases_the_value_in_force_with_the_person_as_witness() -> None:
    decision = _decision(WEIGHT, "gross_weight_mismatch", "accept")
    before, after = _judged(WEIGHT), _judged(_with(WEIGHT, decision))
    assert "/gross_mass_kg" in before.withheld
    assert "/gross_mass_kg" not in after.withheld
    assert after.decided["/gross_mass_kg"] == decision.decision
    assert only(after, "gross_weight_mismatch").decision == decision.decision
    in_force_at = after.standings["/gross_mass_kg"].fields[0]
    weighed = after.documents[in_force_at.document].fields.get("gross_weight_kg")
    assert weighed is not None
    assert "person:ann" in weighed.witnesses
    assert holding(after) == []


@pytest.mark.parametrize("action", ["accept", "waive"])
def test_an_error_is_accepted_by_a_supervisor_waived_by_none_and_by_a_clerk_only_corrected(action: Action) -> None:
    papers = shipment(consistent(), draft={"total_invoice_amount": 4000})
    by_clerk = _judged(_with(papers, _decision(papers, "value_mismatch", action)))
    by_supervisor = _judged(_with(papers, _decision(papers, "value_mismatch", action, role="supervisor")))
    assert codes(by_clerk) == ["value_mismatch"]
    assert "/total_invoice_amount" in by_clerk.withheld
    assert codes(by_supervisor) == ([] if action == "accept" else ["value_mismatch"])
    assert ("/total_invoice_amount" in by_supervisor.withheld) == (action == "waive")


def test_a_waiver_puts_no_disputed_value_in_force_and_says_that_it_settles_nothing() -> None:
    waived = _with(WEIGHT, _decision(WEIGHT, "gross_weight_mismatch", "waive", role="supervisor"))
    after = _judged(waived)
    assert codes(after) == ["gross_weight_mismatch"]
    assert "/gross_mass_kg" in after.withheld
    report = with_what_was_decided(after, waived)[-1]
    assert (report.severity, report.decision is not None) == ("info", True)
    assert "not settled" in report.message


def test_a_correction_replaces_the_value_keeps_what_was_read_and_does_away_with_the_finding() -> None:
    decision = _decision(WEIGHT, "gross_weight_mismatch", "correct", value="655.00")
    corrected_papers = _with(WEIGHT, decision)
    after = _judged(corrected_papers)
    assert holding(after) == []
    weighed = after.documents[3].fields.get("gross_weight_kg")
    assert weighed is not None
    assert (str(weighed.value), weighed.witnesses[0], weighed.reader) == ("655.00", "person:ann", "person")
    assert [str(one.value) for one in weighed.alternatives] == ["690.00"]
    assert weighed.box == WEIGHT.documents[3].fields.get("gross_weight_kg").box  # type: ignore[union-attr]  # it is there
    listed = with_what_was_decided(after, corrected_papers)
    assert [(one.code, one.decision) for one in listed if one.decision] == [
        ("gross_weight_mismatch", decision.decision)
    ]


def test_a_correction_to_a_third_value_raises_a_question_of_its_own_where_the_papers_still_differ() -> None:
    decision = _decision(WEIGHT, "gross_weight_mismatch", "correct", value="700.00", place=2)
    assert "gross_weight_mismatch" in codes(_judged(_with(WEIGHT, decision)))


def test_a_missing_value_is_given_by_a_correction() -> None:
    papers = _papers("invoice", "hs_code", None, 0)
    decision = _decision(papers, "field_missing", "correct", value="63026000")
    after = _judged(_with(papers, decision))
    assert "field_missing" not in codes(after)
    code = after.documents[0].lines[0].get("hs_code")
    assert code is not None
    assert (code.value, code.witnesses, code.reader) == ("63026000", ("person:ann",), "person")
    assert after.decided["/items/0/hs_code"] == decision.decision


def _with_all(papers: Shipment, decisions: Sequence[FindingDecision]) -> Shipment:
    numbered = tuple(one.model_copy(update={"number": n}) for n, one in enumerate(decisions, 1))
    return papers.model_copy(update={"decisions": numbered})


def test_a_column_that_was_not_recognised_is_given_line_by_line_in_one_question() -> None:
    plain = consistent()
    for line in plain["invoice"]["lines"]:
        line["quantity"] = None
    papers, taken, asked = shipment(plain), list[FindingDecision](), list[list[int | None]]()
    for value in ("600", "250"):
        now = _with_all(papers, taken)
        asked.append([place.line for place in only(_judged(now), "illegible").evidence])
        taken.append(_decision(now, "illegible", "correct", value=value, place=1))
    assert asked == [[1, 2], [2]]
    assert holding(_judged(_with_all(papers, taken))) == []


def test_a_column_that_was_not_recognised_is_not_settled_without_its_values() -> None:
    plain = consistent()
    for line in plain["invoice"]["lines"]:
        line["quantity"] = None
    papers = shipment(plain)
    actions: tuple[Action, ...] = ("accept", "waive")
    for action in actions:
        decision = _decision(papers, "illegible", action, role="supervisor")
        after = _judged(_with(papers, decision))
        assert only(after, "illegible").holds
        assert {"/items/0/quantity", "/items/1/quantity"} <= set(after.withheld)


def test_a_question_asked_of_the_broker_stays_held_and_says_so() -> None:
    after = _judged(_with(WEIGHT, _decision(WEIGHT, "gross_weight_mismatch", "request")))
    found = only(after, "gross_weight_mismatch")
    assert found.holds
    assert found.decision is not None
    assert "/gross_mass_kg" in after.withheld


def test_a_decision_about_what_the_papers_no_longer_say_is_told_and_applied_nowhere() -> None:
    for action, role, value in (("accept", "supervisor", None), ("correct", "clerk", "655.00")):
        decision = _decision(WEIGHT, "gross_weight_mismatch", action, role=role, value=value)  # type: ignore[arg-type]  # as named
        others = _papers("transport", "gross_weight_kg", "699.00")
        sha = "0" * 64
        papers = tuple(
            one.model_copy(update={"parts": (one.parts[0].model_copy(update={"sha256": sha}),)})
            for one in others.documents
        )
        anew = _with(others.model_copy(update={"documents": papers}), decision)
        after = _judged(anew)
        assert codes(after) == ["gross_weight_mismatch"]
        assert all("person:ann" not in one.witnesses for paper in after.documents
                   for one in paper.fields.present().values())  # fmt: skip
        reports = [one for one in with_what_was_decided(after, anew) if "no longer found" in one.message]
        assert [(one.severity, one.decision) for one in reports] == [("info", decision.decision)]


def test_a_value_goes_only_to_the_line_that_was_seen() -> None:
    papers = _papers("packing", "quantity", "560", 0)
    decision = _decision(papers, "quantity_mismatch", "correct", value="600")
    moved = papers.documents[1].model_copy(update={"lines": tuple(reversed(papers.documents[1].lines))})
    shifted = papers.model_copy(update={"documents": (papers.documents[0], moved, *papers.documents[2:])})
    after = _judged(_with(shifted, decision))
    assert [str(line.get("quantity").value) for line in after.documents[1].lines] == ["250", "560"]  # type: ignore[union-attr]  # each line has one
    assert "quantity_mismatch" in codes(after)


def test_a_value_read_otherwise_in_the_next_run_is_the_one_that_the_person_accepted() -> None:
    """A second look may have put another value in force than the first reading: what was accepted is the value."""
    accepted = _decision(WEIGHT, "gross_weight_mismatch", "accept", role="supervisor")
    (value,) = [one for one in accepted.values if one.document == "packing_list"] or accepted.values[:1]
    read_first = _papers("packing", "gross_weight_kg", "665.00") if value.document == "packing_list" else WEIGHT
    after = _judged(_with(read_first, accepted))
    weighed = next(one for one in after.documents if one.type == value.document).fields.get("gross_weight_kg")
    assert weighed is not None
    assert str(weighed.value) == value.value


def test_forgoing_the_preference_settles_its_proof_and_is_refused_where_nothing_else_is_asked() -> None:
    draft = {"items": [{"item_price": "1920.00", "preference": {"form": "eur1"}}]}
    papers = shipment(consistent(), draft=draft)
    decision = _decision(papers, "certificate_missing", "forgo_preference")
    before, after = _judged(papers), _judged(_with(papers, decision))
    assert "/items/0/preference" in before.withheld
    assert "/items/0/preference" not in after.withheld
    assert not only(after, "certificate_missing").holds
    elsewhere = _decision(WEIGHT, "gross_weight_mismatch", "forgo_preference", role="supervisor")
    assert codes(_judged(_with(WEIGHT, elsewhere))) == ["gross_weight_mismatch"]


def test_a_correction_of_the_draft_changes_what_it_states() -> None:
    papers = shipment(consistent(), draft={"total_invoice_amount": 4000})
    (finding,) = holding(_judged(papers))
    decision = _decision(papers, finding.code, "correct", value="3644.50")
    corrected_papers = _with(papers, decision)
    after = _judged(corrected_papers)
    assert holding(after) == []
    assert [one.decision for one in with_what_was_decided(after, corrected_papers)] == [decision.decision]


def test_the_last_of_several_decisions_about_a_finding_is_in_force() -> None:
    asked = _decision(WEIGHT, "gross_weight_mismatch", "request")
    given = _decision(WEIGHT, "gross_weight_mismatch", "correct", value="655.00").model_copy(update={"number": 2})
    assert in_force((given, asked)) == {asked.key: given}
    assert holding(_judged(_with(WEIGHT, given, asked))) == []


def test_keys_are_equal_for_equal_findings_in_any_order_and_tell_others_apart() -> None:
    found = _judged(_papers("packing", "quantity", "560", 0)).findings + _judged(WEIGHT).findings
    assert len(set(keys_of(found))) == len(found)
    assert set(keys_of(found)) == set(keys_of(found[::-1]))


def test_findings_that_show_the_same_are_told_apart_by_their_words() -> None:
    one = Finding(code="illegible", severity="warning", message="Read page 2.")
    other = one.model_copy(update={"message": "Read page 3."})
    same_place = only(_judged(WEIGHT), "gross_weight_mismatch")
    twin = same_place.model_copy(update={"message": "Otherwise said."})
    assert len(set(keys_of((one, other, same_place, twin)))) == 4


@pytest.mark.parametrize("value", ["six", "1,5,5", ""])
def test_what_can_be_no_such_value_is_refused_with_how_to_write_it(value: str) -> None:
    found = only(_judged(WEIGHT), "gross_weight_mismatch")
    with pytest.raises(WrongDecisionError, match="give numbers plainly"):
        corrected(found, value, None, WEIGHT.documents)


def test_the_same_values_in_question_for_another_reason_are_not_settled() -> None:
    decision = _decision(WEIGHT, "gross_weight_mismatch", "accept")
    otherwise = decision.finding.model_copy(update={"message": "For another reason."})
    told = _with(WEIGHT, decision.model_copy(update={"finding": otherwise}))
    after = _judged(told)
    assert codes(after) == ["gross_weight_mismatch"]
    assert "not settled by it" in with_what_was_decided(after, told)[-1].message
