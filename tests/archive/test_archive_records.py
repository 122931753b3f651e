"""One submission, one result: through repetition, competition and sudden death at any write."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.archive import Archive
from archive.errors import Conflict, NameTooLong, ObjectMissing, OriginalDamaged, RecordDamaged
from archive.keys import Revision, original
from archive.stores.local import LocalStore
from archive.stores.protocol import Lock, ObjectStore
from schemas.results import ShipmentResult, Status, Submission
from tests.archived import AS_OF, PAPERS, archive_in, clear, finished, result_of, sha256, submission

OTHERS = {
    "other papers": submission(papers={"invoice.pdf": b"the invoice"}),
    "other names": submission(papers={f"2 {name}": content for name, content in PAPERS.items()}),
    "another day": submission(as_of=AS_OF + dt.timedelta(days=1)),
    "other rules": submission(rules="2"),
}
# Two originals, intake, outcome, declaration, result.
WRITES = 6


class Killed(BaseException):
    """Nothing after it runs in the killed worker."""


@dataclass
class Watched:
    """A store that does something just before, or just after, its n-th write."""

    store: ObjectStore
    at: int
    act: Callable[[], object]
    after: bool = False
    writes: int = field(default=0, init=False)

    def put_new(
        self, key: str, content: bytes | Path, *, media_type: str, sha256: str | None = None, lock: Lock | None = None
    ) -> bool:
        self.writes += 1
        if self.writes == self.at and not self.after:
            self.act()
        created = self.store.put_new(key, content, media_type=media_type, sha256=sha256, lock=lock)
        if self.writes == self.at and self.after:
            self.act()
        return created

    def get(self, key: str) -> bytes:
        return self.store.get(key)

    def exists(self, key: str) -> bool:
        return self.store.exists(key)

    def fetch(self, key: str, target: Path, *, sha256: str | None = None) -> None:
        self.store.fetch(key, target, sha256=sha256)

    def link(self, key: str, seconds: int) -> str:
        return self.store.link(key, seconds)

    def list(self, prefix: str) -> Iterator[str]:
        return self.store.list(prefix)


def die() -> None:
    raise Killed


def everything(store: ObjectStore) -> dict[str, bytes]:
    return {key: store.get(key) for key in store.list("")}


@pytest.fixture
def local(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "archive")


def test_a_cleared_shipment_is_kept_whole(store: ObjectStore) -> None:
    archive = archive_in(store)
    result = clear(archive, submission("A 1/ä"))
    folder = "shipments/local/A%201%2F%C3%A4/1"
    names = ("declaration.json", "intake.json", "outcome.json", "result.json")
    assert set(store.list("")) == {original(sha256(content)) for content in PAPERS.values()} | {
        f"{folder}/{name}" for name in names
    }
    assert archive.result("local", "A 1/ä") == archive.find(submission("A 1/ä")) == result
    assert json.loads(store.get(f"{folder}/declaration.json"))["currency"] == "EUR"
    assert json.loads(store.get(f"{folder}/result.json")) == json.loads(result.to_json())
    assert archive.revisions("local", "A 1/ä") == (1,)


def test_the_time_of_receipt_is_kept_in_utc(local: LocalStore) -> None:
    intake = archive_in(local).begin(submission())
    assert intake.received_at == dt.datetime(2026, 3, 1, 19, tzinfo=dt.UTC)
    assert json.loads(local.get("shipments/local/A-1/1/intake.json"))["received_at"] == "2026-03-01T19:00:00Z"


@pytest.mark.parametrize("status", ["held", "rejected"])
def test_only_a_clear_shipment_gets_a_declaration(local: LocalStore, status: Status) -> None:
    assert clear(archive_in(local), submission(), status=status).status == status
    assert [key for key in local.list("shipments/") if "declaration" in key] == []


def test_the_same_submission_again_gives_the_stored_result_and_writes_nothing(store: ObjectStore) -> None:
    first = clear(archive_in(store), submission())
    before = everything(store)
    papers = dict(reversed(PAPERS.items()))
    again = archive_in(Watched(store, at=1, act=die))
    assert clear(again, submission(papers=papers), status="held") == first
    assert everything(store) == before


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_other_papers_day_or_rules_make_the_next_revision_and_leave_the_first(
    local: LocalStore, other: Submission
) -> None:
    archive = archive_in(local)
    first = clear(archive, submission())
    before = everything(local)
    second = clear(archive, other, status="held")
    assert (first.revision, second.revision, archive.revisions("local", "A-1")) == (1, 2, (1, 2))
    assert archive.result("local", "A-1") == second
    assert archive.result("local", "A-1", 1) == archive.find(submission()) == first
    assert everything(local).items() >= before.items()


def test_the_same_papers_of_another_reference_or_broker_are_another_shipment(local: LocalStore) -> None:
    archive = archive_in(local)
    theirs = submission().model_copy(update={"broker": "other"})
    assert [clear(archive, one).revision for one in (submission("A-1"), submission("A-2"), theirs)] == [1, 1, 1]
    assert sorted(archive.finished()) == [
        Revision("local", "A-1", 1),
        Revision("local", "A-2", 1),
        Revision("other", "A-1", 1),
    ]


@given(st.permutations([("a.pdf", b"1"), ("b.pdf", b"2"), ("c.pdf", b"1")]))
def test_the_order_of_the_files_does_not_matter(papers: list[tuple[str, bytes]]) -> None:
    assert submission(papers=dict(papers)).identity == submission(papers=dict(sorted(papers))).identity


def test_whatever_decides_the_outcome_is_in_the_identity() -> None:
    theirs = submission().model_copy(update={"broker": "other"})
    swapped = submission(papers=dict(zip(PAPERS, reversed(PAPERS.values()), strict=True)))
    all_of_them = [submission(), submission("A-2"), theirs, swapped, *OTHERS.values()]
    assert len({one.identity for one in all_of_them}) == len(all_of_them)


@pytest.mark.parametrize("after", [False, True], ids=["before the write", "after the write"])
@pytest.mark.parametrize("at", range(1, WRITES + 1))
def test_a_worker_killed_at_any_write_and_run_again_ends_the_same(local: LocalStore, at: int, *, after: bool) -> None:
    whole = LocalStore(local.root.parent / "whole")
    expected = clear(archive_in(whole), submission())
    with pytest.raises(Killed):
        clear(archive_in(Watched(local, at=at, act=die, after=after)), submission())
    assert clear(archive_in(local), submission()) == expected
    assert everything(local) == everything(whole)


def test_there_is_no_write_that_the_killings_miss(local: LocalStore) -> None:
    watched = Watched(local, at=0, act=die)
    clear(archive_in(watched), submission())
    assert watched.writes == WRITES


@pytest.mark.parametrize("at", range(1, WRITES + 1))
def test_two_workers_on_one_submission_make_one_revision(local: LocalStore, at: int) -> None:
    rival = archive_in(local)
    mine = clear(archive_in(Watched(local, at=at, act=lambda: clear(rival, submission()))), submission())
    assert mine == archive_in(local).result("local", "A-1")
    assert archive_in(local).revisions("local", "A-1") == (1,)
    assert len(list(local.list("shipments/"))) == 4


@pytest.mark.parametrize("mine", ["clear", "held"])
@pytest.mark.parametrize("at", range(1, WRITES + 1))
def test_a_declaration_never_stands_beside_a_result_that_holds_it(local: LocalStore, at: int, mine: Status) -> None:
    theirs: Status = "held" if mine == "clear" else "clear"
    rival = archive_in(local)
    watched = Watched(local, at=at, act=lambda: clear(rival, submission(), status=theirs))
    told = clear(archive_in(watched), submission(), status=mine)
    kept = archive_in(local).result("local", "A-1")
    assert told == kept
    assert local.exists("shipments/local/A-1/1/declaration.json") == (kept.status == "clear")
    assert archive_in(local).revisions("local", "A-1") == (1,)


@pytest.mark.parametrize("theirs", ["clear", "held"])
@pytest.mark.parametrize("at", range(1, WRITES))
def test_a_killed_worker_settles_the_outcome_or_leaves_it_open(local: LocalStore, at: int, theirs: Status) -> None:
    mine: Status = "held" if theirs == "clear" else "clear"
    with pytest.raises(Killed):
        clear(archive_in(Watched(local, at=at, act=die, after=True)), submission(), status=theirs)
    told = clear(archive_in(local), submission(), status=mine)
    settled = at >= 4
    assert told.status == (theirs if settled else mine)
    assert local.exists("shipments/local/A-1/1/declaration.json") == (told.status == "clear")


@pytest.mark.parametrize("at", range(1, WRITES + 1))
def test_two_submissions_at_once_make_two_revisions(local: LocalStore, at: int) -> None:
    other = OTHERS["other papers"]
    rival = archive_in(local)
    watched = Watched(local, at=at, act=lambda: clear(rival, other, {"invoice.pdf": b"the invoice"}))
    mine = clear(archive_in(watched), submission())
    theirs = rival.find(other)
    assert theirs is not None
    assert {mine.revision, theirs.revision} == set(rival.revisions("local", "A-1")) == {1, 2}
    assert rival.find(submission()) == mine


def test_many_workers_at_once_make_one_revision_of_each_submission(store: ObjectStore) -> None:
    handed_in = [submission(), OTHERS["other rules"], submission("A-2")] * 2
    start = Barrier(len(handed_in))

    def work(one: Submission) -> ShipmentResult:
        start.wait()
        return clear(archive_in(store), one)

    with ThreadPoolExecutor(len(handed_in)) as pool:
        results = list(pool.map(work, handed_in))
    assert results[:3] == results[3:]
    assert {(one.reference, one.revision) for one in results} == {("A-1", 1), ("A-1", 2), ("A-2", 1)}
    assert len(list(archive_in(store).finished())) == 3


def test_an_unfinished_revision_is_begun_but_has_no_result(local: LocalStore) -> None:
    archive = archive_in(local)
    clear(archive, submission())
    begun = archive.begin(OTHERS["other rules"])
    assert begun.revision == 2
    assert archive.begin(OTHERS["other rules"]) == archive.intake("local", "A-1", 2) == begun
    assert archive.find(OTHERS["other rules"]) is None
    assert archive.revisions("local", "A-1") == (1,)
    assert archive.result("local", "A-1").revision == 1
    assert list(archive.finished()) == [Revision("local", "A-1", 1)]
    with pytest.raises(ObjectMissing):
        archive.result("local", "A-1", 2)


def test_a_later_revision_may_finish_first(local: LocalStore) -> None:
    archive = archive_in(local)
    begun = archive.begin(submission())
    second = clear(archive, OTHERS["other rules"])
    assert (second.revision, archive.result("local", "A-1")) == (2, second)
    first = archive.commit(begun, result_of(begun))
    assert archive.revisions("local", "A-1") == (1, 2)
    assert archive.record(Revision("local", "A-1", 1)) == finished(archive, first)


@pytest.mark.parametrize("name", ["reference", "broker", "revision", "as_of"])
def test_a_result_is_committed_with_its_own_intake_alone(local: LocalStore, name: str) -> None:
    archive = archive_in(local)
    intake = archive.begin(submission())
    strange = {"reference": "A-2", "broker": "other", "revision": 2, "as_of": AS_OF + dt.timedelta(days=1)}[name]
    with pytest.raises(Conflict):
        archive.commit(intake, result_of(intake).model_copy(update={name: strange}))
    assert archive.find(submission()) is None


def test_a_revision_is_committed_by_its_own_submission_alone(local: LocalStore) -> None:
    archive = archive_in(local)
    intake = archive.begin(submission())
    other = intake.model_copy(update={"rules": "2"})
    with pytest.raises(Conflict):
        archive.commit(other, result_of(other))
    nobodys = intake.model_copy(update={"revision": 2})
    with pytest.raises(ObjectMissing):
        archive.commit(nobodys, result_of(nobodys))


def test_a_clear_result_without_a_declaration_is_refused(local: LocalStore) -> None:
    archive = archive_in(local)
    intake = archive.begin(submission())
    with pytest.raises(Conflict, match="no declaration"):
        archive.commit(intake, result_of(intake).model_copy(update={"declaration": None}))


def test_a_shipment_that_never_came_has_nothing(local: LocalStore) -> None:
    archive = archive_in(local)
    assert archive.find(submission()) is None
    assert archive.revisions("local", "A-1") == ()
    with pytest.raises(ObjectMissing):
        archive.result("local", "A-1")


def test_a_reference_too_long_is_refused_before_anything_is_written(local: LocalStore) -> None:
    with pytest.raises(NameTooLong):
        archive_in(local).begin(submission("x" * 101))
    assert everything(local) == {}


def test_an_original_is_stored_once_whatever_brings_it(store: ObjectStore, tmp_path: Path) -> None:
    archive = archive_in(store)
    paper = tmp_path / "scan.pdf"
    paper.write_bytes(b"content")
    first = archive.put_original(paper, media_type="application/pdf")
    again = archive.put_original(b"content", media_type="application/pdf")
    assert (first.created, again.created) == (True, False)
    assert first.sha256 == again.sha256 == sha256(b"content")
    assert first.key == original(first.sha256)
    assert first.size == again.size == len(b"content")
    assert archive.original(first.sha256) == b"content"
    assert list(store.list("")) == [first.key]


def test_an_original_that_changed_in_the_store_is_never_handed_out(local: LocalStore) -> None:
    archive = archive_in(local)
    kept = archive.put_original(b"content", media_type="application/pdf")
    (local.root / kept.key).unlink()
    (local.root / kept.key).write_bytes(b"altered")
    with pytest.raises(OriginalDamaged, match=kept.sha256):
        archive.original(kept.sha256)


def test_a_record_that_cannot_be_read_back_is_named(local: LocalStore) -> None:
    local.put_new("shipments/local/A-1/1/intake.json", b'{"broker": "local"}', media_type="application/json")
    with pytest.raises(RecordDamaged, match=r"A-1/1/intake\.json"):
        archive_in(local).begin(submission())


def test_originals_missing_from_the_archive_are_missing(local: LocalStore) -> None:
    with pytest.raises(ObjectMissing):
        Archive(local, dt.datetime.now).original(sha256(b"never seen"))
