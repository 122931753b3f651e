"""How often somebody may try to get in: counted in the database, so that several processes count together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from sqlalchemy import ColumnElement, delete, func, insert, select

from archive.accounts.database import Database
from archive.accounts.passwords import digest
from archive.accounts.tables import AttemptRow

SPAN: Final = dt.timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Limits:
    """Tries within fifteen minutes that do not succeed: of one name from one address, of one name, from one address.

    The second is the largest that a guesser at many addresses has; it is high enough that nobody can lock out another
    user by a few wrong passwords.
    """

    both: int = 5
    name: int = 50
    address: int = 50


class Attempts:
    def __init__(self, database: Database, limits: Limits | None = None) -> None:
        self._database = database
        self._limits = limits or Limits()

    def begin(self, name: str, address: str, now: dt.datetime) -> str | None:
        """Count a try before its password is looked at; its id, None where there were too many.

        It is written first and counted then: of many tries at the same moment no more than the limit pass.
        """
        identity, kept = uuid4().hex, digest(name)
        with self._database.writing() as connection:
            connection.execute(delete(AttemptRow).where(AttemptRow.at <= now - SPAN))
            connection.execute(insert(AttemptRow).values(id=identity, name=kept, address=address, at=now))
        by_name, by_address = AttemptRow.name == kept, AttemptRow.address == address
        counted = ((by_name & by_address, self._limits.both), (by_name, self._limits.name),
                   (by_address, self._limits.address))  # fmt: skip
        if all(self._count(condition) <= most for condition, most in counted):
            return identity
        self._forget(AttemptRow.id == identity)  # Who only waits is let in in time.
        return None

    def succeeded(self, name: str, address: str) -> None:
        """The tries of that name from that address are forgotten."""
        self._forget((AttemptRow.name == digest(name)) & (AttemptRow.address == address))

    def _count(self, condition: ColumnElement[bool]) -> int:
        with self._database.reading() as connection:
            return connection.scalar(select(func.count()).select_from(AttemptRow).where(condition)) or 0

    def _forget(self, condition: ColumnElement[bool]) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(AttemptRow).where(condition))
