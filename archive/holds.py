"""Legal holds: which shipment nothing may be removed of, whatever the dates say, and who set or ended it when and why.

holds/<broker>/<reference>/<number>.json   counted from 1, without gaps; the last one counts

They stand apart from the shipment's own records, so that all holds are found without looking at every shipment, and
what was held when can be told after the shipment is gone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from archive.keys import name_of, part
from archive.numbered import claimed, numbered
from archive.stores.protocol import ObjectStore
from schemas.values import Frozen

_AREA = "holds"


class Hold(Frozen):
    """The `number`th word about the shipment: held from now on, or no more. `at` is UTC."""

    broker: str
    reference: str
    number: int
    on: bool
    reason: str
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Holds:
    """The holds in a store. Every method raises the `StoreError`s of the store and `RecordDamaged`."""

    store: ObjectStore

    def record(self, wanted: Hold) -> tuple[Hold, bool]:
        """Keep it under the next free number; what stands already, for the same reason, is returned with False."""
        while True:
            standing = self.of(wanted.broker, wanted.reference)
            if standing and (standing[-1].on, standing[-1].reason) == (wanted.on, wanted.reason):
                return standing[-1], False
            key_of = partial(_key, wanted.broker, wanted.reference)
            mine = claimed(self.store, key_of, wanted, after=len(standing))
            if mine is not None:
                return mine, True

    def of(self, broker: str, reference: str) -> tuple[Hold, ...]:
        """Every word about the shipment, in the order in which it was said."""
        return tuple(numbered(self.store, partial(_key, broker, reference), Hold))

    def in_force(self) -> Iterator[Hold]:
        """The last word about each shipment that is held now."""
        told = dict.fromkeys(tuple(key.split("/")[1:3]) for key in self.store.list(f"{_AREA}/"))
        for broker, reference in told:
            said = self.of(name_of(broker), name_of(reference))
            if said and said[-1].on:
                yield said[-1]


def _key(broker: str, reference: str, number: int) -> str:
    return f"{_AREA}/{part(broker)}/{part(reference)}/{number}.json"
