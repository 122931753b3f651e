"""What every store keeps to about retention, legal hold and removal; and what a bucket tells of others' doings."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import keys
from archive.errors import LockWeaker, ObjectAltered, ObjectLocked, ObjectMissing, RecordDamaged
from archive.stores.local import LocalStore
from archive.stores.protocol import Lock, RetentionStore
from archive.stores.s3 import S3Store
from archive.stores.s3_client import S3Settings
from tests.servers import S3Server

KEY = "shipments/a/1/result.json"
NOW = dt.datetime.now(dt.UTC)
DAY = dt.timedelta(days=1)
LADDER = [
    Lock("governance", NOW + DAY),
    Lock("governance", NOW + 2 * DAY),
    Lock("compliance", NOW + 2 * DAY),
    Lock("compliance", NOW + 3 * DAY),
]


def put(store: RetentionStore, key: str = KEY, lock: Lock | None = None, content: bytes = b"content") -> bool:
    return store.put_new(key, content, media_type="application/json", lock=lock)


@pytest.mark.parametrize("lock", [LADDER[0], LADDER[-1]], ids=["governance", "compliance"])
def test_an_object_is_there_with_the_lock_it_was_written_with(store: RetentionStore, lock: Lock) -> None:
    assert put(store, lock=lock)
    assert store.lock_of(KEY) == lock
    assert not store.is_held(KEY)
    assert store.get(KEY) == b"content"


def test_an_object_without_a_lock_has_none_and_is_not_held(store: RetentionStore) -> None:
    put(store)
    assert store.lock_of(KEY) is None
    assert not store.is_held(KEY)


def test_a_large_original_in_parts_is_locked_too(s3_settings: S3Settings, tmp_path: Path) -> None:
    scan = tmp_path / "scan.tif"
    scan.write_bytes(b"x" * (17 << 20))
    store = S3Store(s3_settings)
    assert store.put_new("originals/a", scan, media_type="image/tiff", lock=LADDER[0])
    assert store.lock_of("originals/a") == LADDER[0]


def test_a_taken_key_keeps_the_lock_that_it_has(store: RetentionStore) -> None:
    put(store, lock=LADDER[0])
    assert not put(store, lock=LADDER[-1])
    assert store.lock_of(KEY) == LADDER[0]


def test_a_lock_is_extended_step_by_step_and_never_goes_back(store: RetentionStore) -> None:
    put(store)
    for lock in LADDER:
        store.lock(KEY, lock)
        store.lock(KEY, lock)
        assert store.lock_of(KEY) == lock
    for weaker in (*LADDER[:-1], Lock("governance", NOW + 9 * DAY)):
        with pytest.raises(LockWeaker, match="only ever extended"):
            store.lock(KEY, weaker)
    assert store.lock_of(KEY) == LADDER[-1]


@pytest.mark.parametrize("lock", [LADDER[0], LADDER[-1]], ids=["governance", "compliance"])
def test_what_is_locked_is_not_removed(store: RetentionStore, lock: Lock) -> None:
    put(store, lock=lock)
    with pytest.raises(ObjectLocked, match=f"{lock.mode} until {lock.until:%Y-%m-%d}"):
        store.remove(KEY)
    assert store.get(KEY) == b"content"


def test_what_is_held_is_not_removed_until_the_hold_ends(store: RetentionStore) -> None:
    put(store)
    for on in (True, True):
        store.hold(KEY, on=on)
    assert store.is_held(KEY)
    with pytest.raises(ObjectLocked, match="legal hold"):
        store.remove(KEY)
    store.hold(KEY, on=False)
    assert not store.is_held(KEY)
    store.remove(KEY)
    assert not store.exists(KEY)


def test_a_hold_leaves_the_lock_as_it_is_and_the_lock_the_hold(store: RetentionStore) -> None:
    put(store, lock=LADDER[0])
    store.hold(KEY, on=True)
    store.lock(KEY, LADDER[1])
    assert store.is_held(KEY)
    store.hold(KEY, on=False)
    assert store.lock_of(KEY) == LADDER[1]


def test_what_was_removed_is_gone_with_its_versions_and_the_key_is_free(store: RetentionStore) -> None:
    put(store)
    store.remove(KEY)
    assert not list(store.versions(""))
    assert not list(store.list(""))
    with pytest.raises(ObjectMissing):
        store.get(KEY)
    assert put(store)
    assert store.lock_of(KEY) is None


CALLS: list[Callable[[RetentionStore], object]] = [
    lambda store: store.lock(KEY, LADDER[0]),
    lambda store: store.lock_of(KEY),
    lambda store: store.hold(KEY, on=True),
    lambda store: store.is_held(KEY),
    lambda store: store.remove(KEY),
]


@pytest.mark.parametrize("call", CALLS, ids=["lock", "lock_of", "hold", "is_held", "remove"])
def test_nothing_can_be_locked_held_or_removed_that_is_not_there(
    store: RetentionStore, call: Callable[[RetentionStore], object]
) -> None:
    put(store, f"{KEY}2")
    with pytest.raises(ObjectMissing, match=KEY):
        call(store)


def test_each_object_has_one_version_and_an_originals_key_tells_its_digest(store: RetentionStore) -> None:
    digest = hashlib.sha256(b"content").hexdigest()
    put(store)
    put(store, f"{KEY}2")
    put(store, keys.original(digest))
    found = {version.key: version for version in store.versions("")}
    assert found.keys() == {KEY, f"{KEY}2", keys.original(digest)}
    assert len(list(store.versions(""))) == 3
    assert found[keys.original(digest)].sha256 == digest
    assert found[KEY].sha256 is None
    for version in found.values():
        assert (version.size, version.is_latest, version.is_delete_marker) == (7, True, False)
        assert abs(version.modified - dt.datetime.now(dt.UTC)) < dt.timedelta(hours=1)
    assert [version.key for version in store.versions("originals/")] == [keys.original(digest)]


def test_a_bucket_lets_an_object_go_when_its_clock_says_that_the_lock_is_past(s3_settings: S3Settings) -> None:
    store, pause = S3Store(s3_settings), Event()
    put(store, lock=Lock("compliance", dt.datetime.now(dt.UTC) + dt.timedelta(seconds=3)))
    refused = 0
    while store.exists(KEY):
        try:
            store.remove(KEY)
        except ObjectLocked:
            refused += 1
            pause.wait(0.1)
    assert refused


def test_a_folder_lets_an_object_go_when_this_machines_clock_says_that_the_lock_is_past(tmp_path: Path) -> None:
    times = iter([LADDER[0].until - dt.timedelta(seconds=1), LADDER[0].until])
    store = LocalStore(tmp_path, clock=lambda: next(times))
    put(store, lock=LADDER[0])
    with pytest.raises(ObjectLocked):
        store.remove(KEY)
    store.remove(KEY)
    assert not store.exists(KEY)


def test_a_record_of_locks_that_cannot_be_read_keeps_the_object(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    put(store, lock=LADDER[0])
    record = tmp_path / ".locks" / KEY
    for damage in (b"", b"{}", b'{"lock": {"mode": "none", "until": "2026-01-01"}, "held": false}'):
        record.unlink()
        record.write_bytes(damage)
        for call in CALLS:
            with pytest.raises(RecordDamaged, match="restore"):
                call(store)
    assert store.get(KEY) == b"content"


def test_what_somebody_wrote_anew_is_told_and_not_read(s3_server: S3Server, s3_settings: S3Settings) -> None:
    store, client = S3Store(s3_settings), s3_server.client()
    put(store, lock=LADDER[0])
    told = client.head_object(Bucket=s3_settings.bucket, Key=KEY)["Metadata"]
    client.put_object(Bucket=s3_settings.bucket, Key=KEY, Body=b"content", Metadata=told)
    with pytest.raises(ObjectAltered, match="written anew"):
        store.get(KEY)
    assert store.lock_of(KEY) == LADDER[0]
    found = list(store.versions(KEY))
    assert [version.is_latest for version in found] == [True, False]
    with pytest.raises(ObjectLocked):
        store.remove(KEY)
    assert len(list(store.versions(KEY))) == 2


def test_what_somebody_hid_is_told_and_its_key_is_not_free(s3_server: S3Server, s3_settings: S3Settings) -> None:
    store = S3Store(s3_settings)
    put(store, lock=LADDER[0])
    s3_server.client().delete_object(Bucket=s3_settings.bucket, Key=KEY)
    for call in (lambda: store.get(KEY), lambda: store.exists(KEY)):
        with pytest.raises(ObjectAltered, match="hidden"):
            call()
    assert [version.is_delete_marker for version in store.versions(KEY)] == [False, True]
    with pytest.raises(ObjectAltered):
        put(store)
    store.hold(KEY, on=True)
    assert store.lock_of(KEY) == LADDER[0]


def test_an_original_that_was_hidden_is_told_too(s3_server: S3Server, s3_settings: S3Settings) -> None:
    store, key = S3Store(s3_settings), keys.original(hashlib.sha256(b"content").hexdigest())
    put(store, key)
    s3_server.client().delete_object(Bucket=s3_settings.bucket, Key=key)
    with pytest.raises(ObjectAltered, match="hidden"):
        store.get(key)


def test_a_lock_keeps_its_time_in_utc_and_never_a_moment_less() -> None:
    told = dt.datetime(2026, 3, 1, 12, 0, 0, 1, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    assert Lock("governance", told).until == dt.datetime(2026, 3, 1, 4, 0, 1, tzinfo=dt.UTC)
    with pytest.raises(ValueError, match="zone"):
        Lock("governance", dt.datetime(2026, 3, 1))  # noqa: DTZ001 - wrong on purpose


def test_each_rung_covers_those_below_it_and_not_those_above() -> None:
    for lower, higher in pairwise(LADDER):
        assert higher.covers(lower)
        assert not lower.covers(higher)


LOCKS = st.builds(Lock, st.sampled_from(["governance", "compliance"]), st.sampled_from([lock.until for lock in LADDER]))


@given(LOCKS, LOCKS)
def test_of_two_locks_that_cover_each_other_neither_is_stronger(one: Lock, other: Lock) -> None:
    assert one.covers(one)
    assert one.covers(None)
    assert (one.covers(other) and other.covers(one)) == (one == other)
