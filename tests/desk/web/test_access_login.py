"""The way in: name and password, the second factor, the first password, and the way out."""

from __future__ import annotations

import datetime as dt
import io
import logging
import re
from collections.abc import Iterator
from typing import Literal

import pytest
import segno
from argon2 import PasswordHasher
from typing_extensions import override

from archive.accounts.passwords import Passwords, one_time
from archive.accounts.people import User
from archive.accounts.second_factor import address_of
from archive.accounts.users import NewUser
from desk.web.access import ENROL, ENROL_PICTURE, NEW_PASSWORD, SECOND_FACTOR, SIGN_IN
from flows import logs
from flows.settings import Settings
from tests.desks import NOON, PASSWORD, Answer, Browser, Desk

QUARTER = dt.timedelta(minutes=15)
TRIES = 5


def _tried(browser: Browser, name: str, password: str) -> Answer:
    browser.get(SIGN_IN)
    return browser.post(SIGN_IN, {"name": name, "password": password})


def _led_to(answer: Answer) -> str:
    assert answer.status == 303
    return answer.headers["location"]


def test_who_is_not_signed_in_is_sent_to_sign_in_and_comes_back_to_the_page_asked_for(desk: Desk) -> None:
    user, browser = desk.user("clerk"), desk.browser()
    sent = browser.get("/account")
    assert _led_to(sent) == "/login?next=/account"
    browser.get(sent.headers["location"])
    came = browser.post(SIGN_IN, {"name": user.name, "password": PASSWORD, "next": "/account"})
    assert _led_to(came) == "/account"
    assert browser.get("/account").status == 200


@pytest.mark.parametrize("trap", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\nb", "javascript:x"])
def test_nobody_is_led_to_another_site(trap: str, desk: Desk) -> None:
    user, browser = desk.user("clerk"), desk.browser()
    browser.get(SIGN_IN)
    assert _led_to(browser.post(SIGN_IN, {"name": user.name, "password": PASSWORD, "next": trap})) == "/"


def test_what_stands_in_the_address_is_never_markup(desk: Desk) -> None:
    page = desk.browser().get('/login?next="><script>alert(1)</script>')
    assert "<script>alert" not in page.text


def test_a_script_that_asks_without_a_session_is_told_to_open_the_page_to_sign_in(desk: Desk) -> None:
    answer = desk.browser().get("/account", {"HX-Request": "true"})
    assert (answer.status, answer.headers["hx-redirect"]) == (401, "/login?next=/account")


@pytest.mark.parametrize("name", ["clerk", "nobody", "", "a b"])
def test_a_wrong_password_and_an_unknown_name_are_answered_alike(name: str, desk: Desk) -> None:
    desk.user("clerk")
    answer = _tried(desk.browser(), name, "not the password")
    assert answer.status == 401
    assert "Name or password is wrong." in answer.text


class _CountingHasher(PasswordHasher):
    looked_at = 0

    @override
    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        self.looked_at += 1
        return super().verify(hash, password)


def test_an_unknown_name_costs_as_many_comparisons_as_a_wrong_password() -> None:
    hasher = _CountingHasher(time_cost=1, memory_cost=8, parallelism=1)
    passwords = Passwords(hasher)
    kept = passwords.hashed(PASSWORD)
    assert [passwords.fits(None, PASSWORD), passwords.fits(kept, "wrong"), passwords.fits(kept, PASSWORD)] == [
        False, False, True,
    ]  # fmt: skip
    assert hasher.looked_at == 3


def test_a_disabled_user_does_not_get_in(desk: Desk) -> None:
    user = desk.user("clerk")
    desk.accounts.users.set_disabled(user, is_disabled=True)
    assert _tried(desk.browser(), user.name, PASSWORD).status == 401


def test_after_too_many_wrong_passwords_not_even_the_right_one_is_looked_at_for_a_while(desk: Desk) -> None:
    user = desk.user("clerk")
    answers = [_tried(desk.browser(), user.name, "guess").status for _ in range(TRIES + 1)]
    assert answers == [*([401] * TRIES), 429]
    assert _tried(desk.browser(), user.name, PASSWORD).status == 429
    assert _tried(desk.browser(address="192.0.2.8"), user.name, PASSWORD).status == 303
    desk.clock.pass_by(QUARTER)
    assert _tried(desk.browser(), user.name, PASSWORD).status == 303


def test_the_right_password_ends_the_counting(desk: Desk) -> None:
    user = desk.user("clerk")
    for _ in range(3):
        assert [_tried(desk.browser(), user.name, "guess").status for _ in range(TRIES - 1)] == [401] * (TRIES - 1)
        assert _tried(desk.browser(), user.name, PASSWORD).status == 303


def test_who_was_given_a_password_chooses_another_one_before_anything_else(desk: Desk) -> None:
    given = one_time()
    desk.accounts.users.add(NewUser("karl", "clerk", None, desk.accounts.passwords.hashed(given)), NOON)
    browser = desk.browser()
    assert _led_to(_tried(browser, "karl", given)) == "/"
    assert _led_to(browser.get("/account")) == NEW_PASSWORD
    browser.get(NEW_PASSWORD)
    assert browser.post(NEW_PASSWORD, {"old": given, "new": "short"}).status == 422
    assert browser.post(NEW_PASSWORD, {"old": given, "new": given}).status == 422
    assert browser.post(NEW_PASSWORD, {"old": "wrong", "new": PASSWORD}).status == 401
    assert _led_to(browser.post(NEW_PASSWORD, {"old": given, "new": PASSWORD})) == "/"
    assert browser.get("/account").status == 200
    assert _tried(desk.browser(), "karl", given).status == 401


def test_the_old_password_is_not_to_be_guessed_at_the_page_that_changes_it(desk: Desk) -> None:
    browser = desk.signed_in(desk.user("clerk"))
    browser.get(NEW_PASSWORD)
    tries = [browser.post(NEW_PASSWORD, {"old": "guess", "new": "a long enough one"}).status for _ in range(TRIES + 1)]
    assert tries == [*([401] * TRIES), 429]


@pytest.fixture
def newcomer(desk: Desk) -> User:
    """A supervisor who has a password and no authenticator yet."""
    passwords = desk.accounts.passwords
    user = desk.accounts.users.add(NewUser("ada", "supervisor", None, passwords.hashed(PASSWORD)), NOON)
    desk.accounts.users.set_password(user, passwords.hashed(PASSWORD), must_change=False)
    return desk.accounts.users.named("ada")


def _picture_of(text: str) -> str:
    drawn = io.BytesIO()
    segno.make(text, micro=False).save(drawn, kind="svg")
    return drawn.getvalue().decode()


def _drawn(svg: str) -> str:
    """The dark signs of the code, whatever its size and colours."""
    found = re.search(r'class="qrline"[^>]* d="([^"]+)"', svg)
    assert found is not None
    return found[1]


def test_a_supervisor_sets_up_an_authenticator_before_anything_else(desk: Desk, newcomer: User) -> None:
    browser = desk.browser()
    _tried(browser, "ada", PASSWORD)
    assert _led_to(browser.get("/account")) == ENROL
    page = browser.get(ENROL)
    secret = desk.accounts.second_factors.begin(newcomer)
    assert secret in page.text.replace(" ", "")
    picture = browser.get(ENROL_PICTURE)
    assert (picture.headers["content-type"], picture.headers["cache-control"]) == ("image/svg+xml", "no-store")
    assert _drawn(picture.text) == _drawn(_picture_of(address_of(newcomer, secret)))
    assert browser.post(ENROL, {"code": "000000"}).status == 401
    assert _led_to(browser.get("/account")) == ENROL
    shown = browser.post(ENROL, {"code": desk.code(newcomer)})
    assert len(re.findall(r"<code>[a-z0-9-]{23}</code>", shown.text)) == 10
    assert browser.get("/account").status == 200
    assert _led_to(browser.get(ENROL)) == "/"
    assert browser.get(ENROL_PICTURE).status == 404


def test_a_password_alone_is_not_enough_where_there_is_an_authenticator(desk: Desk) -> None:
    user, browser = desk.user("supervisor"), desk.browser()
    _tried(browser, user.name, PASSWORD)
    for page in ("/account", NEW_PASSWORD, ENROL):
        assert browser.get(page).status == 303
    assert _led_to(browser.get("/account")) == SECOND_FACTOR
    assert browser.get(SECOND_FACTOR).status == 200
    assert browser.post(SECOND_FACTOR, {"code": "000000"}).status == 401
    assert browser.post(NEW_PASSWORD, {"old": PASSWORD, "new": "another long password"}).headers["location"] == "/"
    assert _led_to(browser.post(SECOND_FACTOR, {"code": desk.code(user)})) == "/"
    assert browser.get("/account").status == 200


def test_a_code_that_somebody_looked_at_over_the_shoulder_is_of_no_use(desk: Desk) -> None:
    user = desk.user("supervisor")
    code, first, second = desk.code(user), desk.browser(), desk.browser()
    for browser in (first, second):
        _tried(browser, user.name, PASSWORD)
        browser.get(SECOND_FACTOR)
    assert first.post(SECOND_FACTOR, {"code": code}).status == 303
    assert second.post(SECOND_FACTOR, {"code": code}).status == 401


def test_codes_are_not_to_be_guessed(desk: Desk) -> None:
    user, browser = desk.user("supervisor"), desk.browser()
    _tried(browser, user.name, PASSWORD)
    browser.get(SECOND_FACTOR)
    tries = [browser.post(SECOND_FACTOR, {"code": f"{number:06}"}).status for number in range(TRIES + 1)]
    assert tries == [*([401] * TRIES), 429]
    assert browser.post(SECOND_FACTOR, {"code": desk.code(user)}).status == 429


def test_a_recovery_code_stands_in_once(desk: Desk, newcomer: User) -> None:
    codes = desk.accounts.second_factors.confirm(newcomer, desk.code(newcomer), desk.clock())
    for expected in (303, 401):
        browser = desk.browser()
        _tried(browser, "ada", PASSWORD)
        browser.get(SECOND_FACTOR)
        assert browser.post(SECOND_FACTOR, {"code": codes[0].upper()}).status == expected


def test_who_logs_out_is_out_also_for_somebody_who_kept_the_cookie(desk: Desk) -> None:
    browser = desk.signed_in(desk.user("clerk"))
    kept = browser.cookie("tidewaiter-session")
    assert kept is not None
    assert _led_to(browser.post("/logout")) == SIGN_IN
    thief = desk.browser()
    thief.client.cookies.set("tidewaiter-session", kept)
    assert thief.get("/account").status == 303


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Every line of the log, as it is written while the desk is served."""
    logger, stream = logging.getLogger(logs.LOGGER), io.StringIO()
    handlers, level = logger.handlers, logger.level
    logs.start_logging(Settings(log_level="debug"), stream=stream)
    yield stream
    logger.handlers = handlers
    logger.setLevel(level)


def test_the_log_says_that_somebody_was_refused_and_names_nobody(desk: Desk, log: io.StringIO) -> None:
    user, browser = desk.user("clerk"), desk.browser()
    _tried(browser, user.name, "my other password")
    _tried(browser, user.name, PASSWORD)
    told = log.getvalue()
    assert '"event": "desk_refused", "why": "password"' in told
    assert '"event": "desk_signed_in"' in told
    secrets = [user.name, user.id, PASSWORD, "my other password", browser.cookie("tidewaiter-session") or "?"]
    assert [one for one in secrets if one in told] == []
