"""Pages sorted anew in a browser: by the keyboard alone, and with the mouse."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from archive.accounts.accounts import open_accounts
from archive.accounts.passwords import Passwords
from desk.web.app import create_app
from desk.web.hall import Hall
from flows import plain, steps
from flows.settings import Settings
from flows.workshop import Workshop, open_records, open_workshop
from tests.browsers import axe_findings, chromium, served, signed_in
from tests.combined import combined
from tests.desks import LIFETIME, Clock, Desk

pytestmark = pytest.mark.slow

AS_OF = Clock().now.date().replace(month=4, day=13)
SHIPMENTS = ("S01", "S02", "S03")
AS_READ = ["Commercial invoice", "Packing list", "Certificate of origin", "Transport document"]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, quick: Passwords) -> Iterator[Desk]:
    """Three cases of one file of four papers and a draft declaration with another total."""
    place = tmp_path_factory.mktemp("sorting-browser")
    settings = Settings(data_dir=place / "data", exchange_dir=place / "exchange")
    with (
        open_workshop(settings) as workshop,
        open_records(settings) as records,
        open_accounts(place / "accounts.sqlite", LIFETIME, passwords=quick) as accounts,
    ):
        for name in SHIPMENTS:
            _clear(place / name, workshop)
        clock = Clock()
        hall = Hall(settings, records, workshop, accounts, clock)
        made = Desk(create_app(hall), hall, clock)
        made.user("clerk", name="ann")
        yield made


def _clear(papers: Path, workshop: Workshop) -> None:
    papers.mkdir()
    combined(papers / "papers.pdf")
    (papers / "draft_declaration.json").write_text(json.dumps({"total_invoice_amount": "19000.00"}))
    plain.clear(papers, workshop, as_of=AS_OF, on_page=steps.unseen)


@pytest.fixture(scope="module")
def address(desk: Desk) -> Iterator[str]:
    with served(desk) as place:
        yield place


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


def _open(page: Page, address: str, reference: str) -> None:
    page.goto(f"{address}/shipments/local/{reference}")
    page.wait_for_selector("#case[data-ready] .finding.selected.shown")


def _papers(page: Page) -> list[str]:
    return page.locator("#thumbs h3").all_inner_texts()


def _answered(page: Page, step: int) -> None:
    page.wait_for_selector(f"#work[data-step='{step}']")
    page.wait_for_selector("#case:not(.busy)")


def test_pages_are_sorted_by_the_keyboard_alone(browser: Browser, desk: Desk, address: str) -> None:
    with signed_in(browser, desk, address, "ann") as page:
        _open(page, address, "S01")
        for key in (".", "p", "1", "Enter"):
            page.keyboard.press(key)
        _answered(page, 1)
        assert _papers(page) == ["Commercial invoice", "Commercial invoice", *AS_READ[2:]]
        assert page.locator("#sorting:visible").count() == 0
        assert page.inner_text("#page-title") == "Commercial invoice · papers.pdf · page 2"
        for key in ("p", "g", "Enter"):
            page.keyboard.press(key)
        _answered(page, 2)
        assert _papers(page) == ["Commercial invoice", *AS_READ[2:]]
        for key in ("p", "b", "2", "Enter"):
            page.keyboard.press(key)
        _answered(page, 3)
        assert _papers(page) == AS_READ
        page.keyboard.press("u")
        _answered(page, 4)
        assert _papers(page) == ["Commercial invoice", *AS_READ[2:]]
    assert desk.hall.workshop.archive.revisions("local", "S01") == (1,)


def test_in_the_form_its_own_keys_count_and_escape_leaves_it(browser: Browser, desk: Desk, address: str) -> None:
    with signed_in(browser, desk, address, "ann") as page:
        _open(page, address, "S02")
        for key in ("p", "x", "1", "u"):
            page.keyboard.press(key)
        assert page.is_checked("#sorting [value=aside]")
        assert page.locator("#sorting [name=type]:visible").count() == 0
        page.keyboard.press("Escape")
        assert page.locator("#sorting:visible").count() == 0
        assert page.get_attribute("#work", "data-step") == "0"


def test_a_page_is_set_aside_with_the_mouse_and_the_case_released(browser: Browser, desk: Desk, address: str) -> None:
    with signed_in(browser, desk, address, "ann") as page:
        _open(page, address, "S03")
        page.click("#thumbs [data-number='3']")
        page.click("[data-sorts]")
        page.click("#sorting label:has([value=aside])")
        page.fill("#sorting [name=reason]", "of another shipment")
        page.click("#sorting button.main")
        _answered(page, 1)
        assert _papers(page)[2] == "Other paper"
        page.click("[data-does=release]")
        page.click("#confirm .main")
        page.wait_for_selector(".work-head:has-text('Revision 2')")
        assert _papers(page)[2] == "Other paper"
    (kept,) = desk.hall.workshop.assignments.of("local", "S03")
    assert (kept.by, kept.reason, kept.paper.type) == ("ann", "of another shipment", "other")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_with_the_form(browser: Browser, desk: Desk, address: str, scheme: str) -> None:
    with signed_in(browser, desk, address, "ann", scheme=scheme) as page:
        _open(page, address, "S02")
        page.keyboard.press("p")
        assert axe_findings(page) == []
        page.keyboard.press("g")
        assert axe_findings(page) == []
