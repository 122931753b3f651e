"""How many shipments stand how: read-only questions to the register, answered from its indexes.

A shipment counts as its latest finished revision stands. What has begun and has no result yet is not in the register.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from archive.tables import RevisionRow, ShipmentRow
from schemas.results import Status

# Few shipments are held or rejected, so they are counted one by one; the rest of the shipments is clear.
_COUNTED: tuple[Status, ...] = ("held", "rejected")
STATUSES: tuple[Status, ...] = ("clear", *_COUNTED)


@dataclass(frozen=True, slots=True)
class HeldShipment:
    """A held shipment, and when the papers of the revision that is held were received (UTC)."""

    broker: str
    reference: str
    revision: int
    received_at: dt.datetime


def by_status(session: Session) -> Mapping[Status, int]:
    """How many shipments stand at each status, 0 for none."""
    found = _counts(session, RevisionRow.status.in_(_COUNTED), _is_latest())
    total = session.scalar(select(func.count()).select_from(ShipmentRow)) or 0
    counted = {status: found.get(status, 0) for status in _COUNTED}
    return {"clear": total - sum(counted.values()), **counted}


def oldest_held(session: Session) -> HeldShipment | None:
    """The shipment that has been held for longest."""
    columns = (RevisionRow.broker, RevisionRow.reference, RevisionRow.revision, RevisionRow.received_at)
    query = select(*columns).where(RevisionRow.status == "held", _is_latest())
    row = session.execute(query.order_by(RevisionRow.received_at).limit(1)).one_or_none()
    return HeldShipment(*row) if row else None


def received_since(session: Session, moment: dt.datetime) -> Mapping[Status, int]:
    """How many finished revisions of each status were received since that moment."""
    found = _counts(session, RevisionRow.status.in_(STATUSES), RevisionRow.received_at >= moment)
    return {status: found.get(status, 0) for status in STATUSES}


def _counts(session: Session, *conditions: ColumnElement[bool]) -> Mapping[str, int]:
    query = select(RevisionRow.status, func.count()).where(*conditions).group_by(RevisionRow.status)
    return {row[0]: row[1] for row in session.execute(query)}


def _is_latest() -> ColumnElement[bool]:
    later = aliased(RevisionRow)
    same = and_(later.broker == RevisionRow.broker, later.reference == RevisionRow.reference)
    return ~exists().where(same, later.revision > RevisionRow.revision)
