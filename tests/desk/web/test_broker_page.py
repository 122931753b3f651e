"""The broker's pages: his own shipments and no other's, what is asked of him, late papers by the inbox's way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.accounts.passwords import Passwords
from tests.desks import ORIGIN, Answer, Browser, Desk
from tests.stocked import stocked_desk


@pytest.fixture
def stocked(tmp_path: Path, quick: Passwords) -> Iterator[Desk]:
    with stocked_desk(tmp_path, quick) as desk:
        yield desk


@pytest.fixture
def broker(stocked: Desk) -> Browser:
    return stocked.signed_in(stocked.user("broker", broker="anker"))


@pytest.fixture
def inbox(stocked: Desk) -> Path:
    return stocked.hall.settings.exchange_dir / "inbox" / "anker"


def _send(browser: Browser, reference: str, *papers: tuple[str, bytes]) -> Answer:
    browser.get(f"/mine/{reference}")
    answer = browser.client.post(
        f"/mine/{reference}/papers",
        data={"csrf_token": browser.token},
        files=[("papers", (name, content, "text/html")) for name, content in papers],
        headers={"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"},
        follow_redirects=False,
    )
    return Answer(answer.status_code, answer.text, answer.headers, dict(answer.cookies))


def test_a_broker_sees_his_own_shipments_alone(broker: Browser) -> None:
    for path in ("/mine", "/mine?broker=brise", "/mine?reference=B-1", "/mine?status=held"):
        assert "B-1" not in broker.get(path).text.replace('value="B-1"', "")
    assert "A-1" in broker.get("/mine").text
    assert broker.get("/mine/B-1").status == 404


def test_what_is_asked_of_him_stands_there_in_plain_words(broker: Browser) -> None:
    text = broker.get("/mine/A-1").text
    assert "says 480, packing list says 542" in text
    assert "<script>alert" not in text
    assert "Nothing is asked of you" in broker.get("/mine/A-2").text


def test_a_late_paper_lies_in_the_inbox_as_if_it_had_been_dropped_there(broker: Browser, inbox: Path) -> None:
    answer = _send(broker, "A-1", ("C:\\scans\\packing list.pdf", b"%PDF-1.7 late"))
    assert answer.status == 303
    assert "handed in: 1" in broker.get(answer.headers["location"]).text
    assert (inbox / "A-1" / "packing list.pdf").read_bytes() == b"%PDF-1.7 late"
    assert (inbox / "A-1" / "_READY").is_file()


@pytest.mark.parametrize(
    ("paper", "told"),
    [
        (("late.pdf", b""), "it is empty"),
        (("late.pdf", b"x" * 1001), "it is too large"),
        (("_READY", b"{}"), "cannot have this name"),
        (("..", b"late"), "cannot have this name"),
        (("x" * 101, b"late"), "cannot have this name"),
    ],
)
def test_what_the_inbox_would_not_take_is_refused_and_said(
    paper: tuple[str, bytes], told: str, broker: Browser, inbox: Path
) -> None:
    answer = _send(broker, "A-1", paper)
    assert answer.status == 422
    assert told in answer.text
    assert not inbox.exists()


def test_a_second_paper_of_a_name_that_still_lies_there_does_not_take_its_place(broker: Browser, inbox: Path) -> None:
    _send(broker, "A-1", ("late.pdf", b"first"))
    answer = _send(broker, "A-1", ("late.pdf", b"second"), ("other.pdf", b"other"))
    assert answer.status == 422
    assert "being looked at just now" in answer.text
    assert (inbox / "A-1" / "late.pdf").read_bytes() == b"first"
    assert (inbox / "A-1" / "other.pdf").read_bytes() == b"other"


def test_no_paper_is_taken_for_a_shipment_that_is_not_his(broker: Browser, inbox: Path) -> None:
    for reference in ("B-1", "A-9"):
        assert _send(broker, reference, ("late.pdf", b"late")).status == 404
    assert not inbox.exists()


def test_papers_that_wait_are_said_to(broker: Browser) -> None:
    assert "New papers came in" not in broker.get("/mine/A-1").text
    _send(broker, "A-1", ("late.pdf", b"late"))
    assert "New papers came in" in broker.get("/mine/A-1").text
