"""Names, sizes and kinds of objects that no honest broker would send, or only by mistake."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import keys
from archive.stores.exchange import Entry, EntryKind
from flows.inbox.names import dropped
from flows.inbox.readiness import Ready
from flows.inbox.reports import Handled
from flows.inbox.rules import InboxRules, Watcher
from flows.inbox.taking import take
from flows.intake import readable
from tests.dropped import Bench

AT = dt.datetime(2026, 4, 1, tzinfo=dt.UTC)


def entry(key: str, kind: EntryKind = "file") -> Entry:
    return Entry(key, 10, AT, "v", kind)


@pytest.mark.parametrize(
    "name",
    [
        "acme/R/../x.pdf", "acme/../x.pdf", "../R/x.pdf", "acme//x.pdf", "/x.pdf", "acme/R//x.pdf", "acme/R/./x.pdf",
        "acme/R/a\x00b.pdf", "acme/R/\x1b[2J.pdf", "acme/R/a\u202efdp.exe", "acme/R/" + "x" * 1000,
        "acme/" + "x" * 1000,
        "x" * 1000 + "/R/x.pdf", "acme/R/\udcff.pdf", "acme/\udcff/x.pdf", "\n/R/x.pdf", "x.pdf", "", "acme/..",
        "acme/_READY", "acme/_READY/x.pdf",
    ],
)  # fmt: skip
def test_a_name_that_no_file_should_have_is_trouble_and_shown_without_harm(name: str) -> None:
    found = dropped(entry(f"inbox/{name}"))
    assert found is not None
    assert found.trouble
    assert readable(found.file) == found.file
    assert len(found.file) <= 241
    keys.quarantine(found.broker, found.reference, "0a.json")


@given(st.text(st.characters(categories=None), max_size=400), st.sampled_from(["file", "folder", "link", "special"]))
def test_whatever_the_name_it_is_kept_under_one_that_records_can_hold(name: str, kind: EntryKind) -> None:
    found = dropped(entry(f"inbox/{name}", kind))
    if found is None:
        assert kind == "folder"
        return
    assert keys.name_of(keys.part(found.broker)) == found.broker
    assert keys.name_of(keys.part(found.reference)) == found.reference
    assert ".." not in {found.broker, found.reference}
    assert readable(found.file) == found.file


@given(st.text(st.characters(categories=("L", "N")), min_size=1, max_size=20))
def test_an_honest_name_is_kept_as_it_is(name: str) -> None:
    found = dropped(entry(f"inbox/acme/{name}/page 1.pdf"))
    assert found is not None
    assert found.trouble is None
    assert keys.part(found.reference) == keys.part(name)


def test_names_that_lead_elsewhere_go_to_quarantine_and_the_outbox_says_so(inbox: Bench) -> None:
    inbox.drop("acme/R-1/invoice.pdf", b"%PDF-1.7 invoice")
    inbox.drop("acme/R-1/\x1b[2J\udcff.pdf", b"%PDF-1.7 hostile")
    assert inbox.watch().handled == (Handled("acme", "R-1", 1, "held", refused=1),)
    (key,) = inbox.quarantined()
    record = json.loads(inbox.workshop.quarantine.store.get(key))
    assert record["key"] == r"inbox/acme/R-1/\x1b[2J\udcff.pdf"
    assert inbox.workshop.quarantine.store.get(key.replace(".json", ".bin")) == b"%PDF-1.7 hostile"
    (note,) = [name for name in inbox.outbox() if name.endswith(".txt") and "not-taken" in name]
    assert "was not taken" in inbox.exchange.get(f"outbox/{note}").decode()
    assert [notice.holds for notice in inbox.workshop.archive.intake("acme", "R-1", 1).left_out] == [True]
    assert inbox.inbox() == []


def test_a_file_over_the_limit_holds_its_shipment_until_a_smaller_one_comes_under_its_name(inbox: Bench) -> None:
    watcher = Watcher(InboxRules(file_bytes=20))
    inbox.drop("acme/R-1/invoice.pdf")
    inbox.drop("acme/R-1/scan.tif", b"x" * 21)
    assert inbox.watch(watcher=watcher).handled[0].refused == 1
    assert [notice.file for notice in inbox.workshop.archive.intake("acme", "R-1", 1).left_out] == ["scan.tif"]
    inbox.drop("acme/R-1/letter.pdf", b"%PDF-1.7 letter")
    inbox.watch(watcher=watcher)
    assert [notice.file for notice in inbox.workshop.archive.intake("acme", "R-1", 2).left_out] == ["scan.tif"]
    inbox.drop("acme/R-1/scan.tif", b"x" * 20)
    inbox.watch(watcher=watcher)
    assert inbox.workshop.archive.intake("acme", "R-1", 3).left_out == ()


def test_a_late_paper_that_is_refused_makes_a_revision_that_says_so(inbox: Bench) -> None:
    inbox.drop("acme/R-1/invoice.pdf")
    inbox.watch()
    inbox.drop("acme/R-1/certificate.pdf", b"")
    assert inbox.watch().handled == (Handled("acme", "R-1", 2, "held", refused=1),)
    intake = inbox.workshop.archive.intake("acme", "R-1", 2)
    assert [file.file for file in intake.files] == ["invoice.pdf"]
    assert "it is empty" in intake.left_out[0].message


def test_a_shipment_of_more_files_than_are_taken_is_quarantined_as_a_whole(inbox: Bench) -> None:
    for number in range(12):
        inbox.drop(f"acme/flood/{number}.pdf", b"%PDF-1.7 flood")
    inbox.drop("acme/R-1/invoice.pdf")
    report = inbox.watch(watcher=Watcher(InboxRules(files=10)))
    assert Handled("acme", "flood", 1, "held", refused=12) in report.handled
    assert Handled("acme", "R-1", 1, "held") in report.handled
    intake = inbox.workshop.archive.intake("acme", "flood", 1)
    assert (intake.files, len(intake.left_out)) == ((), 1)
    assert len(inbox.quarantined()) == 12
    assert inbox.inbox() == []


def test_links_and_pipes_are_refused_without_being_opened(inbox: Bench, tmp_path: Path) -> None:
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(b"%PDF-1.7 secret")
    folder = inbox.drop("acme/R-1/invoice.pdf").parent
    (folder / "link.pdf").symlink_to(secret)
    os.mkfifo(folder / "pipe.pdf")
    assert inbox.watch().handled[0].refused == 2
    assert b"%PDF-1.7 secret" not in inbox.papers("acme", "R-1", 1).values()
    assert {key.endswith(".json") for key in inbox.workshop.quarantine.store.list("quarantine/")} == {True}
    assert secret.exists()
    assert inbox.inbox() == []


def test_what_lies_in_no_brokers_folder_is_kept_apart(inbox: Bench) -> None:
    inbox.drop("stray.pdf")
    assert inbox.watch().handled == (Handled("unknown", "stray.pdf", None, None, refused=1),)
    assert list(inbox.workshop.quarantine.store.list("shipments/")) == []
    assert inbox.inbox() == []


def test_what_a_computer_left_there_is_archived_and_asks_nothing(inbox: Bench) -> None:
    inbox.drop("acme/R-1/invoice.pdf")
    inbox.drop("acme/R-1/.DS_Store", b"\x00\x00\x00\x01Bud1")
    inbox.drop("acme/R-1/__MACOSX/._invoice.pdf", b"\x00\x05\x16\x07")
    inbox.drop("acme/R-1/.scanned.pdf")
    inbox.watch()
    intake = inbox.workshop.archive.intake("acme", "R-1", 1)
    assert sorted(file.file for file in intake.files) == [".scanned.pdf", "invoice.pdf"]
    assert [notice.holds for notice in intake.left_out] == [False, False]
    assert inbox.quarantined() == inbox.inbox() == []


def test_a_mark_alone_is_taken_away_without_a_revision(inbox: Bench) -> None:
    inbox.drop("acme/R-1/_READY", b"")
    assert inbox.watch().handled == (Handled("acme", "R-1", None, None),)
    assert inbox.inbox() == inbox.outbox() == []


def test_two_names_that_look_alike_are_two_papers(inbox: Bench) -> None:
    for name in ("Größe.pdf", "Gro\u0308ße.pdf"):
        inbox.drop(f"acme/R-1/{name}", f"%PDF-1.7 {name}".encode())
    inbox.watch()
    assert len(set(inbox.papers("acme", "R-1", 1).values())) == 2


def test_taking_a_drop_twice_finds_what_was_done_and_removes_nothing(inbox: Bench) -> None:
    path = inbox.drop("acme/R-1/a.pdf", b"")
    ready = Ready("acme", "R-1", tuple(filter(None, map(dropped, inbox.exchange.entries("inbox/")))))
    first = take(ready, inbox.workshop, inbox.exchange, InboxRules(), now=AT)
    again = take(ready, inbox.workshop, inbox.exchange, InboxRules(), now=AT + dt.timedelta(days=1))
    assert again == first
    assert path.exists()
