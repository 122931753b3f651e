"""Nothing is sent beyond this machine in the clear, and Prefect tells nobody of us."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.endpoints import protected
from flows.errors import UnprotectedEndpointError, WrongSettingsError
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
