"""The doubt loop: what solving leaves open is looked at once more, closely and alone, and the papers are solved again.

A second look can say what is printed at a place, never whether it is the right place. So it supports values, or offers
others; another value enters into force only where both engines see it, the papers or the first reading leave it
possible, and with it nothing is left to ask about it but whether it was read right.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from archive.sightings import Seen
from extractors.engines import EngineError
from extractors.reading import Look, Sighting, looks
from extractors.rereading import Verdict, field_is_agreed, field_of, supported, taken, verdicts
from flows import steps
from flows.errors import MissingProgramError
from flows.hinted import with_hints
from flows.logs import logged
from flows.workshop import Workshop
from schemas.declarations import FieldRef
from schemas.doubts import Doubt
from schemas.findings import Evidence, Finding
from schemas.pages import FileReading, Original, Page
from schemas.results import Intake
from schemas.shipments import Reconciled, Shipment

ROUNDS: Final = 2
MOST_PLACES: Final = 60
"""Places looked at in one round, the most telling first: a look costs about a sixth of a second."""
MOST_AGREED: Final = 12
"""Of them places where both engines read the same before: of these a second look seldom says another thing."""
MOST_TRIALS: Final = 8
"""Other values tried in one round; each solves the papers anew."""

Place = tuple[str, int, tuple[float, float, float, float], str]


@logged
def settle(
    intake: Intake, readings: tuple[FileReading, ...], shipment: Shipment, workshop: Workshop
) -> tuple[Shipment, Reconciled]:
    """The papers solved, after at most two rounds of looking again at what is in doubt; equal papers settle equally.

    What was seen there before under the same rules is not looked at again.

    Raises `MissingProgramError` where Tesseract or one of its languages is not installed.
    """
    reconciled = steps.reconcile(shipment, workshop)
    seen: dict[Place, tuple[Sighting, ...]] = {}
    pages = [page for reading in readings for page in reading.pages]
    for _ in range(ROUNDS):
        doubts = _worth_a_look(reconciled.doubts, shipment)
        _look_again([one for one in doubts if _place(one) not in seen], seen, pages, intake=intake, workshop=workshop)
        told = verdicts(shipment.documents, doubts, _sightings(doubts, seen))
        better = _with(told, shipment, reconciled, pages, workshop=workshop)
        if better[0] == shipment:
            break
        shipment, reconciled = better
    return with_hints(intake, pages, shipment, reconciled, workshop)


def _worth_a_look(doubts: Sequence[Doubt], shipment: Shipment) -> list[Doubt]:
    agreed = [one for one in doubts if _is_agreed(one.ref, shipment)]
    kept = {one.ref for one in agreed[:MOST_AGREED]} | {one.ref for one in doubts} - {one.ref for one in agreed}
    return [one for one in doubts if one.ref in kept][:MOST_PLACES]


def _is_agreed(ref: FieldRef, shipment: Shipment) -> bool:
    field = field_of(shipment.documents[ref.document], ref)
    return field is None or field_is_agreed(field)


def _place(doubt: Doubt) -> Place:
    return doubt.file, doubt.page, doubt.box, doubt.kind


def _sightings(doubts: Sequence[Doubt], seen: dict[Place, tuple[Sighting, ...]]) -> list[Sighting]:
    return [
        Sighting(number, one.reader, one.texts)
        for number, doubt in enumerate(doubts)
        for one in seen.get(_place(doubt), ())
    ]


def _look_again(
    doubts: Sequence[Doubt],
    seen: dict[Place, tuple[Sighting, ...]],
    pages: Iterable[Page],
    *,
    intake: Intake,
    workshop: Workshop,
) -> None:
    """Adds to `seen` what the engines make of these places; a place looked at in vain is not looked at again."""
    found = _seen_at(doubts, looks(doubts, pages), intake, workshop)
    for number, doubt in enumerate(doubts):
        seen[_place(doubt)] = tuple(one for one in found if one.doubt == number)


def _seen_at(
    doubts: Sequence[Doubt], places: Sequence[Look], intake: Intake, workshop: Workshop
) -> tuple[Sighting, ...]:
    """What was seen there by an earlier run, and of the other places what is seen now."""
    found: list[Sighting] = []
    papers: list[tuple[Original, tuple[Look, ...]]] = []
    for original in steps.originals_of(intake):
        own = [place for place in places if doubts[place.doubt].file == original.file]
        known = workshop.sightings.of(original.sha256) if own else {}
        found += [sighting for place in own for sighting in _again(place, known)]
        new = tuple(place for place in own if _name_of(place) not in known)
        papers += [(original, new)] if new else []
    return (*found, *_seen_now(papers, workshop))


def _seen_now(papers: Sequence[tuple[Original, tuple[Look, ...]]], workshop: Workshop) -> tuple[Sighting, ...]:
    if not papers:
        return ()
    with TemporaryDirectory(prefix="tidewaiter-") as folder:
        fetched = [(original, steps.fetched(original, Path(folder), workshop), own) for original, own in papers]
        try:
            seen = workshop.readers.look_again(fetched)
        except EngineError as error:
            raise MissingProgramError(str(error)) from error
    for original, own in papers:
        _keep(original, own, seen, workshop)
    return seen


def _again(place: Look, known: Mapping[str, tuple[Seen, ...]]) -> list[Sighting]:
    return [Sighting(place.doubt, one.reader, one.texts) for one in known.get(_name_of(place), ())]


def _keep(original: Original, places: Sequence[Look], seen: Sequence[Sighting], workshop: Workshop) -> None:
    """A page of which nothing at all was seen may have failed for want of time or memory: it is looked at again."""
    told = {
        place: tuple(Seen(reader=s.reader, texts=s.texts) for s in seen if s.doubt == place.doubt) for place in places
    }
    answered = {place.page for place, what in told.items() if what}
    kept = {_name_of(place): what for place, what in told.items() if place.page in answered}
    if kept:
        workshop.sightings.keep(original.sha256, kept)


def _name_of(place: Look) -> str:
    """Equal for equal places of one original, whichever doubt it is that leads there."""
    told = {name: value for name, value in asdict(place).items() if name != "doubt"}
    return hashlib.sha256(json.dumps(told).encode("ascii")).hexdigest()


def _with(
    told: Sequence[Verdict], shipment: Shipment, reconciled: Reconciled, pages: Sequence[Page], *, workshop: Workshop
) -> tuple[Shipment, Reconciled]:
    """Solved with what supports the values in force, then with other values as far as each mends."""
    documents = supported(shipment.documents, told, pages, workshop.calibration)
    if documents != shipment.documents:
        shipment = shipment.model_copy(update={"documents": documents})
        reconciled = steps.reconcile(shipment, workshop)
    for values in _trials(told):
        shipment, reconciled = _tried(values, shipment, reconciled, pages, workshop=workshop) or (shipment, reconciled)
    return shipment, reconciled


def _trials(told: Sequence[Verdict]) -> list[list[Verdict]]:
    """What is tried together: a value that two papers repeat is mended on both or on none."""
    alike: dict[object, list[Verdict]] = {}
    for one in told:
        if one.open_to and one.instead is not None:
            alike.setdefault(one.instead.value, []).append(one)
    return list(alike.values())[:MOST_TRIALS]


def _tried(
    values: Sequence[Verdict], shipment: Shipment, reconciled: Reconciled, pages: Sequence[Page], *, workshop: Workshop
) -> tuple[Shipment, Reconciled] | None:
    """Solved with these values in force; None where that does not mend the papers."""
    documents = shipment.documents
    for one in values:
        documents = taken(documents, one, pages, workshop.calibration)
    trial = shipment.model_copy(update={"documents": documents})
    solved = steps.reconcile(trial, workshop)
    return (trial, solved) if _mend([one.ref for one in values], shipment, reconciled, solved) else None


def _mend(refs: Iterable[FieldRef], shipment: Shipment, before: Reconciled, after: Reconciled) -> bool:
    """Whether nothing is asked that was not before, and of these values at most whether they were read right."""
    places = {(shipment.documents[ref.document].type, ref.field, _line(ref)) for ref in refs}
    asked = _asked(after)
    at_them = [
        (code, where) for code, where in asked if any((one.document, one.field, one.line) in places for one in where)
    ]
    return asked <= _asked(before) and all(code == "illegible" and len(where) == 1 for code, where in at_them)


def _line(ref: FieldRef) -> int | None:
    """As findings count."""
    return None if ref.line is None else ref.line + 1


def _asked(reconciled: Reconciled) -> frozenset[tuple[str, tuple[Evidence, ...]]]:
    """Findings that hold, by what they are and where they point, whatever the values are there."""
    return frozenset((one.code, _where(one)) for one in reconciled.findings if one.holds)


def _where(finding: Finding) -> tuple[Evidence, ...]:
    return tuple(one.model_copy(update={"value": None}) for one in finding.evidence)
