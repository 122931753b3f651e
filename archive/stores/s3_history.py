"""What a versioned bucket remembers of a key: the first version is the archive's, all others are somebody else's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.errors import ObjectAltered, ObjectMissing
from archive.stores.protocol import Version
from archive.stores.s3errors import mapping

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import ListObjectVersionsOutputTypeDef


@dataclass(frozen=True, slots=True)
class History:
    """The versions under full keys (with the prefix) of one bucket; `client` may be shared."""

    client: S3Client
    bucket: str

    def refuse_altered(self, place: str) -> str | None:
        """The id of the only version of the key, None where it is free.

        Raises:
            ObjectAltered: somebody wrote the key anew, or hid it.
        """
        found = self._latest(place)
        if len(found) > 1 or any(version.is_delete_marker for version in found):
            raise self._altered(place, hidden=found[0].is_delete_marker)
        return found[0].id if found else None

    def first(self, place: str) -> str:
        """The id of the version that was written first; raises `ObjectMissing`."""
        latest = self._latest(place)
        if len(latest) == 1 and not latest[0].is_delete_marker:
            return latest[0].id
        written = [version for version in self.of(place) if not version.is_delete_marker]
        if not written:
            raise ObjectMissing("there is no such object", self._where(place), remedy="check the key and the bucket")
        return written[-1].id

    def of(self, place: str) -> tuple[Version, ...]:
        """All versions of the key: those with bytes, the newest first, then the delete markers."""
        found = [version for version in self.below(place) if version.key == place]
        return tuple(sorted(found, key=lambda version: version.is_delete_marker))

    def below(self, prefix: str) -> Iterator[Version]:
        pages = self.client.get_paginator("list_object_versions")
        with mapping(self._where(prefix)):
            for page in pages.paginate(Bucket=self.bucket, Prefix=prefix):
                yield from _versions(page)

    def _latest(self, place: str) -> tuple[Version, ...]:
        """Up to two of the key's versions, that which is served first."""
        with mapping(self._where(place)):
            page = self.client.list_object_versions(Bucket=self.bucket, Prefix=place, MaxKeys=2)
        found = [version for version in _versions(page) if version.key == place]
        return tuple(sorted(found, key=lambda version: not version.is_latest))

    def _altered(self, place: str, *, hidden: bool) -> ObjectAltered:
        what = "was hidden under a delete marker" if hidden else "was written anew"
        remedy = "find out who did it; the version first written is intact: remove those after it to have it back"
        return ObjectAltered(what, self._where(place), remedy=remedy)

    def _where(self, place: str) -> str:
        return f"s3://{self.bucket}/{place}"


def _versions(page: ListObjectVersionsOutputTypeDef) -> Iterator[Version]:
    """In the page's order, which is newest first for each key; the delete markers come after all others."""
    for one in page.get("Versions", ()):
        modified = one["LastModified"].astimezone(dt.UTC)
        yield Version(one["Key"], one["VersionId"], None, one["Size"], modified, is_latest=one["IsLatest"])
    for marker in page.get("DeleteMarkers", ()):
        key, number, modified = marker["Key"], marker["VersionId"], marker["LastModified"].astimezone(dt.UTC)
        yield Version(key, number, None, 0, modified, is_latest=marker["IsLatest"], is_delete_marker=True)
