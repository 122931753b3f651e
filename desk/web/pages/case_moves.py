"""Around the decisions on a case: who works on it, the next one, and a missing paper added."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from desk.web.access import Permission, TheShipment, needs
from desk.web.access import Person as SignedIn
from desk.web.hall import TheHall
from desk.web.pages.case import CASE, Looking, Told, Visitor, shown, stand_of
from desk.web.pages.work_view import address_of_case
from desk.web.rendering import render
from flows.casework.errors import CaseworkError
from flows.casework.late_papers import add_paper
from schemas.casework import QueuedCase, QueueFilter

router = APIRouter()
_AHEAD: Final = 100
"""Cases of the queue among which the next one is looked for."""


def _claiming(
    request: Request, shipment: TheShipment, hall: TheHall, person: Annotated[SignedIn, needs(Permission.CLAIM)]
) -> Visitor:
    return Visitor(request, shipment, hall, person)


def _adding(
    request: Request, shipment: TheShipment, hall: TheHall, person: Annotated[SignedIn, needs(Permission.ADD_PAPERS)]
) -> Visitor:
    return Visitor(request, shipment, hall, person)


@router.post(CASE + "/claim")
def claim(visitor: Annotated[Visitor, Depends(_claiming)], *, take_over: bool = False) -> Response:
    """Says who works on the case; who has it open claims it again and again, so that a closed page lets it go."""
    named, hall = visitor.shipment, visitor.hall
    stands = hall.records.register.cases.claim(
        named.broker, named.reference, visitor.signed_in.id, now=hall.clock(), take_over=take_over
    )
    mine = stands.by == visitor.signed_in.id
    known = () if mine else hall.accounts.users.listed()
    who = None if mine else next((one.name for one in known if one.id == stands.by), stands.by)
    return render(visitor.request, "case_claim.html", who=who, where=address_of_case(named.broker, named.reference))


@router.get(CASE + "/next")
def next_case(visitor: Looking) -> Response:
    """The case behind this one in the queue on which nobody else works; the queue itself where there is none."""
    hall, named = visitor.hall, visitor.shipment
    waiting = hall.records.register.cases.page(QueueFilter(), limit=_AHEAD, now=hall.clock()).cases
    this = next((n for n, one in enumerate(waiting) if _is(one, named.broker, named.reference)), -1)
    free = [
        one
        for one in (*waiting[this + 1 :], *waiting[: max(0, this)])
        if one.claim is None or one.claim.by == visitor.signed_in.id
    ]
    where = address_of_case(free[0].broker, free[0].reference) if free else "/queue"
    return RedirectResponse(where, 303)


@router.post(CASE + "/papers")
def add(visitor: Annotated[Visitor, Depends(_adding)], paper: UploadFile) -> Response:
    """The paper goes into the inbox, which has its own limits; the watcher takes it up."""
    named = visitor.shipment
    try:
        add_paper(named.broker, named.reference, paper.filename or "", paper.file.read(), visitor.hall.workshop)
    except CaseworkError as error:
        return shown(visitor, stand_of(visitor), told=Told(refused=str(error)), status=422)
    return shown(visitor, stand_of(visitor), told=Told(done=visitor.texts("case.added")))


def _is(one: QueuedCase, broker: str, reference: str) -> bool:
    return (one.broker, one.reference) == (broker, reference)
