"""What could not be opened is closed again, though the error that says so is still held."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from archive.accounts.database import Database
from archive.errors import ArchiveError
from archive.journal.index import JournalIndex
from archive.register import Register

DESCRIPTORS = Path("/proc/self/fd")

OF_ANOTHER_VERSION = "CREATE TABLE register (version INTEGER); INSERT INTO register VALUES (1)"
OF_A_LATER_VERSION = "CREATE TABLE account_format (version INTEGER); INSERT INTO account_format VALUES (99)"
IN_THE_WAY = "CREATE TABLE other (name TEXT); CREATE INDEX ix_journal_entries_by_shipment ON other (name)"


@pytest.mark.skipif(not DESCRIPTORS.is_dir(), reason="the system does not list which files are open")
@pytest.mark.parametrize(
    ("opening", "holds"),
    [(Register, OF_ANOTHER_VERSION), (JournalIndex, IN_THE_WAY), (Database, OF_A_LATER_VERSION)],
)
def test_a_database_that_is_refused_is_not_left_open(
    tmp_path: Path, opening: Callable[[Path], object], holds: str
) -> None:
    path = tmp_path / "refused.sqlite"
    with closing(sqlite3.connect(path)) as made:
        made.executescript(holds)
    with pytest.raises(ArchiveError) as raised:
        opening(path)
    opened = [one for one in DESCRIPTORS.iterdir() if os.path.realpath(one) == os.path.realpath(path)]
    assert opened == [], raised.value
