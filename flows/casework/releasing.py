"""A draft released: its decisions recorded one by one, the shipment judged with them once, its broker answered once.

Whoever is killed anywhere and runs it again ends the same. Decisions are recorded under the revision that they were
taken on, each once; the run takes up all that are there; the draft is marked last.
"""

from __future__ import annotations

from functools import partial

from archive.cases import Drafts
from archive.errors import Conflict
from flows.casework.drafting import assignment_records, records, released
from flows.casework.errors import DraftChangedError, NotReleasableError
from flows.casework.preparing import for_broker
from flows.casework.rechecking import barriers
from flows.decisions import Clear, begun
from flows.inbox.answers import answered
from flows.intake import readable
from flows.workshop import Workshop
from schemas.casework import Draft, Person
from schemas.decisions import FindingDecision
from schemas.results import Intake, ShipmentResult


def release(draft: Draft, person: Person, workshop: Workshop, clear: Clear) -> ShipmentResult:
    """The result of the revision that knows the draft's decisions; told again, the same.

    Raises `NotReleasableError`, `DraftChangedError`, `Conflict` where somebody decided one of the findings otherwise
    meanwhile, and what `clear` raises.
    """
    shop = for_broker(draft.broker, workshop)
    standing = Drafts(shop.decisions.store).last(draft.broker, draft.reference) or draft
    if standing.released_as is not None and standing.acts == draft.acts:
        return shop.archive.result(draft.broker, draft.reference, standing.released_as)
    _refuse(draft, standing, shop)
    result = answered(draft.broker, draft.reference, partial(_recorded, draft, person, shop), shop, clear=clear)
    released(draft, result.revision, person, shop)
    return result


def _refuse(draft: Draft, standing: Draft, workshop: Workshop) -> None:
    if standing != draft:
        what = f"{readable(draft.reference)}: {standing.written_by} changed the decisions meanwhile"
        raise DraftChangedError(f"{what}. Look at the case again, then release it")
    if found := list(barriers(draft, workshop)):
        raise NotReleasableError(f"{readable(draft.reference)}: {' '.join(found)}")


def _recorded(draft: Draft, person: Person, workshop: Workshop) -> Intake:
    """Everything that people said recorded, and the revision begun that knows it."""
    known = workshop.decisions.of(draft.broker, draft.reference)
    sorted_before = workshop.assignments.of(draft.broker, draft.reference)
    pages = assignment_records(draft, sorted_before)
    mine = records(draft, known)
    _refuse_decided_otherwise(mine, known)
    try:
        for page in pages:
            workshop.assignments.record(draft.broker, draft.reference, page, known=(*sorted_before, *pages))
        for one in mine:
            workshop.decisions.record(draft.broker, draft.reference, one)
    except Conflict as error:  # Between our look and our writing: those before it are recorded, and are judged.
        raise DraftChangedError(f"{readable(draft.reference)}: {error.what}. Look at the case again") from error
    base = workshop.archive.intake(draft.broker, draft.reference, draft.revision)
    return begun(base, person.id, workshop)


def _refuse_decided_otherwise(mine: tuple[FindingDecision, ...], known: tuple[FindingDecision, ...]) -> None:
    """All is looked at before anything is recorded: half a release would be judged as if it were meant so."""
    for one in mine:
        for other in known:
            if (other.key, other.revision) == (one.key, one.revision) and not other.says_the_same(one):
                decision = other.decision
                what = f"{decision.by} decided this finding meanwhile ({decision.action}: {decision.reason})"
                raise Conflict(what, one.key, remedy="undo your decision about it, and release the others")
