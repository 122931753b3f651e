"""The Prefect flow over the plain steps: Prefect sees which step runs, how long, and whether it failed.

It is told keys only. What passes between the steps stays in this process: results are not persisted, and `quote` keeps
Prefect from looking into arguments, so that no name and no price of a paper reaches its server.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.context import SyncClientContext
from prefect.utilities.annotations import quote

from archive.errors import RegisterUnavailable, StoreUnavailable
from flows import steps
from flows.settings import load_settings
from flows.workshop import open_workshop

P = ParamSpec("P")
R = TypeVar("R")


def _step(function: Callable[P, R], *, retries: int = 0) -> Callable[P, R]:
    """A task that holds this one call. Only what the store or the register may get over is tried again."""
    shell = task(
        function,
        name=function.__name__,
        retries=retries,
        retry_delay_seconds=2,
        retry_condition_fn=lambda _task, _run, state: isinstance(state.result(raise_on_failure=False), _MAY_PASS),
        cache_policy=NO_CACHE,
        persist_result=False,
    )

    def run(*arguments: P.args, **options: P.kwargs) -> R:
        return shell(*(quote(one) for one in arguments), **options)

    return run


_MAY_PASS = (StoreUnavailable, RegisterUnavailable)

open_intake = _step(steps.open_intake, retries=3)
read_papers = _step(steps.read_papers, retries=3)
join = _step(steps.join, retries=3)
reconcile = _step(steps.reconcile, retries=3)
declare = _step(steps.declare)
conclude = _step(steps.conclude)
file = _step(steps.file, retries=3)


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
        reconciled = reconcile(shipment, workshop)
        declaration = declare(shipment, reconciled, workshop)
        result = conclude(intake, shipment, reconciled, declaration)
        return file(intake, result, workshop).status
