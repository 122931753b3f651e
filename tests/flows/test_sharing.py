"""Several watchers on one inbox: which shipment each of them takes first."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.inbox.rules import Watcher
from flows.inbox.sharing import Lane
from flows.settings import Settings
from flows.up.worker import ALONE, lane_named, watcher_of
from tests.dropped import bench


@dataclass(frozen=True)
class Shipment:
    id: str


def _shipments(count: int) -> list[Shipment]:
    return [Shipment(hashlib.sha256(str(number).encode()).hexdigest()[:32]) for number in range(count)]


def _others_than(lane: Lane, shipments: Sequence[Shipment]) -> list[Shipment]:
    own = set(lane.chosen(shipments))
    return [one for one in shipments if one not in own]


@given(count=st.integers(0, 60), lanes=st.integers(1, 5))
def test_each_shipment_is_chosen_by_some_lane(count: int, lanes: int) -> None:
    shipments = _shipments(count)
    shares = [Lane(number, lanes).chosen(shipments) for number in range(lanes)]
    assert {one for share in shares for one in share} == set(shipments)


def test_a_lane_alone_takes_all_in_their_order() -> None:
    shipments = _shipments(20)
    assert Lane().chosen(shipments) == shipments


def test_two_lanes_with_much_to_do_never_want_the_same_shipment() -> None:
    shipments = _shipments(40)
    first, second = (Lane(number, 2).chosen(shipments) for number in (0, 1))
    assert not set(first) & set(second)
    assert [one for one in shipments if one in first] == first


def test_a_lane_with_nothing_of_its_own_takes_a_few_of_the_others_from_the_end() -> None:
    lane = Lane(0, 2)
    others = _others_than(lane, _shipments(40))
    assert list(lane.chosen(others)) == others[:-5:-1]
    assert list(lane.chosen(others[:1])) == others[:1]
    assert list(lane.chosen([])) == []


def test_two_watchers_by_turns_empty_the_inbox_together_without_meeting(tmp_path: Path) -> None:
    with bench(tmp_path) as place:
        for number in range(6):
            place.drop(f"acme/R-{number}/invoice.pdf", b"%%PDF-1.7 %d" % number)
        watchers = [Watcher(holder=f"up-{number}", lane=Lane(number, 2)) for number in (0, 1)]
        reports = [place.watch(watcher=watcher) for watcher in watchers]
        assert all(not report.put_off for report in reports)
        assert sum(len(report.handled) for report in reports) == 6
        assert place.inbox() == []


@pytest.mark.parametrize(("told", "lane"), [("1/1", Lane()), ("2/3", Lane(1, 3))])
def test_a_lane_is_named_as_people_count(told: str, lane: Lane) -> None:
    assert lane_named(told) == lane


def test_a_lane_keeps_its_name_over_a_kill_only_where_no_other_stack_has_one_of_that_name(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    assert watcher_of([ALONE, "--lane=2/2"], settings).holder == "up-2"
    first, second = (watcher_of(["--lane=2/2"], settings).holder for _ in range(2))
    assert first != second
