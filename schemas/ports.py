"""What the pure rooms need from outside, handed in by `flows.steps`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Similarity(Protocol):
    """Meaning of descriptions, compared."""

    def scores(self, left: Sequence[str], right: Sequence[str]) -> Sequence[Sequence[float]]:
        """A matrix of `len(left)` rows and `len(right)` columns, -1 to 1, higher is closer."""
        ...


class EarlierShipments(Protocol):
    """The register's memory, of the same broker."""

    def with_invoice(self, exporter: str, number: str) -> Sequence[str]:
        """References of earlier shipments that carry this exporter's invoice number."""
        ...
