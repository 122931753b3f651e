"""What people say of pages is written once, counted like decisions, and stands in the journal and in evidence packs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from archive.assignments import Assignments
from archive.errors import Conflict, RecordDamaged
from archive.evidence.summary import Case, sections
from archive.journal.entering import enter
from archive.keys import Revision
from archive.stores.protocol import ObjectStore
from schemas.assignments import AssignedPaper, PageAssignment, PageName
from tests.archived import PAPERS, archive_in, result_of, sha256, submission
from tests.journals import Desk, key_named

AT = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
FILE = sha256(PAPERS["invoice.pdf"])


def _assignment(page: int = 1, *, by: str = "ann", minute: int = 0, revision: int = 1) -> PageAssignment:
    name = PageName(sha256=FILE, page=page)
    papers = (AssignedPaper(type="packing_list", pages=(name,)),)
    at = AT.replace(minute=minute)
    return PageAssignment(revision=revision, number=1, page=name, papers=papers, by=by, at=at, reason="no invoice")


def test_assignments_are_numbered_without_gaps_and_read_back_in_their_order(store: ObjectStore) -> None:
    archive, kept = archive_in(store), Assignments(store)
    archive.begin(submission())
    told = [kept.record("local", "A-1", _assignment(page, minute=page), known=()) for page in (1, 2, 3)]
    archive.begin(submission(rules="2"))
    told.append(kept.record("local", "A-1", _assignment(revision=2), known=told))
    assert [(one.revision, one.number) for one in told] == [(1, 1), (1, 2), (1, 3), (2, 1)]
    assert kept.of("local", "A-1") == tuple(told)
    assert kept.of("local", "A-2") == ()


def test_an_assignment_told_twice_is_one(store: ObjectStore) -> None:
    kept = Assignments(store)
    first = kept.record("local", "A-1", _assignment(), known=())
    assert kept.record("local", "A-1", _assignment(), known=()) == first


def test_of_one_page_the_first_word_stands_and_whoever_did_not_see_it_is_told(store: ObjectStore) -> None:
    kept = Assignments(store)
    first = kept.record("local", "A-1", _assignment(), known=())
    with pytest.raises(Conflict, match="ann sorted these pages meanwhile"):
        kept.record("local", "A-1", _assignment(by="bob"), known=())
    assert kept.record("local", "A-1", _assignment(by="bob"), known=(first,)).number == 2


def test_an_assignment_that_cannot_be_read_is_told(store: ObjectStore) -> None:
    archive_in(store).begin(submission())
    store.put_new(Revision("local", "A-1", 1).correction(1), b"{}", media_type="application/json")
    with pytest.raises(RecordDamaged, match="PageAssignment"):
        Assignments(store).of("local", "A-1")


def test_the_journal_tells_who_sorted_pages_apart_from_the_decision_of_that_number(tmp_path: Path) -> None:
    journal = Desk(tmp_path, (key_named(),)).writer()
    archive_in(journal.store).begin(submission())  # type: ignore[arg-type]  # a local store is both
    kept = Assignments(journal.store)  # type: ignore[arg-type]  # likewise
    kept.record("local", "A-1", _assignment(), known=())
    revision = Revision("local", "A-1", 1)
    enter(journal, revision, AT)
    (entry,) = [one.entry for one in journal.entries_of("local", "A-1") if one.entry.kind == "decided"]
    assert (entry.about, entry.by, entry.at, entry.told) == ("corrections/1", "ann", AT, {"action": "assign_pages"})
    assert set(entry.records) == {revision.correction(1)}
    assert enter(journal, revision, AT) == 0


def test_an_evidence_pack_says_which_pages_a_person_sorted_and_why(store: ObjectStore) -> None:
    intake = archive_in(store).begin(submission())
    case = Case([intake], [result_of(intake)], (), (), {}, AT, "auditor", [_assignment(2, by="ann")])
    section = next(one for one in sections(case) if one.title == "Pages that people sorted")
    assert section.table[1] == (
        "1", "2026-03-02 08:00:00", "ann", "clerk", None, "packing list", "invoice.pdf p. 2", "no invoice",
    )  # fmt: skip
