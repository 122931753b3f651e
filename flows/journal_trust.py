"""What the journal is measured by: keys and checkpoints that somebody brought, those of the settings, the witness's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from archive.errors import ObjectMissing
from archive.journal.book import CHECKPOINTS
from archive.journal.head_checks import KeptCheckpoint
from archive.journal.notes import verifier_key
from archive.journal.ports import JournalStore
from archive.journal.verifying import Trust, Verified, verify
from flows.errors import NoSuchPathError
from flows.workshop import Records


def trust_in(records: Records, keys: Sequence[str], checkpoints: Sequence[Path]) -> Trust:
    """Without keys of the auditor's own, those of the settings are trusted.

    Raises:
        NoSuchPathError: a checkpoint's file cannot be read.
        NoteInvalid: a key is not written as one.
    """
    trusted = tuple(map(verifier_key, keys)) or tuple(key.verifier for key in records.journal.keys)
    return Trust(trusted, (*_brought(checkpoints), *_witnessed(records.witness)))


def verify_journal(records: Records, keys: Sequence[str], checkpoints: Sequence[Path]) -> Verified:
    """The journal computed anew; raises as `trust_in`."""
    trust = trust_in(records, keys, checkpoints)
    return verify(records.journal.store, trust, index=records.journal.index)


def _brought(paths: Iterable[Path]) -> Iterator[KeptCheckpoint]:
    for path in paths:
        try:
            yield KeptCheckpoint(str(path), path.read_bytes())
        except OSError as error:
            raise NoSuchPathError(f"{path}: {error.strerror}. Give the file of a checkpoint that you kept") from error


def _witnessed(witness: JournalStore | None) -> Iterator[KeptCheckpoint]:
    for key in witness.list(CHECKPOINTS) if witness else ():
        try:
            yield KeptCheckpoint(f"witness {key}", witness.get(key) if witness else b"")
        except ObjectMissing:
            continue
