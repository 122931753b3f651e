"""What each role may do, tried on a server that enforces it, and written in the documents as the program writes it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError

from archive.errors import ObjectLocked
from archive.policies import BucketNames, policies
from archive.stores.buckets import refuse_unlocked
from archive.stores.protocol import Lock
from archive.stores.s3 import S3Store
from archive.stores.s3_client import S3Settings, client_for
from tests.archive.test_store_locks import LADDER, put
from tests.breadth import mostly_slow
from tests.servers import ROLE_BROKER, ROLE_BUCKETS, S3Server

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

ROLES = ("broker", "worker", "desk", "auditor", "witness", "disposal")
ARCHIVE, EXCHANGE, WITNESS = ROLE_BUCKETS.archive, ROLE_BUCKETS.exchange, ROLE_BUCKETS.witness
KEY = "shipments/a/1/result.json"
Call = Callable[["S3Client"], object]


def settings_of(server: S3Server, role: str) -> S3Settings:
    return S3Settings(ARCHIVE, server.endpoint, access_key=role, secret_key=server.secret_key)


@pytest.fixture(scope="module")
def server(s3_server: S3Server) -> S3Server:
    """Buckets with something in each corner that a role must not reach."""
    client = s3_server.client()
    for name in (EXCHANGE, WITNESS):
        client.create_bucket(Bucket=name)
    client.create_bucket(Bucket=ARCHIVE, ObjectLockEnabledForBucket=True)
    for key in (f"inbox/{ROLE_BROKER}/R/a.pdf", f"outbox/{ROLE_BROKER}/R/1/b.txt", "inbox/o/R/a.pdf", "outbox/o/R/1/b"):
        client.put_object(Bucket=EXCHANGE, Key=key, Body=b"paper")
    client.put_object(Bucket=ARCHIVE, Key=KEY, Body=b"content")
    return s3_server


def put_into(bucket: str, key: str) -> Call:
    return lambda client: client.put_object(Bucket=bucket, Key=key, Body=b"new")


def get_from(bucket: str, key: str) -> Call:
    return lambda client: client.get_object(Bucket=bucket, Key=key)


def remove_from(bucket: str, key: str) -> Call:
    return lambda client: client.delete_object(Bucket=bucket, Key=key)


def look_into(bucket: str, prefix: str) -> Call:
    return lambda client: client.list_objects_v2(Bucket=bucket, Prefix=prefix)


ALLOWED: list[tuple[str, Call]] = [
    ("broker", put_into(EXCHANGE, f"inbox/{ROLE_BROKER}/R/new.pdf")),
    ("broker", get_from(EXCHANGE, f"outbox/{ROLE_BROKER}/R/1/b.txt")),
    ("broker", look_into(EXCHANGE, f"outbox/{ROLE_BROKER}/")),
    ("worker", get_from(EXCHANGE, "inbox/o/R/a.pdf")),
    ("worker", put_into(EXCHANGE, "outbox/o/R/2/b")),
    ("worker", look_into(EXCHANGE, "inbox/")),
    ("worker", put_into(ARCHIVE, "originals/worker")),
    ("desk", put_into(ARCHIVE, "shipments/desk/1")),
    ("auditor", get_from(ARCHIVE, KEY)),
    ("auditor", lambda client: client.list_object_versions(Bucket=ARCHIVE)),
    ("witness", put_into(WITNESS, "checkpoint/1")),
]
REFUSED: list[tuple[str, Call]] = [
    ("broker", get_from(EXCHANGE, "outbox/o/R/1/b")),
    ("broker", look_into(EXCHANGE, "outbox/")),
    ("broker", look_into(EXCHANGE, "outbox/o/")),
    ("broker", put_into(EXCHANGE, "inbox/o/R/forged.pdf")),
    ("broker", put_into(EXCHANGE, f"outbox/{ROLE_BROKER}/R/1/forged.json")),
    ("broker", remove_from(EXCHANGE, f"outbox/{ROLE_BROKER}/R/1/b.txt")),
    ("broker", get_from(ARCHIVE, KEY)),
    ("broker", remove_from(ARCHIVE, KEY)),
    ("worker", remove_from(ARCHIVE, KEY)),
    ("desk", remove_from(ARCHIVE, KEY)),
    ("desk", get_from(EXCHANGE, "inbox/o/R/a.pdf")),
    ("auditor", put_into(ARCHIVE, "shipments/auditor/1")),
    ("auditor", remove_from(ARCHIVE, KEY)),
    ("witness", remove_from(WITNESS, "checkpoint/1")),
    ("witness", get_from(ARCHIVE, KEY)),
    ("disposal", remove_from(EXCHANGE, "inbox/o/R/a.pdf")),
    *[(role, lambda client: client.delete_bucket(Bucket=ARCHIVE)) for role in ROLES],
    *[(role, lambda client: client.put_bucket_versioning(
        Bucket=ARCHIVE, VersioningConfiguration={"Status": "Suspended"}
    )) for role in ROLES],
]  # fmt: skip


@pytest.mark.parametrize(("role", "call"), ALLOWED)
def test_a_role_may_do_what_its_work_needs(server: S3Server, role: str, call: Call) -> None:
    call(client_for(settings_of(server, role)))


@pytest.mark.parametrize(("role", "call"), mostly_slow(REFUSED, quick=REFUSED[:10], named=2))
def test_a_role_may_do_nothing_else(server: S3Server, role: str, call: Call) -> None:
    with pytest.raises(ClientError) as raised:
        call(client_for(settings_of(server, role)))
    assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403


@pytest.mark.parametrize("role", ["worker", "desk", "auditor", "disposal"])
def test_whoever_opens_the_archive_may_look_whether_it_is_locked(server: S3Server, role: str) -> None:
    refuse_unlocked(client_for(settings_of(server, role)), ARCHIVE)


def test_worker_and_desk_lock_and_the_disposer_removes_only_what_nothing_keeps(server: S3Server) -> None:
    worker, desk, disposer = (S3Store(settings_of(server, role)) for role in ("worker", "desk", "disposal"))
    kept, free = "originals/kept", "originals/free"
    assert put(worker, kept, lock=LADDER[0])
    worker.lock(kept, Lock("compliance", LADDER[1].until))
    assert put(worker, free)
    desk.hold(free, on=True)
    for key in (kept, free):
        with pytest.raises(ObjectLocked, match="is under"):
            disposer.remove(key)
    desk.hold(free, on=False)
    disposer.remove(free)
    assert not worker.exists(free)


def test_the_documents_are_what_the_program_writes() -> None:
    folder = Path(__file__).parents[2] / "docs" / "policies"
    written = policies(BucketNames("acme-archive", "acme-exchange", "acme-archive-witness"), broker="BROKER")
    assert {path.stem: path.read_text(encoding="utf-8") for path in folder.iterdir()} == dict(written)
    assert set(written) == set(ROLES)
    for document in written.values():
        statements = json.loads(document)["Statement"]
        assert len({one["Sid"] for one in statements}) == len(statements)
