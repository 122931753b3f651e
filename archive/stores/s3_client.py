"""Where a bucket is and how to speak to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import boto3
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.exceptions import ConnectionClosedError
from botocore.hooks import BaseEventHooks
from botocore.model import OperationModel

from archive.stores.s3errors import mapping

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

Encryption = Literal["AES256", "aws:kms"]
_MEBIBYTE = 1 << 20
_GOOD, _NO_CONTENT = range(200, 300), 204


@dataclass(frozen=True, slots=True)
class S3Settings:
    """Where the bucket is. Without keys the environment's own credentials are used (boto3's chain).

    `endpoint` is the server's address, None for AWS. `addressing` "path" works with any server, "virtual" puts the
    bucket into the host name. `prefix` stands before every key, such as "archive/". Timeouts are in seconds.
    What is larger than `part_bytes` (5 MiB at least) is written in parts of that size. `encryption` asks the server to
    encrypt what it stores, `encryption_key` names its KMS key. `lockable` False is for a bucket that knows no locks.
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
    part_bytes: int = 16 * _MEBIBYTE
    encryption: Encryption | None = None
    encryption_key: str | None = None
    lockable: bool = True


def client_for(settings: S3Settings) -> S3Client:
    """A client that several threads may share.

    Raises:
        StoreRefused: the settings contradict themselves.
    """
    with mapping(settings.endpoint or settings.bucket):
        # A session of its own: boto3's shared one keeps the credentials that it found first, and is not for threads.
        client = boto3.session.Session().client(
            "s3",
            endpoint_url=settings.endpoint,
            region_name=settings.region,
            aws_access_key_id=settings.access_key,
            aws_secret_access_key=settings.secret_key,
            config=_configuration(settings),
        )
    events: BaseEventHooks = client.meta.events
    events.register_first("needs-retry.s3", _ask_again_if_cut_off(settings))  # type: ignore[arg-type]  # it may answer
    return client


def _ask_again_if_cut_off(settings: S3Settings) -> Callable[..., int | None]:
    """An answer that broke off in its headers passes for one without a body: an empty list, say, or an empty object."""

    def look(
        *, response: tuple[AWSResponse, object] | None, operation: OperationModel, attempts: int, **_: object
    ) -> int | None:
        if response is None or _is_whole(response[0], operation):
            return None
        if attempts < settings.attempts:
            return 0
        raise ConnectionClosedError(endpoint_url=response[0].url)

    return look


def _is_whole(answer: AWSResponse, operation: OperationModel) -> bool:
    """Whether all came that was to come; of a stream only whether it tells its length, which its reader looks after."""
    no_body = answer.status_code == _NO_CONTENT or operation.http["method"] == "HEAD"
    if no_body or answer.status_code not in _GOOD:
        return True
    length = answer.headers.get("content-length")
    if length is None:
        return "transfer-encoding" in answer.headers
    return operation.has_streaming_output or len(answer.content) == int(length)


def _configuration(settings: S3Settings) -> Config:
    return Config(
        s3={"addressing_style": settings.addressing},
        signature_version="s3v4",
        connect_timeout=settings.connect_timeout,
        read_timeout=settings.read_timeout,
        retries={"total_max_attempts": settings.attempts, "mode": "standard"},
        # Our own SHA-256 goes with every write; checksums of boto3's choice break on servers that do not know them.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
