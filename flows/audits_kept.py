"""How each audit ended, for whoever did not see it: its time and counts, no name of a paper.

audits/<moment>.json, each written once
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from archive.audit.auditing import AuditReport
from archive.records import read
from archive.stores.protocol import ObjectStore
from flows.auditing import counts_of
from schemas.values import Frozen

_AREA: Final = "audits/"


class KeptAudit(Frozen):
    """`counts` are those that the log has; `troubles` is how many there were of any kind. `began_at` is UTC."""

    began_at: dt.datetime
    counts: Mapping[str, int]
    troubles: int


def keep_audit(report: AuditReport, store: ObjectStore) -> None:
    """Raises the `StoreError`s of the store."""
    kept = KeptAudit(began_at=report.began_at, counts=counts_of(report), troubles=len(report.troubles))
    key = f"{_AREA}{report.began_at.astimezone(dt.UTC):%Y-%m-%dT%H-%M-%S-%f}.json"
    store.put_new(key, kept.model_dump_json(indent=2).encode(), media_type="application/json")


def last_audit(store: ObjectStore) -> KeptAudit | None:
    """The newest one that was kept; None where there is none. Raises the `StoreError`s and `RecordDamaged`."""
    key = max(store.list(_AREA), default=None)
    return None if key is None else read(store.get(key), key, KeptAudit)
