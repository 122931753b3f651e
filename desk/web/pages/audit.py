"""The auditor's pages: search, a shipment's whole history, its papers and records, the journal. They change nothing.

Each look at a shipment, and each search, is entered in the journal before anything of it is shown; where that cannot be
done nothing is.
"""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, HTTPException, Request, Response

from archive.journal.book import Journal
from archive.searching import FoundShipment
from desk.web.access import Permission, Person, ShipmentName, TheShipment, needs
from desk.web.hall import Hall, TheHall
from desk.web.links import own_link
from desk.web.pages.downloads import attached, sent
from desk.web.pages.searching import PAGE, SearchPage, WrongSearchError, asked_of, place_after, search_of
from desk.web.rendering import render
from flows import audits_kept, fetching, histories, journal
from flows.histories import History
from flows.keeping import shipment_of
from flows.links import segment

router: Final = APIRouter(prefix="/audit")

Auditor = Annotated[Person, needs(Permission.AUDIT)]


@router.get("")
def search(request: Request, person: Auditor, hall: TheHall) -> Response:
    """Every shipment that meets the conditions; without any condition, the form alone."""
    asked = asked_of(request.query_params)
    told = sorted(name for name, value in asked.items() if value)
    if not told:
        return _SEARCH.shown(request, asked)
    try:
        sought, after = search_of(asked), place_after(request.query_params)
    except WrongSearchError as error:
        return _SEARCH.shown(request, asked, wrong=error.condition)
    journal.searched(person.name, told, hall.records.journal)
    return _SEARCH.shown(request, asked, hall.records.register.find(sought, limit=PAGE, after=after))


@router.get("/journal")
def journal_page(request: Request, _person: Auditor, hall: TheHall) -> Response:
    """The journal's head, who signs it, and how the last audit ended."""
    book = hall.records.journal
    book.catch_up()
    head = book.index.end().tree
    facts = {
        "size": head.size,
        "root": head.root.hex(),
        "verifiers": [str(key.verifier) for key in book.keys],
        "is_witnessed": hall.records.witness is not None,
    }
    last = audits_kept.last_audit(hall.records.store)
    return render(request, "audit/journal.html", here="journal", journal=facts, last=last)


@router.get("/checkpoint", dependencies=[own_link])
def checkpoint(_person: Auditor, hall: TheHall) -> Response:
    """The signed head of this moment, for the auditor to keep."""
    book = hall.records.journal
    text = _newest(book)
    if text is None:
        raise HTTPException(404)
    return attached(text.encode(), f"checkpoint-{book.size}.txt")


@router.get("/shipments/{broker}/{reference}")
def case(request: Request, person: Auditor, shipment: TheShipment, hall: TheHall) -> Response:
    return case_page(request, seen(person, shipment, hall), hall)


@router.get("/shipments/{broker}/{reference}/originals/{sha256}", dependencies=[own_link])
def original(sha256: str, person: Auditor, shipment: TheShipment, hall: TheHall) -> Response:
    """A paper as it was received, its digest proven on the way."""
    told = seen(person, shipment, hall)
    named = (file.file for one in told.revisions for file in one.intake.files if file.sha256 == sha256)
    name = next(named, None)
    if name is None:
        raise HTTPException(404)
    return sent(lambda path: hall.records.archive.fetch_original(sha256, path), fetching.safe_path(name))


@router.get("/shipments/{broker}/{reference}/records/{name:path}", dependencies=[own_link])
def record(name: str, person: Auditor, shipment: TheShipment, hall: TheHall) -> Response:
    """A record as it stands in the archive: one of those that the shipment has, whatever the name says."""
    told = seen(person, shipment, hall)
    key = next((one for one in told.records if record_name(one) == name), None)
    if key is None:
        raise HTTPException(404)
    return attached(hall.records.store.get(key), f"{shipment.reference}-{name.replace('/', '-')}")


@router.post("/shipments/{broker}/{reference}/check")
def check(request: Request, person: Auditor, shipment: TheShipment, hall: TheHall) -> Response:
    """Every object compared with the digest that the journal has of it."""
    told = seen(person, shipment, hall)
    checked = histories.altered_records(told.entries, hall.records)
    if request.headers.get("HX-Request"):
        return render(request, "audit/checked.html", checked=checked)
    return case_page(request, told, hall, checked=checked)


def record_name(key: str) -> str:
    """Of a key of the shipment, what stands behind broker and reference."""
    return "/".join(key.split("/")[3:])


def seen(person: Person, shipment: ShipmentName, hall: Hall) -> History:
    """The history, once the journal says who looked; 404 where there is no such shipment."""
    records = hall.records
    shipment_of(records, shipment.broker, shipment.reference)
    journal.viewed(shipment.broker, shipment.reference, person.name, records.journal)
    return histories.history(shipment.broker, shipment.reference, records, hall.clock())


def case_page(request: Request, told: History, hall: Hall, *, status: int = 200, **context: object) -> Response:
    results = [one.result for one in told.revisions if one.result]
    return render(
        request,
        "audit/case.html",
        status=status,
        here="search",
        here_path=path_of(told.broker, told.reference),
        case=told,
        latest=results[-1] if results else None,
        lodged_at_all=any(one.lodgements for one in told.revisions),
        names={user.id: user.name for user in hall.accounts.users.listed()},
        proof=histories.proof_status(told.entries, hall.records.journal),
        record_name=record_name,
        **context,
    )


def _newest(book: Journal) -> str | None:
    book.catch_up()
    return book.checkpoint_now()


def _link(one: FoundShipment) -> str:
    return path_of(one.broker, one.reference)


def path_of(broker: str, reference: str) -> str:
    return f"/audit/shipments/{segment(broker)}/{segment(reference)}"


_SEARCH: Final = SearchPage("search", "/audit", _link)
