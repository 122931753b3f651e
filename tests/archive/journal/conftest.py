from __future__ import annotations

from pathlib import Path

import pytest

from tests.journals import Desk, key_named


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, (key_named(),))
