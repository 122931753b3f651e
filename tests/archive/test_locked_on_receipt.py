from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from typing_extensions import override

from archive.errors import ObjectLocked, StoreUnavailable
from archive.keys import original
from archive.receiving import LockedOnReceipt
from archive.stores.local import LocalStore
from archive.stores.protocol import Lock, RetentionStore
from schemas.retention import CustomsDates, end_of, kept
from tests.archived import PAPERS, sha256
from tests.retained import cleared

NOW = dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=300)
INVOICE = original(sha256(PAPERS["invoice.pdf"]))


def _received(store: RetentionStore, now: dt.datetime = NOW) -> LockedOnReceipt:
    return LockedOnReceipt(store, lambda: now, days=365)


def _put(store: LockedOnReceipt) -> bool:
    return store.put_new(INVOICE, PAPERS["invoice.pdf"], media_type="application/pdf")


def test_everything_of_a_shipment_is_locked_from_its_first_moment(store: RetentionStore) -> None:
    cleared(_received(store))
    wanted = Lock("governance", NOW + dt.timedelta(days=365))
    listed = [key for area in ("originals/", "shipments/") for key in store.list(area)]
    assert len(listed) == 6
    assert {store.lock_of(key) for key in listed} == {wanted}
    with pytest.raises(ObjectLocked):
        store.remove(INVOICE)


def test_what_belongs_to_no_shipment_is_not_locked(store: RetentionStore) -> None:
    _received(store).put_new("claims/local/a.json", b"{}", media_type="application/json")
    assert store.lock_of("claims/local/a.json") is None


def test_the_journal_is_locked_for_longer_than_any_law_asks(store: RetentionStore) -> None:
    _received(store).put_new("journal/batches/000", b"x", media_type="text/plain")
    lock = store.lock_of("journal/batches/000")
    assert lock is not None
    longest = max(one.last_day for one in kept((None,), CustomsDates(received=NOW.date())))
    assert lock.until > end_of(longest)


def test_a_lock_that_is_asked_for_is_the_one_that_counts(store: RetentionStore) -> None:
    wanted = Lock("compliance", LATER)
    assert _received(store).put_new("shipments/a/b/1/x.json", b"{}", media_type="application/json", lock=wanted)
    assert store.lock_of("shipments/a/b/1/x.json") == wanted


def test_an_original_received_anew_is_locked_anew_and_never_shorter(store: RetentionStore) -> None:
    assert _put(_received(store))
    assert not _put(_received(store, LATER))
    assert store.lock_of(INVOICE) == Lock("governance", LATER + dt.timedelta(days=365))
    store.lock(INVOICE, Lock("compliance", LATER + dt.timedelta(days=1000)))
    assert not _put(_received(store, LATER))
    assert store.lock_of(INVOICE) == Lock("compliance", LATER + dt.timedelta(days=1000))


class _DisposingStore(LocalStore):
    """The object is removed between the answer that it is there and the look at its lock."""

    times = 1

    @override
    def lock_of(self, key: str) -> Lock | None:
        if self.times:
            self.times -= 1
            self._path(key).unlink()
        return super().lock_of(key)


def test_an_original_disposed_of_at_that_very_moment_is_written_again(tmp_path: Path) -> None:
    store = _DisposingStore(tmp_path / "archive")
    LocalStore.put_new(store, INVOICE, PAPERS["invoice.pdf"], media_type="application/pdf")
    assert _put(_received(store))
    assert store.get(INVOICE) == PAPERS["invoice.pdf"]


def test_whoever_loses_that_race_for_ever_is_told_to_run_again(tmp_path: Path) -> None:
    class Again(_DisposingStore):
        times = 100

        @override
        def put_new(
            self,
            key: str,
            content: bytes | Path,
            *,
            media_type: str,
            sha256: str | None = None,
            lock: Lock | None = None,
        ) -> bool:
            super().put_new(key, content, media_type=media_type, sha256=sha256, lock=lock)
            return False

    with pytest.raises(StoreUnavailable, match="again and again"):
        _put(_received(Again(tmp_path / "archive")))
