"""The pages on the way in, the person's own account, and the way out.

Fields that nobody filled in count as empty, so that a form without one is answered like a wrong one.
"""

from __future__ import annotations

import io
import re
import secrets
from typing import Annotated, Final, Literal
from urllib.parse import urlencode, urlsplit

import segno
from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from archive.accounts.people import Session, User
from archive.accounts.second_factor import address_of
from archive.errors import AccountRefused
from desk.web.access import (
    ENROL,
    ENROL_PICTURE,
    NEW_PASSWORD,
    PROVIDER,
    SECOND_FACTOR,
    SIGN_IN,
    Halfway,
    Permission,
    Person,
    anyone,
    needs,
    unfinished,
)
from desk.web.errors import TooMany
from desk.web.hall import Hall, TheHall
from desk.web.rendering import render
from desk.web.signing_in import Door
from desk.web.visits import hand_out_form, hand_out_session, take_back_session, visit_of, with_form

router = APIRouter()

_OWN_PAGE: Final = re.compile(r"/(?![/\\])[!-~]{0,500}")
_TOO_MANY: Final = 429
_WRONG: Final = 401
_UNSUITABLE: Final = 422
Text = Annotated[str, Form(max_length=300)]
Next = Annotated[str, Query(max_length=500)]
Told = Literal["provider_answer", "provider_silent", "unknown", "too_many"]
"""What may be said at the page to sign in to who comes back from an identity provider."""


@router.get(SIGN_IN, dependencies=[anyone])
def login_page(request: Request, hall: TheHall, next: Next = "/", told: Told | None = None) -> Response:  # noqa: A002 - as browsers show it
    return _login_page(request, hall, next, wrong=told)


@router.post(SIGN_IN, dependencies=[anyone])
def log_in(
    request: Request,
    hall: TheHall,
    *,
    name: Text = "",
    password: Text = "",
    next: Text = "/",  # noqa: A002
) -> Response:
    try:
        identity = _door(request, hall).sign_in(name, password)
    except TooMany:
        return _login_page(request, hall, next, wrong="too_many", status=_TOO_MANY)
    if identity is None:
        return _login_page(request, hall, next, wrong="password", status=_WRONG)
    return _go_on(page_of_ours(next), identity, hall)


@router.get(SECOND_FACTOR)
def code_page(request: Request, session: Halfway) -> Response:
    if unfinished(session) != SECOND_FACTOR:
        return RedirectResponse("/", 303)
    return render(request, "access/code.html", wrong=None)


@router.post(SECOND_FACTOR)
def give_code(request: Request, hall: TheHall, session: Halfway, code: Text = "") -> Response:
    if unfinished(session) != SECOND_FACTOR:
        return RedirectResponse("/", 303)
    try:
        identity = _door(request, hall).give_code(session, code)
    except TooMany:
        return render(request, "access/code.html", status=_TOO_MANY, wrong="too_many")
    if identity is None:
        return render(request, "access/code.html", status=_WRONG, wrong="code")
    return _go_on("/", identity, hall)


@router.get(NEW_PASSWORD)
def password_page(request: Request, session: Halfway) -> Response:
    if unfinished(session) not in {NEW_PASSWORD, None} or not session.user.has_password:
        return RedirectResponse("/", 303)
    return _password_page(request, session, wrong=None)


@router.post(NEW_PASSWORD)
def change_password(request: Request, hall: TheHall, session: Halfway, *, old: Text = "", new: Text = "") -> Response:
    if unfinished(session) not in {NEW_PASSWORD, None} or not session.user.has_password:
        return RedirectResponse("/", 303)
    try:
        identity = _door(request, hall).change_password(session, old=old, new=new)
    except TooMany:
        return _password_page(request, session, status=_TOO_MANY, wrong="too_many")
    except AccountRefused:
        return _password_page(request, session, status=_UNSUITABLE, wrong="unsuitable")
    if identity is None:
        return _password_page(request, session, status=_WRONG, wrong="password")
    return _go_on("/", identity, hall)


@router.get(ENROL)
def authenticator_page(request: Request, hall: TheHall, session: Halfway) -> Response:
    if not _may_enrol(session.user, unfinished(session)):
        return RedirectResponse("/", 303)
    return _authenticator_page(request, hall, session.user)


@router.get(ENROL_PICTURE)
def authenticator_picture(hall: TheHall, session: Halfway) -> Response:
    """What an authenticator scans: the key, as long as nobody has confirmed it. No cache keeps it."""
    if not _may_enrol(session.user, unfinished(session)):
        raise HTTPException(404)
    address, drawn = address_of(session.user, hall.accounts.second_factors.begin(session.user)), io.BytesIO()
    segno.make(address, micro=False).save(drawn, kind="svg", scale=5, dark="#000", light="#fff")
    return Response(drawn.getvalue(), media_type="image/svg+xml")


@router.post(ENROL)
def enrol(request: Request, hall: TheHall, session: Halfway, code: Text = "") -> Response:
    if not _may_enrol(session.user, unfinished(session)):
        return RedirectResponse("/", 303)
    try:
        found = _door(request, hall).enrol(session, code)
    except TooMany:
        return _authenticator_page(request, hall, session.user, wrong="too_many", status=_TOO_MANY)
    if found is None:
        return _authenticator_page(request, hall, session.user, wrong="code", status=_WRONG)
    identity, recovery = found
    answer = render(request, "access/recovery.html", codes=recovery)
    hand_out_session(answer, identity, hall)
    return answer


@router.get("/account")
def account(request: Request, hall: TheHall, person: Annotated[Person, needs(Permission.OWN_ACCOUNT)]) -> Response:
    return render(request, "access/account.html", user=hall.accounts.users.named(person.name), here="account")


@router.post("/logout", dependencies=[anyone])
def log_out(request: Request, hall: TheHall) -> Response:
    visit = visit_of(request)
    if visit.identity is not None:
        hall.accounts.sessions.end(visit.identity)
    answer = RedirectResponse(SIGN_IN, 303)
    take_back_session(answer, hall)
    return answer


def page_of_ours(asked: str) -> str:
    """The page that was asked for, if it is one of the desk's own."""
    return asked if _OWN_PAGE.fullmatch(asked) else "/"


def _may_enrol(user: User, where: str | None) -> bool:
    """Who must, and who is signed in and wants to."""
    return not user.has_second_factor and where in {ENROL, None}


def _login_page(request: Request, hall: Hall, after: str, *, wrong: str | None = None, status: int = 200) -> Response:
    """With a word of its own for the form, as there is no session yet that could vouch for it."""
    word = visit_of(request).form or secrets.token_urlsafe(32)
    token = with_form(word).csrf_token
    answer = render(
        request,
        "access/login.html",
        status=status,
        csrf=token,
        after=after,
        wrong=wrong,
        person=None,
        provider=_provider_name(hall),
        to_provider=f"{PROVIDER}?{urlencode({'next': page_of_ours(after)})}",
    )
    hand_out_form(answer, word, hall)
    return answer


def _provider_name(hall: Hall) -> str | None:
    """What the identity provider is called, None where there is none."""
    issuer = hall.settings.oidc_issuer
    return None if issuer is None else hall.settings.oidc_label or urlsplit(issuer).hostname


def _password_page(request: Request, session: Session, *, wrong: str | None = None, status: int = 200) -> Response:
    return render(request, "access/password.html", status=status, name=session.user.name, wrong=wrong)


def _authenticator_page(
    request: Request, hall: Hall, user: User, *, wrong: str | None = None, status: int = 200
) -> Response:
    secret = hall.accounts.second_factors.begin(user)
    groups = " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
    address = address_of(user, secret)
    return render(request, "access/authenticator.html", status=status, secret=groups, address=address, wrong=wrong)


def _go_on(where: str, identity: str, hall: Hall) -> Response:
    answer = RedirectResponse(where, 303)
    hand_out_session(answer, identity, hall)
    return answer


def _door(request: Request, hall: Hall) -> Door:
    return Door(hall, visit_of(request), request.client.host if request.client else "unknown")
