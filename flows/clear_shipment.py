"""The Prefect flow over the plain steps: Prefect sees which step runs, how long, and whether it failed.

It is told keys only. What passes between the steps stays in this process: results are not persisted, and `quote` keeps
Prefect from looking into arguments, so that no name and no price of a paper reaches its server.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.context import SyncClientContext
from prefect.utilities.annotations import quote

from archive.errors import RegisterUnavailable, StoreUnavailable
from flows import second_look, steps
from flows.settings import load_settings
from flows.workshop import open_workshop

P = ParamSpec("P")
R = TypeVar("R")


_MAY_PASS = (StoreUnavailable, RegisterUnavailable)


def _may_pass(_task: object, _run: object, state: State[object]) -> bool:
    return isinstance(state.data, _MAY_PASS)


def _step(function: Callable[P, R]) -> Callable[P, R]:
    """A task that holds this one call. Only what the store or the register may get over is tried again."""
    shell = task(
        name=function.__name__,
        retries=3,
        retry_delay_seconds=2,
        retry_condition_fn=_may_pass,
        cache_policy=NO_CACHE,
        persist_result=False,
    )(function)

    def run(*arguments: P.args, **options: P.kwargs) -> R:
        quoted: tuple[Any, ...] = tuple(quote(argument) for argument in arguments)
        result: R = shell(*quoted, **options)
        return result

    return run


open_intake = _step(steps.open_intake)
read_papers = _step(steps.read_papers)
join = _step(steps.join)
settle = _step(second_look.settle)
claim_invoices = _step(steps.claim_invoices)
compare_duty = _step(steps.compare_duty)
declare = _step(steps.declare)
conclude = _step(steps.conclude)
file = _step(steps.file)


@flow(
    name="clear-shipment",
    flow_run_name="clear {broker}/{reference} #{revision}",
    validate_parameters=False,
    persist_result=False,
)
async def clear_shipment(broker: str, reference: str, revision: int) -> str:
    """Clear a begun revision whose originals are archived; returns its status.

    It is `async` because Prefect rounds a plain flow up to whole seconds, and holds one client for all its tasks.
    """
    with SyncClientContext.get_or_create(), open_workshop(load_settings()) as workshop:
        intake = open_intake(broker, reference, revision, workshop)
        readings = read_papers(intake, workshop, steps.unseen)
        shipment = join(intake, readings, workshop)
        shipment, reconciled = settle(intake, readings, shipment, workshop)
        reconciled = claim_invoices(shipment, reconciled, workshop)
        reconciled = compare_duty(shipment, reconciled, workshop)
        declaration = declare(shipment, reconciled, workshop)
        result = conclude(intake, shipment, reconciled, declaration)
        return file(intake, result, workshop).status
