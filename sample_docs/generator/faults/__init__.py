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
from sample_docs.generator.truth import Paper, ShipmentTruth
from sample_docs.layouts import BY_NAME

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
            if _apart(truth, changed) and _is_printed(truth, changed):
                truth = changed
    return truth


def _apart(before: ShipmentTruth, after: ShipmentTruth) -> bool:
    """Whether the last fault touches nothing that those before it did."""
    new = after.disputed[len(before.disputed) :]
    may_follow = after.acceptable[len(before.acceptable) :]
    found = {fault.code for fault in before.faults}
    gone = {paper.type for paper in before.papers} - {paper.type for paper in after.papers}
    needed = {kind for fault in before.faults for kind in fault.documents}
    return not set(new) & set(before.disputed) and not found & set(may_follow) and not gone & needed


def _is_printed(before: ShipmentTruth, after: ShipmentTruth) -> bool:
    """Whether every paper that the fault changes shows it: not every layout prints every value."""
    olds = {paper.type: paper for paper in before.papers}
    changed = [(olds[paper.type], paper) for paper in after.papers if paper != olds[paper.type]]
    return all(_shows(old, new) for old, new in changed)


def _shows(old: Paper, new: Paper) -> bool:
    if len(old.lines) != len(new.lines) or old.lost_page != new.lost_page:
        return True
    changed = {name for name in {*old.fields, *new.fields} if old.fields.get(name) != new.fields.get(name)}
    for at, (was, now) in enumerate(zip(old.lines, new.lines, strict=True)):
        changed |= {f"lines.{at}.{name}" for name in {*was, *now} if was.get(name) != now.get(name)}
    return bool(changed & (_printed(old) | _printed(new)))


def _printed(paper: Paper) -> set[str]:
    drawing = BY_NAME[paper.pool, paper.layout].draw(paper)
    names = {name for mark in drawing.marks for name in (mark.name, *mark.also) if name}
    return names | {name.split(".")[0] for name in names if not name.startswith("lines.")}  # exporter.name is a part
