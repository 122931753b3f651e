"""The audit every night under Prefect, which is told counts alone."""

from __future__ import annotations

import datetime as dt

from prefect import flow
from prefect.events import emit_event

from flows.auditing import Brought, audit_now, counts_of, log_troubles
from flows.journal import enter_missing, publish_journal
from flows.runs import ToldByKind
from flows.settings import load_settings
from flows.workshop import open_records


@flow(name="audit-archive", flow_run_name="audit archive", validate_parameters=False, persist_result=False)
def audit_archive() -> dict[str, int]:
    """One audit; returns counts. What it finds is in the log, and an event `tidewaiter.audit.troubled` tells of it.

    The journal is brought up to date first, and signed and published after, where nothing touched it.
    """
    with ToldByKind(), open_records(load_settings()) as records:
        enter_missing(records)
        report = audit_now(records, Brought(), dt.datetime.now(dt.UTC))
        if not any(one.kind == "journal" for one in report.troubles):
            publish_journal(records)  # What was touched is not signed.
        log_troubles(report)
        counts = dict(counts_of(report))
        if report.troubles:
            resource = {"prefect.resource.id": "tidewaiter.audit", "prefect.resource.name": "audit"}
            emit_event("tidewaiter.audit.troubled", resource=resource, payload=counts)
        return counts
