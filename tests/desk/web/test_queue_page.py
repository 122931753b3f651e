"""The queue: held shipments of every broker, the most urgent first, with filters, pages and who works on what."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest

from archive.accounts.passwords import Passwords
from tests.desks import NOON, Browser, Desk
from tests.stocked import stocked_desk


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory, quick: Passwords) -> Iterator[Desk]:
    with stocked_desk(tmp_path_factory.mktemp("queue"), quick) as desk:
        desk.user("clerk", name="anna")
        desk.user("clerk", name="bert")
        yield desk


@pytest.fixture
def anna(stocked: Desk) -> Browser:
    return stocked.signed_in(stocked.accounts.users.named("anna"))


def _listed(text: str) -> list[str]:
    return re.findall(r'data-row="([^"]*)"', text)


def test_held_shipments_wait_and_clear_ones_do_not(anna: Browser) -> None:
    text = anna.get("/queue").text
    assert sorted(_listed(text)) == ["anker/A-1", "brise/B-1"]
    assert "2 shipments held" in text
    assert "/shipments/anker/A-1" in text
    assert "Quantities differ" in text


def test_the_rows_come_alone_to_a_page_that_asks_again(anna: Browser) -> None:
    text = anna.get("/queue/rows").text
    assert text.lstrip().startswith('<section id="queue"')
    assert "<html" not in text


def test_filters_stay_while_the_page_asks_again(anna: Browser) -> None:
    text = anna.get("/queue?broker=brise&code=quantity_mismatch").text
    assert _listed(text) == ["brise/B-1"]
    again = re.search(r'hx-get="([^"]*)"', text)
    assert again is not None
    assert again[1].replace("&amp;", "&") == "/queue/rows?broker=brise&code=quantity_mismatch"
    assert '<option value="brise" selected>brise (1)</option>' in text
    assert _listed(anna.get("/queue?code=illegible").text) == []


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("severity=error", ["anker/A-1", "brise/B-1"]),
        ("severity=warning", []),
        ("worth=0&severity=error", ["anker/A-1", "brise/B-1"]),
        ("worth=1000000", []),
        ("days=1", []),
        ("q=b-1", ["brise/B-1"]),
        ("q=i-a-1", ["anker/A-1"]),
        ("q=sunrise&broker=anker", ["anker/A-1"]),
        ("q=A-2", []),
        ("q=nobody", []),
    ],
)
def test_the_queue_is_narrowed_by_severity_age_worth_and_words(anna: Browser, asked: str, listed: list[str]) -> None:
    assert sorted(_listed(anna.get(f"/queue?{asked}").text)) == listed
    text = anna.get(f"/queue/rows?{asked}").text
    assert sorted(_listed(text)) == listed
    assert f'hx-get="/queue/rows?{asked.replace("&", "&amp;")}"' in text or "&" in asked


def test_each_filter_says_how_many_there_are(anna: Browser) -> None:
    text = anna.get("/queue").text
    assert '<option value="error">Error (2)</option>' in text
    assert '<option value="7">a week (0)</option>' in text
    assert '<option value="0">not known (2)</option>' in text


def test_who_works_on_a_case_is_named_to_the_others(stocked: Desk, anna: Browser) -> None:
    cases, users = stocked.hall.records.register.cases, stocked.accounts.users
    cases.claim("anker", "A-1", users.named("anna").id, now=stocked.clock())
    bert = stocked.signed_in(users.named("bert"))
    assert ">you</span>" in anna.get("/queue/rows").text
    assert ">anna</span>" in bert.get("/queue/rows").text
    assert _listed(anna.get("/queue?mine=1").text) == ["anker/A-1"]
    assert _listed(bert.get("/queue?mine=1").text) == []
    stocked.clock.pass_by(dt.timedelta(minutes=3))
    assert ">anna</span>" not in bert.get("/queue/rows").text
    assert stocked.clock() > NOON


def test_a_clerk_finds_a_shipment_that_is_not_held(anna: Browser) -> None:
    text = anna.get("/queue/search?reference=A-2").text
    assert "/shipments/anker/A-2" in text
    assert anna.get("/queue/search?amount=x").status == 422


@pytest.mark.parametrize(
    "asked", ["code=nonsense", "severity=info", "days=2", "worth=x", "after=1/2", "after=x/y/z", "after=1/../b"]
)
def test_an_address_that_no_page_makes_is_refused(asked: str, anna: Browser) -> None:
    assert anna.get(f"/queue?{asked}").status == 422


def test_nothing_that_a_paper_says_becomes_markup(anna: Browser) -> None:
    assert "<script>alert" not in anna.get("/queue").text


def test_the_pages_of_a_long_queue_name_every_case_once(
    stocked: Desk, anna: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk.web.pages.queue.CASES", 1)
    first = anna.get("/queue").text
    more = re.search(r'href="([^"]*)" rel="next"', first)
    assert more is not None
    second = anna.get(more[1].replace("&amp;", "&")).text
    assert sorted([*_listed(first), *_listed(second)]) == ["anker/A-1", "brise/B-1"]
    assert 'rel="next"' not in second
    assert stocked.hall.records.register.cases.counts(now=stocked.clock()).held == 2
