"""What every store says in the same words."""

from __future__ import annotations

from collections.abc import Iterable

from archive.errors import LockWeaker, ObjectDamaged, ObjectLocked, ObjectMissing
from archive.stores.protocol import Lock


def missing(where: str) -> ObjectMissing:
    return ObjectMissing("there is no such object", where, remedy="check the key")


def refuse_damaged(where: str, found: str, *, told: Iterable[str | None]) -> None:
    """Raises `ObjectDamaged` where a digest that was told, by whoever told one, is not the one found."""
    for digest in told:
        if digest not in (None, found):
            raise ObjectDamaged(f"the bytes are not those of {digest}", where, remedy="restore it from a copy")


def weaker(wanted: Lock, standing: Lock | None, where: str) -> LockWeaker:
    remedy = "give the same day or a later one, and compliance where it is compliance: a lock is only ever extended"
    return LockWeaker(f"{_told(wanted)} would take the place of {_told(standing)}", where, remedy=remedy)


def locked(where: str, *, lock: Lock | None, held: bool) -> ObjectLocked:
    reasons = [f"under {_told(lock)}"] if lock else []
    reasons += ["under legal hold"] if held else []
    return ObjectLocked(
        f"is {' and '.join(reasons)}", where, remedy="dispose of it when the lock is past and no hold stands"
    )


def _told(lock: Lock | None) -> str:
    return f"{lock.mode} until {lock.until:%Y-%m-%d %H:%M:%S} UTC" if lock else "no lock"
