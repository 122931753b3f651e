"""Removing what two people let go. Whoever is killed and run again ends with the same.

A shipment that has begun to go goes on to go; one that has not is looked at anew. Its intakes go last: until then it
can be told which originals it needs. An original that another shipment needs, or that was received anew, stays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from archive import keys
from archive.archive import Archive
from archive.census import Census, Counting, Owner
from archive.claims import Claims, claim_key
from archive.disposals import Begun, Disposals, Done, DoomedShipment, KeptAfterAll, Proposal
from archive.errors import Conflict, ObjectLocked, ObjectMissing
from archive.indexing import detail_rows
from archive.kept import KeptShipment
from archive.keys import Revision, part
from archive.tables import DocumentRow

_INVOICE: Final = "commercial_invoice"
Forget = Callable[[str, str], None]
"""Removes the rows of a broker's shipment from an index."""


@dataclass(frozen=True, slots=True)
class DisposalTold:
    """For the journal: the shipment at `place` of the proposal, counted from 1, goes now."""

    proposal: Proposal
    place: int
    by: str
    at: dt.datetime

    @property
    def shipment(self) -> DoomedShipment:
        return self.proposal.shipments[self.place - 1]


Witness = Callable[[DisposalTold], str | None]
"""Enters it in the journal and returns its proof there, None where there is no journal."""


def no_journal(_told: DisposalTold) -> str | None:
    """Nothing is entered anywhere."""
    return None


@dataclass(frozen=True, slots=True)
class Disposing:
    """The disposal of one proposal. Every method raises the `StoreError`s of the store and `RecordDamaged`."""

    counting: Counting
    proposal: Proposal
    forget: Forget
    witness: Witness = no_journal

    @property
    def _disposals(self) -> Disposals:
        return Disposals(self.counting.store)

    def carry_out(self, *, by: str) -> Done:
        """Remove what the confirmed list names and is past its time now; what was done before is not done again.

        Raises:
            Conflict: nobody confirmed it.
        """
        if done := self._disposals.done(self.proposal.id):
            return done
        if self._disposals.confirmation(self.proposal.id) is None:
            raise Conflict("nobody confirmed it", self.proposal.id, remedy="have a second person confirm it")
        places = dict(enumerate(self.proposal.shipments, 1))
        begun = {place for place in places if self._disposals.begun(self.proposal, place)}
        census = self.counting.census(frozenset(_owner(places[place]) for place in begun))
        kept = dict(self._kept(census, begun))
        going = {place: one for place, one in places.items() if place not in kept}
        owners = frozenset(map(_owner, going.values()))
        left = {key for place in going for key in self._remove_shipment(place, census, owners, by)}
        return self._disposals.finish(self.proposal, self._done(going.values(), left, kept.values()))

    def _done(self, going: Collection[DoomedShipment], left: set[str], kept: Iterable[KeptAfterAll]) -> Done:
        listed = {one.key for shipment in going for one in shipment.objects}
        return Done(
            done_at=self.counting.now,
            disposed=len(going),
            objects=len(listed - left),
            left=tuple(sorted(left)),
            kept=tuple(kept),
        )

    def _kept(self, census: Census, begun: set[int]) -> Iterator[tuple[int, KeptAfterAll]]:
        """Those of the list that are kept after all, by their place in it."""
        past = {one.owner: one.shipment for one in census.past}
        for place, doomed in enumerate(self.proposal.shipments, 1):
            if place not in begun and (why := _why_kept(doomed, past.get(_owner(doomed)))):
                yield place, KeptAfterAll(broker=doomed.broker, reference=doomed.reference, why=why)

    def _remove_shipment(self, place: int, census: Census, going: frozenset[Owner], by: str) -> frozenset[str]:
        """Remove it; returns the originals of the list that stay."""
        doomed = self.proposal.shipments[place - 1]
        begun = self._disposals.begun(self.proposal, place) or self._begin(place, by)
        for key in begun.beside:
            self._remove(key)
        left = set[str]()
        for one in sorted(doomed.objects, key=lambda told: told.key.endswith("/intake.json")):
            digest = keys.digest_in(one.key)
            if digest is None:
                self._remove(one.key)
            elif census.is_needed(digest, going) or not self._remove_unless_locked(one.key):
                left.add(one.key)
        self.forget(doomed.broker, doomed.reference)
        return frozenset(left)

    def _begin(self, place: int, by: str) -> Begun:
        told = DisposalTold(self.proposal, place, by, self.counting.now)
        mine = Begun(
            broker=told.shipment.broker,
            reference=told.shipment.reference,
            begun_at=told.at,
            beside=tuple(dict.fromkeys(self._beside(told.shipment))),
            journal=self.witness(told),
        )
        return self._disposals.begin(self.proposal, place, mine)

    def _beside(self, doomed: DoomedShipment) -> Iterator[str]:
        """What was read of its originals, its claims to invoices, what was quarantined under its name, and casework."""
        store = self.counting.store
        for one in doomed.objects:
            if digest := keys.digest_in(one.key):
                yield from store.list(f"readings/{digest}/")
        for area in ("quarantine", "casework"):
            yield from store.list(f"{area}/{part(doomed.broker)}/{part(doomed.reference)}/")
        yield from self._claims(doomed)

    def _claims(self, doomed: DoomedShipment) -> Iterator[str]:
        """Those that the shipment has to the invoices of its results."""
        archive = Archive(self.counting.store, lambda: self.counting.now)
        claims = Claims(self.counting.store)
        for number in archive.revisions(doomed.broker, doomed.reference):
            found = archive.record(Revision(doomed.broker, doomed.reference, number))
            for row in detail_rows(found.intake, found.result):
                if not isinstance(row, DocumentRow) or row.type != _INVOICE or not row.exporter_key:
                    continue
                told = (doomed.broker, row.exporter_key, row.number_key or "")
                if claims.holder(*told) == doomed.reference:
                    yield claim_key(*told)

    def _remove_unless_locked(self, key: str) -> bool:
        """Whether it is removed: an original that somebody received anew is locked again, and stays."""
        with suppress(ObjectLocked):
            self._remove(key)
            return True
        return False

    def _remove(self, key: str) -> None:
        """One that is not there was removed before."""
        with suppress(ObjectMissing):
            self.counting.store.remove(key)


def _owner(doomed: DoomedShipment) -> Owner:
    return doomed.broker, doomed.reference


def _why_kept(doomed: DoomedShipment, shipment: KeptShipment | None) -> str | None:
    if shipment is None:
        return "it is no longer past every date and hold"
    listed = {*(one.key for one in doomed.objects), *map(keys.original, doomed.shared)}
    return None if listed == set(shipment.keys) else "it has other objects than the list says"
