"""Buckets are made as the archive needs them, a second time changes nothing, and one that loses papers is refused."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from archive.errors import NotAnArchive, NotLockable, ObjectLocked
from archive.stores import buckets
from archive.stores.bucket_exchange import BucketExchange
from archive.stores.protocol import Lock
from archive.stores.s3 import S3Store
from archive.stores.s3_client import S3Settings, client_for
from tests.archive.test_store_locks import KEY, LADDER, put
from tests.servers import S3Server

REGION = buckets.FIRST_REGION
OTHER_RULE = {"ID": "theirs", "Status": "Enabled", "Filter": {"Prefix": "x/"}, "Expiration": {"Days": 9}}


@pytest.fixture
def free(s3_server: S3Server) -> S3Settings:
    """A bucket that is not there yet."""
    name = f"new-{uuid4().hex}"
    return S3Settings(name, s3_server.endpoint, access_key=s3_server.access_key, secret_key=s3_server.secret_key)


def rules(where: S3Settings) -> dict[str, object]:
    told = client_for(where).get_bucket_lifecycle_configuration(Bucket=where.bucket)
    return {str(rule["ID"]): rule for rule in told["Rules"]}


def test_an_archive_is_made_with_versions_and_locks_and_only_once(free: S3Settings) -> None:
    client = client_for(free)
    first = list(buckets.make_archive(client, free.bucket, region=REGION))
    assert "made, with versions and Object Lock" in first[0]
    assert list(buckets.make_archive(client, free.bucket, region=REGION)) == first[1:]
    buckets.refuse_unlocked(client, free.bucket)
    assert list(rules(free)) == ["tidewaiter-unfinished-uploads"]
    assert put(S3Store(free), lock=LADDER[0])
    with pytest.raises(ObjectLocked):
        S3Store(free).remove(KEY)


def test_what_the_server_does_not_know_is_said(free: S3Settings) -> None:
    told = list(buckets.make_archive(client_for(free), free.bucket, region=REGION))
    assert any("no block of public access" in line for line in told)


def test_a_bucket_without_versions_is_refused_with_what_to_do_and_left_as_it_is(exchange_settings: S3Settings) -> None:
    client, bucket = client_for(exchange_settings), exchange_settings.bucket
    with pytest.raises(NotLockable, match=f"put-bucket-versioning --bucket {bucket}.*TIDEWAITER_ALLOW_UNLOCKED"):
        list(buckets.make_archive(client, bucket, region=REGION))
    assert "Status" not in client.get_bucket_versioning(Bucket=bucket)


def test_a_bucket_with_versions_alone_is_refused_too_until_it_knows_locks(exchange_settings: S3Settings) -> None:
    client, bucket = client_for(exchange_settings), exchange_settings.bucket
    client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    with pytest.raises(NotLockable, match="knows no locks"):
        buckets.refuse_unlocked(client, bucket)
    client.put_object_lock_configuration(Bucket=bucket, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled"})
    buckets.refuse_unlocked(client, bucket)


def test_a_missing_bucket_is_told_from_one_without_locks(free: S3Settings) -> None:
    with pytest.raises(NotAnArchive, match="tidewaiter init") as raised:
        buckets.refuse_unlocked(client_for(free), free.bucket)
    assert not isinstance(raised.value, NotLockable)


def test_the_rules_of_others_stay(exchange_settings: S3Settings) -> None:
    client, bucket = client_for(exchange_settings), exchange_settings.bucket
    client.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={"Rules": [OTHER_RULE]})  # type: ignore[list-item]  # a constant
    list(buckets.make_exchange(client, bucket, region=REGION, outbox_days=30))
    list(buckets.make_exchange(client, bucket, region=REGION, outbox_days=40))
    found = rules(exchange_settings)
    assert set(found) == {"theirs", "tidewaiter-unfinished-uploads", "tidewaiter-old-answers"}
    assert "{'Days': 40}" in str(found["tidewaiter-old-answers"])


def test_an_exchange_keeps_no_versions_and_expires_only_its_outbox(free: S3Settings) -> None:
    client = client_for(free)
    told = list(buckets.make_exchange(client, free.bucket, region=REGION, outbox_days=365))
    assert "made" in told[0]
    assert "Status" not in client.get_bucket_versioning(Bucket=free.bucket)
    assert "'outbox/'" in str(rules(free)["tidewaiter-old-answers"])


def test_an_exchange_with_versions_is_taken_and_said_to_be_worse(s3_settings: S3Settings) -> None:
    told = list(buckets.make_exchange(client_for(s3_settings), s3_settings.bucket, region=REGION, outbox_days=None))
    assert "one without is better" in told[0]
    assert list(rules(s3_settings)) == ["tidewaiter-unfinished-uploads"]


def test_a_server_of_our_own_gets_both_buckets_and_what_waited_in_the_old_one_moves(
    exchange_settings: S3Settings,
) -> None:
    client, old = client_for(exchange_settings), exchange_settings.bucket
    put(S3Store(exchange_settings))
    BucketExchange(client, old).put_new("inbox/acme/R-1/invoice.pdf", b"paper", media_type="application/pdf")
    for _ in range(2):
        buckets.make_own(client, archive=old, exchange=f"{old}-exchange")
    buckets.refuse_unlocked(client, old)
    exchange = BucketExchange(client, f"{old}-exchange")
    assert exchange.get("inbox/acme/R-1/invoice.pdf") == b"paper"
    assert list(BucketExchange(client, old).entries("inbox/")) == []
    store = S3Store(exchange_settings)
    assert store.get(KEY) == b"content"
    assert put(store, f"{KEY}2", lock=LADDER[0])
    with pytest.raises(ObjectLocked):
        store.remove(f"{KEY}2")
    with pytest.raises(NotLockable, match="before the bucket kept versions"):
        store.lock(KEY, LADDER[0])
    with pytest.raises(NotLockable, match="before the bucket kept versions"):
        store.hold(KEY, on=True)


def test_a_bucket_without_locks_works_where_the_settings_allow_it_but_takes_no_hold(
    exchange_settings: S3Settings,
) -> None:
    store = S3Store(replace(exchange_settings, lockable=False))
    assert put(store, lock=Lock("compliance", LADDER[0].until))
    store.lock(KEY, LADDER[0])
    assert store.lock_of(KEY) is None
    assert not store.is_held(KEY)
    with pytest.raises(NotLockable, match="Object Lock"):
        store.hold(KEY, on=True)
    store.remove(KEY)
    assert not store.exists(KEY)
