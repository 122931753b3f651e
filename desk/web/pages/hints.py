"""What corrections taught about exporters' papers: clerks and auditors see it, a supervisor removes it."""

from __future__ import annotations

from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Form, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse

from desk.web.access import Permission, Person, needs
from desk.web.hall import Hall, TheHall
from desk.web.rendering import render
from flows.errors import NoSuchHintError
from flows.learning import KnownHint, known_hints, remove_hint

PAGE: Final = 50
MOST_PAGES: Final = 10_000

router: Final = APIRouter(prefix="/hints")

Text = Annotated[str, Query(max_length=200)]


@router.get("")
def hints(
    request: Request,
    person: Annotated[Person, needs(Permission.SEE_HINTS)],
    hall: TheHall,
    *,
    broker: Text = "",
    exporter: Text = "",
    page: Annotated[int, Query(ge=1, le=MOST_PAGES)] = 1,
) -> Response:
    """A page of one broker's hints, the newest first."""
    brokers = _brokers(person, hall)
    chosen = broker if broker in brokers else next(iter(brokers), "")
    found = _found(chosen, exporter, hall)
    more = {"broker": chosen, "exporter": exporter, "page": page + 1}
    return render(
        request,
        "hints/list.html",
        here="hints",
        brokers=brokers,
        broker=chosen,
        exporter=exporter,
        total=len(found),
        found=found[(page - 1) * PAGE : page * PAGE],
        more=f"/hints?{urlencode(more)}" if len(found) > page * PAGE else None,
        names={user.id: user.name for user in hall.accounts.users.listed()},
    )


@router.post("/{hint}/remove")
def remove(
    hint: str,
    person: Annotated[Person, needs(Permission.REMOVE_HINTS)],
    hall: TheHall,
    broker: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """The journal says who removed it; shipments that come from now on are read without it."""
    if broker not in _brokers(person, hall):
        raise HTTPException(404)
    try:
        remove_hint(broker, hint, person.id, hall.records)
    except NoSuchHintError as error:
        raise HTTPException(404) from error
    return RedirectResponse(f"/hints?{urlencode({'broker': broker})}", 303)


def _brokers(person: Person, hall: Hall) -> tuple[str, ...]:
    return tuple(one for one in hall.records.hints.brokers() if person.sees(one))


def _found(broker: str, exporter: str, hall: Hall) -> tuple[KnownHint, ...]:
    if not broker:
        return ()
    wanted = exporter.strip().casefold()
    return tuple(one for one in known_hints(broker, hall.records) if wanted in one.hint.exporter.casefold())
