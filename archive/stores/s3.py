"""A store in a bucket of any S3 server that knows conditional writes (`If-None-Match: *`), such as AWS or SeaweedFS."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from archive.errors import NotAnArchive, ObjectDamaged, ObjectMissing, StoreUnavailable
from archive.keys import checked
from archive.stores.content import measured, opened
from archive.stores.s3errors import mapping, status_of

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_CREATED, _TAKEN, _RACE = 200, 412, 409
# A writer is told 409 while another one's write of the same key is under way; each such answer means that one goes on.
_RACES = 10
_DIGEST = "sha256"


@dataclass(frozen=True, slots=True)
class S3Settings:
    """Where the bucket is. Without keys the environment's own credentials are used (boto3's chain).

    `endpoint` is the server's address, None for AWS. `addressing` "path" works with any server, "virtual" puts the
    bucket into the host name. `prefix` stands before every key, such as "archive/". Timeouts are in seconds.
    """

    bucket: str
    endpoint: str | None = None
    region: str = "us-east-1"
    access_key: str | None = None
    secret_key: str | None = field(default=None, repr=False)
    addressing: Literal["path", "virtual", "auto"] = "path"
    prefix: str = ""
    connect_timeout: float = 5.0
    read_timeout: float = 60.0
    attempts: int = 4


def client_for(settings: S3Settings) -> S3Client:
    """A client that several threads may share.

    Raises:
        StoreRefused: the settings contradict themselves.
    """
    with mapping(settings.endpoint or settings.bucket):
        return boto3.client(
            "s3",
            endpoint_url=settings.endpoint,
            region_name=settings.region,
            aws_access_key_id=settings.access_key,
            aws_secret_access_key=settings.secret_key,
            config=_configuration(settings),
        )


class S3Store:
    """An `ObjectStore` in a bucket that exists. The server checks each write's SHA-256, each read is checked here."""

    def __init__(self, settings: S3Settings) -> None:
        self._client = client_for(settings)
        self._bucket = settings.bucket
        self._prefix = settings.prefix

    def put_new(self, key: str, content: bytes | Path, *, media_type: str, sha256: str | None = None) -> bool:
        place = self._place(key)
        digest = sha256 or measured(content).sha256
        for _ in range(_RACES):
            status = self._put(place, content, media_type=media_type, digest=digest)
            if status != _RACE:
                return status == _CREATED
        raise StoreUnavailable("another write of the same key goes on", self._where(place), remedy="run again")

    def get(self, key: str) -> bytes:
        place = self._place(key)
        with mapping(self._where(place)):
            answer = self._client.get_object(Bucket=self._bucket, Key=place)
            with answer["Body"] as body:
                content = body.read()
        told = answer["Metadata"].get(_DIGEST)
        if told not in (None, hashlib.sha256(content).hexdigest()):
            raise ObjectDamaged(
                f"the bytes are not those of {told}", self._where(place), remedy="restore it from a copy"
            )
        return content

    def exists(self, key: str) -> bool:
        place = self._place(key)
        try:
            with mapping(self._where(place)):
                self._client.head_object(Bucket=self._bucket, Key=place)
        except ObjectMissing:
            self._refuse_without_bucket()
            return False
        return True

    def list(self, prefix: str, *, start_after: str | None = None) -> Iterator[str]:
        after = f"{self._prefix}{start_after}" if start_after else ""
        pages = self._client.get_paginator("list_objects_v2")
        with mapping(self._where(prefix)):
            for page in pages.paginate(Bucket=self._bucket, Prefix=f"{self._prefix}{prefix}", StartAfter=after):
                for entry in page.get("Contents", ()):
                    yield entry["Key"].removeprefix(self._prefix)

    def _put(self, place: str, content: bytes | Path, *, media_type: str, digest: str) -> int:
        """The server's status: created, taken, or a race with another write."""
        try:
            with mapping(self._where(place), but=(_TAKEN, _RACE)), opened(content) as body:
                self._client.put_object(
                    Bucket=self._bucket,
                    Key=place,
                    Body=body,
                    ContentType=media_type,
                    IfNoneMatch="*",
                    ChecksumSHA256=base64.b64encode(bytes.fromhex(digest)).decode("ascii"),
                    Metadata={_DIGEST: digest},
                )
        except ClientError as error:
            return status_of(error)
        return _CREATED

    def _refuse_without_bucket(self) -> None:
        # The answer to HEAD has no body: a missing bucket looks like a missing object.
        try:
            with mapping(self._bucket):
                self._client.head_bucket(Bucket=self._bucket)
        except ObjectMissing as error:
            raise NotAnArchive(
                "there is no such bucket", self._bucket, remedy="create it, or set the right name"
            ) from error

    def _place(self, key: str) -> str:
        return f"{self._prefix}{checked(key)}"

    def _where(self, place: str) -> str:
        return f"s3://{self._bucket}/{place}"


def _configuration(settings: S3Settings) -> Config:
    return Config(
        s3={"addressing_style": settings.addressing},
        connect_timeout=settings.connect_timeout,
        read_timeout=settings.read_timeout,
        retries={"total_max_attempts": settings.attempts, "mode": "standard"},
        # Our own SHA-256 goes with every write; checksums of boto3's choice break on servers that do not know them.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
