"""One look at the inbox, and one shipment of it from the lease to the removal: plain functions, for any scheduler."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from archive.stores.exchange import Exchange
from flows.decisions import Clear, standing_result
from flows.inbox.answers import Answers
from flows.inbox.leases import Leases
from flows.inbox.outbox import give_back
from flows.inbox.readiness import Look, Ready, ready_shipments
from flows.inbox.removal import remove_processed
from flows.inbox.reports import Handled, PutOff, WatchReport
from flows.inbox.rules import Watcher
from flows.inbox.taking import Taken, give_up, take
from flows.inbox.tries import Tries, tried
from flows.workshop import Workshop
from schemas.results import ShipmentResult

Clock = Callable[[], dt.datetime]


def watch_once(
    workshop: Workshop, exchange: Exchange, *, now: Clock, clear: Clear, watcher: Watcher | None = None
) -> WatchReport:
    """Handle what is ready, one shipment after the other, within the limits of one look.

    Without a `watcher` each look is that of another one, whose lease outlives a kill by its full time.

    Raises:
        StoreError: the inbox cannot be listed. Other troubles put off the shipment that they meet.
    """
    watcher = watcher or Watcher()
    look = ready_shipments(exchange, now(), watcher.rules, after=watcher.after, only=watcher.only)
    chosen = watcher.lane.chosen(look.ready)[: watcher.rules.shipments]
    done = [handle(one, workshop, exchange, now=now, clear=clear, watcher=watcher) for one in chosen]
    owed = () if watcher.only else tuple(Answers(workshop, exchange, now, watcher).give(clear))
    return report(look, done, owed, is_whole=watcher.after is None)


def report(
    look: Look, done: Sequence[Handled | PutOff], owed: Sequence[Handled | PutOff] = (), *, is_whole: bool = True
) -> WatchReport:
    """What the look found, and what became of those shipments of it that were chosen.

    `owed` are the answers given beside them, to what people decided.
    """
    put_off = tuple(one for one in (*done, *owed) if isinstance(one, PutOff))
    away = {(one.broker, one.reference) for one in done if isinstance(one, Handled)}
    remaining = [one for one in (*look.ready, *look.waiting) if (one.broker, one.reference) not in away]
    return WatchReport(
        handled=tuple(one for one in (*done, *owed) if isinstance(one, Handled)),
        put_off=put_off,
        waiting=len(look.waiting),
        left=len(look.ready) - len(done),
        oldest=min((one.changed for one in remaining), default=None),
        after=look.after,
        is_whole=is_whole and look.is_whole,
        unfinished=frozenset(folder for one in remaining for folder in one.folders),
        ready_at=look.ready_at,
    )


def handle(
    ready: Ready, workshop: Workshop, exchange: Exchange, *, now: Clock, clear: Clear, watcher: Watcher
) -> Handled | PutOff:
    """One shipment from start to end; several may be handled at once, in threads or processes.

    Raises the `StoreError`s of the exchange, met while its leases and tries are kept.
    """
    leases = Leases(exchange, watcher.holder, watcher.rules.lease)
    with leases.held(ready.id, now, pause=watcher.pause) as is_ours:
        if not is_ours:
            return PutOff(ready.broker, ready.reference, "leased")
        tries = Tries.of(ready, exchange)
        if tries.are_used_up(watcher.rules):
            return tried(lambda: _given_up(ready, workshop, exchange, now=now, watcher=watcher), tries, last=True)
        return tried(lambda: _answered(ready, workshop, exchange, now=now, clear=clear, watcher=watcher), tries)


def _answered(
    ready: Ready, workshop: Workshop, exchange: Exchange, *, now: Clock, clear: Clear, watcher: Watcher
) -> Handled:
    taken = take(ready, workshop, exchange, watcher.rules, now=now())
    result = standing_result(taken.intake, workshop, clear) if taken.intake else None
    if result:
        give_back(result, workshop, exchange)
    return _removed(ready, taken, result, workshop=workshop, exchange=exchange, watcher=watcher)


def _given_up(ready: Ready, workshop: Workshop, exchange: Exchange, *, now: Clock, watcher: Watcher) -> Handled:
    error = Tries.of(ready, exchange).last_failure or "its worker ended without a word each time"
    taken = give_up(ready, error, workshop, exchange, now=now())
    return _removed(ready, taken, None, workshop=workshop, exchange=exchange, watcher=watcher)


def _removed(
    ready: Ready,
    taken: Taken,
    result: ShipmentResult | None,
    *,
    workshop: Workshop,
    exchange: Exchange,
    watcher: Watcher,
) -> Handled:
    remove_processed(ready, taken, workshop, exchange, watcher.rules)
    return Handled(
        ready.broker,
        ready.reference,
        revision=result.revision if result else None,
        status=result.status if result else None,
        refused=len(taken.quarantined),
    )
