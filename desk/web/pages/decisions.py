"""What a clerk does on the case page: decides, takes back, notes. Each answer shows the case judged anew.

A decision is taken only by somebody to whom every place of the finding was shown, and only on the case as it was shown:
where somebody else decided meanwhile, the page is shown anew and nothing is written over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Depends, Form, Response
from pydantic import BaseModel, Field
from starlette.requests import Request

from archive.errors import Conflict
from desk.web.access import Permission, TheShipment, needs
from desk.web.access import Person as SignedIn
from desk.web.hall import TheHall
from desk.web.pages.case import CASE, Stand, Told, Visitor, shown, stand_of
from desk.web.pages.case_view import case_view
from desk.web.pages.served_pages import SERVED
from flows.casework.commenting import LONGEST, comment
from flows.casework.drafting import carry_over, confirm, propose, take, undo, withdraw
from flows.casework.errors import CaseworkError, DraftChangedError
from flows.errors import WrongDecisionError
from flows.workshop import Workshop
from schemas.casework import Choice, Draft, DraftStep, Person
from schemas.findings import Action

router = APIRouter()
_REFUSED: Final = 422
CHANGED: Final = 409
_REASONS: Final[Mapping[Action, str]] = {
    "accept": "looked at on the page: it stands",
    "correct": "looked at on the page",
    "forgo_preference": "declared without preference",
}
"""Of a decision for which the person gave no words: what the page made sure of."""
Seen = Annotated[int, Form()]
"""The number of the draft that the person saw."""
Step = Callable[[Draft, Person, Workshop], Draft]


def _deciding(
    request: Request, shipment: TheShipment, hall: TheHall, person: Annotated[SignedIn, needs(Permission.DECIDE)]
) -> Visitor:
    return Visitor(request, shipment, hall, person)


Deciding = Annotated[Visitor, Depends(_deciding)]


class DecisionForm(BaseModel):
    """As the page sends it. `seen` are the places that were shown, `step` the form of the draft that the person saw."""

    finding: str = Field(max_length=100)
    action: Action
    revision: int
    step: int
    seen: str = Field("", max_length=1000)
    value: str | None = Field(None, max_length=2000)
    place: str = Field("", max_length=9)
    reason: str = Field("", max_length=4000)
    code: str = Field("", max_length=100)
    words: str = Field("", max_length=4000)

    @property
    def choice(self) -> Choice:
        return Choice(self.action, self._reason(), self.value, int(self.place) if self.place.isdecimal() else None)

    @property
    def shown(self) -> frozenset[int]:
        return frozenset(int(one) for one in self.seen.split() if one.isdecimal())

    def _reason(self) -> str:
        if self.action == "waive":
            return f"{self.code}: {self.words.strip()}" if self.words.strip() else self.code
        return self.reason.strip() or _REASONS.get(self.action, "")


@router.post(CASE + "/decide")
def decide(visitor: Deciding, form: Annotated[DecisionForm, Form()]) -> Response:
    """The decision tried and drafted, and the whole shipment judged with it."""
    stand, t = stand_of(visitor), visitor.texts
    if (stand.draft.number, stand.case.revision) != (form.step, form.revision):
        told = Told(refused=t("case.changed_elsewhere"), stay=form.finding)
        return shown(visitor, stand, told=told, status=CHANGED)
    if not _was_shown(visitor, stand, form):
        return shown(visitor, stand, told=Told(refused=t("case.not_shown"), stay=form.finding), status=_REFUSED)
    return _stepped(visitor, stand, partial(_taken, form), stay=form.finding)


def _taken(form: DecisionForm, draft: Draft, person: Person, workshop: Workshop) -> Draft:
    return take(draft, form.finding, form.choice, person, workshop)


def _was_shown(visitor: Visitor, stand: Stand, form: DecisionForm) -> bool:
    """Whether every place that is on a page was; one that is on none has nothing to show.

    The browser says which it showed; that it was given their pages in this session is known here.
    """
    if form.action == "request":
        return True  # Who asks decides nothing, and may ask because a page cannot be shown.
    one = case_view(stand.case, stand.now, None).finding(form.finding)
    if one is None:
        return False
    asked = {place.number for place in one.places if place.page is not None or not (stand.is_whole or place.is_bare)}
    pages = [place.page for place in one.places if place.page is not None]
    return asked <= form.shown and all(SERVED.has(visitor.request, page.sha256, page.number) for page in pages)


@router.post(CASE + "/undo")
def take_back(visitor: Deciding, step: Seen) -> Response:
    stand = stand_of(visitor)
    acts = stand.draft.acts
    last = acts[-1].key if acts and isinstance(acts[-1], DraftStep) else None
    return unless_seen(visitor, stand, step) or _stepped(visitor, stand, undo, stay=last, back=last)


@router.post(CASE + "/draft/{what}")
def move_draft(visitor: Deciding, what: Literal["propose", "withdraw", "carry"], step: Seen) -> Response:
    """The draft laid before a second person, opened again, or carried over to a new revision."""
    steps: Mapping[str, Step] = {"propose": propose, "withdraw": withdraw, "carry": _carried}
    stand = stand_of(visitor)
    return unless_seen(visitor, stand, step) or _stepped(visitor, stand, steps[what])


def _carried(draft: Draft, person: Person, workshop: Workshop) -> Draft:
    return carry_over(draft, person, workshop)[0]


@router.post(CASE + "/confirm")
def confirm_draft(visitor: Deciding, step: Seen) -> Response:
    stand = stand_of(visitor)
    return unless_seen(visitor, stand, step) or _stepped(visitor, stand, confirm)


@router.post(CASE + "/comments")
def note(visitor: Deciding, text: Annotated[str, Form(max_length=LONGEST)]) -> Response:
    named = visitor.shipment
    comment(named.broker, named.reference, text or "-", visitor.person, visitor.hall.workshop)
    return shown(visitor, stand_of(visitor), told=Told(done=visitor.texts("case.commented")))


def unless_seen(visitor: Visitor, stand: Stand, seen: int, *, whole: bool = False) -> Response | None:
    """The case anew, where it is no longer the one that the person saw."""
    if stand.draft.number == seen:
        return None
    told = Told(refused=visitor.texts("case.changed_elsewhere"))
    return shown(visitor, stand, told=told, whole=whole, status=CHANGED)


def _stepped(
    visitor: Visitor, stand: Stand, step: Step, *, stay: str | None = None, back: str | None = None
) -> Response:
    """The case after the step, with what it changed; where it was refused, the case as it stands and why.

    A refused step stays at the finding `stay`, one that was taken goes on, or back to `back`.
    """
    try:
        step(stand.draft, visitor.person, visitor.hall.workshop)
    except (CaseworkError, WrongDecisionError, Conflict) as error:
        status = CHANGED if isinstance(error, DraftChangedError | Conflict) else _REFUSED
        return shown(visitor, stand_of(visitor), told=Told(refused=str(error), stay=stay), status=status)
    return shown(visitor, stand_of(visitor), told=Told(before=stand, stay=back))
