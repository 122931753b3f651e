"""The queue of cases: held shipments by urgency, and who works on which. Answered from the register alone.

A case is claimed for two minutes and its page renews that; whoever closes it, or is killed, holds up nobody for longer.
A claim keeps nobody out: two may work on one case, and each is told.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, cast

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, case, delete, func, literal, or_, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from archive.databases import insert_into, mapping, writing
from archive.held import head_start_of
from archive.tables import MICROSECOND, CaseClaimRow, HeldCodeRow, HeldRow, LatestRow
from schemas.casework import (
    QUEUE_DAYS,
    QUEUE_WORTHS,
    UNKNOWN_WORTH,
    CaseClaim,
    QueueCounts,
    QueuedCase,
    QueueFilter,
    QueuePage,
    QueuePlace,
)
from schemas.findings import Severity

CLAIMED_FOR: Final = dt.timedelta(minutes=2)
MOST: Final = 200
"""Cases on a page."""
_SEVERITIES: Final = ("error", "warning")

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class CaseQueue:
    """The queue in a register. Every method raises `RegisterUnavailable` (try again) or `RegisterUnusable` (rebuild).

    `now` has a zone; only claims are told by it.
    """

    engine: Engine
    where: str

    def page(self, wanted: QueueFilter, *, limit: int, after: QueuePlace | None = None, now: dt.datetime) -> QueuePage:
        """The most urgent first, those behind a place: at most `limit`, which is at most 200."""
        most = min(limit, MOST)
        chosen = _chosen(wanted, now)
        with mapping(self.where), Session(self.engine) as session:
            total = session.scalar(chosen.with_only_columns(func.count(), maintain_column_froms=True)) or 0
            columns = tuple(chosen.selected_columns)
            if after is not None:
                chosen = chosen.where(
                    tuple_(*columns) > tuple_(*map(literal, (after.due, after.broker, after.reference)))
                )
            keys = [(row[1], row[2]) for row in session.execute(chosen.order_by(*columns).limit(most + 1))]
            cases = _cases(session, keys[:most], now)
        return QueuePage(cases, total, cases[-1].place if len(keys) > most and cases else None)

    def among(self, keys: Sequence[_Key], *, now: dt.datetime) -> tuple[QueuedCase, ...]:
        """Those of the shipments (broker, reference) that are held, the most urgent first: at most 200 of them."""
        with mapping(self.where), Session(self.engine) as session:
            return _cases(session, keys[:MOST], now)

    def counts(self, *, now: dt.datetime) -> QueueCounts:
        """How many cases there are, in all and by each thing that `page` can be asked for."""
        with mapping(self.where), Session(self.engine) as session:
            brokers = dict(_pairs(session, select(HeldRow.broker, func.count()).group_by(HeldRow.broker)))
            codes = dict(_pairs(session, select(HeldCodeRow.code, func.count()).group_by(HeldCodeRow.code)))
            claimed = select(func.count()).select_from(CaseClaimRow).where(CaseClaimRow.until > now)
            tallied = session.execute(select(*(func.sum(case((one, 1), else_=0)) for one in _tallies(now)))).one()
            told = iter(int(count or 0) for count in tallied)
            return QueueCounts(
                held=sum(brokers.values()),
                by_broker=brokers,
                by_code=codes,
                claimed=session.scalar(claimed) or 0,
                by_severity={name: next(told) for name in _SEVERITIES},
                by_days={days: next(told) for days in QUEUE_DAYS},
                by_worth={worth: next(told) for worth in QUEUE_WORTHS},
            )

    def claim(
        self, broker: str, reference: str, person: str, *, now: dt.datetime, take_over: bool = False
    ) -> CaseClaim:
        """Claim the case, or renew the claim; returns the one that stands: another's, unless that is taken over."""
        wanted = CaseClaim(broker, reference, person, now, now + CLAIMED_FOR)
        mine = (CaseClaimRow.broker == broker, CaseClaimRow.reference == reference)
        with mapping(self.where), writing(self.engine) as connection:
            connection.execute(_claimed(connection, wanted, take_over=take_over))
            return CaseClaim(*connection.execute(select(*_CLAIM).where(*mine)).one())

    def give_back(self, broker: str, reference: str, person: str) -> None:
        """End the person's claim; another's stays."""
        own = {"broker": broker, "reference": reference, "person": person}
        with mapping(self.where), writing(self.engine) as connection:
            connection.execute(delete(CaseClaimRow).filter_by(**own))


_CLAIM: Final = (
    CaseClaimRow.broker, CaseClaimRow.reference, CaseClaimRow.person, CaseClaimRow.since, CaseClaimRow.until,
    CaseClaimRow.taken_from,
)  # fmt: skip


def _claimed(connection: Connection, wanted: CaseClaim, *, take_over: bool) -> postgresql.Insert | sqlite.Insert:
    """The claim put where there is none, where it is past or the same person's, or where it is taken over."""
    new = insert_into(connection, CaseClaimRow)
    told = {name: getattr(wanted, name) for name in ("broker", "reference", "since", "until", "taken_from")}
    new = new.values(**told, person=wanted.by)
    is_mine, is_past = CaseClaimRow.person == wanted.by, CaseClaimRow.until <= wanted.since
    changed = {
        "person": new.excluded.person,
        "since": case((and_(is_mine, ~is_past), CaseClaimRow.since), else_=new.excluded.since),
        "until": new.excluded.until,
        "taken_from": case((is_past, None), (is_mine, CaseClaimRow.taken_from), else_=CaseClaimRow.person),
    }
    may = or_(is_mine, is_past, literal(take_over))
    return new.on_conflict_do_update(index_elements=["broker", "reference"], set_=changed, where=may)


def _chosen(wanted: QueueFilter, now: dt.datetime) -> Select[tuple[int, str, str]]:
    """Due, broker and reference of the cases that meet the filter, from the index that fits it."""
    lead: type[HeldRow | HeldCodeRow] = HeldRow if wanted.code is None else HeldCodeRow
    chosen = select(lead.due, lead.broker, lead.reference)
    if wanted.code is not None:
        chosen = chosen.where(HeldCodeRow.code == wanted.code)
    if wanted.broker is not None:
        chosen = chosen.where(lead.broker == wanted.broker)
    if any(one is not None for one in (wanted.severity, wanted.days, wanted.worth)) and lead is not HeldRow:
        chosen = chosen.join(HeldRow, and_(HeldRow.broker == lead.broker, HeldRow.reference == lead.reference))
    chosen = chosen.where(*_narrowed(wanted, now))
    if wanted.among is not None:
        chosen = chosen.where(_is_one_of(lead, wanted.among[:MOST]) if wanted.among else literal(value=False))
    if wanted.claimed_by is not None:
        same = and_(CaseClaimRow.broker == lead.broker, CaseClaimRow.reference == lead.reference)
        mine = and_(CaseClaimRow.person == wanted.claimed_by, CaseClaimRow.until > now)
        chosen = chosen.join(CaseClaimRow, and_(same, mine))
    return chosen


def _narrowed(wanted: QueueFilter, now: dt.datetime) -> Iterator[ColumnElement[bool]]:
    """What is asked of the case itself."""
    if wanted.severity is not None:
        yield HeldRow.severity == wanted.severity
    if wanted.days is not None:
        yield _has_waited(wanted.days, now)
    if wanted.worth is not None:
        yield _is_worth(wanted.worth)


def _tallies(now: dt.datetime) -> Iterator[ColumnElement[bool]]:
    yield from (HeldRow.severity == name for name in _SEVERITIES)
    yield from (_has_waited(days, now) for days in QUEUE_DAYS)
    yield from (_is_worth(worth) for worth in QUEUE_WORTHS)


def _has_waited(days: int, now: dt.datetime) -> ColumnElement[bool]:
    return HeldRow.received_at <= now - dt.timedelta(days=days)


def _is_worth(worth: int) -> ColumnElement[bool]:
    """By the head start, which tells a worth's tenfold: worths are kept as text and cannot be compared."""
    if worth == UNKNOWN_WORTH:
        return HeldRow.value.is_(None)
    for_worth = HeldRow.head_start - case((HeldRow.severity == "error", _head_start(0, has_errors=True)), else_=0)
    return and_(HeldRow.value.is_not(None), for_worth >= _head_start(worth, has_errors=False))


def _head_start(worth: int, *, has_errors: bool) -> int:
    """Microseconds."""
    return head_start_of(Decimal(worth), has_errors=has_errors) // MICROSECOND


def _cases(session: Session, keys: Sequence[_Key], now: dt.datetime) -> tuple[QueuedCase, ...]:
    if not keys:
        return ()
    latest = and_(LatestRow.broker == HeldRow.broker, LatestRow.reference == HeldRow.reference)
    claim = and_(
        CaseClaimRow.broker == HeldRow.broker, CaseClaimRow.reference == HeldRow.reference, CaseClaimRow.until > now
    )
    query = select(HeldRow, LatestRow, CaseClaimRow).join(LatestRow, latest).outerjoin(CaseClaimRow, claim)
    query = query.where(_is_one_of(HeldRow, keys))
    codes = _codes(session, keys)
    rows = session.execute(query.order_by(HeldRow.due, HeldRow.broker, HeldRow.reference))
    return tuple(_queued(held, found, claimed, codes) for held, found, claimed in rows)


def _queued(
    held: HeldRow, found: LatestRow, claimed: CaseClaimRow | None, codes: Mapping[_Key, Mapping[str, int]]
) -> QueuedCase:
    return QueuedCase(
        broker=held.broker,
        reference=held.reference,
        revision=held.revision,
        received_at=held.received_at,
        severity=cast("Severity", held.severity),
        errors=held.errors,
        warnings=held.warnings,
        codes=codes.get((held.broker, held.reference), {}),
        value=held.value,
        currency=held.currency,
        exporter=found.exporter,
        invoices=tuple(found.invoices.split("; ")) if found.invoices else (),
        claim=None if claimed is None else _claim(claimed),
        place=QueuePlace(held.due, held.broker, held.reference),
    )


def _claim(row: CaseClaimRow) -> CaseClaim:
    return CaseClaim(row.broker, row.reference, row.person, row.since, row.until, row.taken_from)


def _codes(session: Session, keys: Sequence[_Key]) -> Mapping[_Key, Mapping[str, int]]:
    found: dict[_Key, dict[str, int]] = defaultdict(dict)
    query = select(HeldCodeRow).where(_is_one_of(HeldCodeRow, keys)).order_by(HeldCodeRow.code)
    for row in session.scalars(query):
        found[row.broker, row.reference][row.code] = row.count
    return found


def _is_one_of(row: type[HeldRow | HeldCodeRow], keys: Sequence[_Key]) -> ColumnElement[bool]:
    # Not a list of pairs: SQLite would read the whole table for it.
    return or_(*(and_(row.broker == broker, row.reference == reference) for broker, reference in keys))


def _pairs(session: Session, query: Select[tuple[str, int]]) -> list[tuple[str, int]]:
    return [(row[0], row[1]) for row in session.execute(query)]
