"""Whatever happens to a shipment is entered in the journal once, whoever is killed on the way and whatever is away."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from typing_extensions import override

from archive.disposals import DisposedObject, DoomedShipment, Proposal
from archive.disposing import DisposalTold
from archive.errors import JournalDamaged, StoreUnavailable
from archive.journal.batches import batch_key
from archive.journal.book import checkpoint_key
from archive.journal.checkpoints import checkpoint_of
from archive.journal.entering import enter_owed
from archive.journal.keyring import keys_from, make_key
from archive.journal.verifying import Trust, verify
from archive.stores.local import LocalStore
from flows import journal, steps
from flows.inbox.rules import Watcher
from flows.journal_trust import verify_journal
from flows.settings import Settings
from flows.workshop import Workshop, open_records, open_workshop
from schemas.journal import JournalEntry
from schemas.results import Intake, ShipmentResult
from tests.archived import result_of
from tests.dropped import Bench, bench
from tests.journals import AT
from tests.mortal import KilledError, Life, mortal

KEY = "TIDEWAITER_JOURNAL_KEY_FILE"


@pytest.fixture(autouse=True)
def _signing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_key(tmp_path / "key", "example.com/journal")
    monkeypatch.setenv(KEY, str(tmp_path / "key"))
    monkeypatch.setenv("TIDEWAITER_WITNESS_DIR", str(tmp_path / "witness"))


def _filing(workshop: Workshop) -> Callable[[Intake], ShipmentResult]:
    """Reads nothing: files a clear result, as the last step of clearing does."""
    return lambda intake: steps.file(intake, result_of(intake), workshop)


def _drop(inbox: Bench) -> None:
    inbox.drop("acme/R-1/invoice.pdf", b"%PDF-1.7 invoice")
    inbox.drop("acme/R-1/packing.pdf", b"%PDF-1.7 packing")
    inbox.drop("acme/R-1/_READY", b"")


def _kinds(inbox: Bench) -> list[str]:
    return [placed.entry.kind for placed in inbox.workshop.journal.entries_of("acme", "R-1")]


def _recorded(inbox: Bench) -> Mapping[str, str]:
    """The digest that the journal has for each key."""
    found: dict[str, str] = {}

    def note(entry: JournalEntry) -> None:
        found.update(entry.records)

    verify(inbox.workshop.journal.store, Trust(), seen=note)
    return found


def _in_the_archive(inbox: Bench) -> Mapping[str, str]:
    store = inbox.workshop.quarantine.store
    keys = [key for area in ("originals/", "shipments/") for key in store.list(area)]
    return {key: hashlib.sha256(store.get(key)).hexdigest() for key in keys}


def test_every_object_of_a_shipment_is_named_by_the_journal_with_its_digest(tmp_path: Path) -> None:
    with bench(tmp_path) as inbox:
        _drop(inbox)
        inbox.watch(_filing(inbox.workshop))
        assert _kinds(inbox) == ["received", "read", "found", "declared", "exported"]
        archived = _in_the_archive(inbox)
        assert len(archived) == 2 + 4
        assert {key: _recorded(inbox)[key] for key in archived} == archived
        assert journal.publish_journal(inbox.workshop).entered == 0


def test_the_broker_and_the_witness_are_given_a_checkpoint_that_proves_the_answer(tmp_path: Path) -> None:
    with bench(tmp_path) as inbox:
        _drop(inbox)
        inbox.watch(_filing(inbox.workshop))
        content = inbox.exchange.get("outbox/acme/R-1/1/checkpoint.txt")
        keys = [key.verifier for key in inbox.workshop.journal.keys]
        head = checkpoint_of(content, keys, "outbox").head
        *_, exported = inbox.workshop.journal.entries_of("acme", "R-1")
        assert exported.position < head.size
        assert inbox.workshop.journal.proof(exported, content.decode(), head.size).proves(exported.entry.leaf, head)
        assert LocalStore(tmp_path / "witness").get(checkpoint_key(head.size)) == content


def test_without_a_key_a_shipment_is_answered_as_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY)
    with bench(tmp_path) as inbox:
        _drop(inbox)
        inbox.watch(_filing(inbox.workshop))
        assert _kinds(inbox) == ["received", "read", "found", "declared", "exported"]
        assert not [name for name in inbox.outbox() if "checkpoint" in name]


def test_a_late_paper_is_a_second_revision_in_the_journal_too(tmp_path: Path) -> None:
    with bench(tmp_path) as inbox:
        _drop(inbox)
        inbox.watch(_filing(inbox.workshop))
        inbox.drop("acme/R-1/certificate.pdf", b"%PDF-1.7 certificate")
        inbox.watch(_filing(inbox.workshop))
        told = [
            (placed.entry.kind, placed.entry.revision) for placed in inbox.workshop.journal.entries_of("acme", "R-1")
        ]
        assert Counter(number for _, number in told) == {1: 5, 2: 5}
        assert journal.publish_journal(inbox.workshop).entered == 0


def _killed_after(writes: int, folder: Path) -> bool:
    """Whether somebody was killed; then everything is as if nobody had been."""
    with bench(folder) as inbox:
        _drop(inbox)
        killed = mortal(inbox, Life(writes))
        try:
            killed.watch(_filing(killed.workshop), watcher=Watcher(holder="first"))
        except KilledError:
            pass
        else:
            return False
    with bench(folder) as inbox:
        report = inbox.watch(_filing(inbox.workshop), watcher=Watcher(holder="first"))
        assert report.put_off == ()
    with bench(folder) as inbox:
        assert sorted(_kinds(inbox)) == ["declared", "exported", "found", "read", "received"], f"after {writes} writes"
        assert inbox.exchange.get("outbox/acme/R-1/1/findings.txt")
        archived = _in_the_archive(inbox)
        assert {key: _recorded(inbox)[key] for key in archived} == archived
        assert journal.publish_journal(inbox.workshop).entered == 0
        with open_records(inbox.workshop.settings) as records:
            assert verify_journal(records, (), ()).troubles == ()
    return True


@pytest.mark.slow
def test_whoever_is_killed_between_any_two_writes_leaves_every_event_entered_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for writes in count(1):
        folder = tmp_path / str(writes)
        monkeypatch.setenv("TIDEWAITER_WITNESS_DIR", str(folder / "witness"))
        if not _killed_after(writes, folder):
            break
    assert writes > 15


def _without_journal(workshop: Workshop, error: Exception) -> Workshop:
    class Store(LocalStore):
        @override
        def put_new(self, *_: object, **__: object) -> bool:
            raise error

    return replace(workshop, journal=replace(workshop.journal, store=Store(workshop.settings.data_dir)))


@pytest.mark.parametrize(
    "error",
    [StoreUnavailable("no answer", "journal", remedy="run again"), JournalDamaged("forged", "journal", remedy="look")],
)
def test_a_journal_that_is_away_changes_no_outcome_and_is_caught_up_with_at_the_next_start(
    error: Exception, tmp_path: Path
) -> None:
    with bench(tmp_path) as inbox:
        _drop(inbox)
        lame = replace(inbox, workshop=_without_journal(inbox.workshop, error))
        report = lame.watch(_filing(lame.workshop))
        assert [one.status for one in report.handled] == ["clear"]
        assert _kinds(inbox) == []
    with bench(tmp_path) as inbox:
        assert _kinds(inbox) == ["received", "read", "found", "declared"]


def test_an_archive_from_before_there_was_a_journal_is_entered_when_it_is_published(tmp_path: Path) -> None:
    with bench(tmp_path) as inbox:
        _drop(inbox)
        inbox.watch(_filing(inbox.workshop))
        shutil.rmtree(tmp_path / "data" / "journal")
        shutil.rmtree(tmp_path / "witness" / "journal")
        inbox.workshop.journal.index.forget()
        assert journal.publish_journal(inbox.workshop).entered == 4
        assert _kinds(inbox) == ["received", "read", "found", "declared"]


def test_what_was_not_finished_stays_noted_until_it_is(tmp_path: Path) -> None:
    with bench(tmp_path) as inbox:
        _drop(inbox)
        with pytest.raises(KilledError):
            inbox.watch(_raising, watcher=Watcher(holder="first"))
        assert [one.reference for one in inbox.workshop.journal.index.owed()] == ["R-1"]
        assert enter_owed(inbox.workshop.journal, AT) == 0
        inbox.watch(_filing(inbox.workshop), watcher=Watcher(holder="first"))
        assert inbox.workshop.journal.index.owed() == ()


def _raising(_: Intake) -> ShipmentResult:
    raise KilledError


def test_who_looked_at_a_shipment_is_entered_each_time(tmp_path: Path) -> None:
    with bench(tmp_path) as inbox:
        for _ in range(2):
            journal.viewed("acme", "R-1", "auditor-7", inbox.workshop.journal)
        entries = [placed.entry for placed in inbox.workshop.journal.entries_of("acme", "R-1")]
        assert [(entry.kind, entry.by) for entry in entries] == [("viewed", "auditor-7")] * 2


def test_a_key_file_that_others_may_read_stops_the_start(tmp_path: Path) -> None:
    from archive.errors import SigningKeyRefused  # noqa: PLC0415

    (tmp_path / "key").chmod(0o640)
    with pytest.raises(SigningKeyRefused, match="chmod 600"), open_workshop(Settings(data_dir=tmp_path / "data")):
        pass
    secret = (tmp_path / "key").read_text(encoding="ascii").strip()
    assert secret not in repr(Settings(journal_key=secret))  # type: ignore[arg-type]  # as from the environment


def test_the_keys_that_sign_are_entered_when_work_starts(tmp_path: Path) -> None:
    (public,) = (key.verifier for key in keys_from(tmp_path / "key"))
    for _ in range(2):
        with bench(tmp_path) as inbox:
            events = [placed.entry for placed in inbox.workshop.journal.entries_of("", "")]
    assert [(entry.kind, entry.about) for entry in events] == [("key_added", public.id.hex())]


def test_no_head_is_signed_of_a_history_that_does_not_go_on_from_the_last_one(tmp_path: Path) -> None:
    with bench(tmp_path) as inbox:
        _drop(inbox)
        inbox.watch(_filing(inbox.workshop))
        assert journal.publish_journal(inbox.workshop).checkpoint
        for number in range(inbox.workshop.journal.index.end().batches):
            (tmp_path / "data" / batch_key(number)).unlink()
        inbox.workshop.journal.index.forget()
        with pytest.raises(JournalDamaged, match="nothing was signed"):
            journal.publish_journal(inbox.workshop)


def test_a_disposal_is_entered_before_anything_goes_with_the_digests_that_stay(tmp_path: Path) -> None:
    objects = tuple(DisposedObject(key=f"shipments/acme/R-1/1/{number}", sha256="ab" * 32) for number in range(201))
    doomed = DoomedShipment(
        broker="acme", reference="R-1", lasted_until=dt.date(2031, 3, 2), because=("GB",), objects=objects
    )
    proposal = Proposal(
        id="2031-04-01-0123456789ab", proposed_by="ann", proposed_at=AT, expires_at=AT, digest="cd" * 32,
        shipments=(doomed,),
    )  # fmt: skip
    with bench(tmp_path) as inbox:
        witness = journal.disposal_witness(inbox.workshop.journal)
        told = [witness(DisposalTold(proposal, 1, "bob", AT)) for _ in range(2)]
        entries = [placed.entry for placed in inbox.workshop.journal.entries_of("acme", "R-1")]
        assert told[0] == told[1] == f"entry 1 {entries[0].id}"
        assert [(entry.kind, entry.by, len(entry.records)) for entry in entries] == [
            ("disposed", "bob", 200),
            ("disposed", "bob", 1),
        ]
