"""The value types of fields: plain decimals, parties, code strings, with the contract's JSON forms."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints


class Frozen(BaseModel):
    """Base of all models: nothing changes once made, unknown names are errors, no silent conversion."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


def plain(value: Decimal) -> str:
    """The decimal without an exponent: `Decimal("1E+3")` becomes "1000"."""
    return format(value, "f")


def lies_within(day: dt.date, first: dt.date | None, last: dt.date | None) -> bool:
    """Whether a day lies in a period, both ends included; an end that is None is open."""
    return (first is None or first <= day) and (last is None or day <= last)


# `strict=False` here alone: JSON numbers are taken on input, and lax mode still refuses what is no number.
Amount = Annotated[
    Decimal, Field(strict=False, allow_inf_nan=False), PlainSerializer(plain, return_type=str, when_used="json")
]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
CurrencyCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
HsCode = Annotated[str, StringConstraints(pattern=r"^\d{4,10}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Party(Frozen):
    """A party as printed; what is not on the paper is None. `country` is ISO 3166-1 alpha-2."""

    name: str
    address: str | None = None
    country: CountryCode | None = None
    tax_id: str | None = None


class OriginStatement(Frozen):
    """A declaration of preferential origin printed on an invoice (invoice declaration, statement on origin)."""

    text: str
    authorisation_number: str | None = None
    origin: str | None = None
    place: str | None = None
    date: str | None = None
