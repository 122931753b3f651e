"""Two shipments with one invoice, judged before either has finished: only one may be cleared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import steps
from flows.settings import Settings
from flows.workshop import Workshop, open_workshop
from schemas.results import Intake, ShipmentResult, Submission
from schemas.shipments import Reconciled, Shipment
from tests.trade_papers import AS_OF, Plain, consistent, shipment


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    with open_workshop(Settings(data_dir=tmp_path / "data")) as workshop:
        yield workshop


def _begun(workshop: Workshop, reference: str, *, rules: str = "1") -> tuple[Intake, Shipment]:
    submission = Submission(
        broker="local", reference=reference, as_of=AS_OF, rules=rules, received_by="clerk", files=()
    )
    return workshop.archive.begin(submission), shipment(consistent()).model_copy(update={"reference": reference})


def _finished(intake: Intake, papers: Shipment, reconciled: Reconciled, workshop: Workshop) -> ShipmentResult:
    claimed = steps.claim_invoices(papers, reconciled, workshop)
    declaration = steps.declare(papers, claimed, workshop)
    return steps.file(intake, steps.conclude(intake, papers, claimed, declaration), workshop)


def _judged(workshop: Workshop, reference: str, plain: dict[str, Plain]) -> ShipmentResult:
    intake, _ = _begun(workshop, reference)
    papers = shipment(plain).model_copy(update={"reference": reference})
    return _finished(intake, papers, steps.reconcile(papers, workshop), workshop)


def _cleared(workshop: Workshop, reference: str, *, rules: str = "1") -> ShipmentResult:
    intake, papers = _begun(workshop, reference, rules=rules)
    return _finished(intake, papers, steps.reconcile(papers, workshop), workshop)


def _told(result: ShipmentResult) -> list[str]:
    return [one.message for one in result.findings if one.code == "duplicate_invoice"]


def test_of_two_judged_at_one_moment_one_is_cleared_and_the_other_held(workshop: Workshop) -> None:
    begun = [_begun(workshop, reference) for reference in ("S-1", "S-2")]
    judged = [steps.reconcile(papers, workshop) for _, papers in begun]
    assert [one.findings for one in judged if "duplicate_invoice" in {f.code for f in one.findings}] == []
    results = [_finished(*pair, one, workshop) for pair, one in zip(reversed(begun), reversed(judged), strict=True)]
    assert [(one.reference, one.status) for one in results] == [("S-2", "clear"), ("S-1", "held")]
    [message] = _told(results[1])
    assert "NL-204" in message
    assert "S-2" in message


def test_who_lost_the_invoice_does_not_win_it_by_being_cleared_anew(workshop: Workshop) -> None:
    first, papers = _begun(workshop, "S-1")
    judged = steps.reconcile(papers, workshop)
    assert _cleared(workshop, "S-2").status == "clear"
    assert _finished(first, papers, judged, workshop).status == "held"
    assert _cleared(workshop, "S-1", rules="2").status == "held"


def test_a_shipment_killed_after_its_claim_finds_it_as_its_own(workshop: Workshop) -> None:
    _, papers = _begun(workshop, "S-1")
    steps.claim_invoices(papers, steps.reconcile(papers, workshop), workshop)
    assert _cleared(workshop, "S-2").status == "held"
    result = _cleared(workshop, "S-1")
    assert _told(result) == []
    assert result.status == "clear"
    assert _cleared(workshop, "S-2", rules="2").status == "held"


def test_one_that_a_person_cleared_all_the_same_holds_the_first_that_comes_after_it(workshop: Workshop) -> None:
    _, papers = _begun(workshop, "S-1")
    steps.claim_invoices(papers, steps.reconcile(papers, workshop), workshop)
    intake, others = _begun(workshop, "S-2")
    judged = steps.reconcile(others, workshop)
    waived = steps.conclude(intake, others, judged, steps.declare(others, judged, workshop))
    assert steps.file(intake, waived, workshop).status == "clear"
    assert _cleared(workshop, "S-1").status == "held"


def test_an_invoice_that_does_not_name_its_exporter_is_claimed_by_what_the_packing_list_says(
    workshop: Workshop,
) -> None:
    papers = consistent()
    del papers["invoice"]["exporter"]
    del papers["certificate"]
    results = [_judged(workshop, reference, papers) for reference in ("S-1", "S-2")]
    assert [_told(one) != [] for one in results] == [False, True]
    assert len(list(workshop.claims.store.list("claims/"))) == 1


def test_one_that_the_register_finds_is_told_once(workshop: Workshop) -> None:
    _cleared(workshop, "S-1")
    assert len(_told(_cleared(workshop, "S-2"))) == 1
    assert _told(_cleared(workshop, "S-1", rules="2")) == []


def test_an_invoice_from_before_there_were_claims_stays_that_of_the_first(workshop: Workshop) -> None:
    for reference in ("S-1", "S-2"):
        intake, papers = _begun(workshop, reference)
        reconciled = steps.reconcile(papers, workshop)
        declaration = steps.declare(papers, reconciled, workshop)
        steps.file(intake, steps.conclude(intake, papers, reconciled, declaration), workshop)
    assert _cleared(workshop, "S-2", rules="2").status == "held"
    assert _cleared(workshop, "S-1", rules="2").status == "clear"
