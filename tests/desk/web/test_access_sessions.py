"""Sessions: whose id counts, for how long, in which cookie."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from archive.accounts.accounts import Accounts
from archive.accounts.people import User
from desk.web.access import SIGN_IN
from flows.settings import Settings
from tests.desks import PASSWORD, Desk

COOKIE = "tidewaiter-session"
IDLE = dt.timedelta(minutes=30)


def test_an_id_that_was_there_before_is_of_no_use_after_signing_in(desk: Desk) -> None:
    attacker, victim = desk.signed_in(desk.user("clerk", name="mallory")), desk.browser()
    placed = attacker.cookie(COOKIE)
    assert placed is not None
    user = desk.user("clerk", name="vera")
    victim.client.cookies.set(COOKIE, placed, domain="127.0.0.1", path="/")
    victim.get("/account")
    victim.post(SIGN_IN, {"name": user.name, "password": PASSWORD})
    assert victim.cookie(COOKIE) != placed
    assert "vera" in victim.get("/account").text
    assert attacker.get("/account").status == 303


def test_an_id_that_nobody_handed_out_opens_nothing_and_is_not_taken_over(desk: Desk) -> None:
    user, browser = desk.user("clerk"), desk.browser()
    browser.client.cookies.set(COOKIE, "chosen by somebody", domain="127.0.0.1", path="/")
    assert browser.get("/account").status == 303
    browser.get(SIGN_IN)
    browser.post(SIGN_IN, {"name": user.name, "password": PASSWORD})
    assert browser.cookie(COOKIE) not in {None, "chosen by somebody"}


def test_the_second_factor_gives_a_new_id_too(desk: Desk) -> None:
    user, browser = desk.user("supervisor"), desk.browser()
    browser.get(SIGN_IN)
    browser.post(SIGN_IN, {"name": user.name, "password": PASSWORD})
    before = browser.cookie(COOKIE)
    browser.get("/login/code")
    browser.post("/login/code", {"code": desk.code(user)})
    assert browser.cookie(COOKIE) not in {None, before}


def test_a_session_ends_when_nothing_is_asked_of_it(desk: Desk) -> None:
    browser = desk.signed_in(desk.user("clerk"))
    desk.clock.pass_by(IDLE - dt.timedelta(seconds=1))
    assert browser.get("/account").status == 200
    desk.clock.pass_by(IDLE)
    assert browser.get("/account").status == 303


def test_a_session_that_is_used_all_the_time_ends_after_twelve_hours(desk: Desk) -> None:
    browser = desk.signed_in(desk.user("clerk"))
    lasted = dt.timedelta()
    while browser.get("/account").status == 200:
        lasted += dt.timedelta(minutes=20)
        desk.clock.pass_by(dt.timedelta(minutes=20))
    assert lasted == dt.timedelta(hours=12)


def _password(accounts: Accounts, user: User) -> None:
    accounts.users.set_password(user, accounts.passwords.hashed("something else"), must_change=True)


def _role(accounts: Accounts, user: User) -> None:
    accounts.users.set_role(user, "auditor", None)


def _disabled(accounts: Accounts, user: User) -> None:
    accounts.users.set_disabled(user, is_disabled=True)


def _authenticator(accounts: Accounts, user: User) -> None:
    accounts.second_factors.forget(user)


@pytest.mark.parametrize("change", [_password, _role, _disabled, _authenticator])
def test_every_session_of_a_user_ends_when_what_it_rests_on_changes(
    change: Callable[[Accounts, User], None], desk: Desk
) -> None:
    user, other = desk.user("clerk"), desk.signed_in(desk.user("clerk", name="other"))
    browsers = [desk.signed_in(user), desk.signed_in(user)]
    assert [browser.get("/account").status for browser in browsers] == [200, 200]
    change(desk.accounts, user)
    assert [browser.get("/account").status for browser in browsers] == [303, 303]
    assert other.get("/account").status == 200


def test_who_changes_the_password_stays_signed_in_and_nobody_else_does(desk: Desk) -> None:
    user = desk.user("clerk")
    here, elsewhere = desk.signed_in(user), desk.signed_in(user)
    here.get("/login/password")
    here.post("/login/password", {"old": PASSWORD, "new": "another long password"})
    assert (here.get("/account").status, elsewhere.get("/account").status) == (200, 303)


def test_under_tls_the_cookie_is_this_hosts_alone_and_no_script_sees_it(
    make_desk: Callable[[Settings], Desk], settings: Settings
) -> None:
    desk = make_desk(settings.model_copy(update={"desk_url": "https://desk.example.com"}))
    user, browser = desk.user("clerk"), desk.browser(origin="https://desk.example.com")
    browser.get(SIGN_IN)
    answer = browser.post(SIGN_IN, {"name": user.name, "password": PASSWORD})
    told = answer.headers["set-cookie"]
    name, _, marks = told.partition("=")
    assert name == "__Host-tidewaiter-session"
    assert {part.strip() for part in marks.split(";")[1:]} == {"HttpOnly", "Path=/", "SameSite=lax", "Secure"}
    assert browser.get("/account").status == 200
    assert answer.headers["strict-transport-security"]


def test_on_this_machine_alone_the_cookie_needs_no_tls_and_no_script_sees_it_all_the_same(desk: Desk) -> None:
    user, browser = desk.user("clerk"), desk.browser()
    browser.get(SIGN_IN)
    told = browser.post(SIGN_IN, {"name": user.name, "password": PASSWORD}).headers["set-cookie"]
    assert {part.strip() for part in told.split(";")[1:]} == {"HttpOnly", "Path=/", "SameSite=lax"}


@pytest.mark.parametrize("site", ["none", "cross-site", "same-site"])
def test_a_link_in_a_mail_opens_the_page_for_who_is_signed_in(site: str, desk: Desk) -> None:
    browser = desk.signed_in(desk.user("clerk"))
    followed = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert browser.get("/account", followed).status == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize(("mode", "dest"), [("no-cors", "image"), ("cors", "empty"), ("navigate", "iframe")])
def test_nobody_is_signed_in_at_a_part_of_another_sites_page(site: str, mode: str, dest: str, desk: Desk) -> None:
    browser = desk.signed_in(desk.user("clerk"))
    asked = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest}
    assert browser.get("/account", asked).status == 303
    assert browser.get("/account", {**asked, "Sec-Fetch-Site": "same-origin"}).status == 200


def test_a_page_that_looks_for_news_by_itself_keeps_no_session_alive(desk: Desk) -> None:
    browser = desk.signed_in(desk.user("clerk"))
    answers = []
    for _ in range(4):
        desk.clock.pass_by(dt.timedelta(minutes=8))
        answers.append(browser.get("/account", {"X-Desk-Look": "1"}).status)
    assert answers == [200, 200, 200, 303]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("http://127.0.0.1:8480/login?next=/queue", "/login?next=/queue"),
        ("http://evil.example//evil.example/x", "/evil.example/x"),
        ("", "/"),
    ],
)
def test_who_chooses_a_language_stays_on_the_page_and_keeps_it(before: str, after: str, desk: Desk) -> None:
    browser = desk.browser()
    browser.get(SIGN_IN)
    answer = browser.post("/language", {"language": "de"}, {"Referer": before})
    assert (answer.status, answer.headers["location"]) == (303, after)
    assert '<html lang="de">' in browser.get(SIGN_IN).text
