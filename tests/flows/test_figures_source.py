"""Figures of a running process: the inbox among them, at the port that the settings name."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.errors import UnprotectedEndpointError
from flows.figures import Queue
from flows.figures_source import figures_now, figures_told, queue_now
from flows.prefect_endpoint import protected_server
from flows.settings import Settings
from flows.workshop import open_records

NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


def _settings(tmp_path: Path, **told: int) -> Settings:
    return Settings.model_validate({"data_dir": tmp_path / "data", "exchange_dir": tmp_path, **told})


def _drop(tmp_path: Path, name: str) -> None:
    path = tmp_path / "inbox" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-1.7 paper")


def test_where_nobody_made_an_inbox_there_is_no_queue(tmp_path: Path) -> None:
    assert queue_now(_settings(tmp_path), NOW) is None


def test_an_empty_inbox_has_an_empty_queue(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    assert queue_now(_settings(tmp_path), NOW) == Queue(0)


def test_shipments_wait_once_each_however_many_papers_they_have(tmp_path: Path) -> None:
    for name in ("acme/A-1/invoice.pdf", "acme/A-1/packing.pdf", "acme/A-2.pdf", "other/A-1/invoice.pdf"):
        _drop(tmp_path, name)
    before = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=1)
    queue = queue_now(_settings(tmp_path), dt.datetime.now(dt.UTC))
    assert queue is not None
    assert (queue.waiting, queue.more) == (3, False)
    assert queue.oldest is not None
    assert queue.oldest < before


def test_the_inbox_is_among_the_figures(tmp_path: Path) -> None:
    _drop(tmp_path, "acme/A-1/invoice.pdf")
    with open_records(_settings(tmp_path)) as records:
        assert figures_now(records).queue is not None


def test_without_a_port_nothing_is_served(tmp_path: Path) -> None:
    with figures_told(_settings(tmp_path)) as port:
        assert port is None


def test_the_figures_are_served_at_the_port_of_the_settings(tmp_path: Path) -> None:
    _drop(tmp_path, "acme/Harbour Lamp/invoice.pdf")
    with figures_told(_settings(tmp_path, figures_port=0)) as port:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", "/metrics")
        text = connection.getresponse().read().decode()
        connection.close()
    assert "tidewaiter_inbox_waiting 1\n" in text
    assert "Harbour" not in text


def test_a_prefect_server_beyond_this_machine_needs_tls() -> None:
    with temporary_settings({PREFECT_API_URL: "http://prefect.example.org:4200/api"}):
        with pytest.raises(UnprotectedEndpointError, match="PREFECT_API_URL"):
            protected_server(Settings())
        assert protected_server(Settings(trust_network=True)) == "http://prefect.example.org:4200/api"
    with temporary_settings({PREFECT_API_URL: "http://127.0.0.1:4200/api"}):
        assert protected_server(Settings()) == "http://127.0.0.1:4200/api"


@pytest.mark.slow
def test_a_worker_does_not_start_on_one(tmp_path: Path) -> None:
    told = {"PREFECT_API_URL": "http://192.0.2.7:4200/api", "TIDEWAITER_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "flows.up.worker", "--once"]
    ended = subprocess.run(command, env={**os.environ, **told}, check=False, capture_output=True, timeout=120)
    assert ended.returncode != 0
    assert b"PREFECT_API_URL: http://192.0.2.7:4200/api lies beyond this machine and has no TLS" in ended.stderr
    assert list(tmp_path.iterdir()) == []
