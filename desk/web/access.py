"""Who may do what: roles, permissions, and the guards that every route declares.

A route names its guard as a parameter or in `dependencies=[…]`:

    def queue(request: Request, person: Annotated[Person, needs(Permission.SEE_QUEUE)]) -> Response: ...

`needs` lets in who has the permission, `anyone` everybody (the page to sign in), `halfway` who has given a password and
has still something to do. Each of them refuses a POST that did not come from a page of ours. A route whose path names a
`{broker}` takes the shipment from `TheShipment`, which answers 404 where it is another broker's.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import Depends, HTTPException, Request
from fastapi.dependencies.models import Dependant
from fastapi.params import Depends as Dependency
from fastapi.routing import APIRoute, APIRouter

from archive.accounts.people import WITH_SECOND_FACTOR, Role, Session
from desk.web.errors import NotSignedIn, UnguardedRoute
from desk.web.forgery import refuse_forged
from desk.web.visits import visit_of
from flows.links import name_in

SIGN_IN: Final = "/login"
SECOND_FACTOR: Final = "/login/code"
ENROL: Final = "/login/authenticator"
PROVIDER: Final = "/login/provider"
PROVIDER_ANSWER: Final = "/login/provider/back"
ENROL_PICTURE: Final = "/login/authenticator.svg"
NEW_PASSWORD: Final = "/login/password"  # noqa: S105 - the address of a page


class Permission(StrEnum):
    """What a route may ask for."""

    SEE_QUEUE = "queue.see"
    FOLLOW_LINKS = "links.follow"
    SEE_CASE = "case.see"
    CLAIM = "case.claim"
    DECIDE = "case.decide"
    ADD_PAPERS = "case.papers"
    RELEASE = "case.release"
    SEE_HINTS = "hints.see"
    REMOVE_HINTS = "hints.remove"
    AUDIT = "audit.see"
    TAKE_ORIGINALS = "originals.take"
    TAKE_EVIDENCE = "evidence.take"
    SEE_OWN = "own.see"
    ADD_OWN_PAPERS = "own.papers"
    MANAGE_USERS = "users.manage"
    OWN_ACCOUNT = "account.own"


_EVERYBODY: Final = frozenset({Permission.OWN_ACCOUNT})
_CLERKS: Final = _EVERYBODY | {
    Permission.SEE_QUEUE, Permission.FOLLOW_LINKS, Permission.SEE_CASE, Permission.CLAIM, Permission.DECIDE,
    Permission.ADD_PAPERS, Permission.RELEASE, Permission.SEE_HINTS, Permission.TAKE_ORIGINALS,
}  # fmt: skip
GRANTS: Final[Mapping[Role, frozenset[Permission]]] = {
    "broker": _EVERYBODY | {Permission.FOLLOW_LINKS, Permission.SEE_OWN, Permission.ADD_OWN_PAPERS},
    "clerk": _CLERKS,
    "supervisor": _CLERKS | {Permission.REMOVE_HINTS, Permission.AUDIT, Permission.TAKE_EVIDENCE},
    "auditor": _EVERYBODY
    | {
        Permission.FOLLOW_LINKS,
        Permission.AUDIT,
        Permission.SEE_HINTS,
        Permission.TAKE_ORIGINALS,
        Permission.TAKE_EVIDENCE,
    },
    "admin": _EVERYBODY | {Permission.MANAGE_USERS},
}
"""An admin says who may work here and sees no shipment; an auditor sees all and changes nothing."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in. `broker` is the only one whose shipments this person sees, None where it is everyone's.

    Records, which last longer than accounts, name a person by `name`, which is given once and for good; `id` is for
    what is gone tomorrow, such as who works on a case.
    """

    id: str
    name: str
    role: Role
    broker: str | None

    def may(self, permission: Permission) -> bool:
        return permission in GRANTS[self.role]

    def sees(self, broker: str) -> bool:
        return self.broker is None or self.broker == broker


@dataclass(frozen=True, slots=True)
class ShipmentName:
    """A shipment that the person may see, if there is one of that name."""

    broker: str
    reference: str


def unfinished(session: Session | None) -> str | None:
    """The page at which somebody has to go on before the desk opens; None for who is signed in."""
    if session is None:
        return SIGN_IN
    user = session.user
    if user.has_second_factor and not session.is_second_factor_given:
        return SECOND_FACTOR
    if user.must_change:
        return NEW_PASSWORD
    if user.role in WITH_SECOND_FACTOR and not (user.has_second_factor or session.is_second_factor_given):
        return ENROL
    return None


def signed_in(request: Request) -> Person:
    """Raises `NotSignedIn`."""
    session = visit_of(request).session
    where = unfinished(session)
    if session is None or where is not None:
        raise NotSignedIn(_back_to(request) if session is None else where or SIGN_IN)
    user = session.user
    return Person(user.id, user.name, user.role, user.broker)


def person_if_any(request: Request) -> Person | None:
    """Who is signed in, for what all pages show."""
    session = visit_of(request).session
    return signed_in(request) if session is not None and unfinished(session) is None else None


def _back_to(request: Request) -> str:
    """The page to sign in at, which leads back to the page that was asked for."""
    if request.method != "GET" or request.scope["path"] == "/":
        return SIGN_IN
    asked = quote(request.scope["path"], safe="/")
    query = request.scope["query_string"].decode("ascii", "ignore")
    return f"{SIGN_IN}?next={quote(f'{asked}?{query}' if query else asked, safe='/')}"


def _guard(permission: Permission) -> Callable[[Request], Awaitable[Person]]:
    async def admitted(request: Request) -> Person:
        person = signed_in(request)
        if not person.may(permission):
            raise HTTPException(403)
        await refuse_forged(request)
        return person

    return admitted


_GUARDS: Final = {permission: _guard(permission) for permission in Permission}


def needs(permission: Permission) -> Dependency:
    """The guard of a route; as a parameter it gives the `Person`."""
    dependency: Dependency = Depends(_GUARDS[permission])
    return dependency


async def _anyone(request: Request) -> None:
    await refuse_forged(request)


async def _halfway(request: Request) -> Session:
    session = visit_of(request).session
    if session is None:
        raise NotSignedIn(SIGN_IN)
    await refuse_forged(request)
    return session


anyone: Final[Dependency] = Depends(_anyone)
Halfway = Annotated[Session, Depends(_halfway)]
"""The session of somebody who has given a password; the page says what it asks for."""


def shipment_for(broker: str, reference: str, person: Annotated[Person, Depends(signed_in)]) -> ShipmentName:
    """404 for another broker's shipment, as for one that is not there: nobody learns which references there are."""
    named = ShipmentName(name_in(broker), name_in(reference))
    if not person.sees(named.broker):
        raise HTTPException(404)
    return named


TheShipment = Annotated[ShipmentName, Depends(shipment_for)]
"""The type of a page's parameter that is given the shipment of its path."""


def reference_for(reference: str) -> str:
    return name_in(reference)


TheReference = Annotated[str, Depends(reference_for)]
"""Likewise, where whose shipment it is does not stand in the path."""


def guard_of(route: APIRoute) -> Permission | str | None:
    """The permission that a route asks for, `anyone`, `halfway`, or None where it declares nothing."""
    found = {_NAMES[call] for call in _calls(route.dependant) if call in _NAMES}
    return found.pop() if len(found) == 1 else None


_NAMES: Final[Mapping[object, Permission | str]] = {
    _anyone: "anyone",
    _halfway: "halfway",
    **{guard: permission for permission, guard in _GUARDS.items()},
}


def _calls(dependant: Dependant) -> Iterator[object]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from _calls(inner)


def refuse_unguarded(router: APIRouter) -> None:
    """Raises `UnguardedRoute` for the first route of which nobody said who may use it."""
    for route in router.routes:
        if not isinstance(route, APIRoute):
            raise UnguardedRoute(f"{route}: name it as a plain route of its own router")
        if guard_of(route) is None:
            raise UnguardedRoute(f"{route.path}: declare exactly one of needs(…), anyone, Halfway")
        taken = set(_calls(route.dependant))
        if "{broker}" in route.path and shipment_for not in taken:
            raise UnguardedRoute(f"{route.path}: take the shipment as `TheShipment`")
        if "{reference}" in route.path and not taken & {shipment_for, reference_for}:
            raise UnguardedRoute(f"{route.path}: take the reference as `TheReference`")
