"""What people decided about the findings of a revision, each decision written once and never changed.

shipments/<broker>/<reference>/<revision>/decisions/<number>.json   counted from 1, without gaps

A number is claimed by writing it, so that of two people who decide at once neither overwrites the other: the second
finds the first's decision and takes the next number, unless both decide the same finding, which is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from pydantic import ValidationError

from archive.errors import Conflict, ObjectMissing, RecordDamaged
from archive.keys import Revision
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
        return wanted.model_copy(update={"number": number})

    def _settled(self, broker: str, reference: str, wanted: FindingDecision, number: int) -> FindingDecision | None:
        """The decision that has this number already; None where ours has it now."""
        key = Revision(broker, reference, wanted.revision).decision(number)
        text = wanted.model_copy(update={"number": number}).model_dump_json(indent=2)
        if self.store.put_new(key, text.encode(), media_type="application/json"):
            return None
        return _read(self.store.get(key), key)

    def of(self, broker: str, reference: str) -> tuple[FindingDecision, ...]:
        """Every decision about the shipment, in the order of revisions and numbers.

        Keys are asked for one by one: a listing taken while others write may have gaps.
        """
        found: list[FindingDecision] = []
        for number in count(1):
            revision = Revision(broker, reference, number)
            if not self.store.exists(revision.intake):
                break
            found += self._about(revision)
        return tuple(found)

    def _about(self, revision: Revision) -> Iterator[FindingDecision]:
        for number in count(1):
            key = revision.decision(number)
            try:
                content = self.store.get(key)
            except ObjectMissing:
                return
            yield _read(content, key)


def _decided_otherwise(standing: FindingDecision, key: str) -> Conflict:
    decision = standing.decision
    what = f"{decision.by} decided this finding meanwhile ({decision.action}: {decision.reason})"
    return Conflict(what, key, remedy="look at the shipment again, and decide there if it should be otherwise")


def _read(content: bytes, key: str) -> FindingDecision:
    try:
        return FindingDecision.model_validate_json(content)
    except ValidationError as error:
        what = f"is no decision that this version can read ({error.error_count()} errors)"
        remedy = "read it with the version that wrote it, or restore the object from a copy"
        raise RecordDamaged(what, key, remedy=remedy) from error
