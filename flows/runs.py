"""What Prefect is told about a run of `clear_shipment`, and what it may hold it back for.

It is told references, counts and codes, and of an error its kind alone: the message may quote a paper. It observes and
limits; which of two runs wins is the store's to decide. So whoever gets no slot in time goes on all the same.
"""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from functools import lru_cache
from time import monotonic
from types import TracebackType
from typing import Final, Self
from uuid import UUID

from httpx import HTTPError
from prefect import tags
from prefect.artifacts import acreate_markdown_artifact
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import GlobalConcurrencyLimitCreate
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import StateType
from prefect.client.schemas.responses import GlobalConcurrencyLimitResponse
from prefect.concurrency.sync import concurrency
from prefect.context import TagsContext
from prefect.events import emit_event
from prefect.exceptions import ObjectAlreadyExists
from prefect.runtime import flow_run
from prefect.states import Crashed

from archive.errors import RegisterUnavailable, StoreUnavailable
from schemas.results import ShipmentResult

CLEARING: Final = "tidewaiter-clearing"
"""A limit that an operator may create: how many shipments are cleared at once, over all machines."""
READING: Final = "tidewaiter-reading"
"""Likewise: how many files are read at once by tasks of their own."""
_BY_OPERATOR: Final = frozenset({CLEARING, READING})
_ASKED_SECONDS: Final = 60
"""How long an operator's limit may be there unseen."""
_SHIPMENT: Final = "tidewaiter-shipment-"
_LANES: Final = 256
"""Limits of one slot, among which shipments are spread by name: one for each would fill Prefect's database."""
_PAGE: Final = 200
_WORKER: Final = "worker:"
_GOING_ON: Final = FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.RUNNING, StateType.PENDING]))
_LEASE_SECONDS: Final = 60
_WAIT_SECONDS: Final = 120
_MAY_PASS: Final = (StoreUnavailable, RegisterUnavailable)


class StepFailedError(Exception):
    """A step's error under its kind alone. `cause` stays in this process; `may_pass` says whether to try again."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(type(cause).__name__)
        self.cause = cause
        self.may_pass = isinstance(cause, _MAY_PASS)


class RunFailedError(StepFailedError):
    """An error beside the steps: of Prefect, or of the place where the run works. The papers have no part in it."""


class ToldByKind:
    """A block whose error leaves it as a `StepFailedError` or what it is told to be, whatever it is."""

    def __init__(self, kind: type[StepFailedError] = StepFailedError) -> None:
        self._kind = kind

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, Exception) and not isinstance(error, StepFailedError):
            raise self._kind(error) from None


def lane_of(broker: str, reference: str) -> str:
    """The limit that keeps two runs of one shipment apart."""
    digest = hashlib.sha256(f"{broker}\0{reference}".encode()).digest()
    return f"{_SHIPMENT}{digest[0] % _LANES:03d}"


_leased: ContextVar[bool] = ContextVar("tidewaiter_leased", default=False)


@contextmanager
def started_by(worker: str) -> Iterator[None]:
    """Runs inside are marked as this worker's, which holds the lease in the store on each shipment that it clears."""
    token = _leased.set(True)
    try:
        with tags(f"{_WORKER}{worker}"):
            yield
    finally:
        _leased.reset(token)


@contextmanager
def in_turn(broker: str, reference: str) -> Iterator[None]:
    """Inside, no other run works on this shipment, and no more are cleared than the operator wants.

    Who holds the shipment's lease in the store is alone with it already: asking Prefect too would cost as much as all
    steps that Prefect is told of.
    """
    lanes = [] if _leased.get() else [_made(lane_of(broker, reference))]
    with limited([*lanes, CLEARING]), TagsContext():  # For each tag of a task Prefect would look for a limit.
        yield


@contextmanager
def limited(names: Sequence[str]) -> Iterator[None]:
    """Inside, a slot of each of these limits is held, unless others have held one for longer than we wait."""
    unset = _BY_OPERATOR - _set_by_operator(int(monotonic() // _ASKED_SECONDS))
    wanted = [name for name in names if name not in unset]
    with ExitStack() as held:
        try:
            held.enter_context(concurrency(wanted, timeout_seconds=_WAIT_SECONDS, lease_duration=_LEASE_SECONDS))
        except TimeoutError:
            logging.getLogger(__name__).warning("no slot in %s seconds, going on without one", _WAIT_SECONDS)
        yield


@lru_cache(maxsize=1)
def _set_by_operator(_minute: int) -> frozenset[str]:
    with get_client(sync_client=True) as client:
        return frozenset(limit.name for limit in _limits(client) if limit.name in _BY_OPERATOR)


@lru_cache(maxsize=_LANES)
def _made(lane: str) -> str:
    with get_client(sync_client=True) as client, suppress(ObjectAlreadyExists):
        client.create_global_concurrency_limit(GlobalConcurrencyLimitCreate(name=lane, limit=1))
    return lane


def clear_up_after_the_killed(worker: str) -> None:
    """For a worker that starts: a run that it still has going on is that of a killed one of its name."""
    mine = FlowRunFilter(state=_GOING_ON, tags=FlowRunFilterTags(all_=[f"{_WORKER}{worker}"]))
    with get_client(sync_client=True) as client:
        for run in client.read_flow_runs(flow_run_filter=mine, limit=_PAGE):
            client.set_flow_run_state(run.id, Crashed(message="its worker was killed"), force=True)


def _limits(client: SyncPrefectClient) -> list[GlobalConcurrencyLimitResponse]:
    limits, offset = client.read_global_concurrency_limits(limit=_PAGE), _PAGE
    while len(limits) == offset:
        limits += client.read_global_concurrency_limits(limit=_PAGE, offset=offset)
        offset += _PAGE
    return limits


async def tell_end(result: ShipmentResult, link: str | None = None) -> None:
    """The run's tags, its summary for the operator, and an event where the shipment waits for a person.

    `link` is where a person reads the shipment at the desk.

    The shipment is cleared already: that nobody could be told of it is no reason to clear it again.
    """
    with suppress(HTTPError):
        await _tell_end(result, link)


async def _tell_end(result: ShipmentResult, link: str | None) -> None:
    told = [*flow_run.tags, f"broker:{result.broker}", f"status:{result.status}"]
    async with get_client() as client:
        await client.update_flow_run(UUID(flow_run.id), tags=told)
    key = hashlib.sha256(f"{result.broker}\0{result.reference}".encode()).hexdigest()[:16]
    await acreate_markdown_artifact(
        summary(result, link), key=f"shipment-{key}", description=f"{result.broker}/{result.reference}"
    )
    if result.status != "clear":
        codes = sorted({finding.code for finding in result.findings if finding.holds})
        tell_event(result.status, result.broker, result.reference, {"revision": result.revision, "codes": codes})


def tell_event(what: str, broker: str, reference: str, payload: dict[str, object]) -> None:
    """An event `tidewaiter.shipment.<what>`, to which automations may answer."""
    emit_event(
        f"tidewaiter.shipment.{what}",
        resource={
            "prefect.resource.id": f"tidewaiter.shipment.{broker}.{reference}",
            "prefect.resource.name": f"{broker}/{reference}",
            "tidewaiter.broker": broker,
        },
        payload=payload,
    )


def summary(result: ShipmentResult, link: str | None = None) -> str:
    """What an operator may know: counts and codes, and nothing that stands on a paper."""
    counted = Counter((finding.code, finding.severity) for finding in result.findings)
    kinds = Counter(document.type for document in result.documents)
    lines = [
        f"# {result.status}: revision {result.revision}",
        "",
        *([f"[Read it at the desk]({link})", ""] if link else []),
        f"{sum(kinds.values())} documents: {', '.join(f'{count} {kind}' for kind, count in sorted(kinds.items()))}",
        "",
        "| finding | severity | count |",
        "| --- | --- | --- |",
        *(f"| {code} | {severity} | {count} |" for (code, severity), count in sorted(counted.items())),
    ]
    return "\n".join(lines)
