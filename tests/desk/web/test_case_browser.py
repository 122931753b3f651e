"""The case page in a browser: a clerk settles findings of every kind by the keyboard alone, and releases."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route

from archive.accounts.accounts import open_accounts
from archive.accounts.passwords import Passwords
from desk.web.app import create_app
from desk.web.hall import Hall
from flows import plain, steps
from flows.settings import Settings
from flows.workshop import open_records, open_workshop
from tests.browsers import axe_findings, chromium, open_findings, press, served, signed_in
from tests.desks import LIFETIME, PASSWORD, Clock, Desk

pytestmark = pytest.mark.slow

SAMPLE = Path(__file__).parents[3] / "sample_docs/shipments/S01"
AS_OF = Clock().now.date().replace(month=4, day=13)
HOSTILE = '<script>document.title="taken"</script>'
HOSTILE_FILE = "<img src=x onerror=document.title=1>.pdf"
FEWER = "left => document.querySelectorAll('.finding[data-holds=\"1\"]').length < left"
PRICES = ("7358.40", "2778.00", "2355.00", "3679.20")


def _papers(place: Path) -> Path:
    """A digital sample whose draft declaration says something else in five places, and hostile text in three."""
    papers = shutil.copytree(SAMPLE, place / "S01")
    min(papers.glob("*.pdf")).rename(papers / HOSTILE_FILE)
    items: list[dict[str, object]] = [{"item_price": price} for price in PRICES]
    items[0]["preference"] = {"form": "eur1"}
    items[1]["description"] = HOSTILE
    items[2]["hs_code"] = "99999999"
    draft = {
        "total_invoice_amount": "19000.00", "gross_mass_kg": "1.00", "exporter": {"name": HOSTILE}, "items": items,
    }  # fmt: skip
    (papers / "draft_declaration.json").write_text(json.dumps(draft))
    return papers


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, quick: Passwords) -> Iterator[Desk]:
    place = tmp_path_factory.mktemp("browser")
    settings = Settings(data_dir=place / "data", exchange_dir=place / "exchange")
    with (
        open_workshop(settings) as workshop,
        open_records(settings) as records,
        open_accounts(place / "accounts.sqlite", LIFETIME, passwords=quick) as accounts,
    ):
        plain.clear(_papers(place), workshop, as_of=AS_OF, on_page=steps.unseen)
        clock = Clock()
        hall = Hall(settings, records, workshop, accounts, clock)
        made = Desk(create_app(hall), hall, clock)
        made.user("clerk", name="ann")
        yield made


@pytest.fixture(scope="module")
def address(desk: Desk) -> Iterator[str]:
    with served(desk) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as made:
        yield made


@pytest.fixture(scope="module")
def complaints() -> list[str]:
    """What the browser complained about, such as a script that the policy forbids."""
    return []


@pytest.fixture(scope="module")
def page(browser: Browser, address: str, complaints: list[str]) -> Iterator[Page]:
    """Signed in, in one window for all tests."""

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    window = browser.new_page(viewport={"width": 1366, "height": 768})
    window.on("console", note)
    window.on("pageerror", lambda error: complaints.append(str(error)))
    window.goto(f"{address}/login")
    window.fill("input[name=name]", "ann")
    window.fill("input[name=password]", PASSWORD)
    window.keyboard.press("Enter")
    window.wait_for_url("**/queue")
    yield window
    window.close()


def _open(page: Page, address: str) -> None:
    page.goto(f"{address}/shipments/local/S01")
    page.wait_for_selector("#case[data-ready] .finding.selected.shown")


def _chosen(page: Page) -> str:
    return page.inner_text(".finding.selected .title")


def _to(page: Page, title: str) -> None:
    for _ in range(page.locator(".finding").count()):
        if _chosen(page) == title and page.locator(".finding.selected[data-holds='1']").count():
            return
        press(page, "j")
    pytest.fail(f"no open finding is called {title}")


def _held_back(page: Page, where: str) -> list[Route]:
    """What the page asks for there from now on; nothing of it is answered."""
    kept: list[Route] = []

    def keep(route: Route) -> None:
        kept.append(route)

    page.route(where, keep)
    return kept


def _first(page: Page, kept: list[Route]) -> Route:
    """The first that was held back, once the page has asked: the news of it comes with the answer to something else."""
    while not kept:
        page.evaluate("0")
    return kept[0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong(page: Page, address: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    _open(page, address)
    page.keyboard.press("c")
    found = axe_findings(page)
    page.emulate_media(color_scheme="light")
    assert found == []


def test_hostile_text_is_shown_as_text(page: Page, address: str) -> None:
    _open(page, address)
    assert page.title().startswith("S01")
    assert HOSTILE in (page.text_content("#work") or "")
    assert HOSTILE_FILE in (page.get_attribute("[data-paper-page] img[alt*=onerror]", "alt") or "")
    assert page.locator("#case script, #case img[src=x]").count() == 0


def test_the_place_of_a_finding_is_marked_on_its_page(page: Page, address: str) -> None:
    _open(page, address)
    # In one go: the marks are drawn anew when the page's picture comes.
    page.wait_for_function("""() => {
        const place = name => document.querySelector(name)?.getBoundingClientRect();
        const [mark, stage] = [place("#places .mark"), place("#stage")];
        return mark && mark.width > 0 && stage.left <= mark.left && mark.right <= stage.right
            && stage.top <= mark.top && mark.bottom <= stage.bottom;
    }""")


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1024, 768), (820, 1180)])
def test_the_case_fits_a_screen_or_a_tablet_and_two_fingers_make_its_page_larger(
    page: Page, address: str, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    _open(page, address)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    box = page.locator("#stage").bounding_box()
    before = page.locator("#sheet").bounding_box()
    assert box is not None
    assert before is not None
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = page.context.new_cdp_session(page)
    for kind, apart in (("touchStart", 40), ("touchMove", 60), ("touchMove", 80)):
        fingers = [{"x": middle[0] + side * apart, "y": middle[1]} for side in (-1, 1)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    after = page.locator("#sheet").bounding_box()
    page.set_viewport_size({"width": 1366, "height": 768})
    assert after is not None
    assert after["width"] == pytest.approx(2 * before["width"], rel=0.02)
    place = [(middle[0] - one["x"]) / one["width"] for one in (before, after)]
    assert place[0] == pytest.approx(place[1], abs=0.02)


def test_words_of_the_page_are_clicked_into_the_field(page: Page, address: str) -> None:
    _open(page, address)
    _to(page, "Values differ")
    page.keyboard.press("c")
    page.wait_for_selector("#words .word")
    word = page.locator("#words .word").first
    word.dispatch_event("click")
    assert page.input_value("[data-panel=correct]:not([hidden]) [data-first]") == word.text_content()
    page.keyboard.press("Escape")
    assert page.locator("[data-panel]:visible").count() == 0


def test_the_answer_to_a_claim_moves_nothing_under_the_hands_of_the_clerk(page: Page, address: str) -> None:
    kept = _held_back(page, "**/claim")
    with page.expect_request("**/claim"):
        _open(page, address)
    _to(page, "HS codes differ")
    page.keyboard.press("c")
    page.keyboard.type("8484")
    _first(page, kept).fulfill(body="<p id='answered'>answered</p>", content_type="text/html")
    page.wait_for_selector("#answered:not(.htmx-settling)")
    page.keyboard.type("20")
    page.unroute("**/claim")
    assert _chosen(page) == "HS codes differ"
    assert page.input_value("[data-panel=correct]:not([hidden]) [data-first]") == "848420"
    page.keyboard.press("Escape")


def test_keys_pressed_before_the_answer_decide_nothing_and_neither_do_those_of_the_same_breath(
    browser: Browser, desk: Desk, address: str
) -> None:
    with signed_in(browser, desk, address, "ann") as page:
        page.clock.install(time=desk.clock())
        _open(page, address)
        _to(page, "Values differ")
        before = open_findings(page)
        page.clock.pause_at(desk.clock() + dt.timedelta(hours=1))
        kept = _held_back(page, "**/decide")
        with page.expect_request("**/decide"):
            page.keyboard.press("1")
        for key in ("1", "w"):
            page.keyboard.press(key)
        assert page.locator("#said.shown:has-text('Not taken')").count() == 1
        _first(page, kept).continue_()
        page.wait_for_selector("#work[data-step='1']")
        page.wait_for_selector("#case:not(.busy) .finding.selected.shown")
        for key in ("2", "Enter", "p", "1"):
            page.keyboard.press(key)
        assert (len(kept), open_findings(page)) == (1, before - 1)
        assert page.locator("dialog[open], [data-panel]:visible, #sorting:visible").count() == 0
        assert page.locator("#said.shown:has-text('Not taken')").count() == 1
        page.clock.run_for(1_000)
        page.keyboard.press("u")
        page.wait_for_selector("#work[data-step='2']")
        assert open_findings(page) == before


def test_a_key_that_was_refused_takes_those_along_that_follow_it(browser: Browser, desk: Desk, address: str) -> None:
    with signed_in(browser, desk, address, "ann") as page:
        page.clock.install(time=desk.clock())
        _open(page, address)
        _to(page, "Values differ")
        page.clock.pause_at(desk.clock() + dt.timedelta(hours=1))
        kept = _held_back(page, "**/decide")
        for key in ("f", "1"):  # No preference is to be forgone here.
            page.keyboard.press(key)
        assert page.locator("#said.shown:has-text('Not taken')").count() == 1
        page.clock.run_for(1_000)
        with page.expect_request("**/decide"):
            page.keyboard.press("1")
        _first(page, kept)
        assert len(kept) == 1


def test_findings_of_every_kind_are_settled_by_the_keyboard_and_released(
    page: Page, address: str, desk: Desk, complaints: list[str]
) -> None:
    _open(page, address)
    before = open_findings(page)
    _to(page, "Values differ")
    press(page, "1")
    assert open_findings(page) == before - 1
    press(page, "u")
    assert open_findings(page) == before
    _to(page, "Values differ")
    press(page, "1")
    _to(page, "HS codes differ")
    page.keyboard.press("c")
    page.keyboard.type("848420")
    press(page, "Enter")
    _to(page, "Certificate missing")
    press(page, "f")
    _to(page, "Exporter in question")
    press(page, "r", "Enter")
    assert page.locator(".finding[data-holds='1'] .tag.settled").count() == 1
    _to(page, "Exporter in question")
    press(page, "1")
    _to(page, "Gross weights differ")
    press(page, "a")
    while open_findings(page):
        left = open_findings(page)
        press(page, "w", "5", "Enter")
        page.wait_for_function(FEWER, arg=left)
    page.keyboard.press("Enter")
    page.wait_for_selector("#confirm[open]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".work-head:has-text('Revision 2')")
    result = desk.hall.workshop.archive.result("local", "S01")
    assert (result.revision, result.status) == (2, "clear")
    assert {one.decision.action for one in result.findings if one.decision} >= {"correct", "forgo_preference"}
    assert complaints == []
