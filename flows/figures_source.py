"""Where the figures come from in a running process: the records, and the inbox where there is one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from flows.figures import Figures, Queue, gathered, not_ready
from flows.figures_server import Answers, figures_served
from flows.inbox.readiness import Ready, ready_shipments
from flows.inbox.rules import INBOX, rules_of
from flows.settings import Settings
from flows.workshop import Records, exchange_folder, open_exchange, open_records

_LOOKS = 4
"""Bounded looks into the inbox for one answer; of what lies beyond them it is said that there is more."""


def figures_now(records: Records) -> Figures:
    """Raises `ArchiveError` where register, store or inbox do not answer."""
    now = dt.datetime.now(dt.UTC)
    return gathered(records, now, queue=queue_now(records.settings, now))


def queue_now(settings: Settings, now: dt.datetime) -> Queue | None:
    """What waits in the inbox; None for a folder that nobody has made. Raises `StoreError`."""
    folder = exchange_folder(settings)
    if folder is not None and not (folder / INBOX).is_dir():
        return None
    exchange, rules = open_exchange(settings), rules_of(settings)
    found: list[Ready] = []
    after: str | None = None
    for _ in range(_LOOKS):
        look = ready_shipments(exchange, now, rules, after=after)
        found += [*look.ready, *look.waiting]
        after = look.after
        if after is None:
            break
    return Queue(len(found), min((one.changed for one in found), default=None), more=after is not None)


@contextmanager
def figures_told(settings: Settings) -> Iterator[int | None]:
    """Serve the figures while the block runs, where the settings name a port for them; gives the port.

    Raises `WrongSettingsError` where that port is taken.
    """
    if settings.figures_port is None:
        yield None
        return
    with open_records(settings) as records:
        answers = Answers(figures=lambda: figures_now(records), not_ready=lambda: not_ready(records))
        with figures_served(answers, settings, port=settings.figures_port, host=settings.figures_host) as port:
            yield port
