"""A case decided at the desk: opened, each kind of decision drafted, judged, undone and released."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.cases import Drafts
from flows import plain, steps
from flows.casework.cases import open_case
from flows.casework.commenting import comment, comments_of
from flows.casework.drafting import carry_over, draft_of, staleness, take, undo
from flows.casework.errors import CaseworkError, DraftChangedError, DraftStaleError, NotReleasableError
from flows.casework.rechecking import recheck
from flows.casework.releasing import release
from flows.decisions import Clear, decided
from flows.errors import NoSuchShipmentError, WrongDecisionError
from flows.wishes import Wish
from flows.workshop import Workshop
from schemas.casework import Choice, Draft, DraftStep, Person
from schemas.results import IntakeFile, ShipmentResult, Submission

AS_OF_SAMPLE = Path(__file__).parents[3] / "sample_docs/shipments/S01"
TOTAL = "17447.00"
CORRECT = Choice("correct", "compared with the order", value=TOTAL)
FORGO = Choice("forgo_preference", "the proof comes too late")

Deciding = Callable[..., Draft]


def _files(shop: Workshop) -> set[str]:
    """Every record of the shipment, without what clerks write beside it."""
    return {str(path) for path in (shop.settings.data_dir / "shipments").rglob("*.json")}


def _late_paper(shop: Workshop) -> None:
    first = shop.archive.intake("local", "S01", 1)
    content = (AS_OF_SAMPLE / "KVP 2291 pack.pdf").read_bytes() + b"\n"
    stored = shop.archive.put_original(content, media_type="application/pdf")
    late = IntakeFile(file="late.pdf", sha256=stored.sha256, media_type="application/pdf", size=len(content))
    told = {name: getattr(first, name) for name in Submission.model_fields}
    shop.archive.begin(Submission(**{**told, "files": (*first.files, late)}))


def test_a_case_shows_its_findings_with_what_can_be_done_and_its_papers_side_by_side(shop: Workshop) -> None:
    case = open_case("local", "S01", shop)
    assert {one.finding.code for one in case.open} == {"value_mismatch", "certificate_missing"}
    assert [one.number for one in case.findings] == list(range(1, len(case.findings) + 1))
    by_code = {one.finding.code: {option.action: option for option in one.options} for one in case.open}
    assert set(by_code["value_mismatch"]) == {"accept", "correct", "waive", "request"}
    assert by_code["value_mismatch"]["accept"].role == "supervisor"
    assert {place.kind for place in by_code["value_mismatch"]["correct"].places} == {"number"}
    assert "forgo_preference" in by_code["certificate_missing"]
    assert {page.file for page in case.pages} == {part.file for paper in case.result.documents for part in paper.parts}
    row = next(one for one in case.comparison.header if one.name == "total_amount")
    assert (row.agreement, row.pointer, row.declared) == ("disputed", "/total_invoice_amount", None)
    assert row.values[0].box is not None
    assert case.waiting is None


def test_nothing_is_opened_that_was_never_filed(shop: Workshop) -> None:
    with pytest.raises(NoSuchShipmentError, match="S-none"):
        open_case("local", "S-none", shop)


def test_judging_a_draft_without_a_decision_finds_what_was_filed(shop: Workshop) -> None:
    again = recheck(draft_of("local", "S01", shop), shop)
    filed = open_case("local", "S01", shop).result
    assert again.result.findings == filed.findings
    assert (again.settled, again.arisen, again.changed) == ((), (), ())
    assert again.barriers == ("Nothing is decided yet.",)


def test_a_decision_shows_what_it_changes_and_files_nothing(shop: Workshop, deciding: Deciding) -> None:
    before = _files(shop)
    told = recheck(deciding("value_mismatch", CORRECT, shop), shop)
    assert [one.code for one in told.settled] == ["value_mismatch"]
    assert [one.finding.code for one in told.holding] == ["certificate_missing"]
    assert (told.status, told.can_release) == ("held", True)
    changed = {one.pointer: (one.before, one.after) for one in told.changed}
    assert changed["/total_invoice_amount"] == (None, TOTAL)
    assert _files(shop) == before


def test_what_is_decided_is_seen_by_another_process_and_undone(shop: Workshop, deciding: Deciding, ann: Person) -> None:
    deciding("value_mismatch", CORRECT, shop)
    both = deciding("certificate_missing", FORGO, shop)
    assert draft_of("local", "S01", shop) == both
    assert recheck(both, shop).status == "clear"
    one = undo(both, ann, shop)
    assert [step.action for step in one.steps] == ["correct"]
    none = undo(one, ann, shop)
    assert recheck(none, shop).result.findings == open_case("local", "S01", shop).result.findings
    with pytest.raises(CaseworkError, match="nothing is decided"):
        undo(none, ann, shop)
    assert Drafts(shop.decisions.store).last("local", "S01") == none


@pytest.mark.parametrize(
    ("code", "choice", "person"),
    [
        ("value_mismatch", CORRECT, Person(id="ann")),
        ("value_mismatch", Choice("accept", "the invoice is right"), Person(id="sue", role="supervisor")),
        ("certificate_missing", FORGO, Person(id="ann")),
        ("certificate_missing", Choice("request", "send the certificate"), Person(id="ann")),
    ],
)
def test_each_kind_of_decision_is_released_as_it_was_judged(
    shop: Workshop, deciding: Deciding, clear: Clear, *, code: str, choice: Choice, person: Person
) -> None:
    draft = deciding(code, choice, shop, person)
    told = recheck(draft, shop)
    assert (code in {one.code for one in told.settled}) is (choice.action != "request")
    result = release(draft, person, shop, clear)
    assert (result.revision, result.status) == (2, told.status)
    assert result.findings == told.result.findings
    assert shop.archive.result("local", "S01") == result
    [record] = shop.decisions.of("local", "S01")
    assert (record.decision.by, record.decision.action, record.confirmed_by) == (person.id, choice.action, None)


def test_a_waiver_is_drafted_with_its_coded_reason_alone(shop: Workshop, sue: Person, clear: Clear) -> None:
    papers = shop.settings.data_dir / "papers"
    shutil.copytree(AS_OF_SAMPLE, papers)
    (papers / "KVP 2291 pack.pdf").unlink()
    filed = shop.archive.intake("local", "S01", 1)
    plain.clear(papers, shop, as_of=filed.as_of, reference="S01-b", on_page=steps.unseen)
    missing = next(one for one in open_case("local", "S01-b", shop).open if one.finding.code == "document_missing")
    waive = next(one for one in missing.options if one.action == "waive")
    assert (waive.role, "explained_by_shipper" in waive.reason_codes) == ("supervisor", True)
    empty = draft_of("local", "S01-b", shop)
    with pytest.raises(WrongDecisionError, match="begins with one of"):
        take(empty, missing.key, Choice("waive", "by post"), sue, shop)
    draft = take(empty, missing.key, Choice("waive", "other: by post"), sue, shop)
    result = release(draft, sue, shop, clear)
    assert not next(one for one in result.findings if one.code == "document_missing").holds


def test_two_decisions_are_released_as_one_revision_and_again_as_the_same(
    shop: Workshop, deciding: Deciding, clear: Clear, ann: Person
) -> None:
    deciding("value_mismatch", CORRECT, shop)
    draft = deciding("certificate_missing", FORGO, shop)
    result = release(draft, ann, shop, clear)
    assert (result.revision, result.status) == (2, "clear")
    before = _files(shop)
    assert release(draft, ann, shop, clear) == result
    assert _files(shop) == before
    after = draft_of("local", "S01", shop)
    assert (after.steps, after.revision) == ((), 2)
    assert open_case("local", "S01", shop).open == ()


def test_what_would_settle_nothing_is_not_drafted(shop: Workshop, deciding: Deciding, ann: Person) -> None:
    with pytest.raises(WrongDecisionError, match="can be no total amount"):
        deciding("value_mismatch", Choice("correct", "typed", value="seventeen"), shop)
    with pytest.raises(WrongDecisionError, match="supervisor"):
        deciding("value_mismatch", Choice("accept", "as printed"), shop)
    empty = draft_of("local", "S01", shop)
    with pytest.raises(WrongDecisionError, match="has no finding"):
        take(empty, "0000000000", CORRECT, ann, shop)
    assert draft_of("local", "S01", shop).number == 0


def test_nothing_is_released_of_a_draft_without_decisions(shop: Workshop, clear: Clear, ann: Person) -> None:
    with pytest.raises(NotReleasableError, match="Nothing is decided"):
        release(draft_of("local", "S01", shop), ann, shop, clear)


def test_a_late_paper_makes_a_draft_stale_and_nothing_of_it_is_lost(
    shop: Workshop, deciding: Deciding, clear: Clear, ann: Person
) -> None:
    deciding("value_mismatch", CORRECT, shop)
    draft = deciding("certificate_missing", FORGO, shop)
    _late_paper(shop)
    assert "late.pdf" in (staleness(draft, shop) or "")
    assert open_case("local", "S01", shop).waiting == 2
    with pytest.raises(DraftStaleError, match=r"late\.pdf"):
        take(draft, draft.steps[0].key, CORRECT, ann, shop)
    with pytest.raises(NotReleasableError, match=r"late\.pdf"):
        release(draft, ann, shop, clear)
    clear(shop.archive.intake("local", "S01", 2))
    moved, lost = carry_over(draft_of("local", "S01", shop), ann, shop)
    assert (moved.revision, lost) == (2, ())
    assert [step.action for step in moved.steps] == ["correct", "forgo_preference"]
    assert release(moved, ann, shop, clear).revision == 3


def test_a_decision_that_no_longer_fits_is_told_when_the_draft_is_carried_over(
    shop: Workshop, deciding: Deciding, clear: Clear, ann: Person
) -> None:
    draft = deciding("value_mismatch", CORRECT, shop)
    key = draft.steps[0].key
    clear(decided("S01", key, Wish("correct", "seen", "bob", value=TOTAL), shop))
    assert staleness(draft, shop) == "bob decided about it since"
    settled_already = draft.model_copy(update={"steps": (draft.steps[0].model_copy(update={"key": "0000000000"}),)})
    moved, lost = carry_over(settled_already, ann, shop)
    assert (moved.steps, [one.key for one in lost if isinstance(one, DraftStep)]) == ((), ["0000000000"])


def test_who_writes_second_is_told_and_loses_nothing(shop: Workshop, deciding: Deciding, bob: Person) -> None:
    seen_by_bob = draft_of("local", "S01", shop)
    deciding("value_mismatch", CORRECT, shop)
    other = next(one for one in open_case("local", "S01", shop).open if one.finding.code == "certificate_missing")
    with pytest.raises(DraftChangedError, match="ann changed the decisions meanwhile"):
        take(seen_by_bob, other.key, FORGO, bob, shop)
    both = take(draft_of("local", "S01", shop), other.key, FORGO, bob, shop)
    assert {step.by for step in both.steps} == {"ann", "bob"}


def test_remarks_are_kept_in_their_order_with_whose_they_are(shop: Workshop, ann: Person, bob: Person) -> None:
    comment("local", "S01", "asked the shipper", ann, shop)
    comment("local", "S01", " he answered ", bob, shop)
    told = [(one.number, one.by, one.text) for one in comments_of("local", "S01", shop)]
    assert told == [(1, "ann", "asked the shipper"), (2, "bob", "he answered")]
    with pytest.raises(CaseworkError, match="a remark has"):
        comment("local", "S01", "  ", ann, shop)


def test_a_result_of_another_broker_is_released_under_his_name(
    shop: Workshop, deciding: Deciding, clear: Clear, ann: Person
) -> None:
    """One desk serves every broker, whoever the workshop's own is."""
    other = shop.settings.model_copy(update={"broker": "someone else"})
    desk: Workshop = type(shop)(**{**vars(shop), "settings": other})
    result: ShipmentResult = release(deciding("value_mismatch", CORRECT, desk), ann, desk, clear)
    assert (result.broker, result.revision) == ("local", 2)
