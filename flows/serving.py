"""One process that clears shipment after shipment: what takes seconds to start is started once and kept warm."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TypeVar

from prefect.context import AsyncClientContext, SyncClientContext

from flows.settings import load_settings
from flows.workshop import Workshop, open_workshop

T = TypeVar("T")


@dataclass(slots=True)
class _Served:
    """What this process keeps for all of its runs: the workshop, one event loop, and once used, its two clients."""

    workshop: Workshop
    loop: asyncio.Runner = field(default_factory=asyncio.Runner)
    clients: AsyncExitStack | None = None

    async def through_the_clients(self, work: Callable[[], Coroutine[object, object, T]]) -> T:
        """They are opened by the first run: a server that is away at the start keeps nobody from starting."""
        if self.clients is None:
            async with AsyncExitStack() as opening:
                await opening.enter_async_context(one_client())
                self.clients = opening.pop_all()
        return await work()

    def close(self) -> None:
        if self.clients is not None:
            self.loop.run(self.clients.aclose())


_served: ContextVar[_Served | None] = ContextVar("tidewaiter_served", default=None)


@contextmanager
def serving(workshop: Workshop) -> Iterator[None]:
    """Every run that is started inside, in this process, works in this workshop."""
    served = _Served(workshop)
    token = _served.set(served)
    try:
        with served.loop:  # It sees the variables as they are now.
            try:
                yield
            finally:
                served.close()
    finally:
        _served.reset(token)


@contextmanager
def workshop_here() -> Iterator[Workshop]:
    """The workshop that this process keeps open, or one for this run alone."""
    served = _served.get()
    if served is not None:
        yield served.workshop
        return
    with open_workshop(load_settings()) as workshop:
        yield workshop


def run_here(work: Callable[[], Coroutine[object, object, T]]) -> T:
    """Wait for the work on the event loop that this process keeps, or on one for this run alone."""
    served = _served.get()
    return asyncio.run(work()) if served is None else served.loop.run(served.through_the_clients(work))


@asynccontextmanager
async def one_client() -> AsyncIterator[None]:
    """Inside, all calls to the Prefect server share one client of each kind: a new one costs 25 ms of CPU."""
    async with AsyncClientContext.get_or_create():
        with SyncClientContext.get_or_create():
            yield
