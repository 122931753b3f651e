"""The stores that stand behind the Protocol, each fresh for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from archive.register import Register
from archive.stores.local import LocalStore
from archive.stores.protocol import RetentionStore
from archive.stores.s3 import S3Store
from archive.stores.s3_client import S3Settings
from tests.servers import S3Server


@pytest.fixture
def s3_settings(s3_server: S3Server) -> S3Settings:
    """A bucket for an archive on the real server, with versions and Object Lock."""
    return _new_bucket(s3_server, is_locked=True)


@pytest.fixture
def exchange_settings(s3_server: S3Server) -> S3Settings:
    """A bucket for an exchange, where what is removed is gone."""
    return _new_bucket(s3_server, is_locked=False)


def _new_bucket(server: S3Server, *, is_locked: bool) -> S3Settings:
    bucket = f"b-{uuid4().hex}"
    server.client().create_bucket(Bucket=bucket, ObjectLockEnabledForBucket=is_locked)
    return S3Settings(bucket, endpoint=server.endpoint, access_key=server.access_key, secret_key=server.secret_key)


@pytest.fixture(params=["local", "local, capitals folded", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> RetentionStore:
    """Every implementation that the contract binds."""
    match request.param:
        case "local":
            return LocalStore(tmp_path / "archive")
        case "local, capitals folded":
            return LocalStore(tmp_path / "archive", file_names="folded")
        case _:
            return S3Store(request.getfixturevalue("s3_settings"))


@pytest.fixture
def register(database: Path | str) -> Iterator[Register]:
    register = Register(database)
    yield register
    register.close()
