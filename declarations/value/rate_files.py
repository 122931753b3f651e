"""Exchange rates out of a loaded file: the project's own columns, or HMRC's monthly rates as published.

Own form: `currency`, `units` of it for one unit of `base`, `valid_from`, and `valid_until` where it is known; else a
rate holds until the next one of its currency. HMRC's has no header: currency, first day, last day, units for a pound.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from schemas.exchange import PeriodRate, RateTable
from schemas.list_tables import Columns, ListError, TableRow, table_rows
from schemas.reference import ListVersion

_OWN: Final = Columns(
    required=("currency", "units", "base", "valid_from"),
    known=("currency", "units", "base", "valid_from", "valid_until"),
)
_HMRC_ROW: Final = re.compile(r"[A-Z]{3},\d{4}-\d{2}-\d{2},\d{4}-\d{2}-\d{2},[\d.]+\s*$", re.MULTILINE | re.ASCII)
_HMRC_HEADER: Final = "currency,valid_from,valid_until,units"
_NUMBER: Final = re.compile(r"\d{1,12}(\.\d{1,12})?", re.ASCII)


def parse_rates(text: str, version: ListVersion) -> RateTable:
    """The table of the file; raises `ListError` at the first fault."""
    published = _HMRC_ROW.match(text) is not None
    if published:
        rows = list(table_rows(f"{_HMRC_HEADER}\n{text}", Columns(required=_HMRC_HEADER.split(","))))
    else:
        rows = list(table_rows(text, _OWN))
    if not rows:
        raise ListError("there is not a single rate", remedy="load a table that holds some")
    base = "GBP" if published else _base(rows)
    return RateTable(base, f"{version.source} ({version.name})", _by_currency(rows))


def _base(rows: Iterable[TableRow]) -> str:
    bases = {_currency(row, "base") for row in rows}
    if len(bases) > 1:
        raise ListError(f"there are rates for {', '.join(sorted(bases))}", remedy="load one file for each base")
    return bases.pop()


def _by_currency(rows: Iterable[TableRow]) -> dict[str, tuple[PeriodRate, ...]]:
    found: defaultdict[str, list[PeriodRate]] = defaultdict(list)
    for row in rows:
        since, until = row.day("valid_from"), row.day("valid_until")
        if since is None:
            raise row.error("is empty", remedy="write the first day of the rate", column="valid_from")
        if until is not None and until < since:
            raise row.error(f"{until} is before valid_from", remedy="exchange the two days", column="valid_until")
        found[_currency(row, "currency")].append(PeriodRate(_units(row), since, until or dt.date.max))
    return {currency: tuple(sorted(rates, key=lambda one: one.valid_from)) for currency, rates in found.items()}


def _currency(row: TableRow, column: str) -> str:
    text = row.cells[column]
    if not re.fullmatch(r"[A-Z]{3}", text):
        raise row.error(f"{text!r} is no currency", remedy="write its three letters (ISO 4217)", column=column)
    return text


def _units(row: TableRow) -> Decimal:
    text = row.cells["units"]
    if not _NUMBER.fullmatch(text) or Decimal(text) == 0:
        raise row.error(f"{text!r} is no rate", remedy="write digits with a point, above zero", column="units")
    return Decimal(text)
