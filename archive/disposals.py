"""Disposals: which shipments two people let go, and what is left of each: digests and dates, no name of a paper.

disposals/<id>/proposal.json       the exact list: every object with its digest, until when it had to be kept and why
disposals/<id>/confirmation.json   the second person's word, about the digest of that list
disposals/<id>/begun/<n>.json      for the nth shipment of the list, before its first object is removed
disposals/<id>/done.json           when the last one was removed, and which were kept after all

An object that is not there was disposed of properly where a list names it whose disposal was confirmed and, for its
shipment, begun; else it is missing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import TypeAdapter

from archive import records
from archive.errors import Conflict
from archive.keys import part
from archive.stores.protocol import ObjectStore
from schemas.values import Frozen, Sha256

_AREA = "disposals"
_DIGEST_LENGTH = 12


class DisposedObject(Frozen):
    key: str
    sha256: Sha256


class DoomedShipment(Frozen):
    """A shipment whose time is past. `lasted_until` is the last day it had to be kept, by the rules of `because`.

    `objects` are all its objects but for originals that another shipment needs: those are `shared`.
    """

    broker: str
    reference: str
    lasted_until: dt.date
    because: tuple[str, ...]
    objects: tuple[DisposedObject, ...]
    shared: tuple[Sha256, ...] = ()


class Proposal(Frozen):
    """`digest` is that of the list of shipments alone. Times are UTC.

    `unlodged`: shipments that nobody recorded a lodgement of may go too.
    """

    id: str
    proposed_by: str
    proposed_at: dt.datetime
    expires_at: dt.datetime
    digest: Sha256
    unlodged: bool = False
    shipments: tuple[DoomedShipment, ...]


class Confirmation(Frozen):
    confirmed_by: str
    confirmed_at: dt.datetime
    digest: Sha256


class Begun(Frozen):
    """`beside` are keys that go with the shipment's objects: what was read of its originals, its claims, quarantine.

    `journal` is what the journal gave for the event, None where there is no journal.
    """

    broker: str
    reference: str
    begun_at: dt.datetime
    beside: tuple[str, ...]
    journal: str | None = None


class KeptAfterAll(Frozen):
    broker: str
    reference: str
    why: str


class Done(Frozen):
    """`disposed` counts shipments, `objects` what was removed of them.

    `left` are originals of theirs that were received anew meanwhile and stay, `kept` the shipments that stay.
    """

    done_at: dt.datetime
    disposed: int
    objects: int
    left: tuple[str, ...] = ()
    kept: tuple[KeptAfterAll, ...] = ()


_LIST: TypeAdapter[tuple[DoomedShipment, ...]] = TypeAdapter(tuple[DoomedShipment, ...])


def digest_of(shipments: tuple[DoomedShipment, ...]) -> str:
    """Equal for equal lists alone."""
    return hashlib.sha256(_LIST.dump_json(shipments)).hexdigest()


def proposal_of(
    shipments: tuple[DoomedShipment, ...], *, by: str, at: dt.datetime, days: int, unlodged: bool = False
) -> Proposal:
    """The proposal that these go, open for so many days."""
    digest = digest_of(shipments)
    return Proposal(
        id=f"{at:%Y%m%d}-{digest[:_DIGEST_LENGTH]}",
        proposed_by=by,
        proposed_at=at,
        expires_at=at + dt.timedelta(days=days),
        digest=digest,
        unlodged=unlodged,
        shipments=shipments,
    )


@dataclass(frozen=True, slots=True)
class Disposals:
    """The disposals in a store. Every method raises the `StoreError`s of the store and `RecordDamaged`."""

    store: ObjectStore

    def propose(self, mine: Proposal) -> Proposal:
        """Keep the list; the same list on the same day is the proposal that stands, whoever made it."""
        return records.settled(self.store, f"{_AREA}/{part(mine.id)}/proposal.json", mine)

    def proposal(self, proposal_id: str) -> Proposal:
        """Raises `ObjectMissing`, and `Conflict` where the list is not the one that its digest tells."""
        key = f"{_AREA}/{part(proposal_id)}/proposal.json"
        found = records.get(self.store, key, Proposal)
        if digest_of(found.shipments) != found.digest:
            raise Conflict("the list has another digest", key, remedy="propose again; find out who changed it")
        return found

    def confirm(self, proposal: Proposal, *, by: str, at: dt.datetime) -> Confirmation:
        """The confirmation that stands, which is the first."""
        mine = Confirmation(confirmed_by=by, confirmed_at=at, digest=proposal.digest)
        return records.settled(self.store, f"{_AREA}/{part(proposal.id)}/confirmation.json", mine)

    def confirmation(self, proposal_id: str) -> Confirmation | None:
        return records.find(self.store, f"{_AREA}/{part(proposal_id)}/confirmation.json", Confirmation)

    def begin(self, proposal: Proposal, place: int, mine: Begun) -> Begun:
        """Say that the shipment at that place of the list, counted from 1, goes now; returns what stands."""
        return records.settled(self.store, _begun(proposal.id, place), mine)

    def begun(self, proposal: Proposal, place: int) -> Begun | None:
        return records.find(self.store, _begun(proposal.id, place), Begun)

    def finish(self, proposal: Proposal, mine: Done) -> Done:
        return records.settled(self.store, f"{_AREA}/{part(proposal.id)}/done.json", mine)

    def done(self, proposal_id: str) -> Done | None:
        return records.find(self.store, f"{_AREA}/{part(proposal_id)}/done.json", Done)

    def ids(self) -> Iterator[str]:
        """Every proposal, in the order of days."""
        for key in self.store.list(f"{_AREA}/"):
            if key.endswith("/proposal.json"):
                yield key.split("/")[1]

    def gone(self) -> frozenset[str]:
        """Keys of all that was, or is being, removed by two people's word: whatever else is not there is missing."""
        keys = set[str]()
        for one in self.ids():
            if self.confirmation(one) is None:
                continue
            proposal = self.proposal(one)
            for place, shipment in enumerate(proposal.shipments, 1):
                if (begun := self.begun(proposal, place)) is not None:
                    keys |= {*(each.key for each in shipment.objects), *begun.beside}
        return frozenset(keys)

    def unfinished(self) -> Iterator[DoomedShipment]:
        """What is being removed: begun, in a disposal that is not done."""
        for one in self.confirmed():
            yield from (doomed for place, doomed in enumerate(one.shipments, 1) if self.begun(one, place))

    def confirmed(self) -> Iterator[Proposal]:
        """The disposals that two people want and that are not done."""
        for one in self.ids():
            if self.done(one) is None and self.confirmation(one) is not None:
                yield self.proposal(one)


def _begun(proposal_id: str, place: int) -> str:
    return f"{_AREA}/{part(proposal_id)}/begun/{place}.json"
