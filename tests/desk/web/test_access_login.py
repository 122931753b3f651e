"""The way in: name and password, the second factor, the first password, and the way out."""

from __future__ import annotations

from tests.desks import PASSWORD, Desk


def test_who_is_not_signed_in_is_sent_to_sign_in_and_comes_back_to_the_page_asked_for(desk: Desk) -> None:
    user, browser = desk.user("clerk"), desk.browser()
    sent = browser.get("/account")
    assert (sent.status, sent.headers["location"]) == (303, "/login?next=/account")
    browser.get(sent.headers["location"])
    came = browser.post("/login", {"name": user.name, "password": PASSWORD, "next": "/account"})
    assert (came.status, came.headers["location"]) == (303, "/account")
    assert browser.get("/account").status == 200
