"""Nothing is sent beyond this machine in the clear, and Prefect tells nobody of us."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from flows.endpoints import protected
from flows.errors import UnprotectedEndpointError, WrongSettingsError
from flows.register_endpoint import register_address
from flows.settings import Settings
from flows.workshop import open_records, open_workshop

NAME = "TIDEWAITER_S3_ENDPOINT"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8333",
        "http://localhost:8333",
        "http://[::1]:8333",
        "http://127.8.9.1",
        "https://s3.example.org",
    ],
)
def test_this_machine_and_tls_are_taken(address: str) -> None:
    assert protected(address, Settings(), name=NAME) == address


@pytest.mark.parametrize(
    "address",
    ["http://10.0.0.5:9000", "http://0.0.0.0:9000", "http://localhost.example.org", "http://127.0.0.1.example.org",
     "http://127.0.0.1@example.org", "http://[2001:db8::1]:80", "http://store"],
)  # fmt: skip
def test_an_address_beyond_this_machine_without_tls_is_refused_unless_allowed(address: str) -> None:
    with pytest.raises(UnprotectedEndpointError, match=f"{NAME}: .*Use https; TIDEWAITER_TRUST_NETWORK=1"):
        protected(address, Settings(), name=NAME)
    assert protected(address, Settings(trust_network=True), name=NAME) == address


@pytest.mark.parametrize("address", ["", "store:9000", "ftp://127.0.0.1", "http://", "http://[::1", "127.0.0.1:8333"])
def test_what_is_no_address_is_named(address: str) -> None:
    with pytest.raises(WrongSettingsError, match=f"{NAME}: .*is no address"):
        protected(address, Settings(trust_network=True), name=NAME)


def test_a_password_in_an_address_is_not_shown() -> None:
    with pytest.raises(UnprotectedEndpointError) as refused:
        protected("http://user:hunter2@example.org", Settings(), name=NAME)
    assert "hunter2" not in str(refused.value)


def test_nothing_opens_on_an_unprotected_store(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, store="s3", s3_endpoint="http://10.0.0.5:9000")
    with pytest.raises(UnprotectedEndpointError), open_workshop(settings):
        pass
    with pytest.raises(UnprotectedEndpointError), open_records(settings):
        pass


@pytest.mark.slow
def test_prefect_tells_its_makers_nothing_whatever_the_environment_says() -> None:
    asked = (
        "import flows.clear_shipment, json\n"
        "from prefect._internal.analytics.enabled import is_telemetry_enabled\n"
        "from prefect.settings import get_current_settings\n"
        "server = get_current_settings().server\n"
        "print(json.dumps([is_telemetry_enabled(), server.analytics_enabled, server.ephemeral.enabled]))"
    )
    wanting = {name: value for name, value in os.environ.items() if name not in {"CI", "DO_NOT_TRACK"}}
    wanting["PREFECT_SERVER_ANALYTICS_ENABLED"] = "true"
    wanting["PREFECT_SERVER_ALLOW_EPHEMERAL_MODE"] = "true"
    told = subprocess.run([sys.executable, "-c", asked], env=wanting, check=True, capture_output=True, timeout=120)
    assert json.loads(told.stdout) == [False, False, False]


_REMOTE = "postgresql://me:hunter2@db.example.org/register"


@pytest.mark.parametrize(
    "address",
    [
        "sqlite:///here.sqlite",
        "postgresql://me:x@127.0.0.1:5432/register",
        "postgresql://me@localhost/register",
        "postgresql:///register?host=/run/postgresql",
        "postgresql:///register",
        f"{_REMOTE}?sslmode=verify-full",
        f"{_REMOTE}?sslmode=require",
    ],
)
def test_a_register_on_this_machine_or_under_tls_is_taken(address: str) -> None:
    assert register_address(Settings(register_url=SecretStr(address))) == address


@pytest.mark.parametrize(
    "address",
    [
        _REMOTE,
        f"{_REMOTE}?sslmode=prefer",
        "postgresql://me:hunter2@127.0.0.1,db.example.org/register",
        "postgresql://me:hunter2@/register?host=10.0.0.5",
        "postgresql://me:hunter2@127.0.0.1/register?hostaddr=10.0.0.5",
        "postgresql:///register?service=elsewhere",
    ],
)
def test_a_register_beyond_this_machine_without_tls_is_refused_unless_allowed(address: str) -> None:
    with pytest.raises(UnprotectedEndpointError, match=r"TIDEWAITER_REGISTER_URL: .*sslmode") as told:
        register_address(Settings(register_url=SecretStr(address)))
    assert "hunter2" not in str(told.value)
    assert register_address(Settings(register_url=SecretStr(address), trust_network=True)) == address


def test_the_environment_of_postgresql_counts_where_the_address_names_no_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "10.0.0.5")
    with pytest.raises(UnprotectedEndpointError):
        register_address(Settings(register_url=SecretStr("postgresql:///register")))


def test_without_an_address_the_register_is_a_file_in_the_data_folder(tmp_path: Path) -> None:
    assert register_address(Settings(data_dir=tmp_path)) is None
    with open_records(Settings(data_dir=tmp_path)):
        assert (tmp_path / "register.sqlite").is_file()


@pytest.mark.parametrize("address", ["mysql://me:hunter2@here/register", "hunter2", "postgresql://me:hunter2@here:x/y"])
def test_an_address_of_no_known_database_is_a_wrong_setting(address: str) -> None:
    with pytest.raises(WrongSettingsError, match="TIDEWAITER_REGISTER_URL"):
        register_address(Settings(register_url=SecretStr(address)))


def test_the_password_of_the_register_is_not_shown_with_the_settings() -> None:
    assert "hunter2" not in repr(Settings(register_url=SecretStr(_REMOTE)))
