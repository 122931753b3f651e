"""The desk of `tidewaiter up` in Chromium: papers dropped, settled by the keyboard, released, answered, looked up.

One stack for all of it, and the tests go on where the one before ended. Screenshots of each station are kept in the
folder that SCREENSHOTS names, else in that of the test run.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psutil
import pyotp
import pytest
from playwright.sync_api import Browser, Page

from tests.browsers import axe_findings, chromium, open_findings, press
from tests.stacks import Stack, drop, stack_in
from tests.waiting import contents_below

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

PASSWORD = "quay road at low tide"  # noqa: S105 - of the tests' own users
PEOPLE = {"ann": "clerk", "ben": "clerk", "ada": "auditor", "anker": "broker"}
PRICES = ("7358.40", "2778.00", "2355.00", "3679.20")
WRONG = {"total_invoice_amount": "19000.00", "gross_mass_kg": "1.00", "items": [{"item_price": one} for one in PRICES]}
"""A broker's draft for S01 that its papers contradict in two places."""
WRONG_WEIGHT = {"gross_mass_kg": "1.00"}
CASES = ("anker/S10", "anker/S01", "brise/S07")
SLOW = 90_000
"""Milliseconds in which the first release of a desk, which has Prefect still to import, must be through."""


@dataclass
class Town:
    """The stack, and who is at it: each in a browser of his own."""

    stack: Stack
    browser: Browser
    pictures: Path
    pages: dict[str, Page]
    one_time: dict[str, str]

    def at(self, name: str) -> Page:
        """The page of somebody who signs in now, if not yet: with the one-time password, which is changed at once."""
        if name not in self.pages:
            window = self.browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-GB")
            page = window.new_page()
            page.set_default_timeout(30_000)
            self.pages[name] = page
            page.goto(f"{self.stack.address}/login")
            _fill(page, name=name, password=self.one_time[name])
            page.wait_for_url("**/login/password")
            _fill(page, old=self.one_time[name], new=PASSWORD)
            page.wait_for_url(lambda address: "/login/password" not in address)
        return self.pages[name]

    def picture(self, page: Page, name: str) -> None:
        page.wait_for_load_state("networkidle")  # With the pictures of the papers.
        page.screenshot(path=self.pictures / f"{name}.png")

    def case(self, name: str, shipment: str) -> Page:
        """The case page as a clerk opens it, who then works on it."""
        page = self.at(name)
        with page.expect_response("**/claim"):
            page.goto(f"{self.stack.address}/shipments/{shipment}")
        _wait_for_case(page)
        return page


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    root = tmp_path_factory.mktemp("real")
    drop(root, "anker/S10", "S10")
    drop(root, "anker/S01", "S01", draft=WRONG)
    drop(root, "brise/S07", "S07", draft=WRONG_WEIGHT)
    pictures = Path(os.environ.get("SCREENSHOTS") or root / "screenshots")
    pictures.mkdir(parents=True, exist_ok=True)
    with chromium() as browser, stack_in(root, TIDEWAITER_INBOX_DATED="1") as stack:
        made = Town(stack, browser, pictures, {}, {"admin": stack.one_time_password})
        _add_people(made)
        for shipment in CASES:
            stack.wait_for_answer(shipment, 1)
        yield made
        for name, page in made.pages.items():
            made.picture(page, f"99-last-of-{name}")


def _fill(page: Page, **fields: str) -> None:
    """And send it, as people do it: by Enter in the last field."""
    for name, value in fields.items():
        page.fill(f"input[name={name}]", value)
    page.keyboard.press("Enter")


def _add_people(town: Town) -> None:
    """As the administrator does it, whose own first steps are the one-time password and an authenticator."""
    page = town.at("admin")
    page.wait_for_url("**/login/authenticator")
    town.picture(page, "01-authenticator")
    _fill(page, code=pyotp.TOTP(page.inner_text("code.secret").replace(" ", "")).now())
    page.click("a[href='/']")
    page.wait_for_url("**/users")
    for name, role in PEOPLE.items():
        page.fill("section input[name=name]", name)
        page.select_option("section select[name=role]", role)
        page.fill("section input[name=broker]", name if role == "broker" else "")
        page.click("section button.primary")
        told = page.inner_text(f".notice.ok:has-text('of {name},')")
        town.one_time[name] = told.rpartition(": ")[2].strip()
    page.goto(f"{town.stack.address}/users")
    town.picture(page, "02-users")


def _wait_for_case(page: Page) -> None:
    page.wait_for_selector("#case[data-ready] .finding.selected.shown")


def _settle(page: Page) -> None:
    """Every open finding: by its first value where one is offered, else as it stands, else waived."""
    while left := open_findings(page):
        while not page.locator(".finding.selected[data-holds='1']").count():
            press(page, "j")
        offered = page.locator(".finding.selected [data-decides]:not([data-refused])")
        does = [one.get_attribute("data-decides") for one in offered.all()]
        keys = ["1"] if "take-1" in does else ["a"] if "accept" in does else ["w", "5", "Enter"]
        press(page, *keys)
        assert open_findings(page) < left, page.inner_text("#work")


def _release(page: Page, revision: int) -> None:
    """Enter, and Enter again."""
    page.keyboard.press("Enter")
    page.wait_for_selector("#confirm[open]")
    page.keyboard.press("Enter")
    page.wait_for_selector(f".work-head:has-text('Revision {revision}')", timeout=SLOW)


def _runs(stack: Stack, flow: str) -> list[str]:
    query = "SELECT state_type FROM flow_run JOIN flow ON flow.id = flow_run.flow_id WHERE flow.name = ?"
    with closing(sqlite3.connect(stack.data / "up" / "prefect" / "prefect.db")) as database:
        return [str(state) for (state,) in database.execute(query, (flow,))]


def _status(answer: Path) -> str:
    told: Mapping[str, str] = json.loads((answer / "findings.json").read_text(encoding="utf-8"))
    return told["status"]


def test_a_clerk_settles_every_finding_by_the_keyboard_and_the_declaration_comes_to_the_outbox(town: Town) -> None:
    answer = town.stack.wait_for_answer("anker/S10", 1)
    link = f"{town.stack.address}/shipments/anker/S10"
    assert f"Read it at {link}\n" in (answer / "findings.txt").read_text(encoding="utf-8")
    assert _status(answer) == "held"
    page = town.at("ann")
    page.wait_for_selector("tr[data-row='anker/S10']")
    assert axe_findings(page) == []
    town.picture(page, "03-queue")
    page.locator("tr[data-row='anker/S10'] a[data-open]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(link)
    _wait_for_case(page)
    town.picture(page, "04-case")
    _settle(page)
    town.picture(page, "05-settled")
    _release(page, 2)
    town.picture(page, "06-released")
    after = town.stack.wait_for_answer("anker/S10", 2)
    assert _status(after) == "clear"
    assert json.loads((after / "declaration.json").read_text(encoding="utf-8"))["currency"] == "AUD"
    assert (answer / "superseded.txt").exists()
    assert _runs(town.stack, "decide") == ["COMPLETED"]
    page.goto(f"{town.stack.address}/queue")
    page.wait_for_selector("tr[data-row='brise/S07']")
    assert page.locator("tr[data-row='anker/S10']").count() == 0


def test_an_auditor_finds_the_case_with_its_history(town: Town) -> None:
    page = town.at("ada")
    page.goto(f"{town.stack.address}/audit?reference=S10")
    page.click("text=S10")
    page.wait_for_selector("#decisions")
    decisions = page.inner_text("section[aria-labelledby=decisions] table")
    assert "ann" in decisions
    assert "value_mismatch" in decisions
    assert page.locator("#revision-1, #revision-2").count() == 2
    assert page.locator("section[aria-labelledby=proof] .badge.error").count() == 0
    town.picture(page, "07-audit")


def test_the_broker_sees_his_own_cleared_and_nothing_of_another(town: Town) -> None:
    page = town.at("anker")
    page.wait_for_selector("table")
    listed = page.inner_text("table")
    assert "S10" in listed
    assert "S07" not in listed
    town.picture(page, "08-mine")
    page.goto(f"{town.stack.address}/shipments/anker/S10")  # As the answer in the outbox links it.
    page.wait_for_url("**/mine/S10")
    page.wait_for_selector(".head:has-text('Clear')")
    town.picture(page, "09-mine-case")
    for path in ("/mine/S07", "/shipments/brise/S07", "/audit/shipments/brise/S07"):
        answer = page.goto(f"{town.stack.address}{path}")
        assert answer is not None
        assert answer.status in {403, 404}


def test_of_two_clerks_on_one_case_the_second_is_told_and_nothing_is_lost(town: Town) -> None:
    ann = town.case("ann", "anker/S01")
    ben = town.case("ben", "anker/S01")
    ben.wait_for_selector("#claim:has-text('ann works on this case')")
    open_at_first = open_findings(ann)
    press(ann, "1")
    assert open_findings(ann) == open_at_first - 1
    press(ben, "j", "k", "1")
    ben.wait_for_selector("#work .refused[role=alert]")
    town.picture(ben, "10-second-clerk")
    assert open_findings(ben) == open_at_first - 1
    assert ben.locator(".finding .decided:has-text('ann')").count() == 1
    _settle(ben)
    assert ben.locator(".finding .decided:has-text('ben')").count() >= 1


def test_both_press_release_and_there_is_one_revision(town: Town) -> None:
    pages = [town.case(name, "anker/S01") for name in ("ann", "ben")]
    for page in pages:
        assert open_findings(page) == 0
        page.keyboard.press("Enter")
        page.wait_for_selector("#confirm[open]")
    for page in pages:
        page.evaluate("setTimeout(() => document.querySelector('#confirm form').requestSubmit())")
    for name, page in zip(("ann", "ben"), pages, strict=True):
        page.wait_for_selector("#confirm:not([open])", state="attached", timeout=SLOW)
        town.picture(page, f"11-released-by-{name}")
    town.stack.wait_for_answer("anker/S01", 2)
    for name in ("ann", "ben"):
        town.case(name, "anker/S01").wait_for_selector(".work-head:has-text('Revision 2')")
    assert {path.name for path in (town.stack.outbox / "anker" / "S01").iterdir()} == {"1", "2"}


def test_a_desk_that_is_killed_comes_back_with_the_draft_and_the_session(town: Town) -> None:
    page = town.case("ann", "brise/S07")
    _settle(page)
    [desk] = town.stack.processes("desk.up_desk")
    desk.kill()
    psutil.wait_procs([desk], timeout=30)
    page.keyboard.press("u")
    page.wait_for_selector("#said.shown:has-text('does not answer')")
    town.picture(page, "12-desk-away")
    town.stack.wait_until(lambda: town.stack.log.count("the desk is at") > 1)
    page = town.case("ann", "brise/S07")
    assert page.locator(".finding .decided:has-text('ann')").count() == 1
    assert open_findings(page) == 0
    _release(page, 2)
    assert _status(town.stack.wait_for_answer("brise/S07", 2)) == "clear"


def test_the_one_time_password_is_told_once_and_written_nowhere(town: Town) -> None:
    secrets = [town.stack.one_time_password, *town.one_time.values(), PASSWORD]
    assert sum(town.stack.one_time_password in line for line in town.stack.said) == 1
    written = contents_below(town.stack.root)
    assert town.stack.data / "up" / "accounts.sqlite" in written
    for path, content in written.items():
        assert not any(secret.encode() in content for secret in secrets), path


def test_ctrl_c_is_answered_at_once_and_leaves_no_process(town: Town) -> None:
    started = town.stack.processes("")
    assert town.stack.stop() == 130
    assert any("stopping" in line for line in town.stack.said)
    assert psutil.wait_procs(started, timeout=60)[1] == []
