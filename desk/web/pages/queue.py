"""The clerk's queue: held shipments by urgency, narrowed as somebody wishes, and a search for any other.

A page that somebody looks at asks for `/queue/rows` every few seconds. That costs the register a few looks into its
indexes, whatever the number of shipments; a browser whose question fails waits longer before the next one. What the
queue is narrowed by stands in the address alone, so that it is kept by going back, by a bookmark, and by these looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal, cast, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request, Response

from archive import keys
from archive.errors import KeyInvalid
from archive.searching import FoundShipment, Search
from desk.web.access import Permission, Person, needs
from desk.web.hall import Hall, TheHall
from desk.web.pages.searching import PAGE, SearchPage, WrongSearchError, asked_of, place_after, search_of
from desk.web.pages.work_view import address_of_case
from desk.web.rendering import render
from schemas.casework import QUEUE_DAYS, QUEUE_WORTHS, QueuedCase, QueueFilter, QueuePlace
from schemas.findings import FindingCode

router: Final = APIRouter(prefix="/queue")

Clerk = Annotated[Person, needs(Permission.SEE_QUEUE)]
CASES: Final = 40
"""Cases on a page."""
_CODES: Final = frozenset(get_args(FindingCode))
_FILTERS: Final = ("broker", "severity", "days", "worth", "code", "q", "mine")
_LONGEST: Final = 200
_SHORT: Final = 4
_FOUND: Final = 66
"""Shipments that a search among the held ones looks at: so many by each of three conditions, the newest ones."""


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
        return _SEARCH.shown(request, asked)
    try:
        sought, after = search_of(asked), place_after(request.query_params)
    except WrongSearchError as error:
        return _SEARCH.shown(request, asked, wrong=error.condition)
    return _SEARCH.shown(request, asked, hall.records.register.find(sought, limit=PAGE, after=after))


def _queued(request: Request, template: str, person: Person, hall: Hall) -> Response:
    """Raises `HTTPException` (422) for an address that no page of ours makes."""
    params, now = request.query_params, hall.clock()
    told = {name: value for name in _FILTERS if (value := params.get(name, "").strip()[:_LONGEST])}
    wanted, after = _filter(told, person, hall), _place(params.get("after", ""))
    cases = hall.records.register.cases
    page = cases.page(wanted, limit=CASES, after=after, now=now)
    return render(
        request,
        template,
        here="queue",
        page=page,
        counts=cases.counts(now=now),
        wanted=wanted,
        told=told,
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
    return address_of_case(one.broker, one.reference)


_SEARCH: Final = SearchPage("queue", "/queue/search", link_to)


def _has_others(cases: tuple[QueuedCase, ...]) -> bool:
    return any(one.claim is not None for one in cases)


def _filter(told: Mapping[str, str], person: Person, hall: Hall) -> QueueFilter:
    severity = _one_of(told.get("severity"), ("error", "warning"))
    days, worth = (_one_of(told.get(name), tuple(map(str, known))) for name, known in _NUMBERS)
    return QueueFilter(
        broker=told.get("broker"),
        code=cast("FindingCode | None", _one_of(told.get("code"), _CODES)),
        claimed_by=person.id if "mine" in told else None,
        severity=cast('Literal["error", "warning"] | None', severity),
        days=None if days is None else int(days),
        worth=None if worth is None else int(worth),
        among=_found(told["q"], hall) if "q" in told else None,
    )


_NUMBERS: Final = (("days", QUEUE_DAYS), ("worth", QUEUE_WORTHS))


def _one_of(text: str | None, known: frozenset[str] | tuple[str, ...]) -> str | None:
    if text is not None and text not in known:
        raise HTTPException(422)
    return text


def _found(text: str, hall: Hall) -> tuple[tuple[str, str], ...]:
    """The held shipments whose reference or a party's name begins so, or that have a number like it.

    A name that nobody has is the dearest to look for, and no name looks like a number.
    """
    searches = [Search(reference=text, status="held"), Search(number=text, status="held")]
    if " " in text or len(text) <= _SHORT or not any(sign.isdigit() for sign in text):
        searches.append(Search(party=text, status="held"))
    found = [hall.records.register.find(one, limit=_FOUND).shipments for one in searches]
    return tuple(dict.fromkeys((one.broker, one.reference) for some in found for one in some))


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
