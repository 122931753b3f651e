from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from archive.databases import mapping
from archive.errors import RegisterUnavailable


def test_a_database_without_room_asks_for_space(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'register.sqlite'}")
    with engine.connect() as connection:
        connection.execute(text("PRAGMA max_page_count = 2"))
        connection.execute(text("CREATE TABLE one (content)"))
        with pytest.raises(RegisterUnavailable, match="free some space"), mapping("register.sqlite"):
            connection.execute(text("CREATE TABLE two (content)"))
    engine.dispose()
