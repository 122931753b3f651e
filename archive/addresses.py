"""Where a register is: a file, or the address of a database, as it may be shown and as it is connected to."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from archive.errors import RegisterUnusable

KINDS: Final = ("sqlite", "postgresql")
_DRIVER: Final = "postgresql+psycopg"


def url_of(database: Path | str) -> URL:
    """The SQLAlchemy address of a SQLite file or a database.

    Raises:
        RegisterUnusable: it is no address, or one of a database that no register can be kept in.
    """
    if isinstance(database, Path):
        return URL.create("sqlite", database=str(database))
    try:
        url = make_url(database)
    except (SQLAlchemyError, ValueError) as error:  # A port that is no number is a `ValueError`.
        raise _no_address("is no address of a database", database) from error
    kind = url.drivername.partition("+")[0]
    if kind == "postgres":  # As other programs write it.
        kind = "postgresql"
    if kind not in KINDS:
        raise _no_address("is the address of a database that no register can be kept in", database)
    return url.set(drivername=_DRIVER) if kind == "postgresql" else url


def shown(database: Path | str) -> str:
    """The place as an error or a log line may name it: without user, password and options."""
    if isinstance(database, Path):
        return str(database)
    try:
        url = make_url(database)
    except (SQLAlchemyError, ValueError):
        return database.rpartition("@")[2].partition("?")[0]
    return str(url._replace(username=None, password=None).set(query={}))


def _no_address(what: str, database: str) -> RegisterUnusable:
    remedy = "write it as postgresql://user:password@host:5432/name, or leave it out for a SQLite file"
    return RegisterUnusable(what, shown(database), remedy=remedy)
