"""Decisions are written once; of two people who decide at once neither overwrites the other."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from archive.decisions import Decisions
from archive.errors import Conflict, RecordDamaged
from archive.stores.protocol import ObjectStore
from schemas.decisions import FindingDecision
from schemas.findings import Decision, Finding
from tests.archived import archive_in, result_of, submission

AT = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
FINDING = Finding(code="line_arithmetic", severity="warning", message="Line 1 does not multiply out.")


def _decision(key: str = "a", *, by: str = "ann", revision: int = 1, minute: int = 0) -> FindingDecision:
    told = Decision(action="accept", by=by, at=AT.replace(minute=minute), reason="compared")
    return FindingDecision(revision=revision, number=1, key=key, position=1, finding=FINDING, decision=told)


def test_decisions_are_numbered_without_gaps_and_read_back_in_their_order(store: ObjectStore) -> None:
    archive, decisions = archive_in(store), Decisions(store)
    archive.begin(submission())
    kept = [decisions.record("local", "A-1", _decision(key)) for key in ("a", "b", "c")]
    archive.begin(submission(rules="2"))
    kept.append(decisions.record("local", "A-1", _decision("a", by="bob", revision=2)))
    assert [(one.revision, one.number) for one in kept] == [(1, 1), (1, 2), (1, 3), (2, 1)]
    assert decisions.of("local", "A-1") == tuple(kept)
    assert decisions.of("local", "A-2") == ()


def test_a_decision_told_twice_is_one(store: ObjectStore) -> None:
    decisions = Decisions(store)
    first = decisions.record("local", "A-1", _decision())
    assert decisions.record("local", "A-1", _decision(minute=5)) == first


def test_of_one_finding_the_first_decision_stands_and_the_other_person_is_told(store: ObjectStore) -> None:
    decisions = Decisions(store)
    decisions.record("local", "A-1", _decision())
    with pytest.raises(Conflict, match="ann decided this finding meanwhile"):
        decisions.record("local", "A-1", _decision(by="bob"))


def test_many_who_decide_at_once_each_keep_their_own(store: ObjectStore) -> None:
    archive_in(store).begin(submission())
    wanted = [_decision(f"finding {n}", by=f"clerk {n}") for n in range(12)]
    with ThreadPoolExecutor(6) as threads:
        kept = list(threads.map(lambda one: Decisions(store).record("local", "A-1", one), wanted))
    assert sorted(one.number for one in kept) == list(range(1, 13))
    assert {one.key for one in Decisions(store).of("local", "A-1")} == {one.key for one in wanted}


def test_whoever_knows_fewer_decisions_takes_the_revision_that_knows_more(store: ObjectStore) -> None:
    archive, decisions = archive_in(store), Decisions(store)
    base = archive.begin(submission())
    archive.commit(base, result_of(base, "held"))
    one, two = (decisions.record("local", "A-1", _decision(key)) for key in ("a", "b"))
    both = archive.begin(submission().model_copy(update={"decisions": (one, two)}))
    late = archive.begin(submission().model_copy(update={"decisions": (one,)}))
    assert (both.revision, late) == (2, both)
    finished = archive.commit(both, result_of(both))
    assert archive.find(submission().model_copy(update={"decisions": (one,)})) == finished


def test_an_identity_without_decisions_is_what_it_was_and_each_decision_changes_it() -> None:
    plain, one = submission(), _decision()
    decided = plain.model_copy(update={"decisions": (one,)})
    assert plain.identity == plain.undecided_identity == decided.undecided_identity
    assert len({plain.identity, decided.identity, decided.model_copy(update={"rules": "2"}).identity}) == 3
    assert decided.answers(plain)
    assert not plain.answers(decided)


def test_a_decision_that_cannot_be_read_back_is_an_error_that_names_its_key(store: ObjectStore) -> None:
    archive_in(store).begin(submission())
    store.put_new("shipments/local/A-1/1/decisions/1.json", b"{}", media_type="application/json")
    with pytest.raises(RecordDamaged, match=r"decisions/1\.json"):
        Decisions(store).of("local", "A-1")
