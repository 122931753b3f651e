"""The register's database: SQLite set up for several processes, any other by its SQLAlchemy address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from archive.errors import RegisterError, RegisterUnavailable, RegisterUnusable

# How long a process waits for another one's write, in seconds.
BUSY_TIMEOUT = 30.0
_REBUILD = "delete the register and rebuild it from the archive"


def engine_for(database: Path | str) -> Engine:
    """An engine for a SQLite file, or for a SQLAlchemy address."""
    url = URL.create("sqlite", database=str(database)) if isinstance(database, Path) else database
    with mapping(str(database)):
        engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that takes SQLite's one write lock at its start, so that what it reads stays true as it writes."""
    with engine.connect().execution_options(tidewaiter_writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def mapping(where: str) -> Iterator[None]:
    """The one place where SQLAlchemy's errors become those of the archive."""
    try:
        yield
    except SQLAlchemyError as error:
        raise mapped(error, where) from error


def mapped(error: SQLAlchemyError, where: str) -> RegisterError:
    what = str(error.orig if isinstance(error, DBAPIError) else error)
    if isinstance(error, PoolTimeout):
        return RegisterUnavailable(what, where, remedy="run again when fewer others use the register")
    if isinstance(error, OperationalError | InterfaceError) and not _is_damage(what):
        return RegisterUnavailable(what, where, remedy="run again; if it stays, check the database and its address")
    return RegisterUnusable(what, where, remedy=_REBUILD)


def _is_damage(what: str) -> bool:
    # SQLite reports a missing table or column under the same class as a lock.
    return any(sign in what for sign in ("no such table", "no such column", "has no column", "malformed"))


def _set_up_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    if not isinstance(connection, SqliteConnection):
        return
    # SQLAlchemy begins transactions itself (`_begin_sqlite`); the driver's own late BEGIN lets two readers deadlock.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {int(BUSY_TIMEOUT * 1000)}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("tidewaiter_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
