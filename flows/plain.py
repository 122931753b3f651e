"""Clearing without any server: the same steps as the flow `clear_shipment`, one after the other in this process."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from archive.errors import ObjectMissing
from flows import journal, steps
from flows.errors import NoSuchShipmentError
from flows.intake import readable
from flows.isolation import OnPage
from flows.logs import about
from flows.second_look import settle
from flows.workshop import Workshop
from schemas.results import Intake, ShipmentResult


def clear(
    path: Path, workshop: Workshop, *, as_of: dt.date, reference: str | None = None, on_page: OnPage
) -> ShipmentResult:
    """The result of the papers at the path; where equal papers were judged before, the stored one."""
    submission = steps.submit(path, workshop, reference=reference, as_of=as_of)
    stored = workshop.archive.find(submission)
    if stored:
        return stored
    intake = workshop.archive.begin(submission)
    journal.begun(intake, workshop)
    return clear_begun(intake, workshop, on_page=on_page)


def clear_begun(intake: Intake, workshop: Workshop, *, on_page: OnPage) -> ShipmentResult:
    """The result of an intake whose originals are archived."""
    with about(intake.broker, intake.reference, intake.revision):
        return steps.file(intake, judged(intake, workshop, on_page), workshop)


def judged(intake: Intake, workshop: Workshop, on_page: OnPage) -> ShipmentResult:
    """What comes out, before it is filed."""
    readings = steps.read_papers(intake, workshop, on_page)
    shipment = steps.join(intake, readings, workshop)
    shipment, reconciled = settle(intake, readings, shipment, workshop)
    reconciled = steps.claim_invoices(shipment, reconciled, workshop)
    reconciled = steps.compare_duty(shipment, reconciled, workshop)
    return steps.conclude(intake, shipment, reconciled, steps.declare(shipment, reconciled, workshop))


def latest(reference: str, workshop: Workshop, revision: int | None = None) -> ShipmentResult:
    """The last stored result of that shipment, or that of a revision; raises `NoSuchShipmentError`."""
    try:
        return workshop.archive.result(workshop.settings.broker, reference, revision)
    except ObjectMissing as error:
        named = readable(reference) if revision is None else f"{readable(reference)} #{revision}"
        where = f"{named}: not in the archive {workshop.place}"
        raise NoSuchShipmentError(f"{where}. Clear it first, or name the archive with --out") from error
