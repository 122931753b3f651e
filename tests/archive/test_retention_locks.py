from __future__ import annotations

import datetime as dt

import pytest

from archive import keys
from archive.errors import ObjectMissing
from archive.holds import Hold, Holds
from archive.kept import KeptShipment, KeptShipments
from archive.keys import Revision
from archive.retention import Due, Locks, Policy, Settled, due_of
from archive.stores.protocol import Lock, RetentionStore
from tests.archived import sha256
from tests.retained import RECEIVED, answered, cleared, lodged, received

NOW = RECEIVED + dt.timedelta(days=1)
POLICY = Policy(open_days=365)
SHARED = {"invoice.pdf": b"the invoice", "list of prices.pdf": b"prices"}


def _shipment(store: RetentionStore, reference: str = "A-1") -> KeptShipment:
    return KeptShipments(store).one("local", reference)


def _due(store: RetentionStore, reference: str = "A-1", policy: Policy = POLICY, now: dt.datetime = NOW) -> Due:
    return due_of(_shipment(store, reference), policy, now)


def _settle(store: RetentionStore, reference: str = "A-1") -> Settled:
    return Locks(store).settle(_shipment(store, reference), _due(store, reference).lock, NOW)


def _until(year: int, month: int = 1, day: int = 1) -> dt.datetime:
    return dt.datetime(year, month, day, 12, tzinfo=dt.UTC)


def test_an_open_shipment_is_locked_under_governance_for_a_time_from_receipt(store: RetentionStore) -> None:
    received(store)
    assert _due(store).state == "open"
    assert _due(store).lock == Lock("governance", RECEIVED + dt.timedelta(days=365))
    later = _due(store, now=RECEIVED + dt.timedelta(days=400))
    assert later.lock.until == RECEIVED + dt.timedelta(days=365 + 365)


def test_a_held_shipment_is_locked_under_governance_until_its_date_and_a_clear_one_under_compliance(
    store: RetentionStore,
) -> None:
    first = received(store)
    answered(store, first, "held", jurisdiction="US")
    assert _due(store).lock == Lock("governance", _until(2031, 3, 3))
    answered(store, received(store, rules="2"), "clear", jurisdiction="US")
    assert _due(store).lock == Lock("compliance", _until(2031, 3, 3))


def test_while_nobody_knows_where_it_is_declared_the_lock_is_short_and_the_date_the_longest(
    store: RetentionStore,
) -> None:
    answered(store, received(store), "held", jurisdiction=None)
    due = _due(store)
    assert due.lock == Lock("governance", RECEIVED + dt.timedelta(days=365))
    assert due.last_day == dt.date(2036, 12, 31)


def test_the_lodgement_tells_the_date_and_the_mrn_another_country(store: RetentionStore) -> None:
    revision = answered(store, received(store), jurisdiction="EU")
    lodged(store, revision, dt.date(2026, 3, 9), mrn="26FR27364916384830")
    due = _due(store)
    assert (due.state, due.jurisdictions) == ("lodged", ("EU", "FR"))
    assert due.lock == Lock("compliance", _until(2037))
    assert due.waits_for == ()


def test_amendments_add_to_each_other_and_an_event_told_later_is_no_longer_waited_for(store: RetentionStore) -> None:
    revision = answered(store, received(store), jurisdiction="CN")
    lodged(store, revision, dt.date(2026, 3, 9), mrn="531620261160123456")
    assert _due(store).waits_for == ("release",)
    lodged(store, revision, dt.date(2026, 3, 9), mrn="531620261160123456", released=dt.date(2026, 4, 2))
    assert _due(store).waits_for == ()
    assert _due(store).last_day == dt.date(2029, 4, 2)


def test_a_later_revision_leaves_the_date_of_what_was_lodged(store: RetentionStore) -> None:
    revision = answered(store, received(store), jurisdiction="US")
    lodged(store, revision, dt.date(2026, 3, 9), mrn="231-1234567-8")
    before = _due(store).lock
    answered(store, received(store, rules="2", at=RECEIVED + dt.timedelta(days=300)), "held", jurisdiction=None)
    assert _due(store).lock == before


def test_the_owner_s_own_law_always_counts(store: RetentionStore) -> None:
    answered(store, received(store), jurisdiction="US")
    assert _due(store, policy=Policy(also=("DE",))).last_day == dt.date(2036, 12, 31)


def test_every_object_of_the_shipment_is_locked_and_a_second_run_changes_nothing(store: RetentionStore) -> None:
    revision = cleared(store)
    lodged(store, revision, dt.date(2026, 3, 9))
    done = _settle(store)
    assert (done.objects, done.extended, done.missing) == (len(_shipment(store).keys), done.objects, ())
    listed = {*store.list("shipments/"), *store.list("originals/")}
    assert {key for key in listed if store.lock_of(key) != _due(store).lock} == set()
    assert list(Locks(store).differences(_shipment(store), _due(store).lock, NOW)) == []
    assert _settle(store).extended == 0


def test_a_lock_is_extended_and_strengthened_and_never_the_other_way(store: RetentionStore) -> None:
    revision = cleared(store)
    store.lock(revision.intake, Lock("governance", _until(2060)))
    store.lock(revision.outcome, Lock("compliance", _until(2027)))
    _settle(store)
    assert store.lock_of(revision.intake) == Lock("compliance", _until(2060))
    assert store.lock_of(revision.outcome) == Lock("compliance", _until(2037))


def test_an_original_of_two_shipments_has_the_later_date_of_both(store: RetentionStore) -> None:
    answered(store, received(store, "A-1"), jurisdiction="DE")
    answered(store, received(store, "B-1", SHARED), jurisdiction="US", number="other")
    for reference in ("A-1", "B-1"):
        _settle(store, reference)
    invoice, prices = (keys.original(sha256(SHARED[name])) for name in SHARED)
    assert store.lock_of(invoice) == Lock("compliance", _until(2037))
    assert store.lock_of(prices) == Lock("compliance", _until(2031, 3, 3))


def test_what_differs_is_told_with_its_fault(store: RetentionStore) -> None:
    revision = cleared(store)
    store.lock(revision.outcome, Lock("governance", _until(2050)))
    store.lock(revision.result, Lock("compliance", _until(2027)))
    found = Locks(store).differences(_shipment(store), Lock("compliance", _until(2040)), NOW)
    faults = {one.key: one.fault for one in found}
    assert (faults[revision.intake], faults[revision.outcome], faults[revision.result]) == (
        "missing", "weaker", "shorter",
    )  # fmt: skip


def test_an_original_that_is_gone_is_told_and_the_others_are_locked(store: RetentionStore) -> None:
    cleared(store)
    gone = keys.original(sha256(b"the invoice"))
    store.remove(gone)
    assert _settle(store).missing == (gone,)
    [told] = Locks(store).differences(_shipment(store), _due(store).lock, NOW)
    assert (told.key, told.fault) == (gone, "no_object")


def _say(store: RetentionStore, reference: str, *, on: bool) -> None:
    told = Hold(broker="local", reference=reference, number=0, on=on, reason="court", by="ann", at=NOW)
    Holds(store).record(told)
    _settle(store, reference)


def test_a_hold_covers_all_objects_and_those_that_come_later(store: RetentionStore) -> None:
    cleared(store)
    _say(store, "A-1", on=True)
    answered(store, received(store, rules="2"), "held")
    _settle(store)
    of_both = _shipment(store).keys
    assert Revision("local", "A-1", 2).result in of_both
    assert {key for key in of_both if not store.is_held(key)} == set()


def test_the_end_of_a_hold_leaves_an_original_that_another_shipment_holds(store: RetentionStore) -> None:
    cleared(store, "A-1")
    cleared(store, "B-1", SHARED)
    _say(store, "A-1", on=True)
    _say(store, "B-1", on=True)
    _say(store, "A-1", on=False)
    shared = keys.original(sha256(b"the invoice"))
    assert [key for key in _shipment(store, "A-1").keys if store.is_held(key)] == [shared]
    _say(store, "B-1", on=False)
    assert not store.is_held(shared)


def test_a_hold_that_nobody_recorded_is_left_alone(store: RetentionStore) -> None:
    revision = cleared(store)
    store.hold(revision.intake, on=True)
    assert _settle(store).released == 0
    assert store.is_held(revision.intake)


def test_every_shipment_is_listed_with_its_own_records(store: RetentionStore) -> None:
    for reference in ("A", "A-1", "A 1", "B"):
        cleared(store, reference)
    found = {one.reference: one.records for one in KeptShipments(store).listed()}
    assert set(found) == {"A", "A-1", "A 1", "B"}
    assert all(Revision("local", name, 1).result in records for name, records in found.items())
    assert all(len(records) == 4 for records in found.values())


def test_a_shipment_that_is_not_there_is_told(store: RetentionStore) -> None:
    with pytest.raises(ObjectMissing):
        _shipment(store, "A-9")
