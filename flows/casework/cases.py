"""A case opened: a shipment as its latest result stands, what can be done about its findings, its papers compared."""

from __future__ import annotations

from flows.casework.comparing import compared
from flows.casework.offering import offered
from flows.casework.preparing import for_broker, latest_revision, prepared
from flows.workshop import Workshop
from schemas.casework import Case


def open_case(broker: str, reference: str, workshop: Workshop) -> Case:
    """The case, for which no paper is read. Raises `NoSuchShipmentError`."""
    shop = for_broker(broker, workshop)
    one = prepared(broker, reference, latest_revision(broker, reference, shop), shop)
    last = shop.archive.last_intake(broker, reference)
    waits = last is not None and last.revision > one.result.revision
    value = shop.settings.four_eyes_value
    return Case(
        result=one.result,
        intake=one.intake,
        pages=one.pages,
        findings=offered(one.result.findings, one.result, one.judged.reconciled, four_eyes_value=value),
        comparison=compared(
            one.result.documents,
            one.judged.reconciled,
            findings=one.result.findings,
            declaration=one.result.declaration,
            draft=one.shipment.draft,
        ),
        decisions=shop.decisions.of(broker, reference),
        waiting=last.revision if last is not None and waits else None,
    )
