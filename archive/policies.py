"""What each role may do in the buckets and no more: policies in the language of AWS IAM, which SeaweedFS speaks too.

Nobody but `disposal` may remove anything from the archive, and that role cannot bypass a lock. Worker and desk need
`BypassGovernanceRetention` to put compliance in the place of governance; as neither may delete, it removes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_Statement = dict[str, object]

_LOOK = ("s3:ListBucket", "s3:ListBucketVersions", "s3:GetBucketVersioning", "s3:GetBucketObjectLockConfiguration")
_READ = ("s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectRetention", "s3:GetObjectLegalHold")
_WRITE = ("s3:PutObject", "s3:AbortMultipartUpload")
_LOCK = ("s3:PutObjectRetention", "s3:BypassGovernanceRetention")
_REMOVE = ("s3:DeleteObject", "s3:DeleteObjectVersion")
_REBUILD = (
    "s3:DeleteBucket", "s3:PutBucketVersioning", "s3:PutBucketObjectLockConfiguration", "s3:PutLifecycleConfiguration",
    "s3:PutBucketPolicy", "s3:DeleteBucketPolicy",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BucketNames:
    """`witness` is the bucket under other credentials that keeps checkpoints of the journal."""

    archive: str
    exchange: str
    witness: str


def policies(names: BucketNames, *, broker: str) -> Mapping[str, str]:
    """The policy of each role, as JSON; that of a broker is for the one named, whose folders it opens."""
    archive, exchange, witness = (f"arn:aws:s3:::{name}" for name in (names.archive, names.exchange, names.witness))
    documents = {
        "broker": _broker(exchange, broker),
        "worker": (*_archive_writer(archive), *_deny_removal(archive), *_exchange(exchange)),
        "desk": (
            *_archive_writer(archive),
            _allow("HoldAndRelease", "s3:PutObjectLegalHold", f"{archive}/*"),
            *_deny_removal(archive),
        ),
        "auditor": (*_reader("Archive", archive), *_reader("Witness", witness)),
        "witness": (
            *_reader("Witness", witness), _allow("KeepCheckpoints", "s3:PutObject", f"{witness}/*"),
            *_deny_removal(witness),
        ),
        "disposal": (
            *_reader("Archive", archive),
            _allow("RecordAndDispose", ("s3:PutObject", "s3:DeleteObjectVersion"), f"{archive}/*"),
            _deny("NeverPastALock", ("s3:BypassGovernanceRetention", *_REBUILD), (archive, f"{archive}/*")),
        ),
    }  # fmt: skip
    return {role: _document(statements) for role, statements in documents.items()}


def _broker(exchange: str, broker: str) -> tuple[_Statement, ...]:
    folders = [f"inbox/{broker}/*", f"outbox/{broker}/*"]
    look = _allow("LookIntoOwnFolders", "s3:ListBucket", exchange)
    return (
        _allow("HandIn", "s3:PutObject", f"{exchange}/inbox/{broker}/*"),
        _allow("Collect", "s3:GetObject", f"{exchange}/outbox/{broker}/*"),
        {**look, "Condition": {"StringLike": {"s3:prefix": folders}}},
    )


def _reader(what: str, bucket: str) -> tuple[_Statement, ...]:
    return _allow(f"LookInto{what}", _LOOK, bucket), _allow(f"Read{what}", _READ, f"{bucket}/*")


def _archive_writer(archive: str) -> tuple[_Statement, ...]:
    return *_reader("Archive", archive), _allow("WriteAndLock", (*_WRITE, *_LOCK), f"{archive}/*")


def _exchange(exchange: str) -> tuple[_Statement, ...]:
    return (
        _allow("LookIntoExchange", "s3:ListBucket", exchange),
        _allow("TakeFromInbox", ("s3:GetObject", "s3:DeleteObject"), f"{exchange}/inbox/*"),
        _allow("Answer", ("s3:GetObject", "s3:PutObject", "s3:DeleteObject"), f"{exchange}/outbox/*"),
        _allow("Lease", ("s3:GetObject", "s3:PutObject", "s3:DeleteObject"), f"{exchange}/watch/*"),
    )


def _deny_removal(bucket: str) -> tuple[_Statement, ...]:
    return (_deny("NeverRemove", (*_REMOVE, *_REBUILD), (bucket, f"{bucket}/*")),)


def _allow(name: str, actions: str | Iterable[str], resource: str) -> _Statement:
    return {"Sid": name, "Effect": "Allow", "Action": _listed(actions), "Resource": [resource]}


def _deny(name: str, actions: Iterable[str], resources: Iterable[str]) -> _Statement:
    return {"Sid": name, "Effect": "Deny", "Action": _listed(actions), "Resource": list(resources)}


def _listed(actions: str | Iterable[str]) -> list[str]:
    return [actions] if isinstance(actions, str) else list(actions)


def _document(statements: Iterable[_Statement]) -> str:
    return f"{json.dumps({'Version': '2012-10-17', 'Statement': list(statements)}, indent=2)}\n"
