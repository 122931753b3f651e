"""The clerk's queue: held shipments by urgency, who works on which, and a search for any other.

A page that somebody looks at asks for `/queue/rows` every few seconds. That costs the register a few looks into its
indexes, whatever the number of shipments; a browser whose question fails waits longer before the next one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, cast, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request, Response

from archive import keys
from archive.errors import KeyInvalid
from archive.searching import Found, FoundShipment
from desk.web.access import Permission, Person, needs
from desk.web.hall import Hall, TheHall
from desk.web.pages.searching import PAGE, WrongSearchError, asked_of, next_page, place_after, search_of
from desk.web.rendering import render
from flows.links import segment
from schemas.casework import QueuedCase, QueueFilter, QueuePlace
from schemas.findings import FindingCode

router: Final = APIRouter(prefix="/queue")

Clerk = Annotated[Person, needs(Permission.SEE_QUEUE)]
CASES: Final = 40
"""Cases on a page."""
_CODES: Final = frozenset(get_args(FindingCode))


@router.get("")
def queue(request: Request, person: Clerk, hall: TheHall) -> Response:
    return _queued(request, "queue/page.html", person, hall)


@router.get("/rows")
def rows(request: Request, person: Clerk, hall: TheHall) -> Response:
    """The cases alone, for a page that shows them already."""
    return _queued(request, "queue/rows.html", person, hall)


@router.get("/search")
def search(request: Request, _person: Clerk, hall: TheHall) -> Response:
    """Any shipment, held or not."""
    asked = asked_of(request.query_params)
    if not any(asked.values()):
        return _search_page(request, asked)
    try:
        sought, after = search_of(asked), place_after(request.query_params)
    except WrongSearchError as error:
        return _search_page(request, asked, wrong=error.condition)
    return _search_page(request, asked, hall.records.register.find(sought, limit=PAGE, after=after))


def _search_page(
    request: Request, asked: Mapping[str, str], found: Found | None = None, *, wrong: str | None = None
) -> Response:
    return render(
        request,
        "audit/search.html",
        status=422 if wrong else 200,
        here="queue",
        here_path="/queue/search",
        asked=asked,
        found=found,
        link=link_to,
        more=next_page("/queue/search", asked, found) if found else None,
        wrong=wrong,
    )


def _queued(request: Request, template: str, person: Person, hall: Hall) -> Response:
    """Raises `HTTPException` (422) for an address that no page of ours makes."""
    params, now = request.query_params, hall.clock()
    told = {name: value for name in ("broker", "code", "mine") if (value := params.get(name, ""))}
    wanted, after = _filter(told, person), _place(params.get("after", ""))
    cases = hall.records.register.cases
    page = cases.page(wanted, limit=CASES, after=after, now=now)
    return render(
        request,
        template,
        here="queue",
        page=page,
        counts=cases.counts(now=now),
        wanted=wanted,
        is_mine=wanted.claimed_by is not None,
        is_later=after is not None,
        again=f"/queue/rows?{urlencode(told if after is None else {**told, 'after': params['after']})}",
        first=f"/queue?{urlencode(told)}",
        more=f"/queue?{urlencode({**told, 'after': _place_text(page.next)})}" if page.next else None,
        names={user.id: user.name for user in hall.accounts.users.listed()} if _has_others(page.cases) else {},
        now=now,
        link=link_to,
    )


def link_to(one: QueuedCase | FoundShipment) -> str:
    """The page of the case."""
    return f"/shipments/{segment(one.broker)}/{segment(one.reference)}"


def _has_others(cases: tuple[QueuedCase, ...]) -> bool:
    return any(one.claim is not None for one in cases)


def _filter(told: Mapping[str, str], person: Person) -> QueueFilter:
    code = told.get("code")
    if code is not None and code not in _CODES:
        raise HTTPException(422)
    return QueueFilter(
        broker=told.get("broker"),
        code=cast("FindingCode | None", code),
        claimed_by=person.id if "mine" in told else None,
    )


def _place_text(place: QueuePlace) -> str:
    return f"{place.due}/{keys.part(place.broker)}/{keys.part(place.reference)}"


def _place(text: str) -> QueuePlace | None:
    if not text:
        return None
    try:
        due, broker, reference = text.split("/")
        return QueuePlace(int(due), keys.name_of(broker), keys.name_of(reference))
    except (ValueError, KeyInvalid) as error:
        raise HTTPException(422) from error
