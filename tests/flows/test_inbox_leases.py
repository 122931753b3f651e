from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

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
