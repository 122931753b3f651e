"""Records under numbers counted from 1 without gaps, each written once: the number is claimed by writing it.

Every kind of them has a field `number`, and is found by a function that gives the key for a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

from archive import records
from archive.keys import Revision
from archive.records import R
from archive.stores.protocol import ObjectStore


def numbered(store: ObjectStore, key_of: Callable[[int], str], kind: type[R]) -> Iterator[R]:
    """The records in their order; asked for one by one, as a listing taken while others write may have gaps.

    Raises `RecordDamaged`.
    """
    for number in count(1):
        found = records.find(store, key_of(number), kind)
        if found is None:
            return
        yield found


def begun_revisions(store: ObjectStore, broker: str, reference: str) -> Iterator[Revision]:
    """The revisions of the shipment that were begun, ascending; asked for one by one, as `numbered`."""
    for number in count(1):
        revision = Revision(broker, reference, number)
        if not store.exists(revision.intake):
            return
        yield revision


def last_number(store: ObjectStore, folder: str, key_of: Callable[[int], str]) -> int:
    """The number of the newest record, 0 where there is none.

    A listing taken while others write may lack the newest: what follows it is asked for.
    """
    number = max((_number(key) for key in store.list(folder)), default=0)
    while store.exists(key_of(number + 1)):
        number += 1
    return number


def claimed(store: ObjectStore, key_of: Callable[[int], str], wanted: R, *, after: int) -> R | None:
    """The record with the number behind `after`, which it has from now on; None where someone else was faster."""
    mine = with_number(wanted, after + 1)
    # Read back, as the answer to our own write may have got lost on the way.
    return mine if records.settled(store, key_of(after + 1), mine) == mine else None


def with_number(record: R, number: int) -> R:
    return record.model_copy(update={"number": number})


def _number(key: str) -> int:
    told = key.rpartition("/")[2].removesuffix(".json")
    return int(told) if told.isdigit() else 0
