"""How often a shipment was tried, kept in the store, so that papers which break the program are given up one day.

watch/<shipment>/<drop>/start-<n>     written before each try
watch/<shipment>/<drop>/failed-<n>    written after a try that failed by these papers or by a fault of this program

What passes, or would fail with any other papers too, is no try: a store, the register, Prefect or a program of this
machine that does not answer, a disk that is full. Everything else is one, whoever is at fault.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Final, Self, TypeVar

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
from flows.inbox.reports import PutOff, PutOffWhy
from flows.inbox.rules import InboxRules
from flows.logs import Level, noting, tell

T = TypeVar("T")

_OF_THIS_PLACE: Final = (
    StoreUnavailable, StoreRefused, RegisterError, MissingProgramError, NoSuchListError, WrongListError,
    WrongSettingsError, NotNowError,
)  # fmt: skip
_OF_THIS_MACHINE: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE})
"""No room, or too many open files."""


@dataclass(frozen=True, slots=True)
class Tries:
    """The tries of one drop, or of one promised answer. Every method raises the `StoreError`s of the exchange."""

    broker: str
    reference: str
    folder: str
    exchange: Exchange

    @classmethod
    def of(cls, ready: Ready, exchange: Exchange) -> Self:
        return cls(ready.broker, ready.reference, f"watch/{ready.id}/{ready.drop_id}/", exchange)

    def are_used_up(self, rules: InboxRules) -> bool:
        names = [entry.key.rpartition("/")[2] for entry in self.exchange.entries(self.folder)]
        failed = sum(name.startswith("failed-") for name in names)
        return failed >= rules.tries or len(names) - failed >= rules.starts

    def start(self) -> str:
        """The key of the new record."""
        return self._next("start", b"")

    def failed(self, what: str) -> None:
        self._next("failed", what.encode("utf-8", "replace"))

    def take_back(self, started: str) -> None:
        """The try does not count."""
        for entry in self.exchange.entries(self.folder):
            if entry.key == started:
                self.exchange.remove(entry)

    @property
    def last_failure(self) -> str:
        """What the last try failed by, empty where none told."""
        told = [entry.key for entry in self.exchange.entries(self.folder) if "/failed-" in entry.key]
        return self.exchange.get(told[-1]).decode() if told else ""

    def forget(self) -> None:
        for entry in self.exchange.entries(self.folder):
            self.exchange.remove(entry)

    def _next(self, kind: str, content: bytes) -> str:
        keys = (f"{self.folder}{kind}-{number}" for number in count(1))
        return next(key for key in keys if self.exchange.put_new(key, content, media_type="text/plain"))


def tried(work: Callable[[], T], tries: Tries, *, last: bool = False) -> T | PutOff:
    """What the work gives, or why it is put off; nothing that goes wrong with one shipment reaches the others.

    It is the handler of everything for a shipment that nobody at a terminal waits for: whatever a hostile paper makes
    the program stumble over is counted, told to the operator, and given up after some tries. The `last` one, which
    gives up, is not counted: it is made at every look until it succeeds.
    """
    started = None if last else tries.start()
    try:
        return work()
    except SenderNotDoneError as error:
        return _uncounted(error, "changed", tries, started)
    except _OF_THIS_PLACE as error:
        return _uncounted(error, "unavailable", tries, started)
    except KeyboardInterrupt:  # Whoever stops the watcher says nothing about these papers.
        if started is not None:
            tries.take_back(started)
        raise
    except Exception as error:  # noqa: BLE001 - see the docstring
        if isinstance(error, OSError) and error.errno in _OF_THIS_MACHINE:
            return _uncounted(error, "unavailable", tries, started)
        what = f"{type(error).__name__}: {error}"
        if started is not None:
            tries.failed(what)
        return _put_off(error, "failed", what, tries)


def _uncounted(error: Exception, why: PutOffWhy, tries: Tries, started: str | None) -> PutOff:
    if started is not None:
        tries.take_back(started)
    return _put_off(error, why, str(error), tries)


def _put_off(error: Exception, why: PutOffWhy, what: str, tries: Tries) -> PutOff:
    """Told in the log by the kind of the error alone; that its sender is not done is nobody's fault."""
    with noting(tries.broker, tries.reference):
        level: Level = "info" if why == "changed" else "error"
        tell("put_off", level=level, told={"why": why, "error": type(error).__name__})
    return PutOff(tries.broker, tries.reference, why, what)
