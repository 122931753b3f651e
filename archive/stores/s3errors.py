"""The one place where what boto3 and S3 servers report becomes an error of the archive."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionError,  # noqa: A004 - botocore's own, which is none of the built-in one's kind
    HTTPClientError,
    IncompleteReadError,
    NoCredentialsError,
    PartialCredentialsError,
    ResponseStreamingError,
    SSLError,
)

from archive.errors import (
    ArchiveError,
    ContentChanged,
    NotAnArchive,
    ObjectAltered,
    ObjectMissing,
    StoreFull,
    StoreRefused,
    StoreUnavailable,
)

# What an S3 server calls it → what it means for the store, and what to do. Looked up before the status.
CODES: dict[str, tuple[type[ArchiveError], str]] = {
    "NoSuchBucket": (NotAnArchive, "create the bucket, or set the name of the archive's bucket"),
    "BucketAlreadyExists": (NotAnArchive, "the name belongs to somebody else: name another bucket"),
    "InvalidBucketName": (NotAnArchive, "set the name of the archive's bucket"),
    "PreconditionFailed": (ObjectAltered, "find out who wrote it anew while it was read"),
    "BadDigest": (ContentChanged, "let the sender finish, then run again"),
    "XAmzContentChecksumMismatch": (ContentChanged, "let the sender finish, then run again"),
    "XAmzContentSHA256Mismatch": (ContentChanged, "let the sender finish, then run again"),
    "RequestTimeTooSkewed": (StoreRefused, "set this machine's clock"),
    "NotImplemented": (StoreRefused, "the store's server lacks what the archive needs; use another one"),
    "QuotaExceeded": (StoreFull, "free space or have the quota raised, then run again"),
    "XMinioStorageFull": (StoreFull, "free space on the store's disks, then run again"),
    "EntityTooLarge": (StoreFull, "the store takes no object of this size (5 GB in one piece on AWS)"),
    "SlowDown": (StoreUnavailable, "run again with fewer requests at once"),
    "RequestTimeout": (StoreUnavailable, "run again"),
    "OperationAborted": (StoreUnavailable, "run again"),
    "ConditionalRequestConflict": (StoreUnavailable, "run again"),
}
STATUSES: dict[int, tuple[type[ArchiveError], str]] = {
    401: (StoreRefused, "check the access key and its secret"),
    403: (StoreRefused, "check the access key, its secret and rights on the bucket, and this machine's clock"),
    404: (ObjectMissing, "check the key and the bucket"),
    408: (StoreUnavailable, "run again"),
    409: (StoreUnavailable, "run again"),
    429: (StoreUnavailable, "run again with fewer requests at once"),
    507: (StoreFull, "free space on the store's disks, then run again"),
}
_SERVER_ERRORS = 500
_TRANSPORT = (ConnectionError, HTTPClientError, IncompleteReadError, ResponseStreamingError)


def status_of(error: ClientError) -> int:
    """The HTTP status that the server answered with, 0 where it is not told."""
    return error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)


def code_of(error: ClientError) -> str:
    """What the server calls it, empty where it is not told."""
    return error.response.get("Error", {}).get("Code", "")


def may_pass(error: BotoCoreError) -> bool:
    """Whether it went wrong on the way, so that asking again may help."""
    return isinstance(error, _TRANSPORT) and not isinstance(error, SSLError)


def mapped(error: BotoCoreError | ClientError, where: str) -> ArchiveError:
    """The archive's error for one of boto3; what is unknown is refused, never retried blindly."""
    if isinstance(error, ClientError):
        return _answered(error, where)
    if isinstance(error, SSLError):
        return StoreRefused(str(error), where, remedy="check the address and the certificate of the store")
    if isinstance(error, (NoCredentialsError, PartialCredentialsError)):
        return StoreRefused(
            "no access keys for this store",
            f"bucket {where}",
            remedy="set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or give this machine a role",
        )
    if may_pass(error):
        return StoreUnavailable(str(error), where, remedy="run again; if it stays, check the store and its address")
    return StoreRefused(str(error), where, remedy="check the settings of the store")


@contextmanager
def mapping(where: str, *, but: tuple[int, ...] = ()) -> Iterator[None]:
    """Map what is raised inside; answers with a status of `but` mean something to the caller and pass as they are."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        if isinstance(error, ClientError) and status_of(error) in but:
            raise
        raise mapped(error, where) from error
    except ValueError as error:
        # boto3's, of a header whose end was cut off with the connection: a day without its year.
        raise StoreUnavailable(f"an answer that cannot be read ({error})", where, remedy="run again") from error


def _answered(error: ClientError, where: str) -> ArchiveError:
    told, status, code = error.response.get("Error", {}), status_of(error), code_of(error)
    known = CODES.get(code) or STATUSES.get(status)
    if known is None and status >= _SERVER_ERRORS:
        known = (StoreUnavailable, "run again; if it stays, look at the store's own log")
    kind, remedy = known or (StoreRefused, "check the settings of the store")
    return kind(f"{code or status} {told.get('Message', '')}".strip(), where, remedy=remedy)
