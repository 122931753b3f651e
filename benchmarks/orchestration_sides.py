"""What `benchmarks.orchestration` compares with the flows: `python -m benchmarks.orchestration_sides SIDE …`.

`plain FOLDER…` clears shipments by the plain steps; `inbox` empties the inbox by the plain steps; `idle SECONDS`
watches an inbox in which nothing is ready, and prints what that cost. They work where the environment says.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from botocore.client import BaseClient

from flows import plain, steps
from flows.inbox.events import resting
from flows.inbox.rules import Watcher, rules_of
from flows.inbox.watching import watch_once
from flows.logs import start_logging
from flows.settings import Settings, load_settings
from flows.workshop import Workshop, open_exchange, open_workshop


def cleared(folders: Sequence[str], workshop: Workshop) -> None:
    for number, folder in enumerate(folders):
        today = dt.datetime.now(dt.UTC).date()
        plain.clear(Path(folder), workshop, as_of=today, reference=f"R{number:04}", on_page=steps.unseen)


def emptied(workshop: Workshop) -> None:
    """The inbox handled as the worker handles it, but for Prefect."""
    clear = partial(plain.clear_begun, workshop=workshop, on_page=steps.unseen)
    exchange, watcher = open_exchange(workshop.settings), Watcher(rules_of(workshop.settings))
    now = partial(dt.datetime.now, dt.UTC)
    while not watch_once(workshop, exchange, now=now, clear=clear, watcher=watcher).is_empty:
        pass


def idle(seconds: float, settings: Settings, workshop: Workshop) -> dict[str, float]:
    """CPU seconds and requests to S3 for a minute of watching."""
    asked: list[str] = []
    counting = partial(_counted, asked)
    exchange = open_exchange(settings)
    client: BaseClient = exchange._client  # type: ignore[attr-defined]  # noqa: SLF001 - a bucket's, to count its requests
    client.meta.events.register("before-send.s3", counting)
    clear = partial(plain.clear_begun, workshop=workshop, on_page=steps.unseen)
    before, began = _cpu(), time.monotonic()
    with resting(settings, once=False) as rests:
        watcher = Watcher(rules_of(settings))
        while time.monotonic() - began < seconds:
            rests.rest(
                watch_once(workshop, exchange, now=partial(dt.datetime.now, dt.UTC), clear=clear, watcher=watcher)
            )
    minutes = (time.monotonic() - began) / 60
    return {"cpu": (_cpu() - before) / minutes, "requests": len(asked) / minutes}


def _counted(asked: list[str], **told: object) -> None:
    asked.append(str(told.get("event_name")))


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main(arguments: Sequence[str]) -> None:
    settings = load_settings()
    start_logging(settings, unless_set="info")
    with open_workshop(settings) as workshop:
        match arguments:
            case ["plain", *folders]:
                cleared(folders, workshop)
            case ["inbox"]:
                emptied(workshop)
            case ["idle", seconds]:
                print(json.dumps(idle(float(seconds), settings, workshop)))
            case _:
                raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
