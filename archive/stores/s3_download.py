"""Reading an object in pieces, and going on where a connection broke off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError

from archive.stores.content import PIECE
from archive.stores.s3_client import S3Settings
from archive.stores.s3_upload import DIGEST
from archive.stores.s3errors import mapping, may_pass

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import GetObjectOutputTypeDef


@dataclass(slots=True)
class Download:
    """One object on its way here, by one reader.

    `digest` is the SHA-256 that was kept with the object when it was written, None where it has none.
    """

    client: S3Client
    settings: S3Settings
    place: str
    digest: str | None = None
    _tag: str = ""
    _got: int = 0

    def pieces(self) -> Iterator[bytes]:
        """The bytes in order; a connection that breaks off is opened anew, as often as the settings allow."""
        for left in reversed(range(self.settings.attempts)):
            with mapping(self.where):
                try:
                    yield from self._stream(self._asked())
                except BotoCoreError as error:
                    if not left or not may_pass(error):
                        raise
                else:
                    return

    def _stream(self, answer: GetObjectOutputTypeDef) -> Iterator[bytes]:
        # Not as a context: it would give the raw stream, which does not miss what was cut off.
        with closing(answer["Body"]) as body:
            for piece in body.iter_chunks(PIECE):
                self._got += len(piece)
                yield piece

    def _asked(self) -> GetObjectOutputTypeDef:
        bucket, key = self.settings.bucket, self.place
        if self._got:
            # Of the same bytes: another version would not match.
            return self.client.get_object(Bucket=bucket, Key=key, Range=f"bytes={self._got}-", IfMatch=self._tag)
        answer = self.client.get_object(Bucket=bucket, Key=key)
        self._tag = answer.get("ETag", "")  # An answer that was cut off in its headers has none, and no body either.
        self.digest = answer["Metadata"].get(DIGEST)
        return answer

    @property
    def where(self) -> str:
        return f"s3://{self.settings.bucket}/{self.place}"
