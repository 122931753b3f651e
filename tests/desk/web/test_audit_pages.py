"""The auditor's pages: all that is known of a shipment, each look entered in the journal first, nothing changed."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typing_extensions import override

from archive.accounts.passwords import Passwords
from archive.errors import StoreUnavailable
from archive.journal.book import Placed
from archive.stores.local import LocalStore
from archive.stores.protocol import Lock
from desk.web.app import create_app
from tests.archived import sha256
from tests.desks import Browser, Desk
from tests.stocked import ASKED, PAPER, SCRIPT, stocked_desk

CASE = "/audit/shipments/anker/A-1"
ORIGINAL = sha256(PAPER + b"A-1")


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory, quick: Passwords) -> Iterator[Desk]:
    with stocked_desk(tmp_path_factory.mktemp("stocked"), quick) as desk:
        desk.user("auditor")
        yield desk


@pytest.fixture
def auditor(stocked: Desk) -> Browser:
    return stocked.signed_in(stocked.accounts.users.named("auditor"))


def _entries(desk: Desk, reference: str = "A-1") -> list[Placed]:
    desk.hall.records.journal.catch_up()
    return list(desk.hall.records.journal.entries_of("anker", reference))


def test_a_look_at_a_shipment_stands_in_the_journal_with_who_looked(stocked: Desk, auditor: Browser) -> None:
    before = len(_entries(stocked))
    answer = auditor.get(CASE)
    (entry,) = _entries(stocked)[before:]
    assert answer.status == 200
    assert (entry.entry.kind, entry.entry.by) == ("viewed", "auditor")
    assert f'<td class="number">{entry.position}</td>' in answer.text


class _Mute(LocalStore):
    """A store that takes nothing new of the journal."""

    @override
    def put_new(
        self, key: str, content: bytes | Path, *, media_type: str, sha256: str | None = None, lock: Lock | None = None
    ) -> bool:
        raise StoreUnavailable("does not answer", key, remedy="try again")


def test_nobody_sees_anything_whose_look_cannot_be_entered(stocked: Desk) -> None:
    mute = replace(stocked.hall.records.journal, store=_Mute(stocked.hall.settings.data_dir))
    hall = replace(stocked.hall, records=replace(stocked.hall.records, journal=mute))
    browser = replace(stocked, app=create_app(hall), hall=hall).signed_in(stocked.accounts.users.named("auditor"))
    for path in (CASE, browser.link(f"{CASE}/originals/{ORIGINAL}"), "/audit?status=held"):
        answer = browser.get(path)
        assert answer.status == 503
        assert "A-1" not in answer.text


def test_the_history_names_papers_findings_and_how_long_they_are_kept(auditor: Browser) -> None:
    text = auditor.get(CASE).text
    assert ORIGINAL in text
    assert "invoice, page 1, line 4 says 480" in text
    assert "At least until" in text
    assert "Proven by a signed journal" in text


def test_nothing_that_a_paper_says_becomes_markup(auditor: Browser) -> None:
    assert SCRIPT in ASKED.message
    for path in (CASE, "/audit?reference=A-1"):
        assert "<script>alert" not in auditor.get(path).text
    assert "&lt;script&gt;alert" in auditor.get(CASE).text


def test_a_paper_comes_byte_for_byte_and_is_never_shown_by_the_browser(auditor: Browser) -> None:
    answer = auditor.client.get(auditor.link(f"{CASE}/originals/{ORIGINAL}"))
    assert answer.content == PAPER + b"A-1"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert "<" not in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    "path",
    [
        f"{CASE}/originals/{sha256(PAPER + b'B-1')}",
        f"{CASE}/originals/..%2f..%2fregister.sqlite",
        f"{CASE}/records/../../../brise/B-1/1/result.json",
        f"{CASE}/records/..%2f..%2fbrise%2fB-1%2f1%2fresult.json",
        f"{CASE}/records/1/nothing.json",
        "/audit/shipments/anker/A-9",
        "/audit/shipments/brise/A-1",
    ],
)
def test_what_the_shipment_has_not_is_not_found(path: str, auditor: Browser) -> None:
    assert auditor.get(auditor.link(path)).status == 404


def test_a_shipment_that_is_not_there_leaves_no_entry(stocked: Desk, auditor: Browser) -> None:
    auditor.get("/audit/shipments/anker/A-9")
    assert not _entries(stocked, "A-9")


def test_a_record_comes_as_it_stands_in_the_archive(stocked: Desk, auditor: Browser) -> None:
    kept = stocked.hall.records.store.get("shipments/anker/A-1/1/result.json")
    assert auditor.client.get(auditor.link(f"{CASE}/records/1/result.json")).content == kept


def test_a_search_is_entered_by_the_names_of_its_conditions_alone(stocked: Desk, auditor: Browser) -> None:
    answer = auditor.get("/audit?number=I-A-2&status=clear")
    assert "A-2" in answer.text
    assert "B-1" not in answer.text
    journal = stocked.hall.records.journal
    last = journal.batch(journal.index.end().batches - 1).entries[-1]
    assert (last.kind, dict(last.told)) == ("viewed", {"search": "number,status"})
    assert b"I-A-2" not in last.leaf


@pytest.mark.parametrize(
    "asked", ["amount=12x", "amount=NaN", "since=yesterday", "status=lost", "after=nowhere&status=held"]
)
def test_a_condition_that_cannot_be_meant_is_said_to_be_wrong(asked: str, auditor: Browser) -> None:
    answer = auditor.get(f"/audit?{asked}")
    assert answer.status == 422
    assert 'role="alert"' in answer.text


def test_an_evidence_pack_is_made_and_holds_the_paper(auditor: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk.web.underway.PATIENCE", 60)
    auditor.get(CASE)
    told = {"Origin": "http://127.0.0.1:8480", "Sec-Fetch-Site": "same-origin"}
    answer = auditor.client.post(f"{CASE}/evidence", data={"csrf_token": auditor.token}, headers=told)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
        inside = {name: pack.read(name) for name in pack.namelist() if "/originals/" in f"/{name}"}
    assert PAPER + b"A-1" in inside.values()
    assert "A-1-evidence.zip" in answer.headers["content-disposition"]


def test_a_pack_that_takes_its_time_is_waited_for_and_taken_once(
    auditor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk.web.underway.PATIENCE", 0)
    assert auditor.get(f"{CASE}/evidence").headers["location"] == CASE
    assert auditor.get(auditor.link(f"{CASE}/evidence/file")).status == 404
    auditor.get(CASE)
    assert auditor.post(f"{CASE}/evidence").status == 202
    told = auditor.get(f"{CASE}/evidence", headers={"HX-Request": "true"})
    assert "The pack is ready" in told.text
    assert "hx-get" not in told.text
    [link] = re.findall(r'href="([^"]*/evidence/file[^"]*)"', told.text)
    taken = auditor.client.get(html.unescape(link))
    with zipfile.ZipFile(io.BytesIO(taken.content)) as pack:
        assert any(name.endswith(".pdf") for name in pack.namelist())
    assert auditor.get(html.unescape(link)).status == 404


def test_a_pack_that_cannot_be_made_says_why_on_its_page(
    tmp_path: Path, quick: Passwords, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk.web.underway.PATIENCE", 0)
    with stocked_desk(tmp_path, quick, signed=False) as desk:
        browser = desk.signed_in(desk.user("auditor"))
        browser.get(CASE)
        browser.post(f"{CASE}/evidence")
        assert "No evidence pack could be made" in browser.get(f"{CASE}/evidence").text


def test_every_object_is_compared_with_its_digest_and_an_altered_one_is_named(tmp_path: Path, quick: Passwords) -> None:
    with stocked_desk(tmp_path, quick) as desk:
        browser = desk.signed_in(desk.user("auditor"))
        browser.get(CASE)
        assert "Every object still has" in browser.post(f"{CASE}/check").text
        result = tmp_path / "data" / "shipments" / "anker" / "A-1" / "1" / "result.json"
        result.chmod(0o600)
        result.write_bytes(result.read_bytes().replace(b"480", b"542"))
        text = browser.post(f"{CASE}/check", headers={"HX-Request": "true"}).text
    assert "shipments/anker/A-1/1/result.json" in text
    assert "<html" not in text


def test_without_a_key_nothing_is_called_proven_and_no_pack_is_made(tmp_path: Path, quick: Passwords) -> None:
    with stocked_desk(tmp_path, quick, signed=False) as desk:
        browser = desk.signed_in(desk.user("auditor"))
        text = browser.get(CASE).text
        assert "no key signs the journal" in text
        assert "Proven by a signed journal" not in text
        answer = browser.post(f"{CASE}/evidence")
        assert answer.status == 409
        assert "No evidence pack could be made" in answer.text
        assert browser.get(browser.link("/audit/checkpoint")).status == 404


def test_the_journal_s_page_hands_out_the_checkpoint_of_this_moment(stocked: Desk, auditor: Browser) -> None:
    assert "example.com/journal" in auditor.get("/audit/journal").text
    assert auditor.get(auditor.link("/audit/checkpoint")).text == stocked.hall.records.journal.checkpoint_now()


def test_the_pages_speak_german_to_who_asks_for_it(auditor: Browser) -> None:
    text = auditor.get(CASE, headers={"Accept-Language": "de-AT,de;q=0.9"}).text
    assert '<html lang="de">' in text
    assert "Aufbewahrung" in text
