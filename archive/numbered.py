"""Records under numbers counted from 1 without gaps, each written once: the number is claimed by writing it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import TypeVar

from pydantic import ValidationError

from archive.errors import ObjectMissing, RecordDamaged
from archive.stores.protocol import ObjectStore
from schemas.values import Frozen

R = TypeVar("R", bound=Frozen)


def numbered(store: ObjectStore, key_of: Callable[[int], str], kind: type[R]) -> Iterator[R]:
    """The records in their order; asked for one by one, as a listing taken while others write may have gaps.

    Raises `RecordDamaged`.
    """
    for number in count(1):
        try:
            content = store.get(key_of(number))
        except ObjectMissing:
            return
        yield read(content, key_of(number), kind)


def claimed(store: ObjectStore, key_of: Callable[[int], str], record: Callable[[int], R], *, after: int) -> R | None:
    """Our record under the number behind `after`, which it has from now on; None where someone else was faster."""
    mine = record(after + 1)
    key = key_of(after + 1)
    if store.put_new(key, mine.model_dump_json(indent=2).encode(), media_type="application/json"):
        return mine
    # The answer to our own write may have got lost on the way.
    return mine if read(store.get(key), key, type(mine)) == mine else None


def read(content: bytes, key: str, kind: type[R]) -> R:
    """Raises `RecordDamaged`."""
    try:
        return kind.model_validate_json(content)
    except ValidationError as error:
        what = f"is no {kind.__name__} that this version can read ({error.error_count()} errors)"
        remedy = "read it with the version that wrote it, or restore the object from a copy"
        raise RecordDamaged(what, key, remedy=remedy) from error
