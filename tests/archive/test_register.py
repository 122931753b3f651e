"""The register: what it answers, that it can be rebuilt, and what it says when it cannot be used."""

from __future__ import annotations

import datetime as dt
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from archive import databases
from archive import register as archive_register
from archive.archive import Archive, FinishedRevision
from archive.errors import RegisterUnavailable, RegisterUnusable
from archive.keys import Revision
from archive.register import ListedShipment, Register
from archive.stores.local import REGISTER, LocalStore
from archive.tables import Row
from schemas.ports import EarlierShipments
from schemas.results import Submission
from tests.archived import AS_OF, archive_in, clear, submission

ROOT = Path(__file__).parents[2]

# Clears the same shipment as all others, and one of its own, into one folder; says what became of them.
WORKER = """
import datetime as dt, sys
from pathlib import Path
from archive.archive import Archive
from archive.register import Register
from archive.stores.local import LocalStore
from tests.archived import clear, submission

root, name, address = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
archive = Archive(LocalStore(root), lambda: dt.datetime.now(dt.UTC))
register = Register(address if "://" in address else Path(address))
for handed_in in (submission("shared"), submission(f"own {name}"), submission("contended", rules=name)):
    result = clear(archive, handed_in, number=handed_in.reference)
    register.record(archive.intake("local", result.reference, result.revision), result)
    print(result.revision)
"""


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return archive_in(LocalStore(tmp_path))


@pytest.fixture
def in_a_file(tmp_path: Path) -> Iterator[Register]:
    register = Register(tmp_path / REGISTER)
    yield register
    register.close()


def add(archive: Archive, register: Register, handed_in: Submission, **told: str) -> None:
    result = clear(archive, handed_in, **told)  # type: ignore[arg-type]  # the keywords are those of `clear`
    register.record(archive.intake(result.broker, result.reference, result.revision), result)


def rows(database: Path | str) -> dict[str, list[tuple[object, ...]]]:
    """What is known of shipments; that a register knows of itself is left out."""
    engine = databases.engine_for(database)
    with engine.connect() as connection:
        found = {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in Row.metadata.sorted_tables
            if table.name not in {"register", "unfinished", "case_claims"}
        }
    engine.dispose()
    return found


def filled(archive: Archive, register: Register) -> None:
    add(archive, register, submission("A-1"))
    add(archive, register, submission("A-1", rules="2"), status="held")
    add(archive, register, submission("Ä 2", {"only.pdf": b"the invoice"}), status="rejected", number="X 1")
    add(archive, register, submission("A-1").model_copy(update={"broker": "other"}), exporter="Rossi S.p.A.")


def test_a_register_rebuilt_from_the_archive_has_equal_rows(
    archive: Archive, register: Register, database: Path | str, tmp_path: Path
) -> None:
    filled(archive, register)
    before = rows(database)
    assert all(before.values())
    assert register.rebuild(archive) == 4
    assert rows(database) == before
    anew = Register(tmp_path / "anew.sqlite")
    assert anew.shipments() == []
    assert anew.catch_up(archive) == 4
    anew.close()
    assert rows(tmp_path / "anew.sqlite") == before


def test_recording_twice_changes_nothing(archive: Archive, register: Register, database: Path | str) -> None:
    filled(archive, register)
    before = rows(database)
    filled(archive, register)
    assert rows(database) == before


def test_what_a_killed_process_committed_is_caught_up_with(archive: Archive, register: Register) -> None:
    add(archive, register, submission("A-1"))
    clear(archive, submission("A-2"))
    archive.begin(submission("unfinished"))
    assert register.earlier("local", "A-3").with_invoice("Sunrise Electronics", "INV-7") == ["A-1"]
    assert register.catch_up(archive) == 1
    assert register.earlier("local", "A-3").with_invoice("Sunrise Electronics", "INV-7") == ["A-1", "A-2"]
    assert register.catch_up(archive) == 0


def test_rebuilding_forgets_what_the_archive_does_not_have(
    archive: Archive, register: Register, tmp_path: Path
) -> None:
    elsewhere = archive_in(LocalStore(tmp_path / "elsewhere"))
    add(elsewhere, register, submission("A-9"))
    add(archive, register, submission("A-1"))
    assert register.rebuild(archive) == 1
    assert [one.reference for one in register.shipments()] == ["A-1"]


def test_rebuilding_passes_over_what_is_disposed_of_meanwhile(
    archive: Archive, register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(archive, register)
    record = Archive.record

    def just_removed(self: Archive, revision: Revision) -> FinishedRevision:
        if revision.broker == "other":
            LocalStore(tmp_path).remove(revision.result)
        return record(self, revision)

    monkeypatch.setattr(Archive, "record", just_removed)
    assert register.rebuild(archive) == 3
    assert {one.broker for one in register.shipments()} == {"local"}


def test_a_rebuilding_that_fails_leaves_the_rows_as_they_were(
    archive: Archive, register: Register, database: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(archive, register)
    before = rows(database)

    def fail(_: Archive, revision: Revision) -> NoReturn:
        raise KeyError(revision)

    monkeypatch.setattr(Archive, "record", fail)
    with pytest.raises(KeyError):
        register.rebuild(archive)
    assert rows(database) == before


def test_shipments_are_listed_with_the_status_of_their_latest_revision(archive: Archive, register: Register) -> None:
    filled(archive, register)
    first = dt.datetime(2026, 3, 1, 19, tzinfo=dt.UTC)
    assert register.shipments("local") == [
        ListedShipment("local", "A-1", 2, "held", AS_OF, first),
        ListedShipment("local", "Ä 2", 1, "rejected", AS_OF, first + dt.timedelta(minutes=2)),
    ]
    assert [one.broker for one in register.shipments()] == ["local", "local", "other"]
    assert register.shipments("nobody") == []


def test_an_earlier_shipment_with_the_invoice_is_found_whatever_the_spelling(
    archive: Archive, register: Register
) -> None:
    add(archive, register, submission("A-1"), number="INV-22/91")
    earlier: EarlierShipments = register.earlier("local", "A-2")
    assert list(earlier.with_invoice("SUNRISE ELECTRONICS COMPANY LIMITED", "inv 2291")) == ["A-1"]
    assert list(earlier.with_invoice("Sunrise Electronics", "INV-22/92")) == []
    assert list(earlier.with_invoice("Sunset Electronics", "INV-22/91")) == []
    assert list(register.earlier("other", "A-2").with_invoice("Sunrise Electronics", "INV-22/91")) == []


def test_an_exporter_read_with_a_wrong_letter_is_still_the_same(archive: Archive, register: Register) -> None:
    add(archive, register, submission("A-1"), exporter="Sunrlse Electr0nics Co., Ltd")
    assert register.earlier("local", "A-2").with_invoice("Sunrise Electronics", "INV-7") == ["A-1"]


def test_the_same_reference_of_another_broker_is_another_shipment(archive: Archive, register: Register) -> None:
    add(archive, register, submission("A-1").model_copy(update={"broker": "other"}), number="INV-7")
    add(archive, register, submission("A-1"), number="INV-8")
    assert register.earlier("local", "A-2").with_invoice("Sunrise Electronics", "INV-7") == []
    assert register.earlier("other", "A-2").with_invoice("Sunrise Electronics", "INV-7") == ["A-1"]


def test_a_shipment_is_not_its_own_earlier_one(archive: Archive, register: Register) -> None:
    add(archive, register, submission("A-1"))
    add(archive, register, submission("A-1", rules="2"))
    assert list(register.earlier("local", "A-1").with_invoice("Sunrise Electronics", "INV-7")) == []


def test_a_shipment_cleared_anew_does_not_find_the_one_that_came_after_it(archive: Archive, register: Register) -> None:
    for reference in ("B-1", "A-2", "A-3"):
        add(archive, register, submission(reference))
    earlier = {
        reference: list(register.earlier("local", reference).with_invoice("Sunrise Electronics", "INV-7"))
        for reference in ("B-1", "A-2", "A-3", "new")
    }
    assert earlier == {"B-1": [], "A-2": ["B-1"], "A-3": ["B-1", "A-2"], "new": ["B-1", "A-2", "A-3"]}


def test_of_two_received_at_one_moment_only_one_is_the_earlier(tmp_path: Path, register: Register) -> None:
    archive = Archive(LocalStore(tmp_path), lambda: dt.datetime(2026, 3, 2, tzinfo=dt.UTC))
    for reference in ("B", "A"):
        add(archive, register, submission(reference))
    assert register.earlier("local", "A").with_invoice("Sunrise Electronics", "INV-7") == []
    assert register.earlier("local", "B").with_invoice("Sunrise Electronics", "INV-7") == ["A"]


def test_an_invoice_of_a_replaced_revision_still_counts(archive: Archive, register: Register) -> None:
    add(archive, register, submission("A-1"))
    add(archive, register, submission("A-1", rules="2"), number="INV-8")
    for number in ("INV-7", "INV-8"):
        assert register.earlier("local", "A-2").with_invoice("Sunrise Electronics", number) == ["A-1"]


def test_without_a_number_or_a_name_nothing_is_found(archive: Archive, register: Register) -> None:
    for reference, number, exporter in (("A-1", "-", "!"), ("A-2", "-", "Acme"), ("A-3", "INV-1", "!")):
        add(archive, register, submission(reference), number=number, exporter=exporter)
    for exporter in ("!", "Acme"):
        for number in ("-", "INV-1"):
            assert register.earlier("local", "A-4").with_invoice(exporter, number) == []


@pytest.mark.slow
def test_several_processes_clear_and_record_on_one_folder(tmp_path: Path, database: Path | str) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, str(tmp_path), name, str(database)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in "abc"
    ]
    told = [process.communicate()[0].split() for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert [words[:2] for words in told] == [["1", "1"]] * 3
    assert sorted(words[2] for words in told) == ["1", "2", "3"]
    archive = archive_in(LocalStore(tmp_path))
    before = rows(database)
    assert len(before["revisions"]) == 7
    register = Register(database)
    register.rebuild(archive)
    register.close()
    assert rows(database) == before


def test_writers_at_once_record_all_of_their_shipments_and_none_twice(
    tmp_path: Path, database: Path | str, register: Register
) -> None:
    archive = archive_in(LocalStore(tmp_path))
    done = [clear(archive, submission(f"A-{number}")) for number in range(24)]
    several = [Register(database) for _ in range(4)]

    def record(mine: Register) -> None:
        for result in done:
            mine.record(archive.intake("local", result.reference, 1), result)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(record, several))
    for one in several:
        one.close()
    assert len(register.shipments()) == 24
    before = rows(database)
    register.rebuild(archive)
    assert rows(database) == before


def test_a_row_that_can_never_be_inserted_is_a_failure(
    archive: Archive, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_register, "shared_rows", lambda *_: ())
    with pytest.raises(RegisterUnusable):
        add(archive, register, submission())
    assert register.shipments() == []


def test_what_no_database_keeps_of_a_text_is_replaced(archive: Archive, register: Register) -> None:
    add(archive, register, submission("A-1"), exporter="Sunrise\0 Electronics", number="INV\0-7")
    assert register.earlier("local", "A-2").with_invoice("Sunrise Electronics", "INV-7") == ["A-1"]


def test_a_name_longer_than_any_index_takes_is_recorded(archive: Archive, register: Register) -> None:
    name = "".join(chr(0x4E00 + number) for number in range(5000))
    add(archive, register, submission("A-1"), exporter=name, number="9" * 5000)
    assert register.earlier("local", "A-2").with_invoice(name, "9" * 5000) == ["A-1"]


def test_names_are_ordered_as_python_orders_them(tmp_path: Path, register: Register) -> None:
    archive = Archive(LocalStore(tmp_path), lambda: dt.datetime(2026, 3, 2, tzinfo=dt.UTC))
    references = ["b", "B", "a-1", "a 1", "Ä", "a1", "Z"]
    for reference in references:
        add(archive, register, submission(reference))
    assert [one.reference for one in register.shipments()] == sorted(references)


def test_others_read_the_old_rows_while_the_register_is_rebuilt(
    archive: Archive, register: Register, database: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(archive, register)
    reader, record, seen = Register(database), Archive.record, list[int]()

    def look_first(self: Archive, revision: Revision) -> FinishedRevision:
        seen.append(len(reader.shipments()))
        return record(self, revision)

    monkeypatch.setattr(Archive, "record", look_first)
    register.rebuild(archive)
    reader.close()
    assert seen == [3] * 4


def test_a_damaged_register_asks_to_be_rebuilt(tmp_path: Path) -> None:
    (tmp_path / REGISTER).write_bytes(b"no database at all" * 1000)
    with pytest.raises(RegisterUnusable, match="rebuild it from the archive"):
        Register(tmp_path / REGISTER)


def test_a_register_without_its_tables_asks_to_be_rebuilt(
    register: Register, archive: Archive, database: Path | str
) -> None:
    engine = databases.engine_for(database)
    with engine.connect() as connection, connection.begin():
        connection.execute(text("DROP TABLE findings"))
    engine.dispose()
    with pytest.raises(RegisterUnusable):
        add(archive, register, submission())
    register.rebuild(archive)
    assert [one.reference for one in register.shipments()] == ["A-1"]


def test_a_register_locked_too_long_may_be_free_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases, "BUSY_TIMEOUT", 0.01)
    archive, register = archive_in(LocalStore(tmp_path)), Register(tmp_path / REGISTER)
    holder = sqlite3.connect(tmp_path / REGISTER, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(RegisterUnavailable, match="locked"):
        add(archive, register, submission())
    assert register.shipments() == []
    holder.execute("ROLLBACK")
    holder.close()
    add(archive, register, submission())
    assert len(register.shipments()) == 1
    register.close()


@pytest.mark.parametrize("database", ["nonsense", "nosuchdialect://here"])
def test_an_address_that_is_none_is_refused(database: str) -> None:
    with pytest.raises(RegisterUnusable, match=database):
        Register(database)


def test_a_folder_that_is_not_there_holds_no_register(tmp_path: Path) -> None:
    with pytest.raises(RegisterUnavailable):
        Register(tmp_path / "missing" / REGISTER)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OperationalError("SELECT", {}, sqlite3.OperationalError("database is locked")), RegisterUnavailable),
        (OperationalError("SELECT", {}, sqlite3.OperationalError("no such table: x")), RegisterUnusable),
        (OperationalError("SELECT", {}, sqlite3.OperationalError("no such column: x")), RegisterUnusable),
        (IntegrityError("INSERT", {}, sqlite3.IntegrityError("FOREIGN KEY constraint failed")), RegisterUnusable),
        (PoolTimeout("pool"), RegisterUnavailable),
    ],
    ids=lambda value: str(value)[:40],
)
def test_errors_of_the_database_become_those_of_the_archive(
    error: OperationalError, kind: Callable[..., object]
) -> None:
    assert type(databases.mapped(error, "here")) is kind


def test_a_sqlite_register_lets_others_read_while_it_writes(in_a_file: Register, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / REGISTER}")
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
    engine.dispose()
    assert in_a_file.shipments() == []
