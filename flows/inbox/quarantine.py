"""What cannot be taken is kept with the reason, and the broker is told."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.quarantine import QuarantineRecord
from archive.stores.exchange import Exchange
from flows.inbox.fetching import fetched
from flows.inbox.names import Dropped
from flows.inbox.outbox import tell_not_taken
from flows.inbox.readiness import Ready
from flows.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Refused:
    """An object with the reason, in words for the broker that follow on "was not taken, as …"; the error is not his."""

    dropped: Dropped
    why: str
    error: str | None = None


def quarantine(
    ready: Ready, refused: tuple[Refused, ...], workshop: Workshop, exchange: Exchange, *, now: dt.datetime
) -> dict[str, QuarantineRecord]:
    """Keep each object under its key in the inbox; the note in the outbox comes last.

    Raises `SenderNotDoneError` and the `StoreError`s of both stores.
    """
    kept = {one.dropped.entry.key: _kept(one, ready, workshop, exchange, now) for one in refused}
    tell_not_taken(tuple(kept.values()), ready, exchange)
    return kept


def _kept(one: Refused, ready: Ready, workshop: Workshop, exchange: Exchange, now: dt.datetime) -> QuarantineRecord:
    entry = one.dropped.entry
    record = QuarantineRecord(
        broker=ready.broker,
        reference=ready.reference,
        id=hashlib.sha256(json.dumps([entry.key, entry.version]).encode("ascii")).hexdigest()[:24],
        file=one.dropped.file,
        key=ascii(entry.key)[1:-1],
        size=entry.size,
        dropped_at=entry.modified,
        quarantined_at=now.astimezone(dt.UTC),
        why=one.why,
        error=one.error,
        note=ready.drop_id[:12],
    )
    with TemporaryDirectory(prefix="tidewaiter-") as folder:
        content = fetched(entry, Path(folder) / "object", exchange) if entry.kind == "file" else None
        return workshop.quarantine.keep(record, content)
