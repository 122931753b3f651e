"""Every shipment in the store looked at once: who needs which original, and what is past every date and hold.

Whether an original may go is asked of every shipment there is, never of the register. While the records of one cannot
be read, nobody knows which originals it needs, and nothing is found to be past.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from archive import keys
from archive.disposals import DisposedObject, DoomedShipment
from archive.errors import ObjectMissing, RecordDamaged
from archive.kept import KeptShipment, KeptShipments
from archive.keys import Revision
from archive.retention import Due, Policy, due_of
from archive.stores.protocol import RetentionStore

Owner = tuple[str, str]
"""Broker and reference."""


@dataclass(frozen=True, slots=True)
class Past:
    """A shipment of which nothing must be kept any more."""

    shipment: KeptShipment
    due: Due

    @property
    def owner(self) -> Owner:
        return self.shipment.broker, self.shipment.reference


@dataclass(frozen=True, slots=True)
class Census:
    """`users` are the shipments that need an original, by its digest."""

    users: Mapping[str, frozenset[Owner]]
    past: tuple[Past, ...]

    def is_needed(self, digest: str, going: Iterable[Owner]) -> bool:
        """Whether a shipment needs it beside those that go."""
        return bool(self.users.get(digest, frozenset()) - frozenset(going))


@dataclass(frozen=True, slots=True)
class Counting:
    """`unlodged` takes in those that nobody recorded a lodgement of, whose dates are counted from receipt.

    Every method raises the `StoreError`s of the store and `RecordDamaged`.
    """

    store: RetentionStore
    policy: Policy
    now: dt.datetime
    unlodged: bool = False

    def census(self, begun: frozenset[Owner] = frozenset()) -> Census:
        """`begun` are those that are going already: they are no longer past, and some of their records may be gone."""
        users: dict[str, set[Owner]] = defaultdict(set)
        past = []
        for listed in KeptShipments(self.store).listed():
            shipment = KeptShipments(self.store).read(listed)
            owner = (shipment.broker, shipment.reference)
            for digest in shipment.originals:
                users[digest].add(owner)
            if owner not in begun and self._is_past(shipment, due := self._due(shipment)):
                past.append(Past(shipment, due))
        return self._without_locked({one: frozenset(by) for one, by in users.items()}, past)

    def doomed(self, census: Census) -> Iterator[DoomedShipment]:
        """What may go, with the digest of each object, by broker and reference."""
        going = frozenset(one.owner for one in census.past)
        for one in sorted(census.past, key=lambda past: past.owner):
            yield self._doomed(one, frozenset(own for own in one.shipment.originals if census.is_needed(own, going)))

    def _due(self, shipment: KeptShipment) -> Due:
        _refuse_without_intake(shipment)
        return due_of(shipment, self.policy, self.now)

    def _is_past(self, shipment: KeptShipment, due: Due) -> bool:
        if shipment.hold is not None or not due.is_past(self.now):
            return False
        return self.unlodged if due.state != "lodged" else not due.waits_for

    def _without_locked(self, users: Mapping[str, frozenset[Owner]], past: list[Past]) -> Census:
        """Without those of which the store says that an object is locked or held: it may know more than the records."""
        census = Census(users, tuple(past))
        going = frozenset(one.owner for one in past)
        free = tuple(one for one in past if not any(map(self._is_bound, _own(one.shipment, census, going))))
        return Census(users, free)

    def _is_bound(self, key: str) -> bool:
        try:
            lock = self.store.lock_of(key)
            return (lock is not None and lock.until > self.now) or self.store.is_held(key)
        except ObjectMissing:
            return False

    def _doomed(self, past: Past, shared: frozenset[str]) -> DoomedShipment:
        shipment = past.shipment
        originals = (DisposedObject(key=keys.original(one), sha256=one) for one in sorted(shipment.originals - shared))
        records = (DisposedObject(key=key, sha256=self._digest(key)) for key in shipment.records)
        return DoomedShipment(
            broker=shipment.broker,
            reference=shipment.reference,
            lasted_until=past.due.last_day,
            because=tuple(dict.fromkeys(one.rule.source for one in past.due.kept)),
            objects=(*originals, *records),
            shared=tuple(sorted(shared)),
        )

    def _digest(self, key: str) -> str:
        return hashlib.sha256(self.store.get(key)).hexdigest()


def _own(shipment: KeptShipment, census: Census, going: frozenset[Owner]) -> Iterator[str]:
    """The objects that would be removed with the shipment."""
    yield from shipment.records
    yield from (keys.original(one) for one in shipment.originals if not census.is_needed(one, going))


def _refuse_without_intake(shipment: KeptShipment) -> None:
    lost = shipment.numbers - {one.number for one in shipment.revisions}
    if lost or not shipment.numbers:
        where = Revision(shipment.broker, shipment.reference, min(lost, default=1)).intake
        what = "is missing, so that nobody knows which originals the shipment needs"
        raise RecordDamaged(what, where, remedy="restore it from a copy, then run again")
