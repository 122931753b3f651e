"""An exchange in a bucket of any S3 server that knows conditional requests, such as AWS or SeaweedFS."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from archive.errors import ContentChanged, ObjectMissing, StoreUnavailable
from archive.stores.content import PIECE
from archive.stores.exchange import Entry
from archive.stores.s3errors import mapping, status_of

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_CHANGED, _RACE = 412, 409
_RACES = 10


class BucketExchange:
    """An `Exchange` in a bucket that exists; `prefix` stands before every key, such as "exchange/".

    A server that overlooks the condition of a removal may remove what was overwritten in the same instant.
    """

    def __init__(self, client: S3Client, bucket: str, *, prefix: str = "") -> None:
        self._client = client
        self._bucket = bucket
        self._prefix = prefix

    def entries(self, prefix: str, *, start_after: str | None = None) -> Iterator[Entry]:
        after = f"{self._prefix}{start_after}" if start_after else ""
        pages = self._client.get_paginator("list_objects_v2")
        with mapping(self._where(prefix)):
            for page in pages.paginate(Bucket=self._bucket, Prefix=f"{self._prefix}{prefix}", StartAfter=after):
                for one in page.get("Contents", ()):
                    key = one["Key"].removeprefix(self._prefix)
                    modified = one["LastModified"].astimezone(dt.UTC)
                    yield Entry(key, one["Size"], modified, one["ETag"], "folder" if key.endswith("/") else "file")

    def fetch(self, entry: Entry, target: Path) -> None:
        try:
            with mapping(self._where(entry.key), but=(_CHANGED,)):
                answer = self._client.get_object(
                    Bucket=self._bucket, Key=f"{self._prefix}{entry.key}", IfMatch=entry.version
                )
                # Not as a context: it would give the raw stream, which does not miss what was cut off.
                with closing(answer["Body"]) as body, target.open("wb") as copy:
                    for piece in body.iter_chunks(PIECE):
                        copy.write(piece)
        except ClientError as error:
            what, remedy = "changed since it was listed", "let the sender finish; it is looked at again"
            raise ContentChanged(what, self._where(entry.key), remedy=remedy) from error

    def get(self, key: str) -> bytes:
        with mapping(self._where(key)):
            answer = self._client.get_object(Bucket=self._bucket, Key=f"{self._prefix}{key}")
            with closing(answer["Body"]) as body:
                return body.read()

    def put_new(self, key: str, content: bytes, *, media_type: str) -> bool:
        for _ in range(_RACES):
            status = self._put(key, content, media_type)
            if status != _RACE:
                return status != _CHANGED
        raise StoreUnavailable("another write of the same key goes on", self._where(key), remedy="run again")

    def remove(self, entry: Entry) -> bool:
        try:
            with mapping(self._where(entry.key), but=(_CHANGED,)):
                self._client.delete_object(Bucket=self._bucket, Key=f"{self._prefix}{entry.key}", IfMatch=entry.version)
        except ObjectMissing:
            return True
        except ClientError:
            return not self._is_there(entry.key)
        return True

    def _put(self, key: str, content: bytes, media_type: str) -> int:
        """The server's status: 412 where the key is taken, 409 in a race with another write, else 200."""
        try:
            with mapping(self._where(key), but=(_CHANGED, _RACE)):
                self._client.put_object(
                    Bucket=self._bucket,
                    Key=f"{self._prefix}{key}",
                    Body=content,
                    ContentType=media_type,
                    IfNoneMatch="*",
                )
        except ClientError as error:
            return status_of(error)
        return 200

    def _is_there(self, key: str) -> bool:
        try:
            with mapping(self._where(key)):
                self._client.head_object(Bucket=self._bucket, Key=f"{self._prefix}{key}")
        except ObjectMissing:
            return False
        return True

    def _where(self, key: str) -> str:
        return f"s3://{self._bucket}/{self._prefix}{key!r}"
