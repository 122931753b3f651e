"""A store in a bucket of any S3 server that knows conditional writes (`If-None-Match: *`), such as AWS or SeaweedFS."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from archive.errors import NoLinks, ObjectMissing, StoreUnavailable
from archive.keys import checked, digest_in
from archive.stores import durable
from archive.stores.buckets import refuse_missing
from archive.stores.content import Measured, measured, size_of
from archive.stores.protocol import Lock, Version
from archive.stores.refusals import missing, refuse_damaged
from archive.stores.s3_client import S3Settings, client_for
from archive.stores.s3_download import Download
from archive.stores.s3_history import History
from archive.stores.s3_locks import Locks
from archive.stores.s3_upload import CREATED, RACE, Upload
from archive.stores.s3errors import mapping

# A writer is told 409 while another one's write of the same key is under way; each such answer means that one goes on.
_RACES: Final = 10
# Seven days, in seconds: more no signature of S3 lives.
_LONGEST_LINK: Final = 604_800


class S3Store:
    """A `RetentionStore` in a bucket that exists. The server checks each write's SHA-256, each read is checked here.

    Whoever has the right to write to the bucket can write a key anew, or hide it: the bucket keeps the first version.
    So a record is read together with the list of its versions, and one that has several is refused. An original needs
    no such look, as its key tells its digest.
    """

    def __init__(self, settings: S3Settings) -> None:
        self._settings = settings
        self._client = client_for(settings)
        self._bucket = settings.bucket
        self._prefix = settings.prefix
        self._history = History(self._client, settings.bucket)
        self._locks = Locks(self._client, settings)

    def put_new(
        self, key: str, content: bytes | Path, *, media_type: str, sha256: str | None = None, lock: Lock | None = None
    ) -> bool:
        place = self._place(key)
        told = Measured(sha256, size_of(content)) if sha256 else measured(content)
        upload = Upload(self._client, self._settings, place, content, told, media_type, lock)
        for _ in range(_RACES):
            status = upload.send()
            if status != RACE:
                return status == CREATED and self._is_first(key, place)
        raise StoreUnavailable("another write of the same key goes on", self._where(place), remedy="run again")

    def get(self, key: str) -> bytes:
        return b"".join(self._read(key, told=None))

    def fetch(self, key: str, target: Path, *, sha256: str | None = None) -> None:
        with durable.copied(target) as copy:
            for piece in self._read(key, told=sha256 or digest_in(key)):
                copy.write(piece)

    def link(self, key: str, seconds: int) -> str:
        place, where = self._place(key), self._where(self._place(key))
        if not 1 <= seconds <= _LONGEST_LINK:
            raise NoLinks("a link lives from one second to seven days", where, remedy="give 1 to 604800 seconds")
        if not self.exists(key):
            raise missing(where)
        with mapping(where):
            named = {"Bucket": self._bucket, "Key": place, **self._only_version(place)}
            return self._client.generate_presigned_url("get_object", Params=named, ExpiresIn=seconds)

    def exists(self, key: str) -> bool:
        place = self._place(key)
        try:
            with mapping(self._where(place)):
                self._client.head_object(Bucket=self._bucket, Key=place)
        except ObjectMissing:
            # The answer to HEAD has no body: a missing bucket looks like a missing object. The versions tell both.
            if self._settings.lockable:
                self._history.refuse_altered(place)
            else:
                refuse_missing(self._client, self._bucket)
            return False
        return True

    def list(self, prefix: str) -> Iterator[str]:
        pages = self._client.get_paginator("list_objects_v2")
        with mapping(self._where(prefix)):
            for page in pages.paginate(Bucket=self._bucket, Prefix=f"{self._prefix}{prefix}"):
                for entry in page.get("Contents", ()):
                    yield entry["Key"].removeprefix(self._prefix)

    def lock(self, key: str, lock: Lock) -> None:
        if not self._settings.lockable:
            return
        place, version = self._kept(key)
        self._locks.extend(place, version, lock=lock)

    def lock_of(self, key: str) -> Lock | None:
        if not self._settings.lockable:
            return None
        return self._locks.of(*self._kept(key))

    def hold(self, key: str, *, on: bool) -> None:
        place, version = self._kept(key)
        self._locks.hold(place, version, on=on)

    def is_held(self, key: str) -> bool:
        return self._locks.is_held(*self._kept(key))

    def remove(self, key: str) -> None:
        place, _ = self._kept(key)
        # The archive's own version first: where it is locked, the traces of whoever wrote the key anew stay too.
        for version in reversed(self._history.of(place)):
            self._locks.remove(place, version.id)

    def versions(self, prefix: str) -> Iterator[Version]:
        for version in self._history.below(f"{self._prefix}{prefix}"):
            key = version.key.removeprefix(self._prefix)
            yield replace(version, key=key, sha256=None if version.is_delete_marker else digest_in(key))

    def _is_first(self, key: str, place: str) -> bool:
        """True, unless something was hidden under the key, which a server takes for a free one: that raises."""
        if digest_in(key) is None:
            self._refuse_altered(place)
        return True

    def _refuse_altered(self, place: str) -> None:
        """Where the settings do without versions, nothing tells, and the right to list them may be missing too."""
        if self._settings.lockable:
            self._history.refuse_altered(place)

    def _only_version(self, place: str) -> dict[str, str]:
        version = self._history.refuse_altered(place) if self._settings.lockable else None
        return {"VersionId": version} if version else {}

    def _kept(self, key: str) -> tuple[str, str]:
        """Where the object is, and the id of its first version; raises `ObjectMissing`."""
        place = self._place(key)
        return place, self._history.first(place)

    def _read(self, key: str, *, told: str | None) -> Iterator[bytes]:
        """The bytes in pieces; that they are not those written may be found only after the last."""
        place = self._place(key)
        download, digest = Download(self._client, self._settings, place), hashlib.sha256()
        try:
            for piece in download.pieces():
                digest.update(piece)
                yield piece
        except ObjectMissing:
            self._refuse_altered(place)
            raise
        if digest_in(key) is None:
            self._refuse_altered(place)
        refuse_damaged(self._where(place), digest.hexdigest(), told=(told, download.digest))

    def _place(self, key: str) -> str:
        return f"{self._prefix}{checked(key)}"

    def _where(self, place: str) -> str:
        return f"s3://{self._bucket}/{place}"
