"""What a release teaches: corrections become hints for the next papers of the same exporter, and people remove them.

A hint is derived from a recorded decision and the reading of the page that it was about. What is learned from a
revision is one entry of the broker's log (`archive.hints`), written once its result stands; told again, nothing is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from archive.journal.events import PROGRAM
from extractors.hints import label_hints
from flows.errors import NoSuchHintError
from flows.journal import hint_removed
from flows.workshop import Records, Workshop
from schemas.decisions import FindingDecision, SettledValue, in_force
from schemas.documents import Document, FieldSet
from schemas.hints import ArticleHint, Hint, HintEntry, HintSource, Lesson, PartyHint
from schemas.pages import Original, Page
from schemas.results import Intake, IntakeFile, ShipmentResult
from schemas.values import Party
from validators import hints_for, placed

_PARTIES: Final = frozenset({"exporter", "consignee", "buyer", "notify_party", "producer"})


@dataclass(frozen=True, slots=True)
class KnownHint:
    """A hint in force, and the number of the entry that it was learned with."""

    hint: Hint
    number: int


def hints_about(intake: Intake, documents: Sequence[Document], workshop: Workshop) -> tuple[Hint, ...]:
    """The hints that the intake was begun with, about papers of this exporter, taught by other shipments."""
    if not intake.hints:
        return ()
    known = workshop.hints.in_force(intake.broker, intake.hints)
    others = [hint for hint in known if hint.source.reference != intake.reference]
    return hints_for(others, documents, same_name=workshop.tolerances.same_name)


def learn(intake: Intake, result: ShipmentResult, workshop: Workshop) -> None:
    """Keep what the corrections in force teach that were not learned from before.

    Raises the errors of the store; who is run again learns what was not learned.
    """
    corrections = [one for one in in_force(intake.decisions).values() if one.decision.action == "correct"]
    exporter = _exporter(result)
    if exporter is None or not corrections:
        return

    def entry(last: int) -> HintEntry | None:
        taught = {_source(hint) for one in workshop.hints.entries(intake.broker, last) for hint in one.learned}
        new = [
            one for one in corrections if one.may_settle and (intake.reference, one.revision, one.number) not in taught
        ]
        learned = tuple(hint for one in new for hint in _hints(one, exporter, intake, result, workshop=workshop))
        at = max((hint.source.at for hint in learned), default=intake.received_at)
        told = HintEntry(broker=intake.broker, number=last + 1, by=PROGRAM, at=at, learned=learned)
        return told if learned else None

    workshop.hints.append(intake.broker, entry)


def known_hints(broker: str, records: Records | Workshop) -> tuple[KnownHint, ...]:
    """The hints in force, the newest first."""
    last = records.hints.last(broker)
    first: dict[str, int] = {}
    for entry in records.hints.entries(broker, last):
        first.update({hint.id: entry.number for hint in entry.learned})
    found = [KnownHint(hint, first[hint.id]) for hint in records.hints.in_force(broker, last)]
    return tuple(sorted(found, key=lambda one: -one.number))


def remove_hint(broker: str, hint_id: str, by: str, records: Records | Workshop) -> None:
    """Take the hint away for shipments that are begun from now on; told again, nothing is written twice.

    Raises `NoSuchHintError`, and the errors of store and journal: what cannot be entered is told to whoever removes it.
    """
    now = dt.datetime.now(dt.UTC)

    def entry(last: int) -> HintEntry | None:
        standing = {hint.id for hint in records.hints.in_force(broker, last)}
        told = HintEntry(broker=broker, number=last + 1, by=by, at=now, removed=hint_id)
        return told if hint_id in standing else None

    kept = records.hints.append(broker, entry) or _removal(broker, hint_id, records)
    hint_removed(kept, records.hints.records(kept), records.journal)


def _removal(broker: str, hint_id: str, records: Records | Workshop) -> HintEntry:
    """The last entry that removed it."""
    entries = records.hints.entries(broker, records.hints.last(broker))
    found = next((one for one in reversed(entries) if one.removed == hint_id), None)
    if found is None:
        raise NoSuchHintError(f"{hint_id}: there is no such hint. See `tidewaiter hints list`")
    return found


def _source(hint: Hint) -> tuple[str, int, int]:
    return hint.source.reference, hint.source.revision, hint.source.decision


def _exporter(result: ShipmentResult) -> str | None:
    """As the declaration names him, which the papers were reconciled for; else as the first paper that does."""
    if result.declaration is not None and result.declaration.exporter is not None:
        return result.declaration.exporter.name
    named = (document.fields.get("exporter") for document in result.documents)
    return next((one.value.name for one in named if one is not None and isinstance(one.value, Party)), None)


def _hints(
    told: FindingDecision, exporter: str, intake: Intake, result: ShipmentResult, *, workshop: Workshop
) -> Iterator[Hint]:
    source = HintSource(
        reference=intake.reference,
        revision=told.revision,
        decision=told.number,
        by=told.decision.by,
        at=told.decision.at,
    )
    for value in told.values:
        place = None if value.sha256 is None else placed(value, result.documents)
        if place is not None:
            document = result.documents[place[0]]
            for lesson in _lessons(value, document, told, intake, workshop=workshop):
                yield Hint(exporter=exporter, lesson=lesson, source=source)


def _lessons(
    value: SettledValue, document: Document, told: FindingDecision, intake: Intake, *, workshop: Workshop
) -> Iterator[Lesson]:
    if value.line is not None:
        if value.field == "hs_code":
            yield from _article(value, document.lines[value.line])
        return
    if value.field in _PARTIES:
        yield from _party(value, told)
    pages = _pages(document, intake, workshop)
    yield from label_hints(document.type, value.field, value.value, kind=type(document.fields), pages=pages)


def _article(value: SettledValue, line: FieldSet) -> Iterator[ArticleHint]:
    number, words = line.get("part_number"), line.get("description")
    part = number.value if number is not None and isinstance(number.value, str) else None
    description = words.value if words is not None and isinstance(words.value, str) else None
    if isinstance(value.value, str) and (part or description):
        yield ArticleHint(part_number=part, description=description, hs_code=value.value)


def _party(value: SettledValue, told: FindingDecision) -> Iterator[PartyHint]:
    """What the finding showed at this place, where it was another name."""
    name = value.value.get("name") if isinstance(value.value, dict) else None
    shown = [
        one.value
        for one in told.finding.evidence
        if (one.document, one.field, one.line) == (value.document, value.field, None) and one.value
    ]
    if isinstance(name, str) and len(shown) == 1 and shown[0] != name:
        yield PartyHint(field=value.field, printed=shown[0], registered=name)


def _pages(document: Document, intake: Intake, workshop: Workshop) -> tuple[Page, ...]:
    """The document's pages as they were read; none of a file that was read under other rules."""
    wanted = {(part.sha256, number) for part in document.parts for number in part.pages}
    files = [one for one in intake.files if any(one.sha256 == part.sha256 for part in document.parts)]
    found = (workshop.readings.find(_original(one)) for one in files)
    pages = (page for reading in found if reading is not None for page in reading.pages)
    return tuple(page for page in pages if (page.sha256, page.number) in wanted)


def _original(file: IntakeFile) -> Original:
    return Original(file=file.file, sha256=file.sha256, size=file.size, media_type=file.media_type)
