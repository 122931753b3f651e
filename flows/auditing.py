"""The audit by the settings: which keys are trusted, which checkpoints were kept elsewhere, what it found."""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from archive.audit.auditing import Audited, AuditReport, audit
from archive.errors import ObjectMissing
from archive.journal.book import CHECKPOINTS
from archive.journal.head_checks import KeptCheckpoint
from archive.journal.notes import VerifierKey, verifier_key
from archive.journal.ports import JournalStore
from archive.journal.verifying import Trust
from flows.errors import NoSuchPathError
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
    trust = Trust(_keys(records, brought), (*_files(brought), *_witnessed(records.witness)))
    index = records.journal.index
    audited = Audited(records.store, records.register, index, trust, policy_of(records.settings))
    return audit(audited, now)


def _keys(records: Records, brought: Brought) -> tuple[VerifierKey, ...]:
    return tuple(map(verifier_key, brought.keys)) or tuple(key.verifier for key in records.journal.keys)


def _files(brought: Brought) -> Iterator[KeptCheckpoint]:
    for path in brought.checkpoints:
        try:
            yield KeptCheckpoint(str(path), path.read_bytes())
        except OSError as error:
            raise NoSuchPathError(f"{path}: {error.strerror}. Give the file of a checkpoint that you kept") from error


def _witnessed(witness: JournalStore | None) -> Iterator[KeptCheckpoint]:
    """Every checkpoint that was copied to the witness."""
    for key in witness.list(CHECKPOINTS) if witness else ():
        try:
            yield KeptCheckpoint(f"witness {key}", witness.get(key) if witness else b"")
        except ObjectMissing:
            continue


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
