"""Where the accounts are kept: a SQLite file or PostgreSQL, whose errors become those of the archive."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, insert, inspect, select, update

from archive import databases
from archive.accounts.tables import VERSION, AccountRow, FormatRow
from archive.addresses import shown
from archive.errors import AccountsUnavailable, AccountsUnusable, RegisterUnavailable, RegisterUnusable

_OLDEST: Final = 1
"""The first version that can be brought up to this one."""
_REMEDY = "bring the accounts back from a backup: nothing else knows them"


class Database:
    """Transactions on the accounts. Each raises `AccountsUnavailable` (try again) or `AccountsUnusable`."""

    def __init__(self, database: Path | str) -> None:
        self._where = shown(database)
        if isinstance(database, Path):
            _make_private(database)
        with _mapping(self._where):
            self._engine = databases.engine_for(database)
            with databases.closed_unless_ready(self._engine):
                self._prepare()

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with _mapping(self._where), databases.mapping(self._where), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self, *, alone: bool = False) -> Iterator[Connection]:
        """With `alone`, while nobody else writes."""
        with (
            _mapping(self._where),
            databases.mapping(self._where),
            databases.writing(self._engine, alone=alone) as connection,
        ):
            yield connection

    def _prepare(self) -> None:
        with databases.mapping(self._where):
            if not inspect(self._engine).has_table(FormatRow.__tablename__):
                self._make_tables()
            version = self._version()
            if version is not None and _OLDEST <= version < VERSION:
                self._bring_up()
                version = self._version()
        if version != VERSION:
            remedy = "use the version of this program that made them"
            raise AccountsUnusable(f"the accounts are of version {version}", self._where, remedy=remedy)

    def _version(self) -> int | None:
        with self._engine.connect() as connection:
            return connection.scalar(select(FormatRow.version))

    def _bring_up(self) -> None:
        """Later versions only added tables so far. Whoever is second finds nothing to do."""
        with databases.writing(self._engine, alone=True) as connection:
            AccountRow.metadata.create_all(connection)
            connection.execute(update(FormatRow).values(version=VERSION))

    def _make_tables(self) -> None:
        with databases.writing(self._engine, alone=True) as connection:
            if not inspect(connection).has_table(FormatRow.__tablename__):  # Nobody was faster.
                AccountRow.metadata.create_all(connection)
                connection.execute(insert(FormatRow).values(version=VERSION))


def _make_private(path: Path) -> None:
    """For the owner alone: what SQLite writes beside it has the rights of the file itself."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        remedy = "give this user the right to write there"
        raise AccountsUnusable(error.strerror or "cannot be opened", str(path), remedy=remedy) from error


@contextmanager
def _mapping(where: str) -> Iterator[None]:
    """The register may be deleted and rebuilt; accounts may not, so that no error says so."""
    try:
        yield
    except RegisterUnavailable as error:
        raise AccountsUnavailable(error.what, where, remedy="run again; if it stays, check the database") from error
    except RegisterUnusable as error:
        raise AccountsUnusable(error.what, where, remedy=_REMEDY) from error
