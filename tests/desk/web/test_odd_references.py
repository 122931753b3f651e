"""Shipments whose references are no plain words: every page of theirs opens, and none opens another's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pytest
from fastapi.routing import APIRoute

from archive.accounts.passwords import Passwords
from archive.accounts.people import ROLES, Role
from desk.web.access import GRANTS, Permission, guard_of
from desk.web.app import ROUTERS
from flows.links import segment
from tests.breadth import mostly_slow
from tests.desks import Browser, Desk
from tests.stocked import PAPER, put, stocked_desk

ODD: Final = (
    "2026/0417", "../../etc/passwd", "50% off", "a%2Fb", "#1?x=1&y;+", "Übersee 报关", "back\\slash", "A-1/claim",
    "'\"<b>\nends/",
)  # fmt: skip
ROUTES: Final = [
    (method, route)
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute) and "{reference}" in route.path
    for method in sorted(route.methods or ())
]


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes long under load is not answered as if it took long for its name."""
    monkeypatch.setattr("desk.web.underway.PATIENCE", 60)


@pytest.fixture(scope="module")
def odd_desk(tmp_path_factory: pytest.TempPathFactory, quick: Passwords) -> Iterator[Desk]:
    with stocked_desk(tmp_path_factory.mktemp("odd"), quick) as desk:
        for reference in ODD:
            put(desk.hall.workshop, "anker", reference, "held")
        yield desk


@pytest.fixture(scope="module")
def browsers(odd_desk: Desk) -> dict[Role, Browser]:
    return {role: odd_desk.signed_in(odd_desk.user(role)) for role in ROLES}


def _path(route: APIRoute, reference: str) -> str:
    filled = route.path.replace("{broker}", "anker").replace("{reference}", segment(reference))
    return re.sub(r"\{\w+(:\w+)?\}", "1", filled)


def _browser(route: APIRoute, browsers: dict[Role, Browser]) -> Browser:
    guard = guard_of(route)
    assert isinstance(guard, Permission)
    return next(browsers[role] for role in ROLES if guard in GRANTS[role])


@pytest.mark.slow
@pytest.mark.parametrize(("method", "route"), ROUTES, ids=[f"{method} {route.path}" for method, route in ROUTES])
def test_every_route_answers_an_odd_reference_as_a_plain_one(
    method: str, route: APIRoute, browsers: dict[Role, Browser]
) -> None:
    browser = _browser(route, browsers)

    def asked(reference: str) -> int:
        path = _path(route, reference)
        return (browser.post(path) if method == "POST" else browser.ask(method, path)).status

    odd = ODD[:2] if method == "POST" else ODD  # Some routes have papers read.
    assert {reference: asked(reference) for reference in odd} == dict.fromkeys(odd, asked("A-1"))


@pytest.mark.parametrize("reference", mostly_slow(ODD, quick=ODD[:2]))
@pytest.mark.parametrize(
    ("role", "before"), [("clerk", "/shipments/anker/"), ("auditor", "/audit/shipments/anker/"), ("broker", "/mine/")]
)
def test_a_page_leads_to_itself_under_the_address_that_it_has(
    role: Role, before: str, reference: str, browsers: dict[Role, Browser]
) -> None:
    page = browsers[role].get(before + segment(reference))
    assert page.status == 200
    assert f"{before}{segment(reference)}/" in page.text


@pytest.mark.parametrize("reference", mostly_slow(ODD, quick=ODD[:2]))
def test_its_paper_is_handed_out_and_no_other(reference: str, browsers: dict[Role, Browser]) -> None:
    page = browsers["auditor"].get(f"/audit/shipments/anker/{segment(reference)}")
    found = re.search(r'href="([^"]*/originals/[^"]*)"', page.text)
    assert found is not None
    assert browsers["auditor"].get(found[1].replace("&amp;", "&")).text == (PAPER + reference.encode()).decode()


@pytest.mark.parametrize("reference", ["2026%2F0417", "%2E%2E%2F%2E%2E%2Fetc%2Fpasswd", "..", "%2e%2e/A-1", "nothing"])
def test_an_address_that_names_no_shipment_is_answered_as_missing(
    reference: str, browsers: dict[Role, Browser]
) -> None:
    assert browsers["clerk"].get(f"/shipments/anker/{reference}").status == 404


def test_who_signs_in_comes_back_to_the_odd_page(odd_desk: Desk) -> None:
    user, browser = odd_desk.user("clerk", name="karla"), odd_desk.browser()
    asked = f"/shipments/anker/{segment('2026/0417')}?x=1"
    sent = browser.get(asked).headers["location"]
    page = browser.get(sent).text
    told = re.search(r'name="next" value="([^"]*)"', page)
    assert told is not None
    form = {"name": user.name, "password": "quay road at low tide", "next": told[1]}
    assert browser.post("/login", form).headers["location"] == asked
