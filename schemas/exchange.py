"""Exchange rates as their publisher gives them: units of a currency for one unit of the table's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

FOR_WANT_OF = "for want of"
"""Stands in the source of every rate that is not the one which customs uses."""


@dataclass(frozen=True, slots=True)
class PeriodRate:
    """`units` of the currency for one unit of the table's base, on every day from `valid_from` to `valid_until`."""

    units: Decimal
    valid_from: dt.date
    valid_until: dt.date


@dataclass(frozen=True, slots=True)
class RateTable:
    """One publication that the user loaded. `base` is the currency whose single unit is priced.

    `by_currency` has its rates, oldest first.
    """

    base: str
    source: str
    by_currency: Mapping[str, tuple[PeriodRate, ...]]

    def on(self, currency: str, day: dt.date) -> PeriodRate | None:
        """The rate in force on that day; the later published one where two are. None where there is none."""
        found = [one for one in self.by_currency.get(currency, ()) if one.valid_from <= day <= one.valid_until]
        return max(found, key=lambda one: one.valid_from, default=None)


class DailyRates(Protocol):
    """Rates of single days, for want of a customs publication. `publisher` says whose they are."""

    @property
    def base(self) -> str: ...

    @property
    def publisher(self) -> str: ...

    def published(self, currency: str, day: dt.date) -> PeriodRate | None:
        """The rate published on that day, or last before it within a week; None where there is none."""
        ...
