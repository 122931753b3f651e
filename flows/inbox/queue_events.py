"""Changes in an inbox that is a bucket, as a queue tells them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Final, Protocol

from archive.errors import StoreError
from archive.stores.event_queue import LONGEST, Message
from flows.inbox.object_events import shipments_named
from flows.inbox.waking import AGAIN, Named, pause
from flows.logs import tell

BETWEEN: Final = 300.0
"""Seconds between two looks at the whole inbox, whatever the queue tells."""
_BATCHES: Final = 20


class Queue(Protocol):
    """Both methods raise `StoreError`s."""

    def receive(self, seconds: int) -> tuple[Message, ...]: ...

    def delete(self, messages: Sequence[Message]) -> None: ...


@dataclass(slots=True)
class QueueEvents:
    """`Events` of a bucket. Messages are deleted when what they told of was looked at; until then they come again.

    While the queue does not answer there is a look every two seconds.
    """

    queue: Queue
    bucket: str
    between: float = BETWEEN
    _unseen: list[Message] = field(default_factory=list, init=False)
    _is_away: bool = field(default=False, init=False)

    def wait(self, seconds: float) -> Named | None:
        left = seconds
        while left > 0:
            longest = min(ceil(left), LONGEST)
            try:
                messages = self._received(longest)
            except StoreError as error:
                self._tell_away(error)
                pause(min(left, AGAIN))
                return None
            self._is_away = False
            if messages:
                return frozenset(name for one in messages for name in shipments_named(one.body, self.bucket))
            left -= longest
        return frozenset()

    def seen(self) -> None:
        gone, self._unseen = self._unseen, []
        try:
            self.queue.delete(gone)
        except StoreError as error:
            self._tell_away(error)

    def _received(self, seconds: int) -> list[Message]:
        """All that is there, within bounds, as soon as there is something."""
        messages = list(batch := self.queue.receive(seconds))
        for _ in range(_BATCHES - 1):
            if not batch:
                break
            messages += (batch := self.queue.receive(0))
        self._unseen += messages
        return messages

    def _tell_away(self, error: StoreError) -> None:
        """Once, and not at every look."""
        if not self._is_away:
            tell("events", level="warning", told={"error": type(error).__name__})
        self._is_away = True
