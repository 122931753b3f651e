"""The S3 store's own ways to fail, against the real server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Event
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from archive.errors import (
    NoLinks,
    NotAnArchive,
    ObjectAltered,
    ObjectDamaged,
    ObjectMissing,
    StoreRefused,
    StoreUnavailable,
)
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


def test_a_link_reads_the_object_without_credentials_until_it_ends(s3_settings: S3Settings) -> None:
    store = S3Store(s3_settings)
    store.put_new("originals/a", b"written", media_type="application/pdf")
    with urlopen(store.link("originals/a", 60)) as answer:  # noqa: S310 - the server of the tests
        assert answer.read() == b"written"
    link = store.link("originals/a", 1)
    refused, pause = None, Event()
    while refused is None:
        try:
            urlopen(link).close()  # noqa: S310 - likewise
            pause.wait(0.2)
        except HTTPError as error:
            refused = error.code
    assert refused == 403
    with pytest.raises(HTTPError, match="403"):
        urlopen(store.link("originals/a", 60).replace("originals/a", "originals/b"))  # noqa: S310 - likewise


@pytest.mark.parametrize("seconds", [0, -1, 7 * 86400 + 1])
def test_a_link_for_longer_than_a_signature_lives_is_refused(s3_settings: S3Settings, seconds: int) -> None:
    with pytest.raises(NoLinks, match="604800"):
        S3Store(s3_settings).link("originals/a", seconds)


def test_a_link_to_what_was_written_anew_is_refused(s3_server: S3Server, s3_settings: S3Settings) -> None:
    store = S3Store(s3_settings)
    store.put_new("originals/a", b"written", media_type="application/pdf")
    s3_server.client().put_object(Bucket=s3_settings.bucket, Key="originals/a", Body=b"altered")
    with pytest.raises(ObjectAltered):
        store.link("originals/a", 60)
