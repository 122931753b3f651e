"""A queue of Amazon SQS that tells of changes in a bucket. A listing tells all that it tells: messages may be lost.

SQS runs at AWS alone. Tests have moto's stand-in for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import boto3
from botocore.config import Config

from archive.stores.s3errors import mapping

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

LONGEST: Final = 20
"""Seconds for which SQS lets one wait at most."""
_AT_ONCE: Final = 10
_HIDDEN_SECONDS: Final = 300
"""For so long nobody else is told of a message that was received and not deleted."""
_REGION: Final = re.compile(r"(?:^|\.)sqs(?:-fips)?\.([a-z0-9-]+)\.|^([a-z0-9-]+)\.queue\.amazonaws\.")


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it was received; `receipt` is what it is deleted by."""

    body: str
    receipt: str


class EventQueue:
    """The queue at an address such as `https://sqs.eu-central-1.amazonaws.com/123456789012/inbox`.

    Credentials are found where boto3 looks for them. All methods raise `StoreError`s.
    """

    def __init__(self, url: str, *, region: str | None = None) -> None:
        """Raises `StoreRefused` where there is no such queue for us, `StoreUnavailable` where nothing answers."""
        self._url = url
        address = urlsplit(url)
        with mapping(url):
            self._client: SQSClient = boto3.session.Session().client(
                "sqs",
                endpoint_url=f"{address.scheme}://{address.netloc}",
                region_name=region_of(address.hostname or "") or region or "us-east-1",
                config=Config(connect_timeout=5, read_timeout=60, retries={"total_max_attempts": 2}),
            )
            self._client.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])

    def receive(self, seconds: int) -> tuple[Message, ...]:
        """Up to ten messages, as soon as there is one; none after so many seconds, 20 at most."""
        with mapping(self._url):
            answer = self._client.receive_message(
                QueueUrl=self._url,
                MaxNumberOfMessages=_AT_ONCE,
                WaitTimeSeconds=min(seconds, LONGEST),
                VisibilityTimeout=_HIDDEN_SECONDS,
            )
        found = answer.get("Messages", ())
        return tuple(Message(one.get("Body", ""), one.get("ReceiptHandle", "")) for one in found)

    def delete(self, messages: Sequence[Message]) -> None:
        """One that is not deleted for whatever reason comes again."""
        for start in range(0, len(messages), _AT_ONCE):
            some = messages[start : start + _AT_ONCE]
            with mapping(self._url):
                self._client.delete_message_batch(
                    QueueUrl=self._url,
                    Entries=[{"Id": str(number), "ReceiptHandle": one.receipt} for number, one in enumerate(some)],
                )


def region_of(host: str) -> str | None:
    """The region that the name of a host of AWS tells, by which requests to it are signed."""
    found = _REGION.search(host)
    return None if found is None else found[1] or found[2]
