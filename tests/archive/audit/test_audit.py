from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
from typing_extensions import override

from archive import keys
from archive.archive import Archive
from archive.audit.auditing import Audited, AuditReport, audit
from archive.audit.troubles import Trouble
from archive.disposals import Begun, Disposals, DisposedObject, Done, DoomedShipment, proposal_of
from archive.journal.book import Journal
from archive.journal.index import JournalIndex
from archive.journal.verifying import Trust
from archive.kept import KeptShipments
from archive.keys import Revision
from archive.receiving import LockedOnReceipt
from archive.register import Register
from archive.retention import Locks, Policy, due_of
from archive.stores.local import LocalStore
from archive.stores.protocol import RetentionStore, Version
from archive.stores.s3 import S3Store
from archive.stores.s3_client import S3Settings
from schemas.journal import JournalEntry
from tests.archived import PAPERS
from tests.journals import key_named
from tests.retained import RECEIVED, cleared
from tests.servers import S3Server

NOW = RECEIVED + dt.timedelta(days=30)
KEY = key_named()


class House:
    """An archive of two shipments, with journal, locks and register as they must be."""

    def __init__(self, folder: Path, store: RetentionStore | None = None) -> None:
        self.store = store or LocalStore(folder / "archive")
        self.register = Register(folder / "register.sqlite")
        self.index = JournalIndex(folder / "register.sqlite")
        self.journal = Journal(self.store, self.index, (KEY,))
        for reference, papers in (("A-1", PAPERS), ("A-2", {"other.pdf": b"another paper"})):
            self.journalled(cleared(self.store, reference, papers))
        self.register.catch_up(Archive(self.store, lambda: NOW))
        self.locked()
        self.journal.checkpoint_now()

    def journalled(self, revision: Revision) -> None:
        shipment = KeptShipments(self.store).one(revision.broker, revision.reference)
        records = {key: sha256(self.store.get(key)).hexdigest() for key in shipment.keys}
        self.journal.append([
            JournalEntry(
                kind="declared", at=RECEIVED, by="clerk", broker=revision.broker, reference=revision.reference,
                revision=revision.number, records=records,
            )
        ])  # fmt: skip

    def locked(self) -> None:
        shipments = KeptShipments(self.store)
        for listed in shipments.listed():
            shipment = shipments.read(listed)
            Locks(self.store).settle(shipment, due_of(shipment, Policy(), NOW).lock, NOW)

    def path(self, key: str) -> Path:
        assert isinstance(self.store, LocalStore)
        return self.store.root / key

    def audited(self, now: dt.datetime = NOW) -> AuditReport:
        return audit(Audited(self.store, self.register, self.index, Trust((KEY.verifier,)), Policy()), now)

    def found(self) -> list[tuple[str, str]]:
        return [(one.kind, one.where) for one in self.audited().troubles]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


INVOICE = keys.original(sha256(PAPERS["invoice.pdf"]).hexdigest())
RESULT = Revision("local", "A-1", 1).result
INTAKE = Revision("local", "A-1", 1).intake
DECLARATION = Revision("local", "A-1", 1).declaration


def test_an_archive_as_it_must_be_has_no_troubles(house: House) -> None:
    report = house.audited()
    assert report.troubles == ()
    assert (report.tally.objects, report.journal.head.size) == (11, 2)
    assert report.tally.size > 1000


def altered(house: House, key: str) -> None:
    path = house.path(key)
    path.chmod(0o600)
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))


@pytest.mark.parametrize("key", [INVOICE, RESULT, DECLARATION, Revision("local", "A-1", 1).outcome])
def test_one_altered_byte_is_named_by_its_object(house: House, key: str) -> None:
    altered(house, key)
    assert [one for one in house.found() if one[0] != "register"] == [("altered", key)]


@pytest.mark.parametrize("key", [INVOICE, DECLARATION])
def test_a_removed_object_was_deleted_too_early(house: House, key: str) -> None:
    house.path(key).unlink()
    found = house.found()
    assert ("missing", key) in found or ("early_deleted", key) in found
    assert {where for _, where in found} == {key}


def test_a_shipment_removed_whole_is_missing_with_every_record(house: House) -> None:
    shipment = KeptShipments(house.store).one("local", "A-1")
    for key in shipment.keys:
        house.path(key).unlink()
    found = house.found()
    assert {where for kind, where in found if kind == "missing"} == set(shipment.keys)
    assert [where for kind, where in found if kind == "register"] == [RESULT]


def test_what_nobody_recorded_is_named_once_it_is_older_than_an_hour(house: House) -> None:
    revision = cleared(house.store, "A-9", {"slipped in.pdf": b"slipped in"})
    house.register.rebuild(Archive(house.store, lambda: NOW))
    house.locked()
    slipped = set(KeptShipments(house.store).one("local", revision.reference).keys)
    later = dt.datetime.now(dt.UTC) + dt.timedelta(hours=2)
    assert {one.where for one in house.audited(later).troubles if one.kind == "unrecorded"} == slipped
    assert not [one for one in house.audited(dt.datetime.now(dt.UTC)).troubles if one.kind == "unrecorded"]


def test_a_lock_that_is_missing_is_named(house: House) -> None:
    house.journalled(cleared(house.store, "A-5", {"late.pdf": b"late"}))
    house.register.rebuild(Archive(house.store, lambda: NOW))
    troubles = house.audited().troubles
    assert {one.kind for one in troubles} == {"lock"}
    assert {one.where for one in troubles} == set(KeptShipments(house.store).one("local", "A-5").keys)
    assert "is locked not at all, must be until 2037-01-01 12:00 (compliance)" in troubles[0].what


def test_what_was_locked_on_receipt_is_in_order_until_the_night_has_settled_it(house: House) -> None:
    house.journalled(cleared(LockedOnReceipt(house.store, lambda: RECEIVED, 365), "A-5", {"late.pdf": b"late"}))
    house.register.rebuild(Archive(house.store, lambda: NOW))
    assert house.audited(RECEIVED + dt.timedelta(hours=30)).troubles == ()
    later = house.audited(RECEIVED + dt.timedelta(hours=40)).troubles
    assert {one.where for one in later} == set(KeptShipments(house.store).one("local", "A-5").keys)


def test_the_register_is_held_against_the_archive_both_ways(house: House, tmp_path: Path) -> None:
    empty = Register(tmp_path / "another.sqlite")
    troubles = audit(Audited(house.store, empty, None, Trust((KEY.verifier,)), Policy()), NOW).troubles
    assert troubles == tuple(
        Trouble("register", Revision("local", one, 1).result, troubles[0].what) for one in ("A-1", "A-2")
    )
    assert "the register does not know it" in troubles[0].what


def test_a_truncated_journal_and_a_forged_checkpoint_are_the_journals_troubles(house: House) -> None:
    [checkpoint] = house.store.list("journal/checkpoints/")
    altered(house, checkpoint)
    assert ("journal", checkpoint) in house.found()
    last = max(house.store.list("journal/batches/"))
    house.path(last).unlink()
    kinds = house.found()
    assert ("journal", last) in kinds
    assert ("unrecorded", Revision("local", "A-2", 1).result) not in kinds  # It is young.


@pytest.mark.parametrize("change", [lambda house: altered(house, INTAKE), lambda house: house.path(INTAKE).unlink()])
def test_the_record_that_names_the_papers_is_no_way_to_hide_them(house: House, change: Callable[[House], None]) -> None:
    change(house)
    assert INTAKE in {where for _, where in house.found()}


def let_go(house: House, reference: str, *, but: Callable[[str], bool] = lambda _: False) -> None:
    """As disposal does it, in its order, up to those that are left."""
    shipment, disposals = KeptShipments(house.store).one("local", reference), Disposals(house.store)
    objects = tuple(DisposedObject(key=key, sha256=sha256(house.store.get(key)).hexdigest()) for key in shipment.keys)
    doomed = DoomedShipment(
        broker="local", reference=reference, lasted_until=dt.date(2026, 3, 1), because=("a rule",), objects=objects
    )
    proposal = disposals.propose(proposal_of((doomed,), by="ann", at=NOW, days=30))
    disposals.confirm(proposal, by="bob", at=NOW)
    disposals.begin(proposal, 1, Begun(broker="local", reference=reference, begun_at=NOW, beside=()))
    for key in shipment.keys:
        if not but(key):
            house.path(key).unlink()
    house.register.rebuild(Archive(house.store, lambda: NOW))


class MeanwhileStore(LocalStore):
    """Something happens as soon as an audit begins to look at the objects."""

    happens: Callable[[], None] | None = None

    @override
    def versions(self, prefix: str) -> Iterator[Version]:
        happens, self.happens = self.happens, None
        if happens is not None:
            happens()
        return super().versions(prefix)


def test_what_two_people_let_go_while_an_audit_runs_is_no_trouble(tmp_path: Path) -> None:
    store = MeanwhileStore(tmp_path / "archive")
    house = House(tmp_path, store)
    store.happens = partial(let_go, house, "A-2")
    report = house.audited()
    assert report.troubles == ()
    assert report.tally.disposed == 5


def test_a_disposal_that_was_killed_half_way_is_no_trouble(house: House) -> None:
    let_go(house, "A-2", but=lambda key: key == Revision("local", "A-2", 1).intake)
    assert house.audited().troubles == ()


def test_an_original_that_came_back_after_a_disposal_is_early_deleted_as_any_other(house: House) -> None:
    let_go(house, "A-2")
    original = keys.original(sha256(b"another paper").hexdigest())
    disposals = Disposals(house.store)
    [proposal] = disposals.confirmed()
    disposals.finish(proposal, Done(done_at=NOW, disposed=1, objects=5))
    house.journalled(cleared(house.store, "A-3", {"other.pdf": b"another paper"}))
    house.register.rebuild(Archive(house.store, lambda: NOW))
    house.locked()
    house.path(original).unlink()
    assert house.found() == [("early_deleted", original)]


def test_what_two_people_let_go_is_no_trouble_and_is_counted(house: House) -> None:
    let_go(house, "A-2")
    report = house.audited()
    assert report.troubles == ()
    assert report.tally.disposed == 5


def test_the_journal_cannot_record_one_object_twice_and_differently(house: House) -> None:
    records = {RESULT: sha256(b"another result").hexdigest()}
    entry = JournalEntry(
        kind="found", at=RECEIVED, by="x", broker="local", reference="A-1", revision=1, records=records
    )
    house.journal.append([entry])
    [trouble] = house.audited().troubles
    assert (trouble.kind, trouble.where) == ("altered", RESULT)
    assert "with two digests" in trouble.what


def test_in_a_bucket_what_was_written_anew_or_hidden_is_named(
    tmp_path: Path, s3_settings: S3Settings, s3_server: S3Server
) -> None:
    house = House(tmp_path, S3Store(s3_settings))
    assert house.audited().troubles == ()
    client = s3_server.client()
    client.put_object(Bucket=s3_settings.bucket, Key=RESULT, Body=b"{}")
    client.delete_object(Bucket=s3_settings.bucket, Key=INVOICE)
    found = {(kind, where) for kind, where in house.found() if kind != "register"}
    assert found == {("overwritten", RESULT), ("altered", RESULT), ("overwritten", INVOICE), ("altered", INVOICE)}
