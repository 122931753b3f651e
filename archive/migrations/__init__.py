"""The steps from one form of the register's tables to the next, by Alembic; `archive.schema` takes them at opening.

A new step is a file in `versions/`, named for its number, and `archive.schema.HEAD` is set to it.
"""

from __future__ import annotations

from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import Connection


class UnknownMigrationError(Exception):
    """The register has gone through a step that this program does not have."""


def upgrade(connection: Connection, migration: str) -> None:
    """Take every step after that one, in the connection's transaction."""
    config = Config()
    config.set_main_option("script_location", str(files(__name__)))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        command.stamp(config, migration)
        command.upgrade(config, "head")
    except CommandError as error:
        raise UnknownMigrationError(migration) from error
