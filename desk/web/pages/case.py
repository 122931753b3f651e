"""The case page: a shipment's papers beside its findings, and what is drafted about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final, get_args

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from desk.web.access import Permission, ShipmentName, TheShipment, needs
from desk.web.access import Person as SignedIn
from desk.web.hall import Hall, TheHall
from desk.web.messages import Texts
from desk.web.pages.case_view import CaseView, case_view
from desk.web.pages.paper_view import page_id
from desk.web.pages.picture_cache import picture_version
from desk.web.pages.work_view import Addresses, WorkView, changes_told, release_barrier
from desk.web.rendering import render, texts_for
from flows.casework.cases import open_case
from flows.casework.commenting import comments_of
from flows.casework.drafting import draft_of, staleness, why_not_second
from flows.casework.preparing import for_broker, latest_revision, prepared
from flows.casework.rechecking import recheck
from flows.links import segment
from schemas.casework import Case, Draft, Person, Rechecked
from schemas.decisions import Role
from schemas.documents import DocumentType

router = APIRouter()
CASE: Final = "/shipments/{broker}/{reference}"
TYPES: Final = get_args(DocumentType)
PART: Final = "X-Case-Part"
"""Says of an answer that it is the right half of the page, also where it refuses something."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at a case: what every step of casework begins with."""

    request: Request
    shipment: ShipmentName
    hall: Hall
    signed_in: SignedIn

    @property
    def texts(self) -> Texts:
        return texts_for(self.request)

    @property
    def person(self) -> Person:
        """As the records name them: by the name that they sign in with, which no other person is given."""
        return Person(id=self.signed_in.name, role=self.role or "clerk")

    @property
    def role(self) -> Role | None:
        """What the person decides as, None for who only looks."""
        if not self.signed_in.may(Permission.DECIDE):
            return None
        return "supervisor" if self.signed_in.role == "supervisor" else "clerk"


def _looking(
    request: Request, shipment: TheShipment, hall: TheHall, person: Annotated[SignedIn, needs(Permission.SEE_CASE)]
) -> Visitor:
    return Visitor(request, shipment, hall, person)


def _following(
    request: Request, shipment: TheShipment, hall: TheHall, person: Annotated[SignedIn, needs(Permission.FOLLOW_LINKS)]
) -> Visitor:
    return Visitor(request, shipment, hall, person)


Looking = Annotated[Visitor, Depends(_looking)]
Following = Annotated[Visitor, Depends(_following)]


@dataclass(frozen=True, slots=True)
class Stand:
    """A case as it stands: with its draft, and judged with that where the draft fits its latest revision.

    `is_whole` is False where a paper is still to be read under the rules of this program: its pages cannot be shown.
    """

    case: Case
    draft: Draft
    now: Rechecked | None
    stale: str | None
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the page says about the step just taken. `before` is the case without it.

    `stay` is the finding to stay at, `page` the page to show.
    """

    refused: str | None = None
    stay: str | None = None
    before: Stand | None = None
    done: str | None = None
    page: str | None = None


@router.get(CASE)
def case_page(visitor: Following) -> Response:
    """Answers and notices lead here whoever reads them, so who may not see the case is led on to a page of his own."""
    if visitor.signed_in.may(Permission.SEE_CASE):
        return shown(visitor, stand_of(visitor), whole=True)
    named = visitor.shipment
    where = "/mine" if visitor.signed_in.may(Permission.SEE_OWN) else f"/audit/shipments/{segment(named.broker)}"
    return RedirectResponse(f"{where}/{segment(named.reference)}", 303)


@router.post(CASE + "/read")
def read_papers(visitor: Looking) -> Response:
    """Papers that were read under other rules are read anew, which takes seconds; then the page is asked for again."""
    named, shop = visitor.shipment, for_broker(visitor.shipment.broker, visitor.hall.workshop)
    revision = latest_revision(named.broker, named.reference, shop)
    prepared(named.broker, named.reference, revision, shop, reading=True)
    return Response(status_code=204, headers={"HX-Refresh": "true"})


def stand_of(visitor: Visitor) -> Stand:
    """Raises `NoSuchShipmentError`."""
    shop, named = visitor.hall.workshop, visitor.shipment
    own = for_broker(named.broker, shop)
    draft = draft_of(named.broker, named.reference, shop)
    stale = staleness(draft, own) if draft.acts else None
    now = recheck(draft, shop) if draft.acts and stale is None else None
    case = open_case(named.broker, named.reference, shop)
    is_whole = prepared(named.broker, named.reference, case.revision, own).is_whole
    return Stand(case, draft, now, stale, is_whole)


def shown(
    visitor: Visitor, stand: Stand, *, told: Told | None = None, whole: bool = False, status: int = 200
) -> Response:
    """The page, or its right half."""
    view = case_view(stand.case, stand.now, visitor.role)
    answer = render(
        visitor.request,
        "case.html" if whole else "case_work.html",
        status=status,
        case=view,
        at=addresses(stand.case, visitor.hall),
        work=_work(view, stand, visitor, told or Told()),
        page_id=page_id,
        types=TYPES,
        whole=whole,
        here="queue",
    )
    answer.headers[PART] = "work"
    return answer


def addresses(case: Case, hall: Hall) -> Addresses:
    return Addresses(case.broker, case.reference, case.revision, picture_version(hall))


def _work(view: CaseView, stand: Stand, visitor: Visitor, told: Told) -> WorkView:
    t, before = visitor.texts, told.before
    refused = t.refusal(told.refused) if told.refused else None
    stale = t.refusal(stand.stale) if stand.stale else None
    changes = changes_told(before.now or before.case, stand.now or stand.case, t) if before is not None else ()
    return WorkView(
        draft=stand.draft,
        may_decide=visitor.role is not None and view.result.status != "rejected",
        may_confirm=visitor.role is not None and why_not_second(stand.draft, visitor.person) is None,
        said=refused or told.done or "; ".join(changes) or None,
        stay=told.stay,
        page=told.page,
        refused=refused,
        done=told.done,
        changes=changes,
        stale=stale,
        is_whole=stand.is_whole,
        not_yet=stale or release_barrier(stand.now, t),
        notes=comments_of(stand.case.broker, stand.case.reference, visitor.hall.workshop),
    )
