"""A case released: begun at once, and told as it goes on, as judging all papers anew takes seconds.

Whoever presses twice, or two who press at once, have one release; whoever goes away loses nothing.
"""

from __future__ import annotations

import os
from functools import partial
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse
from starlette.requests import Request

from archive.errors import Conflict
from desk.web.access import Permission, TheShipment, needs
from desk.web.access import Person as SignedIn
from desk.web.hall import TheHall
from desk.web.pages.case import CASE, Told, Visitor, shown, stand_of
from desk.web.pages.decisions import CHANGED, Seen, unless_seen
from desk.web.pages.work_view import address_of_case
from desk.web.rendering import render
from desk.web.underway import Job, Name, Underway
from flows.casework.errors import CaseworkError
from flows.casework.releasing import release
from flows.decisions import Clear
from flows.logs import tell
from flows.steps import unseen
from flows.workshop import Workshop
from schemas.results import ShipmentResult

router = APIRouter()
_RELEASES: Final = Underway[ShipmentResult]()


def _releasing(
    request: Request, shipment: TheShipment, hall: TheHall, person: Annotated[SignedIn, needs(Permission.RELEASE)]
) -> Visitor:
    return Visitor(request, shipment, hall, person)


Releasing = Annotated[Visitor, Depends(_releasing)]


@router.post(CASE + "/release")
def release_case(visitor: Releasing, step: Seen) -> Response:
    """The decisions made final, and the shipment judged with them by the flow; then the page of what came of it."""
    job = _RELEASES.find(_name(visitor))
    if job is None or job.is_through:
        stand = stand_of(visitor)
        changed = unless_seen(visitor, stand, step, whole=True)
        if changed is not None:
            return changed
        shop = visitor.hall.workshop
        job = _RELEASES.begin(_name(visitor), partial(release, stand.draft, visitor.person, shop, _clear(shop)))
    return _ended(visitor, job) if job.wait() else _going_on(visitor, job, "release/page.html")


@router.get(CASE + "/release")
def release_stands(visitor: Releasing) -> Response:
    """For the page of a release under way: how long it goes on; the case once it is through."""
    job = _RELEASES.find(_name(visitor))
    if job is not None and not job.is_through:
        return _going_on(visitor, job, "release/stand.html" if _asks_again(visitor) else "release/page.html")
    if not _asks_again(visitor):
        return RedirectResponse(_case(visitor), 303) if job is None else _ended(visitor, job)
    refused = _refused(visitor, job)
    if refused is not None:
        return render(visitor.request, "release/stand.html", refused=refused, job=None, case=_case(visitor))
    _RELEASES.forget(_name(visitor))
    return Response(status_code=204, headers={"HX-Redirect": _case(visitor)})


def _asks_again(visitor: Visitor) -> bool:
    return "HX-Request" in visitor.request.headers


def _going_on(visitor: Visitor, job: Job[ShipmentResult], template: str) -> Response:
    where = {"case": _case(visitor), "reference": visitor.shipment.reference}
    answer = render(visitor.request, template, status=202, here="queue", job=job, refused=None, **where)
    answer.background = job.to_its_end if visitor.request.method == "POST" else None
    return answer


def _ended(visitor: Visitor, job: Job[ShipmentResult]) -> Response:
    """The case as it stands after that. Raises what kept it from its end and no clerk can mend."""
    _RELEASES.forget(_name(visitor))
    error = job.future.exception()
    if isinstance(error, CaseworkError | Conflict):
        return shown(visitor, stand_of(visitor), told=Told(refused=str(error)), whole=True, status=CHANGED)
    job.future.result()
    return RedirectResponse(_case(visitor), 303)


def _refused(visitor: Visitor, job: Job[ShipmentResult] | None) -> str | None:
    """Why it was not released, None where it was or where nobody knows of a release."""
    error = None if job is None else job.future.exception()
    if error is None:
        return None
    if isinstance(error, CaseworkError | Conflict):
        return str(error)
    tell("desk", level="error", told={"error": type(error).__name__})
    return visitor.texts("release.failed")


def _name(visitor: Visitor) -> Name:
    return visitor.hall.workshop.place, visitor.shipment.broker, visitor.shipment.reference


def _case(visitor: Visitor) -> str:
    return address_of_case(visitor.shipment.broker, visitor.shipment.reference)


def _clear(workshop: Workshop) -> Clear:
    """A run of the flow where there is a server to tell, else the plain steps."""
    if os.environ.get("PREFECT_API_URL"):
        from flows.decide_shipment import judge_in_a_run  # noqa: PLC0415 - Prefect takes seconds to import

        return partial(judge_in_a_run, workshop)
    from flows.plain import clear_begun  # noqa: PLC0415 - likewise what it reads with

    return partial(clear_begun, workshop=workshop, on_page=unseen)
