"""The page of hints: who sees it, who removes one, and text of papers on it."""

from __future__ import annotations

from tests.desks import Desk
from tests.stocked import SCRIPT, taught


def test_a_clerk_and_an_auditor_see_what_was_learned_and_can_remove_nothing(desk: Desk) -> None:
    (first, *_) = taught(desk)
    for role in ("clerk", "auditor"):
        browser = desk.signed_in(desk.user(role))
        page = browser.get("/hints")
        assert page.status == 200
        assert "Halden Textil GmbH" in page.text
        assert "841370" in page.text
        assert "/remove" not in page.text
        assert browser.post(f"/hints/{first}/remove", {"broker": "anker"}).status == 403


def test_a_label_of_a_paper_is_never_markup(desk: Desk) -> None:
    taught(desk)
    text = desk.signed_in(desk.user("clerk")).get("/hints").text
    assert SCRIPT not in text
    assert "&lt;script&gt;" in text


def test_a_supervisor_removes_a_hint_and_the_journal_says_who(desk: Desk) -> None:
    (first, *others) = taught(desk)
    user = desk.user("supervisor")
    browser = desk.signed_in(user)
    browser.get("/hints")
    assert browser.post(f"/hints/{first}/remove", {"broker": "anker"}).status == 303
    records = desk.hall.records
    assert [one.id for one in records.hints.in_force("anker", records.hints.last("anker"))] == others
    records.journal.catch_up()
    entries = [one.entry for one in records.journal.entries_of("anker", "")]
    assert [(one.kind, one.by, dict(one.told)) for one in entries] == [("hint_removed", user.id, {"hint": first})]


def test_a_hint_that_is_not_there_or_of_another_broker_is_not_found(desk: Desk) -> None:
    (first, *_) = taught(desk)
    browser = desk.signed_in(desk.user("supervisor"))
    browser.get("/hints")
    assert browser.post("/hints/0123456789/remove", {"broker": "anker"}).status == 404
    assert browser.post(f"/hints/{first}/remove", {"broker": "brise"}).status == 404


def test_the_list_is_narrowed_by_the_exporters_name(desk: Desk) -> None:
    taught(desk)
    taught(desk, exporter="Säntis Teile")
    text = desk.signed_in(desk.user("clerk")).get("/hints?broker=anker&exporter=norwick").text
    assert "Norwick Looms" in text
    assert "Säntis Teile" not in text
