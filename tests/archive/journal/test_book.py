"""What is entered is entered once, by however many writers, whoever of them is killed, and can be proved."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TypeVar

import pytest
from typing_extensions import override

from archive.errors import JournalDamaged, RegisterUnavailable, StoreUnavailable
from archive.journal import merkle
from archive.journal.batches import batch_key, batch_of
from archive.journal.book import Journal
from archive.journal.checkpoints import checkpoint_of
from archive.journal.index import JournalIndex
from archive.journal.merkle import verify_consistency
from archive.journal.ports import JournalStore
from archive.journal.publishing import copy_checkpoint, publish, write_full_tiles
from archive.journal.verifying import Trust, verify
from archive.keys import Revision
from archive.stores.local import LocalStore
from archive.stores.s3 import S3Store
from archive.stores.s3_client import S3Settings
from schemas.journal import MOST_RECORDS, JournalEntry, entry_of
from tests.journals import AT, Desk, event

T = TypeVar("T")


def test_an_entry_is_read_back_from_its_bytes_and_from_no_other_writing_of_them() -> None:
    entry = event(1).model_copy(update={"reference": "Größe 7", "told": {"status": "clear"}})
    assert entry_of(entry.leaf) == entry
    assert entry.leaf.isascii()
    for wrong in (entry.leaf.replace(b":", b": ", 1), entry.leaf[:-1], entry.leaf.replace(b'"v":1', b'"v":2'), b"[]"):
        with pytest.raises(ValueError, match=r"entry|form|Expecting|delimiter|JSON"):
            entry_of(wrong)


@pytest.mark.parametrize("value", ["Sunrise Ltd", "a b", "", "Größe", "x" * 201])
def test_an_entry_takes_no_text_of_a_paper(value: str) -> None:
    with pytest.raises(ValueError, match="told"):
        JournalEntry(kind="found", at=AT, by="clerk", broker="local", told={"status": value})


def test_an_entry_of_as_many_records_as_it_takes_fits_into_a_bundle() -> None:
    key = "shipments/" + "%E6" * 66 + "/" + "%E6" * 66 + "/999/declaration.ubl_certificate_of_origin.xml"
    records = {f"{key}{number}": "ab" * 32 for number in range(MOST_RECORDS // 2)}
    entry = JournalEntry(kind="declared", at=AT, by="x" * 100, broker="b", reference="r", records=records)
    assert len(entry.leaf) < 65_536
    originals = {f"originals/sha256/ab/cd/{number:064x}": "ab" * 32 for number in range(MOST_RECORDS)}
    assert len(JournalEntry(kind="received", at=AT, by="c", broker="b", records=originals).leaf) < 65_536


def test_the_same_event_told_again_is_entered_once(desk: Desk) -> None:
    journal = desk.writer()
    assert journal.append([event(1), event(2), event(1)]) == 2
    assert journal.append([event(2, at=AT.replace(hour=11)), event(3)]) == 1
    assert [placed.entry.at for placed in journal.entries_of("local", "R-2")] == [AT]
    assert journal.size == 3
    assert journal.append([event(1)]) == 0
    assert not desk.path(batch_key(2)).exists()


def test_a_writer_who_knows_nothing_finds_what_was_entered_before_him(desk: Desk) -> None:
    desk.writer().append([event(1), event(2)])
    other = desk.writer("other")
    assert other.append([event(2), event(3)]) == 1
    assert [placed.position for placed in other.entries_of("local", "R-3")] == [2]
    assert desk.verified().troubles == ()


def test_an_index_filled_from_the_batches_is_the_one_that_grew_with_them(desk: Desk) -> None:
    journal = desk.writer()
    for number in range(300):
        journal.append([event(number), event(number, "read")])
    other = desk.writer("other")
    assert other.catch_up() == 600
    assert other.index.end() == journal.index.end()
    assert [other.index.subtree(8, one) for one in (0, 1)] == [journal.index.subtree(8, one) for one in (0, 1)]
    journal.index.forget()
    assert journal.size == 0
    assert journal.catch_up() == 600
    assert journal.index.end() == other.index.end()


def test_an_index_that_lost_a_hash_says_how_it_is_made_anew(desk: Desk) -> None:
    journal = desk.writer()
    journal.append([event(1)])
    with pytest.raises(JournalDamaged, match=r"1 of 2 hashes; .*`tidewaiter register rebuild`"):
        journal.index.hashes(0, 2)


def test_every_entry_is_proved_in_every_later_checkpoint(desk: Desk) -> None:
    journal = desk.writer()
    checkpoints: list[str] = []
    for number in range(40):
        journal.append([event(number), event(number, "found")])
        checkpoints.append(journal.checkpoint_now() or "")
    keys = [key.verifier for key in journal.keys]
    for number, text in enumerate(checkpoints):
        head = checkpoint_of(text.encode(), keys, "checkpoint").head
        for placed in journal.entries_of("local", f"R-{number // 2}"):
            proof = journal.proof(placed, text, head.size)
            assert proof.proves(placed.entry.leaf, head)
        last = checkpoint_of(checkpoints[-1].encode(), keys, "checkpoint").head
        assert verify_consistency(head, last, journal.consistency(head.size, last.size))


def test_without_a_key_events_are_entered_and_no_checkpoint_is_signed(tmp_path: Path) -> None:
    journal = Desk(tmp_path, ()).writer()
    journal.append([event(1)])
    assert journal.checkpoint_now() is None
    assert publish(journal) is None
    assert Desk(tmp_path, ()).verified().signed == 0


def test_the_journal_of_another_archive_is_not_gone_on_with(desk: Desk, tmp_path: Path) -> None:
    desk.writer().append([event(1)])
    stranger = Desk(tmp_path / "stranger", desk.keys)
    stranger.writer().append([event(9)])
    stranger.writer().append([event(8)])
    mixed = replace(desk.writer(), store=stranger.writer().store)
    with pytest.raises(JournalDamaged, match="verify"):
        mixed.append([event(2)])


def _entered_by_several(journals: list[Journal], shipments: int) -> list[int]:
    """Each writer tells of every shipment, and of one thing of its own about each; all at once."""
    barrier = threading.Barrier(len(journals))

    def write(place: int) -> int:
        barrier.wait()
        own = (replace_kind(number, place) for number in range(shipments))
        return sum(journals[place].append([event(number), told]) for number, told in enumerate(own))

    with ThreadPoolExecutor(len(journals)) as pool:
        return list(pool.map(write, range(len(journals))))


def replace_kind(number: int, place: int) -> JournalEntry:
    return event(number, "viewed").model_copy(update={"about": f"writer-{place}"})


@pytest.mark.parametrize("registers", ["one register", "a register for each"])
def test_of_several_writers_at_once_nothing_is_lost_and_nothing_entered_twice(registers: str, desk: Desk) -> None:
    journals = [desk.writer("register" if registers == "one register" else str(place)) for place in range(4)]
    written = _entered_by_several(journals, 15)
    assert sum(written) == 15 + 4 * 15
    found = desk.verified()
    assert found.troubles == ()
    assert found.head.size == 15 + 4 * 15
    assert {journal.catch_up() >= 0 and journal.index.end().tree for journal in journals} == {
        journals[0].index.end().tree
    }


def test_several_writers_on_a_real_s3_server_end_with_one_journal(s3_settings: S3Settings, tmp_path: Path) -> None:
    store = S3Store(s3_settings)
    journals = [Journal(store, JournalIndex(tmp_path / f"{place}.sqlite")) for place in range(3)]
    assert sum(_entered_by_several(journals, 5)) == 5 + 3 * 5
    publish(journals[0])
    late = Journal(store, JournalIndex(tmp_path / "late.sqlite"))
    assert late.catch_up() == 20


class KilledError(BaseException):
    """Like the signal it stands for, no handler of errors catches it."""


@dataclass
class MortalStore:
    """A store as a process uses it that is killed after so many writes, or right before the next one."""

    store: JournalStore
    left: int

    def _write(self, work: Callable[[], T]) -> T:
        if self.left <= 0:
            raise KilledError
        self.left -= 1
        done = work()
        if self.left <= 0:
            raise KilledError
        return done

    def put_new(self, key: str, content: bytes, *, media_type: str) -> bool:
        return self._write(lambda: self.store.put_new(key, content, media_type=media_type))

    def get(self, key: str) -> bytes:
        return self.store.get(key)

    def list(self, prefix: str) -> Iterator[str]:
        return self.store.list(prefix)


def _day(journal: Journal) -> None:
    """More than a tile's worth of events, with tiles and checkpoints in between and at the end."""
    for number in range(3):
        journal.append([event(place) for place in range(number * 100, number * 100 + 130)])
        journal.checkpoint_now()
        write_full_tiles(journal)
    publish(journal)


def _stored(desk: Desk) -> dict[str, bytes]:
    store = LocalStore(desk.folder / "store")
    return {key: store.get(key) for key in store.list("journal/")}


@pytest.mark.parametrize("heir", ["the same machine", "another one"])
def test_whoever_is_killed_after_any_write_leaves_a_journal_that_the_next_one_completes(
    heir: str, desk: Desk, tmp_path: Path
) -> None:
    undisturbed = Desk(tmp_path / "undisturbed", desk.keys)
    _day(undisturbed.writer())
    expected = _stored(undisturbed)
    for writes in count(1):
        killed = Desk(tmp_path / str(writes), desk.keys)
        journal = killed.writer()
        try:
            _day(replace(journal, store=MortalStore(journal.store, writes)))
        except KilledError:
            _day(killed.writer("register" if heir == "the same machine" else "other"))
        else:
            break
        assert killed.verified().troubles == ()
        state = _stored(killed)
        assert {key: state[key] for key in expected} == expected, f"killed after {writes} writes"
        assert set(state) == set(expected)
    assert writes > 10


class _IndexLost(JournalIndex):
    """A register that does not answer any more once a batch is written."""

    @override
    def add(self, *_: object) -> bool:
        raise RegisterUnavailable("locked", "register", remedy="run again")


def test_a_register_that_stumbles_after_the_batch_is_written_makes_no_second_entry(desk: Desk, tmp_path: Path) -> None:
    journal = desk.writer()
    journal.append([event(1)])
    with pytest.raises(RegisterUnavailable):
        replace(journal, index=_IndexLost(tmp_path / "register.sqlite")).append([event(2)])
    assert desk.writer().append([event(2), event(3)]) == 1
    assert [entry.reference for entry in batch_of(journal.store.get(batch_key(1)), 1).entries] == ["R-2"]


@dataclass
class _Crowded(MortalStore):
    """A store in which somebody else always has the next number first."""

    ahead: Journal | None = None

    @override
    def put_new(self, key: str, content: bytes, *, media_type: str) -> bool:
        number = int(key.rpartition("/")[2])
        if self.ahead and number < self.left:
            self.ahead.append([event(1000 + number)])
        return self.store.put_new(key, content, media_type=media_type)


def test_a_writer_who_comes_late_many_times_goes_on_until_he_has_a_number(desk: Desk) -> None:
    journal, other = desk.writer("one"), desk.writer("other")
    crowded = replace(journal, store=_Crowded(journal.store, 20, other))
    assert crowded.append([event(1), event(1003)]) == 1
    assert [placed.position for placed in crowded.entries_of("local", "R-1")] == [20]
    assert desk.verified().troubles == ()


@dataclass
class _LosingAnswers(MortalStore):
    """A store whose answer to each write gets lost: what was written is there, and its writer is told False."""

    @override
    def put_new(self, key: str, content: bytes, *, media_type: str) -> bool:
        self.store.put_new(key, content, media_type=media_type)
        return False


def test_a_writer_whose_answer_got_lost_finds_his_own_entries(desk: Desk) -> None:
    journal = desk.writer()
    losing = replace(journal, store=_LosingAnswers(journal.store, 0))
    assert losing.append([event(1), event(2)]) == 0
    assert journal.size == 2
    assert desk.verified().troubles == ()


@dataclass
class _Gone(MortalStore):
    @override
    def put_new(self, key: str, content: bytes, *, media_type: str) -> bool:
        del content, media_type
        raise StoreUnavailable("no answer", key, remedy="run again")


def test_a_store_that_is_away_leaves_nothing_half_entered(desk: Desk) -> None:
    journal = desk.writer()
    with pytest.raises(StoreUnavailable):
        replace(journal, store=_Gone(journal.store, 0)).append([event(1)])
    assert journal.append([event(1)]) == 1


def test_a_witness_keeps_checkpoints_and_tells_of_another_history(desk: Desk, tmp_path: Path) -> None:
    witness = LocalStore(tmp_path / "witness")
    journal = desk.writer()
    journal.append([event(1)])
    kept = journal.checkpoint_now() or ""
    key = "journal/checkpoints/000000000000001"
    copy_checkpoint(kept, key, witness)
    copy_checkpoint(kept, key, witness)
    assert witness.get(key).decode() == kept
    forged = Desk(tmp_path / "forged", desk.keys).writer()
    forged.append([event(2)])
    with pytest.raises(JournalDamaged, match="another checkpoint"):
        copy_checkpoint(forged.checkpoint_now() or "", key, witness)


def test_writers_on_several_machines_share_one_register(database: Path | str, tmp_path: Path) -> None:
    store = LocalStore(tmp_path / "store")
    journals = [Journal(store, JournalIndex(database)) for _ in range(3)]
    try:
        assert sum(_entered_by_several(journals, 10)) == 10 + 3 * 10
        journals[0].append([event(number, "found") for number in range(300)])
        assert journals[1].size == 340
        assert journals[2].entries_of("local", "R-7")[-1].entry.kind == "found"
        revision = Revision("local", "R-7", 1)
        for journal in journals:
            journal.index.owe(revision)
        assert journals[0].index.owed() == (revision,)
        journals[1].index.settle(revision)
        assert journals[2].index.owed() == ()
        proof = journals[0].inclusion(7, 340)
        assert merkle.verify_inclusion(journals[1].index.hashes(7, 8)[0], 7, proof, journals[2].head_at(340))
        assert verify(store, Trust(), index=journals[0].index).troubles == ()
    finally:
        for journal in journals:
            journal.index.close()
