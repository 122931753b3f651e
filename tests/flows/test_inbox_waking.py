"""How long a watcher rests, and what it looks at then, with a clock that is set and events that are told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.inbox.reports import Handled, PutOff, WatchReport
from flows.inbox.waking import AGAIN, AT_LEAST, Named, Resting

AT = dt.datetime(2026, 4, 1, tzinfo=dt.UTC)
PUT_OFF = WatchReport(put_off=(PutOff("acme", "R-1", "failed"),), unfinished=frozenset({"inbox/acme/R-1"}))


@dataclass
class Told:
    """Events that tell one thing at each wait, at once or when the wait is over; its clock goes on while it waits."""

    tells: list[Named | None] = field(default_factory=list)
    at_once: bool = False
    between: float = 300.0
    clock: float = 1000.0
    waits: list[float] = field(default_factory=list)
    looks: int = 0

    def wait(self, seconds: float) -> Named | None:
        self.waits.append(seconds)
        self.clock += 0 if self.at_once else seconds
        return self.tells.pop(0) if self.tells else frozenset()

    def seen(self) -> None:
        self.looks += 1

    def pause(self, seconds: float) -> None:
        self.clock += seconds

    def resting(self, *, is_confining: bool = True) -> Resting:
        return Resting(self, is_confining, now=self.now, seconds=lambda: self.clock, pause=self.pause)

    def now(self) -> dt.datetime:
        return AT + dt.timedelta(seconds=self.clock - 1000)


def waiting(seconds: float) -> WatchReport:
    ready_at = AT + dt.timedelta(seconds=seconds)
    return WatchReport(waiting=1, unfinished=frozenset({"inbox/acme/R-1"}), ready_at=ready_at)


def test_an_empty_inbox_is_looked_at_whole_again_when_that_is_due_and_no_sooner() -> None:
    told = Told()
    assert told.resting().rest(WatchReport()) is None
    assert told.clock == 1300


def test_a_shipment_that_nobody_changes_any_more_is_looked_at_in_the_moment_in_which_it_is_ready() -> None:
    told = Told()
    assert told.resting().rest(waiting(20)) == frozenset({"inbox/acme/R-1"})
    assert told.clock == 1020


def test_a_change_wakes_at_once_for_what_changed_and_what_is_unfinished() -> None:
    told = Told(tells=[frozenset({"inbox/acme/R-2"})], at_once=True)
    assert told.resting().rest(waiting(20)) == frozenset({"inbox/acme/R-1", "inbox/acme/R-2"})
    assert told.clock == 1000 + AT_LEAST


def test_changes_all_the_time_keep_no_watcher_busy() -> None:
    told = Told(tells=[None] * 100, at_once=True, between=30)
    resting = told.resting()
    for _ in range(100):
        resting.rest(WatchReport())
    assert told.clock >= 1000 + 100 * AT_LEAST


def test_after_looks_that_took_long_the_rest_is_longer_within_bounds() -> None:
    told = Told(tells=[None] * 3, at_once=True)
    resting = told.resting()
    resting.rest(WatchReport())
    for spent, least in ((1.0, 1.0), (60.0, AGAIN)):
        told.clock += spent
        before = told.clock
        resting.rest(WatchReport())
        assert told.clock - before == least


@pytest.mark.parametrize("report", [PUT_OFF, WatchReport(left=3), None])
def test_what_could_not_be_done_is_tried_again_soon(report: WatchReport | None) -> None:
    told = Told()
    told.resting().rest(report)
    assert told.clock == 1000 + AGAIN


def test_what_was_put_off_alone_is_looked_at_again() -> None:
    assert Told().resting().rest(PUT_OFF) == frozenset({"inbox/acme/R-1"})


def test_events_lost_lose_nothing_as_a_whole_look_is_due_all_the_same() -> None:
    told = Told(tells=[frozenset({"inbox/acme/R-2"})] * 1000, at_once=True, between=30)
    resting = told.resting()
    looks = [resting.rest(WatchReport()) for _ in range(200)]
    assert looks.count(None) == pytest.approx(200 * AT_LEAST / 30, abs=1)


def test_messages_count_as_seen_only_after_a_look_that_could_be_done() -> None:
    told = Told()
    resting = told.resting()
    resting.rest(None)
    assert told.looks == 0
    resting.rest(WatchReport(handled=(Handled("acme", "R-1", 1, "clear"),)))
    assert told.looks == 1


def test_an_inbox_that_was_seen_in_pieces_is_looked_at_whole_again_soon() -> None:
    told = Told()
    assert told.resting().rest(WatchReport(is_whole=False)) is None
    assert told.clock == 1000 + AGAIN


def test_a_confined_look_is_followed_by_one_at_what_it_left() -> None:
    told = Told(tells=[frozenset({"inbox/acme/R-2"}), frozenset()], at_once=True)
    resting = told.resting()
    resting.rest(WatchReport())
    left = WatchReport(is_whole=False, waiting=1, unfinished=frozenset({"inbox/acme/R-2"}), ready_at=AT)
    assert resting.rest(left) == frozenset({"inbox/acme/R-2"})


def test_many_changes_make_the_look_a_whole_one() -> None:
    told = Told(tells=[frozenset(f"inbox/acme/R-{number}" for number in range(51))], at_once=True)
    assert told.resting().rest(WatchReport()) is None


def test_where_the_end_of_all_work_is_waited_for_every_look_is_whole() -> None:
    told = Told(tells=[frozenset({"inbox/acme/R-2"})], at_once=True)
    assert told.resting(is_confining=False).rest(waiting(20)) is None


@given(
    st.lists(
        st.tuples(
            st.none()
            | st.builds(WatchReport, waiting=st.integers(0, 2), left=st.integers(0, 2), is_whole=st.booleans()),
            st.floats(-1e6, 1e6),
        ),
        max_size=20,
    )
)
def test_whatever_the_clocks_say_no_rest_is_shorter_than_allowed_or_longer_than_to_the_next_whole_look(
    looks: list[tuple[WatchReport | None, float]],
) -> None:
    told = Told()
    resting = told.resting()
    for report, ready in looks:
        before = told.clock
        dated = report and WatchReport(
            waiting=report.waiting,
            left=report.left,
            is_whole=report.is_whole,
            ready_at=AT + dt.timedelta(seconds=ready),
        )
        resting.rest(dated)
        assert AT_LEAST <= round(told.clock - before, 6) <= 300
