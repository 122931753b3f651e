"""What a person decided about a dropped shipment comes back to its broker, whoever is killed on the way."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from flows import steps
from flows.decisions import decided
from flows.errors import WrongDecisionError
from flows.inbox.answers import Answers, came_by_inbox, decide_and_answer
from flows.inbox.errors import NotNowError
from flows.inbox.reports import Handled, PutOff
from flows.inbox.rules import InboxRules, Watcher
from flows.plain import clear_begun
from flows.settings import Settings
from flows.wishes import Wish
from flows.workshop import Workshop, open_workshop
from schemas.results import Intake, ShipmentResult
from tests.dropped import Bench, bench
from tests.mortal import KilledError, Life, mortal

WISH = Wish("request", "send the transport document", by="ann")
DAY = dt.date(2026, 4, 1)
ANSWERED = ["acme/R-1/1/findings.json", "acme/R-1/1/findings.txt", "acme/R-1/1/superseded.txt",
            "acme/R-1/2/findings.json", "acme/R-1/2/findings.txt"]  # fmt: skip


@pytest.fixture(scope="module")
def cleared(tmp_path_factory: pytest.TempPathFactory, make_papers: Callable[[Path], Path]) -> Path:
    """A shipment that was dropped, cleared for real, and answered."""
    place = tmp_path_factory.mktemp("answered")
    with bench(place) as inbox:
        (inbox.root / "inbox" / "acme").mkdir()
        make_papers(inbox.root / "inbox" / "acme" / "R-1")
        assert inbox.watch(_for_real(inbox.workshop)).handled == (Handled("acme", "R-1", 1, "held"),)
    return place


@pytest.fixture
def inbox(cleared: Path, tmp_path: Path) -> Iterator[Bench]:
    with _copied(cleared, tmp_path / "own") as opened:
        yield opened


@contextmanager
def _copied(place: Path, to: Path) -> Iterator[Bench]:
    with bench(shutil.copytree(place, to)) as inbox:
        yield inbox


def _for_real(workshop: Workshop) -> Callable[[Intake], ShipmentResult]:
    return partial(clear_begun, workshop=workshop, on_page=steps.unseen)


def _settings(inbox: Bench) -> Settings:
    return inbox.workshop.settings.model_copy(update={"broker": "acme", "exchange_dir": inbox.root})


def _decide(inbox: Bench, wish: Wish = WISH, *, clear: Callable[[Intake], ShipmentResult] | None = None) -> None:
    with open_workshop(_settings(inbox)) as workshop:
        decide_and_answer("R-1", "1", wish, workshop, clear=clear or _for_real(workshop))


def test_a_decision_about_a_dropped_shipment_is_answered_in_the_outbox(inbox: Bench) -> None:
    _decide(inbox)
    assert inbox.outbox() == ANSWERED
    assert "Revision 2" in inbox.exchange.get("outbox/acme/R-1/1/superseded.txt").decode()
    assert inbox.watched() == []


def test_the_same_decision_told_again_writes_nothing_new(inbox: Bench) -> None:
    _decide(inbox)
    before = [(entry.key, entry.version) for entry in inbox.exchange.entries("outbox/")]
    _decide(inbox)
    assert [(entry.key, entry.version) for entry in inbox.exchange.entries("outbox/")] == before
    assert inbox.workshop.archive.revisions("acme", "R-1") == (1, 2)


def test_what_is_refused_is_owed_to_nobody(inbox: Bench) -> None:
    with pytest.raises(WrongDecisionError):
        _decide(inbox, Wish("correct", "no value", by="ann"))
    assert inbox.watched() == []
    assert inbox.watch().is_empty


def test_a_shipment_that_was_never_dropped_is_answered_nowhere(tmp_path: Path, papers: Path) -> None:
    with open_workshop(Settings(data_dir=tmp_path / "data", exchange_dir=tmp_path / "exchange")) as workshop:
        submission = steps.submit(papers, workshop, reference="R-1", as_of=DAY)
        clear_begun(workshop.archive.begin(submission), workshop, on_page=steps.unseen)
        assert not came_by_inbox("local", "R-1", workshop)
        decide_and_answer("R-1", "1", WISH, workshop, clear=_for_real(workshop))
    assert not (tmp_path / "exchange").exists()


def test_what_a_server_that_is_away_keeps_from_being_judged_is_answered_by_the_next_look(inbox: Bench) -> None:
    def away(_intake: Intake) -> ShipmentResult:
        raise NotNowError("the Prefect server does not answer")

    with pytest.raises(NotNowError):
        _decide(inbox, clear=away)
    assert inbox.workshop.archive.revisions("acme", "R-1") == (1,)
    report = inbox.watch(_for_real(inbox.workshop))
    assert report.handled == (Handled("acme", "R-1", 2, "held"),)
    assert inbox.outbox() == ANSWERED
    assert inbox.watched() == []
    assert inbox.watch().is_empty


def test_a_decision_taken_while_a_late_paper_is_cleared_is_neither_lost_nor_doubled(inbox: Bench) -> None:
    inbox.drop("acme/R-1/letter.pdf", b"%PDF-1.7 letter")

    def clear(intake: Intake) -> ShipmentResult:
        _decide(inbox)
        return _for_real(inbox.workshop)(intake)

    assert inbox.watch(clear).handled == (Handled("acme", "R-1", 2, "held"),)
    archive = inbox.workshop.archive
    assert archive.revisions("acme", "R-1") == (1, 2, 3)
    assert [len(archive.intake("acme", "R-1", number).decisions) for number in (1, 2, 3)] == [0, 0, 1]
    assert len(archive.intake("acme", "R-1", 3).files) == 3
    assert [name for name in inbox.outbox() if name.endswith("superseded.txt")] == [
        "acme/R-1/1/superseded.txt", "acme/R-1/2/superseded.txt",
    ]  # fmt: skip
    assert "acme/R-1/3/findings.txt" in inbox.outbox()
    assert inbox.inbox() == inbox.watched() == []


def test_a_watcher_leaves_an_answer_to_whoever_is_at_it(inbox: Bench) -> None:
    def clear(intake: Intake) -> ShipmentResult:
        report = inbox.watch()
        assert report.put_off == (PutOff("acme", "R-1", "leased"),)
        assert not report.is_empty
        return _for_real(inbox.workshop)(intake)

    with open_workshop(_settings(inbox)) as workshop:
        answers = Answers(workshop, inbox.exchange, inbox.now, Watcher())
        answers.after("acme", "R-1", partial(decided, "R-1", "1", WISH, workshop), clear)
    assert inbox.outbox() == ANSWERED


def test_an_answer_that_fails_again_and_again_is_given_up_and_the_decision_stays(inbox: Bench) -> None:
    def broken(_intake: Intake) -> ShipmentResult:
        raise ValueError("a fault of the program")

    with pytest.raises(ValueError, match="a fault"):
        _decide(inbox, clear=broken)
    assert [inbox.watch(broken).put_off[0].why for _ in range(3)] == ["failed"] * 3
    assert inbox.watch(broken).handled == (Handled("acme", "R-1", None, None),)
    assert inbox.watched() == []
    assert len(inbox.workshop.decisions.of("acme", "R-1")) == 1


def test_a_note_that_nobody_of_us_wrote_is_taken_away(inbox: Bench) -> None:
    inbox.exchange.put_new("watch/owed/x-1", b"{", media_type="application/json")
    inbox.exchange.put_new("watch/owed/y-1", b'{"broker":"x","reference":"y"}', media_type="application/json")
    inbox.watch()
    assert inbox.watched() == []
    assert inbox.outbox() == ANSWERED[:2]


def test_as_many_answers_are_given_at_one_look_as_it_takes_shipments(inbox: Bench) -> None:
    for number in range(5):
        note = f'{{"broker":"x","reference":"{number}"}}'.encode()
        inbox.exchange.put_new(f"watch/owed/{number}-1", note, media_type="application/json")
    counts = [len(inbox.watch(watcher=Watcher(InboxRules(shipments=2))).handled) for _ in range(4)]
    assert counts == [2, 2, 1, 0]


def _state(inbox: Bench) -> dict[str, object]:
    """All that must be the same whether somebody was killed or not."""
    archive = inbox.workshop.archive
    revisions = archive.revisions("acme", "R-1")
    store = inbox.workshop.quarantine.store
    return {
        "results": [archive.result("acme", "R-1", number).status for number in revisions],
        "decided": [len(archive.intake("acme", "R-1", number).decisions) for number in revisions],
        "begun": [key for key in store.list("shipments/") if key.endswith("intake.json")],
        "decisions": [(one.number, one.decision.by) for one in inbox.workshop.decisions.of("acme", "R-1")],
        "outbox": inbox.outbox(),
        "watch": inbox.watched(),
    }


def test_whoever_is_killed_after_any_write_leaves_an_answer_that_the_next_look_gives(
    cleared: Path, tmp_path: Path
) -> None:
    with _copied(cleared, tmp_path / "undisturbed") as inbox:
        before = _state(inbox)
        _decide(inbox)
        expected = _state(inbox)
    assert (expected["decided"], expected["watch"]) == ([0, 1], [])
    for writes in count(1):
        with _copied(cleared, tmp_path / str(writes)) as inbox:
            is_killed = _decided_until_killed(inbox, writes)
            is_decided = bool(inbox.workshop.decisions.of("acme", "R-1"))
            inbox.ahead *= 30
            assert inbox.watch(_for_real(inbox.workshop)).put_off == ()
            # Of who was killed after his note was gone, the lease stays, which nobody needs to look at again.
            state = {**_state(inbox), "watch": [key for key in inbox.watched() if "/lease/" not in key]}
        assert state == (expected if is_decided else before), f"killed after {writes} writes"
        if not is_killed:
            break
    assert writes > 8


def _decided_until_killed(inbox: Bench, writes: int) -> bool:
    with open_workshop(_settings(inbox)) as workshop:
        killed = mortal(Bench(workshop, inbox.root, inbox.exchange, inbox.ahead), Life(writes))
        answers = Answers(killed.workshop, killed.exchange, killed.now, Watcher(holder="first"))
        decide = partial(decided, "R-1", "1", WISH, killed.workshop)
        try:
            answers.after("acme", "R-1", decide, _for_real(killed.workshop))
        except KilledError:
            return True
    return False
