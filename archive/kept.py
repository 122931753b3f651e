"""What is known of each shipment for its retention: its objects, what became of it, and what people said about it.

It is read from the store alone, by the names of objects and the few values that count: a result is not read whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby

from pydantic import ConfigDict

from archive import keys
from archive.errors import KeyInvalid, ObjectMissing
from archive.holds import Hold, Holds
from archive.keys import Revision, name_of, part
from archive.lodgements import Lodgements
from archive.records import find, get
from archive.stores.protocol import ObjectStore
from schemas.lodgements import Lodgement
from schemas.results import Status
from schemas.values import Frozen, Sha256

_AREA = "shipments"
_PARTS, _NUMBER = 4, 3


@dataclass(frozen=True, slots=True)
class Listed:
    """A shipment's name, and the keys of all its own records."""

    broker: str
    reference: str
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptRevision:
    """`status` and `jurisdiction` are None where no result stands; `received_at` is UTC."""

    number: int
    received_at: dt.datetime
    originals: frozenset[str]
    status: Status | None
    jurisdiction: str | None
    lodgements: tuple[Lodgement, ...]


@dataclass(frozen=True, slots=True)
class KeptShipment:
    """A shipment with the keys of all its own records; its originals it may share with others."""

    broker: str
    reference: str
    records: tuple[str, ...]
    revisions: tuple[KeptRevision, ...]
    holds: tuple[Hold, ...]

    @property
    def originals(self) -> frozenset[str]:
        """Digests of the originals of every revision."""
        return frozenset(digest for revision in self.revisions for digest in revision.originals)

    @property
    def numbers(self) -> frozenset[int]:
        """Of every revision of which a record is there."""
        return frozenset(int(one) for key in self.records if (one := key.split("/")[_NUMBER]).isdigit())

    @property
    def keys(self) -> tuple[str, ...]:
        """Every object that its retention covers: originals first, then its own records."""
        return (*(keys.original(digest) for digest in sorted(self.originals)), *self.records)

    @property
    def hold(self) -> Hold | None:
        """The last word about it, where that is a hold."""
        return self.holds[-1] if self.holds and self.holds[-1].on else None

    @property
    def lodgements(self) -> tuple[Lodgement, ...]:
        return tuple(one for revision in self.revisions for one in revision.lodgements)


class _Facts(Frozen):
    """The few values of a record that retention needs; what else stands there is not looked at."""

    model_config = ConfigDict(extra="ignore")


class FileFacts(_Facts):
    sha256: Sha256


class IntakeFacts(_Facts):
    received_at: dt.datetime
    files: tuple[FileFacts, ...]


class DeclarationFacts(_Facts):
    jurisdiction: str | None = None


class ResultFacts(_Facts):
    status: Status
    declaration: DeclarationFacts | None = None


@dataclass(frozen=True, slots=True)
class KeptShipments:
    """Every shipment in a store. Every method raises the `StoreError`s of the store and `RecordDamaged`."""

    store: ObjectStore

    def listed(self) -> Iterator[Listed]:
        """Every shipment by its name, in the store's order, from one listing; names that are none are left out."""
        keyed = (key for key in self.store.list(f"{_AREA}/") if key.count("/") >= _PARTS)
        for (broker, reference), found in groupby(keyed, key=_owner):
            with suppress(KeyInvalid):
                yield Listed(name_of(broker), name_of(reference), tuple(found))

    def read(self, listed: Listed) -> KeptShipment:
        """A shipment that is being disposed of may be without its revisions."""
        return self._of(listed.broker, listed.reference, listed.records)

    def found(self, broker: str, reference: str) -> KeptShipment:
        """What there is under that reference, be it nothing."""
        return self._of(broker, reference, tuple(self.store.list(prefix_of(broker, reference))))

    def one(self, broker: str, reference: str) -> KeptShipment:
        """Raises `ObjectMissing` where nothing is kept under that reference."""
        found = self.found(broker, reference)
        if not found.revisions:
            raise ObjectMissing("no such shipment", prefix_of(broker, reference), remedy="look at its reference")
        return found

    def _of(self, broker: str, reference: str, records: tuple[str, ...]) -> KeptShipment:
        holds = Holds(self.store).of(broker, reference)
        unread = KeptShipment(broker, reference, records, (), holds)
        found = (self._revision(Revision(broker, reference, number), records) for number in sorted(unread.numbers))
        revisions = tuple(one for one in found if one is not None)
        return replace(unread, revisions=revisions)

    def _revision(self, revision: Revision, records: tuple[str, ...]) -> KeptRevision | None:
        """None where its intake is not there, as when a shipment is being disposed of."""
        intake = find(self.store, revision.intake, IntakeFacts)
        if intake is None:
            return None
        answered = get(self.store, revision.result, ResultFacts) if revision.result in records else None
        return KeptRevision(
            number=revision.number,
            received_at=intake.received_at,
            originals=frozenset(file.sha256 for file in intake.files),
            status=answered.status if answered else None,
            jurisdiction=answered.declaration.jurisdiction if answered and answered.declaration else None,
            lodgements=Lodgements(self.store).of(revision) if revision.key("lodgements/1.json") in records else (),
        )


def prefix_of(broker: str, reference: str) -> str:
    """What the keys of all records of a shipment begin with."""
    return f"{_AREA}/{part(broker)}/{part(reference)}/"


def _owner(key: str) -> tuple[str, str]:
    _, broker, reference, *_ = key.split("/")
    return broker, reference
