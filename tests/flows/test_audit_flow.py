from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from archive.archive import Archive
from archive.register import Register
from archive.stores.local import LocalStore
from tests.retained import RECEIVED, cleared

pytestmark = pytest.mark.slow

RUN = "import json; from flows.audit_archive import audit_archive; print(json.dumps(audit_archive()))"
PLANTED = "shipments/local/A-1/1/slipped-in.json"


def _audited(prefect: Mapping[str, str], data: Path) -> dict[str, int]:
    environment = {**prefect, "TIDEWAITER_DATA_DIR": str(data)}
    ran = subprocess.run(
        [sys.executable, "-c", RUN], env=environment, check=True, capture_output=True, text=True, timeout=120
    )
    told: dict[str, int] = json.loads(ran.stdout)
    return told


def test_the_nightly_audit_enters_what_is_young_and_never_vouches_for_what_was_slipped_in(
    prefect: Mapping[str, str], tmp_path: Path
) -> None:
    data = tmp_path / "data"
    store = LocalStore(data)
    cleared(store)
    Register(data / "register.sqlite").catch_up(Archive(store, lambda: RECEIVED))
    counts = _audited(prefect, data)
    assert counts["objects"] == 6
    assert "unrecorded" not in counts
    entries = _audited(prefect, data)["entries"]
    assert entries > 0
    store.put_new(PLANTED, b"{}", media_type="application/json")
    long_ago = RECEIVED.timestamp()
    os.utime(data / PLANTED, (long_ago, long_ago))
    for _ in range(2):
        counts = _audited(prefect, data)
        assert counts["unrecorded"] == 1
        assert counts["entries"] == entries
