"""What one look at the inbox did."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from schemas.results import Status

PutOffWhy = Literal["leased", "changed", "failed", "unavailable"]
"""`leased`: another watcher has it. `changed`: its sender is not done. `failed`: its papers or this program failed.
`unavailable`: a store, the register or a program of this machine did; that counts as no try."""


@dataclass(frozen=True, slots=True)
class Handled:
    """A shipment answered and taken out of the inbox. Without a revision nothing of it could be taken."""

    broker: str
    reference: str
    revision: int | None
    status: Status | None
    refused: int = 0
    """How many of its objects went to quarantine."""


@dataclass(frozen=True, slots=True)
class PutOff:
    """A ready shipment that is still in the inbox; `what` is the error, for the operator's eyes only."""

    broker: str
    reference: str
    why: PutOffWhy
    what: str = ""


@dataclass(frozen=True, slots=True)
class WatchReport:
    """`waiting` shipments are not ready yet, `left` are ready and beyond the limit of one look.

    `oldest` is when the longest waiting of all that is still there last changed. `after` is where the next look goes
    on, None where this one saw the inbox to its end; `is_whole` says that it saw it from the beginning as well.
    `unfinished` are the folders or files, as in `Watcher.only`, of the shipments that it saw and left there; `ready_at`
    is the earliest moment at which one of those that are waiting will be ready if nothing more happens.
    """

    handled: tuple[Handled, ...] = ()
    put_off: tuple[PutOff, ...] = ()
    waiting: int = 0
    left: int = 0
    oldest: dt.datetime | None = None
    after: str | None = None
    is_whole: bool = True
    unfinished: frozenset[str] = frozenset()
    ready_at: dt.datetime | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left in the inbox that is still to be done."""
        return self.is_whole and not (self.put_off or self.waiting or self.left)
