from __future__ import annotations

import datetime as dt

import pytest

from flows.steps import conclude
from schemas.declarations import Declaration
from schemas.documents import OtherDocument, Part
from schemas.findings import Decision, Finding, Severity
from schemas.pages import Notice
from schemas.results import Intake, ShipmentResult
from schemas.shipments import Reconciled, Shipment

NOW = dt.datetime(2026, 4, 1, tzinfo=dt.UTC)
PAPER = OtherDocument(parts=(Part(file="a.pdf", sha256="0" * 64, pages=(1,)),))


def _concluded(
    *findings: Finding, notices: tuple[Notice, ...] = (), withheld: tuple[str, ...] = (), papers: int = 1
) -> ShipmentResult:
    named = {"broker": "local", "reference": "R", "as_of": NOW.date()}
    told = {"rules": "r", "received_by": "me", "files": (), "revision": 3, "received_at": NOW}
    shipment = Shipment.model_validate({**named, "documents": (PAPER,) * papers, "notices": notices})
    reconciled = Reconciled(documents=shipment.documents, findings=findings, withheld=withheld)
    return conclude(Intake.model_validate({**named, **told}), shipment, reconciled, Declaration())


def _finding(severity: Severity, decision: Decision | None = None) -> Finding:
    return Finding(code="illegible", severity=severity, message="Read it.", decision=decision)


def test_nothing_to_decide_is_clear_and_ready_to_be_written() -> None:
    result = _concluded(_finding("info"))
    assert (result.status, result.revision) == ("clear", 3)
    assert [export.ready for export in result.exports] == [True]


@pytest.mark.parametrize("severity", ["warning", "error"])
def test_a_warning_or_error_holds_and_the_declaration_is_provisional(severity: Severity) -> None:
    result = _concluded(_finding(severity))
    assert result.status == "held"
    assert result.declaration == Declaration()
    assert [export.ready for export in result.exports] == [False]


def test_a_finding_that_a_person_settled_no_longer_holds() -> None:
    settled = Decision(action="accept", by="clerk", at=NOW, reason="compared")
    asked = Decision(action="request", by="clerk", at=NOW, reason="send page 2")
    assert _concluded(_finding("warning", settled)).status == "clear"
    assert _concluded(_finding("warning", asked)).status == "held"


def test_a_paper_that_could_not_be_read_holds_even_if_no_check_speaks_of_it() -> None:
    assert _concluded(notices=(Notice("b.pdf", None, "encrypted", "is encrypted"),)).status == "held"
    assert _concluded(notices=(Notice("b.pdf", 1, "blank", "is blank", holds=False),)).status == "clear"


def test_what_a_reader_did_that_need_not_be_settled_is_said_in_the_result() -> None:
    result = _concluded(notices=(Notice("b.png", 2, "reduced", "b.png, page 2, was read smaller.", holds=False),))
    [note] = result.findings
    assert (note.severity, note.message, note.evidence[0].page) == ("info", "b.png, page 2, was read smaller.", 2)


@pytest.mark.parametrize("pointer", ["/currency", "/items", "/items/2/hs_code", "/packages", "/gross_mass_kg"])
def test_a_withheld_value_that_needs_a_witness_holds_even_if_no_check_speaks_of_it(pointer: str) -> None:
    assert _concluded(withheld=(pointer,)).status == "held"


def test_a_withheld_value_that_may_stay_null_does_not_hold() -> None:
    assert _concluded(withheld=("/transport/vessel_or_flight", "/package_kind")).status == "clear"


def test_without_a_single_readable_paper_the_shipment_is_rejected_and_nothing_is_declared() -> None:
    result = _concluded(_finding("error"), papers=0)
    assert (result.status, result.declaration) == ("rejected", None)
