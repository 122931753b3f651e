"""Every route says who may use it, and every role is tried at every route."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute

from archive.accounts.people import ROLES, Role
from desk.web.access import GRANTS, Permission, TheShipment, anyone, guard_of, needs, refuse_unguarded
from desk.web.app import ROUTERS
from desk.web.errors import UnguardedRoute
from tests.desks import Desk

OTHER_BROKER = "brise"
ROUTES = [
    (method, route)
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute)
    for method in sorted(route.methods or ())
]
GUARDED = [(method, route) for method, route in ROUTES if isinstance(guard_of(route), Permission)]
NAMES = [f"{method} {route.path}" for method, route in GUARDED]


def _path(route: APIRoute, broker: str = "anker") -> str:
    """The route's address with something in each of its places; `broker` is where a broker is named."""
    filled = route.path.replace("{broker}", broker)
    return re.sub(r"\{\w+(:\w+)?\}", "1", filled)


def test_every_route_of_the_desk_is_one_of_these() -> None:
    assert all(isinstance(route, APIRoute) for router in ROUTERS for route in router.routes)
    assert len(GUARDED) >= 2


def test_only_the_way_in_and_out_is_open_to_all() -> None:
    is_open = {f"{method} {route.path}" for method, route in ROUTES if guard_of(route) == "anyone"}
    assert is_open == {
        "GET /login", "POST /login", "GET /login/provider", "GET /login/provider/back", "POST /logout",
        "POST /language", "GET /static/{name:path}",
    }  # fmt: skip


@pytest.mark.parametrize(("method", "route"), GUARDED, ids=NAMES)
def test_nobody_gets_past_a_guard_without_signing_in(method: str, route: APIRoute, desk: Desk) -> None:
    browser = desk.browser()
    browser.get("/login")
    answer = browser.post(_path(route)) if method == "POST" else browser.ask(method, _path(route))
    assert answer.status == 303
    assert answer.headers["location"].startswith("/login")


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_in_where_it_is_granted_and_nowhere_else(role: Role, desk: Desk) -> None:
    browser = desk.signed_in(desk.user(role))
    for method, route in GUARDED:
        answer = browser.post(_path(route)) if method == "POST" else browser.ask(method, browser.link(_path(route)))
        granted = guard_of(route) in GRANTS[role]
        assert (answer.status != 403) is granted, f"{method} {route.path}"


def test_a_broker_finds_nothing_of_another_broker(desk: Desk) -> None:
    browser = desk.signed_in(desk.user("broker", broker="anker"))
    for method, route in _of_brokers():
        path = _path(route, OTHER_BROKER)
        answer = browser.post(path) if method == "POST" else browser.ask(method, path)
        assert answer.status in {403, 404}, f"{method} {route.path}"


def _of_brokers() -> Iterator[tuple[str, APIRoute]]:
    return ((method, route) for method, route in GUARDED if "{broker}" in route.path)


@pytest.mark.parametrize(("method", "route"), [one for one in GUARDED if one[0] not in {"GET", "HEAD"}])
def test_nothing_is_changed_without_the_token_of_the_form(method: str, route: APIRoute, desk: Desk) -> None:
    role = next(role for role in ROLES if guard_of(route) in GRANTS[role])
    browser = desk.signed_in(desk.user(role))
    browser.token = "0" * 64
    assert (
        browser.post(_path(route)).status == 403
        if method == "POST"
        else browser.ask(method, _path(route)).status == 403
    )


def test_a_route_that_says_nothing_stops_the_desk_from_starting() -> None:
    router = APIRouter()

    @router.get("/forgotten")
    def forgotten() -> str:
        return "for everybody"

    with pytest.raises(UnguardedRoute, match="/forgotten: declare exactly one"):
        refuse_unguarded(router)


def test_so_does_one_that_says_two_things() -> None:
    router = APIRouter()

    @router.get("/both", dependencies=[anyone, needs(Permission.AUDIT)])
    def both() -> str:
        return "for whom"

    with pytest.raises(UnguardedRoute, match="/both: declare exactly one"):
        refuse_unguarded(router)


def test_so_does_one_that_takes_any_brokers_shipment() -> None:
    router = APIRouter()

    @router.get("/papers/{broker}", dependencies=[needs(Permission.SEE_OWN)])
    def papers(broker: str) -> str:
        return broker

    with pytest.raises(UnguardedRoute, match="TheShipment"):
        refuse_unguarded(router)


def _told(shipment: TheShipment) -> str:
    return f"{shipment.broker}/{shipment.reference}"


@pytest.mark.parametrize(("role", "statuses"), [("broker", (200, 404)), ("clerk", (200, 200)), ("auditor", (200, 200))])
def test_a_shipment_is_handed_to_a_page_only_where_the_person_may_see_it(
    role: Role, statuses: tuple[int, int], desk: Desk
) -> None:
    guard = needs(Permission.OWN_ACCOUNT)
    desk.app.add_api_route("/papers/{broker}/{reference}", _told, dependencies=[guard])
    browser = desk.signed_in(desk.user(role, broker="anker" if role == "broker" else None))
    own, others = browser.get("/papers/anker/S-1"), browser.get("/papers/brise/S-1")
    assert (own.status, others.status) == statuses
    assert desk.browser().get("/papers/anker/S-1").status == 303
