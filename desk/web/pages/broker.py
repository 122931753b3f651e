"""The broker's pages: his own shipments, what is asked of him, and a way to hand in a late paper.

Whose shipments they are is told by the session alone, and by nothing in an address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, File, HTTPException, Query, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from archive.searching import FoundShipment
from desk.web.access import Permission, Person, TheReference, needs
from desk.web.hall import Hall, TheHall
from desk.web.pages.searching import PAGE, WrongSearchError, asked_of, next_page, place_after, search_of
from desk.web.rendering import render
from flows.inbox.handing_in import HandedPaper, RefusedPaper, hand_in, is_waiting
from flows.inbox.rules import rules_of
from flows.links import segment
from flows.settings import MEBIBYTE
from flows.workshop import open_exchange
from schemas.findings import Finding
from schemas.results import ShipmentResult


@dataclass(frozen=True, slots=True)
class _HandedIn:
    """How many papers were taken, and which were not."""

    taken: int = 0
    refused: tuple[RefusedPaper, ...] = ()


_NOTHING: Final = _HandedIn()
router: Final = APIRouter(prefix="/mine")

Broker = Annotated[Person, needs(Permission.SEE_OWN)]


@router.get("")
def shipments(request: Request, person: Broker, hall: TheHall) -> Response:
    asked = asked_of({**request.query_params, "broker": ""})
    try:
        sought, after = search_of(asked, broker=_broker(person)), place_after(request.query_params)
    except WrongSearchError as error:
        raise HTTPException(422) from error
    found = hall.records.register.find(sought, limit=PAGE, after=after)
    more = next_page("/mine", asked, found)
    return render(request, "mine/list.html", here="mine", asked=asked, found=found, link=_link, more=more)


@router.get("/{reference}")
def shipment(
    request: Request,
    reference: TheReference,
    person: Broker,
    hall: TheHall,
    sent: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> Response:
    return _case_page(request, reference, person, hall, _HandedIn(sent))


@router.post("/{reference}/papers")
def add_papers(
    request: Request,
    reference: TheReference,
    person: Annotated[Person, needs(Permission.ADD_OWN_PAPERS)],
    hall: TheHall,
    papers: Annotated[list[UploadFile], File()],
) -> Response:
    """Late papers, which make a new revision of all papers so far."""
    broker, rules = _broker(person), rules_of(hall.settings)
    hall.records.archive.result(broker, reference)
    # One byte more than is taken tells that it is too large.
    handed = [HandedPaper(one.filename or "", one.file.read(rules.file_bytes + 1)) for one in papers]
    refused = hand_in(broker, reference, handed, open_exchange(hall.settings), rules)
    if refused:
        return _case_page(request, reference, person, hall, _HandedIn(len(handed) - len(refused), refused))
    return RedirectResponse(f"{_path(reference)}?{urlencode({'sent': len(handed)})}", 303)


def _case_page(request: Request, reference: str, person: Person, hall: Hall, handed: _HandedIn = _NOTHING) -> Response:
    broker, shop = _broker(person), hall.workshop
    result = shop.archive.result(broker, reference)
    intake = shop.archive.intake(broker, reference, result.revision)
    rules = rules_of(hall.settings)
    return render(
        request,
        "mine/case.html",
        status=422 if handed.refused else 200,
        here="mine",
        here_path=_path(reference),
        result=result,
        intake=intake,
        questions=_questions(result),
        notes=[one for one in result.findings if not one.holds],
        is_waiting=_is_waiting(broker, reference, hall),
        handed=handed,
        most_files=rules.files,
        most_megabytes=rules.file_bytes // MEBIBYTE,
    )


def _questions(result: ShipmentResult) -> list[Finding]:
    """What is not settled; what a clerk asks the broker for comes first."""
    holding = [one for one in result.findings if one.holds]
    return sorted(holding, key=lambda one: one.decision is None)


def _is_waiting(broker: str, reference: str, hall: Hall) -> bool:
    last = hall.records.archive.last_intake(broker, reference)
    finished = hall.records.archive.revisions(broker, reference)
    begun = last is not None and last.revision not in finished
    return begun or is_waiting(broker, reference, open_exchange(hall.settings))


def _broker(person: Person) -> str:
    """Raises `HTTPException` (403) for somebody who is nobody's broker."""
    if person.broker is None:
        raise HTTPException(403)
    return person.broker


def _link(one: FoundShipment) -> str:
    return _path(one.reference)


def _path(reference: str) -> str:
    return f"/mine/{segment(reference)}"
