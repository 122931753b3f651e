"""What a killed process left is indexed at the next start, whose work does not grow with the archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from typing_extensions import override

from archive.archive import Archive
from archive.register import Register
from archive.stores.local import LocalStore
from archive.stores.protocol import ObjectStore
from schemas.results import Submission
from tests.archived import PAPERS, archive_in, result_of, submission


class CountingStore(LocalStore):
    """Counts what it is asked, and what it lists."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.asked = Counter[str]()

    @override
    def get(self, key: str) -> bytes:
        self.asked["get"] += 1
        return super().get(key)

    @override
    def exists(self, key: str) -> bool:
        self.asked["exists"] += 1
        return super().exists(key)

    @override
    def list(self, prefix: str, *, start_after: str | None = None) -> Iterator[str]:
        for key in super().list(prefix, start_after=start_after):
            self.asked["listed"] += 1
            yield key


class Killed(BaseException):
    """The process is gone; nothing that it would have done later happens."""


def dying_at(write: int, when: str) -> Callable[..., bool]:
    """A store's `put_new` whose process is killed before or after the write of that number."""
    real: Callable[..., bool] = LocalStore.put_new
    numbers = count(1)

    def put_new(*told: object, **options: object) -> bool:
        number = next(numbers)
        if number == write and when == "before":
            raise Killed
        created = real(*told, **options)
        if number == write:
            raise Killed
        return created

    return put_new


@pytest.fixture
def counting(tmp_path: Path) -> CountingStore:
    return CountingStore(tmp_path / "archive")


def clear(archive: Archive, register: Register, handed_in: Submission) -> None:
    """As the steps do: what is about to be committed is noted first."""
    for content in PAPERS.values():
        archive.put_original(content, media_type="application/pdf")
    intake = archive.begin(handed_in)
    register.note(intake)
    register.record(intake, archive.commit(intake, result_of(intake)))


def cleared_until_killed(archive: Archive, register: Register, *references: str) -> None:
    try:
        for reference in references:
            clear(archive, register, submission(reference))
    except Killed:
        register.close()
        return
    pytest.fail("nobody was killed")


def listed(register: Register) -> list[str]:
    return [one.reference for one in register.shipments()]


def opened(database: Path | str, archive: Archive) -> Register:
    register = Register(database)
    register.catch_up(archive)
    return register


def test_a_start_asks_the_store_as_much_with_forty_shipments_as_with_one(
    counting: CountingStore, database: Path | str
) -> None:
    archive = archive_in(counting)
    first = opened(database, archive)
    asked = []
    for number in range(40):
        clear(archive, first, submission(f"A-{number}"))
        if number in {0, 39}:
            counting.asked.clear()
            opened(database, archive).close()
            asked.append(dict(counting.asked))
    first.close()
    assert asked == [{"listed": 1}] * 2


def test_what_was_begun_and_never_committed_is_asked_for_and_stays_noted(
    counting: CountingStore, database: Path | str
) -> None:
    archive = archive_in(counting)
    register = opened(database, archive)
    register.note(archive.begin(submission("A-1")))
    assert register.catch_up(archive) == 0
    clear(archive, register, submission("A-1"))
    assert register.catch_up(archive) == 0
    assert listed(register) == ["A-1"]
    register.close()


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("write", range(1, 8))
def test_killed_at_any_write_nothing_that_was_committed_stays_unindexed(
    tmp_path: Path, database: Path | str, write: int, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = archive_in(LocalStore(tmp_path / "archive"))
    opened(database, archive).close()
    with monkeypatch.context() as patched:
        patched.setattr(LocalStore, "put_new", dying_at(write, when))
        cleared_until_killed(archive, Register(database), "A-1", "A-2")
    again = opened(database, archive)
    assert listed(again) == [one.reference for one in archive.finished()]
    clear(archive, again, submission("A-1"))
    assert "A-1" in listed(again)
    again.close()


def test_killed_between_commit_and_record_it_is_indexed_at_the_next_start(
    tmp_path: Path, database: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = archive_in(LocalStore(tmp_path / "archive"))
    register = opened(database, archive)

    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Register, "record", die)
        cleared_until_killed(archive, register, "A-1")
    again = Register(database)
    assert listed(again) == []
    assert again.catch_up_with_noted(archive) == 1
    assert again.catch_up_with_noted(archive) == 0
    assert listed(again) == ["A-1"]
    again.close()


def test_a_new_register_looks_through_the_whole_archive_once(counting: CountingStore, database: Path | str) -> None:
    archive = archive_in(counting)
    for number in range(3):
        intake = archive.begin(submission(f"A-{number}"))
        archive.commit(intake, result_of(intake))
    register = opened(database, archive)
    assert len(listed(register)) == 3
    counting.asked.clear()
    assert register.catch_up(archive) == 0
    assert counting.asked == {"listed": 1}
    register.close()


def test_two_registers_on_one_archive_learn_of_each_others_shipments_at_their_next_start(
    tmp_path: Path, database: Path | str
) -> None:
    """As on two machines with one bucket, where each has a SQLite file of its own."""
    archive = archive_in(LocalStore(tmp_path / "archive"))
    here, there = opened(database, archive), opened(tmp_path / "there.sqlite", archive)
    clear(archive, here, submission("A-1"))
    clear(archive, there, submission("A-2"))
    assert (here.catch_up(archive), there.catch_up(archive)) == (1, 1)
    clear(archive, there, submission("A-3"))
    assert here.catch_up(archive) == 1
    assert sorted(listed(here)) == ["A-1", "A-2", "A-3"]
    here.close()
    there.close()


def test_a_catching_up_that_is_killed_is_done_anew(
    tmp_path: Path, database: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store: ObjectStore = LocalStore(tmp_path / "archive")
    archive = archive_in(store)
    for number in range(3):
        intake = archive.begin(submission(f"A-{number}"))
        archive.commit(intake, result_of(intake))
    register, record, left = Register(database), Register.record, iter([1])

    def record_one(self: Register, *told: object) -> None:
        if not next(left, 0):
            raise Killed
        record(self, *told)  # type: ignore[arg-type]  # what `record` itself was called with

    with monkeypatch.context() as patched:
        patched.setattr(Register, "record", record_one)
        with pytest.raises(Killed):
            register.catch_up(archive)
    assert len(listed(register)) == 1
    assert register.catch_up(archive) == 2
    register.close()
