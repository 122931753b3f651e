"""Exchange rates as their publisher gives them: units of a currency for one unit of the table's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PeriodRate:
    """`units` of the currency for one unit of the table's base, on every day from `valid_from` to `valid_until`."""

    units: Decimal
    valid_from: dt.date
    valid_until: dt.date


@dataclass(frozen=True, slots=True)
class RateTable:
    """One publication. `base` is the currency whose single unit is priced; `by_currency` its rates, oldest first.

    `is_official` where customs of that currency's country use it; else every value that rests on it says so.
    """

    base: str
    source: str
    by_currency: Mapping[str, tuple[PeriodRate, ...]]
    is_official: bool = True

    def on(self, currency: str, day: dt.date) -> PeriodRate | None:
        """The rate in force on that day; the later published one where two are. None where there is none."""
        found = [one for one in self.by_currency.get(currency, ()) if one.valid_from <= day <= one.valid_until]
        return max(found, key=lambda one: one.valid_from, default=None)
