"""Which shipments of the inbox are complete: by their `_READY`, or because nothing has changed for a while."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from archive.stores.exchange import Entry, Exchange
from flows.inbox.names import Dropped, dropped, shipment_of
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
    def folders(self) -> frozenset[str]:
        """Where its objects lie, as they are named; more than one where a name was written in several ways."""
        return frozenset(shipment_of(one.entry.key) for one in self.dropped)

    @property
    def papers(self) -> tuple[Dropped, ...]:
        return tuple(one for one in self.dropped if one.is_paper)


@dataclass(frozen=True, slots=True)
class Look:
    """What lies in the inbox: `ready` shipments, those of each broker oldest first and the brokers by turns.

    `waiting` are not complete; the first of them is at `ready_at`. `after` is where the listing goes on, None where it
    came to its end; `is_confined` says that it was one of named shipments alone.
    """

    ready: tuple[Ready, ...]
    waiting: tuple[Ready, ...]
    after: str | None
    ready_at: dt.datetime | None = None
    is_confined: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether it came to the inbox's end."""
        return self.after is None and not self.is_confined


def ready_shipments(
    exchange: Exchange,
    now: dt.datetime,
    rules: InboxRules,
    *,
    after: str | None = None,
    only: frozenset[str] | None = None,
) -> Look:
    """One bounded look into the inbox; a shipment that the bound would cut apart is left to the next one.

    With `only`, one at the shipments that lie there; at all where these are beyond the bound.
    """
    listing = exchange.entries(INBOX, start_after=after) if only is None else _below(only, exchange)
    listed = list(islice(listing, rules.listed))
    is_cut = len(listed) == rules.listed
    if is_cut and only is not None:
        return ready_shipments(exchange, now, rules)
    shipments = _grouped(found for entry in listed if (found := dropped(entry)))
    if is_cut and len(shipments) > 1:
        last = shipments.pop()
        listed = listed[: next(at for at, entry in enumerate(listed) if entry == last.dropped[0].entry)]
    ready = [one for one in shipments if _is_ready(one, now, rules.quiet)]
    waiting = tuple(one for one in shipments if not _is_ready(one, now, rules.quiet))
    return Look(
        _by_turns(ready),
        waiting,
        listed[-1].key if is_cut and listed else None,
        ready_at=min((one.changed + rules.quiet for one in waiting), default=None),
        is_confined=only is not None,
    )


def _below(shipments: frozenset[str], exchange: Exchange) -> Iterator[Entry]:
    """Everything of each of these shipments, in the order of a listing: a file of that very name, and what is in it."""
    for name in sorted(shipments):
        first = next(iter(exchange.entries(name)), None)
        if first and first.key == name:
            yield first
        yield from exchange.entries(f"{name}/")


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
