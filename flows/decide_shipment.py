"""The Prefect flow of a person's decision: a new run over the steps, which finds what was read and reads nothing again.

The decision is recorded before the run begins, and the run is told which revision knows it: a reason or a value may
quote a paper, and Prefect gets neither.
"""

from __future__ import annotations

import asyncio

from prefect import flow

from flows.clear_shipment import run_through
from flows.inbox.errors import NotNowError
from flows.runs import tell_event
from flows.runs_ended import stopped_by_its_cause
from flows.serving import serving
from flows.workshop import Workshop
from schemas.results import Intake, ShipmentResult


@flow(
    name="decide",
    flow_run_name="decide {broker}/{reference} #{revision}",
    validate_parameters=False,
    persist_result=False,
)
async def decide(broker: str, reference: str, revision: int) -> str:
    """Judge a begun revision that knows what people decided; returns its status. Raises `StepFailedError` alone."""
    result = await run_through(broker, reference, revision)
    tell_event("decided", broker, reference, {"revision": revision, "status": result.status})
    return result.status


def judge_in_a_run(workshop: Workshop, intake: Intake) -> ShipmentResult:
    """The result of a run of the flow in this process; raises what stopped it, or `NotNowError` where Prefect did."""
    try:
        with stopped_by_its_cause(), serving(workshop):
            asyncio.run(decide(intake.broker, intake.reference, intake.revision))
    except NotNowError as error:
        raise NotNowError(f"{error}. The decision is recorded; told again, it is judged") from error
    return workshop.archive.result(intake.broker, intake.reference, intake.revision)
