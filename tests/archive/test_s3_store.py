"""The S3 store's own ways to fail, against the real server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from archive.errors import NotAnArchive, ObjectDamaged, ObjectMissing, StoreRefused, StoreUnavailable
from archive.stores.s3 import S3Store
from archive.stores.s3_client import S3Settings
from tests.servers import S3Server

CALLS: list[Callable[[S3Store], object]] = [
    lambda store: store.put_new("originals/a", b"", media_type="x"),
    lambda store: store.get("originals/a"),
    lambda store: store.exists("originals/a"),
    lambda store: list(store.list("")),
]


@pytest.mark.parametrize("call", CALLS, ids=["put_new", "get", "exists", "list"])
def test_a_bucket_that_is_not_there_is_no_archive(s3_settings: S3Settings, call: Callable[[S3Store], object]) -> None:
    with pytest.raises(NotAnArchive, match="create"):
        call(S3Store(replace(s3_settings, bucket="no-such-bucket")))


@pytest.mark.parametrize("call", CALLS, ids=["put_new", "get", "exists", "list"])
def test_a_wrong_secret_is_refused_for_good(s3_settings: S3Settings, call: Callable[[S3Store], object]) -> None:
    with pytest.raises(StoreRefused, match="secret"):
        call(S3Store(replace(s3_settings, secret_key="wrong")))  # noqa: S106 - wrong on purpose


@pytest.mark.parametrize("call", CALLS, ids=["put_new", "get", "exists", "list"])
def test_a_server_that_does_not_answer_may_answer_later(call: Callable[[S3Store], object]) -> None:
    silent = S3Settings("archive", endpoint="http://127.0.0.1:9", access_key="a", secret_key="b", attempts=1)  # noqa: S106 - nobody's
    with pytest.raises(StoreUnavailable):
        call(S3Store(silent))


def test_settings_that_contradict_themselves_are_refused() -> None:
    with pytest.raises(StoreRefused):
        S3Store(S3Settings("archive", access_key="a key without its secret"))


def test_the_secret_is_not_printed() -> None:
    assert "hidden" not in repr(S3Settings("archive", access_key="a", secret_key="hidden"))  # noqa: S106 - nobody's


def test_bytes_that_are_not_those_written_are_damaged(s3_server: S3Server, s3_settings: S3Settings) -> None:
    store = S3Store(s3_settings)
    store.put_new("originals/a", b"written", media_type="application/pdf")
    client = s3_server.client()
    kept = client.get_object(Bucket=s3_settings.bucket, Key="originals/a")
    assert kept["ContentType"] == "application/pdf"
    client.put_object(Bucket=s3_settings.bucket, Key="originals/a", Body=b"altered", Metadata=kept["Metadata"])
    with pytest.raises(ObjectDamaged):
        store.get("originals/a")


def test_two_archives_share_a_bucket_under_their_prefixes(s3_settings: S3Settings) -> None:
    left, right = (S3Store(replace(s3_settings, prefix=prefix)) for prefix in ("left/", "right/"))
    assert left.put_new("originals/a", b"left", media_type="x")
    assert right.put_new("originals/a", b"right", media_type="x")
    assert left.put_new("originals/b", b"left", media_type="x")
    assert (left.get("originals/a"), right.get("originals/a")) == (b"left", b"right")
    assert list(left.list("")) == ["originals/a", "originals/b"]
    assert list(right.list("originals/")) == ["originals/a"]
    with pytest.raises(ObjectMissing):
        right.get("originals/b")
