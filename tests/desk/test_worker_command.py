"""`tidewaiter worker` refuses what several workers could not share, before it reaches for any of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings
from typer.testing import CliRunner

from desk.cli import app

SHARED = {
    "TIDEWAITER_STORE": "s3",
    "TIDEWAITER_S3_ENDPOINT": "http://127.0.0.1:1",
    "TIDEWAITER_REGISTER_URL": "postgresql://me:hunter2@127.0.0.1:1/register",
    "PREFECT_API_URL": "http://127.0.0.1:1/api",
}


def refused(tmp_path: Path, told: Mapping[str, str]) -> str:
    """What the command says in this environment; Prefect reads its own part once a process."""
    prefect = told.get("PREFECT_API_URL")
    settings = {PREFECT_API_URL: prefect} if prefect else {}
    with temporary_settings(settings, restore_defaults=set() if prefect else {PREFECT_API_URL}):
        ran = CliRunner(env={**told, "TIDEWAITER_DATA_DIR": str(tmp_path)}).invoke(app, ["worker", "--once"])
    assert ran.exit_code in {2, 70}
    assert "hunter2" not in ran.output
    return ran.output


@pytest.mark.parametrize(
    ("without", "told"),
    [
        ("TIDEWAITER_STORE", "TIDEWAITER_STORE is `local`"),
        ("PREFECT_API_URL", "PREFECT_API_URL is not set"),
        ("TIDEWAITER_REGISTER_URL", "TIDEWAITER_REGISTER_URL names no database"),
    ],
)
def test_what_cannot_be_shared_is_refused_with_what_to_set(tmp_path: Path, without: str, told: str) -> None:
    assert told in refused(tmp_path, {name: value for name, value in SHARED.items() if name != without})


def test_a_register_in_a_file_is_no_shared_one_whatever_the_way_it_is_written(tmp_path: Path) -> None:
    in_a_file = {"TIDEWAITER_REGISTER_URL": f"sqlite:///{tmp_path / 'register'}"}
    assert "names no database" in refused(tmp_path, SHARED | in_a_file)


@pytest.mark.parametrize(
    ("name", "address", "told"),
    [
        ("PREFECT_API_URL", "http://prefect.example.org/api", "Use https"),
        ("TIDEWAITER_REGISTER_URL", "postgresql://me:hunter2@db.example.org/register", "sslmode"),
    ],
)
def test_what_lies_beyond_this_machine_needs_tls(tmp_path: Path, name: str, address: str, told: str) -> None:
    said = refused(tmp_path, {**SHARED, name: address})
    assert name in said
    assert told in said


@pytest.mark.parametrize("lane", ["0/3", "4/3", "2", "a/b", "-1/3", "2/3/4"])
def test_a_lane_that_is_no_share_is_wrong_usage(lane: str) -> None:
    ran = CliRunner().invoke(app, ["worker", "--lane", lane])
    assert ran.exit_code == 2
    assert "no share" in ran.output
