"""Retention and legal hold of one version in a bucket, which the server keeps against everybody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from botocore.exceptions import ClientError

from archive.errors import NotLockable
from archive.stores.protocol import Lock
from archive.stores.refusals import locked, weaker
from archive.stores.s3_client import S3Settings
from archive.stores.s3errors import code_of, mapped, mapping, status_of

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_INVALID, _FORBIDDEN, _NOT_FOUND = 400, 403, 404
# What never was locked or held; SeaweedFS has a name of its own for the first.
_NEVER: Final = frozenset({
    "NoSuchObjectLockConfiguration", "ObjectLockConfigurationNotFoundError", "NoSuchObjectLegalHold"
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Locks:
    """In a bucket without locks that the settings allow, a legal hold is refused: none must pass that holds nothing."""

    client: S3Client
    settings: S3Settings

    def extend(self, place: str, version: str, *, lock: Lock) -> None:
        """Raises `LockWeaker`, and `NotLockable` where the server took the lock and does not keep it."""
        standing = self.of(place, version)
        if not lock.covers(standing):
            raise weaker(lock, standing, self._where(place))
        if lock != standing:
            self._put(place, version, lock=lock, strengthens=standing is not None and lock.mode != standing.mode)
            self._refuse_unkept(place, version, lock)

    def of(self, place: str, version: str) -> Lock | None:
        try:
            with mapping(self._where(place), but=(_NOT_FOUND, _INVALID)):
                answer = self.client.get_object_retention(Bucket=self.settings.bucket, Key=place, VersionId=version)
        except ClientError as error:
            self._refuse_unless_never(error, place)
            return None
        told = answer["Retention"]
        if "RetainUntilDate" not in told:
            return None
        return Lock("compliance" if told.get("Mode") == "COMPLIANCE" else "governance", told["RetainUntilDate"])

    def hold(self, place: str, version: str, *, on: bool) -> None:
        """Raises `NotLockable`, as a hold that holds nothing must not pass for one."""
        if not self.settings.lockable:
            what, remedy = "the bucket knows no legal hold", "move the archive to a bucket with Object Lock"
            raise NotLockable(what, self.settings.bucket, remedy=remedy)
        with mapping(self._where(place)):
            self.client.put_object_legal_hold(
                Bucket=self.settings.bucket,
                Key=place,
                VersionId=version,
                LegalHold={"Status": "ON" if on else "OFF"},
            )
        if on and not self.is_held(place, version):
            raise self._unkept("legal hold", place)

    def is_held(self, place: str, version: str) -> bool:
        try:
            with mapping(self._where(place), but=(_NOT_FOUND, _INVALID)):
                answer = self.client.get_object_legal_hold(Bucket=self.settings.bucket, Key=place, VersionId=version)
        except ClientError as error:
            self._refuse_unless_never(error, place)
            return False
        return answer["LegalHold"].get("Status") == "ON"

    def remove(self, place: str, version: str) -> None:
        """Remove one version; raises `ObjectLocked`, by this machine's clock and then by the server's."""
        self._refuse_locked(place, version, dt.datetime.now(dt.UTC))
        try:
            with mapping(self._where(place), but=(_FORBIDDEN,)):
                self.client.delete_object(Bucket=self.settings.bucket, Key=place, VersionId=version)
        except ClientError as error:
            self._refuse_locked(place, version, _time_of(error))
            raise mapped(error, self._where(place)) from error

    def _refuse_locked(self, place: str, version: str, now: dt.datetime) -> None:
        lock, held = self.of(place, version), self.is_held(place, version)
        if held or (lock is not None and lock.until >= now):
            raise locked(self._where(place), lock=lock, held=held)

    def _refuse_unkept(self, place: str, version: str, lock: Lock) -> None:
        kept = self.of(place, version)
        if kept is None or not kept.covers(lock):
            raise self._unkept("lock", place)

    def _unkept(self, what: str, place: str) -> NotLockable:
        # SeaweedFS does so with what was written before its bucket kept versions.
        remedy = "it is from before the bucket kept versions: copy the archive into a new bucket (`tidewaiter init`)"
        return NotLockable(f"the server keeps no {what} on this object", self._where(place), remedy=remedy)

    def _put(self, place: str, version: str, *, lock: Lock, strengthens: bool) -> None:
        with mapping(self._where(place)):
            self.client.put_object_retention(
                Bucket=self.settings.bucket,
                Key=place,
                VersionId=version,
                Retention={
                    "Mode": "COMPLIANCE" if lock.mode == "compliance" else "GOVERNANCE",
                    "RetainUntilDate": lock.until,
                },
                # Without this word servers refuse compliance in the place of governance. A shorter lock was refused
                # above, so that it bypasses nothing.
                BypassGovernanceRetention=strengthens,
            )

    def _refuse_unless_never(self, error: ClientError, place: str) -> None:
        is_no_lock_bucket = status_of(error) == _INVALID and not self.settings.lockable
        if code_of(error) not in _NEVER and not is_no_lock_bucket:
            raise mapped(error, self._where(place)) from error

    def _where(self, place: str) -> str:
        return f"s3://{self.settings.bucket}/{place}"


def _time_of(error: ClientError) -> dt.datetime:
    """The server's time when it answered; the first of all times where it does not tell, by which all is locked."""
    told = error.response["ResponseMetadata"]["HTTPHeaders"].get("date")
    return parsedate_to_datetime(told) if told else dt.datetime.min.replace(tzinfo=dt.UTC)
