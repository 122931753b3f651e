"""The administrator's page: who may sign in, as what."""

from __future__ import annotations

import re
from collections.abc import Callable

from flows.settings import Settings
from tests.desks import PASSWORD, Desk


def test_a_user_is_added_with_a_password_that_is_shown_once_and_must_be_changed(desk: Desk) -> None:
    admin = desk.signed_in(desk.user("admin"))
    admin.get("/users")
    shown = re.search(r"([a-z0-9]{5}(?:-[a-z0-9]{5}){3})", admin.post("/users", {"name": "Anna", "role": "clerk"}).text)
    assert shown is not None
    anna = desk.browser()
    anna.get("/login")
    assert anna.post("/login", {"name": "anna", "password": shown[1]}).status == 303
    assert anna.get("/queue").headers["location"] == "/login/password"
    assert shown[1] not in admin.get("/users").text


def test_a_user_who_signs_in_through_the_provider_gets_no_password(
    make_desk: Callable[[Settings], Desk], settings: Settings
) -> None:
    told = {"oidc_issuer": "https://id.example.com", "oidc_client_id": "desk"}
    desk = make_desk(settings.model_copy(update=told))
    admin = desk.signed_in(desk.user("admin"))
    assert 'name="by_provider"' in admin.get("/users").text
    page = admin.post("/users", {"name": "Bea", "role": "clerk", "by_provider": "true"}).text
    assert "signs in through the identity provider" in page
    assert "One-time password" not in page
    assert not desk.accounts.users.named("bea").has_password


def test_a_broker_without_his_slug_is_refused_and_said(desk: Desk) -> None:
    admin = desk.signed_in(desk.user("admin"))
    admin.get("/users")
    answer = admin.post("/users", {"name": "emil", "role": "broker"})
    assert answer.status == 422
    assert 'role="alert"' in answer.text
    assert [user.name for user in desk.accounts.users.listed()] == ["admin"]


def test_who_is_disabled_or_changed_in_role_is_signed_out_at_once(desk: Desk) -> None:
    clerk, admin = desk.signed_in(desk.user("clerk")), desk.signed_in(desk.user("admin"))
    admin.get("/users")
    assert admin.post("/users/clerk/role", {"role": "auditor"}).status == 303
    assert clerk.get("/queue").status == 303
    admin.get("/users")
    assert admin.post("/users/clerk/disabled", {"is_disabled": "true"}).status == 303
    again = desk.browser()
    again.get("/login")
    assert again.post("/login", {"name": "clerk", "password": PASSWORD}).status == 401


def test_nobody_locks_the_door_behind_himself(desk: Desk) -> None:
    admin = desk.signed_in(desk.user("admin"))
    admin.get("/users")
    assert admin.post("/users/admin/disabled", {"is_disabled": "true"}).status == 422
    assert admin.post("/users/admin/role", {"role": "clerk"}).status == 422
    assert admin.get("/users").status == 200
    assert admin.post("/users/nobody/password").status == 404
