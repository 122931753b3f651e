"""The day of judgement in a `_READY`: honoured where the operator allows it, refused where it is none, else told."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from archive.stores.exchange import Exchange
from flows.inbox.dating import asked_day
from flows.inbox.errors import WrongMarkError
from flows.inbox.names import dropped
from flows.inbox.readiness import Ready
from flows.inbox.reports import Handled
from flows.inbox.rules import InboxRules, Watcher, rules_of
from flows.settings import Settings
from schemas.results import Intake
from tests.dropped import Bench

DATED = Watcher(InboxRules(dated=True))
DAY = b'{"as_of": "2026-03-01"}'


def last(inbox: Bench) -> Intake:
    found = inbox.workshop.archive.last_intake("acme", "R-1")
    assert found is not None
    return found


def told(inbox: Bench) -> str:
    (note,) = [name for name in inbox.outbox() if "not-taken" in name and name.endswith(".txt")]
    return inbox.exchange.get(f"outbox/{note}").decode()


def test_the_day_in_a_mark_is_the_day_of_judgement_where_the_operator_allows_it(inbox: Bench) -> None:
    inbox.drop("acme/R-1/a.pdf")
    inbox.drop("acme/R-1/_READY", DAY)
    assert inbox.watch(watcher=DATED).handled == (Handled("acme", "R-1", 1, "held"),)
    assert last(inbox).as_of == dt.date(2026, 3, 1)
    assert inbox.inbox() == []


@pytest.mark.parametrize("content", [b"", b" \n"])
def test_an_empty_mark_asks_for_the_day_on_which_the_shipment_is_taken(inbox: Bench, content: bytes) -> None:
    inbox.drop("acme/R-1/a.pdf")
    inbox.drop("acme/R-1/_READY", content)
    inbox.watch(watcher=DATED)
    assert last(inbox).as_of == inbox.now().date()


def test_where_days_are_not_allowed_a_mark_that_says_something_is_told_and_holds_nothing(inbox: Bench) -> None:
    inbox.drop("acme/R-1/a.pdf")
    inbox.drop("acme/R-1/_READY", DAY)
    inbox.watch()
    assert last(inbox).as_of == inbox.now().date()
    (notice,) = last(inbox).left_out
    assert (notice.file, notice.holds) == ("_READY", False)
    assert not rules_of(Settings()).dated


def test_the_same_papers_with_another_day_are_judged_anew_and_with_the_same_day_answered(inbox: Bench) -> None:
    for day, revisions in (("2026-03-01", (1,)), ("2026-03-01", (1,)), ("2026-03-02", (1, 2))):
        inbox.drop("acme/R-1/a.pdf")
        inbox.drop("acme/R-1/_READY", json.dumps({"as_of": day}).encode())
        inbox.watch(watcher=DATED)
        assert inbox.workshop.archive.revisions("acme", "R-1") == revisions
        assert last(inbox).as_of == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    "content",
    [
        b"ready", b"[]", b"null", b"{}", b'"2026-03-01"', b'{"as_of": null}', b'{"as_of": 20260301}',
        b'{"as_of": "2026-02-30"}', b'{"as_of": "20260301"}', b'{"as_of": "2026-03-01T10:00:00"}',
        b'{"as_of": "01.03.2026"}', b'{"as_of": "1026-03-01"}', b'{"as_of": "2026-03-01", "more": 1}',
        b'{"as-of": "2026-03-01"}', b'{"as_of": "2026-03-01"', b"\xff\xfe{", b"[" * 999, DAY + b" " * 1000,
    ],
)  # fmt: skip
def test_a_mark_that_is_not_understood_takes_nothing_and_the_outbox_says_why(inbox: Bench, content: bytes) -> None:
    inbox.drop("acme/R-1/a.pdf")
    inbox.drop("acme/R-1/_READY", content)
    assert inbox.watch(watcher=DATED).handled == (Handled("acme", "R-1", None, None, refused=2),)
    assert inbox.workshop.archive.revisions("acme", "R-1") == ()
    assert "“_READY” was not taken, as it" in told(inbox)
    assert '{"as_of": "2026-03-01"}' in told(inbox)
    assert "“a.pdf” was not taken, as the _READY of its shipment was not understood" in told(inbox)
    assert len(inbox.quarantined()) == 2
    assert inbox.inbox() == inbox.watched() == []


def test_papers_dropped_again_with_a_right_mark_are_taken(inbox: Bench) -> None:
    for content in (b"soon", DAY):
        inbox.drop("acme/R-1/a.pdf")
        inbox.drop("acme/R-1/_READY", content)
        inbox.watch(watcher=DATED)
    assert inbox.papers("acme", "R-1", 1) == {"a.pdf": b"%PDF-1.7 paper"}


def test_a_mark_that_is_a_link_is_not_followed(inbox: Bench, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(DAY)
    (inbox.drop("acme/R-1/a.pdf").parent / "_READY").symlink_to(secret)
    inbox.watch(watcher=DATED)
    assert "“_READY” was not taken, as it is no short text" in told(inbox)


@examples(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.binary(max_size=60) | st.dictionaries(st.text(), st.text()).map(lambda told: json.dumps(told).encode()))
def test_whatever_a_mark_holds_it_is_a_day_none_or_refused(inbox: Bench, content: bytes) -> None:
    inbox.drop("acme/R-1/_READY", content)
    ready = _ready(inbox.exchange)
    try:
        day = asked_day(ready, inbox.exchange)
    except WrongMarkError:
        return
    assert day is None or day.year >= 2000


def _ready(exchange: Exchange) -> Ready:
    return Ready("acme", "R-1", tuple(one for entry in exchange.entries("inbox/") if (one := dropped(entry))))
