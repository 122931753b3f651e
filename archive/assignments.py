"""Which pages are which paper, where people said so of a revision: each record written once and never changed.

shipments/<broker>/<reference>/<revision>/corrections/<number>.json   counted from 1, without gaps

A number is claimed by writing it, as that of a decision is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive import records
from archive.errors import Conflict
from archive.keys import Revision
from archive.numbered import begun_revisions, numbered, with_number
from archive.stores.protocol import ObjectStore
from schemas.assignments import PageAssignment


@dataclass(frozen=True, slots=True)
class Assignments:
    """The assignments in a store. Every method raises the `StoreError`s of the store and `RecordDamaged`."""

    store: ObjectStore

    def record(
        self, broker: str, reference: str, wanted: PageAssignment, *, known: Sequence[PageAssignment]
    ) -> PageAssignment:
        """Keep the assignment under the next free number; told twice, the one that stands is returned.

        `known` are those that the person saw.

        Raises:
            Conflict: someone else said otherwise of one of these pages meanwhile.
        """
        number = 1
        while (there := self._settled(broker, reference, wanted, number)) is not None:
            if there.says_the_same(wanted):
                return there
            if there.pages & wanted.pages and not any(there.says_the_same(one) for one in known):
                raise _assigned_otherwise(there, Revision(broker, reference, wanted.revision).correction(number))
            number += 1
        return with_number(wanted, number)

    def _settled(self, broker: str, reference: str, wanted: PageAssignment, number: int) -> PageAssignment | None:
        """The assignment that has this number already; None where ours has it now."""
        key = Revision(broker, reference, wanted.revision).correction(number)
        if records.put(self.store, key, with_number(wanted, number)):
            return None
        return records.get(self.store, key, PageAssignment)

    def of(self, broker: str, reference: str) -> tuple[PageAssignment, ...]:
        """Every assignment about the shipment, in the order of revisions and numbers."""
        revisions = begun_revisions(self.store, broker, reference)
        return tuple(one for revision in revisions for one in numbered(self.store, revision.correction, PageAssignment))


def _assigned_otherwise(there: PageAssignment, key: str) -> Conflict:
    what = f"{there.by} sorted these pages meanwhile ({there.reason})"
    return Conflict(what, key, remedy="look at the shipment again, and sort them there if it should be otherwise")
