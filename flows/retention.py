"""Retention every night under Prefect: locks brought to where they must be, disposals that were cut short gone on with.

Prefect is told counts, and of what goes wrong its kind alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from prefect import flow
from prefect.events import emit_event

from flows import disposing, keeping
from flows.keeping import Applied
from flows.logs import tell
from flows.runs import ToldByKind
from flows.settings import load_settings
from flows.workshop import Records, open_records


@flow(name="retention", flow_run_name="retention", validate_parameters=False, persist_result=False)
def retention() -> dict[str, int]:
    """One round over every shipment; returns counts. Whoever is killed in it and runs again ends with the same."""
    with ToldByKind(), open_records(load_settings()) as records:
        counts = dict(apply(records, dt.datetime.now(dt.UTC)))
        if counts["missing"] or counts["unreadable"]:
            _tell(counts)
        return counts


def apply(records: Records, now: dt.datetime) -> Mapping[str, int]:
    """What a round does, without Prefect."""
    applied = keeping.settle_all(records, now)
    _log(applied)
    # Last, as a disposal that meets a hold stops here, and no lock should wait for it.
    disposed = sum(one.done.disposed for one in disposing.finish(records, now))
    return {**applied.counts, "disposed": disposed}


def _log(applied: Applied) -> None:
    """How much is wrong; what it is, `tidewaiter audit` names."""
    for error, found in (("missing", applied.missing), ("unreadable", applied.unreadable)):
        if found:
            tell("retention", level="error", told={"error": error, "count": len(found)})


def _tell(counts: Mapping[str, int]) -> None:
    """An event to which automations may answer: what should be kept is not there, or cannot be read."""
    emit_event(
        "tidewaiter.retention.incomplete",
        resource={"prefect.resource.id": "tidewaiter.retention", "prefect.resource.name": "retention"},
        payload=dict(counts),
    )
