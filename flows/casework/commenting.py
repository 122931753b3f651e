"""Remarks about a case: written once, by whom and when, read by all who work on it."""

from __future__ import annotations

import datetime as dt
from typing import Final

from archive.cases import Comments
from flows.casework.errors import CaseworkError
from flows.casework.preparing import for_broker, latest_revision
from flows.workshop import Workshop
from schemas.casework import CaseComment, Person

LONGEST: Final = 4_000
"""Signs of one remark."""


def comment(broker: str, reference: str, text: str, person: Person, workshop: Workshop) -> CaseComment:
    """The remark as it is kept. Raises `NoSuchShipmentError`, and `CaseworkError` for one that says nothing."""
    latest_revision(broker, reference, for_broker(broker, workshop))
    told = text.strip()
    if not told or len(told) > LONGEST:
        raise CaseworkError(f"a remark has 1 to {LONGEST} signs: write it again")
    return Comments(workshop.decisions.store).add(
        broker, reference, by=person.id, at=dt.datetime.now(dt.UTC), text=told
    )


def comments_of(broker: str, reference: str, workshop: Workshop) -> tuple[CaseComment, ...]:
    """Those about the shipment, in the order in which they were written."""
    return Comments(workshop.decisions.store).of(broker, reference)
