"""A finished revision enters the index of `archive.searching`; entering one twice changes nothing.

Revisions may come in any order, from several writers at once: the row in `latest`, locked as it is written, keeps those
of one shipment apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Connection, case, delete, update

from archive.databases import insert_into
from archive.entries import day_of, entries
from archive.held import enter_held
from archive.tables import EntryRow, LatestRow, Row
from schemas.results import Intake, ShipmentResult
from schemas.values import Party

STATUS: Final = "status"
_LATEST: Final = ("revision", "status", "as_of", "invoices", "exporter")


def enter(connection: Connection, intake: Intake, result: ShipmentResult) -> None:
    """Everything that the shipment is found by; its row in `shipments` stands already."""
    status, received_at, revision = _stand(connection, intake, result)
    enter_held(connection, intake, result, received_at, is_latest=revision == intake.revision)
    place = {"broker": intake.broker, "reference": intake.reference}
    when = {"day": day_of(received_at), "received_at": received_at}
    moved = EntryRow.received_at != received_at  # By a revision that was received before those that were known.
    connection.execute(update(EntryRow).filter_by(**place).where(moved).values(when))
    connection.execute(delete(EntryRow).filter_by(**place, kind=STATUS).where(EntryRow.value != status))
    found = [(STATUS, status), *((one.kind, one.value) for one in sorted(entries(intake, result)))]
    _add(connection, EntryRow, [{**place, "kind": kind, "value": value, **when} for kind, value in found])


def latest_row(intake: Intake, result: ShipmentResult) -> LatestRow:
    """The shipment as it stands if this is its only revision."""
    return LatestRow(
        broker=intake.broker,
        reference=intake.reference,
        revision=intake.revision,
        status=result.status,
        as_of=intake.as_of,
        invoices="; ".join(_invoices(result)),
        exporter=_exporter(result),
        received_at=intake.received_at,
    )


def _stand(connection: Connection, intake: Intake, result: ShipmentResult) -> tuple[str, dt.datetime, int]:
    """The shipment's status, first receipt and latest revision, with this revision taken in."""
    mine = latest_row(intake, result)
    new = insert_into(connection, LatestRow).values(
        {one.key: getattr(mine, one.key) for one in LatestRow.__table__.columns}
    )
    is_later = new.excluded.revision > LatestRow.revision
    told = {name: case((is_later, new.excluded[name]), else_=getattr(LatestRow, name)) for name in _LATEST}
    is_earlier = new.excluded.received_at < LatestRow.received_at
    told["received_at"] = case((is_earlier, new.excluded.received_at), else_=LatestRow.received_at)
    merged = new.on_conflict_do_update(index_elements=["broker", "reference"], set_=told)
    told_back = (LatestRow.status, LatestRow.received_at, LatestRow.revision)
    row = connection.execute(merged.returning(*told_back)).one()
    return row.status, row.received_at, row.revision


def _invoices(result: ShipmentResult) -> Iterable[str]:
    """The numbers of its invoices, each once."""
    fields = [document.fields for document in result.documents if document.type == "commercial_invoice"]
    return dict.fromkeys(one.number.value for one in fields if one.number)


def _exporter(result: ShipmentResult) -> str | None:
    """As an invoice names it, else another paper."""
    papers = sorted(result.documents, key=lambda document: document.type != "commercial_invoice")
    named = (document.fields.get("exporter") for document in papers)
    return next((field.value.name for field in named if field and isinstance(field.value, Party)), None)


def _add(connection: Connection, kind: type[Row], rows: Sequence[dict[str, object]]) -> None:
    """Insert those that are not there."""
    connection.execute(insert_into(connection, kind).on_conflict_do_nothing(), rows)
