"""Lists that a user loads: who and what to watch for, prices, rates and master data, each with its version and dates.

A row counts on a day where `valid_from` ≤ day ≤ `valid_until`; None leaves that end open. Codes of goods are prefixes
of digits: "64" is the whole chapter. No list is consulted that the user has not loaded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Final, Literal, TypeVar

from pydantic import StringConstraints

from schemas.values import Amount, CountryCode, CurrencyCode, Frozen, HsCode, Sha256, lies_within

ReferenceKind = Literal[
    "watch_list",
    "restricted_goods",
    "licences",
    "ip_rights",
    "reference_prices",
    "parties",
    "articles",
    "charges",
    "tariff",
    "exchange_rates",
    "profiles",
]
GoodsPrefix = Annotated[str, StringConstraints(pattern=r"^\d{2,10}$")]


ANY_DAY: Final = dt.date.min
"""Before every day that a shipment is judged at."""


class ListVersion(Frozen):
    """One loaded file of a kind. `scope` is what it holds for: a jurisdiction for a tariff, else empty.

    `name` is the file's name as loaded, `source` what the user says it is ("OFSI consolidated list"), and `valid_from`
    the day from which this version replaces the one before it, `ANY_DAY` for a first one that nobody dated.
    """

    kind: ReferenceKind
    scope: str = ""
    name: str
    source: str
    valid_from: dt.date
    sha256: Sha256

    @property
    def since(self) -> str:
        """The first day in words: "from 2026-05-31", or "for any day"."""
        return "for any day" if self.valid_from == ANY_DAY else f"from {self.valid_from.isoformat()}"


class LoadedList(Frozen):
    """The record of one loaded file: which version it is, when (UTC) and by whom it was loaded, `size` in bytes."""

    version: ListVersion
    loaded_at: dt.datetime
    loaded_by: str
    size: int
    file_key: str


class Row(Frozen):
    """What all rows share: `line` of the loaded file and `scope` of its list."""

    line: int = 0
    scope: str = ""
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None

    def counts_on(self, day: dt.date) -> bool:
        return lies_within(day, self.valid_from, self.valid_until)


class WatchedParty(Row):
    """A denied or sanctioned party. `names` are its name and aliases, `programme` the measure that lists it."""

    names: tuple[str, ...]
    country: CountryCode | None = None
    programme: str


class GoodsMeasure(Row):
    """A prohibition, restriction or licence for goods. None means any.

    `origin` and `destination` are country codes or groups as tariffs use them. `words` narrow a broad code: one of them
    must stand in the description. `document_codes` are papers of the shipment that satisfy it (certificate forms, or
    national document codes of the importer's profile).
    """

    measure: str
    code: GoodsPrefix | None = None
    origin: str | None = None
    destination: str | None = None
    words: tuple[str, ...] = ()
    document_codes: tuple[str, ...] = ()
    legal_source: str


class IpRight(Row):
    """A brand recorded with customs. `licensees` may import it without a question."""

    brand: str
    holder: str
    codes: tuple[GoodsPrefix, ...] = ()
    licensees: tuple[str, ...] = ()


class ReferencePrice(Row):
    """The lowest usual price for goods, per `unit` (UN/ECE Rec 20; KGM for one per kilogram)."""

    code: GoodsPrefix
    origin: str | None = None
    unit: str
    price: Amount
    currency: CurrencyCode


class PartyRecord(Row):
    """Master data of an importer or exporter."""

    name: str
    aliases: tuple[str, ...] = ()
    country: CountryCode | None = None
    eori: str | None = None
    vat: str | None = None


class ArticleRecord(Row):
    """Master data of an article of one exporter: what it was classified and declared as."""

    exporter: str
    part_number: str | None = None
    description: str | None = None
    hs_code: HsCode | None = None
    origin: str | None = None
    unit: str | None = None


class ChargeRate(Row):
    """Freight or insurance where no paper states it: a share of the value, or an amount per kilogram gross."""

    charge: Literal["freight", "insurance"]
    country_of_dispatch: CountryCode | None = None
    mode: Literal["sea", "air", "road", "rail", "post", "courier"] | None = None
    percent_of_value: Amount | None = None
    per_kg: Amount | None = None
    currency: CurrencyCode | None = None


R = TypeVar("R", bound=Row)


class References(Frozen):
    """Every list in force on one day. `versions` say which files they came from."""

    versions: tuple[ListVersion, ...] = ()
    watch_list: tuple[WatchedParty, ...] = ()
    restricted_goods: tuple[GoodsMeasure, ...] = ()
    licences: tuple[GoodsMeasure, ...] = ()
    ip_rights: tuple[IpRight, ...] = ()
    reference_prices: tuple[ReferencePrice, ...] = ()
    parties: tuple[PartyRecord, ...] = ()
    articles: tuple[ArticleRecord, ...] = ()
    charges: tuple[ChargeRate, ...] = ()

    def version(self, kind: ReferenceKind, scope: str = "") -> ListVersion | None:
        return next((one for one in self.versions if (one.kind, one.scope) == (kind, scope)), None)


NO_LISTS: Final = References()
"""Nothing loaded."""


def counting(rows: Iterable[R], day: dt.date) -> tuple[R, ...]:
    """The rows that count on that day, in their order."""
    return tuple(row for row in rows if row.counts_on(day))
