"""Every route against who would make it change, show or log what it should not."""

from __future__ import annotations

import datetime as dt
import io
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx
import pyotp
import pytest
from fastapi.routing import APIRoute
from pydantic import SecretStr
from typing_extensions import override

from archive.accounts.accounts import open_accounts
from archive.accounts.passwords import Passwords
from archive.accounts.people import ROLES
from archive.accounts.users import NewUser
from desk.web.access import ENROL, GRANTS, NEW_PASSWORD, PROVIDER, SECOND_FACTOR, SIGN_IN, guard_of
from desk.web.app import ROUTERS, create_app
from desk.web.hall import Hall
from flows import logs
from flows.settings import Settings
from flows.workshop import open_records, open_workshop
from tests.desks import LIFETIME, NOON, ORIGIN, PASSWORD, Browser, Clock, Desk
from tests.providers import CLIENT, CLIENT_SECRET, running_provider
from tests.stocked import stocked_desk

ROUTES: Final = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
CHANGING: Final = [route for route in ROUTES if not (route.methods or set()) <= {"GET", "HEAD"}]
OTHERS: Final[tuple[Mapping[str, str], ...]] = (
    {},
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:8481"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"},
)


def _path(route: APIRoute, other: str = "1") -> str:
    filled = route.path.replace("{broker}", "anker").replace("{reference}", "A-1")
    return re.sub(r"\{\w+(:\w+)?\}", lambda _: other, filled)


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory, quick: Passwords) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("hostile-routes")
    with stocked_desk(folder, quick) as desk:
        for name in ("canary.txt", "data/canary.txt", "exchange/canary.txt"):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text("CANARY")
        yield desk


@pytest.fixture(scope="module")
def browsers(stocked: Desk) -> dict[str, Browser]:
    """Somebody of each role, and somebody unknown, each with the token that the forms of theirs have."""
    unknown = stocked.browser()
    unknown.get(SIGN_IN)
    return {"anyone": unknown, **{role: stocked.signed_in(stocked.user(role)) for role in ROLES}}


def _browser(route: APIRoute, browsers: Mapping[str, Browser]) -> Browser:
    """Somebody for whom the route is."""
    guard = guard_of(route)
    if guard == "anyone":
        return browsers["anyone"]
    return next(browsers[role] for role in ROLES if guard == "halfway" or guard in GRANTS[role])


@pytest.mark.parametrize("route", CHANGING, ids=[route.path for route in CHANGING])
def test_no_route_is_made_to_change_anything_by_another_page_that_has_the_token(
    route: APIRoute, browsers: dict[str, Browser]
) -> None:
    browser = _browser(route, browsers)
    token = {"csrf_token": browser.token}
    assert browser.token
    answers = [browser.ask("POST", _path(route), fields=token, headers=headers).status for headers in OTHERS]
    assert answers == [403] * len(OTHERS)


@pytest.mark.parametrize("route", CHANGING, ids=[route.path for route in CHANGING])
def test_no_route_takes_the_token_from_an_address_or_of_another_session(
    route: APIRoute, browsers: dict[str, Browser]
) -> None:
    browser, told = _browser(route, browsers), {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}
    other = next(one.token for one in browsers.values() if one is not browser)
    in_address = browser.ask("POST", f"{_path(route)}?csrf_token={browser.token}", headers=told)
    of_another = browser.ask("POST", _path(route), fields={"csrf_token": other}, headers=told)
    as_header = browser.ask("POST", _path(route), headers={**told, "X-CSRF-Token": other})
    assert [one.status for one in (in_address, of_another, as_header)] == [403, 403, 403]


@pytest.mark.parametrize("route", CHANGING, ids=[route.path for route in CHANGING])
def test_no_change_is_made_by_a_link(route: APIRoute, browsers: dict[str, Browser]) -> None:
    """A browser sends the session along with a link that leads here from another site (`SameSite=Lax`)."""
    both = [one for one in ROUTES if one.path == route.path and "GET" in (one.methods or ())]
    browser = _browser(route, browsers)
    answer = browser.get(f"{_path(route)}?csrf_token={browser.token}")
    assert both or answer.status in {404, 405}


PLACED: Final = [
    route for route in ROUTES if "GET" in (route.methods or ()) and re.search(r"\{(?!broker|reference)\w+", route.path)
]
TRAPS: Final = (
    "../canary.txt", "..%2fcanary.txt", "..%2f..%2fcanary.txt", "..%5c..%5ccanary.txt", "%2e%2e/%2e%2e/canary.txt",
    "..%252f..%252fcanary.txt", "....//canary.txt", "%2fetc%2fpasswd", "..%00canary.txt", "file:%2f%2f%2fetc%2fpasswd",
    "..%c0%af..%c0%afcanary.txt", "data%2fcanary.txt", "a" * 5000,
)  # fmt: skip


@pytest.mark.parametrize("route", PLACED, ids=[route.path for route in PLACED])
def test_no_part_of_an_address_leads_to_a_file_that_it_should_not(
    route: APIRoute, browsers: dict[str, Browser]
) -> None:
    browser = _browser(route, browsers)
    for trap in TRAPS:
        path = _path(route, trap)
        for address in (path, browser.link(path)):
            answer = browser.get(address)
            assert 400 <= answer.status < 500, f"{trap}: {answer.status}"
            assert "CANARY" not in answer.text
            assert "root:" not in answer.text


class _Heard(logging.Handler):
    """Everything that any part of this process says, with every argument."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.getMessage()} {record.__dict__}")


@contextmanager
def _heard() -> Iterator[Callable[[], str]]:
    """What was logged so far, by us and by the libraries."""
    root, ours, stream = logging.getLogger(), logging.getLogger(logs.LOGGER), io.StringIO()
    handler, before = _Heard(), (root.level, ours.handlers, ours.level)
    logs.start_logging(Settings(log_level="debug"), stream=stream)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield lambda: "\n".join((stream.getvalue(), *handler.lines))
    finally:
        root.removeHandler(handler)
        root.setLevel(before[0])
        ours.handlers, ours.level = before[1], before[2]


def _without_the_clients_own(logged: str) -> str:
    """Browsers of these tests log what they ask for, as no browser of a person does here."""
    return "\n".join(line for line in logged.splitlines() if "HTTP Request: " not in line and "httpcore" not in line)


def _told(desk: Desk) -> tuple[set[str], set[str]]:
    """What was secret on every way in and out: what nothing may keep, and what is kept and not logged."""
    passwords, users = desk.accounts.passwords, desk.accounts.users
    user = users.add(NewUser("ada", "supervisor", None, passwords.hashed(PASSWORD)), NOON)
    browser = desk.browser()
    browser.get(SIGN_IN)
    browser.post(SIGN_IN, {"name": "ada", "password": "guess of a stranger"})
    browser.post(SIGN_IN, {"name": "a password typed as name", "password": PASSWORD})
    browser.post(SIGN_IN, {"name": "ada", "password": PASSWORD})
    ids = {browser.cookie("tidewaiter-session"), browser.cookie("tidewaiter-form")}
    browser.get(NEW_PASSWORD)
    ids.add(browser.token)
    browser.post(NEW_PASSWORD, {"old": PASSWORD, "new": "the second long password"})
    browser.get(ENROL)
    secret = desk.accounts.second_factors.begin(user)
    codes = re.findall(r"<code>([a-z0-9-]{23})</code>", browser.post(ENROL, {"code": desk.code(user)}).text)
    ids.add(browser.cookie("tidewaiter-session"))
    browser.get("/account")
    browser.post("/logout")
    browser.get(SIGN_IN)
    browser.post(SIGN_IN, {"name": "ada", "password": "the second long password"})
    browser.get(SECOND_FACTOR)
    assert browser.post(SECOND_FACTOR, {"code": codes[0]}).status == 303
    ids.add(browser.cookie("tidewaiter-session"))
    typed = {PASSWORD, "guess of a stranger", "a password typed as name", "the second long password"}
    return typed | set(codes) | {one for one in ids if one}, {secret, pyotp.TOTP(secret).provisioning_uri(name="ada")}


def _through_provider(desk: Desk) -> set[str]:
    desk.accounts.users.add(NewUser("bea", "clerk", None, ""), NOON)
    browser = desk.browser()
    sent = browser.get(PROVIDER).headers["location"]
    word = (browser.cookie("tidewaiter-errand") or "").partition(".")[0]
    back = httpx.URL(httpx.get(sent, trust_env=False).headers["location"])
    assert browser.get(back.raw_path.decode()).headers["location"] == "/"
    browser.get(back.raw_path.decode())
    return {word, back.params["code"], browser.cookie("tidewaiter-session") or "", CLIENT_SECRET}


def test_no_secret_of_any_way_in_is_logged_or_kept(tmp_path: Path, quick: Passwords) -> None:
    with _heard() as heard, running_provider() as provider:
        provider.claims = {"sub": "7", "preferred_username": "bea"}
        settings = Settings(
            data_dir=tmp_path / "data",
            exchange_dir=tmp_path / "exchange",
            oidc_issuer=provider.issuer,
            oidc_client_id=CLIENT,
            oidc_client_secret=SecretStr(CLIENT_SECRET),
        )
        with (
            open_records(settings) as records,
            open_workshop(settings) as workshop,
            open_accounts(tmp_path / "data" / "accounts.sqlite", LIFETIME, passwords=quick) as accounts,
        ):
            clock = Clock()
            hall = Hall(settings, records, workshop, accounts, clock)
            desk = Desk(create_app(hall), hall, clock)
            secrets, kept = _told(desk)
            clock.pass_by(dt.timedelta(minutes=1))
            provider.now = clock()
            secrets |= {*_through_provider(desk), *provider.given}
            files = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        logged = _without_the_clients_own(heard())
    assert '"event": "desk_signed_in"' in logged
    assert '"why": "provider_answer:begun_in_no_browser_or_in_another_one"' in logged
    assert {one for one in secrets | kept if one in logged} == set()
    assert any(path.name.startswith("accounts.sqlite") and b"ada" in content for path, content in files.items())
    assert {one for one in secrets for content in files.values() if one.encode() in content} == set()
    assert CLIENT_SECRET not in str(settings)
