"""The S3 store on a line that breaks, and when its writer is killed between any two requests: the real server behind.

Nothing is lost, nothing is there twice, and nothing is ever half there.
"""

from __future__ import annotations

import datetime as dt
import filecmp
import hashlib
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import botocore.auth
import pytest

import archive.stores.s3
from archive import keys
from archive.errors import ContentChanged, ObjectDamaged, StoreRefused, StoreUnavailable
from archive.stores.protocol import RetentionStore
from archive.stores.s3 import S3Store
from archive.stores.s3_client import S3Settings, client_for
from tests.archive.proxy import Fault, Proxy, proxy_to
from tests.breadth import mostly_slow

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

MEBIBYTE = 1 << 20
CONTENT = hashlib.sha256(b"seed").digest() * (200_000 // 32)
KEY = keys.original(hashlib.sha256(CONTENT).hexdigest())
RECORD = "shipments/a/1/result.json"


def through(settings: S3Settings, proxy: Proxy, attempts: int = 3) -> S3Store:
    return S3Store(replace(settings, endpoint=proxy.endpoint, attempts=attempts, read_timeout=1.0))


def put(store: RetentionStore, key: str = KEY, content: bytes | Path = CONTENT) -> bool:
    return store.put_new(key, content, media_type="application/octet-stream")


def is_there_once(settings: S3Settings, key: str = KEY, content: bytes = CONTENT) -> bool:
    store = S3Store(settings)
    return store.get(key) == content and [version.key for version in store.versions("")] == [key]


CALLS: list[Callable[[S3Store], object]] = [
    put,
    lambda store: store.get(KEY),
    lambda store: store.exists(KEY),
    lambda store: list(store.list("")),
    lambda store: list(store.versions("")),
    lambda store: store.lock_of(KEY),
    lambda store: store.hold(KEY, on=True),
    lambda store: store.remove(KEY),
]


def test_a_store_that_is_gone_may_come_back_and_then_takes_what_it_missed(s3_settings: S3Settings) -> None:
    with proxy_to(str(s3_settings.endpoint)) as proxy:
        store, port = through(s3_settings, proxy, attempts=1), proxy.listener.getsockname()[1]
        assert put(store, RECORD)
    for call in CALLS:
        with pytest.raises(StoreUnavailable):
            call(store)
    with proxy_to(str(s3_settings.endpoint), port=port):
        assert put(store)
        assert not put(store)
        assert sorted(version.key for version in store.versions("")) == [KEY, RECORD]


@pytest.mark.parametrize("place", mostly_slow([0, 1, 300, 100_000, 200_000], quick={300}))
def test_a_write_cut_off_on_its_way_is_sent_again_and_is_there_once(s3_settings: S3Settings, place: int) -> None:
    with proxy_to(str(s3_settings.endpoint), Fault(cut_request=place), Fault(cut_request=place)) as proxy:
        put(through(s3_settings, proxy))
        assert proxy.connections > 2
    assert is_there_once(s3_settings)


@pytest.mark.parametrize("place", mostly_slow([0, 1, 40], quick={40}))
def test_a_write_whose_answer_is_cut_off_is_there_once(s3_settings: S3Settings, place: int) -> None:
    with proxy_to(str(s3_settings.endpoint), Fault(cut_answer=place), Fault(cut_answer=place)) as proxy:
        put(through(s3_settings, proxy))
    assert is_there_once(s3_settings)


@pytest.mark.parametrize("place", mostly_slow([1, 100_000], quick={100_000}))
def test_a_write_that_is_cut_off_each_time_may_pass_and_leaves_nothing_half(
    s3_settings: S3Settings, place: int
) -> None:
    with proxy_to(str(s3_settings.endpoint), *[Fault(cut_request=place)] * 3) as proxy:
        store = through(s3_settings, proxy)
        with pytest.raises(StoreUnavailable):
            put(store)
        assert not list(store.versions(""))
        assert put(store)
    assert is_there_once(s3_settings)


FAULTS = (
    *[Fault(cut_answer=place) for place in (0, 45, 52, 60, 100, 200, 1000, 100_000)],
    Fault(silent_after=100), Fault(silent_after=100_000), Fault(dribble=97),
)  # fmt: skip


@pytest.mark.parametrize("fault", mostly_slow(FAULTS, quick={FAULTS[1], FAULTS[-1]}), ids=str)
def test_an_answer_that_is_slow_or_breaks_off_is_read_to_its_end(
    s3_settings: S3Settings, tmp_path: Path, fault: Fault
) -> None:
    put(S3Store(s3_settings))
    with proxy_to(str(s3_settings.endpoint), fault, fault) as proxy:
        assert through(s3_settings, proxy).get(KEY) == CONTENT
    with proxy_to(str(s3_settings.endpoint), fault, fault) as proxy:
        through(s3_settings, proxy).fetch(KEY, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == CONTENT


@pytest.mark.parametrize("place", mostly_slow(range(0, 700, 70), quick={70, 420}))
def test_an_answer_cut_off_in_its_headers_is_no_empty_list(s3_settings: S3Settings, place: int) -> None:
    put(S3Store(s3_settings))
    with proxy_to(str(s3_settings.endpoint), Fault(cut_answer=place)) as proxy:
        assert list(through(s3_settings, proxy).list("")) == [KEY]
    with proxy_to(str(s3_settings.endpoint), Fault(cut_answer=place)) as proxy:
        assert [version.key for version in through(s3_settings, proxy).versions("")] == [KEY]
    with proxy_to(str(s3_settings.endpoint), *[Fault(cut_answer=place)] * 3) as proxy, pytest.raises(StoreUnavailable):
        list(through(s3_settings, proxy).list(""))


@pytest.mark.parametrize("place", mostly_slow([0, 100, 167, 200, 300], quick={167}))
def test_an_answer_about_an_object_cut_off_in_its_headers_may_pass_and_is_no_other_answer(
    s3_settings: S3Settings, place: int
) -> None:
    put(S3Store(s3_settings))
    questions: list[Callable[[S3Store], bool]] = [
        lambda store: store.exists(KEY),
        lambda store: store.get(KEY) == CONTENT,
    ]
    for call in questions:
        with proxy_to(str(s3_settings.endpoint), Fault(cut_answer=place)) as proxy:
            store = through(s3_settings, proxy)
            with suppress(StoreUnavailable):
                assert call(store)
            assert call(store)


@pytest.mark.slow
@pytest.mark.parametrize("fault", [Fault(cut_answer=100_000), Fault(silent_after=100_000)], ids=str)
def test_an_answer_that_breaks_off_each_time_may_pass_and_leaves_no_copy(
    s3_settings: S3Settings, tmp_path: Path, fault: Fault
) -> None:
    put(S3Store(s3_settings))
    with proxy_to(str(s3_settings.endpoint), *[fault] * 4) as proxy:
        store = through(s3_settings, proxy, attempts=2)
        with pytest.raises(StoreUnavailable):
            store.get(KEY)
        with pytest.raises(StoreUnavailable):
            store.fetch(KEY, tmp_path / "copy")
        assert list(tmp_path.iterdir()) == []
        assert store.get(KEY) == CONTENT


def test_a_byte_that_changed_on_the_way_there_is_not_stored(s3_settings: S3Settings) -> None:
    with proxy_to(str(s3_settings.endpoint), Fault(flip_request=100_000)) as proxy:
        with pytest.raises(ContentChanged):
            put(through(s3_settings, proxy))
        assert not list(S3Store(s3_settings).versions(""))


def test_a_byte_that_changed_on_the_way_back_is_noticed(s3_settings: S3Settings, tmp_path: Path) -> None:
    put(S3Store(s3_settings))
    with proxy_to(str(s3_settings.endpoint), Fault(flip_answer=100_000)) as proxy:
        store = through(s3_settings, proxy)
        with pytest.raises(ObjectDamaged):
            store.fetch(KEY, tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []


class KilledError(BaseException):
    """The process is gone: nothing that it would still do happens."""


@dataclass(slots=True)
class Life:
    """Requests that the writer may send before it is killed."""

    left: int

    def spend(self, **_: object) -> None:
        self.left -= 1
        if self.left < 0:
            raise KilledError


@pytest.fixture
def mortal(monkeypatch: pytest.MonkeyPatch, s3_settings: S3Settings) -> Callable[[int], S3Store]:
    """A store whose process is killed before it sends the n-th request."""

    def store(requests: int) -> S3Store:
        def client(settings: S3Settings) -> S3Client:
            made = client_for(settings)
            made.meta.events.register("before-send.s3", Life(requests).spend)
            return made

        with monkeypatch.context() as patch:
            patch.setattr(archive.stores.s3, "client_for", client)
            return S3Store(replace(s3_settings, part_bytes=5 * MEBIBYTE))

    return store


@pytest.mark.slow
def test_a_writer_of_parts_killed_between_any_two_requests_leaves_all_or_nothing(
    s3_settings: S3Settings, mortal: Callable[[int], S3Store], tmp_path: Path
) -> None:
    scan = tmp_path / "scan.tif"
    scan.write_bytes(CONTENT * 60)
    for requests in range(7):
        key = f"originals/{requests}"
        try:
            done = put(mortal(requests), key, scan)
        except KilledError:
            done = False
        assert done == (requests >= 6)  # begun, three parts, completed, and the look at the versions
        put(S3Store(s3_settings), key, scan)
        assert S3Store(s3_settings).get(key) == scan.read_bytes()
    assert len(list(S3Store(s3_settings).versions(""))) == 7


@pytest.mark.parametrize("connection", mostly_slow(range(4), quick={2}))
def test_parts_on_a_line_that_breaks_arrive_once(s3_settings: S3Settings, tmp_path: Path, connection: int) -> None:
    scan = tmp_path / "scan.tif"
    scan.write_bytes(CONTENT * 60)
    faults = [Fault(cut_request=MEBIBYTE)] * connection + [Fault(cut_answer=0), Fault(cut_answer=150)]
    with proxy_to(str(s3_settings.endpoint), *faults) as proxy:
        store = S3Store(replace(s3_settings, endpoint=proxy.endpoint, part_bytes=5 * MEBIBYTE, attempts=6))
        put(store, RECORD, scan)
    assert is_there_once(s3_settings, RECORD, scan.read_bytes())


def test_parts_of_a_file_that_is_not_what_was_told_leave_nothing(s3_settings: S3Settings, tmp_path: Path) -> None:
    scan = tmp_path / "scan.tif"
    scan.write_bytes(CONTENT * 60)
    store = S3Store(replace(s3_settings, part_bytes=5 * MEBIBYTE))
    with pytest.raises(ContentChanged):
        store.put_new(RECORD, scan, media_type="x", sha256=hashlib.sha256(b"").hexdigest())
    assert not list(store.versions(""))
    uploads = client_for(s3_settings).list_multipart_uploads(Bucket=s3_settings.bucket)
    assert "Uploads" not in uploads


def test_a_taken_key_refuses_parts_too_and_leaves_none_behind(s3_settings: S3Settings, tmp_path: Path) -> None:
    scan = tmp_path / "scan.tif"
    scan.write_bytes(CONTENT * 60)
    store = S3Store(replace(s3_settings, part_bytes=5 * MEBIBYTE))
    assert put(store, RECORD)
    assert not put(store, RECORD, scan)
    assert is_there_once(s3_settings, RECORD)
    uploads = client_for(s3_settings).list_multipart_uploads(Bucket=s3_settings.bucket)
    assert "Uploads" not in uploads


@pytest.mark.slow
def test_a_machine_whose_clock_is_wrong_is_told_so(s3_settings: S3Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    put(S3Store(s3_settings))
    late = dt.datetime.now(dt.UTC) + dt.timedelta(hours=2)
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda *_, **__: late)
    for call in CALLS:
        with pytest.raises(StoreRefused, match="clock"):
            call(S3Store(s3_settings))
    monkeypatch.undo()
    assert is_there_once(s3_settings)


@pytest.mark.slow
def test_a_large_original_never_stands_in_memory_as_a_whole(s3_settings: S3Settings, tmp_path: Path) -> None:
    scan, size = tmp_path / "scan.tif", 40 * MEBIBYTE
    with scan.open("wb") as file:
        for number in range(size // MEBIBYTE):
            file.write(number.to_bytes(2, "big") * (MEBIBYTE // 2))
    store = S3Store(replace(s3_settings, part_bytes=5 * MEBIBYTE))
    tracemalloc.start()
    try:
        put(store, RECORD, scan)
        store.fetch(RECORD, tmp_path / "copy")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < size / 2
    assert filecmp.cmp(scan, tmp_path / "copy", shallow=False)
