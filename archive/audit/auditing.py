"""The audit: journal, objects, locks, register, in this order, as what comes later leans on what came before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from archive.archive import Archive
from archive.audit.indexed import register_troubles
from archive.audit.objects import Objects, Tally
from archive.audit.recorded import Recorded
from archive.audit.troubles import Trouble
from archive.census import Owner
from archive.disposals import Disposals
from archive.errors import ObjectDamaged, ObjectMissing, RecordDamaged
from archive.journal.index import JournalIndex
from archive.journal.verifying import Trust, Verified, verify
from archive.kept import KeptShipment, KeptShipments
from archive.register import Register
from archive.retention import Due, LockDifference, Locks, Policy, due_of
from archive.stores.protocol import RetentionStore
from schemas.journal import JournalEntry

_SETTLED_WITHIN: Final = dt.timedelta(hours=36)
"""Locks go to their date in the round of the night; until then what was locked on receipt is as it must be."""


@dataclass(frozen=True, slots=True)
class Audited:
    """What is looked at, and what it is measured by. `index` is None where the journal's index cannot be asked."""

    store: RetentionStore
    register: Register
    index: JournalIndex | None
    trust: Trust
    policy: Policy


@dataclass(frozen=True, slots=True)
class AuditReport:
    """`troubles` is empty where everything is as it must be. Times are UTC."""

    began_at: dt.datetime
    tally: Tally
    journal: Verified
    troubles: tuple[Trouble, ...]


def audit(audited: Audited, now: dt.datetime) -> AuditReport:
    """Look at everything. Raises the `StoreError`s that say nothing about one object, and the `RegisterError`s."""
    with Recorded() as recorded:
        journal, rewritten = _journal(audited, recorded)
        objects = Objects(audited.store, recorded, Disposals(audited.store).gone, now)
        troubles = [
            *(Trouble("journal", one.where, one.what) for one in journal.troubles),
            *rewritten,
            *objects.troubles(),
            *_lock_troubles(audited, now),
            *register_troubles(audited.register, Archive(audited.store, lambda: now)),
        ]
    return AuditReport(now, objects.tally, journal, tuple(_told_once(troubles)))


def _journal(audited: Audited, recorded: Recorded) -> tuple[Verified, list[Trouble]]:
    """The journal verified, and what it says twice and differently."""
    troubles: list[Trouble] = []
    seen = partial(_note, recorded, troubles)
    return verify(audited.store, audited.trust, index=audited.index, seen=seen), troubles


def _note(recorded: Recorded, troubles: list[Trouble], entry: JournalEntry) -> None:
    if entry.kind == "disposed":
        return  # It names what is no longer there.
    what = f"the journal recorded it with two digests, the later one by the event {entry.id}"
    troubles += [Trouble("altered", key, what) for key in recorded.add(entry.records)]


def _lock_troubles(audited: Audited, now: dt.datetime) -> Iterator[Trouble]:
    """Without those of shipments that are being disposed of: of what tells their dates some may be gone already."""
    going = _going(audited.store)
    found = tuple(_judged_locks(audited, now))
    going |= _going(audited.store) if found else frozenset()
    return (trouble for owner, trouble in found if owner not in going)


def _going(store: RetentionStore) -> frozenset[Owner]:
    return frozenset((one.broker, one.reference) for one in Disposals(store).unfinished())


def _judged_locks(audited: Audited, now: dt.datetime) -> Iterator[tuple[Owner, Trouble]]:
    shipments, locks = KeptShipments(audited.store), Locks(audited.store)
    for listed in shipments.listed():
        try:
            shipment = shipments.read(listed)
        except (RecordDamaged, ObjectMissing, ObjectDamaged):
            continue  # The objects' own audit names them.
        if not shipment.revisions:
            continue
        due = due_of(shipment, audited.policy, now)
        is_new = _changed_at(shipment) > now - _SETTLED_WITHIN
        for one in locks.differences(shipment, due.lock, now):
            if not is_new or one.fault == "no_object" or one.found is None:
                yield (shipment.broker, shipment.reference), _lock_trouble(one, due)


def _lock_trouble(one: LockDifference, due: Due) -> Trouble:
    if one.fault == "no_object":
        what = f"is not there, and must be kept until {due.last_day}: {due.kept[0].rule.source}"
        return Trouble("early_deleted", one.key, what)
    until = f"until {one.found.until:%Y-%m-%d %H:%M} ({one.found.mode})" if one.found else "not at all"
    wanted = f"until {due.lock.until:%Y-%m-%d %H:%M} ({due.lock.mode})"
    return Trouble("lock", one.key, f"is locked {until}, must be {wanted}: run `tidewaiter retention apply`")


def _changed_at(shipment: KeptShipment) -> dt.datetime:
    """When something last came that its locks follow from."""
    return max(
        at
        for revision in shipment.revisions
        for at in (revision.received_at, *(one.recorded_at for one in revision.lodgements))
    )


def _told_once(troubles: list[Trouble]) -> Iterator[Trouble]:
    """Sorted, and an object that was deleted too early is not told once more as missing."""
    early = {one.where for one in troubles if one.kind == "early_deleted"}
    for one in sorted(set(troubles)):
        if not (one.kind == "missing" and one.where in early):
            yield one
