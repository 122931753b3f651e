"""The papers solved together: join, witness, check, and say what may not be declared yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from schemas.ports import EarlierShipments, Similarity
from schemas.shipments import Reconciled, Shipment
from validators.case import Case
from validators.checks import ALL_CHECKS
from validators.found import Found
from validators.matched import Matched, match
from validators.papers import Papers, papers_of
from validators.standing import standings_of
from validators.tolerances import Tolerances
from validators.witnesses import supports, witnessed


def reconcile(
    shipment: Shipment,
    *,
    similarity: Similarity,
    earlier: EarlierShipments,
    tolerances: Tolerances = Tolerances(),  # noqa: B008 - frozen, so one default serves all calls
) -> Reconciled:
    """Everything the papers say about each other. Pure: the same shipment gives the same result. Never raises for papers
    that are incomplete or wrong: that is what findings are for.
    """
    read = match(shipment, similarity)
    documents = witnessed(shipment.documents, supports(read))
    drafts = [paper for paper in read.papers.all if paper.index < 0]
    matched = replace(read, papers=Papers((*papers_of(documents), *drafts)))
    case = Case(
        shipment.reference,
        shipment.as_of,
        matched,
        standings_of(matched, tolerances),
        tolerances,
        earlier,
        shipment.notices,
    )
    found = [one for check in ALL_CHECKS for one in check.run(case)]
    return Reconciled(
        documents=documents,
        items=matched.goods_items(),
        findings=tuple(one.finding for one in found),
        withheld=_withheld(case, matched, found),
        standings=case.standings.by_pointer,
    )


def _withheld(case: Case, matched: Matched, found: Sequence[Found]) -> tuple[str, ...]:
    """Pointers of the values in doubt, in the order found, each once."""
    pointers = [
        pointer
        for one in found
        for pointer in (*one.pointers, *(p for cell in one.in_doubt for p in case.standings.pointers(cell)))
    ]
    return tuple(dict.fromkeys(pointers))
