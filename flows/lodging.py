"""What customs did with a declaration, and legal holds: checked, recorded once, and the locks brought along.

A lodgement belongs to a clear revision. A revision that comes later is not lodged by it: the days of the first go on to
count, and when the amended declaration is lodged, its own record adds to them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from archive.disposals import Disposals
from archive.holds import Hold, Holds
from archive.kept import KeptRevision, KeptShipment
from archive.keys import Revision
from archive.lodgements import Lodgements
from archive.retention import Due, Settled
from flows import journal
from flows.errors import RefusedRecordError
from flows.intake import readable
from flows.keeping import settle, shipment_of
from flows.workshop import Records
from schemas.jurisdictions import jurisdiction
from schemas.lodgements import Lodgement, check_digit_fits, country_of, has_mrns, is_number, year_of
from schemas.retention import Procedure, latest_day_of

_UNITED_KINGDOM: Final = frozenset({"GB", "XI"})
_LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True)
class LodgementWish:
    """What a person tells. `revision` is the last one where none is named."""

    mrn: str
    accepted: dt.date
    released: dt.date | None = None
    ended: dt.date | None = None
    corrected: dt.date | None = None
    procedure: Procedure = "free_circulation"
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Lodged:
    """The record that stands, whether it is new, until when all is kept now, and what a person should know."""

    record: Lodgement
    is_new: bool
    due: Due
    settled: Settled
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HoldWish:
    """`by` is the id of who says so."""

    on: bool
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class HoldSet:
    """The record that stands, whether it is new, and what became of the locks."""

    record: Hold
    is_new: bool
    settled: Settled


def lodge(reference: str, wish: LodgementWish, records: Records, *, broker: str, by: str, now: dt.datetime) -> Lodged:
    """Record the customs events of a declaration and extend the locks of its shipment.

    Raises:
        NoSuchShipmentError: the archive has no such shipment.
        RefusedRecordError: what is told cannot be so. Nothing was recorded.
    """
    shipment = shipment_of(records, broker, reference)
    _refuse_disposed(shipment, records)
    revision = _declared(shipment, wish.revision)
    mrn = "".join(wish.mrn.split()).upper()
    _refuse_days(wish, latest_day_of(now))
    _refuse_number(mrn, revision.jurisdiction, wish.accepted)
    wanted = Lodgement(
        broker=broker,
        reference=shipment.reference,
        revision=revision.number,
        number=1,
        mrn=mrn,
        accepted=wish.accepted,
        released=wish.released,
        ended=wish.ended,
        corrected=wish.corrected,
        procedure=wish.procedure,
        recorded_by=by,
        recorded_at=now.astimezone(dt.UTC),
    )
    record, is_new = Lodgements(records.store).record(wanted)
    journal.lodged(Revision(broker, shipment.reference, revision.number), records, now)
    shipment = shipment_of(records, broker, reference)
    due, settled = settle(records, shipment, now)
    return Lodged(record, is_new, due, settled, tuple(_notes(record, shipment, due)))


def set_hold(reference: str, wish: HoldWish, records: Records, *, broker: str, now: dt.datetime) -> HoldSet:
    """Hold every object of the shipment, those that come later too, or end that.

    Raises:
        NoSuchShipmentError: the archive has no such shipment.
        RefusedRecordError: there is no reason, no hold to end, or the shipment is being disposed of.
    """
    shipment = shipment_of(records, broker, reference)
    if wish.on:
        _refuse_disposed(shipment, records)
    said = " ".join(wish.reason.split())
    if not said or len(said) > _LONGEST_REASON:
        raise RefusedRecordError(f"--reason: say why in 1 to {_LONGEST_REASON} signs, such as the case's number")
    if not wish.on and not (shipment.holds and (shipment.holds[-1].on or shipment.holds[-1].reason == said)):
        raise RefusedRecordError(f"{readable(reference)}: is not held. There is nothing to end")
    wanted = Hold(
        broker=broker,
        reference=shipment.reference,
        number=1,
        on=wish.on,
        reason=said,
        by=wish.by,
        at=now.astimezone(dt.UTC),
    )
    record, is_new = Holds(records.store).record(wanted)
    journal.hold_set(records)
    _, settled = settle(records, shipment_of(records, broker, reference), now)
    return HoldSet(record, is_new, settled)


def _refuse_disposed(shipment: KeptShipment, records: Records) -> None:
    for one in Disposals(records.store).unfinished():
        if (one.broker, one.reference) == (shipment.broker, shipment.reference):
            what = f"{readable(shipment.reference)}: is being disposed of"
            raise RefusedRecordError(f"{what}. Finish that with `tidewaiter retention apply`")


def _declared(shipment: KeptShipment, number: int | None) -> KeptRevision:
    """The clear revision of that number, or the last revision, which must be clear."""
    name = readable(shipment.reference)
    numbers = {one.number: one for one in shipment.revisions}
    found = numbers.get(max(numbers) if number is None else number)
    if found is None:
        raise RefusedRecordError(f"{name}: has no revision {number}; the last is {max(numbers)}")
    if found.status != "clear":
        clear = [str(one.number) for one in shipment.revisions if one.status == "clear"]
        stands = found.status or "not finished"
        remedy = f"name the one that was lodged: --revision {clear[-1]}" if clear else "decide its findings first"
        raise RefusedRecordError(f"{name} #{found.number}: is {stands}, and only a clear one can be lodged; {remedy}")
    return found


def _refuse_days(wish: LodgementWish, today: dt.date) -> None:
    told = (
        ("--accepted", wish.accepted),
        ("--released", wish.released),
        ("--ended", wish.ended),
        ("--corrected", wish.corrected),
    )
    known = [(name, day) for name, day in told if day is not None]
    for name, day in known:
        if day > today:
            raise RefusedRecordError(f"{name}: {day} is not yet. Record what has happened")
        if name != "--accepted" and day < wish.accepted:
            raise RefusedRecordError(f"{name}: {day} is before the acceptance on {wish.accepted}. Look at both days")
    if wish.released and wish.ended and wish.ended < wish.released:
        raise RefusedRecordError(f"--ended: {wish.ended} is before the release on {wish.released}. Look at both days")
    if wish.ended and wish.procedure == "free_circulation":
        raise RefusedRecordError("--ended: free circulation has no end. Name --procedure end_use or special")


def _refuse_number(mrn: str, code: str | None, accepted: dt.date) -> None:
    country = country_of(mrn)
    if country is None:
        if has_mrns(code):
            what = f"--mrn: {readable(mrn)!r} is no MRN of {code}"
            raise RefusedRecordError(f"{what}: two digits of the year, the country, 13 signs and a digit")
        if not is_number(mrn):
            raise RefusedRecordError(f"--mrn: {readable(mrn)!r} is no number of customs: 4 to 35 letters and digits")
        return
    if code and not _territories(country) & _territories(code):
        raise RefusedRecordError(f"--mrn: is one of {country}, and the declaration is for {code}. Look at both")
    # What was entered before the turn of the year may be accepted after it.
    if year_of(mrn) not in {accepted.year, accepted.year - 1}:
        what = f"--mrn: was given in {year_of(mrn)}, and the declaration accepted on {accepted}"
        raise RefusedRecordError(f"{what}. Look at both")


def _territories(code: str) -> frozenset[str]:
    """The customs codes that hold there: Northern Ireland has two."""
    found = jurisdiction(code)
    union = {"EU"} if code in {"EU", "XI"} or (found is not None and found.union == "EU") else set()
    return frozenset(union | ({"GB"} if code in _UNITED_KINGDOM else set()) or {code})


def _notes(record: Lodgement, shipment: KeptShipment, due: Due) -> Iterator[str]:
    if record.country not in {None, *_UNITED_KINGDOM} and not check_digit_fits(record.mrn):
        yield "the last digit of the MRN is not the check digit of the others: compare it with the paper"
    others = sorted({one.mrn for one in shipment.lodgements} - {record.mrn})
    if others:
        yield f"the shipment was lodged as {', '.join(others)} too: the days of all count"
    later = [one.number for one in shipment.revisions if one.number > record.revision]
    if later:
        yield f"revision {later[-1]} came later and is not lodged by this: record its amendment when customs has it"
    for event in due.waits_for:
        yield f"a rule runs from the day of the {event}, which nobody recorded yet: add it when it is known"
