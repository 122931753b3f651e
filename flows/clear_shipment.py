"""The Prefect flow over the plain steps: Prefect sees which step runs, how long, and whether it failed.

It is told keys only. What passes between the steps stays in this process: results are not persisted, `quote` keeps
Prefect from looking into arguments, and an error leaves a step under its kind alone, so that no name and no price of a
paper reaches its server.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from prefect import Task, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.futures import wait
from prefect.runtime import flow_run
from prefect.utilities.annotations import quote

from flows import stages, steps
from flows.links import desk_link
from flows.logs import about
from flows.reading_apart import apart, read_apart
from flows.runs import READING, RunFailedError, StepFailedError, ToldByKind, in_turn, limited, tell_end, tell_event
from flows.serving import one_client, workshop_here
from flows.workshop import Workshop
from schemas.results import Intake, ShipmentResult

P = ParamSpec("P")
R = TypeVar("R")


_BACKOFF_SECONDS = [2.0, 8.0, 30.0]


def _may_pass(_task: object, _run: object, state: State[object]) -> bool:
    return isinstance(state.data, StepFailedError) and state.data.may_pass


def _shell(function: Callable[P, R]) -> Task[P, R]:
    """A task of this one call. Only what the store or the register may get over is tried again."""

    @wraps(function)
    def told_by_kind(*arguments: P.args, **options: P.kwargs) -> R:
        with ToldByKind():
            return function(*arguments, **options)

    return task(
        name=function.__name__,
        retries=len(_BACKOFF_SECONDS),
        retry_delay_seconds=_BACKOFF_SECONDS,
        retry_jitter_factor=0.3,
        retry_condition_fn=_may_pass,
        cache_policy=NO_CACHE,
        persist_result=False,
    )(told_by_kind)


def _step(function: Callable[P, R]) -> Callable[P, R]:
    """A task in this process, whose arguments and result Prefect does not see."""
    shell = _shell(function)

    def run(*arguments: P.args, **options: P.kwargs) -> R:
        quoted: tuple[Any, ...] = tuple(quote(argument) for argument in arguments)
        result: R = shell(*quoted, **options)
        return result

    return run


def _read_file(broker: str, reference: str, revision: int, digest: str) -> int:
    """Wherever the task runner has it done, it needs these keys alone."""
    with about(broker, reference, revision), limited([READING]), workshop_here() as workshop:
        return read_apart(broker, reference, revision, digest, workshop)


open_intake = _step(steps.open_intake)
read_papers = _step(steps.read_papers)
join = _step(steps.join)
check = _step(stages.check)
declare = _step(stages.declare)
read_file = _shell(_read_file)


@flow(
    name="clear-shipment",
    flow_run_name="clear {broker}/{reference} #{revision}",
    validate_parameters=False,
    persist_result=False,
)
async def clear_shipment(broker: str, reference: str, revision: int) -> str:
    """Clear a begun revision whose originals are archived; returns its status. Raises `StepFailedError` alone.

    It is `async` because Prefect rounds a plain flow up to whole seconds.
    """
    return (await run_through(broker, reference, revision)).status


async def run_through(broker: str, reference: str, revision: int) -> ShipmentResult:
    """The steps in the flow run that we are in, and what is told of their end."""
    async with one_client():
        with (
            about(broker, reference, revision, run=flow_run.id),
            _failing_loudly(broker, reference, revision),
            in_turn(broker, reference),
            workshop_here() as workshop,
        ):
            result = _through_the_stages(broker, reference, revision, workshop)
            await tell_end(result, desk_link(broker, reference, workshop.settings))
            return result


def _through_the_stages(broker: str, reference: str, revision: int, workshop: Workshop) -> ShipmentResult:
    intake = open_intake(broker, reference, revision, workshop)
    _read_ahead(intake, workshop)
    readings = read_papers(intake, workshop, steps.unseen)
    shipment = join(intake, readings, workshop)
    shipment, reconciled = check(intake, readings, shipment, workshop)
    return declare(intake, shipment, reconciled, workshop)


def _read_ahead(intake: Intake, workshop: Workshop) -> None:
    """Have the files that take long read by tasks of their own, side by side. What fails there is read with the rest.

    Then it is told by the step that reads them all, and not by whichever file came first.
    """
    names = (intake.broker, intake.reference, intake.revision)
    wait([read_file.submit(*names, digest) for digest in apart(intake, workshop)])


@contextmanager
def _failing_loudly(broker: str, reference: str, revision: int) -> Iterator[None]:
    """Whatever stops the run is an event of its own kind, for automations that call an operator."""
    try:
        with ToldByKind(RunFailedError):
            yield
    except StepFailedError as error:
        tell_event("failed", broker, reference, {"revision": revision, "error": str(error)})
        raise
