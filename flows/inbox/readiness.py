"""Which shipments of the inbox are complete: by their `_READY`, or because nothing has changed for a while."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from archive.stores.exchange import Exchange
from flows.inbox.names import Dropped, dropped
from flows.inbox.rules import INBOX, InboxRules


@dataclass(frozen=True, slots=True)
class Ready:
    """A complete shipment as it was listed, in the listing's order."""

    broker: str
    reference: str
    dropped: tuple[Dropped, ...]

    @property
    def id(self) -> str:
        """Names the shipment, whatever of it is in the inbox."""
        return _digest([self.broker, self.reference])

    @property
    def drop_id(self) -> str:
        """Names exactly these objects in these versions."""
        return _digest(sorted([one.entry.key, one.entry.version] for one in self.dropped))

    @property
    def changed(self) -> dt.datetime:
        return max(one.entry.modified for one in self.dropped)

    @property
    def papers(self) -> tuple[Dropped, ...]:
        return tuple(one for one in self.dropped if one.is_paper)


@dataclass(frozen=True, slots=True)
class Look:
    """What lies in the inbox: `ready` shipments, those of each broker oldest first and the brokers by turns.

    `waiting` are not complete. `after` is where the listing goes on, None where it came to its end.
    """

    ready: tuple[Ready, ...]
    waiting: tuple[Ready, ...]
    after: str | None


def ready_shipments(exchange: Exchange, now: dt.datetime, rules: InboxRules, *, after: str | None = None) -> Look:
    """One bounded look into the inbox; a shipment that the bound would cut apart is left to the next one."""
    listed = list(islice(exchange.entries(INBOX, start_after=after), rules.listed))
    is_cut = len(listed) == rules.listed
    shipments = _grouped(found for entry in listed if (found := dropped(entry)))
    if is_cut and len(shipments) > 1:
        last = shipments.pop()
        listed = listed[: next(at for at, entry in enumerate(listed) if entry == last.dropped[0].entry)]
    ready = [one for one in shipments if _is_ready(one, now, rules.quiet)]
    waiting = tuple(one for one in shipments if not _is_ready(one, now, rules.quiet))
    return Look(_by_turns(ready), waiting, listed[-1].key if is_cut and listed else None)


def _grouped(found: Iterable[Dropped]) -> list[Ready]:
    shipments: dict[tuple[str, str], list[Dropped]] = {}
    for one in found:
        shipments.setdefault((one.broker, one.reference), []).append(one)
    return [Ready(broker, reference, tuple(inside)) for (broker, reference), inside in shipments.items()]


def _is_ready(shipment: Ready, now: dt.datetime, quiet: dt.timedelta) -> bool:
    return any(one.is_ready_mark for one in shipment.dropped) or now - shipment.changed >= quiet


def _by_turns(ready: Sequence[Ready]) -> tuple[Ready, ...]:
    """A broker with thousands of shipments makes one with a single shipment wait for one of them, not for all."""
    turns: dict[str, int] = {}
    ordered: list[tuple[int, dt.datetime, str, Ready]] = []
    for one in sorted(ready, key=lambda one: (one.changed, one.id)):
        turns[one.broker] = turns.get(one.broker, 0) + 1
        ordered.append((turns[one.broker], one.changed, one.id, one))
    return tuple(one for *_, one in sorted(ordered, key=lambda turn: turn[:3]))


def _digest(told: object) -> str:
    return hashlib.sha256(json.dumps(told).encode("ascii")).hexdigest()[:32]
