"""A shipment as an auditor reads it: everything that the archive and the journal hold about it, oldest first."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from archive.assignments import Assignments
from archive.decisions import Decisions
from archive.errors import NoteInvalid, ObjectDamaged, ObjectMissing
from archive.holds import Hold
from archive.journal.book import Journal, Placed
from archive.journal.checkpoints import Checkpoint, InclusionProof, checkpoint_of
from archive.kept import KeptShipment
from archive.keys import Revision
from archive.lodgements import Lodgements
from archive.retention import Due, due_of
from flows.keeping import policy_of, shipment_of
from flows.workshop import Records
from schemas.assignments import PageAssignment
from schemas.decisions import FindingDecision
from schemas.lodgements import Lodgement
from schemas.results import Intake, ShipmentResult

ProofState = Literal["proven", "unsigned", "broken"]


@dataclass(frozen=True, slots=True)
class PastRevision:
    """`result` is None for a revision that was begun and is not finished."""

    intake: Intake
    result: ShipmentResult | None
    lodgements: tuple[Lodgement, ...]


@dataclass(frozen=True, slots=True)
class History:
    """`records` are the keys of all its own records; its originals are in the intakes."""

    broker: str
    reference: str
    revisions: tuple[PastRevision, ...]
    decisions: tuple[FindingDecision, ...]
    assignments: tuple[PageAssignment, ...]
    holds: tuple[Hold, ...]
    hold: Hold | None
    due: Due
    records: tuple[str, ...]
    entries: tuple[Placed, ...]

    @property
    def names(self) -> Mapping[str, str]:
        """What each paper was called last, by its digest."""
        return {file.sha256: file.file for one in self.revisions for file in one.intake.files}

    @property
    def originals(self) -> frozenset[str]:
        """Digests of the papers of every revision."""
        return frozenset(file.sha256 for one in self.revisions for file in one.intake.files)


@dataclass(frozen=True, slots=True)
class ProofStatus:
    """Whether every entry about the shipment stands in the journal whose head was signed last.

    `unsigned`: they stand in the tree that is known here, and no key vouches for it. `broken` names what does not fit.
    """

    state: ProofState
    size: int
    proven: int
    checkpoint: Checkpoint | None
    broken: tuple[str, ...] = ()


def history(broker: str, reference: str, records: Records, now: dt.datetime) -> History:
    """Raises `NoSuchShipmentError`, and the errors of archive, register and journal."""
    kept = shipment_of(records, broker, reference)
    records.journal.catch_up()
    return History(
        broker=kept.broker,
        reference=kept.reference,
        revisions=tuple(_past(kept, one.number, records) for one in kept.revisions),
        decisions=Decisions(records.store).of(broker, reference),
        assignments=Assignments(records.store).of(broker, reference),
        holds=kept.holds,
        hold=kept.hold,
        due=due_of(kept, policy_of(records.settings), now),
        records=kept.records,
        entries=records.journal.entries_of(broker, reference),
    )


def _past(kept: KeptShipment, number: int, records: Records) -> PastRevision:
    revision = Revision(kept.broker, kept.reference, number)
    intake = records.archive.intake(kept.broker, kept.reference, number)
    lodgements = Lodgements(records.store).of(revision)
    if revision.result not in kept.records:
        return PastRevision(intake, None, lodgements)
    return PastRevision(intake, records.archive.result(kept.broker, kept.reference, number), lodgements)


def proof_status(entries: Sequence[Placed], journal: Journal) -> ProofStatus:
    """Prove each entry from the newest checkpoint, which is signed now where there is a key.

    The audit path comes from the register's index and is worth nothing by itself: it must lead from the entry's own
    bytes, read from the store, to the root that was signed.
    """
    text = journal.checkpoint_now()
    if text is None:
        head = journal.head_at(journal.size)
        return _proven(entries, journal, Checkpoint("", head, ()))
    try:
        verifiers = [key.verifier for key in journal.keys]
        return _proven(entries, journal, checkpoint_of(text.encode(), verifiers, "the newest checkpoint"))
    except NoteInvalid as error:
        return ProofStatus("broken", journal.size, 0, None, (str(error),))


def _proven(entries: Sequence[Placed], journal: Journal, checkpoint: Checkpoint) -> ProofStatus:
    size = checkpoint.head.size
    covered = [one for one in entries if one.position < size]
    broken = tuple(
        f"entry {one.position}"
        for one in covered
        if not InclusionProof(one.position, journal.inclusion(one.position, size), "").proves(
            one.entry.leaf, checkpoint.head
        )
    )
    told = checkpoint if checkpoint.signers else None
    state: ProofState = "broken" if broken else "proven" if told else "unsigned"
    return ProofStatus(state, size, len(covered) - len(broken), told, broken)


def altered_records(entries: Sequence[Placed], records: Records) -> tuple[str, ...]:
    """Keys that the journal names and whose bytes in the store are others, or gone. It reads every one of them."""
    recorded: dict[str, str] = {}
    for one in entries:
        if one.entry.kind != "disposed":  # It names what is no longer there.
            recorded = {**one.entry.records, **recorded}
    return tuple(key for key, sha256 in sorted(recorded.items()) if _digest(key, records) != sha256)


def _digest(key: str, records: Records) -> str | None:
    try:
        return hashlib.sha256(records.store.get(key)).hexdigest()
    except (ObjectMissing, ObjectDamaged):
        return None
