"""A desk served on a port of this machine, and the system's Chromium in front of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.desks import Desk

AXE = Path(__file__).parent / "desk" / "web" / "vendor" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """rules => axe.run(document, {runOnly: rules}).then(
    found => found.violations.map(one => `${one.id}: ${one.nodes.map(node => node.html.slice(0, 120)).join(' | ')}`))"""


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    """The address of the desk, for as long as it is served."""
    server = uvicorn.Server(uvicorn.Config(desk.app, host="127.0.0.1", port=0, log_level="error", lifespan="off"))
    listening = server.config.bind_socket()
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser; whoever asks for it is skipped where this system has none."""
    program = which("chromium")
    if program is None:
        pytest.skip("needs Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def signed_in(browser: Browser, desk: Desk, address: str, name: str, **options: str) -> Iterator[Page]:
    """A page of a browser in which that user is signed in. What its console complains of is an error of the test."""
    user = desk.accounts.users.named(name)
    identity = desk.accounts.sessions.open(user, desk.clock(), is_second_factor_given=True, instead_of=None)
    context: BrowserContext = browser.new_context(
        viewport={"width": 1366, "height": 768},
        color_scheme="dark" if options.get("scheme") == "dark" else "light",
        locale=options.get("locale", "en-GB"),
    )
    context.add_cookies([{"name": "tidewaiter-session", "value": identity, "url": address}])
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    try:
        yield page
    finally:
        context.close()
    assert not complaints


def press(page: Page, *keys: str) -> None:
    """Each key on a case page as soon as it is taken, and what the server answers to the last."""
    for key in keys:
        page.wait_for_selector("#case:not(.busy) .finding.selected.shown")
        page.keyboard.press(key)
    page.wait_for_selector("#case:not(.busy) .finding.selected.shown")


def open_findings(page: Page) -> int:
    """How many a case page still asks about."""
    return page.locator(".finding[data-holds='1']").count()


def axe_findings(page: Page) -> list[str]:
    """What axe-core finds wrong with the page, by the rules of WCAG 2.2 AA and its own best practice."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(_RUN, _RULES)
    return found
