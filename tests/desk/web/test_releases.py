"""A release that takes its time: told at once, done once, and whoever goes away loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest

from archive.accounts.passwords import Passwords
from desk.web.pages import releases
from flows.casework.errors import NotReleasableError
from flows.decisions import Clear
from flows.workshop import Workshop
from schemas.casework import Draft, Person
from schemas.results import ShipmentResult
from tests.desks import Browser, Desk
from tests.stocked import stocked_desk

CASE = "/shipments/anker/A-1"


@dataclass
class SlowRelease:
    """A release that lasts until the test ends it, by `error` where it is given."""

    begun: Event = field(default_factory=Event)
    may_end: Event = field(default_factory=Event)
    error: Exception | None = None
    times: int = 0

    def __call__(self, draft: Draft, _person: Person, workshop: Workshop, _clear: Clear) -> ShipmentResult:
        self.times += 1
        self.begun.set()
        assert self.may_end.wait(30)
        if self.error is not None:
            raise self.error
        return workshop.archive.result(draft.broker, draft.reference)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> SlowRelease:
    made = SlowRelease()
    monkeypatch.setattr(releases, "release", made)
    monkeypatch.setattr("desk.web.underway.PATIENCE", 0)
    return made


@pytest.fixture
def desk(tmp_path: Path, quick: Passwords) -> Iterator[Desk]:
    with stocked_desk(tmp_path, quick) as made:
        yield made


@pytest.fixture
def ann(desk: Desk) -> Browser:
    browser = desk.signed_in(desk.user("clerk", name="ann"))
    browser.get(CASE)
    return browser


def test_a_release_under_way_is_told_at_once_and_done_once_for_all_who_press(
    desk: Desk, ann: Browser, slow: SlowRelease
) -> None:
    bob = desk.signed_in(desk.user("clerk", name="bob"))
    bob.get(CASE)
    with ThreadPoolExecutor(2) as pressing:
        answers = [pressing.submit(ann.post, f"{CASE}/release", {"step": "0"})]
        assert slow.begun.wait(30)
        answers.append(pressing.submit(bob.post, f"{CASE}/release", {"step": "0"}))
        looked = desk.signed_in(desk.accounts.users.named("ann"))
        page = looked.get(f"{CASE}/release")
        again = looked.get(f"{CASE}/release", headers={"HX-Request": "true"})
        slow.may_end.set()
        assert {one.result().status for one in answers} <= {202, 303}
    assert page.status == again.status == 202
    assert "Releasing A-1" in page.text
    assert 'hx-get="/shipments/anker/A-1/release"' in again.text
    assert "<html" not in again.text
    assert slow.times == 1


def test_the_page_of_a_release_leads_to_the_case_once_it_is_through(ann: Browser, slow: SlowRelease) -> None:
    slow.may_end.set()
    ann.post(f"{CASE}/release", {"step": "0"})
    told = ann.get(f"{CASE}/release", headers={"HX-Request": "true"})
    assert (told.status, told.headers["HX-Redirect"]) == (204, CASE)
    assert ann.get(f"{CASE}/release").headers["location"] == CASE


def test_a_release_that_is_refused_says_why_and_can_be_tried_again(ann: Browser, slow: SlowRelease) -> None:
    slow.error = NotReleasableError("A-1: Nothing is decided yet.")
    slow.may_end.set()
    ann.post(f"{CASE}/release", {"step": "0"})
    told = ann.get(f"{CASE}/release", headers={"HX-Request": "true"})
    assert "Nothing is decided yet" in told.text
    assert "hx-get" not in told.text
    slow.error = None
    ann.post(f"{CASE}/release", {"step": "0"})
    assert ann.get(f"{CASE}/release").status == 303
    assert slow.times == 2


def test_a_release_that_breaks_says_so_and_nothing_of_why(ann: Browser, slow: SlowRelease) -> None:
    slow.error = RuntimeError("the secret of the store")
    slow.may_end.set()
    ann.post(f"{CASE}/release", {"step": "0"})
    told = ann.get(f"{CASE}/release", headers={"HX-Request": "true"})
    assert "could not be released" in told.text
    assert "secret" not in told.text
