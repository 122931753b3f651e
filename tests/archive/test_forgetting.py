from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from archive import databases
from archive.register import Register
from archive.stores.local import LocalStore
from archive.tables import Row
from tests.archived import PAPERS, archive_in, clear, submission

# What a register knows of itself, or of weeks and no shipment.
_OF_NO_SHIPMENT = {"register", "unfinished", "weeks"}
OTHER = {"invoice.pdf": PAPERS["invoice.pdf"], "list of prices.pdf": b"prices"}


def _rows(database: Path | str) -> dict[str, list[tuple[object, ...]]]:
    engine = databases.engine_for(database)
    with engine.connect() as connection:
        tables = [table for table in Row.metadata.sorted_tables if table.name not in _OF_NO_SHIPMENT]
        found = {
            one.name: [tuple(row) for row in connection.execute(select(one).order_by(*one.primary_key))]
            for one in tables
        }
    engine.dispose()
    return found


def test_a_forgotten_shipment_leaves_the_rows_that_others_brought_and_no_other(
    database: Path | str, tmp_path: Path
) -> None:
    archive, register = archive_in(LocalStore(tmp_path / "archive")), Register(database)
    first = clear(archive, submission("A-1"))
    register.record(archive.intake("local", "A-1", 1), first)
    before = _rows(database)
    second = clear(archive, submission("B-1", OTHER), OTHER, number="X 1", exporter="Rossi S.p.A.")
    register.record(archive.intake("local", "B-1", 1), second)
    assert _rows(database) != before
    register.forget("local", "B-1")
    register.forget("local", "B-1")
    assert _rows(database) == before
    register.forget("local", "A-1")
    assert not any(_rows(database).values())
    register.close()
