"""What people decided about the findings of a revision, each decision written once and never changed.

shipments/<broker>/<reference>/<revision>/decisions/<number>.json   counted from 1, without gaps

A number is claimed by writing it, so that of two people who decide at once neither overwrites the other: the second
finds the first's decision and takes the next number, unless both decide the same finding, which is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive import records
from archive.errors import Conflict
from archive.keys import Revision
from archive.numbered import begun_revisions, numbered, with_number
from archive.stores.protocol import ObjectStore
from schemas.decisions import FindingDecision


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions in a store. Every method raises the `StoreError`s of the store and `RecordDamaged`."""

    store: ObjectStore

    def record(self, broker: str, reference: str, wanted: FindingDecision) -> FindingDecision:
        """Keep the decision under the next free number; told twice, the one that stands is returned.

        Raises:
            Conflict: someone else decided this finding of this revision otherwise.
        """
        number = 1
        while (standing := self._settled(broker, reference, wanted, number)) is not None:
            if standing.says_the_same(wanted):
                return standing
            if standing.key == wanted.key:
                where = Revision(broker, reference, wanted.revision).decision(number)
                raise _decided_otherwise(standing, where)
            number += 1
        return with_number(wanted, number)

    def _settled(self, broker: str, reference: str, wanted: FindingDecision, number: int) -> FindingDecision | None:
        """The decision that has this number already; None where ours has it now."""
        key = Revision(broker, reference, wanted.revision).decision(number)
        if records.put(self.store, key, with_number(wanted, number)):
            return None
        return records.get(self.store, key, FindingDecision)

    def of(self, broker: str, reference: str) -> tuple[FindingDecision, ...]:
        """Every decision about the shipment, in the order of revisions and numbers."""
        revisions = begun_revisions(self.store, broker, reference)
        return tuple(one for revision in revisions for one in numbered(self.store, revision.decision, FindingDecision))


def _decided_otherwise(standing: FindingDecision, key: str) -> Conflict:
    decision = standing.decision
    what = f"{decision.by} decided this finding meanwhile ({decision.action}: {decision.reason})"
    return Conflict(what, key, remedy="look at the shipment again, and decide there if it should be otherwise")
