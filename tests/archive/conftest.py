"""The stores that stand behind the Protocol, each fresh for each test."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from archive.stores.local import LocalStore
from archive.stores.protocol import ObjectStore
from archive.stores.s3 import S3Settings, S3Store
from tests.servers import S3Server


@pytest.fixture
def s3_settings(s3_server: S3Server) -> S3Settings:
    """A bucket of its own on the real server."""
    bucket = f"archive-{uuid4().hex}"
    s3_server.client().create_bucket(Bucket=bucket)
    return S3Settings(
        bucket, endpoint=s3_server.endpoint, access_key=s3_server.access_key, secret_key=s3_server.secret_key
    )


@pytest.fixture(params=["local", "local, capitals folded", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    """Every implementation that the contract binds."""
    match request.param:
        case "local":
            return LocalStore(tmp_path / "archive")
        case "local, capitals folded":
            return LocalStore(tmp_path / "archive", file_names="folded")
        case _:
            return S3Store(request.getfixturevalue("s3_settings"))
