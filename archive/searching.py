"""Shipments by what their papers carry, newest first: answered from the register's `entries` alone.

Every condition is a range of values of one kind of entry (`Range`). The rarest leads: its entries are looked up in days
counted back from the newest, first in one day, then in four, in sixteen and so on until there are enough; each shipment
met is asked for the other conditions, by the key of `entries`. So a value that everybody has costs no more than a few
days of it, and one that nobody has a look for each day. That no planner has to guess: each step is one plan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, literal, select, tuple_
from sqlalchemy.orm import Session, aliased
from sqlalchemy.orm.util import AliasedClass

from archive.entries import amount_kind, amount_value, day_of, folded
from archive.names import number_key, party_key
from archive.tables import EntryRow, LatestRow, Microseconds, RegisterRow, UnfinishedRow
from schemas.results import Status

MOST: Final = 1_000
"""Shipments on a page."""
_LAST: Final = "\U0010ffff"
"""After every sign that a text has."""
_GROWTH: Final = 4
_MOST_DAYS: Final = 4096
_SAMPLE: Final = 16
"""Days on which entries are counted to find the rarest condition, and so many of them at most."""
_MANY: Final = 2_000
_ORDER: Final = (EntryRow.received_at, EntryRow.broker, EntryRow.reference)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a shipment stands in the order of what is found."""

    received_at: dt.datetime
    broker: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Conditions that a shipment must meet all of; None asks for nothing. None at all finds every shipment.

    `status` is that of its latest revision; everything else counts in whichever revision it stood, whatever became of
    that. `reference`, `party` and `file` are beginnings, unless `is_exact`; `hs_code` and `digest` are beginnings,
    `number` never is. `since` and `until` are days in UTC, both included, of the first receipt of its papers.
    `amount`, or `at_least` and `at_most`, is an invoice's total; these two need a currency.
    """

    broker: str | None = None
    reference: str | None = None
    number: str | None = None
    party: str | None = None
    hs_code: str | None = None
    status: Status | None = None
    amount: Decimal | None = None
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    currency: str | None = None
    digest: str | None = None
    file: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class FoundShipment:
    """A shipment as its latest revision stands; `invoices` are the numbers on that one's, `exporter` as printed.

    `received_at` (UTC) is when the papers of its first revision were received.
    """

    broker: str
    reference: str
    revision: int
    status: str
    as_of: dt.date
    received_at: dt.datetime
    invoices: tuple[str, ...]
    exporter: str | None

    @classmethod
    def of(cls, row: LatestRow) -> FoundShipment:
        names = ("broker", "reference", "revision", "status", "as_of", "received_at", "exporter")
        told = {name: getattr(row, name) for name in names}
        return cls(**told, invoices=tuple(row.invoices.split("; ")) if row.invoices else ())

    @property
    def place(self) -> Place:
        return Place(self.received_at, self.broker, self.reference)


@dataclass(frozen=True, slots=True)
class Found:
    """Shipments, newest first. `is_whole` is False while the register knows that it lacks some that may be found."""

    shipments: tuple[FoundShipment, ...]
    has_more: bool
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Range:
    """Values of one kind of entry, both ends included."""

    kind: str
    low: str
    high: str

    @property
    def is_one(self) -> bool:
        return self.low == self.high


def find(session: Session, search: Search, *, limit: int, after: Place | None = None) -> Found:
    """The first of them, or those that come after a place; at most `limit`, which is at most 1,000."""
    wanted = min(limit, MOST)
    days = _days(session, search, after)
    lead, *others = _rarest_first(session, conditions(search), days)
    query = _query(lead, others, after)
    found: list[FoundShipment] = []
    for some in _stretches(days):
        missing = wanted + 1 - len(found)
        if missing:
            found.extend(FoundShipment.of(row) for row in session.scalars(_shown(query, some, missing)))
    return Found(tuple(found[:wanted]), len(found) > wanted, _is_whole(session))


def conditions(search: Search) -> list[Range]:
    """One range for each condition, and every shipment's where there is none.

    Those that few shipments meet come first. What has nothing to compare, such as a name without letters, is met by
    nobody.
    """
    beginning = _one if search.is_exact else _beginning
    told = [
        _beginning("digest", search.digest),
        _one("number", _changed(number_key, search.number)),
        beginning("reference", _changed(folded, search.reference)),
        beginning("party", _changed(party_key, search.party)),
        _amounts(search),
        _beginning("hs", search.hs_code),
        beginning("file", _changed(folded, search.file)),
        _one("status", search.status),
        _one("broker", search.broker),
    ]
    return [one for one in told if one is not None] or [Range("broker", "", _LAST)]


def _changed(key: Callable[[str], str], text: str | None) -> str | None:
    return None if text is None else key(text)


def _one(kind: str, value: str | None) -> Range | None:
    return None if value is None else Range(kind, value, value)


def _beginning(kind: str, value: str | None) -> Range | None:
    # No pattern that the database would read signs of: `%` and `_` stand for themselves.
    return Range(kind, value, value + _LAST) if value else _one(kind, value)


def _amounts(search: Search) -> Range | None:
    kind, bounds = amount_kind(search.currency), (search.at_least, search.at_most)
    if search.amount is not None:
        return _one(kind, amount_value(search.amount) or "")
    if search.currency is None and bounds == (None, None):
        return None
    low, high = ("" if one is None else amount_value(one) for one in bounds)
    if low is None or high is None:
        return _one(kind, "")
    return Range(kind, low, high or _LAST)


def _days(session: Session, search: Search, after: Place | None) -> range:
    """The days in question, newest first."""
    known = EntryRow.kind == "broker"  # Of which every shipment has an entry.
    first = session.scalar(select(func.min(EntryRow.day)).where(known))
    last = session.scalar(select(func.max(EntryRow.day)).where(known))
    if first is None or last is None:
        return range(0)
    firsts = [first, *([_number(search.since)] if search.since else ())]
    lasts = [last, *([_number(search.until)] if search.until else ()), *([day_of(after.received_at)] if after else ())]
    return range(min(lasts), max(firsts) - 1, -1)


def _number(day: dt.date) -> int:
    return day_of(dt.datetime.combine(day, dt.time(), dt.UTC))


def _stretches(days: range) -> Iterator[range]:
    """One day, the four before it, the sixteen before these, and so on, though never more than a statement takes."""
    begin, length = 0, 1
    while begin < len(days):
        yield days[begin : begin + length]
        begin, length = begin + length, min(length * _GROWTH, _MOST_DAYS)


def _rarest_first(session: Session, ranges: Sequence[Range], days: range) -> Sequence[Range]:
    """As their entries on a few days tell; of those that all have many, any may lead."""
    some = days[:: max(1, len(days) // _SAMPLE)]
    if len(ranges) == 1 or not some:
        return ranges
    counts = {one: _count(session, one, some) for one in ranges}
    return sorted(ranges, key=lambda one: counts[one])


def _count(session: Session, one: Range, days: range) -> int:
    """Entries of a condition on those days, as far as it matters."""
    entries = select(EntryRow.day).where(_is_in(EntryRow, one), _is_on(days)).limit(_MANY).subquery()
    return session.scalar(select(func.count()).select_from(entries)) or 0


def _is_in(entry: type[EntryRow] | AliasedClass[EntryRow], one: Range) -> ColumnElement[bool]:
    if one.is_one:
        return and_(entry.kind == one.kind, entry.value == one.low)
    # Not BETWEEN: PostgreSQL takes no collation within it.
    return and_(entry.kind == one.kind, entry.value >= one.low, entry.value <= one.high)


def _is_on(days: range) -> ColumnElement[bool]:
    # Each day is looked up in the index, where a range of days would be read from end to end.
    return EntryRow.day.in_(bindparam(None, list(days), expanding=True, literal_execute=True))


def _query(lead: Range, others: Sequence[Range], after: Place | None) -> Select[tuple[dt.datetime, str, str]]:
    """Shipments, newest first; of one moment in the backward order of broker and reference."""
    query = select(*_ORDER).where(_is_in(EntryRow, lead), *(_has(one) for one in others))
    if after is not None:
        place = tuple_(literal(after.received_at, Microseconds()), literal(after.broker), literal(after.reference))
        query = query.where(tuple_(*_ORDER) < place)
    if not lead.is_one:
        query = query.distinct()
    return query.order_by(*(one.desc() for one in _ORDER))


def _shown(query: Select[tuple[dt.datetime, str, str]], days: range, limit: int) -> Select[tuple[LatestRow]]:
    chosen = query.where(_is_on(days)).limit(limit).subquery()
    same = and_(LatestRow.broker == chosen.c.broker, LatestRow.reference == chosen.c.reference)
    order = (LatestRow.received_at, LatestRow.broker, LatestRow.reference)
    return select(LatestRow).join(chosen, same).order_by(*(one.desc() for one in order))


def _has(one: Range) -> ColumnElement[bool]:
    if one.kind == "broker":
        return EntryRow.broker == one.low
    other = aliased(EntryRow)
    same = and_(other.broker == EntryRow.broker, other.reference == EntryRow.reference)
    return exists().where(same, _is_in(other, one))


def _is_whole(session: Session) -> bool:
    unfinished = session.scalar(select(exists().where(UnfinishedRow.revision > 0)))
    return bool(session.scalar(select(RegisterRow.is_complete))) and not unfinished
