"""The one place where it is chosen what wakes the watcher of an inbox."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from archive.stores.event_queue import EventQueue
from flows.endpoints import protected
from flows.errors import WrongSettingsError
from flows.inbox.folder_events import folder_events
from flows.inbox.queue_events import BETWEEN, QueueEvents
from flows.inbox.rules import INBOX
from flows.inbox.waking import AGAIN, Events, NoEvents, Resting
from flows.settings import Settings
from flows.workshop import exchange_folder

_QUEUE = "TIDEWAITER_INBOX_QUEUE_URL"


@contextmanager
def resting(settings: Settings, *, once: bool) -> Iterator[Resting]:
    """With `once` every look is a whole one, as only that can tell that nothing is left.

    Raises:
        WrongSettingsError: a queue is named that can tell nothing of this inbox, or whose name is none.
        UnprotectedEndpointError: messages and credentials would be read on the way to it.
        StoreError: the queue is not there, or not for us.
    """
    with events_of(settings) as events:
        yield Resting(events, is_confining=not once)


@contextmanager
def events_of(settings: Settings) -> Iterator[Events]:
    """What tells of changes in the inbox; raises as `resting` does."""
    folder, queue = exchange_folder(settings), settings.inbox_queue_url
    if queue is not None:
        yield _queue_events(queue, settings)
    elif folder is not None:
        with folder_events(folder / INBOX, settings.inbox_look_seconds) as events:
            yield events
    else:
        yield NoEvents(settings.inbox_look_seconds or AGAIN)


def _queue_events(url: str, settings: Settings) -> QueueEvents:
    if exchange_folder(settings) is not None:
        raise WrongSettingsError(
            f"{_QUEUE}: the inbox is a folder, of which no queue tells. Leave it away, or use a bucket"
        )
    queue = EventQueue(protected(url, settings, name=_QUEUE), region=settings.s3_region)
    bucket = settings.exchange_bucket or settings.s3_bucket
    return QueueEvents(queue, bucket, settings.inbox_look_seconds or BETWEEN)
