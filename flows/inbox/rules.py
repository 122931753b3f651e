"""How patient the inbox is, and what it takes."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event

from flows.inbox.leases import Pause
from flows.inbox.sharing import Lane
from flows.settings import MEBIBYTE, Settings

INBOX = "inbox/"
READY = "_READY"
"""An object of this name in a shipment's folder says that its papers are complete."""


@dataclass(frozen=True, slots=True)
class InboxRules:
    """`quiet`: how long nothing may have changed before a shipment without `_READY` is taken for complete.

    `files` in one shipment and `file_bytes` in one file are what is taken at most. One look lists `listed` objects and
    handles `shipments` at most, so that its work is bounded however much lies there. A worker that was not heard of
    for `lease` counts as dead. A shipment that failed `tries` times is quarantined; one whose worker vanished without a
    word, `starts` times: being killed says less about the papers than an error does. `dated`: see `flows.inbox.dating`.
    """

    quiet: dt.timedelta = dt.timedelta(seconds=20)
    files: int = 500
    file_bytes: int = 256 * MEBIBYTE
    shipments: int = 50
    listed: int = 5000
    lease: dt.timedelta = dt.timedelta(minutes=3)
    tries: int = 3
    starts: int = 6
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who looks. A `holder` of the same name takes its own lease again at once after it was killed.

    So a name may be fixed only where nothing else ever runs under it at the same time. `after` is where the last look
    stopped. A look is confined to `only`, the folders or files of shipments (`inbox/<broker>/<reference>`), if any.
    `pause` is what a held lease waits with between its renewals, `lane` its place among several watchers.
    """

    rules: InboxRules = field(default_factory=InboxRules)
    holder: str = field(default_factory=lambda: secrets.token_hex(8))
    after: str | None = None
    only: frozenset[str] | None = None
    pause: Callable[[], Pause] = Event
    lane: Lane = field(default_factory=Lane)


def rules_of(settings: Settings) -> InboxRules:
    """What an operator may set of them; the bounds of one look and the numbers of tries are fixed."""
    return InboxRules(
        quiet=dt.timedelta(seconds=settings.inbox_quiet_seconds),
        files=settings.inbox_files,
        file_bytes=settings.inbox_file_bytes,
        lease=dt.timedelta(seconds=settings.inbox_lease_seconds),
        dated=settings.inbox_dated,
    )
