"""The exchange rate that the country's rule asks for, and amounts converted by it.

Amounts are rounded as the country rounds values; HMRC's own rounding of a conversion is nowhere stated, and half-up to
the penny is taken.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal

from declarations.errors import RateMissing
from schemas.declarations import ExchangeRate
from schemas.exchange import FOR_WANT_OF, DailyRates, PeriodRate, RateTable
from schemas.jurisdictions import ExchangeRule, Jurisdiction, has_its_currency, in_force

WEDNESDAY = 2
_CROSSING = Context(prec=8)


@dataclass(frozen=True, slots=True)
class RateDays:
    """The day of acceptance, and that of export where a paper states it."""

    accepted: dt.date
    exported: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Rates:
    """Tables that the user loaded, and daily rates for want of one."""

    loaded: Sequence[RateTable] = ()
    fallback: DailyRates | None = None


def exchange_rate(currency: str, where: Jurisdiction, days: RateDays, rates: Rates) -> ExchangeRate | None:
    """The rate between the currency and the country's own, as it is published; None where they are the same.

    Raises `RateMissing` where the rule's day or its rate is not known.
    """
    if not has_its_currency(where.code, days.accepted):
        raise RateMissing(f"the currency of {where.code} on {days.accepted} is not known here")
    if currency == where.currency:
        return None
    rule = in_force(where.exchange, days.accepted)
    if rule is None:
        raise RateMissing(f"which day's exchange rate {where.name} asks for is not known here")
    day = _day_of_validity(rule, days, where)
    found = _loaded(currency, where, day, rates.loaded) or _daily(currency, where, rule, days, rates.fallback)
    if found is None:
        asked = f"{rule.publisher}'s rate for {day}"
        raise RateMissing(f"no exchange rate from {currency} to {where.currency} is at hand: load {asked}")
    return found


def converted(amount: Decimal, currency: str, rate: ExchangeRate | None) -> Decimal:
    """The amount of that currency in the other one of the rate, not rounded."""
    if rate is None:
        return amount
    return amount * rate.rate if rate.from_ == currency else amount / rate.rate


def deconverted(amount: Decimal, currency: str, rate: ExchangeRate | None) -> Decimal:
    """The amount of the other currency of the rate in this one, not rounded."""
    if rate is None:
        return amount
    return amount / rate.rate if rate.from_ == currency else amount * rate.rate


def _day_of_validity(rule: ExchangeRule, days: RateDays, where: Jurisdiction) -> dt.date:
    """The day that a table of periods is looked up by."""
    if rule.day != "export":
        return days.accepted
    if days.exported is None:
        raise RateMissing(f"{where.name} converts by the rate of the day of export, which no paper confirms")
    return days.exported


def _loaded(currency: str, where: Jurisdiction, day: dt.date, tables: Sequence[RateTable]) -> ExchangeRate | None:
    for table in tables:
        other = {where.currency: currency, currency: where.currency}.get(table.base)
        found = table.on(other, day) if other else None
        if other and found:
            return ExchangeRate(
                from_=table.base, to=other, rate=found.units, date=found.valid_from, source=table.source
            )
    return None


def _daily(
    currency: str, where: Jurisdiction, rule: ExchangeRule, days: RateDays, table: DailyRates | None
) -> ExchangeRate | None:
    """A published day's rate, crossed over the table's base where neither currency is it."""
    if table is None:
        return None
    day = _day_of_publication(rule, days)
    ours, theirs = (_units(table, one, day) for one in (where.currency, currency))
    if ours is None or theirs is None:
        return None
    official = rule.publisher == table.publisher and where.currency == table.base
    label = "" if official else f"; {FOR_WANT_OF} a rate of {rule.publisher}"
    day = min(ours.valid_from, theirs.valid_from)
    source = f"{table.publisher} reference rate of {day}{label}"
    if where.currency == table.base:
        return ExchangeRate(from_=table.base, to=currency, rate=theirs.units, date=day, source=source)
    rate = _CROSSING.divide(ours.units, theirs.units)
    crossed = f"{source}, crossed over {table.base} and rounded to {_CROSSING.prec} figures"
    return ExchangeRate(from_=currency, to=where.currency, rate=rate, date=day, source=crossed)


def _units(table: DailyRates, currency: str, day: dt.date) -> PeriodRate | None:
    return PeriodRate(Decimal(1), day, day) if currency == table.base else table.published(currency, day)


def _day_of_publication(rule: ExchangeRule, days: RateDays) -> dt.date:
    """The day whose publication holds. Monthly rates are made from the last but one Wednesday of the month before."""
    match rule.day:
        case "export":
            return days.exported or days.accepted
        case "acceptance":
            return days.accepted
        case "third_wednesday":
            return _wednesdays_before(days.accepted)[2]
        case "acceptance_month" | "penultimate_wednesday":
            return _wednesdays_before(days.accepted)[-2]


def _wednesdays_before(day: dt.date) -> list[dt.date]:
    """The Wednesdays of the month before, in order."""
    last = day.replace(day=1) - dt.timedelta(days=1)
    days = (last.replace(day=n) for n in range(1, calendar.monthrange(last.year, last.month)[1] + 1))
    return [one for one in days if one.weekday() == WEDNESDAY]
