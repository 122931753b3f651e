"""Steps that belong together, for whoever tells of stages instead of each step: what is told costs time too."""

from __future__ import annotations

from flows import steps
from flows.second_look import settle
from flows.workshop import Workshop
from schemas.pages import FileReading
from schemas.results import Intake, ShipmentResult
from schemas.shipments import Reconciled, Shipment


def check(
    intake: Intake, readings: tuple[FileReading, ...], shipment: Shipment, workshop: Workshop
) -> tuple[Shipment, Reconciled]:
    """The papers solved against each other, against earlier shipments and against the broker's draft."""
    shipment, reconciled = settle(intake, readings, shipment, workshop)
    reconciled = steps.claim_invoices(shipment, reconciled, workshop)
    return shipment, steps.compare_duty(shipment, reconciled, workshop)


def declare(intake: Intake, shipment: Shipment, reconciled: Reconciled, workshop: Workshop) -> ShipmentResult:
    """The result, stored: that of whoever finished first."""
    declaration = steps.declare(shipment, reconciled, workshop)
    return steps.file(intake, steps.conclude(intake, shipment, reconciled, declaration), workshop)
