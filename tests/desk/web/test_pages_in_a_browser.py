"""The pages in a real browser: nothing that keeps anybody from using them, the queue by keyboard, and live."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event
from typing import Literal

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from archive.accounts.passwords import Passwords
from desk.web.pages import releases
from schemas.casework import Draft
from schemas.results import ShipmentResult
from tests.browsers import axe_findings, chromium, served, signed_in
from tests.desks import Desk
from tests.stocked import put, stocked_desk, taught

pytestmark = pytest.mark.slow

PAGES = [
    ("clerk", "/queue"),
    ("clerk", "/queue?code=illegible"),
    ("clerk", "/queue?q=A&severity=error&worth=0"),
    ("clerk", "/queue/search?reference=A"),
    ("clerk", "/account"),
    ("clerk", "/shipments/anker/A-1"),
    ("clerk", "/hints?broker=anker"),
    ("auditor", "/audit"),
    ("auditor", "/audit?status=held&amount=1"),
    ("auditor", "/audit/shipments/anker/A-1"),
    ("auditor", "/audit/journal"),
    ("broker", "/mine"),
    ("broker", "/mine/A-1"),
    ("broker", "/mine/A-2?sent=1"),
    ("admin", "/users"),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, quick: Passwords) -> Iterator[Desk]:
    with stocked_desk(tmp_path_factory.mktemp("browsed"), quick) as made:
        for role in ("clerk", "auditor", "broker", "admin"):
            made.user(role)
        taught(made)
        yield made


@pytest.fixture(scope="module")
def address(desk: Desk) -> Iterator[str]:
    with served(desk) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.mark.parametrize(("scheme", "locale"), [("light", "en-GB"), ("dark", "de-DE")])
def test_axe_finds_nothing_on_any_page(browser: Browser, desk: Desk, address: str, scheme: str, locale: str) -> None:
    found: dict[str, list[str]] = {}
    for role in ("clerk", "auditor", "broker", "admin"):
        with signed_in(browser, desk, address, role, scheme=scheme, locale=locale) as page:
            for path in (path for whose, path in PAGES if whose == role):
                page.goto(f"{address}{path}")
                found[path] = axe_findings(page)
    assert {path: told for path, told in found.items() if told} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_somebody_signs_in_or_is_refused(
    browser: Browser, desk: Desk, address: str, scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto(f"{address}/login")
    assert axe_findings(page) == []
    page.fill("input[name=name]", "clerk")
    page.fill("input[name=password]", "not the password")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]")
    assert axe_findings(page) == []
    identity = desk.accounts.sessions.open(
        desk.accounts.users.named("clerk"), desk.clock(), is_second_factor_given=True, instead_of=None
    )
    page.context.add_cookies([{"name": "tidewaiter-session", "value": identity, "url": address}])
    for path, status in (("/nothing", 404), ("/audit", 403), ("/queue?days=2", 422)):
        answer = page.goto(f"{address}{path}")
        assert answer is not None
        assert answer.status == status
        assert axe_findings(page) == []
    page.close()


def test_a_release_shows_that_it_goes_on_and_leads_back_to_the_case(
    browser: Browser, desk: Desk, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end = Event()

    def slow(draft: Draft, *_: object) -> ShipmentResult:
        assert may_end.wait(60)
        return desk.hall.workshop.archive.result(draft.broker, draft.reference)

    monkeypatch.setattr(releases, "release", slow)
    monkeypatch.setattr("desk.web.underway.PATIENCE", 0)
    with signed_in(browser, desk, address, "clerk") as page:
        page.goto(f"{address}/shipments/anker/A-1")
        page.evaluate("document.querySelector('#confirm form').submit()")
        expect(page.get_by_role("progressbar")).to_be_visible()
        assert axe_findings(page) == []
        may_end.set()
        page.wait_for_url(f"{address}/shipments/anker/A-1")


def test_an_evidence_pack_is_waited_for_on_its_page(
    browser: Browser, desk: Desk, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk.web.underway.PATIENCE", 0)
    with signed_in(browser, desk, address, "auditor") as page:
        page.goto(f"{address}/audit/shipments/anker/A-1")
        page.get_by_role("button", name="Evidence pack").click()
        link = page.get_by_role("link", name="Take the pack")
        expect(link).to_be_focused()
        assert axe_findings(page) == []
        with page.expect_download() as download:
            page.keyboard.press("Enter")
        assert download.value.suggested_filename == "A-1-evidence.zip"


@pytest.mark.parametrize("width", [1366, 1024, 820])
def test_no_page_is_wider_than_a_screen_or_a_tablet(browser: Browser, desk: Desk, address: str, width: int) -> None:
    wide: list[str] = []
    for role in ("clerk", "auditor", "broker", "admin"):
        with signed_in(browser, desk, address, role) as page:
            page.set_viewport_size({"width": width, "height": 768})
            for path in (path for whose, path in PAGES if whose == role):
                page.goto(f"{address}{path}")
                if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                    wide.append(path)
    assert wide == []


def test_the_queue_is_worked_by_keyboard(browser: Browser, desk: Desk, address: str) -> None:
    with signed_in(browser, desk, address, "clerk") as page:
        page.goto(f"{address}/queue")
        links = page.locator("a[data-open]")
        page.keyboard.press("j")
        expect(links.nth(0)).to_be_focused()
        page.keyboard.press("j")
        expect(links.nth(1)).to_be_focused()
        page.keyboard.press("j")
        expect(links.nth(1)).to_be_focused()
        page.keyboard.press("k")
        expect(links.nth(0)).to_be_focused()
        page.keyboard.press("/")
        expect(page.locator("#search")).to_be_focused()
        page.keyboard.type("jk/")
        expect(page.locator("#search")).to_have_value("jk/")
        page.keyboard.press("Enter")
        page.wait_for_url("**/queue?q=jk*")


def test_what_the_queue_is_narrowed_by_is_set_by_keyboard_and_kept(browser: Browser, desk: Desk, address: str) -> None:
    with signed_in(browser, desk, address, "clerk") as page:
        page.clock.install()
        page.goto(f"{address}/queue")
        page.keyboard.press("f")
        expect(page.locator("#severity")).to_be_focused()
        page.locator("#severity").select_option("error")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}/queue?severity=error")
        page.keyboard.press("/")
        page.keyboard.type("B-")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}/queue?q=B-&severity=error")
        expect(page.locator("tr[data-row]")).to_have_count(1)
        put(desk.hall.workshop, "brise", "B-7", "held")
        page.clock.run_for(5_000)
        expect(page.locator("tr[data-row]")).to_have_count(2)
        expect(page.locator("#severity")).to_have_value("error")
        page.go_back()
        expect(page.locator("#search")).to_have_value("")
        expect(page.locator("#severity")).to_have_value("error")


def test_a_shipment_that_is_held_meanwhile_comes_into_the_queue_by_itself(
    browser: Browser, desk: Desk, address: str
) -> None:
    with signed_in(browser, desk, address, "clerk") as page:
        page.clock.install()
        page.goto(f"{address}/queue")
        page.keyboard.press("j")
        chosen = page.locator("tr.chosen").get_attribute("data-row")
        put(desk.hall.workshop, "anker", "A-9", "held")
        page.clock.run_for(5_000)
        expect(page.locator("tr[data-row='anker/A-9']")).to_be_visible()
        expect(page.locator("#status")).to_have_text("The queue has changed.")
        expect(page.locator(f"tr[data-row='{chosen}'] a[data-open]")).to_be_focused()


def test_a_check_of_the_objects_says_its_end_without_another_page(browser: Browser, desk: Desk, address: str) -> None:
    with signed_in(browser, desk, address, "auditor") as page:
        page.goto(f"{address}/audit/shipments/anker/A-1")
        page.get_by_role("button", name="Compare every object with its digest").click()
        expect(page.locator("#checked")).to_contain_text("Every object still has the digest")
        assert page.url.endswith("/audit/shipments/anker/A-1")


def test_a_broker_hands_in_a_paper_through_the_page(browser: Browser, desk: Desk, address: str) -> None:
    with signed_in(browser, desk, address, "broker") as page:
        page.goto(f"{address}/mine/A-1")
        papers = FilePayload(name="late.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7 late")
        page.get_by_label("Files").set_input_files(papers)
        page.get_by_role("button", name="Hand in").click()
        expect(page.get_by_text("Papers handed in: 1")).to_be_visible()
    kept = desk.hall.settings.exchange_dir / "inbox" / "anker" / "A-1" / "late.pdf"
    assert kept.read_bytes() == b"%PDF-1.7 late"
