"""The desk as a part of the stack: its port, its address, its first user, and its end with the rest."""

from __future__ import annotations

import logging
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from archive.accounts.accounts import Accounts, open_accounts
from archive.accounts.passwords import Passwords
from desk.first_sign_in import tell_first_sign_in
from flows.settings import Settings
from flows.up.desk_server import Desk, answers, desk_address, desk_port, linked_address
from flows.up.errors import PortTakenError
from flows.up.folder import held_folder
from flows.up.ports import Ports
from flows.up.stack import Stack
from tests.desk.conftest import Ran
from tests.desks import LIFETIME

QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
DESK = Desk((sys.executable, "-c", "pass"), lambda _: None)


def _environment(settings: Settings) -> dict[str, str]:
    with held_folder(settings.data_dir) as folder:
        ports = Ports(18400)
        stack = Stack(settings, folder, ports, logging.getLogger("none"), DESK, desk_port(settings, ports))
        return stack.environment()


def test_the_desk_has_a_port_of_the_stacks_block_unless_the_settings_name_one() -> None:
    ports = Ports(18400)
    with socket.create_server(("127.0.0.1", 0)) as other:
        free = int(other.getsockname()[1])
    assert desk_port(Settings(), ports) == ports.desk
    assert desk_port(Settings(desk_port=0), ports) == ports.desk
    assert desk_port(Settings(desk_port=free), ports) == free


def test_a_taken_port_of_the_desk_is_told_with_the_setting_that_names_another() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = int(taken.getsockname()[1])
        assert answers(Settings(), port)
        with pytest.raises(PortTakenError, match=rf"port {port}: another program.*TIDEWAITER_DESK_PORT"):
            desk_port(Settings(desk_port=port), Ports(18400))
    assert not answers(Settings(), port)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (Settings(), "http://127.0.0.1:18405"),
        (Settings(desk_host="::1"), "http://[::1]:18405"),
        (Settings(desk_certificate=Path("desk.pem"), desk_host="192.0.2.1"), "https://192.0.2.1:18405"),
        (Settings(desk_url="https://desk.example.com"), "https://desk.example.com"),
    ],
)
def test_answers_link_to_the_address_at_which_the_desk_is(settings: Settings, told: str) -> None:
    assert desk_address(settings, 18405) == told
    assert linked_address(settings, 18405) == told


def test_no_answer_links_to_an_address_that_stands_for_every_one() -> None:
    assert linked_address(Settings(desk_host="0.0.0.0"), 18405) is None  # noqa: S104 - nothing is bound


def test_the_processes_of_the_stack_are_told_the_desks_address_and_whole_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings(data_dir=tmp_path / "data", desk_port=0, desk_certificate=Path("desk.pem"))
    told = _environment(settings)
    assert told["TIDEWAITER_DESK_URL"].startswith("https://127.0.0.1:")
    assert told["TIDEWAITER_DESK_CERTIFICATE"] == str(tmp_path / "desk.pem")


def _told(accounts: Accounts, capsys: pytest.CaptureFixture[str]) -> str:
    tell_first_sign_in(accounts)
    return capsys.readouterr().err


def test_the_one_time_password_is_told_once_and_only_where_there_is_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_accounts(tmp_path / "accounts.sqlite", LIFETIME, passwords=QUICK) as accounts:
        first, again = _told(accounts, capsys), _told(accounts, capsys)
        [user] = accounts.users.listed()
    assert "Sign in as admin with the one-time password" in first
    assert (user.name, user.role, user.must_change) == ("admin", "admin", True)
    assert again == ""


def test_no_password_is_written_where_systemd_keeps_what_is_written(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = os.fstat(sys.stderr.fileno())
    monkeypatch.setenv("JOURNAL_STREAM", f"{stream.st_dev}:{stream.st_ino}")
    with open_accounts(tmp_path / "accounts.sqlite", LIFETIME, passwords=QUICK) as accounts:
        tell_first_sign_in(accounts)
        assert accounts.users.listed() == ()
    told = capfd.readouterr().err
    assert "tidewaiter user add" in told
    assert "one-time" not in told


@pytest.mark.parametrize("command", [("find", "--reference", "R-1"), ("status",), ("user", "list"), ("show", "R-1")])
def test_a_plain_command_where_only_up_has_worked_says_where_that_is_kept(
    command: tuple[str, ...], tmp_path: Path, tidewaiter: Callable[..., Ran]
) -> None:
    with held_folder(tmp_path / "a folder") as folder:
        folder.keep_environment({})
    told = tidewaiter(*command, "--out", tmp_path / "a folder").err
    assert f"set -a; . '{folder.environment}'; set +a" in told


def test_it_says_nothing_of_it_where_it_has_shipments_of_its_own(
    tmp_path: Path, tidewaiter: Callable[..., Ran]
) -> None:
    with held_folder(tmp_path / "data") as folder:
        folder.keep_environment({})
    (tmp_path / "data" / "shipments").mkdir()
    assert tidewaiter("status", "--out", tmp_path / "data").err == ""
