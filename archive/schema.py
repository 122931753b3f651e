"""The register's tables are made, or brought to what this program needs, when a register is opened.

What was made by an earlier version is migrated (`archive/migrations/`), under the lock of whoever writes alone; what
was made by a later one is refused. The tables of a new register are made at once, and a test holds that they are those
that the migrations would have made.
"""

from __future__ import annotations

from typing import Final
from uuid import uuid4

from sqlalchemy import Connection, Engine, column, insert, inspect, select, table, text

from archive.databases import writing
from archive.errors import RegisterUnusable
from archive.tables import VERSION, RegisterRow, Row

HEAD: Final = "0004"
"""The last migration."""
FIRST: Final = "0001"
_FIRST_VERSION: Final = 2
"""The version of the tables in the registers from before there were migrations; those of an earlier one are refused."""
_STAMP: Final = table("alembic_version", column("version_num"))
_ENCODING: Final = "UTF8"


def prepare(engine: Engine, where: str) -> None:
    """Make the register ready. Raises `RegisterUnusable` for one that cannot be."""
    with engine.connect() as connection:
        if _migration_of(connection) == HEAD:
            return
    with writing(engine, alone=True) as connection:
        _refuse_another_encoding(connection, where)
        _bring_up(connection, where)


def _bring_up(connection: Connection, where: str) -> None:
    migration = _migration_of(connection)
    if migration is None and not inspect(connection).has_table(RegisterRow.__tablename__):
        _make_new(connection)
    elif migration != HEAD:  # Nobody was faster.
        _migrate(connection, migration or _unstamped(connection, where), where)


def _make_new(connection: Connection) -> None:
    """Every table, with nothing in it."""
    Row.metadata.create_all(connection)
    connection.execute(insert(RegisterRow).values(version=VERSION, id=uuid4().hex, is_complete=False))
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(insert(_STAMP).values(version_num=HEAD))


def _migration_of(connection: Connection) -> str | None:
    """The last migration that the register has gone through, None for one from before there were any, or none."""
    if not inspect(connection).has_table(_STAMP.name):
        return None
    return connection.scalar(select(_STAMP.c.version_num))


def _unstamped(connection: Connection, where: str) -> str:
    version = connection.scalar(select(RegisterRow.version))
    if version != _FIRST_VERSION:
        what = f"has tables of version {version}, which this program cannot migrate"
        raise RegisterUnusable(what, where, remedy="delete it and rebuild it from the archive")
    return FIRST


def _migrate(connection: Connection, migration: str, where: str) -> None:
    from archive.migrations import UnknownMigrationError, upgrade  # noqa: PLC0415 - Alembic is needed once in a register's life

    try:
        upgrade(connection, migration)
    except UnknownMigrationError as error:
        what = f"was made by a later version of this program (migration {migration})"
        remedy = "use that version, or delete the register and rebuild it from the archive"
        raise RegisterUnusable(what, where, remedy=remedy) from error


def _refuse_another_encoding(connection: Connection, where: str) -> None:
    if connection.dialect.name != "postgresql":
        return
    encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding != _ENCODING:
        what = f"keeps text as {encoding}, and papers come in every script"
        raise RegisterUnusable(what, where, remedy=f"create the database with ENCODING '{_ENCODING}'")
