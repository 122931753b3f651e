"""The events that a shipment's records tell of: what the journal says follows from what the archive has.

So an event that nobody entered, because its writer was killed or the journal was away, is entered by whoever looks
next.

    intake.json             received: it and every original
    corrections/<n>.json    decided: which pages are which paper
    decisions/<n>.json      decided
    outcome.json            read
    result.json             found
    declaration.…           declared: all formats in one entry, once `result.json` is there, which is written last
    lodgements/<n>.json     lodged
    holds/…/<n>.json        held, released
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from pydantic import ConfigDict

from archive import keys
from archive.errors import KeyInvalid
from archive.holds import Hold
from archive.journal.book import Journal
from archive.journal.ports import JournalStore
from archive.keys import Revision
from archive.records import read
from schemas.findings import Action
from schemas.journal import MOST_RECORDS, EventKind, JournalEntry
from schemas.results import Status
from schemas.values import Frozen, Sha256

PROGRAM: Final = "tidewaiter"
"""Who did what no person does."""
_NUMBERED: Final = re.compile(r"(corrections|decisions|lodgements)/([1-9][0-9]*)\.json")
_CORRECTIONS: Final = "corrections"
_SHIPMENT: Final = re.compile(r"shipments/([^/]+)/([^/]+)/([1-9][0-9]*)/(.+)")
_HOLD: Final = re.compile(r"holds/([^/]+)/([^/]+)/([1-9][0-9]*)\.json")


class _Some(Frozen):
    """The few values that count of a record, whatever else is in it."""

    model_config = ConfigDict(extra="ignore")


class _File(_Some):
    sha256: Sha256


class _Received(_Some):
    received_by: str
    received_at: dt.datetime
    files: tuple[_File, ...]


class _Action(_Some):
    action: Action
    by: str
    at: dt.datetime


class _Decided(_Some):
    decision: _Action


class _Assigned(_Some):
    by: str
    at: dt.datetime


class _Code(_Some):
    code: str


class _Found(_Some):
    status: Status
    findings: tuple[_Code, ...]


class _Lodged(_Some):
    recorded_by: str
    recorded_at: dt.datetime


@dataclass(frozen=True, slots=True)
class _Event:
    """What is known of an event by the names of its records; `about` is the number of a decision or lodgement."""

    kind: EventKind
    records: tuple[str, ...]
    about: str | None = None


def event_id(kind: EventKind, revision: Revision) -> str:
    """The id of an event of which a revision has one."""
    return _named(_Event(kind, ()), revision).id


def unentered(journal: Journal, revision: Revision, now: dt.datetime) -> tuple[JournalEntry, ...]:
    """The entries that the journal lacks about the records of a revision.

    Raises the errors of the journal and its store, and `RecordDamaged`.
    """
    folder = revision.key("")
    names = [key.removeprefix(folder) for key in journal.store.list(folder)]
    return tuple(
        entry
        for event in _missing(journal, revision, names)
        for entry in _entries(event, revision, _contents(event, folder, journal.store), now)
    )


def revisions_with_unentered(journal: Journal) -> Iterator[Revision]:
    """Every revision of the archive of whose events the journal lacks one. It lists every shipment."""
    told = (found for key in journal.store.list("shipments/") if (found := _SHIPMENT.fullmatch(key)))
    for (broker, reference, number), group in groupby(told, key=lambda found: found.group(1, 2, 3)):
        try:
            revision = Revision(keys.name_of(broker), keys.name_of(reference), int(number))
        except KeyInvalid:
            continue
        if any(_missing(journal, revision, [found[4] for found in group])):
            yield revision


def hold_keys(journal: Journal) -> Iterator[str]:
    """Every legal hold of the archive, and every end of one."""
    return (key for key in journal.store.list("holds/") if _HOLD.fullmatch(key))


def unentered_holds(journal: Journal, some: Iterable[str] | None = None) -> tuple[JournalEntry, ...]:
    """The entries that the journal lacks about legal holds: about those of these keys, or about all.

    Raises as `unentered`.
    """
    wanted = [_of_hold(key, journal.store) for key in (hold_keys(journal) if some is None else some)]
    known = journal.index.known([entry.id for entry in wanted])
    return tuple(entry for entry in wanted if entry.id not in known)


def _of_hold(key: str, store: JournalStore) -> JournalEntry:
    content = store.get(key)
    hold = read(content, key, Hold)
    return JournalEntry(
        kind="held" if hold.on else "released",
        at=hold.at,
        by=hold.by,
        broker=hold.broker,
        reference=hold.reference,
        about=key.rpartition("/")[2].removesuffix(".json"),
        records={key: _digest(content)},
    )


def _missing(journal: Journal, revision: Revision, names: Sequence[str]) -> Iterator[_Event]:
    events = {_named(event, revision).id: event for event in _events(sorted(names))}
    known = journal.index.known(events)
    return (event for entry_id, event in events.items() if entry_id not in known)


def _events(names: Sequence[str]) -> Iterator[_Event]:
    """In the order in which they happened."""
    if "intake.json" in names:
        yield _Event("received", ("intake.json",))
    yield from _numbered("decided", _CORRECTIONS, names)
    yield from _numbered("decided", "decisions", names)
    if "outcome.json" in names:
        yield _Event("read", ("outcome.json",))
    if "result.json" in names:
        yield _Event("found", ("result.json",))
        if declared := tuple(name for name in names if name.startswith("declaration.")):
            yield _Event("declared", declared)
    yield from _numbered("lodged", "lodgements", names)


def _numbered(kind: EventKind, folder: str, names: Iterable[str]) -> Iterator[_Event]:
    numbers = (int(told[2]) for name in names if (told := _NUMBERED.fullmatch(name)) and told[1] == folder)
    named = f"{_CORRECTIONS}/" if folder == _CORRECTIONS else ""  # Apart from the decision of that number.
    return (_Event(kind, (f"{folder}/{number}.json",), f"{named}{number}") for number in sorted(numbers))


def _contents(event: _Event, folder: str, store: JournalStore) -> Mapping[str, bytes]:
    return {f"{folder}{name}": store.get(f"{folder}{name}") for name in event.records}


def _entries(
    event: _Event, revision: Revision, contents: Mapping[str, bytes], now: dt.datetime
) -> Iterator[JournalEntry]:
    key, content = next(iter(contents.items()))
    entry = _named(event, revision).model_copy(
        update={"at": now, "records": {key: _digest(one) for key, one in contents.items()}}
    )
    match event.kind:
        case "received":
            yield from _of_intake(entry, read(content, key, _Received))
        case "decided" if (event.about or "").startswith(_CORRECTIONS):
            assigned = read(content, key, _Assigned)
            yield _told(entry, by=assigned.by, at=assigned.at, told={"action": "assign_pages"})
        case "decided":
            action = read(content, key, _Decided).decision
            yield _told(entry, by=action.by, at=action.at, told={"action": action.action})
        case "found":
            found = read(content, key, _Found)
            codes = ",".join(sorted({one.code for one in found.findings}))[:200]
            yield _told(entry, told={"status": found.status, **({"codes": codes} if codes else {})})
        case "lodged":
            lodged = read(content, key, _Lodged)
            yield _told(entry, by=lodged.recorded_by, at=lodged.recorded_at)
        case _:
            yield entry


def _of_intake(entry: JournalEntry, intake: _Received) -> Iterator[JournalEntry]:
    """Several where there are more originals than one entry names."""
    originals = {keys.original(one.sha256): one.sha256 for one in intake.files}
    records = list({**entry.records, **originals}.items())
    for part, first in enumerate(range(0, len(records), MOST_RECORDS), 1):
        some = dict(records[first : first + MOST_RECORDS])
        update = {"part": part, "records": some, "by": intake.received_by, "at": intake.received_at}
        yield entry.model_copy(update=update)


def _named(event: _Event, revision: Revision) -> JournalEntry:
    """The entry as far as the names tell it: its id."""
    return JournalEntry(
        kind=event.kind,
        at=dt.datetime.min.replace(tzinfo=dt.UTC),
        by=PROGRAM,
        broker=revision.broker,
        reference=revision.reference,
        revision=revision.number,
        about=event.about,
    )


def _told(
    entry: JournalEntry, *, by: str = PROGRAM, at: dt.datetime | None = None, told: Mapping[str, str] | None = None
) -> JournalEntry:
    return entry.model_copy(update={"by": by, "at": at or entry.at, "told": told or {}})


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
