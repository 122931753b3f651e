"""The administrator's page: who may sign in, as what. It shows no shipment.

A password that is made here is shown once and must be changed by whoever uses it first. A change of role, password or
state ends the user's sessions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Final

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from archive.accounts.passwords import one_time
from archive.accounts.people import ROLES, Role, User
from archive.accounts.users import NewUser
from archive.errors import AccountRefused
from desk.web.access import Permission, Person, needs
from desk.web.hall import Hall, TheHall
from desk.web.rendering import render

router: Final = APIRouter(prefix="/users")

Admin = Annotated[Person, needs(Permission.MANAGE_USERS)]
Text = Annotated[str, Form(max_length=100)]


class NewUserForm(BaseModel):
    name: str = Field(max_length=100)
    role: Role
    broker: str = Field("", max_length=100)
    by_provider: bool = False


@router.get("")
def users(request: Request, _person: Admin, hall: TheHall) -> Response:
    return _page(request, hall)


@router.post("")
def add(request: Request, _person: Admin, hall: TheHall, form: Annotated[NewUserForm, Form()]) -> Response:
    """A user with a one-time password, or one who signs in through the identity provider and has none."""
    password = None if form.by_provider else one_time()
    kept = "" if password is None else hall.accounts.passwords.hashed(password)
    try:
        added = hall.accounts.users.add(NewUser(form.name, form.role, form.broker.strip() or None, kept), hall.clock())
    except AccountRefused as error:
        return _page(request, hall, status=422, refused=error)
    return _page(request, hall, password=password, whose=added)


@router.post("/{name}/password")
def reset(request: Request, name: str, _person: Admin, hall: TheHall) -> Response:
    user, password = _user(name, hall), one_time()
    hall.accounts.users.set_password(user, hall.accounts.passwords.hashed(password), must_change=True)
    return _page(request, hall, password=password, whose=user)


@router.post("/{name}/role")
def set_role(
    request: Request, name: str, person: Admin, hall: TheHall, *, role: Annotated[Role, Form()], broker: Text = ""
) -> Response:
    return _changed(
        request, hall, person, lambda: hall.accounts.users.set_role(_other(name, person, hall), role, broker or None)
    )


@router.post("/{name}/disabled")
def set_disabled(
    request: Request, name: str, person: Admin, hall: TheHall, *, is_disabled: Annotated[bool, Form()]
) -> Response:
    return _changed(
        request,
        hall,
        person,
        lambda: hall.accounts.users.set_disabled(_other(name, person, hall), is_disabled=is_disabled),
    )


def _changed(request: Request, hall: Hall, _person: Person, change: Callable[[], None]) -> Response:
    try:
        change()
    except AccountRefused as error:
        return _page(request, hall, status=422, refused=error)
    return RedirectResponse("/users", 303)


def _user(name: str, hall: Hall) -> User:
    try:
        return hall.accounts.users.named(name)
    except AccountRefused as error:
        raise HTTPException(404) from error


def _other(name: str, person: Person, hall: Hall) -> User:
    """Raises `AccountRefused` for the administrator's own account, who would lock the door behind himself."""
    user = _user(name, hall)
    if user.id == person.id:
        raise AccountRefused("is your own account", name, remedy="have another administrator change it")
    return user


def _page(
    request: Request,
    hall: Hall,
    *,
    status: int = 200,
    password: str | None = None,
    whose: User | None = None,
    refused: AccountRefused | None = None,
) -> Response:
    return render(
        request,
        "users/list.html",
        status=status,
        here="users",
        users=hall.accounts.users.listed(),
        roles=ROLES,
        password=password,
        whose=whose,
        has_provider=hall.settings.oidc_issuer is not None,
        refused=refused,
    )
