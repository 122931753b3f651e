"""A register of an earlier version becomes what this one needs and keeps what is in it; a later one is refused."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, inspect, select, text

from archive import databases, schema
from archive.errors import RegisterError, RegisterUnusable
from archive.migrations import upgrade
from archive.migrations.versions import m0001_first
from archive.register import Register
from archive.searching import Search
from archive.stores.local import REGISTER, LocalStore
from archive.tables import RegisterRow, Row
from tests.archived import archive_in, clear, submission
from tests.servers import PostgresServer


@pytest.fixture
def engine(database: Path | str) -> Iterator[Engine]:
    engine = databases.engine_for(database)
    yield engine
    engine.dispose()


def make_first(connection: Connection) -> None:
    """The tables as a program from before there were migrations made them."""
    m0001_first.METADATA.create_all(connection)
    connection.execute(text("INSERT INTO register (version) VALUES (2)"))


def with_a_shipment(engine: Engine) -> None:
    with databases.writing(engine) as connection:
        make_first(connection)
        connection.execute(text("INSERT INTO shipments VALUES ('local', 'A-1')"))
        connection.execute(
            text(
                "INSERT INTO revisions VALUES ('local', 'A-1', 1, '2026-03-02', '1', 'x', '2026-03-01 19:00:00', 'me', "
                "'held')"
            )
        )


def test_the_migrations_make_the_tables_that_a_new_register_has(engine: Engine) -> None:
    with databases.writing(engine, alone=True) as connection:
        make_first(connection)
        upgrade(connection, schema.FIRST)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Row.metadata) == []
        assert context.get_current_heads() == (schema.HEAD,)


def test_a_new_register_has_the_tables_of_the_models(engine: Engine, database: Path | str) -> None:
    Register(database).close()
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Row.metadata) == []
        assert context.get_current_heads() == (schema.HEAD,)


def test_a_register_from_before_there_were_migrations_keeps_what_is_in_it(
    engine: Engine, database: Path | str, tmp_path: Path
) -> None:
    with_a_shipment(engine)
    register = Register(database)
    assert [(one.reference, one.status) for one in register.shipments()] == [("A-1", "held")]
    archive = archive_in(LocalStore(tmp_path / "archive"))
    clear(archive, submission("A-2"))
    assert register.catch_up(archive) == 1
    register.close()


def test_an_index_that_some_early_registers_lack_is_made(engine: Engine, database: Path | str) -> None:
    with_a_shipment(engine)
    with databases.writing(engine) as connection:
        connection.execute(text("DROP INDEX ix_revisions_by_status"))
    Register(database).close()
    assert "ix_revisions_by_status" in {index["name"] for index in inspect(engine).get_indexes("revisions")}


def test_a_register_opened_by_many_at_once_is_made_and_migrated_once(engine: Engine, database: Path | str) -> None:
    with_a_shipment(engine)
    with ThreadPoolExecutor(6) as pool:
        for register in pool.map(Register, [database] * 6):
            assert len(register.shipments()) == 1
            register.close()


def test_a_new_register_opened_by_many_at_once_is_made_once(database: Path | str) -> None:
    with ThreadPoolExecutor(6) as pool:
        for register in pool.map(Register, [database] * 6):
            assert register.shipments() == []
            register.close()


def test_a_migration_that_fails_leaves_the_register_as_it_was(engine: Engine, database: Path | str) -> None:
    with_a_shipment(engine)
    with databases.writing(engine) as connection:  # In the way of the second step.
        connection.execute(text("CREATE TABLE unfinished (here INTEGER)"))
    with pytest.raises(RegisterError):
        Register(database)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT version FROM register")) == 2
        assert not inspect(connection).has_table("alembic_version")
    with databases.writing(engine) as connection:
        connection.execute(text("DROP TABLE unfinished"))
    register = Register(database)
    assert len(register.shipments()) == 1
    register.close()


def test_a_register_of_a_later_version_asks_for_that_version(engine: Engine, database: Path | str) -> None:
    Register(database).close()
    with databases.writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RegisterUnusable, match="later version"):
        Register(database)


def test_a_register_of_a_version_that_nobody_can_migrate_asks_to_be_rebuilt(
    engine: Engine, database: Path | str
) -> None:
    with databases.writing(engine) as connection:
        make_first(connection)
        connection.execute(text("UPDATE register SET version = 1"))
    with pytest.raises(RegisterUnusable, match="rebuild it from the archive"):
        Register(database)


def test_a_database_that_cannot_keep_every_script_is_refused(postgres_server: PostgresServer) -> None:
    with pytest.raises(RegisterUnusable, match="LATIN1"):
        Register(postgres_server.new_database(encoding="LATIN1"))


def test_the_file_of_the_first_version_is_migrated_in_place(tmp_path: Path) -> None:
    engine = databases.engine_for(tmp_path / REGISTER)
    with_a_shipment(engine)
    engine.dispose()
    register = Register(tmp_path / REGISTER)
    assert len(register.shipments()) == 1
    register.close()


@pytest.mark.parametrize("is_complete", [True, False])
def test_what_an_early_register_lacks_for_searching_comes_from_the_archive(
    engine: Engine, database: Path | str, tmp_path: Path, *, is_complete: bool
) -> None:
    archive = archive_in(LocalStore(tmp_path / "archive"))
    clear(archive, submission("A-1"), number="INV-1")
    with_a_shipment(engine)
    with databases.writing(engine) as connection:
        upgrade(connection, schema.FIRST)
        connection.execute(text("UPDATE register SET is_complete = :it"), {"it": is_complete})
        archive.note_register(connection.scalar(select(RegisterRow.id)) or "")
    register = Register(database)
    assert not register.find(Search(), limit=5).is_whole
    assert [(one.reference, one.status) for one in register.shipments()] == [("A-1", "held")]
    assert register.catch_up(archive) == 1
    page = register.find(Search(number="INV-1", hs_code="9405", status="clear"), limit=5)
    assert ([one.reference for one in page.shipments], page.is_whole) == (["A-1"], True)
    assert register.catch_up(archive) == 0
    register.close()
