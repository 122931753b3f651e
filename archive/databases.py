"""The register's database: SQLite set up for several processes, or PostgreSQL for several machines."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from sqlite3 import OperationalError as SqliteError
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry

from archive.addresses import shown, url_of
from archive.errors import RegisterError, RegisterUnavailable, RegisterUnusable

# How long a process waits for another one's write, in seconds.
BUSY_TIMEOUT = 30.0
# Of one connection, as it is used: searches among a million shipments read the same pages of indexes again and again.
_CACHE_KIBIBYTES = 64 * 1024
_PAUSE: Final = 0.01
_CONNECT_SECONDS: Final = 10
_LOCK: Final = 0x7469_6465  # "tide": the advisory lock of this program among those of the database.
_REBUILD = "delete the register and rebuild it from the archive"


def engine_for(database: Path | str) -> Engine:
    """An engine for a SQLite file, or for the address of a PostgreSQL database. It connects when it is first used."""
    url = url_of(database)
    with mapping(shown(database)):
        return _sqlite(url) if url.get_backend_name() == "sqlite" else _postgresql(url)


@contextmanager
def closed_unless_ready(engine: Engine) -> Iterator[None]:
    """Around what makes a new engine ready for use: where that raises, no connection stays open."""
    with ExitStack() as undo:
        undo.callback(engine.dispose)
        yield
        undo.pop_all()


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _postgresql(url: URL) -> Engine:
    """Who reads sees one state of all tables; `writing` sees what others committed while it waited for them."""
    told = {
        "connect_timeout": _CONNECT_SECONDS,
        "application_name": "tidewaiter",
        "options": f"-c lock_timeout={int(BUSY_TIMEOUT * 1000)} -c timezone=UTC",
    }
    asked = {name: value for name, value in told.items() if name not in url.query}
    try:
        return create_engine(url, isolation_level="REPEATABLE READ", pool_pre_ping=True, connect_args=asked)
    except ModuleNotFoundError as error:
        remedy = "install the extra `larger` of this program, which brings psycopg"
        raise RegisterUnusable("the driver of PostgreSQL is not installed", shown(str(url)), remedy=remedy) from error


@contextmanager
def writing(engine: Engine, *, alone: bool = False) -> Iterator[Connection]:
    """A transaction that writes; with `alone`, while nobody else does.

    On SQLite nobody ever does: its one write lock is taken at the start, so that what is read stays true.
    """
    options = {"tidewaiter_writes": True} if _is_sqlite(engine) else {"isolation_level": "READ COMMITTED"}
    with engine.connect() as raw, raw.execution_options(**options) as connection, connection.begin():
        if not _is_sqlite(engine):
            lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
            connection.execute(text(f"SELECT {lock}({_LOCK})"))
        yield connection


def insert_into(connection: Connection, rows: type[DeclarativeBase]) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that may say ON CONFLICT, which each database has in its own dialect."""
    return sqlite.insert(rows) if connection.dialect.name == "sqlite" else postgresql.insert(rows)


def _is_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


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
    if "disk is full" in what:
        return RegisterUnavailable(what, where, remedy="free some space and run again")
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
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIBIBYTES}")
    _write_ahead(connection)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _write_ahead(connection: SqliteConnection) -> None:
    """Switch to write-ahead logging, which stays in the file.

    While several open a new file at once SQLite refuses the switch without waiting, whatever the busy timeout says.
    """
    end = time.monotonic() + BUSY_TIMEOUT
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except SqliteError:
            if time.monotonic() > end:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("tidewaiter_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
