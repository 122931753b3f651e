"""What every store says when a lock stands in the way."""

from __future__ import annotations

from archive.errors import LockWeaker, ObjectLocked
from archive.stores.protocol import Lock


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
