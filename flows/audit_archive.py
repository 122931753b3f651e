"""The audit every night under Prefect, which is told counts alone."""

from __future__ import annotations

import datetime as dt

from prefect import flow
from prefect.events import emit_event

from archive.audit.troubles import TroubleKind
from flows.auditing import Brought, audit_now, counts_of, log_troubles
from flows.audits_kept import keep_audit
from flows.journal import publish_journal
from flows.runs import ToldByKind
from flows.settings import load_settings
from flows.workshop import open_records

_NOT_VOUCHED_FOR: frozenset[TroubleKind] = frozenset({"journal", "unrecorded"})


@flow(name="audit-archive", flow_run_name="audit archive", validate_parameters=False, persist_result=False)
def audit_archive() -> dict[str, int]:
    """One audit; returns counts. What it finds is in the log, and an event `tidewaiter.audit.troubled` tells of it.

    The journal is brought up to date and published after it, where nothing of it was touched and nothing lies there
    that nobody recorded: whoever slips a record in must not have it vouched for by the next night.
    """
    with ToldByKind(), open_records(load_settings()) as records:
        report = audit_now(records, Brought(), dt.datetime.now(dt.UTC))
        if not any(one.kind in _NOT_VOUCHED_FOR for one in report.troubles):
            publish_journal(records)
        log_troubles(report)
        keep_audit(report, records.store)
        counts = dict(counts_of(report))
        if report.troubles:
            resource = {"prefect.resource.id": "tidewaiter.audit", "prefect.resource.name": "audit"}
            emit_event("tidewaiter.audit.troubled", resource=resource, payload=counts)
        return counts
