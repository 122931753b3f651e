"""A shipment as its latest result stands, ready to be judged with other decisions, and kept for the next question.

Nothing of a revision changes once it has its result, so what is kept needs no second look: only which revision is the
latest, and what people decided since, is asked each time.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Final, Generic, TypeVar

from archive.claims import StandingClaims
from archive.errors import ObjectMissing
from flows import steps
from flows.errors import NoSuchShipmentError
from flows.intake import readable
from flows.logs import noting
from flows.rules import rules_under
from flows.workshop import Workshop
from schemas.casework import CasePage
from schemas.decisions import FindingDecision
from schemas.documents import AnyField, Document, FieldSet
from schemas.pages import FileReading
from schemas.results import Intake, ShipmentResult
from schemas.shipments import Reconciled, Shipment

MOST: Final = 64
"""Revisions kept in memory: of one with 60 lines a megabyte or two."""
_OF_THE_PAPERS: Final = ("document:", "arithmetic", "twin")
"""Witnesses that solving gives anew."""

_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A shipment judged with some decisions, of which nothing was filed."""

    result: ShipmentResult
    reconciled: Reconciled


@dataclass(frozen=True, slots=True)
class Prepared:
    """A finished revision with its papers as they were read. `judged` is it with the decisions that it knows.

    `is_whole` is False where a paper was not read under the rules of this program, and nobody read it again.
    """

    result: ShipmentResult
    intake: Intake
    pages: tuple[CasePage, ...]
    shipment: Shipment
    judged: Judged
    is_whole: bool


T = TypeVar("T")


@dataclass(slots=True)
class Kept(Generic[T]):
    """The last few, for all threads of this process."""

    found: OrderedDict[_Key, T] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def get(self, key: _Key) -> T | None:
        with self.lock:
            if key in self.found:
                self.found.move_to_end(key)
            return self.found.get(key)

    def put(self, key: _Key, made: T) -> None:
        with self.lock:
            self.found[key] = made
            self.found.move_to_end(key)
            while len(self.found) > MOST:
                self.found.popitem(last=False)


_PREPARED: Final = Kept[Prepared]()
_JUDGED: Final = Kept[Judged]()


def for_broker(broker: str, workshop: Workshop) -> Workshop:
    """The same workshop for a shipment of that broker: a desk serves them all."""
    if workshop.settings.broker == broker:
        return workshop
    return replace(workshop, settings=workshop.settings.model_copy(update={"broker": broker}))


def latest_revision(broker: str, reference: str, workshop: Workshop) -> int:
    """The latest finished one; raises `NoSuchShipmentError`."""
    finished = workshop.archive.revisions(broker, reference)
    if not finished:
        where = f"{readable(reference)}: not in the archive {workshop.place}"
        raise NoSuchShipmentError(f"{where}. Look at its name and its broker")
    return finished[-1]


def prepared(broker: str, reference: str, revision: int, workshop: Workshop, *, reading: bool = False) -> Prepared:
    """The revision, from memory where it is kept. With `reading`, a paper that was never read so is read now.

    Raises `NoSuchShipmentError` for one without a result, with `reading` also `MissingProgramError`.
    """
    where = (broker, reference, revision)
    key = (workshop.place, broker, reference, str(revision), rules_under(workshop.settings))
    known = _PREPARED.get(key)
    if known is not None and (known.is_whole or not reading):
        return known
    made = _prepared(where, workshop, reading=reading)
    _PREPARED.put(key, made)
    return made


def judged_case(base: Prepared, decisions: Sequence[FindingDecision], workshop: Workshop) -> Judged:
    """The revision with these decisions, from memory where it was judged with them last."""
    said = (*base.shipment.assignments, *decisions)
    told = hashlib.sha256("".join(one.model_dump_json() for one in said).encode()).hexdigest()
    key = (*prepared_key(base, workshop), told)
    known = _JUDGED.get(key)
    if known is None:
        known = _judged_with(base.shipment, base.intake, decisions, workshop)
        _JUDGED.put(key, known)
    return known


def prepared_key(base: Prepared, workshop: Workshop) -> tuple[str, ...]:
    """Equal for revisions that give one answer to every question."""
    where = (base.result.broker, base.result.reference, str(base.result.revision))
    return (workshop.place, *where, rules_under(workshop.settings), str(base.is_whole))


def _judged_with(
    shipment: Shipment, intake: Intake, decisions: Sequence[FindingDecision], workshop: Workshop
) -> Judged:
    """The shipment judged with these decisions; nothing is claimed, recorded or filed."""
    asking = replace(workshop, claims=StandingClaims(workshop.claims.store))
    shipment = shipment.model_copy(update={"decisions": tuple(decisions)})
    with noting(intake.broker, intake.reference):
        reconciled = steps.claim_invoices(shipment, steps.reconcile(shipment, asking), asking)
        reconciled = steps.compare_duty(shipment, reconciled, asking)
        declaration = steps.declare(shipment, reconciled, asking)
        return Judged(steps.conclude(intake, shipment, reconciled, declaration), reconciled)


def _prepared(where: tuple[str, str, int], workshop: Workshop, *, reading: bool) -> Prepared:
    result, intake = _result(where, workshop), workshop.archive.intake(*where)
    if reading:
        readings = steps.read_papers(intake, workshop, steps.unseen)
    else:
        found = map(workshop.readings.find, steps.originals_of(intake))
        readings = tuple(one for one in found if one is not None)
    documents = tuple(map(_as_read, result.documents))
    shipment = steps.with_papers(documents, intake, readings, workshop)
    judged = _judged_with(shipment, intake, intake.decisions, workshop)
    is_whole = len(readings) == len(steps.originals_of(intake))
    return Prepared(result, intake, _pages(readings), shipment, judged, is_whole)


def _result(where: tuple[str, str, int], workshop: Workshop) -> ShipmentResult:
    try:
        return workshop.archive.result(*where)
    except ObjectMissing as error:
        named = f"{readable(where[1])} #{where[2]}"
        raise NoSuchShipmentError(
            f"{named}: has no result in the archive {workshop.place}. Wait for its run"
        ) from error


def _pages(readings: Sequence[FileReading]) -> tuple[CasePage, ...]:
    return tuple(
        CasePage(
            file=page.file,
            sha256=page.sha256,
            media_type=reading.original.media_type,
            number=page.number,
            width=page.width,
            height=page.height,
            turned=page.turned,
        )
        for reading in readings
        for page in reading.pages
    )


def _as_read(document: Document) -> Document:
    """Without the witnesses that the papers gave each other: where a value is corrected, they may no longer."""
    lines = [_fields_as_read(line) for line in document.lines]
    return document.model_copy(update={"fields": _fields_as_read(document.fields), "lines": tuple(lines)})


def _fields_as_read(fields: FieldSet) -> FieldSet:
    told = {name: _field_as_read(one) for name, one in fields.present().items()}
    return fields.model_copy(update=told)


def _field_as_read(one: AnyField) -> AnyField:
    kept = tuple(name for name in one.witnesses if not name.startswith(_OF_THE_PAPERS))
    return one if kept == one.witnesses else one.model_copy(update={"witnesses": kept})
