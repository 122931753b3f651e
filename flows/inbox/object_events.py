"""What a message about a bucket tells: which shipments of the inbox changed.

Amazon S3 tells it directly (`Records`, names encoded as in the query of an address), through a topic of SNS, or through
EventBridge (names as they are). A message is only a hint to look: of anything else nothing is taken.
"""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote_plus

from archive.stores.exchange import Entry
from flows.inbox.names import dropped, shipment_of
from flows.inbox.rules import INBOX
from flows.inbox.waking import Named

_LONGEST: Final = 3 * 1024
"""Characters of an encoded key: one has 1,024 bytes at most."""
_LONG_AGO: Final = dt.datetime.min.replace(tzinfo=dt.UTC)


def shipments_named(body: str, bucket: str) -> Named:
    """The shipments of that bucket's inbox to look at.

    Names that may be meant in several ways are all told, as looking where nothing lies does no harm. Those that no
    broker or shipment can have are not: the next whole look finds them.
    """
    keys = {key for found, key in _objects(_read(body)) if found == bucket and len(key) <= _LONGEST}
    ways = {way for key in keys for way in (key, unquote_plus(key))}
    forms = {unicodedata.normalize(form, way) for way in ways for form in ("NFC", "NFD")} | ways
    return frozenset(shipment_of(key) for key in forms if _is_of_a_shipment(key))


def _read(text: str) -> object:
    try:
        told: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return told


def _objects(told: object) -> Iterator[tuple[str, str]]:
    """Buckets and keys."""
    match told:
        case {"Records": [*records]}:
            for record in records:
                yield from _told_of(record.get("s3") if isinstance(record, dict) else None)
        case {"source": "aws.s3", "detail": detail}:
            yield from _told_of(detail)
        case {"Type": "Notification", "Message": str(message)}:
            yield from _objects(_read(message))
        case _:
            return


def _told_of(detail: object) -> Iterator[tuple[str, str]]:
    match detail:
        case {"bucket": {"name": str(bucket)}, "object": {"key": str(key)}}:
            yield bucket, key
        case _:
            return


def _is_of_a_shipment(key: str) -> bool:
    found = dropped(Entry(key, 0, _LONG_AGO, "")) if key.startswith(INBOX) else None
    return found is not None and found.is_filed
