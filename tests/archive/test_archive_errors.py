"""Errors of the system and of S3 become the archive's own, each kind with the right promise about trying again."""

from __future__ import annotations

import errno
import pickle

import botocore.exceptions
import pytest
from botocore.exceptions import BotoCoreError, ClientError

import archive
from archive import errors
from archive.errors import (
    ArchiveError,
    ContentChanged,
    KeyInvalid,
    NotAnArchive,
    ObjectAltered,
    ObjectMissing,
    StoreFull,
    StoreRefused,
    StoreUnavailable,
)
from archive.stores import oserrors, s3errors

SYSTEM = {
    errno.ENOENT: ObjectMissing, errno.ENOTDIR: ObjectMissing, errno.EISDIR: ObjectMissing, errno.ENOSPC: StoreFull,
    errno.EDQUOT: StoreFull, errno.EFBIG: StoreFull, errno.EACCES: StoreRefused, errno.EPERM: StoreRefused,
    errno.EROFS: StoreRefused, errno.ENOTSUP: StoreRefused, errno.EMLINK: StoreRefused, errno.ELOOP: StoreRefused,
    errno.ENAMETOOLONG: KeyInvalid, errno.EIO: StoreUnavailable, errno.EMFILE: StoreUnavailable,
    errno.ENFILE: StoreUnavailable, errno.ESTALE: StoreUnavailable, errno.ETIMEDOUT: StoreUnavailable,
    errno.EAGAIN: StoreUnavailable, errno.EBUSY: StoreUnavailable, errno.EXDEV: StoreRefused,
    errno.EINVAL: StoreRefused,
}  # fmt: skip

ANSWERS = [
    ("NoSuchKey", 404, ObjectMissing), ("404", 404, ObjectMissing), ("NoSuchBucket", 404, NotAnArchive),
    ("InvalidBucketName", 400, NotAnArchive), ("AccessDenied", 403, StoreRefused), ("401", 401, StoreRefused),
    ("SignatureDoesNotMatch", 403, StoreRefused), ("RequestTimeTooSkewed", 403, StoreRefused),
    ("BadDigest", 400, ContentChanged), ("XAmzContentChecksumMismatch", 400, ContentChanged),
    ("XAmzContentSHA256Mismatch", 400, ContentChanged), ("QuotaExceeded", 403, StoreFull),
    ("XMinioStorageFull", 507, StoreFull), ("507", 507, StoreFull), ("EntityTooLarge", 400, StoreFull),
    ("SlowDown", 503, StoreUnavailable), ("InternalError", 500, StoreUnavailable), ("502", 502, StoreUnavailable),
    ("RequestTimeout", 400, StoreUnavailable), ("OperationAborted", 409, StoreUnavailable),
    ("409", 409, StoreUnavailable),
    ("ConditionalRequestConflict", 409, StoreUnavailable), ("429", 429, StoreUnavailable),
    ("408", 408, StoreUnavailable),
    ("BucketAlreadyExists", 409, NotAnArchive), ("NotImplemented", 501, StoreRefused),
    ("PreconditionFailed", 412, ObjectAltered),
    ("InvalidRequest", 400, StoreRefused), ("PermanentRedirect", 301, StoreRefused), ("", 0, StoreRefused),
]  # fmt: skip

TRANSPORT = {
    "ConnectTimeoutError", "ConnectionClosedError", "ConnectionError", "EndpointConnectionError", "HTTPClientError",
    "IncompleteReadError", "ProxyConnectionError", "ReadTimeoutError", "ResponseStreamingError",
}  # fmt: skip


def all_errors(kind: type[ArchiveError] = ArchiveError) -> set[type[ArchiveError]]:
    return {kind}.union(*(all_errors(one) for one in kind.__subclasses__()))


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    drawn = {line.strip("│├└─ ").split()[0] for line in str(archive.__doc__).splitlines() if "─" in line}
    drawn.add("ArchiveError")
    assert drawn == {kind.__name__ for kind in all_errors()}


def test_only_what_may_pass_says_so() -> None:
    passing = {kind for kind in all_errors() if kind.may_pass}
    assert passing == {errors.StoreUnavailable, errors.RegisterUnavailable, errors.AccountsUnavailable}
    marked = {
        line.strip("│├└─ ").split()[0] for line in str(archive.__doc__).splitlines() if "─" in line and " * " in line
    }
    assert marked == {kind.__name__ for kind in passing}


@pytest.mark.parametrize("kind", sorted(all_errors(), key=str))
def test_an_error_says_what_where_and_what_to_do_also_after_a_journey(kind: type[ArchiveError]) -> None:
    error = pickle.loads(pickle.dumps(kind("what", "where", remedy="do this")))  # noqa: S301 - our own bytes
    assert type(error) is kind
    assert str(error) == "where: what; do this"


@pytest.mark.parametrize(("number", "kind"), SYSTEM.items())
def test_an_error_of_the_system_becomes_one_of_the_archive(number: int, kind: type[ArchiveError]) -> None:
    error = oserrors.mapped(OSError(number, "reason"), "originals/a")
    assert type(error) is kind
    assert (error.what, error.where) == ("reason", "originals/a")


def test_every_error_number_that_the_store_knows_is_listed_here() -> None:
    assert oserrors.MEANING.keys() <= SYSTEM.keys()


@pytest.mark.parametrize(("code", "status", "kind"), ANSWERS)
def test_an_answer_of_s3_becomes_an_error_of_the_archive(code: str, status: int, kind: type[ArchiveError]) -> None:
    raised = ClientError({"Error": {"Code": code, "Message": "told"}}, "PutObject")
    raised.response["ResponseMetadata"] = {
        "HTTPStatusCode": status, "RequestId": "", "HTTPHeaders": {}, "RetryAttempts": 0, "HostId": ""
    }  # fmt: skip
    error = s3errors.mapped(raised, "s3://b/k")
    assert type(error) is kind
    assert "told" in str(error)


def test_every_answer_that_the_store_knows_is_listed_here() -> None:
    assert s3errors.CODES.keys() | {str(status) for status in s3errors.STATUSES} <= {code for code, _, _ in ANSWERS} | {
        "403"
    }


def test_only_what_went_wrong_on_the_way_may_pass() -> None:
    kinds = {name: kind for name, kind in vars(botocore.exceptions).items() if isinstance(kind, type)}
    own = {name: kind for name, kind in kinds.items() if issubclass(kind, BotoCoreError) and kind.__name__ == name}
    passing = {name for name, kind in own.items() if s3errors.mapped(_made(kind), "here").may_pass}
    assert passing == TRANSPORT


def _made(kind: type[BotoCoreError]) -> BotoCoreError:
    error = kind.__new__(kind)
    error.args = ("reason",)
    return error
