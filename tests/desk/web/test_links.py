"""Links to files: good in the session that showed them, and nowhere else."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from html import unescape

import pytest
from fastapi.routing import APIRoute

from archive.accounts.passwords import Passwords
from desk.web.app import ROUTERS
from desk.web.links import refuse_anothers
from tests.desks import Browser, Desk
from tests.stocked import stocked_desk

CASE = "/audit/shipments/anker/A-2"


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory, quick: Passwords) -> Iterator[Desk]:
    with stocked_desk(tmp_path_factory.mktemp("links"), quick) as desk:
        desk.user("auditor")
        desk.user("supervisor")
        yield desk


def _auditor(desk: Desk, name: str = "auditor") -> Browser:
    return desk.signed_in(desk.accounts.users.named(name))


def _links(browser: Browser) -> list[str]:
    """Of the papers, the records, the declaration among them, and the journal's head."""
    pages = browser.get(CASE).text + browser.get("/audit/journal").text
    return [unescape(one) for one in re.findall(r'href="([^"]+)" download', pages)]


def test_every_file_that_a_page_shows_is_handed_out_in_its_session(stocked: Desk) -> None:
    browser = _auditor(stocked)
    links = _links(browser)
    assert any("/originals/" in one for one in links)
    assert any("/records/" in one for one in links)
    answers = [browser.get(one) for one in links]
    assert {(one.status, one.headers["content-disposition"].partition(";")[0]) for one in answers} == {
        (200, "attachment")
    }


@pytest.mark.parametrize("name", ["auditor", "supervisor"])
def test_a_link_of_another_session_is_refused_whoever_has_it(name: str, stocked: Desk) -> None:
    links, other = _links(_auditor(stocked)), _auditor(stocked, name)
    assert {other.get(one).status for one in links} == {403}
    assert "was made for another session" in other.get(links[0]).text


def test_a_link_of_a_session_that_is_over_leads_to_the_page_to_sign_in_and_is_of_no_use_behind_it(
    stocked: Desk,
) -> None:
    browser = _auditor(stocked)
    link = _links(browser)[0]
    browser.post("/logout")
    assert browser.get(link).headers["location"].startswith("/login?next=/audit/")
    assert _auditor(stocked).get(link).status == 403


def test_a_link_is_for_one_file_alone(stocked: Desk) -> None:
    browser = _auditor(stocked)
    first, second = _links(browser)[:2]
    swapped = f"{first.partition('?')[0]}?{second.partition('?')[2]}"
    assert browser.get(swapped).status == 403
    assert browser.get(first.partition("?")[0]).status == 403
    assert browser.get(f"{first.partition('?')[0]}?key=").status == 403


def _hands_out(function: Callable[..., object]) -> bool:
    """Whether it, or a function of its module that it calls, hands out a file."""
    source = inspect.getsource(function)
    if re.search(r"\b(attached|sent|handed_over)\(", source):
        return True
    own = inspect.getmembers(inspect.getmodule(function), inspect.isfunction)
    return any(
        re.search(rf"\b{name}\(", source) and _hands_out(one)
        for name, one in own
        if one.__module__ == function.__module__ and one is not function
    )


def test_every_route_that_hands_out_a_file_asks_for_such_a_link_or_for_the_token_of_a_form() -> None:
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    handing = [one for one in routes if _hands_out(one.endpoint)]
    assert len(handing) >= 4
    assert "/audit/shipments/{broker}/{reference}/evidence/file" in {one.path for one in handing}
    unbound = [
        one.path
        for one in handing
        if "GET" in (one.methods or ()) and refuse_anothers not in {inner.call for inner in one.dependant.dependencies}
    ]
    assert unbound == []
