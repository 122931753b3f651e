"""What a killed process left is indexed at the next start, whose work does not grow with the archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.register import Register
from archive.stores.local import LocalStore
from schemas.results import Submission
from tests.archived import PAPERS, archive_in, result_of, submission
from tests.breadth import mostly_slow


def counting(asked: Counter[str], what: str, real: Callable[..., object]) -> Callable[..., object]:
    """A method of the store that counts how often it is called; of a listing, how many keys it gives."""

    def told(*given: object, **options: object) -> object:
        answer = real(*given, **options)
        if not isinstance(answer, Iterator):
            asked[what] += 1
            return answer
        keys = list(answer)
        asked[what] += len(keys)
        return iter(keys)

    return told


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
def archive(tmp_path: Path) -> Archive:
    return archive_in(LocalStore(tmp_path / "archive"))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """What the store is asked for from now on."""
    counted = Counter[str]()
    for what in ("get", "exists", "list"):
        monkeypatch.setattr(LocalStore, what, counting(counted, what, getattr(LocalStore, what)))
    return counted


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
    archive: Archive, asked: Counter[str], database: Path | str
) -> None:
    first = opened(database, archive)
    starts = []
    for number in range(40):
        clear(archive, first, submission(f"A-{number}"))
        if number in {0, 39}:
            asked.clear()
            opened(database, archive).close()
            starts.append(dict(asked))
    first.close()
    assert starts == [{"list": 1}] * 2


def test_what_was_begun_and_never_committed_is_asked_for_and_stays_noted(
    archive: Archive, database: Path | str
) -> None:
    register = opened(database, archive)
    register.note(archive.begin(submission("A-1")))
    assert register.catch_up(archive) == 0
    clear(archive, register, submission("A-1"))
    assert register.catch_up(archive) == 0
    assert listed(register) == ["A-1"]
    register.close()


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("write", mostly_slow(range(1, 8), quick={2, 5}))
def test_killed_at_any_write_nothing_that_was_committed_stays_unindexed(
    archive: Archive, database: Path | str, write: int, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
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
    archive: Archive, database: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
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


def test_a_new_register_looks_through_the_whole_archive_once(
    archive: Archive, asked: Counter[str], database: Path | str
) -> None:
    for number in range(3):
        intake = archive.begin(submission(f"A-{number}"))
        archive.commit(intake, result_of(intake))
    register = opened(database, archive)
    assert len(listed(register)) == 3
    asked.clear()
    assert register.catch_up(archive) == 0
    assert asked == {"list": 1}
    register.close()


def test_two_registers_on_one_archive_learn_of_each_others_shipments_at_their_next_start(
    archive: Archive, tmp_path: Path, database: Path | str
) -> None:
    """As on two machines with one bucket, where each has a SQLite file of its own."""
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
    archive: Archive, database: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
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
