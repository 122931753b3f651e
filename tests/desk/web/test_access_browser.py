"""Ways in, in a real browser: through an identity provider, by an authenticator's picture, by a link in a mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pydantic import SecretStr

from archive.accounts.passwords import Passwords
from archive.accounts.users import NewUser
from desk.web.app import create_app
from tests.browsers import axe_findings, chromium, served, signed_in
from tests.desks import NOON, PASSWORD, Desk
from tests.providers import CLIENT, CLIENT_SECRET, Provider, running_provider
from tests.stocked import stocked_desk

pytestmark = pytest.mark.slow
SITE = "http://mail.example/"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with running_provider() as found:
        yield found


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, quick: Passwords, provider: Provider) -> Iterator[Desk]:
    told = {
        "oidc_issuer": provider.issuer,
        "oidc_client_id": CLIENT,
        "oidc_client_secret": SecretStr(CLIENT_SECRET),
        "oidc_label": "Harbour ID",
    }
    with stocked_desk(tmp_path_factory.mktemp("ways-in"), quick) as made:
        hall = replace(made.hall, settings=made.hall.settings.model_copy(update=told))
        yield Desk(create_app(hall), hall, made.clock)


@pytest.fixture(scope="module")
def address(desk: Desk) -> Iterator[str]:
    with served(desk) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    found = browser.new_context(viewport={"width": 1366, "height": 768})
    yield found
    found.close()


def test_somebody_comes_in_through_the_provider_by_one_button(
    context: BrowserContext, desk: Desk, address: str, provider: Provider
) -> None:
    desk.accounts.users.add(NewUser("bea", "clerk", None, ""), NOON)
    provider.claims = {"sub": "b", "preferred_username": "bea"}
    page = context.new_page()
    page.goto(f"{address}/queue?severity=error")
    assert axe_findings(page) == []
    page.get_by_role("link", name="Sign in with Harbour ID").click()
    page.wait_for_url(f"{address}/queue?severity=error")
    page.goto(f"{address}/account")
    expect(page.get_by_text("have no password here")).to_be_visible()
    assert axe_findings(page) == []


def test_who_is_refused_reads_why_and_no_code_stays_in_the_address(
    context: BrowserContext, address: str, provider: Provider
) -> None:
    provider.claims = {"sub": "n", "preferred_username": "nobody"}
    page = context.new_page()
    page.goto(f"{address}/login")
    page.get_by_role("link", name="Sign in with Harbour ID").click()
    expect(page.get_by_role("alert")).to_contain_text("may not work here")
    assert page.url == f"{address}/login?told=unknown"
    assert axe_findings(page) == []


def _scanned(page: Page, folder: Path) -> str:
    """What an authenticator's camera would see in the picture on the page."""
    taken = page.get_by_role("img", name="QR").screenshot(path=folder / "code.png")
    picture = cv2.imdecode(np.frombuffer(taken, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return str(cv2.QRCodeDetector().detectAndDecode(picture)[0])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_authenticator_is_set_up_by_its_picture(
    browser: Browser, desk: Desk, address: str, tmp_path: Path, scheme: str
) -> None:
    name = f"sue.{scheme}"
    user = desk.accounts.users.add(NewUser(name, "supervisor", None, ""), NOON)
    desk.accounts.users.set_password(user, desk.accounts.passwords.hashed(PASSWORD), must_change=False)
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(f"{address}/login")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading")).to_have_text("Set up an authenticator")
    assert axe_findings(page) == []
    code = pyotp.parse_uri(_scanned(page, tmp_path))
    assert isinstance(code, pyotp.TOTP)
    assert (code.name, code.issuer, code.secret) == (name, "Tidewaiter", desk.accounts.second_factors.begin(user))
    page.get_by_label("Code").fill(code.at(desk.clock()))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading")).to_have_text("Recovery codes")
    assert axe_findings(page) == []
    context.close()


def _on_another_site(page: Page, content: str) -> None:
    def answer(route: Route) -> None:
        route.fulfill(body=f"<!doctype html><title>Mail</title>{content}", content_type="text/html")

    page.route(SITE, answer)
    page.goto(SITE)


@pytest.fixture(scope="module")
def clerk(desk: Desk) -> str:
    return desk.user("clerk", name="clara").name


@pytest.fixture
def working(context: BrowserContext, address: str, clerk: str) -> Page:
    """A page of a clerk who signed in, so that the cookie is as the desk made it."""
    page = context.new_page()
    page.goto(f"{address}/login")
    page.get_by_label("Name").fill(clerk)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/queue")
    return page


def test_a_link_in_a_mail_opens_the_page_for_who_is_signed_in(working: Page, address: str) -> None:
    _on_another_site(working, f'<a href="{address}/queue/search?reference=A-1">The shipment A-1</a>')
    working.get_by_role("link", name="The shipment A-1").click()
    working.wait_for_url("**/queue/search?reference=A-1")
    expect(working.get_by_role("link", name="A-1")).to_be_visible()


def test_a_form_of_another_site_signs_nobody_out(working: Page, address: str) -> None:
    _on_another_site(working, f'<form method="post" action="{address}/logout"><button>Win</button></form>')
    with working.expect_navigation():
        working.get_by_role("button", name="Win").click()
    expect(working.get_by_role("heading")).to_have_text("Not for you")
    working.goto(f"{address}/queue")
    expect(working.get_by_role("link", name="A-1")).to_be_visible()


def test_a_link_to_a_file_of_another_session_is_explained(browser: Browser, desk: Desk, address: str) -> None:
    desk.user("auditor")
    with signed_in(browser, desk, address, "auditor") as page:
        page.goto(f"{address}/audit/shipments/anker/A-1")
        link = page.locator("a[download]").first.get_attribute("href")
    user = desk.accounts.users.named("auditor")
    identity = desk.accounts.sessions.open(user, desk.clock(), is_second_factor_given=True, instead_of=None)
    context = browser.new_context()
    context.add_cookies([{"name": "tidewaiter-session", "value": identity, "url": address}])
    page = context.new_page()
    page.goto(f"{address}{link}")
    expect(page.get_by_role("heading")).to_have_text("This link was made for another session")
    assert axe_findings(page) == []
    context.close()
