"""`tidewaiter init` makes the buckets that the settings name; what a start refuses, it says how to mend."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import uuid4

import pytest
from typer.testing import CliRunner, Result

from archive.errors import NotLockable
from desk.cli import app
from desk.running import OUR_ERROR, WRONG_USAGE
from flows.settings import Settings
from flows.workshop import open_records
from tests.servers import S3Server


@pytest.fixture
def bucket(s3_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a bucket that is not there yet, in the settings."""
    name = f"init-{uuid4().hex}"
    monkeypatch.setenv("TIDEWAITER_STORE", "s3")
    monkeypatch.setenv("TIDEWAITER_S3_BUCKET", name)
    monkeypatch.setenv("TIDEWAITER_S3_ENDPOINT", s3_server.endpoint)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", s3_server.access_key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", s3_server.secret_key)
    return name


def init(*options: str) -> Result:
    return CliRunner().invoke(app, ["init", *options])


def test_init_makes_both_buckets_once_and_then_the_archive_opens(bucket: str, tmp_path: Path) -> None:
    first = init()
    assert (first.exit_code, first.stdout) == (0, "")
    assert f"{bucket}: made, with versions and Object Lock" in first.stderr
    assert f"set TIDEWAITER_EXCHANGE_BUCKET={bucket}-exchange" in first.stderr
    second = init("--outbox-days", "30")
    assert second.exit_code == 0
    assert "made" not in second.stderr
    assert "outbox after 30 days" in second.stderr
    with open_records(Settings(data_dir=tmp_path)) as records:
        assert list(records.store.list("")) == []


def test_a_bucket_without_locks_is_refused_by_init_and_by_a_start_unless_the_settings_allow_it(
    bucket: str, s3_server: S3Server, tmp_path: Path
) -> None:
    s3_server.client().create_bucket(Bucket=bucket)
    ran = init()
    assert ran.exit_code == OUR_ERROR
    assert "put-object-lock-configuration" in ran.stderr.replace("\n", "")
    with pytest.raises(NotLockable, match="TIDEWAITER_ALLOW_UNLOCKED"), open_records(Settings(data_dir=tmp_path)):
        pass
    with open_records(Settings(data_dir=tmp_path, allow_unlocked=True)) as records:
        assert list(records.store.list("")) == []


def test_a_folder_needs_no_buckets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDEWAITER_STORE", "local")
    ran = init()
    assert ran.exit_code == WRONG_USAGE
    assert "TIDEWAITER_STORE" in ran.stderr


def test_policies_are_written_for_the_buckets_and_the_broker_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIDEWAITER_S3_BUCKET", "ours")
    assert init("--policies", str(tmp_path / "roles"), "--broker", "Müller & Co").exit_code == 0
    own = json.loads((tmp_path / "roles" / "broker.json").read_text())["Statement"]
    assert own[0]["Resource"] == ["arn:aws:s3:::ours-exchange/inbox/Müller & Co/*"]
    assert json.loads((tmp_path / "roles" / "worker.json").read_text())["Version"] == "2012-10-17"


@pytest.mark.parametrize("name", ["*", "acme*", "ac?e", "${aws:username}", "a/b"])
def test_a_broker_whose_name_would_open_the_folders_of_others_gets_no_policy(tmp_path: Path, name: str) -> None:
    assert init("--policies", str(tmp_path / "roles"), "--broker", name).exit_code == WRONG_USAGE
    assert not (tmp_path / "roles").exists()
