"""Until when the objects of a shipment are locked, and bringing the locks in the store to where they must be.

| the shipment | its lock |
| --- | --- |
| has no result yet, or nobody knows where it is declared | governance, for so many days at a time |
| was answered (held, rejected) | governance, until the day that the table of retention gives |
| was declared (clear) or lodged at customs | compliance, until that day |

One lock covers all objects of a shipment: originals, intake, results, declarations, decisions, lodgements. An original
of several shipments has the latest date of all, as a lock is extended and never shortened.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Literal

from archive import keys
from archive.errors import LockWeaker, ObjectMissing, StoreUnavailable
from archive.holds import Holds
from archive.kept import KeptRevision, KeptShipment, KeptShipments
from archive.stores.protocol import Lock, LockMode, RetentionStore
from schemas.lodgements import Lodgement
from schemas.retention import CustomsDates, Event, Kept, end_of, kept, latest_day_of

State = Literal["open", "answered", "declared", "lodged"]
LockFault = Literal["missing", "shorter", "weaker", "no_object"]

_RACES: Final = 5
STATES: Final[tuple[State, ...]] = ("open", "answered", "declared", "lodged")


@dataclass(frozen=True, slots=True)
class Policy:
    """`open_days`: for how long a shipment is locked at a time while no law tells. `also`: whose law always holds."""

    open_days: int = 365
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """What must be kept until when. `kept` are the rules that say so, the longest first.

    Before the end of `last_day` nothing is disposed of; `lock` may end sooner, where it is renewed by and by.
    """

    state: State
    lock: Lock
    kept: tuple[Kept, ...]
    jurisdictions: tuple[str, ...]

    @property
    def last_day(self) -> dt.date:
        return self.kept[0].last_day

    @property
    def waits_for(self) -> tuple[Event, ...]:
        """Customs events that a rule runs from and that nobody recorded."""
        return tuple(dict.fromkeys(one.rule.runs_from for one in self.kept if one.waits_for_event))

    def is_past(self, now: dt.datetime) -> bool:
        return end_of(self.last_day) <= now


def due_of(shipment: KeptShipment, policy: Policy, now: dt.datetime) -> Due:
    """What the lodgements tell where there are any, else the clear revisions, else those that there are."""
    state, counting = _counting(shipment)
    told = tuple(_lodged(counting) if state == "lodged" else map(_received, counting))
    known = tuple(dict.fromkeys(code for codes, _ in told for code in codes))
    rules = {one for codes, dates in told for one in kept((*(codes or (None,)), *policy.also), dates)}
    ordered = tuple(sorted(rules, key=lambda one: (one.last_day, one.rule.source), reverse=True))
    until = end_of(ordered[0].last_day)
    if not known and state != "lodged":
        return Due(state, Lock("governance", min(until, _renewed(shipment, policy, now))), ordered, known)
    mode: LockMode = "compliance" if state in ("declared", "lodged") else "governance"
    return Due(state, Lock(mode, until), ordered, known)


def _counting(shipment: KeptShipment) -> tuple[State, tuple[KeptRevision, ...]]:
    """The revisions that the date is computed from."""
    revisions = shipment.revisions
    if any(one.lodgements for one in revisions):
        return "lodged", tuple(one for one in revisions if one.lodgements)
    if declared := tuple(one for one in revisions if one.status == "clear"):
        return "declared", declared
    answered = tuple(one for one in revisions if one.status is not None)
    return ("answered", answered) if answered else ("open", revisions)


def _received(revision: KeptRevision) -> tuple[tuple[str, ...], CustomsDates]:
    """Where it would be declared, and the day that stands in for what has not happened."""
    codes = (revision.jurisdiction,) if revision.jurisdiction else ()
    return codes, CustomsDates(received=latest_day_of(revision.received_at))


def _lodged(revisions: tuple[KeptRevision, ...]) -> Iterator[tuple[tuple[str, ...], CustomsDates]]:
    """One for each number of customs: of what its records tell, the latest days, and the last procedure."""
    by_number: dict[str, list[tuple[KeptRevision, Lodgement]]] = defaultdict(list)
    for revision in revisions:
        for lodgement in revision.lodgements:
            by_number[lodgement.mrn].append((revision, lodgement))
    for told in by_number.values():
        codes = [code for revision, one in told for code in (revision.jurisdiction, one.country) if code]
        records = [one for _, one in told]
        dates = CustomsDates(
            received=max(latest_day_of(revision.received_at) for revision, _ in told),
            accepted=_latest(one.accepted for one in records),
            released=_latest(one.released for one in records),
            ended=_latest(one.ended for one in records),
            corrected=_latest(one.corrected for one in records),
            procedure=records[-1].procedure,
        )
        yield tuple(dict.fromkeys(codes)), dates


def _latest(told: Iterable[dt.date | None]) -> dt.date | None:
    return max((day for day in told if day is not None), default=None)


def _renewed(shipment: KeptShipment, policy: Policy, now: dt.datetime) -> dt.datetime:
    """The end of the current turn of `open_days`, counted from the last receipt; a new one begins at half its time."""
    turn = dt.timedelta(days=policy.open_days)
    received = max(one.received_at for one in shipment.revisions)
    halves = max(0, (now - received) // (turn / 2))
    return received + turn + (turn / 2) * halves


@dataclass(frozen=True, slots=True)
class Settled:
    """What was done to the objects of a shipment. `missing` are keys of objects that are not there."""

    objects: int = 0
    extended: int = 0
    held: int = 0
    released: int = 0
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LockDifference:
    """An object whose lock is not what it must be; `found` is None where it has none."""

    key: str
    fault: LockFault
    found: Lock | None


@dataclass(frozen=True, slots=True)
class Locks:
    """The locks in a store. Every method raises the `StoreError`s of the store and `RecordDamaged`.

    `NotLockable` is raised where the bucket knows no locks.
    """

    store: RetentionStore

    def settle(self, shipment: KeptShipment, wanted: Lock, now: dt.datetime) -> Settled:
        """Extend each lock that is shorter or weaker, and set or end the legal hold as people said.

        Whoever is killed in between and runs again, or runs beside another, ends with the same locks.
        """
        extended, missing = 0, []
        for key in shipment.keys:
            try:
                extended += self._extend(key, wanted, now)
            except ObjectMissing:
                missing.append(key)
        there = [key for key in shipment.keys if key not in missing]
        held, released = self._hold(shipment, there)
        return Settled(len(there), extended, held, released, tuple(missing))

    def differences(self, shipment: KeptShipment, wanted: Lock, now: dt.datetime) -> Iterator[LockDifference]:
        """The objects of which the store says less than must be. A lock that is longer or stronger is no fault."""
        for key in shipment.keys:
            try:
                found = self.store.lock_of(key)
            except ObjectMissing:
                yield LockDifference(key, "no_object", None)
                continue
            if wanted.until > now and (fault := _fault(found, wanted)) is not None:
                yield LockDifference(key, fault, found)

    def _extend(self, key: str, wanted: Lock, now: dt.datetime) -> bool:
        """Whether it had to be extended. Another process may extend it further in between."""
        for _ in range(_RACES):
            found = self.store.lock_of(key)
            if wanted.until <= now or _fault(found, wanted) is None:
                return False
            with suppress(LockWeaker):
                self.store.lock(key, _joined(found, wanted))
                return True
        raise StoreUnavailable("others extend its lock again and again", key, remedy="run again")

    def _hold(self, shipment: KeptShipment, there: list[str]) -> tuple[int, int]:
        """How many were held, and how many no longer. A hold that nobody recorded is left alone."""
        if shipment.hold is not None:
            return sum(self._set(key, on=True) for key in there), 0
        if not shipment.holds:
            return 0, 0
        others = self._held_by_others(shipment)
        return 0, sum(self._set(key, on=False) for key in there if key not in others)

    def _held_by_others(self, shipment: KeptShipment) -> frozenset[str]:
        """Keys of originals that another shipment holds."""
        own = (shipment.broker, shipment.reference)
        held = [one for one in Holds(self.store).in_force() if (one.broker, one.reference) != own]
        return frozenset(
            keys.original(digest)
            for one in held
            for digest in KeptShipments(self.store).found(one.broker, one.reference).originals
        )

    def _set(self, key: str, *, on: bool) -> bool:
        if self.store.is_held(key) == on:
            return False
        self.store.hold(key, on=on)
        return True


def _fault(found: Lock | None, wanted: Lock) -> LockFault | None:
    if found is None:
        return "missing"
    if found.until < wanted.until:
        return "shorter"
    return None if found.covers(Lock(wanted.mode, found.until)) else "weaker"


def _joined(found: Lock | None, wanted: Lock) -> Lock:
    """As long as the longer and as strong as the stronger: no lock is ever shortened or weakened."""
    if found is None:
        return wanted
    strong = found.mode == "compliance" or wanted.mode == "compliance"
    return Lock("compliance" if strong else "governance", max(found.until, wanted.until))
