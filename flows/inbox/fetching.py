"""An object of the inbox as a file of ours, under a name of ours."""

from __future__ import annotations

from pathlib import Path

from archive.errors import ContentChanged, ObjectMissing
from archive.stores.exchange import Entry, Exchange
from flows.inbox.errors import SenderNotDoneError


def fetched(entry: Entry, target: Path, exchange: Exchange) -> Path:
    """The file, written; raises `SenderNotDoneError` where the object is gone or another one, and `StoreError`s."""
    try:
        exchange.fetch(entry, target)
    except (ContentChanged, ObjectMissing) as error:
        raise SenderNotDoneError(f"{error.where}: {error.what}. It is looked at again") from error
    return target
