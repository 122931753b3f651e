"""The desk in a test's own process: browsers that keep cookies, people who sign in, and a clock that a test sets."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pyotp
from fastapi import FastAPI
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from archive.accounts.accounts import Accounts, open_accounts
from archive.accounts.passwords import Passwords
from archive.accounts.people import WITH_SECOND_FACTOR, Lifetime, Role, User
from archive.accounts.users import NewUser
from desk.web.app import create_app
from desk.web.hall import Hall
from desk.web.links import link_for
from flows.settings import Settings
from flows.workshop import open_records, open_workshop

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
PASSWORD = "quay road at low tide"  # noqa: S105 - of the tests' own users
ORIGIN = "http://127.0.0.1:8480"
LIFETIME = Lifetime(dt.timedelta(hours=12), dt.timedelta(minutes=30))


@dataclass
class Clock:
    """The time as a test says it is."""

    now: dt.datetime = NOON

    def __call__(self) -> dt.datetime:
        return self.now

    def pass_by(self, span: dt.timedelta) -> None:
        self.now += span


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    headers: Mapping[str, str]
    cookies: Mapping[str, str]


class _Served:
    """Decodes an address once, as servers do; the test client does so twice (`%252F` would be a slash)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["path"] = unquote(scope["raw_path"].decode("ascii"))
        await self._app(scope, receive, send)


class Browser:
    """Keeps cookies, says where it comes from as browsers do, and sends the token of the last page that had one."""

    def __init__(self, app: FastAPI, *, origin: str = ORIGIN, address: str = "192.0.2.7") -> None:
        self.client = TestClient(_Served(app), base_url=origin, raise_server_exceptions=False, client=(address, 4000))
        self.origin = origin
        self.token = ""

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self.ask("GET", path, headers=headers)

    def link(self, path: str) -> str:
        """The address of a file as a page shows it in this browser's session."""
        return link_for(self.cookie("tidewaiter-session") or "", path)

    def post(
        self, path: str, fields: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        told = {"Origin": self.origin, "Sec-Fetch-Site": "same-origin", **(headers or {})}
        return self.ask("POST", path, fields={"csrf_token": self.token, **(fields or {})}, headers=told)

    def ask(
        self,
        method: str,
        path: str,
        *,
        fields: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        answer = self.client.request(
            method, path, data=dict(fields) if fields else None, headers=headers, follow_redirects=False
        )
        found = re.search(r'name="csrf_token" value="([0-9a-f]+)"', answer.text)
        self.token = found[1] if found else self.token
        return Answer(answer.status_code, answer.text, answer.headers, dict(answer.cookies))

    def cookie(self, name: str) -> str | None:
        return self.client.cookies.get(name)


@dataclass(frozen=True)
class Desk:
    """A running desk with its clock, and a way to have people at it."""

    app: FastAPI
    hall: Hall
    clock: Clock

    @property
    def accounts(self) -> Accounts:
        return self.hall.accounts

    def browser(self, *, origin: str = ORIGIN, address: str = "192.0.2.7") -> Browser:
        return Browser(self.app, origin=origin, address=address)

    def user(self, role: Role, *, name: str | None = None, broker: str | None = None) -> User:
        """Somebody who has a password of his own, and an authenticator where the role asks for one."""
        called = name or role
        slug = broker or ("anker" if role == "broker" else None)
        user = self.accounts.users.add(NewUser(called, role, slug, self.accounts.passwords.hashed(PASSWORD)), NOON)
        self.accounts.users.set_password(user, self.accounts.passwords.hashed(PASSWORD), must_change=False)
        if role in WITH_SECOND_FACTOR:
            self.accounts.second_factors.confirm(user, self.code(user), self.clock())
            self.clock.pass_by(dt.timedelta(minutes=1))
        return self.accounts.users.named(called)

    def code(self, user: User) -> str:
        """What the user's authenticator shows now."""
        return pyotp.TOTP(self.accounts.second_factors.begin(user)).at(self.clock())

    def signed_in(self, user: User, *, origin: str = ORIGIN) -> Browser:
        browser = self.browser(origin=origin)
        browser.get("/login")
        assert browser.post("/login", {"name": user.name, "password": PASSWORD}).status == 303
        if user.has_second_factor:
            browser.get("/login/code")
            assert browser.post("/login/code", {"code": self.code(user)}).status == 303
            self.clock.pass_by(dt.timedelta(minutes=1))
        browser.get("/account")
        return browser


@contextmanager
def desk_of(archive: Path, folder: Path, passwords: Passwords) -> Iterator[Desk]:
    """The desk over a copy of an archive as it was left, in that folder."""
    shutil.copytree(archive, folder / "data")
    settings = Settings(data_dir=folder / "data", exchange_dir=folder / "exchange")
    with (
        open_records(settings) as records,
        open_workshop(settings) as workshop,
        open_accounts(folder / "accounts.sqlite", LIFETIME, passwords=passwords) as accounts,
    ):
        clock = Clock()
        hall = Hall(settings, records, workshop, accounts, clock)
        yield Desk(create_app(hall), hall, clock)
