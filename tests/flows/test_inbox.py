"""From the drop to the outbox, with every part real but the clearing, which most of these tests do without."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from uuid import uuid4

import pytest

from flows import steps
from flows.inbox.errors import NotNowError
from flows.inbox.outbox import give_back
from flows.inbox.reports import Handled, PutOff
from flows.inbox.rules import InboxRules, Watcher, rules_of
from flows.inbox.watching import watch_once
from flows.plain import clear_begun
from flows.settings import Settings
from flows.workshop import open_exchange, open_workshop
from schemas.decisions import FindingDecision
from schemas.findings import Decision, Finding
from schemas.results import Intake, ShipmentResult, Submission
from tests.archived import result_of
from tests.dropped import Bench, bench, held
from tests.servers import S3Server


def test_a_quiet_shipment_is_archived_answered_and_taken_out(inbox: Bench) -> None:
    inbox.drop("acme/R-1/invoice.pdf", b"%PDF-1.7 invoice")
    inbox.drop("acme/R-1/scans/packing list.pdf", b"%PDF-1.7 packing")
    report = inbox.watch()
    assert report.handled == (Handled("acme", "R-1", 1, "held"),)
    assert report.is_empty
    assert inbox.papers("acme", "R-1", 1) == {
        "invoice.pdf": b"%PDF-1.7 invoice", "scans/packing list.pdf": b"%PDF-1.7 packing",
    }  # fmt: skip
    assert inbox.outbox() == ["acme/R-1/1/findings.json", "acme/R-1/1/findings.txt"]
    assert inbox.inbox() == inbox.watched() == []


def test_the_intake_keeps_when_each_paper_was_dropped(inbox: Bench) -> None:
    path = inbox.drop("acme/R-1/invoice.pdf")
    at = dt.datetime.fromtimestamp(path.stat().st_ctime_ns // 1000 / 1_000_000, dt.UTC)
    inbox.watch()
    (file,) = inbox.workshop.archive.intake("acme", "R-1", 1).files
    assert file.dropped_at == at


def test_a_single_file_is_a_shipment_named_as_the_file(inbox: Bench) -> None:
    inbox.drop("acme/INV 7.pdf")
    assert inbox.watch().handled == (Handled("acme", "INV 7.pdf", 1, "held"),)
    assert list(inbox.papers("acme", "INV 7.pdf", 1)) == ["INV 7.pdf"]


def test_a_shipment_that_changed_lately_waits_and_one_marked_ready_does_not(inbox: Bench) -> None:
    inbox.drop("acme/waits/a.pdf")
    inbox.drop("acme/ready/a.pdf")
    inbox.drop("acme/ready/_READY", b"")
    inbox.ahead = dt.timedelta(seconds=10)
    report = inbox.watch()
    assert [one.reference for one in report.handled] == ["ready"]
    assert (report.waiting, report.is_empty) == (1, False)
    assert inbox.inbox() == ["acme/waits/a.pdf"]
    inbox.ahead = dt.timedelta(seconds=21)
    assert inbox.watch().is_empty


def test_papers_whose_names_are_kept_as_one_are_all_taken(inbox: Bench) -> None:
    for name in ("acme/R-1/\u00e9.pdf", "acme/R-1/e\u0301.pdf", "acme/R-1/\u00e9.pdf (2)"):
        inbox.drop(name, name.encode())
    inbox.watch()
    assert len(inbox.papers("acme", "R-1", 1)) == 3


def test_a_late_paper_makes_a_revision_of_all_papers_so_far(inbox: Bench) -> None:
    inbox.drop("acme/R-1/invoice.pdf", b"%PDF-1.7 invoice")
    inbox.watch()
    inbox.drop("acme/R-1/certificate.pdf", b"%PDF-1.7 certificate")
    assert inbox.watch().handled == (Handled("acme", "R-1", 2, "held"),)
    assert inbox.papers("acme", "R-1", 2) == {
        "invoice.pdf": b"%PDF-1.7 invoice", "certificate.pdf": b"%PDF-1.7 certificate",
    }  # fmt: skip


def test_each_revision_but_the_last_is_marked_as_superseded_also_one_that_was_never_answered(inbox: Bench) -> None:
    for number in (1, 3, 4):
        inbox.drop("acme/R-1/invoice.pdf", f"%PDF-1.7 {number}".encode())
        inbox.watch()
        if number == 1:
            told = inbox.workshop.archive.intake("acme", "R-1", 1).model_dump(include=set(Submission.model_fields))
            inbox.workshop.archive.begin_after(Submission.model_validate(told), 1)
    marked = [name for name in inbox.outbox() if name.endswith("superseded.txt")]
    assert marked == [f"acme/R-1/{number}/superseded.txt" for number in (1, 2, 3)]
    assert "Revision 3" in inbox.exchange.get("outbox/acme/R-1/1/superseded.txt").decode()


def test_a_late_papers_revision_carries_what_was_decided_before(inbox: Bench) -> None:
    inbox.drop("acme/R-1/invoice.pdf")
    inbox.watch()
    finding = Finding(code="document_missing", severity="warning", message="none", nature="missing")
    decision = Decision(action="waive", by="clerk", at=dt.datetime(2026, 4, 1, tzinfo=dt.UTC), reason="not_material")
    told = FindingDecision(revision=1, number=1, key="0a", position=1, finding=finding, decision=decision)
    inbox.workshop.decisions.record("acme", "R-1", told)
    inbox.drop("acme/R-1/certificate.pdf", b"%PDF-1.7 certificate")
    inbox.watch()
    assert inbox.workshop.archive.intake("acme", "R-1", 2).decisions == (told,)


def test_a_changed_paper_takes_the_place_of_the_earlier_also_when_it_changes_back(inbox: Bench) -> None:
    for number, content in enumerate((b"%PDF-1.7 one", b"%PDF-1.7 two", b"%PDF-1.7 one"), 1):
        inbox.drop("acme/R-1/invoice.pdf", content)
        inbox.watch()
        assert inbox.papers("acme", "R-1", number) == {"invoice.pdf": content}
    assert inbox.workshop.archive.revisions("acme", "R-1") == (1, 2, 3)


def test_the_same_papers_dropped_again_another_day_are_answered_by_the_revision_that_stands(inbox: Bench) -> None:
    inbox.drop("acme/R-1/a.pdf")
    inbox.watch()
    inbox.drop("acme/R-1/a.pdf")
    inbox.ahead = dt.timedelta(days=2)
    assert inbox.watch().handled == (Handled("acme", "R-1", 1, "held"),)
    assert inbox.workshop.archive.revisions("acme", "R-1") == (1,)
    assert inbox.inbox() == []


def test_a_clear_shipment_has_its_declaration_in_the_outbox_byte_for_byte(inbox: Bench) -> None:
    inbox.drop("acme/R-1/a.pdf")

    def clear(intake: Intake) -> ShipmentResult:
        whole = result_of(intake, "clear")
        formats = {"declaration.cds.xml": b"<cds/>"}
        return inbox.workshop.archive.commit(intake, whole, formats_of=lambda _outcome: formats)

    inbox.watch(clear)
    assert "acme/R-1/1/declaration.json" in inbox.outbox()
    assert inbox.exchange.get("outbox/acme/R-1/1/declaration.cds.xml") == b"<cds/>"
    stored = inbox.workshop.quarantine.store.get("shipments/acme/R-1/1/declaration.json")
    assert inbox.exchange.get("outbox/acme/R-1/1/declaration.json") == stored
    assert "CLEAR" in inbox.exchange.get("outbox/acme/R-1/1/findings.txt").decode()


def test_papers_that_are_read_for_real_come_back_with_their_findings_in_plain_words(
    tmp_path: Path, make_papers: Callable[[Path], Path]
) -> None:
    with bench(tmp_path) as inbox:
        (inbox.root / "inbox" / "acme").mkdir()
        make_papers(inbox.root / "inbox" / "acme" / "R-1")
        inbox.watch(lambda intake: clear_begun(intake, inbox.workshop, on_page=steps.unseen))
        told = inbox.exchange.get("outbox/acme/R-1/1/findings.txt").decode()
        assert "HELD" in told
        assert "There is no transport document among the papers" in told
        findings = json.loads(inbox.exchange.get("outbox/acme/R-1/1/findings.json"))
        assert "document_missing" in {finding["code"] for finding in findings["findings"]}


def test_a_result_given_back_twice_is_written_once(inbox: Bench) -> None:
    inbox.drop("acme/R-1/a.pdf")
    inbox.watch()
    before = inbox.outbox()
    give_back(inbox.workshop.archive.result("acme", "R-1"), inbox.workshop, inbox.exchange)
    assert inbox.outbox() == before


def test_a_paper_overwritten_while_it_is_cleared_stays_and_makes_the_next_revision(inbox: Bench) -> None:
    path = inbox.drop("acme/R-1/a.pdf", b"%PDF-1.7 first")

    def clear(intake: Intake) -> ShipmentResult:
        path.write_bytes(b"%PDF-1.7 overwritten")
        return held(inbox.workshop)(intake)

    inbox.watch(clear)
    assert inbox.inbox() == ["acme/R-1/a.pdf"]
    inbox.watch()
    assert inbox.papers("acme", "R-1", 1) == {"a.pdf": b"%PDF-1.7 first"}
    assert inbox.papers("acme", "R-1", 2) == {"a.pdf": b"%PDF-1.7 overwritten"}


def test_nothing_is_removed_whose_archived_copy_is_damaged(inbox: Bench) -> None:
    inbox.drop("acme/R-1/a.pdf")

    def clear(intake: Intake) -> ShipmentResult:
        sha256 = intake.files[0].sha256
        stored = inbox.root.parent / "data" / "originals" / "sha256" / sha256[:2] / sha256[2:4] / sha256
        stored.chmod(0o600)
        stored.write_bytes(b"damaged")
        return held(inbox.workshop)(intake)

    (put_off,) = inbox.watch(clear).put_off
    assert (put_off.why, "OriginalDamaged" in put_off.what) == ("failed", True)
    assert inbox.inbox() == ["acme/R-1/a.pdf"]


def test_a_shipment_that_fails_three_times_is_quarantined_and_blocks_no_other(inbox: Bench) -> None:
    inbox.drop("acme/poison/a.pdf", b"%PDF-1.7 poison")
    inbox.drop("acme/sound/a.pdf")

    def clear(intake: Intake) -> ShipmentResult:
        if intake.reference == "poison":
            raise ValueError("a fault of the program")
        return held(inbox.workshop)(intake)

    first = inbox.watch(clear)
    assert [one.reference for one in first.handled] == ["sound"]
    assert first.put_off == (PutOff("acme", "poison", "failed", "ValueError: a fault of the program"),)
    assert [inbox.watch(clear).put_off[0].why for _ in range(2)] == ["failed", "failed"]
    assert inbox.watch(clear).handled == (Handled("acme", "poison", None, None, refused=1),)
    assert inbox.inbox() == inbox.watched() == []
    (key,) = inbox.quarantined()
    record = json.loads(inbox.workshop.quarantine.store.get(key))
    assert record["error"] == "ValueError: a fault of the program"
    assert inbox.workshop.quarantine.store.get(key.replace(".json", ".bin")) == b"%PDF-1.7 poison"
    (note,) = [name for name in inbox.outbox() if name.startswith("acme/poison/") and name.endswith(".txt")]
    told = inbox.exchange.get(f"outbox/{note}").decode()
    assert "a.pdf" in told
    assert "ValueError" not in told


def test_what_is_no_fault_of_the_papers_counts_as_no_try(inbox: Bench) -> None:
    inbox.drop("acme/R-1/a.pdf")

    def clear(_intake: Intake) -> ShipmentResult:
        raise NotNowError("the server of flows does not answer")

    assert {inbox.watch(clear).put_off[0].why for _ in range(8)} == {"unavailable"}
    assert inbox.watch().handled == (Handled("acme", "R-1", 1, "held"),)


def test_two_watchers_at_once_make_one_revision_of_each_shipment(inbox: Bench) -> None:
    for number in range(12):
        inbox.drop(f"acme/R-{number}/a.pdf", f"%PDF-1.7 {number}".encode())
    start = Barrier(2)

    def watch(_number: int) -> list[str]:
        start.wait()
        return [one.reference for one in inbox.watch().handled]

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(watch, range(2)))
    while not inbox.watch().is_empty:
        pass
    assert {number: inbox.workshop.archive.revisions("acme", f"R-{number}") for number in range(12)} == dict.fromkeys(
        range(12), (1,)
    )
    assert inbox.inbox() == []


def test_a_shipment_that_another_watcher_has_is_left_to_it(inbox: Bench) -> None:
    inbox.drop("acme/R-1/a.pdf")

    def clear(intake: Intake) -> ShipmentResult:
        assert inbox.watch().put_off == (PutOff("acme", "R-1", "leased"),)
        return held(inbox.workshop)(intake)

    assert len(inbox.watch(clear).handled) == 1


def test_one_look_is_bounded_and_the_next_ones_go_on_to_the_end(inbox: Bench) -> None:
    for number in range(30):
        for page in range(3):
            inbox.drop(f"acme/R-{number:02}/{page}.pdf")
    rules = InboxRules(listed=10, files=5)
    after: str | None = None
    counts: list[int] = []
    while True:
        report = inbox.watch(watcher=Watcher(rules, after=after))
        counts.append(len(report.handled))
        after = report.after
        if after is None:
            break
    assert set(counts) <= {0, 1, 2, 3}
    assert sum(counts) == 30
    assert inbox.inbox() == []
    assert all(inbox.workshop.archive.revisions("acme", f"R-{number:02}") == (1,) for number in range(30))


def test_brokers_are_served_by_turns(inbox: Bench) -> None:
    for number in range(5):
        inbox.drop(f"busy/R-{number}/a.pdf")
    inbox.drop("small/R-1/a.pdf")
    report = inbox.watch(watcher=Watcher(InboxRules(shipments=2)))
    assert [one.broker for one in report.handled] == ["busy", "small"]
    assert report.left == 4


def test_the_rules_come_from_the_settings() -> None:
    rules = rules_of(Settings(inbox_quiet_seconds=5, inbox_files=7, inbox_file_bytes=9))
    assert (rules.quiet, rules.files, rules.file_bytes) == (dt.timedelta(seconds=5), 7, 9)


def test_a_bucket_is_watched_like_a_folder(
    tmp_path: Path, s3_server: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", s3_server.access_key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", s3_server.secret_key)
    bucket = f"inbox-{uuid4().hex}"
    s3_server.client().create_bucket(Bucket=bucket, ObjectLockEnabledForBucket=True)
    settings = Settings(store="s3", s3_bucket=bucket, s3_endpoint=s3_server.endpoint, data_dir=tmp_path, workers=1)
    exchange = open_exchange(settings)
    for name in ("invoice.pdf", "\x01bad\n.pdf"):
        exchange.put_new(f"inbox/acme/R-1/{name}", b"%PDF-1.7 paper", media_type="application/pdf")
    exchange.put_new("inbox/acme/R-1/_READY", b"", media_type="text/plain")
    with open_workshop(settings) as workshop:
        report = watch_once(workshop, exchange, now=lambda: dt.datetime.now(dt.UTC), clear=held(workshop))
        assert report.handled == (Handled("acme", "R-1", 1, "held", refused=1),)
        assert [file.file for file in workshop.archive.intake("acme", "R-1", 1).files] == ["invoice.pdf"]
    assert [entry.key for entry in exchange.entries("inbox/")] == []
    assert "outbox/acme/R-1/1/findings.txt" in [entry.key for entry in exchange.entries("outbox/")]


def test_a_folder_with_old_times_is_young_when_it_is_moved_into_the_inbox(inbox: Bench) -> None:
    path = inbox.drop("acme/R-1/a.pdf")
    os.utime(path, (0, 0))
    inbox.ahead = dt.timedelta(seconds=1)
    assert inbox.watch().waiting == 1
