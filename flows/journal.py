"""The journal beside the work: what happened is entered at once where it can be, else by whoever looks next.

No trouble of the journal changes what becomes of a shipment, and none makes an event get lost: events follow from the
records of the archive (`archive.journal.events`), which are written first. What may be missing is noted in the register
before; the next start enters it, and `publish_journal`, every night, looks at the whole archive.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from archive.disposing import DisposalTold, Witness
from archive.errors import ArchiveError
from archive.journal.book import Journal, checkpoint_key
from archive.journal.checkpoints import stated
from archive.journal.entering import enter, enter_everything, enter_filed, enter_received
from archive.journal.events import PROGRAM, unentered_holds
from archive.journal.ports import JournalStore
from archive.journal.publishing import copy_checkpoint, publish, refuse_another_history, write_full_tiles
from archive.keys import Revision
from flows.logs import tell
from flows.workshop import Records, Workshop
from schemas.hints import HintEntry
from schemas.journal import MOST_RECORDS, JournalEntry
from schemas.results import Intake, ShipmentResult


@dataclass(frozen=True, slots=True)
class PublishedJournal:
    """How many entries were missing, how many there are, and the signed head; None without a key or an entry."""

    entered: int
    size: int
    checkpoint: str | None


def begun(intake: Intake, workshop: Workshop) -> None:
    """The papers are kept and have their revision: enter that they came, and what was decided before."""
    with aside():
        about = [one.revision for one in intake.decisions] + [one.revision for one in intake.assignments]
        decided = frozenset(about)
        enter_received(workshop.journal, _revision_of(intake), decided, _now())


def filed(intake: Intake, workshop: Workshop) -> None:
    """The result is kept: enter all that the journal lacks about the revision."""
    with aside():
        enter_filed(workshop.journal, _revision_of(intake), _now())
        write_full_tiles(workshop.journal)


def lodged(revision: Revision, records: Records, now: dt.datetime) -> None:
    """Enter what customs did with a declaration, now that it is recorded."""
    with aside():
        enter(records.journal, revision, now)


def hold_set(records: Records) -> None:
    """Enter the legal holds, and ends of them, that the journal lacks."""
    with aside():
        records.journal.append(unentered_holds(records.journal))


def handed_out(result: ShipmentResult, declarations: Mapping[str, bytes], workshop: Workshop) -> str | None:
    """Enter that the broker is given the result; returns a signed checkpoint that has this entry, for him to keep."""
    revision = Revision(result.broker, result.reference, result.revision)
    entry = JournalEntry(
        kind="exported",
        at=_now(),
        by=PROGRAM,
        broker=result.broker,
        reference=result.reference,
        revision=result.revision,
        records={revision.key(name): hashlib.sha256(content).hexdigest() for name, content in declarations.items()},
        told={"status": result.status},
    )
    checkpoint = None
    with aside():
        workshop.journal.append([entry])
        checkpoint = workshop.journal.checkpoint_now()
    with aside():
        _copy(checkpoint, workshop.witness)
    return checkpoint


def viewed(broker: str, reference: str, by: str, journal: Journal) -> None:
    """Enter that an auditor looked at the shipment. It raises: who cannot be recorded sees nothing."""
    at = _now()
    about = f"{at:%Y-%m-%d/%H:%M:%S.%f}"
    journal.append([JournalEntry(kind="viewed", at=at, by=by, broker=broker, reference=reference, about=about)])


def searched(by: str, conditions: Sequence[str], journal: Journal) -> None:
    """Enter that an auditor searched, by the names of the conditions alone. It raises, as `viewed`."""
    at = _now()
    about, told = f"{at:%Y-%m-%d/%H:%M:%S.%f}", {"search": ",".join(conditions)}
    journal.append([JournalEntry(kind="viewed", at=at, by=by, broker="", about=about, told=told)])


def hint_removed(entry: HintEntry, records: Mapping[str, str], journal: Journal) -> None:
    """Enter who removed which hint. It raises, as `viewed`; told again, it is entered once."""
    told = {"hint": entry.removed or ""}
    about = str(entry.number)
    journal.append([
        JournalEntry(
            kind="hint_removed", at=entry.at, by=entry.by, broker=entry.broker, about=about, records=records, told=told
        )
    ])  # fmt: skip


def disposal_witness(journal: Journal) -> Witness:
    """Enters each disposal before anything of it is removed, with the digests that stay; returns its entry's id."""

    def witness(told: DisposalTold) -> str:
        entries = tuple(_disposed(told))
        journal.append(entries)
        return f"entry {journal.index.place_of(entries[0].id)} {entries[0].id}"

    return witness


def _disposed(told: DisposalTold) -> Iterator[JournalEntry]:
    doomed = told.shipment
    for part, first in enumerate(range(0, max(len(doomed.objects), 1), MOST_RECORDS), 1):
        yield JournalEntry(
            kind="disposed",
            at=told.at,
            by=told.by,
            broker=doomed.broker,
            reference=doomed.reference,
            about=told.proposal.id,
            part=part,
            records={one.key: one.sha256 for one in doomed.objects[first : first + MOST_RECORDS]},
            told={"until": doomed.lasted_until.isoformat(), "list": told.proposal.digest},
        )


def publish_journal(records: Records | Workshop) -> PublishedJournal:
    """Enter what is missing anywhere, write every tile, sign the head and copy it to the witness.

    Raises what the journal, its store and the witness raise: nobody waits for this, and whoever started it must hear.
    Nothing is signed that does not go on from what was signed before.
    """
    journal = records.journal
    entered = enter_everything(journal, _now(), _tell)
    for kept in (journal.store, records.witness):
        if kept is not None:
            refuse_another_history(journal, kept)
    checkpoint = publish(journal)
    _copy(checkpoint, records.witness)
    return PublishedJournal(entered, journal.size, checkpoint)


def _copy(checkpoint: str | None, witness: JournalStore | None) -> None:
    if checkpoint is not None and witness is not None:
        _, head = stated(checkpoint.encode(), "the newest checkpoint")
        copy_checkpoint(checkpoint, checkpoint_key(head.size), witness)


@contextmanager
def aside() -> Iterator[None]:
    """What the journal meets inside is an error in the log, and nobody who clears a shipment needs to hear of it."""
    try:
        yield
    except ArchiveError as error:
        _tell(error)


def _tell(error: ArchiveError) -> None:
    tell("journal", level="error", told={"error": type(error).__name__})


def _revision_of(intake: Intake) -> Revision:
    return Revision(intake.broker, intake.reference, intake.revision)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
