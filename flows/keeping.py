"""The retention of every shipment: what must be kept until when, what its locks say, and making the two agree.

A shipment whose records cannot be read stops nothing but itself: it is told, and its locks stay as they are.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Final

from archive.errors import ObjectDamaged, ObjectMissing, RecordDamaged
from archive.holds import Hold
from archive.kept import KeptShipment, KeptShipments, Listed
from archive.retention import Due, LockDifference, LockFault, Locks, Policy, Settled, due_of
from archive.stores.protocol import RetentionStore
from flows.errors import NoSuchShipmentError, WrongSettingsError
from flows.intake import readable
from flows.settings import Settings
from flows.workshop import Records
from schemas.retention import laws_of

FAULTS: Final[Mapping[LockFault, str]] = {
    "missing": "not locked",
    "shorter": "locked for too short",
    "weaker": "locked too weakly",
    "no_object": "gone",
}
# A store far away answers many at once as fast as one.
_AT_ONCE: Final = 8
_BATCH: Final = 200
_UNREADABLE: Final = (RecordDamaged, ObjectDamaged, ObjectMissing)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One shipment. `due` is None where its records cannot be read; `error` says why, for the operator."""

    broker: str
    reference: str
    due: Due | None
    hold: Hold | None = None
    differences: tuple[LockDifference, ...] = ()
    error: str = ""


@dataclass(slots=True)
class Applied:
    """What was done: counts, and the shipments that could not be looked after."""

    shipments: int = 0
    objects: int = 0
    extended: int = 0
    held: int = 0
    released: int = 0
    missing: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)

    def add(self, settled: Settled) -> None:
        self.shipments += 1
        self.objects += settled.objects
        self.extended += settled.extended
        self.held += settled.held
        self.released += settled.released
        self.missing += settled.missing

    @property
    def counts(self) -> Mapping[str, int]:
        """Numbers alone, for whoever may see nothing else."""
        return {
            "shipments": self.shipments,
            "objects": self.objects,
            "extended": self.extended,
            "held": self.held,
            "released": self.released,
            "missing": len(self.missing),
            "unreadable": len(self.unreadable),
        }


def policy_of(settings: Settings) -> Policy:
    """Raises `WrongSettingsError` for a country without a rule."""
    for code in settings.retention_also:
        if code not in laws_of(code):
            raise WrongSettingsError(f"TIDEWAITER_RETENTION_ALSO: no rule is known for {readable(code)}. Leave it out")
    return Policy(open_days=settings.retention_open_days, also=settings.retention_also)


def shipment_of(records: Records, broker: str, reference: str) -> KeptShipment:
    """Raises `NoSuchShipmentError`."""
    try:
        return KeptShipments(records.store).one(broker, reference)
    except ObjectMissing as error:
        where = f"{readable(reference)}: not in the archive {records.place}"
        raise NoSuchShipmentError(f"{where}. Name its reference, and --broker where it is another's") from error


def settle(records: Records, shipment: KeptShipment, now: dt.datetime) -> tuple[Due, Settled]:
    """Bring the locks and holds of one shipment to where they must be."""
    due = due_of(shipment, policy_of(records.settings), now)
    return due, Locks(records.store).settle(shipment, due.lock, now)


def settle_all(records: Records, now: dt.datetime) -> Applied:
    """The same for every shipment, several at once. Run again, it does nothing more."""
    applied = Applied()
    listed = KeptShipments(records.store).listed()
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        while some := list(islice(listed, _BATCH)):
            for outcome in threads.map(partial(_settled, records, now), some):
                if isinstance(outcome, Settled):
                    applied.add(outcome)
                else:
                    applied.unreadable.append(outcome)
    return applied


def _settled(records: Records, now: dt.datetime, listed: Listed) -> Settled | str:
    """What was done, or why its records cannot be read."""
    try:
        shipment = KeptShipments(records.store).read(listed)
    except _UNREADABLE as error:
        return str(error)
    return settle(records, shipment, now)[1] if shipment.revisions else _without_intake(listed)


def report(records: Records, now: dt.datetime) -> Iterator[ReportLine]:
    """One line for each shipment, in the store's order."""
    for listed in KeptShipments(records.store).listed():
        yield _line(records.store, policy_of(records.settings), listed, now)


def report_on(records: Records, broker: str, reference: str, now: dt.datetime) -> ReportLine:
    """Raises `NoSuchShipmentError`."""
    shipment = shipment_of(records, broker, reference)
    listed = Listed(broker, reference, shipment.records)
    return _line(records.store, policy_of(records.settings), listed, now)


def _line(store: RetentionStore, policy: Policy, listed: Listed, now: dt.datetime) -> ReportLine:
    broker, reference = listed.broker, listed.reference
    try:
        shipment = KeptShipments(store).read(listed)
    except _UNREADABLE as error:
        return ReportLine(broker, reference, None, error=str(error))
    if not shipment.revisions:
        return ReportLine(broker, reference, None, error=_without_intake(listed))
    due = due_of(shipment, policy, now)
    differences = tuple(Locks(store).differences(shipment, due.lock, now))
    return ReportLine(broker, reference, due, shipment.hold, differences)


def _without_intake(listed: Listed) -> str:
    return f"{listed.records[0]}: stands there without the intake of its shipment; see `tidewaiter audit`"


@dataclass(slots=True)
class Tally:
    """A report in numbers, with the first few of each kind that somebody should look at."""

    shown: int = 20
    by_year: Counter[int] = field(default_factory=Counter)
    by_state: Counter[str] = field(default_factory=Counter)
    past: int = 0
    unverified: int = 0
    held: list[str] = field(default_factory=list)
    unlodged: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    more: Counter[str] = field(default_factory=Counter)

    def add(self, line: ReportLine, now: dt.datetime) -> None:
        if line.due is None:
            self._note("unreadable", line.error)
            return
        name = f"{line.broker}/{line.reference}"
        self.by_year[line.due.last_day.year] += 1
        self.by_state[line.due.state] += 1
        self.past += line.due.is_past(now)
        self.unverified += not line.due.kept[0].rule.certain
        if line.hold is not None:
            self._note("held", f"{name} ({line.hold.reason})")
        if line.due.state == "declared":
            self._note("unlodged", name)
        if line.due.state == "lodged" and line.due.waits_for:
            self._note("waiting", f"{name} ({', '.join(line.due.waits_for)})")
        if line.differences:
            faults = Counter(one.fault for one in line.differences)
            told = ", ".join(f"{count} {FAULTS[fault]}" for fault, count in sorted(faults.items()))
            self._note("differing", f"{name} ({told})")

    def _note(self, kind: str, text: str) -> None:
        found: list[str] = getattr(self, kind)
        if len(found) < self.shown:
            found.append(text)
        else:
            self.more[kind] += 1

    def count(self, kind: str) -> int:
        """How many there are of that kind, those that are not shown too."""
        found: list[str] = getattr(self, kind)
        return len(found) + self.more[kind]


def told(line: ReportLine) -> Mapping[str, object]:
    """The line as JSON has it."""
    due = line.due
    named = {"broker": line.broker, "reference": line.reference}
    if due is None:
        return {**named, "error": line.error}
    return {
        **named,
        "state": due.state,
        "jurisdictions": due.jurisdictions,
        "last_day": due.last_day.isoformat(),
        "waits_for": due.waits_for,
        "lock": {"mode": due.lock.mode, "until": due.lock.until.isoformat()},
        "kept": [one.model_dump(mode="json") for one in due.kept],
        "hold": line.hold.model_dump(mode="json") if line.hold else None,
        "differences": [
            {"key": one.key, "fault": one.fault, "until": one.found.until.isoformat() if one.found else None}
            for one in line.differences
        ],
    }
