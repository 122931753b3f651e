from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest

from archive.stores.local import LocalStore
from flows.settings import Settings
from flows.up.folder import held_folder
from tests.retained import cleared

pytestmark = pytest.mark.slow

RUN = """
from prefect.deployments import run_deployment
print(run_deployment("retention/nightly", timeout=120, poll_interval=1).state.name)
"""


def test_the_nights_work_is_known_to_prefect_and_can_be_started_by_hand(
    prefect: Mapping[str, str], tmp_path: Path
) -> None:
    data = tmp_path / "data"
    revision = cleared(LocalStore(data))
    environment = {**prefect, "TIDEWAITER_DATA_DIR": str(data), "PREFECT_RUNNER_POLL_FREQUENCY": "1"}
    with subprocess.Popen([sys.executable, "-m", "flows.up.nightly"], env=environment, cwd=tmp_path) as process:
        try:
            api = prefect["PREFECT_API_URL"]
            while len(_deployments(api)) < 2:  # The test's own time limit ends it.
                assert process.poll() is None
            ran = subprocess.run(
                [sys.executable, "-c", RUN], env=environment, capture_output=True, text=True, check=False
            )
            assert ran.stdout.strip() == "Completed", ran.stderr
        finally:
            process.terminate()
    assert LocalStore(data).lock_of(revision.result) is not None


def _deployments(api: str) -> dict[str, list[str]]:
    found = httpx.post(f"{api}/deployments/filter", json={}).json()
    return {
        one["entrypoint"]: [schedule["schedule"]["cron"] for schedule in one["schedules"]]
        for one in found
        if one["name"] == "nightly"
    }


def test_the_key_of_the_journal_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    with held_folder(tmp_path) as folder:
        public = folder.new_journal_key()
        assert public is not None
        assert folder.new_journal_key() is None
        assert folder.journal_key.stat().st_mode & 0o077 == 0
        assert public.split("+")[2] not in folder.journal_key.read_text()
    assert Settings(journal_key_file=folder.journal_key).journal_key_file == folder.journal_key
