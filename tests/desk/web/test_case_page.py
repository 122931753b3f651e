"""The case page over HTTP: what it shows, what it refuses, and whose papers it gives out."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive.accounts.passwords import Passwords
from archive.accounts.people import Role
from desk.web.pages.picture_cache import PictureCache
from flows import plain, steps
from flows.settings import Settings
from flows.workshop import open_workshop
from tests.desks import Answer, Browser, Clock, Desk, desk_of

SAMPLE = Path(__file__).parents[3] / "sample_docs/shipments/S01"
AS_OF = Clock().now.date().replace(month=4, day=13)
CASE = "/shipments/local/S01"
HOSTILE = '<script>document.title="taken"</script>'


def _papers(folder: Path) -> Path:
    """A digital sample with a draft declaration that names another total and an exporter that nobody should run."""
    papers = shutil.copytree(SAMPLE, folder / "S01")
    draft = {"total_invoice_amount": "19000.00", "exporter": {"name": HOSTILE}}
    (papers / "draft_declaration.json").write_text(json.dumps(draft))
    return papers


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("casepage")
    with open_workshop(Settings(data_dir=place / "data", exchange_dir=place / "exchange")) as workshop:
        plain.clear(_papers(place), workshop, as_of=AS_OF, on_page=steps.unseen)
    return place / "data"


@pytest.fixture
def desk(filed: Path, tmp_path: Path, quick: Passwords) -> Iterator[Desk]:
    with desk_of(filed, tmp_path, quick) as made:
        yield made


@pytest.fixture
def ann(desk: Desk) -> Browser:
    return desk.signed_in(desk.user("clerk", name="ann"))


def _finding(page: str, code_title: str) -> str:
    """The part of the page that is about the first open finding of that title."""
    items = page.split('<li class="finding')[1:]
    return next(one for one in items if f">{code_title}<" in one and 'data-holds="1"' in one)


def _form(part: str, action: str) -> dict[str, str]:
    form = re.search(rf'data-action="{action}".*?</form>', part, re.DOTALL)
    assert form is not None, f"no {action} here"
    found = re.findall(r'name="(\w+)" value="([^"]*)"', form[0])
    return {name: html.unescape(value) for name, value in found}


def _take(browser: Browser, which: str, *, looking: bool = True) -> dict[str, str]:
    """The form of a decision on the case as it is shown, once the pages of its places were looked at."""
    page = browser.get(CASE)
    part = _finding(page.text, "Values differ")
    on = set(re.findall(r'data-page="([0-9a-f]+)-', part)) if looking else set()
    for where in _pictures(page):
        if any(f"/pages/{digest}" in where for digest in on):
            assert browser.get(where).status == 200
    seen = " ".join(re.findall(r'data-place="(\d+)"', part))
    return {**_form(part, which), "seen": seen}


def _pictures(page: Answer) -> list[str]:
    return [html.unescape(one) for one in re.findall(r'data-large="([^"]+)"', page.text)]


def test_a_decision_is_refused_where_a_place_was_not_shown(ann: Browser) -> None:
    form = _take(ann, "take-1")
    refused = ann.post(f"{CASE}/decide", {**form, "seen": ""})
    assert refused.status == 422
    assert "First look at every place" in refused.text
    assert "Undo" in refused.text
    assert 'data-step="0"' in refused.text


def test_a_browser_is_not_believed_that_a_place_was_shown_whose_page_it_was_never_given(
    desk: Desk, ann: Browser
) -> None:
    refused = ann.post(f"{CASE}/decide", _take(ann, "take-1", looking=False))
    assert refused.status == 422
    assert "First look at every place" in refused.text
    form = _take(ann, "take-1")
    again = desk.signed_in(desk.accounts.users.named("ann"))
    assert again.post(f"{CASE}/decide", form).status == 422
    assert ann.post(f"{CASE}/decide", form).status == 200


def test_a_decision_is_drafted_and_says_what_it_changed_and_is_taken_back(ann: Browser) -> None:
    taken = ann.post(f"{CASE}/decide", _take(ann, "take-1"))
    assert taken.status == 200
    assert "What that changed" in taken.text
    assert "Settled: " in taken.text
    assert 'data-step="1"' in taken.text
    undone = ann.post(f"{CASE}/undo", {"step": "1"})
    assert "New: " in undone.text
    assert 'data-holds="1"' in undone.text


def test_a_decision_on_a_case_that_somebody_else_changed_is_not_taken(desk: Desk, ann: Browser) -> None:
    seen_by_ann = _take(ann, "take-1")
    bob = desk.signed_in(desk.user("clerk", name="bob"))
    assert bob.post(f"{CASE}/decide", _take(bob, "take-1")).status == 200
    told = ann.post(f"{CASE}/decide", seen_by_ann)
    assert told.status == 409
    assert "Someone else decided meanwhile" in told.text
    assert 'data-step="1"' in told.text


def test_nobody_takes_back_a_decision_that_he_did_not_see(desk: Desk, ann: Browser) -> None:
    ann.post(f"{CASE}/decide", _take(ann, "take-1"))
    bob = desk.signed_in(desk.user("clerk", name="bob"))
    bob.get(CASE)
    told = bob.post(f"{CASE}/undo", {"step": "0"})
    assert told.status == 409
    assert 'data-step="1"' in told.text


def test_the_broker_may_be_asked_about_a_page_that_cannot_be_shown(ann: Browser) -> None:
    part = _finding(ann.get(CASE).text, "Values differ")
    asked = ann.post(f"{CASE}/decide", {**_form(part, "request"), "seen": "", "reason": "which total is right?"})
    assert asked.status == 200
    assert "Asked of the broker" in asked.text


def test_a_release_makes_a_revision_with_the_decision(desk: Desk, ann: Browser) -> None:
    ann.post(f"{CASE}/decide", _take(ann, "take-1"))
    assert ann.post(f"{CASE}/release", {"step": "1"}).status in {202, 303}
    assert ann.get(f"{CASE}/release").status == 303
    result = desk.hall.workshop.archive.result("local", "S01")
    assert result.revision == 2
    assert [one.decision.by for one in result.findings if one.decision is not None] == ["ann"]


def test_the_case_speaks_german_to_who_asks_for_it(ann: Browser) -> None:
    text = ann.get(CASE, headers={"Accept-Language": "de"}).text
    assert "Gesamtbeträge weichen ab. Rechnung, Seite 1: " in text
    assert "(Rechnungsgesamtbetrag)" in text
    assert "berichtigen Sie ihn, holen Sie ein neues Papier, oder lassen Sie die Leitung" in text


def test_text_of_papers_is_shown_as_text(ann: Browser) -> None:
    page = ann.get(CASE)
    assert HOSTILE not in page.text
    assert "&lt;script&gt;" in page.text


def test_pages_are_drawn_once_and_kept_by_browsers(desk: Desk, ann: Browser) -> None:
    where = _pictures(ann.get(CASE))[0]
    first = ann.get(where)
    assert first.status == 200
    assert first.headers["content-type"] == "image/webp"
    assert first.headers["cache-control"] == "private, no-cache"
    assert "immutable" in ann.get(where.replace("size=large", "size=small")).headers["cache-control"]
    assert len(list((desk.hall.settings.data_dir / "pictures").glob("*-large-*.webp"))) == 1
    assert ann.get(where, headers={"If-None-Match": first.headers["etag"]}).status == 304


@pytest.mark.parametrize(
    "spoil",
    [
        lambda where: re.sub(r"[0-9a-f]{64}", "0" * 64, where),
        lambda where: where.replace("/1.webp", "/99.webp"),
        lambda where: where.replace("/S01/", "/S02/"),
        lambda where: where.replace("/local/", "/other/"),
        lambda where: where.replace("/S01/1/", "/S01/7/"),
    ],
    ids=["a digest of no paper of it", "a page it has not", "another shipment", "another broker", "another revision"],
)
def test_only_pages_of_the_shipment_are_given_out(ann: Browser, spoil: Callable[[str], str]) -> None:
    assert ann.get(spoil(_pictures(ann.get(CASE))[0])).status == 404


def test_words_of_a_page_come_with_boxes_that_lie_on_it(ann: Browser) -> None:
    page = ann.get(CASE)
    button = r'data-width="([\d.]+)" data-height="([\d.]+)".*?data-words="([^"]+)"'
    width, height, where = re.findall(button, page.text)[0]
    words = json.loads(ann.get(html.unescape(where)).text)
    assert words
    assert all(0 <= x0 <= x1 <= float(width) for _, x0, _, x1, _ in words)
    assert all(0 <= top <= bottom <= float(height) for _, _, top, _, bottom in words)


@pytest.mark.parametrize(("role", "page"), [("broker", "/mine/S01"), ("auditor", "/audit/shipments/local/S01")])
def test_a_link_to_the_case_leads_everyone_to_a_page_of_theirs(desk: Desk, role: Role, page: str) -> None:
    answer = desk.signed_in(desk.user(role, broker="local" if role == "broker" else None)).get(CASE)
    assert (answer.status, answer.headers["location"]) == (303, page)


def test_a_broker_sees_no_case_page(desk: Desk) -> None:
    broker = desk.signed_in(desk.user("broker", broker="local"))
    assert broker.get(f"{CASE}/1/pages/{'0' * 64}/1.webp").status == 403


def test_a_second_clerk_is_told_who_works_on_the_case_and_may_take_it_over(desk: Desk, ann: Browser) -> None:
    ann.get(CASE)
    assert "works on this case" not in ann.post(f"{CASE}/claim").text
    bob = desk.signed_in(desk.user("clerk", name="bob"))
    assert "ann works on this case" in bob.post(f"{CASE}/claim").text
    assert "works on this case" not in bob.post(f"{CASE}/claim?take_over=true").text
    assert "bob works on this case" in ann.post(f"{CASE}/claim").text


def test_notes_stay_in_their_order(ann: Browser) -> None:
    ann.get(CASE)
    ann.post(f"{CASE}/comments", {"text": "called the shipper"})
    told = ann.post(f"{CASE}/comments", {"text": HOSTILE})
    assert told.text.rindex("called the shipper") < told.text.rindex("&lt;script&gt;")
    assert HOSTILE not in told.text


def test_without_another_case_the_next_is_the_queue(ann: Browser) -> None:
    answer = ann.get(f"{CASE}/next")
    assert (answer.status, answer.headers["location"]) == (303, "/queue")


def test_the_pictures_wanted_longest_ago_make_room(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path / "pictures", most_bytes=25)
    for n, name in enumerate(("a", "b", "c")):
        cache.put(name, bytes(10))
        for kept in tmp_path.glob(f"pictures/{name}.webp"):
            os.utime(kept, (n, n))
    cache.put("d", bytes(10))
    assert [cache.get(name) is not None for name in "abcd"] == [False, False, True, True]
