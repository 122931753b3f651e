"""What clerks write about a case before it is released: forms of a draft, and remarks.

casework/<broker>/<reference>/drafts/<number>.json      each form of the draft, counted from 1; the last one counts
casework/<broker>/<reference>/comments/<number>.json    remarks, counted from 1, without gaps

Every form of a draft is written once, under the number behind the one that its writer saw. Of two clerks who decide at
once the second finds the number taken and looks again; and what somebody undid is still there to be read.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial

from archive import records
from archive.keys import casework
from archive.numbered import claimed, last_number, numbered
from archive.stores.protocol import ObjectStore
from schemas.casework import CaseComment, Draft


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts in a store. Every method raises the `StoreError`s of the store and `RecordDamaged`."""

    store: ObjectStore

    def last(self, broker: str, reference: str) -> Draft | None:
        """The form that counts; None where nobody drafted anything."""
        folder = casework(broker, reference, "drafts/")
        number = last_number(self.store, folder, partial(_draft, broker, reference))
        return records.get(self.store, _draft(broker, reference, number), Draft) if number else None

    def write(self, draft: Draft) -> Draft:
        """Keep this form under its number; returns the one that stands there, which is that of whoever was first."""
        return records.settled(self.store, _draft(draft.broker, draft.reference, draft.number), draft)


@dataclass(frozen=True, slots=True)
class Comments:
    """The remarks in a store. Every method raises the `StoreError`s of the store and `RecordDamaged`."""

    store: ObjectStore

    def add(self, broker: str, reference: str, *, by: str, at: dt.datetime, text: str) -> CaseComment:
        """Keep the remark under the next free number."""
        mine = CaseComment(broker=broker, reference=reference, number=1, by=by, at=at, text=text)
        key_of = partial(_comment, broker, reference)
        while True:
            after = len(self.of(broker, reference))
            kept = claimed(self.store, key_of, mine, after=after)
            if kept is not None:
                return kept

    def of(self, broker: str, reference: str) -> tuple[CaseComment, ...]:
        """Those about the shipment, in the order in which they were written."""
        return tuple(numbered(self.store, partial(_comment, broker, reference), CaseComment))


def _draft(broker: str, reference: str, number: int) -> str:
    return casework(broker, reference, f"drafts/{number}.json")


def _comment(broker: str, reference: str, number: int) -> str:
    return casework(broker, reference, f"comments/{number}.json")
