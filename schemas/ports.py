"""What the pure rooms need from outside, handed in by `flows.steps`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol


class Similarity(Protocol):
    """Meaning of descriptions, compared."""

    def scores(self, left: Sequence[str], right: Sequence[str]) -> Sequence[Sequence[float]]:
        """A matrix of `len(left)` rows and `len(right)` columns, -1 to 1, higher is closer."""
        ...


@dataclass(frozen=True, slots=True)
class EarlierGoods:
    """One declared item of an earlier shipment that was clear, `as_of` the day it was judged at.

    `item_price` is that of the whole quantity, in `currency`. What was not declared is None.
    """

    reference: str
    as_of: dt.date
    description: str | None = None
    part_number: str | None = None
    hs_code: str | None = None
    origin: str | None = None
    unit: str | None = None
    quantity: Decimal | None = None
    net_mass_kg: Decimal | None = None
    item_price: Decimal | None = None
    currency: str | None = None


class EarlierShipments(Protocol):
    """The register's memory, of the same broker: other shipments, received before the one that is judged."""

    def with_invoice(self, exporter: str, number: str) -> Sequence[str]:
        """References of earlier shipments that carry this exporter's invoice number."""
        ...

    def with_certificate(self, number: str, form: str) -> Sequence[str]:
        """References of earlier shipments that carry a certificate of this form and number, first come first."""
        ...

    def goods_of(self, exporter: str) -> Sequence[EarlierGoods]:
        """What this exporter's goods were declared as in shipments that are clear: a bounded number, latest first."""
        ...

    def knows_party(self, name: str) -> bool:
        """Whether any earlier shipment names this party. True also while nothing is remembered: then nobody is new."""
        ...
