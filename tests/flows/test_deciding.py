"""A decision from the finding to the declaration: recorded, the shipment judged anew, nothing read twice."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from archive.errors import Conflict
from flows import plain, steps
from flows.decisions import decided
from flows.errors import NoSuchShipmentError, WrongDecisionError
from flows.inbox.answers import decide_and_answer
from flows.isolation import OnPage
from flows.settings import Settings
from flows.wishes import Wish
from flows.workshop import Workshop, open_workshop
from schemas.decisions import keys_of
from schemas.findings import Finding
from schemas.results import IntakeFile, ShipmentResult, Submission

AS_OF = date(2026, 4, 13)
SAMPLE = Path(__file__).parents[2] / "sample_docs/shipments/S01"
TOTAL, STATED = "17447.00", "19000.00"
PRICES = ("7358.40", "2778.00", "2355.00", "3679.20")


@pytest.fixture(scope="module")
def cleared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with one shipment: the draft has another total than the invoice, and claims a preference."""
    place = tmp_path_factory.mktemp("deciding")
    papers = shutil.copytree(SAMPLE, place / "S01")
    items = [{"item_price": price} for price in PRICES]
    draft = {"total_invoice_amount": STATED, "items": [{**items[0], "preference": {"form": "eur1"}}, *items[1:]]}
    (papers / "draft_declaration.json").write_text(json.dumps(draft))
    with open_workshop(Settings(data_dir=place / "data")) as workshop:
        plain.clear(papers, workshop, as_of=AS_OF, on_page=steps.unseen)
    return place / "data"


@pytest.fixture
def shop(cleared: Path, tmp_path: Path) -> Iterator[Workshop]:
    """The archive as it was left, for one test."""
    shutil.copytree(cleared, tmp_path / "data")
    with open_workshop(Settings(data_dir=tmp_path / "data")) as workshop:
        yield workshop


def decide(reference: str, finding: str, wish: Wish, workshop: Workshop, on_page: OnPage) -> ShipmentResult:
    """As the command does it without a Prefect server."""
    clear = partial(plain.clear_begun, workshop=workshop, on_page=on_page)
    return decide_and_answer(reference, finding, wish, workshop, clear=clear)


def _wish(action: str, *, by: str = "ann", **told: object) -> Wish:
    return Wish(**{"action": action, "reason": "compared with the order", "by": by, **told})  # type: ignore[arg-type]  # as named


def _latest(workshop: Workshop) -> ShipmentResult:
    return plain.latest("S01", workshop)


def _key(result: ShipmentResult, code: str) -> str:
    (key,) = [key for key, one in zip(keys_of(result.findings), result.findings, strict=True) if one.code == code]
    return key


def _only(result: ShipmentResult, code: str) -> Finding:
    (found,) = [one for one in result.findings if one.code == code]
    return found


def _decide(workshop: Workshop, code: str, wish: Wish) -> ShipmentResult:
    return decide("S01", _key(_latest(workshop), code), wish, workshop, steps.unseen)


def _forgo(workshop: Workshop) -> ShipmentResult:
    return _decide(workshop, "certificate_missing", _wish("forgo_preference"))


def test_each_finding_settled_makes_a_revision_and_the_last_one_clears(shop: Workshop) -> None:
    assert sorted(one.code for one in _latest(shop).findings if one.holds) == ["certificate_missing", "value_mismatch"]
    second = _forgo(shop)
    assert (second.revision, second.status) == (2, "held")
    third = _decide(shop, "value_mismatch", _wish("correct", value=TOTAL))
    assert (third.revision, third.status) == (3, "clear")
    assert third.declaration is not None
    assert str(third.declaration.total_invoice_amount) == TOTAL
    decided_by = third.declaration.sources["/total_invoice_amount"].decision
    assert decided_by is not None
    assert (decided_by.action, decided_by.by, decided_by.value) == ("correct", "ann", TOTAL)
    assert {one.code: one.decision.action for one in third.findings if one.decision} == {
        "certificate_missing": "forgo_preference", "value_mismatch": "correct",
    }  # fmt: skip
    assert (shop.settings.data_dir / "shipments/local/S01/3/declaration.json").exists()
    assert not (shop.settings.data_dir / "shipments/local/S01/2/declaration.json").exists()


def test_a_supervisor_lets_the_value_in_force_stand_and_a_clerk_may_not(shop: Workshop) -> None:
    _forgo(shop)
    with pytest.raises(WrongDecisionError, match="let a supervisor accept it"):
        _decide(shop, "value_mismatch", _wish("accept"))
    result = _decide(shop, "value_mismatch", _wish("accept", role="supervisor"))
    assert result.status == "clear"
    assert result.declaration is not None
    assert str(result.declaration.total_invoice_amount) == TOTAL
    assert "person:ann" in result.declaration.sources["/total_invoice_amount"].witnesses


def test_what_is_asked_of_the_broker_stays_held_and_can_be_settled_later(shop: Workshop) -> None:
    asked = _decide(shop, "value_mismatch", _wish("request"))
    found = _only(asked, "value_mismatch")
    assert (asked.status, found.holds, found.decision and found.decision.action) == ("held", True, "request")
    settled = _decide(shop, "value_mismatch", _wish("correct", value=TOTAL))
    assert not _only(settled, "value_mismatch").holds


def test_a_waiver_that_names_no_value_is_refused_and_nothing_is_recorded(shop: Workshop) -> None:
    with pytest.raises(WrongDecisionError, match="does not say what /total_invoice_amount is"):
        _decide(shop, "value_mismatch", _wish("waive", role="supervisor", reason="not_material"))
    assert shop.decisions.of("local", "S01") == ()
    assert _latest(shop).revision == 1


def test_a_paper_that_is_missing_is_waived_by_a_supervisor_with_a_coded_reason(shop: Workshop, tmp_path: Path) -> None:
    papers = shutil.copytree(SAMPLE, tmp_path / "S01-b")
    (papers / "obl copy KVP 2291.pdf").unlink()
    first = plain.clear(papers, shop, as_of=AS_OF, on_page=steps.unseen)
    missing = _key(first, "document_missing")
    with pytest.raises(WrongDecisionError, match="not_material, explained_by_shipper"):
        decide("S01-b", missing, _wish("waive", role="supervisor"), shop, steps.unseen)
    wish = _wish("waive", role="supervisor", reason="other: by post")
    waived = decide("S01-b", missing, wish, shop, steps.unseen)
    assert not _only(waived, "document_missing").holds


def test_the_same_decision_told_again_gives_the_same_result_and_records_nothing(shop: Workshop) -> None:
    key, wish = _key(_latest(shop), "value_mismatch"), _wish("correct", value=TOTAL)
    number = str(keys_of(_latest(shop).findings).index(key) + 1)
    first = decide("S01", number, wish, shop, steps.unseen)
    before = {path: path.stat().st_mtime_ns for path in (shop.settings.data_dir / "shipments").rglob("*.json")}
    assert decide("S01", key, wish, shop, steps.unseen) == first
    assert decide("S01", number, wish, shop, steps.unseen) == first
    assert {path: path.stat().st_mtime_ns for path in (shop.settings.data_dir / "shipments").rglob("*.json")} == before


def test_no_paper_is_read_again(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shop.readers, "read_all", None)
    assert _forgo(shop).revision == 2


def test_a_decision_whose_run_was_killed_is_taken_up_by_the_next_one(shop: Workshop) -> None:
    recorded = decided("S01", _key(_latest(shop), "value_mismatch"), _wish("correct", value=TOTAL), shop)
    assert (len(recorded.decisions), recorded.revision) == (1, 2)
    assert _latest(shop).revision == 1
    after = _forgo(shop)
    assert (after.revision, after.status) == (3, "clear")


@pytest.mark.slow
def test_a_paper_that_came_meanwhile_is_judged_with_the_decision_and_not_left_out(shop: Workshop) -> None:
    first = shop.archive.intake("local", "S01", 1)
    content = (SAMPLE / "KVP 2291 pack.pdf").read_bytes() + b"\n"
    stored = shop.archive.put_original(content, media_type="application/pdf")
    late = IntakeFile(file="late.pdf", sha256=stored.sha256, media_type="application/pdf", size=len(content))
    told = {name: getattr(first, name) for name in Submission.model_fields}
    shop.archive.begin(Submission(**{**told, "files": (*first.files, late)}))
    after = _forgo(shop)
    assert after.revision == 3
    assert "late.pdf" in {one.file for one in shop.archive.intake("local", "S01", 3).files}


def test_two_who_decide_at_once_both_count_in_the_last_revision(shop: Workshop) -> None:
    keys = {code: _key(_latest(shop), code) for code in ("value_mismatch", "certificate_missing")}
    wishes = {
        "value_mismatch": _wish("correct", value=TOTAL),
        "certificate_missing": _wish("forgo_preference", by="bob"),
    }

    def run(code: str) -> ShipmentResult:
        with open_workshop(shop.settings) as own:
            return decide("S01", keys[code], wishes[code], own, steps.unseen)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(run, keys))
    assert _latest(shop).status == "clear"
    assert {one.decision.by for one in shop.decisions.of("local", "S01")} == {"ann", "bob"}


def test_of_two_decisions_about_one_finding_the_first_stands_and_the_other_person_is_told(shop: Workshop) -> None:
    key = _key(_latest(shop), "value_mismatch")
    decided("S01", key, _wish("correct", value=TOTAL), shop)
    with pytest.raises(Conflict, match="ann decided this finding meanwhile"):
        decided("S01", key, _wish("correct", value="18000.00", by="bob"), shop)


def test_decisions_count_for_papers_that_come_later_and_a_finding_that_is_gone_is_told(
    shop: Workshop, tmp_path: Path
) -> None:
    _forgo(shop)
    _decide(shop, "value_mismatch", _wish("accept", role="supervisor"))
    papers = shutil.copytree(SAMPLE, tmp_path / "S01")
    late = plain.clear(papers, shop, as_of=AS_OF, on_page=steps.unseen)
    assert (late.revision, late.status) == (4, "clear")
    assert [one.severity for one in late.findings if "is no longer found" in one.message] == ["info"]


@pytest.mark.parametrize(
    ("finding", "told", "says"),
    [
        ("9", {"action": "accept"}, "S01 #1 has no finding 9: it has findings 1 to"),
        ("abc", {"action": "accept"}, "has no finding abc"),
        ("value_mismatch", {"action": "correct"}, "add --value"),
        ("value_mismatch", {"action": "correct", "value": "a lot"}, "give numbers plainly"),
        ("value_mismatch", {"action": "correct", "value": TOTAL, "place": 7}, "has no place 7. Its places are: 1 "),
        ("value_mismatch", {"action": "request", "value": TOTAL}, "only `correct` does"),
        ("value_mismatch", {"action": "forgo_preference"}, "is no question of a preference"),
        ("value_mismatch", {"action": "request", "reason": " "}, "say why with --reason"),
    ],
)
def test_what_cannot_be_decided_is_refused_with_what_to_do(
    shop: Workshop, finding: str, told: dict[str, object], says: str
) -> None:
    named = _key(_latest(shop), finding) if finding == "value_mismatch" else finding
    with pytest.raises(WrongDecisionError) as refused:
        decide("S01", named, _wish(**told), shop, steps.unseen)  # type: ignore[arg-type]  # as named
    assert says in str(refused.value)
    assert shop.decisions.of("local", "S01") == ()


def test_a_shipment_that_was_never_cleared_is_named(shop: Workshop) -> None:
    with pytest.raises(NoSuchShipmentError, match="S99"):
        decide("S99", "1", _wish("accept"), shop, steps.unseen)
