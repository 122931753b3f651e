"""Originals by digest, and what became of each shipment, kept by the rules of identity.

A revision's records are written in this order: originals, `intake.json`, `outcome.json`, `declaration.json` and the
declaration in other formats (only when clear), `result.json`. Each write is put-if-absent, and each is either the same
for everyone or settles something:

- `intake.json` gives a revision number to one submission. Who loses the number looks whose it is, then takes the next.
- `outcome.json` settles the outcome. Two workers on one submission may see it differently (a page over its time limit
  on the busier machine); the declaration, in every format, and the result are made from the outcome that was stored
  first, so that a declaration never stands beside a result that holds it.
- `result.json` says that all the others are there.

Whoever is killed anywhere and run again, alone or beside others, ends with the same single revision.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from archive import keys, records
from archive.errors import Conflict, ObjectAltered, ObjectDamaged, OriginalDamaged
from archive.keys import Revision
from archive.stores.content import measured
from archive.stores.protocol import ObjectStore
from schemas.results import Intake, ShipmentResult, Submission

_XML = "application/xml"


def only_json(_outcome: ShipmentResult) -> Mapping[str, bytes]:
    """No format beside the JSON."""
    return {}


@dataclass(frozen=True, slots=True)
class StoredOriginal:
    """An original in the archive, `size` in bytes. `created` is False where it was there before."""

    sha256: str
    size: int
    key: str
    created: bool


@dataclass(frozen=True, slots=True)
class FinishedRevision:
    """A revision with its result, as the register indexes it."""

    intake: Intake
    result: ShipmentResult


class Archive:
    """The records in a store. `clock` gives the time of receipt, in any zone.

    Every method raises the `StoreError`s of the store, and `KeyInvalid` or `NameTooLong` for a broker or reference that
    can be no part of a key; those that read records raise `RecordDamaged`.
    """

    def __init__(self, store: ObjectStore, clock: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._clock = clock

    def put_original(self, content: bytes | Path, *, media_type: str) -> StoredOriginal:
        """Keep the bytes under their digest, unless they are there already.

        Raises:
            ContentChanged: the file changed while it was read.
            ContentUnreadable: the file cannot be read.
        """
        found = measured(content)
        key = keys.original(found.sha256)
        created = self._store.put_new(key, content, media_type=media_type, sha256=found.sha256)
        return StoredOriginal(found.sha256, found.size, key, created)

    def original(self, sha256: str) -> bytes:
        """The bytes of the original, proven anew by their digest.

        Raises:
            ObjectMissing: there is no such original.
            OriginalDamaged: the bytes are no longer those that were received.
        """
        key = keys.original(sha256)
        content = self._store.get(key)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise _no_longer_itself(key)
        return content

    def fetch_original(self, sha256: str, target: Path) -> None:
        """Write the bytes of the original to the file `target`, in pieces, proven anew; else there is no such file.

        Raises:
            ObjectMissing: there is no such original.
            OriginalDamaged: the bytes are no longer those that were received.
            ObjectAltered: somebody hid it; it is still there.
            OSError: the file cannot be written.
        """
        key = keys.original(sha256)
        try:
            self._store.fetch(key, target, sha256=sha256)
        except ObjectAltered:
            raise
        except ObjectDamaged as error:
            raise _no_longer_itself(key) from error

    def find(self, submission: Submission) -> ShipmentResult | None:
        """The finished result that answers the submission, None where there is none yet. Writes nothing."""
        intakes = self._intakes(submission.broker, submission.reference)
        answering = [intake for intake in intakes if intake.answers(submission)]
        return records.find(self._store, _revision_of(answering[-1]).result, ShipmentResult) if answering else None

    def begin(self, submission: Submission) -> Intake:
        """The revision for this submission: the last one begun that answers it, else a new one, claimed here."""
        begun = list(self._intakes(submission.broker, submission.reference))
        answering = [intake for intake in begun if intake.answers(submission)]
        if answering:
            return answering[-1]
        intake = self._claimed(submission, len(begun) + 1)
        while not intake.answers(submission):
            intake = self._claimed(submission, intake.revision + 1)
        return intake

    def last_intake(self, broker: str, reference: str) -> Intake | None:
        """The intake of the latest revision, finished or not; None where there is none."""
        last = None
        for intake in self._intakes(broker, reference):
            last = intake
        return last

    def begin_after(self, submission: Submission, number: int) -> Intake:
        """The intake of the revision after that number: ours, or that of whoever was faster, as its identity tells."""
        return self._claimed(submission, number + 1)

    def declarations(self, revision: Revision) -> Mapping[str, bytes]:
        """The declaration of a finished revision in each of its formats, by file name; empty unless it is clear."""
        found = self._store.list(revision.key("declaration"))
        return {key.rpartition("/")[2]: self._store.get(key) for key in found}

    def commit(
        self,
        intake: Intake,
        result: ShipmentResult,
        *,
        formats_of: Callable[[ShipmentResult], Mapping[str, bytes]] = only_json,
    ) -> ShipmentResult:
        """Settle the revision and finish it; returns the outcome that counts: the first one that was committed.

        `formats_of` gives the declaration of an outcome in other formats, as XML by file name
        (`declaration.cds.xml`); it must give the same bytes for the same outcome.

        Raises:
            Conflict: the result is of another shipment, revision or day, or is clear without a declaration.
            ObjectMissing: nobody began the revision.
        """
        revision = _revision_of(intake)
        self._refuse_a_stranger(intake, result)
        outcome = records.settled(self._store, revision.outcome, result)
        if outcome.status == "clear" and outcome.declaration:
            records.put(self._store, revision.declaration, outcome.declaration)
            for name, content in sorted(formats_of(outcome).items()):
                self._store.put_new(revision.format(name), content, media_type=_XML)
        records.put(self._store, revision.result, outcome)
        return outcome

    def intake(self, broker: str, reference: str, revision: int) -> Intake:
        """The intake of a revision, finished or not; raises `ObjectMissing`."""
        return records.get(self._store, Revision(broker, reference, revision).intake, Intake)

    def result(self, broker: str, reference: str, revision: int | None = None) -> ShipmentResult:
        """The result of that revision, or of the latest finished one; raises `ObjectMissing`."""
        if revision is None:
            finished = self.revisions(broker, reference)
            revision = finished[-1] if finished else 1
        return records.get(self._store, Revision(broker, reference, revision).result, ShipmentResult)

    def revisions(self, broker: str, reference: str) -> tuple[int, ...]:
        """The finished revisions, ascending."""
        begun = (_revision_of(intake) for intake in self._intakes(broker, reference))
        return tuple(revision.number for revision in begun if self._store.exists(revision.result))

    def finished(self) -> Iterator[Revision]:
        """Every finished revision of every shipment, in the store's order."""
        for key in self._store.list("shipments/"):
            if revision := keys.finished_revision(key):
                yield revision

    def record(self, revision: Revision) -> FinishedRevision:
        """Intake and result of a finished revision; raises `ObjectMissing`."""
        intake = records.get(self._store, revision.intake, Intake)
        return FinishedRevision(intake, records.get(self._store, revision.result, ShipmentResult))

    def note_register(self, register: str) -> bool:
        """Note that this register is used with this archive; whether it was before, and no other ever was."""
        key = keys.register(register)
        is_new = self._store.put_new(key, b"", media_type="text/plain")
        return not is_new and list(self._store.list(keys.REGISTERS)) == [key]

    def _intakes(self, broker: str, reference: str) -> Iterator[Intake]:
        """Every begun revision. They are asked for one by one: a listing taken while others write may have gaps."""
        for number in count(1):
            intake = records.find(self._store, Revision(broker, reference, number).intake, Intake)
            if intake is None:
                return
            yield intake

    def _claimed(self, submission: Submission, number: int) -> Intake:
        """The intake that has this number now, ours or that of whoever was faster."""
        received = self._clock().astimezone(dt.UTC)
        mine = Intake(**dict(submission), revision=number, received_at=received)
        return records.settled(self._store, _revision_of(mine).intake, mine)

    def _refuse_a_stranger(self, intake: Intake, result: ShipmentResult) -> None:
        key = _revision_of(intake).intake
        meant = (intake.broker, intake.reference, intake.revision, intake.as_of)
        given = (result.broker, result.reference, result.revision, result.as_of)
        if given != meant:
            raise Conflict(f"a result of {given} was given for {meant}", key, remedy="commit it with its own intake")
        if result.status == "clear" and not result.declaration:
            raise Conflict("a clear result has no declaration", key, remedy="commit the result with its declaration")
        if records.get(self._store, key, Intake).identity != intake.identity:
            raise Conflict("another submission has this revision", key, remedy="begin the revision, then commit it")


def _no_longer_itself(key: str) -> OriginalDamaged:
    remedy = "restore the object from a copy; do not use it"
    return OriginalDamaged("the bytes no longer have their digest", key, remedy=remedy)


def _revision_of(intake: Intake) -> Revision:
    return Revision(intake.broker, intake.reference, intake.revision)
