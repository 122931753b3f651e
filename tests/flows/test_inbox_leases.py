from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from threading import Barrier

import pytest
from typing_extensions import override

from archive.errors import StoreUnavailable
from archive.stores.exchange import Entry
from archive.stores.folder_exchange import FolderExchange
from flows.inbox.leases import Leases

AT = dt.datetime(2026, 4, 1, 12, 0, tzinfo=dt.UTC)
TIME = dt.timedelta(minutes=15)


@pytest.fixture
def exchange(tmp_path: Path) -> FolderExchange:
    return FolderExchange(tmp_path)


def test_a_lease_is_one_holders_until_it_ends_or_is_given_back(exchange: FolderExchange) -> None:
    first, second = Leases(exchange, "first", TIME), Leases(exchange, "second", TIME)
    lease = first.acquire("s", AT)
    assert lease is not None
    assert second.acquire("s", AT + TIME - dt.timedelta(seconds=1)) is None
    first.release("s", lease)
    assert second.acquire("s", AT) is not None
    assert first.acquire("other", AT) is not None


def test_the_lease_of_a_dead_holder_ends_and_its_late_return_takes_nothing_back(exchange: FolderExchange) -> None:
    first, second = Leases(exchange, "first", TIME), Leases(exchange, "second", TIME)
    lease = first.acquire("s", AT)
    assert lease is not None
    taken = second.acquire("s", AT + TIME)
    assert taken is not None
    first.release("s", lease)
    assert first.acquire("s", AT + TIME) is None
    assert [entry.key for entry in exchange.entries("watch/s/")] == [taken]


def test_a_holder_of_a_fixed_name_takes_its_own_lease_again_at_once(exchange: FolderExchange) -> None:
    assert Leases(exchange, "up", TIME).acquire("s", AT) is not None
    assert Leases(exchange, "up", TIME).acquire("s", AT) is not None


def test_a_lease_from_a_clock_that_was_ahead_blocks_nobody(exchange: FolderExchange) -> None:
    assert Leases(exchange, "first", TIME).acquire("s", AT + dt.timedelta(days=365)) is not None
    assert Leases(exchange, "second", TIME).acquire("s", AT) is not None


def test_a_lease_that_cannot_be_read_blocks_nobody(exchange: FolderExchange) -> None:
    exchange.put_new("watch/s/lease/00000001", b"{", media_type="application/json")
    assert Leases(exchange, "second", TIME).acquire("s", AT) == "watch/s/lease/00000002"


def test_of_eight_at_once_one_has_the_lease(exchange: FolderExchange) -> None:
    start = Barrier(8)

    def acquire(number: int) -> str | None:
        start.wait()
        return Leases(exchange, str(number), TIME).acquire("s", AT)

    with ThreadPoolExecutor(8) as pool:
        won = [key for key in pool.map(acquire, range(8)) if key]
    assert len(won) == 1


@dataclass
class Ticks:
    """Whoever renews waits until the test says that the time has come, and says when it waits again."""

    orders: SimpleQueue[str] = field(default_factory=SimpleQueue)
    waiting: SimpleQueue[float] = field(default_factory=SimpleQueue)

    def wait(self, timeout: float, /) -> bool:
        self.waiting.put(timeout)
        return self.orders.get() == "over"

    def set(self) -> None:
        self.orders.put("over")

    def tick(self) -> None:
        """One renewal, to its end; of one who has stopped renewing, nothing."""
        self.orders.put("renew")
        self.waiting.get(timeout=10)


@dataclass
class Clock:
    at: dt.datetime = AT

    def now(self) -> dt.datetime:
        return self.at


def _until(exchange: FolderExchange) -> list[str]:
    return [entry.key.rpartition("/")[2] for entry in exchange.entries("watch/s/lease/")]


def test_a_lease_is_renewed_for_as_long_as_the_work_takes_and_given_back_at_its_end(exchange: FolderExchange) -> None:
    clock, ticks = Clock(), Ticks()
    second = Leases(exchange, "second", TIME)
    with Leases(exchange, "first", TIME).held("s", clock.now, pause=lambda: ticks) as is_ours:
        assert is_ours
        assert ticks.waiting.get(timeout=10) == TIME.total_seconds() / 3
        for number in range(2, 8):
            clock.at += TIME / 3
            ticks.tick()
            assert _until(exchange) == [f"{number:08}"]
        assert second.acquire("s", clock.at + TIME * 0.9) is None
    assert _until(exchange) == []
    assert second.acquire("s", clock.at) is not None


def test_who_was_frozen_until_another_took_the_lease_does_not_get_it_back(exchange: FolderExchange) -> None:
    clock, ticks = Clock(), Ticks()
    with Leases(exchange, "first", TIME).held("s", clock.now, pause=lambda: ticks) as is_ours:
        assert is_ours
        ticks.waiting.get(timeout=10)
        clock.at += TIME * 2
        taken = Leases(exchange, "second", TIME).acquire("s", clock.at)
        ticks.orders.put("renew")
    assert taken is not None
    assert ticks.waiting.empty(), "it went on renewing what it had lost"
    assert [entry.key for entry in exchange.entries("watch/s/lease/")] == [taken]


def test_what_another_has_is_not_renewed(exchange: FolderExchange) -> None:
    ticks = Ticks()
    assert Leases(exchange, "first", TIME).acquire("s", AT) is not None
    with Leases(exchange, "second", TIME).held("s", Clock().now, pause=lambda: ticks) as is_ours:
        assert not is_ours
    assert _until(exchange) == ["00000001"]
    assert ticks.waiting.empty()


class Stumbling(FolderExchange):
    """Lists nothing while it is `away`."""

    away = False

    @override
    def entries(self, prefix: str, *, start_after: str | None = None) -> Iterator[Entry]:
        if self.away:
            raise StoreUnavailable("no answer", prefix, remedy="run again")
        return super().entries(prefix, start_after=start_after)


def test_a_store_that_is_away_at_one_renewal_costs_no_lease(tmp_path: Path) -> None:
    exchange, clock, ticks = Stumbling(tmp_path), Clock(), Ticks()
    with Leases(exchange, "first", TIME).held("s", clock.now, pause=lambda: ticks):
        ticks.waiting.get(timeout=10)
        exchange.away = True
        ticks.tick()
        exchange.away = False
        assert _until(exchange) == ["00000001"]
        ticks.tick()
        assert _until(exchange) == ["00000002"]


def test_the_lease_of_work_that_fails_is_given_back(exchange: FolderExchange) -> None:
    with pytest.raises(ValueError, match="ours"), Leases(exchange, "first", TIME).held("s", Clock().now):
        raise ValueError("ours")
    assert _until(exchange) == []
