"""Pages sorted anew over HTTP: what is shown, drafted, refused, taken back and told to the auditor."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest

from archive.accounts.passwords import Passwords
from flows import plain, steps
from flows.casework.drafting import draft_of
from flows.casework.releasing import release
from flows.settings import Settings
from flows.workshop import open_workshop
from schemas.casework import Person
from tests.combined import INVOICE, LADING, PACKING, combined
from tests.desks import Answer, Browser, Clock, Desk, desk_of

AS_OF = Clock().now.date().replace(month=4, day=13)
CASE = "/shipments/local/S01"
HOSTILE_REASON = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of one file of four papers and a draft declaration with another total."""
    place = tmp_path_factory.mktemp("sorting")
    (place / "S01").mkdir()
    combined(place / "S01" / "papers.pdf")
    (place / "S01" / "draft_declaration.json").write_text(json.dumps({"total_invoice_amount": "19000.00"}))
    with open_workshop(Settings(data_dir=place / "data", exchange_dir=place / "exchange")) as workshop:
        plain.clear(place / "S01", workshop, as_of=AS_OF, on_page=steps.unseen)
    return place / "data"


@pytest.fixture
def desk(filed: Path, tmp_path: Path, quick: Passwords) -> Iterator[Desk]:
    with desk_of(filed, tmp_path, quick) as made:
        yield made


@pytest.fixture
def ann(desk: Desk) -> Browser:
    return desk.signed_in(desk.user("clerk", name="ann"))


def _sheets(page: str) -> list[tuple[str, str]]:
    """Type of the paper and number of each page, in the order in which they are shown."""
    found = re.findall(r'data-number="(\d+)" data-paper="\d+" data-type="(\w+)"', page)
    return [(kind, number) for number, kind in found]


def _fields(page: str, number: int, manner: str, **told: str) -> Mapping[str, str]:
    found = re.search(r'data-sha256="([0-9a-f]{64})"', page)
    step = re.search(r'data-step="(\d+)"', page)
    assert found is not None
    assert step is not None
    return {"sha256": found[1], "page": str(number), "manner": manner, "step": step[1], "reason": "", **told}


def _sort(browser: Browser, number: int, manner: str, **told: str) -> Answer:
    return browser.post(f"{CASE}/sort", _fields(browser.get(CASE).text, number, manner, **told))


AS_READ = [
    ("commercial_invoice", "1"), ("packing_list", "2"), ("certificate_of_origin", "3"), ("transport_document", "4"),
]  # fmt: skip


def test_the_pages_are_shown_paper_by_paper_and_can_be_sorted(ann: Browser) -> None:
    page = ann.get(CASE).text
    assert _sheets(page) == AS_READ
    assert page.count("<option ") >= 4
    assert f'hx-post="{CASE}/sort"' in page


def test_a_page_of_another_type_is_drafted_and_the_answer_shows_the_pages_as_they_are_now(ann: Browser) -> None:
    answer = _sort(ann, PACKING, "retype", type="commercial_invoice", reason=HOSTILE_REASON)
    assert answer.status == 200
    assert _sheets(answer.text)[1] == ("commercial_invoice", "2")
    assert answer.text.count('hx-swap-oob="true"') == 2
    assert "There is no packing list among the papers" in answer.text
    assert "Pages sorted by hand" in answer.text
    assert HOSTILE_REASON not in answer.text
    assert html.escape(HOSTILE_REASON, quote=False) in answer.text
    undone = ann.post(f"{CASE}/undo", {"step": "1"})
    assert _sheets(undone.text) == AS_READ


def test_a_page_begins_a_paper_goes_with_another_and_is_set_aside(ann: Browser) -> None:
    digest = _fields(ann.get(CASE).text, 1, "join")["sha256"]
    joined = _sort(ann, PACKING, "join", to=f"{digest}:{INVOICE}")
    assert _sheets(joined.text)[:2] == [("commercial_invoice", "1"), ("commercial_invoice", "2")]
    assert _sheets(_sort(ann, PACKING, "begin", type="packing_list").text) == AS_READ
    aside = _sort(ann, LADING, "aside")
    assert _sheets(aside.text)[3] == ("other", "4")
    assert "There is no transport document among the papers" in aside.text


def test_what_is_sorted_so_already_is_refused_in_the_reader_s_language(ann: Browser) -> None:
    refused = _sort(ann, PACKING, "retype", type="packing_list")
    assert (refused.status, 'data-step="0"' in refused.text) == (422, True)
    assert "sorted so already" in refused.text
    ann.get(CASE)
    ann.post("/language", {"language": "de", "next": CASE})
    assert "schon so zugeordnet" in _sort(ann, PACKING, "retype", type="packing_list").text


def test_a_page_sorted_on_a_case_that_somebody_else_changed_is_not_taken(desk: Desk, ann: Browser) -> None:
    seen = _fields(ann.get(CASE).text, PACKING, "aside")
    bob = desk.signed_in(desk.user("clerk", name="bob"))
    assert _sort(bob, LADING, "aside").status == 200
    told = ann.post(f"{CASE}/sort", seen)
    assert told.status == 409
    assert "Someone else decided meanwhile" in told.text
    assert _sheets(told.text)[1] == ("packing_list", "2")


@pytest.mark.parametrize(
    "wrong",
    [
        {"sha256": "../x"},
        {"page": "0"},
        {"page": "9999999999999999999999"},
        {"manner": "burn"},
        {"type": "x"},
        {"to": "1"},
    ],
)
def test_what_no_page_sends_is_not_looked_at(ann: Browser, wrong: dict[str, str]) -> None:
    assert ann.post(f"{CASE}/sort", {**_fields(ann.get(CASE).text, PACKING, "aside"), **wrong}).status == 422


def test_a_page_of_another_shipment_is_none_of_this_one(ann: Browser) -> None:
    fields = {**_fields(ann.get(CASE).text, PACKING, "aside"), "sha256": "0" * 64}
    answer = ann.post(f"{CASE}/sort", fields)
    assert (answer.status, "no such page" in answer.text) == (422, True)


def test_nobody_sorts_without_the_token_and_no_auditor_or_broker_at_all(desk: Desk, ann: Browser) -> None:
    fields = _fields(ann.get(CASE).text, PACKING, "aside")
    ann.token = "0" * 64
    assert ann.post(f"{CASE}/sort", fields).status == 403
    for user in (desk.user("auditor"), desk.user("broker", broker="local")):
        assert desk.signed_in(user).post(f"{CASE}/sort", fields).status == 403


def test_the_auditor_sees_who_sorted_which_pages_and_why(desk: Desk, ann: Browser) -> None:
    _sort(ann, LADING, "aside", reason="of another shipment")
    shop = desk.hall.workshop
    clear = partial(plain.clear_begun, workshop=shop, on_page=steps.unseen)
    release(draft_of("local", "S01", shop), Person(id="ann"), shop, clear)
    page = desk.signed_in(desk.user("auditor")).get("/audit/shipments/local/S01").text
    part = page.split('id="assigned"')[1].split("</section>")[0]
    assert "of another shipment" in part
    assert re.search(r'No paper of this shipment: <span class="anywhere">papers.pdf</span> page 4', part)
    assert "corrections/1.json" in page
