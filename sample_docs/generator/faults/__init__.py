"""Planting labelled faults into a consistent shipment. Each is one function in a module here and its entry in FAULTS.

It changes what the papers say, tells the fault as the truth file's `expected_findings`, names the declared values
that become disputed and the codes that may follow from it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Final

from sample_docs.generator.chance import Chance
from sample_docs.generator.faults import absent, amounts, goods, origin, parties, proofs, quantities
from sample_docs.generator.faults.planting import CannotPlantError
from sample_docs.generator.truth import ShipmentTruth

__all__ = ["FAULTS", "CannotPlantError", "plant", "some_planted"]

FAULTS: Final[dict[str, Callable[[ShipmentTruth, Chance, str], ShipmentTruth]]] = {
    **amounts.FAULTS,
    **origin.FAULTS,
    **quantities.FAULTS,
    **parties.FAULTS,
    **goods.FAULTS,
    **proofs.FAULTS,
    **absent.FAULTS,
}


def plant(truth: ShipmentTruth, fault: str, seed: int, *, where: str = "") -> ShipmentTruth:
    """The shipment with one more fault. `fault` is the finding's code, `where` a document type where there is a choice.

    Raises:
        CannotPlantError: the shipment lacks what the fault needs; plant another one.
        KeyError: no such fault.
    """
    return FAULTS[fault](truth, Chance(truth.id, fault, seed), where)


def some_planted(truth: ShipmentTruth, chance: Chance, most: int) -> ShipmentTruth:
    """The shipment with none to `most` faults of different codes; one that it has no place for is passed over.

    A fault that an earlier one may bring about, or whose values are in dispute already, is not planted on top of it:
    the truth could not say what then must be found.
    """
    wanted = chance.whole(0, most)
    for code in chance.some(sorted(FAULTS), len(FAULTS)):
        if len(truth.faults) >= wanted:
            break
        if code in truth.acceptable:
            continue
        with suppress(CannotPlantError):
            changed = plant(truth, code, chance.whole(0, 10**6))
            if _apart(truth, changed):
                truth = changed
    return truth


def _apart(before: ShipmentTruth, after: ShipmentTruth) -> bool:
    """Whether the last fault touches nothing that those before it did."""
    new = after.disputed[len(before.disputed) :]
    may_follow = after.acceptable[len(before.acceptable) :]
    found = {fault.code for fault in before.faults}
    return not set(new) & set(before.disputed) and not found & set(may_follow)
