"""Records as the archive keeps them: JSON in UTF-8 under a key, written once, and read back whole or refused."""

from __future__ import annotations

from typing import TypeVar

from pydantic import ValidationError

from archive.errors import ObjectMissing, RecordDamaged
from archive.stores.protocol import ObjectStore
from schemas.values import Frozen

R = TypeVar("R", bound=Frozen)


def put(store: ObjectStore, key: str, record: Frozen) -> bool:
    """Write the record; False where one stands there, which may be our own: the answer to a write may get lost."""
    content = record.model_dump_json(indent=2, by_alias=True).encode()
    return store.put_new(key, content, media_type="application/json")


def settled(store: ObjectStore, key: str, mine: R) -> R:
    """What stands under the key after trying to put ours there: that of whoever was first. Raises `RecordDamaged`."""
    return mine if put(store, key, mine) else get(store, key, type(mine))


def get(store: ObjectStore, key: str, kind: type[R]) -> R:
    """Raises `ObjectMissing` and `RecordDamaged`."""
    return read(store.get(key), key, kind)


def find(store: ObjectStore, key: str, kind: type[R]) -> R | None:
    """The record, None where there is none. Raises `RecordDamaged`."""
    try:
        return get(store, key, kind)
    except ObjectMissing:
        return None


def read(content: bytes, key: str, kind: type[R]) -> R:
    """The record of these bytes; the key is for the error. Raises `RecordDamaged`."""
    try:
        return kind.model_validate_json(content)
    except ValidationError as error:
        what = f"is no {kind.__name__.lstrip('_')} that this version can read ({error.error_count()} errors)"
        remedy = "read it with the version that wrote it, or restore the object from a copy"
        raise RecordDamaged(what, key, remedy=remedy) from error
