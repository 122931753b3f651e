"""Brokers who change what is being read or drop it twice, inboxes full of old things, and clocks that jump."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path

import pytest
from typing_extensions import override

from archive.stores.exchange import Entry
from archive.stores.folder_exchange import FolderExchange
from flows import steps
from flows.inbox.reports import Handled
from flows.inbox.rules import InboxRules, Watcher
from flows.plain import clear_begun
from schemas.results import Intake, ShipmentResult
from tests.dropped import Bench, held

HOUR = dt.timedelta(hours=1)


class Overwritten(FolderExchange):
    """Each object is written anew just when it is about to be read, as often as `times` says."""

    times = 0

    @override
    def fetch(self, entry: Entry, target: Path) -> None:
        if self.times:
            self.times -= 1
            (self.root / entry.key).write_bytes(f"%PDF-1.7 {self.times} left".encode())
        super().fetch(entry, target)


def test_a_paper_written_anew_whenever_it_is_read_counts_as_no_try_and_is_taken_when_it_rests(inbox: Bench) -> None:
    exchange = Overwritten(inbox.root)
    exchange.times = 9
    restless = replace(inbox, exchange=exchange)
    inbox.drop("acme/R-1/a.pdf")
    assert {restless.watch().put_off[0].why for _ in range(9)} == {"changed"}
    assert inbox.watched() == []
    assert restless.watch().handled == (Handled("acme", "R-1", 1, "held"),)
    assert inbox.papers("acme", "R-1", 1) == {"a.pdf": b"%PDF-1.7 0 left"}
    assert inbox.quarantined() == inbox.inbox() == []


def test_the_same_papers_dropped_twice_are_one_revision_with_one_answer(inbox: Bench) -> None:
    def again(intake: Intake) -> ShipmentResult:
        inbox.drop("acme/R-1/a.pdf", b"%PDF-1.7 a")
        return held(inbox.workshop)(intake)

    inbox.drop("acme/R-1/a.pdf", b"%PDF-1.7 a")
    assert inbox.watch(again).handled == (Handled("acme", "R-1", 1, "held"),)
    assert inbox.inbox() == ["acme/R-1/a.pdf"]
    before = inbox.outbox()
    assert inbox.watch().handled == (Handled("acme", "R-1", 1, "held"),)
    assert inbox.workshop.archive.revisions("acme", "R-1") == (1,)
    assert inbox.outbox() == before
    assert inbox.inbox() == []


def test_the_same_papers_under_two_references_are_held_the_second_time_and_name_the_first(
    inbox: Bench, make_papers: Callable[[Path], Path]
) -> None:
    for reference in ("R-1", "R-2"):
        (inbox.root / "inbox" / "acme").mkdir(exist_ok=True)
        make_papers(inbox.root / "inbox" / "acme" / reference)
    clear = partial(clear_begun, workshop=inbox.workshop, on_page=steps.unseen)
    assert [one.reference for one in inbox.watch(clear).handled] == ["R-1", "R-2"]
    found = {
        reference: json.loads(inbox.exchange.get(f"outbox/acme/{reference}/1/findings.json"))["findings"]
        for reference in ("R-1", "R-2")
    }
    told = {
        name: [one["message"] for one in some if one["code"] == "duplicate_invoice"] for name, some in found.items()
    }
    assert told["R-1"] == []
    assert any("R-1" in message for message in told["R-2"])


@dataclass
class Calls:
    """What a look asks of the exchange: calls by name, and entries taken from listings."""

    counts: Counter[str] = field(default_factory=Counter)


class Counted(FolderExchange):
    def __init__(self, root: Path, calls: Calls) -> None:
        super().__init__(root)
        self._calls = calls.counts

    @override
    def entries(self, prefix: str, *, start_after: str | None = None) -> Iterator[Entry]:
        self._calls["entries"] += 1
        for entry in super().entries(prefix, start_after=start_after):
            self._calls["listed"] += 1
            yield entry

    @override
    def get(self, key: str) -> bytes:
        self._calls["get"] += 1
        return super().get(key)

    @override
    def fetch(self, entry: Entry, target: Path) -> None:
        self._calls["fetch"] += 1
        super().fetch(entry, target)

    @override
    def put_new(self, key: str, content: bytes, *, media_type: str) -> bool:
        self._calls["put_new"] += 1
        return super().put_new(key, content, media_type=media_type)

    @override
    def remove(self, entry: Entry) -> bool:
        self._calls["remove"] += 1
        return super().remove(entry)


def _fill(inbox: Bench, shipments: int) -> None:
    for number in range(shipments):
        folder = inbox.root / "inbox" / f"b{number % 10}" / f"R-{number:05}"
        folder.mkdir(parents=True)
        (folder / "a.pdf").write_bytes(b"%PDF-1.7 old")


def _work_of_one_look(inbox: Bench, watcher: Watcher) -> tuple[Counter[str], str | None, int]:
    calls = Calls()
    report = replace(inbox, exchange=Counted(inbox.root, calls)).watch(watcher=watcher)
    return calls.counts, report.after, len(report.handled)


def test_ten_thousand_old_objects_cost_a_look_no_more_than_its_limits(inbox: Bench) -> None:
    _fill(inbox, 10_000)
    rules = InboxRules(listed=1000, shipments=4)
    first, after, done = _work_of_one_look(inbox, Watcher(rules))
    assert (done, after is not None) == (4, True)
    assert first["listed"] <= 1000 + 4 * 20
    assert sum(first[name] for name in ("entries", "get", "fetch", "put_new", "remove")) <= 4 * 30
    later, _, done = _work_of_one_look(inbox, Watcher(rules, after=after))
    assert done == 4
    assert later["listed"] <= 1000 + 4 * 20


def test_ten_thousand_objects_that_wait_cost_a_listing_and_nothing_else(inbox: Bench) -> None:
    _fill(inbox, 10_000)
    inbox.ahead = -HOUR
    counts, _, done = _work_of_one_look(inbox, Watcher(InboxRules(listed=1000)))
    assert done == 0
    assert counts["listed"] <= 1000
    assert counts["entries"] <= 2
    assert set(counts) == {"listed", "entries"}


@pytest.mark.slow
def test_a_look_goes_through_ten_thousand_objects_to_the_last_one(inbox: Bench) -> None:
    _fill(inbox, 10_000)
    inbox.ahead = -HOUR
    inbox.drop("zz/R-1/a.pdf")
    inbox.drop("zz/R-1/_READY", b"")
    watcher = Watcher(InboxRules(listed=1000))
    found: list[Handled] = []
    for _ in range(20):
        report = inbox.watch(watcher=watcher)
        found += report.handled
        watcher = replace(watcher, after=report.after)
        if report.after is None:
            break
    assert found == [Handled("zz", "R-1", 1, "held")]
    assert len(list(islice(inbox.exchange.entries("inbox/"), 10_001))) == 10_000


@pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=["ahead", "back"])
def test_a_clock_that_jumps_while_a_shipment_is_cleared_ends_in_one_revision(inbox: Bench, jump: dt.timedelta) -> None:
    """The second watcher believes the first one's lease to have ended, or to be from a wrong clock."""
    inbox.drop("acme/R-1/a.pdf")
    inbox.drop("acme/R-1/_READY", b"")
    seen: list[tuple[Handled, ...]] = []

    def clear(intake: Intake) -> ShipmentResult:
        inbox.ahead += jump
        seen.append(inbox.watch().handled)
        return held(inbox.workshop)(intake)

    assert inbox.watch(clear).handled == (Handled("acme", "R-1", 1, "held"),)
    assert seen == [(Handled("acme", "R-1", 1, "held"),)]
    assert inbox.workshop.archive.revisions("acme", "R-1") == (1,)
    assert len([key for key in inbox.workshop.quarantine.store.list("shipments/") if key.endswith("intake.json")]) == 1
    assert inbox.outbox() == ["acme/R-1/1/findings.json", "acme/R-1/1/findings.txt"]
    assert inbox.inbox() == []
    assert inbox.watch().is_empty


@pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=["ahead", "back"])
def test_a_clock_that_jumped_before_the_drop_delays_at_most_by_its_jump(inbox: Bench, jump: dt.timedelta) -> None:
    inbox.drop("acme/R-1/a.pdf")
    inbox.ahead += jump
    early = inbox.watch()
    assert len(early.handled) + early.waiting == 1
    inbox.ahead = dt.timedelta(minutes=1)
    inbox.watch()
    assert inbox.workshop.archive.revisions("acme", "R-1") == (1,)
    assert inbox.inbox() == []


def test_a_clock_that_jumps_ahead_takes_papers_for_complete_and_the_late_one_makes_the_next_revision(
    inbox: Bench,
) -> None:
    inbox.drop("acme/R-1/a.pdf", b"%PDF-1.7 a")
    inbox.ahead = HOUR
    inbox.watch()
    inbox.drop("acme/R-1/b.pdf", b"%PDF-1.7 b")
    inbox.watch()
    assert list(inbox.papers("acme", "R-1", 2)) == ["a.pdf", "b.pdf"]
