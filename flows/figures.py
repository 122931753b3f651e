"""How the work stands, from the register and the archive alone: what `tidewaiter status` prints and Prometheus fetches.

Times are UTC. Everything is counted at the moment of asking; nothing is kept between two questions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archive.counting import HeldShipment
from archive.errors import ArchiveError
from flows.workshop import Records
from schemas.reference import LoadedList
from schemas.results import Status

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
# Nothing is ever stored here: asking for it shows whether the store answers.
_PROBE = "quarantine/probe"


@dataclass(frozen=True, slots=True)
class Queue:
    """The inbox: how many shipments wait in it, and when the one that waits for longest last changed.

    `more` says that there are others, which were not counted.
    """

    waiting: int
    oldest: dt.datetime | None = None
    more: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """`shipments` counts each by its latest revision; `last_hour` and `last_day` count revisions received since then.

    `quarantined` is how many files could not be taken. `lists` are those in force today, profiles without a name.
    `queue` is None where nobody watches an inbox.
    """

    at: dt.datetime
    shipments: Mapping[Status, int]
    oldest_held: HeldShipment | None
    last_hour: Mapping[Status, int]
    last_day: Mapping[Status, int]
    quarantined: int
    lists: tuple[LoadedList, ...]
    queue: Queue | None = None

    def age(self, since: dt.datetime) -> dt.timedelta:
        """How long ago; never below zero, where the clocks of two machines differ."""
        return max(self.at - since, dt.timedelta())


def gathered(records: Records, now: dt.datetime, *, queue: Queue | None = None) -> Figures:
    """The figures as they stand now. Raises `ArchiveError` where the register or the store does not answer."""
    register = records.register
    return Figures(
        at=now.astimezone(dt.UTC),
        shipments=register.by_status(),
        oldest_held=register.oldest_held(),
        last_hour=register.received_since(now - HOUR),
        last_day=register.received_since(now - DAY),
        quarantined=sum(key.endswith(".json") for key in records.store.list("quarantine/")),
        lists=tuple(_unnamed(one) for one in records.lists.archive.in_force(now.date())),
        queue=queue,
    )


def _unnamed(loaded: LoadedList) -> LoadedList:
    """A profile is named for its importer, and no party is told of."""
    if loaded.version.kind != "profiles":
        return loaded
    return loaded.model_copy(update={"version": loaded.version.model_copy(update={"scope": "", "name": ""})})


def not_ready(records: Records) -> str | None:
    """Why no shipment could be cleared here now, by the kind of error; None where one could."""
    try:
        records.register.oldest_held()
        records.store.exists(_PROBE)
    except ArchiveError as error:
        return type(error).__name__
    return None


def told(figures: Figures) -> dict[str, object]:
    """The JSON form, with ages in whole seconds."""
    held, queue = figures.oldest_held, figures.queue
    shown: dict[str, object] = {
        "at": figures.at.isoformat(timespec="seconds"),
        "shipments": dict(figures.shipments),
        "oldest_held": None if held is None else _held(held, figures),
        "received": {"last_hour": dict(figures.last_hour), "last_day": dict(figures.last_day)},
        "quarantined": figures.quarantined,
        "lists": [_list(one, figures) for one in figures.lists],
    }
    if queue is not None:
        oldest = _seconds(queue.oldest, figures)
        shown["inbox"] = {"waiting": queue.waiting, "or_more": queue.more, "oldest_age_seconds": oldest}
    return shown


def _held(held: HeldShipment, figures: Figures) -> dict[str, object]:
    return {
        "broker": held.broker,
        "reference": held.reference,
        "revision": held.revision,
        "received_at": held.received_at.isoformat(timespec="seconds"),
        "age_seconds": _seconds(held.received_at, figures),
    }


def _list(one: LoadedList, figures: Figures) -> dict[str, object]:
    version = one.version
    return {
        "kind": version.kind,
        "scope": version.scope,
        "name": version.name,
        "valid_from": version.valid_from.isoformat(),
        "loaded_at": one.loaded_at.isoformat(timespec="seconds"),
        "age_seconds": _seconds(one.loaded_at, figures),
    }


def _seconds(since: dt.datetime | None, figures: Figures) -> int | None:
    return None if since is None else int(figures.age(since).total_seconds())


def exposition(figures: Figures) -> str:
    """The figures in the text format of Prometheus (version 0.0.4): numbers, statuses, kinds and countries only."""
    return "".join(f"{line}\n" for line in _exposed(figures))


def _exposed(figures: Figures) -> Iterator[str]:
    held, queue = figures.oldest_held, figures.queue
    yield from _metric("shipments", "Shipments by the status of their latest revision.", _by_status(figures.shipments))
    for name, counts in (("hour", figures.last_hour), ("day", figures.last_day)):
        help_text = f"Finished revisions received within the last {name}."
        yield from _metric(f"received_last_{name}", help_text, _by_status(counts))
    age = _seconds(held.received_at, figures) if held else 0
    yield from _metric("oldest_held_seconds", "Age of the longest held shipment, 0 for none.", {"": age or 0})
    yield from _metric("quarantined", "Files that could not be taken.", {"": figures.quarantined})
    if queue is not None:
        waits = _seconds(queue.oldest, figures) or 0
        yield from _metric("inbox_waiting", "Shipments that wait in the inbox.", {"": queue.waiting})
        yield from _metric("inbox_oldest_seconds", "Age of the longest waiting of them, 0 for none.", {"": waits})
    ages = _ages_of_lists(figures)
    yield from _metric("list_age_seconds", "Time since the list in force was loaded; of several the oldest.", ages)


def _metric(name: str, help_text: str, values: Mapping[str, int]) -> Iterator[str]:
    yield f"# HELP tidewaiter_{name} {help_text}"
    yield f"# TYPE tidewaiter_{name} gauge"
    for labels, value in values.items():
        yield f"tidewaiter_{name}{labels} {value}"


def _by_status(counts: Mapping[Status, int]) -> dict[str, int]:
    return {f'{{status="{status}"}}': count for status, count in counts.items()}


def _ages_of_lists(figures: Figures) -> dict[str, int]:
    ages: dict[str, int] = {}
    for one in figures.lists:
        labels = f'{{kind="{one.version.kind}",scope="{one.version.scope}"}}'
        ages[labels] = max(ages.get(labels, 0), _seconds(one.loaded_at, figures) or 0)
    return ages
