"""How often a shipment was tried, kept in the store, so that papers which break the program are given up one day.

watch/<shipment>/<drop>/start-<n>     written before each try
watch/<shipment>/<drop>/failed-<n>    written after a try that failed by these papers or by a fault of this program
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

from archive.errors import RegisterError, StoreRefused, StoreUnavailable
from archive.stores.exchange import Exchange
from flows.errors import (
    MissingProgramError,
    NoSuchListError,
    WrongListError,
    WrongSettingsError,
)
from flows.inbox.errors import NotNowError, SenderNotDoneError
from flows.inbox.readiness import Ready
from flows.inbox.reports import PutOff
from flows.inbox.rules import InboxRules

T = TypeVar("T")

# What is no fault of the papers: it would fail with any others too.
_OF_THIS_PLACE = (
    StoreUnavailable, StoreRefused, RegisterError, MissingProgramError, NoSuchListError, WrongListError,
    WrongSettingsError, NotNowError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tries:
    """The tries of one drop. Every method raises the `StoreError`s of the exchange."""

    ready: Ready
    exchange: Exchange

    def are_used_up(self, rules: InboxRules) -> bool:
        names = [entry.key.rpartition("/")[2] for entry in self.exchange.entries(self._folder)]
        failed = sum(name.startswith("failed-") for name in names)
        return failed >= rules.tries or len(names) - failed >= rules.starts

    def start(self) -> str:
        """The key of the new record."""
        return self._next("start", b"")

    def failed(self, what: str) -> None:
        self._next("failed", what.encode("utf-8", "replace"))

    def take_back(self, started: str) -> None:
        """The try does not count."""
        for entry in self.exchange.entries(self._folder):
            if entry.key == started:
                self.exchange.remove(entry)

    @property
    def last_failure(self) -> str:
        """What the last try failed by, empty where none told."""
        told = [entry.key for entry in self.exchange.entries(self._folder) if "/failed-" in entry.key]
        return self.exchange.get(told[-1]).decode() if told else ""

    @property
    def _folder(self) -> str:
        return f"watch/{self.ready.id}/{self.ready.drop_id}/"

    def _next(self, kind: str, content: bytes) -> str:
        keys = (f"{self._folder}{kind}-{number}" for number in count(1))
        return next(key for key in keys if self.exchange.put_new(key, content, media_type="text/plain"))


def tried(work: Callable[[], T], tries: Tries) -> T | PutOff:
    """What the work gives, or why it is put off; nothing that goes wrong with one shipment reaches the others.

    It is the handler of everything for a shipment that nobody at a terminal waits for: whatever a hostile paper makes
    the program stumble over is counted, told to the operator, and given up after some tries.
    """
    started = tries.start()
    broker, reference = tries.ready.broker, tries.ready.reference
    try:
        return work()
    except SenderNotDoneError as error:
        tries.take_back(started)
        return PutOff(broker, reference, "changed", str(error))
    except _OF_THIS_PLACE as error:
        tries.take_back(started)
        return PutOff(broker, reference, "unavailable", str(error))
    except Exception as error:  # noqa: BLE001 - see the docstring
        what = f"{type(error).__name__}: {error}"
        tries.failed(what)
        return PutOff(broker, reference, "failed", what)
