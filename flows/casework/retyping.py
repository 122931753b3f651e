"""Pages sorted anew by hand: the whole shipment is judged as if the machine had sorted them so, and nothing is lost.

A move is kept in the draft beside the decisions. Those are tried anew on the papers as they are then; what fits no more
is told, and is there again when the move is undone.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from flows.casework.arranging import Arrangement, PageMove, arrangement_of, moved, touched
from flows.casework.drafting import base_of, refuse_closed, retried, written
from flows.casework.errors import WrongMoveError
from flows.casework.preparing import Prepared, for_broker
from flows.casework.second_person import asks_for_two
from flows.casework.sorted_pages import order_of
from flows.workshop import Workshop
from schemas.assignments import PageName
from schemas.casework import AssignmentStep, Draft, DraftStep, Person

LONGEST: Final = 1000
"""Letters that a reason may have."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """The draft with the move, and the decisions that fit the papers no more."""

    draft: Draft
    lost: tuple[DraftStep, ...]


def sort_pages(draft: Draft, move: PageMove, person: Person, workshop: Workshop, *, at: dt.datetime) -> Sorted:
    """The draft with the page moved at that time (UTC). Raises `WrongMoveError` and the other `CaseworkError`s."""
    if len(move.reason) > LONGEST:
        raise WrongMoveError(f"a reason has at most {LONGEST} letters: say it shorter")
    shop = for_broker(draft.broker, workshop)
    refuse_closed(draft, shop)
    step = _step(draft, move, person, shop, at)
    bare = draft.model_copy(update={"assignments": (*draft.assignments, step), "steps": ()})
    kept, lost = retried(draft.steps, bare, shop)
    return Sorted(written(draft, person, shop, assignments=kept.assignments, steps=kept.steps), lost)


def arranged(draft: Draft, workshop: Workshop) -> Arrangement:
    """The papers of the case as the draft sorts its pages, each page in one. Raises `NoSuchShipmentError`."""
    base = base_of(draft, for_broker(draft.broker, workshop))
    return arrangement_of(base.shipment.documents, order_of(base.pages))


def _step(draft: Draft, move: PageMove, person: Person, workshop: Workshop, at: dt.datetime) -> AssignmentStep:
    base = base_of(draft, workshop)
    order = order_of(base.pages)
    before = arrangement_of(base.shipment.documents, order)
    papers = touched(before, moved(before, move, order))
    aside = frozenset(page for paper in papers if paper.type == "other" for page in paper.pages)
    return AssignmentStep(
        page=move.page,
        papers=papers,
        reason=move.reason,
        by=person.id,
        role=person.role,
        at=at,
        needs_second=asks_for_two((), base.result, workshop.settings.four_eyes_value)
        or (person.role != "supervisor" and _is_pointed_at(aside, base)),
        before=draft.steps,
    )


def _is_pointed_at(aside: frozenset[PageName], base: Prepared) -> bool:
    """Whether an error that holds points at a page that goes: it would go too, and a clerk settles no error alone."""
    gone = {(page.file, page.number) for page in base.pages if PageName(sha256=page.sha256, page=page.number) in aside}
    errors = (one for one in base.result.findings if one.holds and one.severity == "error")
    return any((place.file, place.page) in gone for one in errors for place in one.evidence)
