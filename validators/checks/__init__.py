"""All checks, one module for each family. Nothing registers itself: what runs stands in `ALL_CHECKS`, in this order."""

from validators.case import Check
from validators.checks import (
    amounts,
    certificates,
    charges,
    classification,
    goods_named,
    history,
    legibility,
    master_records,
    measures,
    origins,
    packages,
    parties,
    preferences,
    presence,
    prices,
    quantities,
    references,
    terms,
    twins,
    values,
    watched_parties,
    weights,
)

ALL_CHECKS: tuple[Check, ...] = (
    *presence.CHECKS,
    *amounts.CHECKS,
    *values.CHECKS,
    *twins.CHECKS,
    *quantities.CHECKS,
    *weights.CHECKS,
    *packages.CHECKS,
    *goods_named.CHECKS,
    *classification.CHECKS,
    *origins.CHECKS,
    *parties.CHECKS,
    *watched_parties.CHECKS,
    *references.CHECKS,
    *certificates.CHECKS,
    *preferences.CHECKS,
    *terms.CHECKS,
    *charges.CHECKS,
    *measures.CHECKS,
    *prices.CHECKS,
    *history.CHECKS,
    *master_records.CHECKS,
    *legibility.CHECKS,
)

__all__ = ["ALL_CHECKS"]
