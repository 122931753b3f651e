"""One conditional write to a bucket, whole or in parts, each with a SHA-256 that the server checks."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, Literal, TypedDict

from botocore.exceptions import ClientError

from archive.errors import ArchiveError, ContentChanged, StoreUnavailable
from archive.stores.content import Measured, opened, read
from archive.stores.protocol import Lock
from archive.stores.s3_client import Encryption, S3Settings
from archive.stores.s3errors import code_of, mapping, status_of

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef

CREATED, TAKEN, RACE = 200, 412, 409
DIGEST: Final = "sha256"
_MOST_PARTS = 10_000


class _Named(TypedDict, total=False):
    Bucket: str
    Key: str
    ContentType: str
    Metadata: dict[str, str]
    ObjectLockMode: Literal["COMPLIANCE", "GOVERNANCE"]
    ObjectLockRetainUntilDate: dt.datetime
    ServerSideEncryption: Encryption
    SSEKMSKeyId: str


@dataclass(frozen=True, slots=True)
class Upload:
    """What is to be written and where, with the digest and size that it is meant to have."""

    client: S3Client
    settings: S3Settings
    place: str
    content: bytes | Path
    told: Measured
    media_type: str
    lock: Lock | None

    def send(self) -> int:
        """The server's status: created, taken, or a race with another write."""
        return self._whole() if self.told.size <= self.settings.part_bytes else self._in_parts()

    def _whole(self) -> int:
        try:
            with mapping(self.where, but=(TAKEN, RACE)), opened(self.content) as body:
                checksum = _base64(bytes.fromhex(self.told.sha256))
                self.client.put_object(**self._named(), Body=body, IfNoneMatch="*", ChecksumSHA256=checksum)
        except ClientError as error:
            return status_of(error)
        return CREATED

    def _in_parts(self) -> int:
        with mapping(self.where):
            begun = self.client.create_multipart_upload(**self._named(), ChecksumAlgorithm="SHA256")
        number, done = begun["UploadId"], False
        try:
            status = self._complete(number, self._sent(number))
            done = status == CREATED
        finally:
            if not done:
                self._abort(number)
        return status

    def _sent(self, upload: str) -> list[CompletedPartTypeDef]:
        digest = hashlib.sha256()
        parts: list[CompletedPartTypeDef] = []
        with opened(self.content) as file:
            for number, piece in enumerate(self._pieces(file), 1):
                digest.update(piece)
                parts.append(self._send(upload, number, piece))
        if digest.hexdigest() != self.told.sha256:
            what = f"the content is not that of {self.told.sha256}"
            raise ContentChanged(what, self.where, remedy="let the sender finish, then run again")
        return parts

    def _pieces(self, file: BinaryIO) -> Iterator[bytes]:
        size = max(self.settings.part_bytes, -(-self.told.size // _MOST_PARTS))
        while piece := read(file, self.content, size=size):
            yield piece

    def _send(self, upload: str, number: int, piece: bytes) -> CompletedPartTypeDef:
        checksum = _base64(hashlib.sha256(piece).digest())
        with mapping(self.where):
            answer = self.client.upload_part(
                Bucket=self.settings.bucket,
                Key=self.place,
                UploadId=upload,
                PartNumber=number,
                Body=piece,
                ChecksumSHA256=checksum,
            )
        return {"PartNumber": number, "ETag": answer["ETag"], "ChecksumSHA256": checksum}

    def _complete(self, upload: str, parts: list[CompletedPartTypeDef]) -> int:
        try:
            with mapping(self.where, but=(TAKEN, RACE, 404)):
                self.client.complete_multipart_upload(
                    Bucket=self.settings.bucket,
                    Key=self.place,
                    UploadId=upload,
                    MultipartUpload={"Parts": parts},
                    IfNoneMatch="*",
                )
        except ClientError as error:
            return self._status_of_completion(error)
        return CREATED

    def _status_of_completion(self, error: ClientError) -> int:
        """An upload that is gone was completed by our own first try, whose answer got lost, or aborted by somebody."""
        if status_of(error) != 404:  # noqa: PLR2004 - HTTP's not found
            return status_of(error)
        if code_of(error) == "NoSuchUpload" and self._is_there():
            return TAKEN
        what = f"the upload was aborted while it went on ({code_of(error)})"
        raise StoreUnavailable(what, self.where, remedy="run again") from error

    def _is_there(self) -> bool:
        try:
            with mapping(self.where, but=(404,)):
                self.client.head_object(Bucket=self.settings.bucket, Key=self.place)
        except ClientError:
            return False
        return True

    def _abort(self, upload: str) -> None:
        # What stays behind costs space until the bucket's lifecycle removes it; the first error is what counts.
        with suppress(ArchiveError), mapping(self.where):
            self.client.abort_multipart_upload(Bucket=self.settings.bucket, Key=self.place, UploadId=upload)

    def _named(self) -> _Named:
        """What both ways of writing are told about the object."""
        named: _Named = {
            "Bucket": self.settings.bucket,
            "Key": self.place,
            "ContentType": self.media_type,
            "Metadata": {DIGEST: self.told.sha256},
        }
        if self.lock is not None and self.settings.lockable:
            named["ObjectLockMode"] = "COMPLIANCE" if self.lock.mode == "compliance" else "GOVERNANCE"
            named["ObjectLockRetainUntilDate"] = self.lock.until
        if self.settings.encryption is not None:
            named["ServerSideEncryption"] = self.settings.encryption
            if self.settings.encryption_key is not None and self.settings.encryption == "aws:kms":
                named["SSEKMSKeyId"] = self.settings.encryption_key
        return named

    @property
    def where(self) -> str:
        return f"s3://{self.settings.bucket}/{self.place}"


def _base64(digest: bytes) -> str:
    return base64.b64encode(digest).decode("ascii")
