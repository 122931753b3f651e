from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from archive.stores.local import LocalStore
from archive.stores.protocol import Lock
from tests.retained import cleared

RUN = "import json; from flows.retention import retention; print(json.dumps(retention()))"


def _run(prefect: Mapping[str, str], data: Path) -> subprocess.CompletedProcess[str]:
    environment = {**prefect, "TIDEWAITER_DATA_DIR": str(data)}
    return subprocess.run(
        [sys.executable, "-c", RUN], env=environment, check=False, capture_output=True, text=True, timeout=120
    )


@pytest.mark.slow
def test_the_flow_brings_every_lock_to_where_it_must_be_and_tells_counts(
    prefect: Mapping[str, str], tmp_path: Path
) -> None:
    data = tmp_path / "data"
    store = LocalStore(data)
    revision = cleared(store)
    counts = json.loads(_run(prefect, data).stdout)
    assert (counts["shipments"], counts["extended"], counts["missing"], counts["disposed"]) == (1, 6, 0, 0)
    assert store.lock_of(revision.result) == Lock("compliance", dt.datetime(2037, 1, 1, 12, tzinfo=dt.UTC))
    store.put_new("shipments/local/B-1/1/intake.json", b"{", media_type="application/json")
    counts = json.loads(_run(prefect, data).stdout)
    assert (counts["extended"], counts["unreadable"]) == (0, 1)


@pytest.mark.slow
def test_what_goes_wrong_is_told_to_prefect_by_its_kind_alone(prefect: Mapping[str, str], tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "Rossi S.p.A..txt").write_text("no archive")
    ran = _run(prefect, data)
    assert ran.returncode != 0
    assert "StepFailedError: NotAnArchive" in ran.stderr
    assert "Rossi" not in ran.stderr
