"""One process that clears shipment after shipment: what takes seconds to start is started once and kept warm."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from flows.settings import load_settings
from flows.workshop import Workshop, open_workshop

_warm: ContextVar[Workshop | None] = ContextVar("tidewaiter_workshop", default=None)


@contextmanager
def serving(workshop: Workshop) -> Iterator[None]:
    """Every run that is started inside, in this process, works in this workshop."""
    token = _warm.set(workshop)
    try:
        yield
    finally:
        _warm.reset(token)


@contextmanager
def workshop_here() -> Iterator[Workshop]:
    """The workshop that this process keeps open, or one for this run alone."""
    warm = _warm.get()
    if warm is not None:
        yield warm
        return
    with open_workshop(load_settings()) as workshop:
        yield workshop
