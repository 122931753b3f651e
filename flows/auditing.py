"""The audit by the settings: which keys are trusted, which checkpoints were kept elsewhere, what it found."""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from archive.audit.auditing import Audited, AuditReport, audit
from flows.journal_trust import trust_in
from flows.keeping import policy_of
from flows.workshop import Records


@dataclass(frozen=True, slots=True)
class Brought:
    """What the auditor brings along: public keys as they are written, and files with checkpoints."""

    keys: Sequence[str] = ()
    checkpoints: Sequence[Path] = field(default_factory=tuple)


def audit_now(records: Records, brought: Brought, now: dt.datetime) -> AuditReport:
    """Look at the whole archive. Without keys of the auditor's own, those of the settings are trusted.

    Raises:
        NoSuchPathError: a checkpoint's file cannot be read.
        NoteInvalid: a key is not written as one.
    """
    trust = trust_in(records, brought.keys, brought.checkpoints)
    audited = Audited(records.store, records.register, records.journal.index, trust, policy_of(records.settings))
    return audit(audited, now)


def counts_of(report: AuditReport) -> Mapping[str, int]:
    """What may be told to anyone: counts, by kind of trouble too."""
    found = Counter[str](one.kind for one in report.troubles)
    return {
        "objects": report.tally.objects,
        "bytes": report.tally.size,
        "disposed": report.tally.disposed,
        "entries": report.journal.head.size,
        "signed": report.journal.signed,
        "kept_checkpoints": report.journal.kept,
        **found,
    }


def log_troubles(report: AuditReport) -> None:
    """Keys of the archive name references, and no paper."""
    for one in report.troubles:
        logging.getLogger(__name__).error("audit: %s %s: %s", one.kind, one.where, one.what)
