"""Disposal of what is past every date and hold: listed, proposed by one person, confirmed by another, carried out.

Ids are those of `--by`, taken at their word: whoever has the command line has the archive as well. What two people
agreed on is recorded with both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from archive.census import Counting
from archive.disposals import Disposals, Done, DoomedShipment, Proposal, proposal_of
from archive.disposing import Disposing
from archive.errors import ObjectMissing
from flows.errors import RefusedRecordError
from flows.intake import readable
from flows.journal import disposal_witness
from flows.keeping import policy_of
from flows.workshop import Records

MOST: Final = 1000
"""Shipments of one proposal: a list that a person can look through."""


@dataclass(frozen=True, slots=True)
class Disposed:
    """A confirmed proposal, and what was done of it."""

    proposal: Proposal
    done: Done


def past(records: Records, now: dt.datetime, *, unlodged: bool) -> tuple[DoomedShipment, ...]:
    """What may go now, up to `MOST` shipments; with `unlodged`, also those with no lodgement recorded."""
    counting = Counting(records.store, policy_of(records.settings), now, unlodged=unlodged)
    return tuple(islice(counting.doomed(counting.census()), MOST))


def propose(records: Records, now: dt.datetime, *, by: str, unlodged: bool) -> Proposal:
    """Record the list of what may go; of equal lists on one day the first stands.

    Raises:
        RefusedRecordError: nothing is past its time, or `by` names nobody.
    """
    shipments = past(records, now, unlodged=unlodged)
    if not shipments:
        raise RefusedRecordError("nothing is past every date and hold. See `tidewaiter retention report`")
    days = records.settings.retention_proposal_days
    mine = proposal_of(shipments, by=_id(by), at=now.astimezone(dt.UTC), days=days, unlodged=unlodged)
    return Disposals(records.store).propose(mine)


def confirm(records: Records, proposal_id: str, now: dt.datetime, *, by: str) -> Disposed:
    """Confirm the proposal as a second person, and carry it out.

    Raises:
        RefusedRecordError: there is no such proposal, it has expired, it is this person's own, or `by` names nobody.
            Nothing was removed.
    """
    disposals = Disposals(records.store)
    try:
        proposal = disposals.proposal(proposal_id)
    except ObjectMissing as error:
        what = f"{readable(proposal_id)}: nobody proposed that"
        raise RefusedRecordError(f"{what}. See `tidewaiter retention dispose`") from error
    if disposals.confirmation(proposal.id) is None:
        _refuse(proposal, _id(by), now)
        disposals.confirm(proposal, by=_id(by), at=now.astimezone(dt.UTC))
    return _carried_out(records, proposal, now)


def finish(records: Records, now: dt.datetime) -> Iterator[Disposed]:
    """Go on with every disposal that was confirmed and is not done, as when its process was killed."""
    for proposal in Disposals(records.store).confirmed():
        yield _carried_out(records, proposal, now)


def open_proposals(records: Records, now: dt.datetime) -> Iterator[Proposal]:
    """Those that wait for a second person."""
    disposals = Disposals(records.store)
    for one in disposals.ids():
        if disposals.confirmation(one) is None and now <= (proposal := disposals.proposal(one)).expires_at:
            yield proposal


def _carried_out(records: Records, proposal: Proposal, now: dt.datetime) -> Disposed:
    """Each shipment stands in the journal before anything of it is removed."""
    confirmation = Disposals(records.store).confirmation(proposal.id)
    by = confirmation.confirmed_by if confirmation else proposal.proposed_by
    counting = Counting(records.store, policy_of(records.settings), now, unlodged=proposal.unlodged)
    disposing = Disposing(counting, proposal, records.register.forget, disposal_witness(records.journal))
    return Disposed(proposal, disposing.carry_out(by=by))


def _refuse(proposal: Proposal, by: str, now: dt.datetime) -> None:
    if now > proposal.expires_at:
        what = f"{proposal.id}: could be confirmed until {proposal.expires_at:%Y-%m-%d %H:%M} UTC"
        raise RefusedRecordError(f"{what}. Propose it again")
    if by.casefold() == proposal.proposed_by.casefold():
        raise RefusedRecordError(f"{proposal.id}: was proposed by {by}. A second person must confirm it (--by)")


def _id(by: str) -> str:
    said = " ".join(by.split())
    if not said:
        raise RefusedRecordError("--by: name who you are")
    return said
