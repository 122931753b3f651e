"""The queue of cases in a register: its order, its pages and filters, and what it says of shipments held no longer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.held import head_start_of
from archive.register import Register
from archive.stores.local import LocalStore
from schemas.casework import UNKNOWN_WORTH, QueueFilter
from schemas.results import Status
from tests.archived import archive_in, declaration, result_of, submission

NOW = dt.datetime(2026, 3, 3, tzinfo=dt.UTC)
EVERY = QueueFilter()


@pytest.fixture
def register(database: Path | str) -> Iterator[Register]:
    made = Register(database)
    yield made
    made.close()


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return archive_in(LocalStore(tmp_path / "store"))


def _file(reference: str, register: Register, archive: Archive, status: Status = "held", rules: str = "1") -> None:
    intake = archive.begin(submission(reference, rules=rules))
    register.record(intake, archive.commit(intake, result_of(intake, status)))


def _shown(register: Register, wanted: QueueFilter = EVERY) -> list[str]:
    return [one.reference for one in register.cases.page(wanted, limit=10, now=NOW).cases]


def test_of_cases_alike_the_older_one_comes_first(register: Register, archive: Archive) -> None:
    for reference in ("A-1", "A-2", "A-3"):
        _file(reference, register, archive)
    assert _shown(register) == ["A-1", "A-2", "A-3"]


def test_an_error_and_a_great_worth_give_a_head_start() -> None:
    little, more = head_start_of(Decimal(900), has_errors=False), head_start_of(Decimal(25_000), has_errors=False)
    assert little == dt.timedelta(0)
    assert more == dt.timedelta(hours=8)
    assert head_start_of(Decimal(900), has_errors=True) == dt.timedelta(hours=24)
    assert head_start_of(None, has_errors=False) == head_start_of(Decimal(10_000), has_errors=False)
    assert head_start_of(Decimal("9e30"), has_errors=False) == dt.timedelta(hours=48)
    assert head_start_of(Decimal(0), has_errors=False) == dt.timedelta(0)


def test_every_case_stands_on_one_page_when_they_are_turned(register: Register, archive: Archive) -> None:
    for n in range(7):
        _file(f"A-{n}", register, archive)
    seen, after = [], None
    while True:
        page = register.cases.page(EVERY, limit=3, after=after, now=NOW)
        assert page.total == 7
        seen += [one.reference for one in page.cases]
        after = page.next
        if after is None:
            break
    assert seen == [f"A-{n}" for n in range(7)]


def test_filters_and_counts_tell_what_holds_and_who_works_on_it(register: Register, archive: Archive) -> None:
    _file("A-1", register, archive)
    _file("A-2", register, archive)
    register.cases.claim("local", "A-2", "ann", now=NOW)
    assert _shown(register, QueueFilter(code="document_missing")) == ["A-1", "A-2"]
    assert _shown(register, QueueFilter(code="value_mismatch")) == []
    assert _shown(register, QueueFilter(broker="other")) == []
    assert _shown(register, QueueFilter(broker="local", claimed_by="ann")) == ["A-2"]
    counts = register.cases.counts(now=NOW)
    assert (counts.held, counts.by_broker, counts.by_code) == (2, {"local": 2}, {"document_missing": 2})
    assert (counts.claimed, register.cases.counts(now=NOW + dt.timedelta(minutes=3)).claimed) == (1, 0)


def test_the_queue_is_narrowed_by_severity_age_worth_and_what_a_search_found(
    register: Register, archive: Archive
) -> None:
    for reference, price, severity in (("A-1", "900.00", "error"), ("A-2", "120000.00", "warning")):
        intake = archive.begin(submission(reference))
        result = result_of(intake, "held")
        held = result.findings[1].model_copy(update={"severity": severity})
        worth = {"customs_value": Decimal(price), "customs_currency": "EUR"}
        declared = declaration().model_copy(update=worth)
        told = result.model_copy(update={"findings": (held,), "declaration": declared})
        register.record(intake, archive.commit(intake, told))
    page = register.cases.page
    later = max(one.received_at for one in page(EVERY, limit=10, now=NOW).cases) + dt.timedelta(days=4)
    found = {
        name: [one.reference for one in page(wanted, limit=10, now=later).cases]
        for name, wanted in {
            "errors": QueueFilter(severity="error"),
            "of a code, grave": QueueFilter(severity="error", code="document_missing"),
            "three days": QueueFilter(days=3),
            "a week": QueueFilter(days=7),
            "much": QueueFilter(worth=100_000),
            "more": QueueFilter(worth=1_000_000),
            "unknown": QueueFilter(worth=UNKNOWN_WORTH),
            "found": QueueFilter(among=(("local", "A-2"), ("local", "A-9"))),
            "found nothing": QueueFilter(among=()),
        }.items()
    }
    assert found["errors"] == found["of a code, grave"] == ["A-1"]
    assert sorted(found["three days"]) == ["A-1", "A-2"]
    assert found["much"] == found["found"] == ["A-2"]
    assert not any(found[name] for name in ("a week", "more", "unknown", "found nothing"))
    counts = register.cases.counts(now=later)
    assert counts.by_severity == {"error": 1, "warning": 1}
    assert counts.by_days == {1: 2, 3: 2, 7: 0}
    assert counts.by_worth == {10_000: 1, 100_000: 1, 1_000_000: 0, UNKNOWN_WORTH: 0}


def test_a_case_tells_its_findings_its_papers_and_who_works_on_it(register: Register, archive: Archive) -> None:
    _file("A-1", register, archive)
    register.cases.claim("local", "A-1", "ann", now=NOW)
    [case] = register.cases.among([("local", "A-1"), ("local", "none")], now=NOW)
    assert (case.severity, case.errors, case.codes) == ("error", 1, {"document_missing": 1})
    assert (case.exporter, case.invoices) == ("Sunrise Electronics Co., Ltd.", ("INV-7",))
    assert case.claim is not None
    assert case.claim.by == "ann"


@pytest.mark.parametrize("status", ["clear", "rejected"])
def test_a_later_revision_that_is_not_held_leaves_the_queue(
    register: Register, archive: Archive, status: Status
) -> None:
    _file("A-1", register, archive)
    _file("A-1", register, archive, status, rules="2")
    assert _shown(register) == []
    assert register.cases.counts(now=NOW).by_code == {}


def test_revisions_may_enter_in_any_order(register: Register, archive: Archive) -> None:
    first = archive.begin(submission("A-1"))
    second = archive.begin(submission("A-1", rules="2"))
    results = [(one, archive.commit(one, result_of(one, "held"))) for one in (first, second)]
    for intake, result in reversed(results):
        register.record(intake, result)
    [case] = register.cases.page(EVERY, limit=5, now=NOW).cases
    assert (case.revision, case.received_at) == (2, first.received_at)
    register.rebuild(archive)
    assert register.cases.page(EVERY, limit=5, now=NOW).cases == (case,)
    register.forget("local", "A-1")
    assert _shown(register) == []
