"""What customs did with the declaration of a revision, as people recorded it; nothing is replaced, a later record adds.

shipments/<broker>/<reference>/<revision>/lodgements/<number>.json   counted from 1, without gaps
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from archive.keys import Revision
from archive.numbered import claimed, numbered
from archive.stores.protocol import ObjectStore
from schemas.lodgements import Lodgement


@dataclass(frozen=True, slots=True)
class Lodgements:
    """The lodgements in a store. Every method raises the `StoreError`s of the store and `RecordDamaged`."""

    store: ObjectStore

    def record(self, wanted: Lodgement) -> tuple[Lodgement, bool]:
        """Keep it under the next free number; told twice, the one that stands is returned, with False."""
        revision = Revision(wanted.broker, wanted.reference, wanted.revision)
        while True:
            standing = self.of(revision)
            same = next((one for one in standing if one.says_the_same(wanted)), None)
            if same is not None:
                return same, False
            key_of = partial(_key, revision)
            mine = claimed(self.store, key_of, wanted, after=len(standing))
            if mine is not None:
                return mine, True

    def of(self, revision: Revision) -> tuple[Lodgement, ...]:
        """Those of the revision, in the order in which they were recorded."""
        return tuple(numbered(self.store, partial(_key, revision), Lodgement))


def _key(revision: Revision, number: int) -> str:
    return revision.key(f"lodgements/{number}.json")
