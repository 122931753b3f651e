"""How long a watcher rests between two looks, and what it looks at then.

The listing is the truth. Without events there is a look every two seconds. Events wake a watcher sooner, and let it
rest for longer: until the first shipment that waits will be ready, but never longer than `between`, as an event may be
lost.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from time import monotonic
from typing import Final, Protocol

from flows.inbox.reports import WatchReport

Named = frozenset[str]
"""Folders or files of shipments, as in `Watcher.only`."""

AT_LEAST: Final = 0.5
"""Seconds between two looks, so that an inbox which changes all the time keeps no watcher busy."""
AGAIN: Final = 2.0
"""Seconds until what could not be done is tried again; without events, until any next look."""
_MANY: Final = 50
"""Shipments beyond which a whole look is no dearer than one at each of them."""


def pause(seconds: float) -> None:
    Event().wait(seconds)


class Events(Protocol):
    """What tells of changes in the inbox."""

    @property
    def between(self) -> float:
        """Seconds between two whole looks."""
        ...

    def wait(self, seconds: float) -> Named | None:
        """Return when something changed, or after so long: the shipments that changed, None where any may have."""
        ...

    def seen(self) -> None:
        """All that it told of so far was looked at."""
        ...


@dataclass(frozen=True, slots=True)
class NoEvents:
    """A whole look after every rest."""

    between: float = AGAIN

    def wait(self, seconds: float) -> Named | None:
        pause(seconds)
        return None

    def seen(self) -> None:
        """Nothing was told."""


@dataclass(slots=True)
class Resting:
    """The rests of one watcher. `is_confining` says that looks may be confined to what changed."""

    events: Events
    is_confining: bool = True
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    seconds: Callable[[], float] = monotonic
    pause: Callable[[float], None] = pause
    _whole_at: float = field(default=0.0, init=False)
    _rested_at: float | None = field(default=None, init=False)
    _only: Named | None = field(default=None, init=False)

    def rest(self, report: WatchReport | None) -> Named | None:
        """Wait after a look until another one is due; returns what that is confined to, None for a whole one.

        `report` is that of the look, None where the inbox could not be looked into.
        """
        if report is not None:
            self.events.seen()
        if self._only is None:
            self._whole_at = self.seconds() + self.events.between
        longest = self._longest(report)
        at_least = min(self._at_least(), longest)
        self.pause(at_least)
        changed = self.events.wait(longest - at_least) if longest > at_least else frozenset()
        self._only = self._next(report, changed)
        self._rested_at = self.seconds()
        return self._only

    def _at_least(self) -> float:
        """As long as was spent since the last rest, within bounds: looks may take long where much lies there."""
        spent = 0.0 if self._rested_at is None else self.seconds() - self._rested_at
        return min(max(AT_LEAST, spent), AGAIN)

    def _longest(self, report: WatchReport | None) -> float:
        until_whole = max(AT_LEAST, self._whole_at - self.seconds())
        if report is None or report.put_off or report.left or self._is_unknown(report):
            return min(AGAIN, until_whole)
        if report.ready_at is None:
            return until_whole
        return min(until_whole, max(AT_LEAST, (report.ready_at - self.now()).total_seconds()))

    def _next(self, report: WatchReport | None, changed: Named | None) -> Named | None:
        is_due = self.seconds() >= self._whole_at
        if report is None or changed is None or is_due or not self.is_confining or self._is_unknown(report):
            return None
        chosen = report.unfinished | changed
        return chosen if len(chosen) <= _MANY else None

    def _is_unknown(self, report: WatchReport) -> bool:
        """Whether a whole look was done in pieces, of which the report is the last one's."""
        return self._only is None and not report.is_whole
