"""A held shipment enters the queue, and leaves it with the revision that is held no longer.

How urgent a case is never changes while it waits, so that one index holds the order: it is due when it came, less a
head start. An error gives a day, and each tenfold of its worth above 1,000 eight hours, in the customs currency or that
of its invoices; what nobody can say the worth of counts as ten thousand.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection, delete, insert, select, update

from archive.tables import EPOCH, MICROSECOND, HeldCodeRow, HeldRow
from schemas.results import Intake, ShipmentResult
from schemas.worth import shown_worth

_FOR_AN_ERROR: Final = dt.timedelta(hours=24)
_FOR_A_TENFOLD: Final = dt.timedelta(hours=8)
_FIRST_TENFOLD: Final = 3
_LAST_TENFOLD: Final = 9
_UNKNOWN_TENFOLD: Final = 4


def enter_held(
    connection: Connection, intake: Intake, result: ShipmentResult, received_at: dt.datetime, *, is_latest: bool
) -> None:
    """The shipment's rows as its latest revision leaves them; `received_at` is when its first papers came."""
    place = {"broker": intake.broker, "reference": intake.reference}
    if not is_latest:
        _move(connection, place, received_at)
        return
    connection.execute(delete(HeldCodeRow).filter_by(**place))
    connection.execute(delete(HeldRow).filter_by(**place))
    if result.status == "held":
        row = _row(result, received_at)
        connection.execute(insert(HeldRow).values(**place, **row))
        codes = [{**place, "code": code, "count": count, "due": row["due"]} for code, count in _codes(result)]
        if codes:
            connection.execute(insert(HeldCodeRow), codes)


def _move(connection: Connection, place: dict[str, str], received_at: dt.datetime) -> None:
    """A revision that came before those that were known makes the case older."""
    since = (received_at - EPOCH) // MICROSECOND
    moved = update(HeldRow).filter_by(**place).where(HeldRow.received_at != received_at)
    connection.execute(moved.values(received_at=received_at, due=since - HeldRow.head_start))
    due = select(HeldRow.due).filter_by(**place).scalar_subquery()
    connection.execute(update(HeldCodeRow).filter_by(**place).values(due=due))


def _row(result: ShipmentResult, received_at: dt.datetime) -> dict[str, object]:
    severities = Counter(one.severity for one in result.findings if one.holds)
    worth, currency = shown_worth(result) or (None, None)
    head_start = head_start_of(worth, has_errors=severities["error"] > 0)
    return {
        "revision": result.revision,
        "due": (received_at - head_start - EPOCH) // MICROSECOND,
        "head_start": head_start // MICROSECOND,
        "received_at": received_at,
        "severity": "error" if severities["error"] else "warning",
        "errors": severities["error"],
        "warnings": severities["warning"],
        "value": worth,
        "currency": currency,
    }


def head_start_of(worth: Decimal | None, *, has_errors: bool) -> dt.timedelta:
    """By how much a case is due before one of the same moment that has no error and is worth little."""
    tenfold = _UNKNOWN_TENFOLD if worth is None else worth.adjusted() if worth > 0 else 0
    steps = min(max(tenfold, _FIRST_TENFOLD), _LAST_TENFOLD) - _FIRST_TENFOLD
    return steps * _FOR_A_TENFOLD + (_FOR_AN_ERROR if has_errors else dt.timedelta(0))


def _codes(result: ShipmentResult) -> Iterator[tuple[str, int]]:
    yield from sorted(Counter(one.code for one in result.findings if one.holds).items())
