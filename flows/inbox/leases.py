"""One watcher at a time on one shipment, by conditional writes alone.

watch/<shipment>/lease/<number>     who holds it until when; the highest number counts

A lease that ended is followed by the next number, and of two who take that number the store lets one win. It saves
double work; it need not be perfect. Two who both believe to hold it, because a clock jumped or one of them was frozen,
end with one revision and one outcome all the same: each of their writes is put-if-absent.

Whoever works takes the next number every third of the lease's time, so that a lease may be shorter than the work.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Thread
from typing import Protocol

from pydantic import ValidationError

from archive.errors import ObjectMissing, StoreError
from archive.stores.exchange import Entry, Exchange
from schemas.values import Frozen

_RENEWALS = 3
"""In the time of one lease."""


class Pause(Protocol):
    """What a `threading.Event` is to whoever renews: it waits between renewals until someone says that it is over."""

    def wait(self, timeout: float, /) -> bool:
        """Whether it is over, at the latest after so many seconds."""
        ...

    def set(self) -> None:
        """It is over."""
        ...


class LeaseRecord(Frozen):
    """Who holds a shipment, and until when (UTC) if nothing more is heard of him."""

    holder: str
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class Leases:
    """The leases in an exchange, as `holder` asks for them for `time` each."""

    exchange: Exchange
    holder: str
    time: dt.timedelta

    def acquire(self, shipment: str, now: dt.datetime) -> str | None:
        """The key of the lease taken, None where someone else has it. Raises the `StoreError`s of the exchange."""
        before = self._standing(shipment)
        if before and not self._is_free(before[-1].key, now):
            return None
        key = f"{_folder(shipment)}{_number(before[-1].key) + 1 if before else 1:08}"
        mine = LeaseRecord(holder=self.holder, until=now + self.time)
        if not self.exchange.put_new(key, mine.model_dump_json().encode(), media_type="application/json"):
            return None
        for entry in before:
            self.exchange.remove(entry)
        if any(entry.key > key for entry in self._standing(shipment)):
            self.release(shipment, key)
            return None
        return key

    def release(self, shipment: str, key: str) -> None:
        for entry in self._standing(shipment):
            if entry.key == key:
                self.exchange.remove(entry)

    @contextmanager
    def held(
        self, shipment: str, now: Callable[[], dt.datetime], *, pause: Callable[[], Pause] = Event
    ) -> Iterator[bool]:
        """Whether the lease is ours; inside, it is renewed from a thread of its own. Given back in the end.

        Raises the `StoreError`s of the exchange at both ends; one that a renewal meets is left to the next renewal.
        """
        first = self.acquire(shipment, now())
        if first is None:
            yield False
            return
        lease = _Held(self, shipment, first)
        over = pause()
        renewing = Thread(target=lease.keep, args=(now, over), name=f"lease {shipment}", daemon=True)
        renewing.start()
        try:
            yield True
        finally:
            over.set()
            renewing.join()
            self.release(shipment, lease.key)

    def _standing(self, shipment: str) -> Sequence[Entry]:
        return list(self.exchange.entries(_folder(shipment)))

    def _is_free(self, key: str, now: dt.datetime) -> bool:
        """Ended, given back, our own, unreadable, or further ahead than any lease can be: then a clock was wrong."""
        try:
            held = LeaseRecord.model_validate_json(self.exchange.get(key))
        except (ObjectMissing, ValidationError):
            return True
        return held.holder == self.holder or not now < held.until <= now + self.time


@dataclass(slots=True)
class _Held:
    """A lease under its newest key. One who was frozen until somebody else took it does not get it back."""

    leases: Leases
    shipment: str
    key: str

    def keep(self, now: Callable[[], dt.datetime], over: Pause) -> None:
        """Renew until it is over, or lost."""
        renewed: str | None = self.key
        while renewed is not None and not over.wait(self.leases.time.total_seconds() / _RENEWALS):
            with suppress(StoreError):
                renewed = self.leases.acquire(self.shipment, now())
            self.key = renewed or self.key


def _folder(shipment: str) -> str:
    return f"watch/{shipment}/lease/"


def _number(key: str) -> int:
    return int(key.rpartition("/")[2])
