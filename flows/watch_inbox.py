"""The watched inbox under Prefect: each ready shipment is cleared by a run of its own, in this very process.

A process for each run would cost seconds before the first page is read. `watch_inbox` is one look, for whoever has
Prefect start it by a schedule; `tidewaiter up` looks by itself, and has runs of `clear_shipment` only: looking is
cheap, and a run for every look at an empty inbox would fill Prefect's database.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from contextlib import suppress
from functools import partial

from prefect import flow

from archive.errors import ArchiveError
from archive.stores.exchange import Exchange
from flows.clear_shipment import clear_shipment
from flows.inbox.reports import WatchReport
from flows.inbox.rules import Watcher, rules_of
from flows.inbox.watching import watch_once
from flows.runs import ToldByKind, started_by
from flows.runs_ended import stopped_by_its_cause
from flows.serving import run_here, serving, workshop_here
from flows.workshop import Workshop, open_exchange
from schemas.results import Intake, ShipmentResult


@flow(name="watch-inbox", flow_run_name="watch inbox", validate_parameters=False, persist_result=False)
def watch_inbox() -> dict[str, int]:
    """One look at the inbox; returns how many shipments ended how, and how many are left."""
    with ToldByKind(), workshop_here() as workshop, serving(workshop):
        report = look(workshop, open_exchange(workshop.settings), Watcher(rules_of(workshop.settings)))
    counts = Counter[str](handled.status or "refused" for handled in report.handled)
    return {**counts, "put_off": len(report.put_off), "waiting": report.waiting, "left": report.left}


def look(workshop: Workshop, exchange: Exchange, watcher: Watcher) -> WatchReport:
    """One look, with a run of the flow for each shipment taken; raises the `StoreError`s of the inbox."""
    with suppress(ArchiveError):  # The next start says what is wrong; shipments are looked after all the same.
        workshop.register.catch_up_with_noted(workshop.archive)  # What a worker elsewhere left, that was killed.
    clear = partial(_clear_in_a_run, workshop, watcher.holder)
    return watch_once(workshop, exchange, now=partial(dt.datetime.now, dt.UTC), clear=clear, watcher=watcher)


def _clear_in_a_run(workshop: Workshop, holder: str, intake: Intake) -> ShipmentResult:
    """The result of a run of the flow in this process; raises what stopped it, or `NotNowError` where Prefect did."""
    with stopped_by_its_cause():
        run_here(partial(_run, holder, intake))
    return workshop.archive.result(intake.broker, intake.reference, intake.revision)


async def _run(holder: str, intake: Intake) -> None:
    with started_by(holder):
        await clear_shipment(intake.broker, intake.reference, intake.revision)
