"""Making the buckets as the archive needs them, and telling whether one is as it should be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from botocore.exceptions import ClientError

from archive.errors import NotAnArchive, NotLockable, ObjectMissing
from archive.stores.s3errors import code_of, mapping, status_of

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.literals import BucketLocationConstraintType
    from mypy_boto3_s3.type_defs import LifecycleRuleOutputTypeDef, LifecycleRuleTypeDef

FIRST_REGION: Final = "us-east-1"
_NOT_FOUND, _NOT_THERE = 404, (405, 501)
_UNFINISHED: Final = "tidewaiter-unfinished-uploads"
_OLD_ANSWERS: Final = "tidewaiter-old-answers"
_UNFINISHED_DAYS: Final = 7


def refuse_unlocked(client: S3Client, bucket: str) -> None:
    """Nothing, where the bucket keeps versions and knows locks.

    Raises:
        NotAnArchive: there is no such bucket.
        NotLockable: it keeps no versions, or knows no locks.
    """
    refuse_missing(client, bucket)
    if not _keeps_versions(client, bucket):
        raise _unlocked(bucket, "keeps no versions: what is overwritten or removed there is lost")
    if not _knows_locks(client, bucket):
        raise _unlocked(bucket, "knows no locks (Object Lock): what is archived there could be removed")


def make_archive(client: S3Client, bucket: str, *, region: str) -> Iterator[str]:
    """Make the bucket of the archive where it is missing; tells what was done. An existing one is only looked at.

    Versions and locks cannot be switched off again, so that they are not switched on in a bucket made by somebody else.

    Raises:
        NotLockable: the bucket is there and has not what the archive needs.
    """
    if not _is_there(client, bucket):
        _create(client, bucket, region=region, is_locked=True)
        yield f"{bucket}: made, with versions and Object Lock"
    refuse_unlocked(client, bucket)
    yield f"{bucket}: keeps versions and knows locks"
    yield _with_rule(client, bucket, _abort_unfinished())
    yield _closed_to_the_public(client, bucket)


def make_exchange(client: S3Client, bucket: str, *, region: str, outbox_days: int | None) -> Iterator[str]:
    """Make the bucket of inbox and outbox where it is missing; answers older than `outbox_days` are removed by it."""
    if not _is_there(client, bucket):
        _create(client, bucket, region=region, is_locked=False)
        yield f"{bucket}: made"
    if _keeps_versions(client, bucket):
        yield f"{bucket}: keeps versions, so that what leaves the inbox stays there unseen; one without is better"
    yield _with_rule(client, bucket, _abort_unfinished())
    if outbox_days is not None:
        yield _with_rule(client, bucket, _expire_answers(outbox_days))
    yield _closed_to_the_public(client, bucket)


def make_own(client: S3Client, *, archive: str, exchange: str) -> None:
    """Both buckets on a server that is ours alone; where an earlier version kept all in one, they are parted.

    Versions and locks are switched on in an archive that is there, for good; what waits in its inbox moves.
    """
    if not _is_there(client, archive):
        _create(client, archive, region=FIRST_REGION, is_locked=True)
    if not (_keeps_versions(client, archive) and _knows_locks(client, archive)):
        _mend(client, archive)
    if not _is_there(client, exchange):
        _create(client, exchange, region=FIRST_REGION, is_locked=False)
    if archive != exchange:
        _move_inbox(client, archive, exchange)


def _move_inbox(client: S3Client, archive: str, exchange: str) -> None:
    with mapping(archive):
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=archive, Prefix="inbox/")
        for key in [entry["Key"] for page in pages for entry in page.get("Contents", ())]:
            client.copy_object(Bucket=exchange, Key=key, CopySource={"Bucket": archive, "Key": key})
            client.delete_object(Bucket=archive, Key=key)


def _mend(client: S3Client, bucket: str) -> None:
    with mapping(bucket):
        client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        client.put_object_lock_configuration(Bucket=bucket, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled"})


def _is_there(client: S3Client, bucket: str) -> bool:
    try:
        with mapping(bucket):
            client.head_bucket(Bucket=bucket)
    except ObjectMissing:
        return False
    return True


def refuse_missing(client: S3Client, bucket: str) -> None:
    """Raises `NotAnArchive` where there is no such bucket."""
    if not _is_there(client, bucket):
        raise NotAnArchive(
            "there is no such bucket", bucket, remedy="create it with `tidewaiter init`, or name another"
        )


def _create(client: S3Client, bucket: str, *, region: str, is_locked: bool) -> None:
    with mapping(bucket):
        if region == FIRST_REGION:
            client.create_bucket(Bucket=bucket, ObjectLockEnabledForBucket=is_locked)
            return
        # What regions there are is for AWS to say, not for the list in this version of its types.
        place: BucketLocationConstraintType = region  # type: ignore[assignment]
        client.create_bucket(
            Bucket=bucket,
            ObjectLockEnabledForBucket=is_locked,
            CreateBucketConfiguration={"LocationConstraint": place},
        )


def _keeps_versions(client: S3Client, bucket: str) -> bool:
    try:
        with mapping(bucket, but=_NOT_THERE):
            return client.get_bucket_versioning(Bucket=bucket).get("Status") == "Enabled"
    except ClientError:
        return False


def _knows_locks(client: S3Client, bucket: str) -> bool:
    try:
        with mapping(bucket, but=(_NOT_FOUND, *_NOT_THERE)):
            answer = client.get_object_lock_configuration(Bucket=bucket)
    except ClientError:
        return False
    return answer.get("ObjectLockConfiguration", {}).get("ObjectLockEnabled") == "Enabled"


def _unlocked(bucket: str, what: str) -> NotLockable:
    remedy = (
        "name a new bucket and run `tidewaiter init`; or switch both on here, for good: "
        f"`aws s3api put-bucket-versioning --bucket {bucket} --versioning-configuration Status=Enabled`, then "
        f"`aws s3api put-object-lock-configuration --bucket {bucket} "
        "--object-lock-configuration ObjectLockEnabled=Enabled` (AWS and SeaweedFS take both for an existing bucket, "
        "others know locks in new buckets only); or set TIDEWAITER_ALLOW_UNLOCKED=1 and do without"
    )
    return NotLockable(what, bucket, remedy=remedy)


def _abort_unfinished() -> LifecycleRuleTypeDef:
    return {
        "ID": _UNFINISHED,
        "Status": "Enabled",
        "Filter": {"Prefix": ""},
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": _UNFINISHED_DAYS},
    }


def _expire_answers(days: int) -> LifecycleRuleTypeDef:
    return {"ID": _OLD_ANSWERS, "Status": "Enabled", "Filter": {"Prefix": "outbox/"}, "Expiration": {"Days": days}}


def _with_rule(client: S3Client, bucket: str, rule: LifecycleRuleTypeDef) -> str:
    """Set one rule of the bucket's lifecycle and leave all others as they are."""
    try:
        with mapping(bucket, but=_NOT_THERE):
            others = [one for one in _rules(client, bucket) if one.get("ID") != rule["ID"]]
            client.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={"Rules": [*others, rule]})
    except ClientError:
        return f"{bucket}: the server knows no lifecycle rules: {_by_hand(rule)} yourself"
    return f"{bucket}: the server will {_by_hand(rule)}"


def _rules(client: S3Client, bucket: str) -> Sequence[LifecycleRuleOutputTypeDef]:
    try:
        with mapping(bucket, but=(_NOT_FOUND, *_NOT_THERE)):
            return client.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"]
    except ClientError as error:
        if status_of(error) in _NOT_THERE or code_of(error) == "NoSuchBucket":
            raise
        return []


def _by_hand(rule: LifecycleRuleTypeDef) -> str:
    if rule.get("ID") == _OLD_ANSWERS:
        return f"remove what lies in the outbox after {rule['Expiration'].get('Days')} days"
    return f"abort uploads that are not finished after {_UNFINISHED_DAYS} days"


def _closed_to_the_public(client: S3Client, bucket: str) -> str:
    try:
        with mapping(bucket, but=_NOT_THERE):
            client.put_public_access_block(
                Bucket=bucket,
                PublicAccessBlockConfiguration={
                    "BlockPublicAcls": True,
                    "IgnorePublicAcls": True,
                    "BlockPublicPolicy": True,
                    "RestrictPublicBuckets": True,
                },
            )
    except ClientError:
        return (
            f"{bucket}: the server knows no block of public access: see to it that its rules open nothing to everyone"
        )
    return f"{bucket}: closed to the public"
