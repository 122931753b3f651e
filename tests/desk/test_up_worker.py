"""The worker's loop over looks that are told to it; `test_up_once` has it look for itself."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from archive.errors import NotAnArchive, StoreUnavailable
from flows.inbox.reports import Handled, PutOff, WatchReport
from flows.inbox.rules import Watcher
from flows.up.worker import watch
from schemas.results import Status

AWAY = StoreUnavailable("no answer", "s3://bucket", remedy="run again")
STUCK = WatchReport(put_off=(PutOff("acme", "R-1", "unavailable", "NotNowError: no server"),))


class Looks:
    """Gives one report after the other, the last one again and again; counts the rests, and keeps who looked."""

    def __init__(self, reports: Iterable[WatchReport | Exception]) -> None:
        self._reports = list(reports)
        self.rests = 0
        self.after: list[str | None] = []

    def look(self, watcher: Watcher) -> WatchReport:
        self.after.append(watcher.after)
        report = self._reports.pop(0) if len(self._reports) > 1 else self._reports[0]
        if isinstance(report, Exception):
            raise report
        return report

    def rest(self, _report: WatchReport | None) -> None:
        self.rests += 1

    def once(self) -> int:
        return watch(self.look, Watcher(), once=True, rest=self.rest)


def _handled(status: Status | None) -> WatchReport:
    return WatchReport(handled=(Handled("acme", "R-1", 1, status),))


@pytest.mark.parametrize(
    ("statuses", "code"), [((), 0), (("clear",), 0), (("held", "clear"), 10), (("held", "rejected"), 20), ((None,), 20)]
)
def test_the_gravest_end_of_all_shipments_is_the_exit_code(statuses: tuple[Status | None, ...], code: int) -> None:
    handled = [Handled("acme", f"R-{number}", 1, status) for number, status in enumerate(statuses)]
    assert Looks([WatchReport(handled=tuple(handled))]).once() == code


def test_it_waits_for_what_is_not_ready_and_looks_again() -> None:
    looks = Looks([WatchReport(waiting=1), WatchReport(waiting=1), _handled("held")])
    assert looks.once() == 10
    assert looks.rests == 2


def test_a_large_inbox_is_gone_through_to_its_end_before_a_rest_and_once_more_before_the_end() -> None:
    pages = [WatchReport(after=after, is_whole=False) for after in ("inbox/a", "inbox/b", None)]
    looks = Looks([*pages, WatchReport()])
    assert looks.once() == 0
    assert looks.after == [None, "inbox/a", "inbox/b", None]
    assert looks.rests == 1


def test_a_store_that_does_not_answer_for_a_while_ends_nothing() -> None:
    looks = Looks([AWAY, AWAY, _handled("clear")])
    assert looks.once() == 0
    assert looks.rests == 2


@pytest.mark.parametrize("trouble", [AWAY, STUCK])
def test_a_place_where_nothing_can_be_done_ends_a_single_run_with_an_error(trouble: WatchReport | Exception) -> None:
    assert Looks([trouble]).once() == 70


def test_a_fault_that_no_waiting_mends_is_not_waited_for() -> None:
    with pytest.raises(NotAnArchive):
        Looks([NotAnArchive("there is no such bucket", "s3://bucket", remedy="create it")]).once()
