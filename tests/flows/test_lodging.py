from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive import keys
from archive.disposals import Begun, Disposals
from archive.errors import ObjectLocked
from archive.holds import Hold, Holds
from archive.keys import Revision
from archive.lodgements import Lodgements
from archive.stores.local import LocalStore
from archive.stores.protocol import Lock
from flows import disposing, keeping
from flows.errors import NoSuchShipmentError, RefusedRecordError
from flows.lodging import HoldWish, Lodged, LodgementWish, lodge, set_hold
from flows.retention import apply
from flows.settings import Settings
from flows.workshop import Records, open_records
from tests.archived import PAPERS, sha256
from tests.retained import LONG_AGO, answered, cleared, lodged, received

NOW = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)
ACCEPTED = dt.date(2026, 3, 9)
WISH = LodgementWish("26DE27364916384831", ACCEPTED)


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    """In a store that locks nothing by itself, so that shipments may be of long ago."""
    with open_records(Settings(data_dir=tmp_path / "data")) as found:
        yield replace(found, store=LocalStore(tmp_path / "data"))


def _lodge(records: Records, wish: LodgementWish = WISH, *, by: str = "ann") -> Lodged:
    return lodge("A-1", wish, records, broker="local", by=by, now=NOW)


def _until(year: int) -> Lock:
    return Lock("compliance", dt.datetime(year, 1, 1, 12, tzinfo=dt.UTC))


def test_a_lodgement_is_recorded_beside_its_revision_and_locks_every_object(records: Records) -> None:
    revision = cleared(records.store)
    found = _lodge(records)
    assert (found.record.revision, found.record.number, found.is_new) == (1, 1, True)
    assert Lodgements(records.store).of(revision) == (found.record,)
    listed = [key for area in ("shipments/", "originals/") for key in records.store.list(area)]
    assert {records.store.lock_of(key) for key in listed} == {_until(2037)}
    assert revision.key("lodgements/1.json") in listed


def test_the_same_told_again_changes_nothing_and_more_adds(records: Records) -> None:
    cleared(records.store)
    _lodge(records)
    again = _lodge(records, by="bob")
    assert (again.is_new, again.record.recorded_by, again.settled.extended) == (False, "ann", 0)
    assert _lodge(records, replace(WISH, released=ACCEPTED)).record.number == 2


def test_spaces_and_small_letters_of_a_number_are_no_other_number(records: Records) -> None:
    cleared(records.store)
    assert _lodge(records, replace(WISH, mrn="26 de 2736 4916 3848 31")).record.mrn == WISH.mrn


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"accepted": dt.date(2026, 6, 3)}, "2026-06-03 is not yet"),
        ({"released": dt.date(2026, 3, 8)}, "before the acceptance"),
        ({"released": dt.date(2027, 3, 8)}, "not yet"),
        ({"ended": ACCEPTED}, "free circulation has no end"),
        ({"corrected": dt.date(2026, 1, 1)}, "before the acceptance"),
        ({"procedure": "special", "released": dt.date(2026, 4, 2), "ended": dt.date(2026, 4, 1)}, "before the release"),
        ({"mrn": "26DE2736491638483"}, "is no MRN of DE"),
        ({"mrn": ""}, "is no MRN of DE"),
        ({"mrn": "26GB27364916384831"}, "is one of GB, and the declaration is for DE"),
        ({"mrn": "22DE27364916384831"}, "was given in 2022"),
        ({"revision": 7}, "has no revision 7"),
    ],
)
def test_what_cannot_be_so_is_refused_and_nothing_is_recorded(
    records: Records, changed: dict[str, object], says: str
) -> None:
    revision = cleared(records.store)
    with pytest.raises(RefusedRecordError, match=says):
        _lodge(records, replace(WISH, **changed))  # type: ignore[arg-type]  # each is the field's own type
    assert Lodgements(records.store).of(revision) == ()


def test_a_shipment_that_is_not_there_or_not_clear_cannot_be_lodged(records: Records) -> None:
    with pytest.raises(NoSuchShipmentError, match="A-1: not in the archive"):
        _lodge(records)
    intake = received(records.store)
    with pytest.raises(RefusedRecordError, match="is not finished"):
        _lodge(records)
    answered(records.store, intake, "held")
    with pytest.raises(RefusedRecordError, match="is held, and only a clear one"):
        _lodge(records)


def test_a_later_held_revision_is_told_of_and_the_clear_one_can_be_named(records: Records) -> None:
    cleared(records.store)
    answered(records.store, received(records.store, rules="2"), "held")
    with pytest.raises(RefusedRecordError, match="--revision 1"):
        _lodge(records)
    found = _lodge(records, replace(WISH, revision=1))
    assert any("revision 2 came later" in note for note in found.notes)


def test_the_amendment_of_a_later_revision_adds_its_days(records: Records) -> None:
    cleared(records.store)
    _lodge(records)
    answered(records.store, received(records.store, rules="2"))
    found = _lodge(records, replace(WISH, corrected=dt.date(2026, 5, 20), revision=2))
    assert (found.record.revision, found.record.number) == (2, 1)
    eu = [one.last_day for one in found.due.kept if "51(2)" in one.rule.source]
    assert eu == [dt.date(2032, 12, 31)]


def test_a_check_digit_that_does_not_fit_and_an_event_not_recorded_are_told(records: Records) -> None:
    cleared(records.store)
    found = _lodge(records, replace(WISH, mrn="26DE27364916384832", procedure="special"))
    assert any("check digit" in note for note in found.notes)
    assert any("the day of the end" in note for note in found.notes)
    assert found.due.waits_for == ("end",)


def test_where_there_are_no_mrns_any_number_of_customs_will_do(records: Records) -> None:
    answered(records.store, received(records.store), jurisdiction="US")
    assert _lodge(records, replace(WISH, mrn="231-1234567-8")).record.country is None
    with pytest.raises(RefusedRecordError, match="no number of customs"):
        _lodge(records, replace(WISH, mrn="?"))


def _hold(records: Records, *, on: bool, reason: str = "case 12/26", by: str = "ann") -> bool:
    return set_hold("A-1", HoldWish(on, reason, by), records, broker="local", now=NOW).is_new


def test_the_journal_tells_of_a_lodgement_and_of_a_hold_at_once(records: Records) -> None:
    cleared(records.store)
    _lodge(records)
    set_hold("A-1", HoldWish(on=True, reason="case 17", by="ann"), records, broker="local", now=NOW)
    told = [placed.entry.kind for placed in records.journal.entries_of("local", "A-1")]
    assert told[-2:] == ["lodged", "held"]


def test_a_hold_keeps_everything_until_it_is_ended_with_a_reason(records: Records) -> None:
    revision = cleared(records.store)
    assert _hold(records, on=True)
    assert not _hold(records, on=True, by="bob")
    assert records.store.is_held(revision.result)
    with pytest.raises(RefusedRecordError, match="say why"):
        _hold(records, on=False, reason=" ")
    assert _hold(records, on=False, reason="settled")
    assert not records.store.is_held(revision.result)
    with pytest.raises(RefusedRecordError, match="is not held"):
        _hold(records, on=False, reason="again")
    assert [one.by for one in Holds(records.store).of("local", "A-1")] == ["ann", "ann"]


def test_a_shipment_that_is_going_can_be_neither_held_nor_lodged(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    lodged(records.store, cleared(records.store, at=LONG_AGO), dt.date(2012, 3, 9))
    proposal = disposing.propose(records, NOW, by="ann", unlodged=False)
    monkeypatch.setattr(type(records.store), "remove", _refused)
    with pytest.raises(ObjectLocked):
        disposing.confirm(records, proposal.id, NOW, by="bob")
    with pytest.raises(RefusedRecordError, match="is being disposed of"):
        _hold(records, on=True)
    with pytest.raises(RefusedRecordError, match="is being disposed of"):
        _lodge(records)
    monkeypatch.undo()
    [finished] = disposing.finish(records, NOW)
    assert finished.done.disposed == 1
    assert list(disposing.finish(records, NOW)) == []


def test_a_hold_set_while_a_disposal_begins_stops_it_until_the_hold_is_ended(records: Records) -> None:
    lodged(records.store, cleared(records.store, at=LONG_AGO), dt.date(2012, 3, 9))
    proposal = disposing.propose(records, NOW, by="ann", unlodged=False)
    confirmed = Disposals(records.store).confirm(proposal, by="bob", at=NOW)
    begun = Begun(broker="local", reference="A-1", begun_at=confirmed.confirmed_at, beside=())
    told = Hold(broker="local", reference="A-1", number=0, on=True, reason="court", by="ann", at=NOW)
    Holds(records.store).record(told)
    Disposals(records.store).begin(proposal, 1, begun)
    with pytest.raises(ObjectLocked):
        apply(records, NOW)
    assert _hold(records, on=False, reason="settled")
    assert apply(records, NOW)["disposed"] == 1
    assert list(records.store.list("shipments/")) == []


def _refused(_store: object, key: str) -> None:
    raise ObjectLocked("somebody locked it", key, remedy="wait")


def test_a_disposal_needs_a_second_person_in_time(records: Records) -> None:
    lodged(records.store, cleared(records.store, at=LONG_AGO), dt.date(2012, 3, 9))
    proposal = disposing.propose(records, NOW, by="ann", unlodged=False)
    assert [one.id for one in disposing.open_proposals(records, NOW)] == [proposal.id]
    for by, now, says in (
        ("Ann ", NOW, "A second person"),
        ("bob", NOW + dt.timedelta(days=31), "could be confirmed until"),
        (" ", NOW, "name who you are"),
    ):
        with pytest.raises(RefusedRecordError, match=says):
            disposing.confirm(records, proposal.id, now, by=by)
    with pytest.raises(RefusedRecordError, match="nobody proposed that"):
        disposing.confirm(records, "20260601-nothing", NOW, by="bob")
    assert Disposals(records.store).confirmation(proposal.id) is None
    done = disposing.confirm(records, proposal.id, NOW, by="bob").done
    assert (done.disposed, done.kept) == (1, ())
    begun = Disposals(records.store).begun(proposal, 1)
    assert begun is not None
    assert (begun.journal or "").startswith("entry ")
    [entry] = [one.entry for one in records.journal.entries_of("local", "A-1") if one.entry.kind == "disposed"]
    assert entry.records == {one.key: one.sha256 for one in proposal.shipments[0].objects}
    assert disposing.confirm(records, proposal.id, NOW, by="carol").done == done
    with pytest.raises(RefusedRecordError, match="nothing is past"):
        disposing.propose(records, NOW, by="ann", unlodged=True)


def test_what_was_disposed_of_leaves_the_register_and_what_others_brought_stays(records: Records) -> None:
    for reference in ("A-1", "B-1"):
        revision = cleared(records.store, reference, at=LONG_AGO)
        found = records.archive.record(revision)
        records.register.record(found.intake, found.result)
    lodged(records.store, Revision("local", "A-1", 1), dt.date(2012, 3, 9))
    proposal = disposing.propose(records, NOW, by="ann", unlodged=False)
    disposing.confirm(records, proposal.id, NOW, by="bob")
    assert [one.reference for one in records.register.shipments()] == ["B-1"]
    assert records.archive.original(sha256(PAPERS["invoice.pdf"])) == PAPERS["invoice.pdf"]
    records.register.forget("local", "B-1")
    assert records.register.shipments() == []


def test_everything_is_settled_and_told_and_a_second_round_does_nothing(records: Records) -> None:
    cleared(records.store, "A-1")
    received(records.store, "B-1", {"invoice.pdf": b"other"})
    records.store.put_new("shipments/local/C-1/1/result.json", b"{}", media_type="application/json")
    lines = {line.reference: line for line in keeping.report(records, NOW)}
    assert {reference: len(line.differences) for reference, line in lines.items()} == {"A-1": 6, "B-1": 2, "C-1": 0}
    assert "without the intake" in lines["C-1"].error
    first, second = keeping.settle_all(records, NOW), keeping.settle_all(records, NOW)
    assert (first.shipments, first.extended, len(first.unreadable)) == (2, 8, 1)
    assert (second.extended, second.counts["unreadable"]) == (0, 1)
    assert all(not line.differences for line in keeping.report(records, NOW))


def test_a_report_is_counted_with_what_somebody_should_look_at(records: Records) -> None:
    cleared(records.store, "A-1")
    answered(records.store, received(records.store, "B-1", {"invoice.pdf": b"2"}), "held", jurisdiction=None)
    lodged(records.store, cleared(records.store, "D-1", {"invoice.pdf": b"3"}), ACCEPTED, procedure="end_use")
    records.store.put_new("shipments/local/C-1/1/result.json", b"{}", media_type="application/json")
    _hold(records, on=True)
    tally = keeping.Tally(shown=0)
    for line in keeping.report(records, NOW):
        tally.add(line, NOW)
    assert tally.by_state == {"declared": 1, "answered": 1, "lodged": 1}
    assert tally.by_year == {2036: 3}
    counted = {kind: tally.count(kind) for kind in ("held", "unlodged", "waiting", "differing", "unreadable")}
    assert counted == {"held": 1, "unlodged": 1, "waiting": 1, "differing": 2, "unreadable": 1}
    told = keeping.told(keeping.report_on(records, "local", "A-1", NOW))
    assert (told["state"], told["last_day"]) == ("declared", "2036-12-31")


def test_an_original_that_is_gone_is_counted_and_the_others_are_locked(records: Records) -> None:
    cleared(records.store)
    records.store.remove(keys.original(sha256(PAPERS["invoice.pdf"])))
    applied = keeping.settle_all(records, NOW)
    assert (applied.counts["missing"], applied.extended) == (1, 5)
