"""The command `tidewaiter desk` as it is started, and `tidewaiter user`."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from archive.accounts.accounts import open_accounts
from tests.breadth import mostly_slow
from tests.desk.conftest import Command
from tests.desks import LIFETIME, PASSWORD

ROOT = Path(__file__).parents[3]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", "from desk.cli import main; main()", "desk", "--port", "0", "--out", str(tmp_path)]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    yield process
    process.kill()
    process.communicate()


def _line(process: subprocess.Popen[str]) -> str:
    if process.stderr is None:
        raise ValueError("the process was started without a pipe")
    return process.stderr.readline()


def test_the_first_start_tells_an_administrators_password_once_and_serves(served: subprocess.Popen[str]) -> None:
    told = re.search(r"Sign in as admin with the one-time password (\S+)", _line(served))
    where = re.search(r"the desk is at (http://127\.0\.0\.1:\d+)", _line(served))
    assert told is not None
    assert where is not None
    headers = {"Origin": where[1]}
    with httpx.Client(base_url=where[1], headers=headers, trust_env=False) as client:
        page = client.get("/login?next=/users").text
        token = re.findall(r'name="csrf_token" value="(\w+)"', page)[-1]
        form = {"csrf_token": token, "name": "admin", "password": told[1], "next": "/users"}
        answer = client.post("/login", data=form)
        assert (answer.status_code, answer.headers["location"]) == (303, "/users")
        assert client.get("/users").headers["location"] == "/login/password"
        assert client.get("/login", headers={"Host": "evil.example"}).status_code == 400
    served.send_signal(signal.SIGINT)
    out, err = served.communicate()
    assert served.returncode == 130
    assert out == ""
    assert err.splitlines() == [
        "tidewaiter: stopped. What was finished stays; nothing is half-written. Run the same command to go on"
    ]


def test_no_password_is_made_where_the_port_is_taken(tidewaiter: Command) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = tidewaiter("desk", "--port", str(port))
    assert ended.code == 2
    assert ended.err.startswith(f"tidewaiter: 127.0.0.1:{port}: another program listens there. Choose another with --")
    assert "password" not in ended.err
    with open_accounts(Path("tidewaiter-data") / "accounts.sqlite", LIFETIME) as accounts:
        assert accounts.users.listed() == ()


def _password_in(told: str) -> str:
    found = re.search(r"one-time password (\S+)", told)
    assert found is not None
    return found[1]


def test_users_are_added_listed_and_changed(tidewaiter: Command) -> None:
    added = tidewaiter("user", "add", "Karl", "--role", "broker", "--broker", "anker")
    assert (added.code, "karl: broker" in added.out) == (0, True)
    assert tidewaiter("user", "role", "karl", "clerk").code == 0
    assert tidewaiter("user", "disable", "karl").code == 0
    listed = json.loads(tidewaiter("user", "list", "--json").out)
    assert [(one["name"], one["role"], one["broker"], one["disabled"]) for one in listed] == [
        ("karl", "clerk", None, True)
    ]
    assert tidewaiter("user", "disable", "karl", "--undo").code == 0
    assert "karl" in tidewaiter("user", "list").out


def test_a_new_password_counts_instead_of_the_old_one(tidewaiter: Command) -> None:
    first = _password_in(tidewaiter("user", "add", "karl", "--role", "clerk").out)
    second = _password_in(tidewaiter("user", "password", "karl", "--forget-authenticator").out)
    with open_accounts(Path("tidewaiter-data") / "accounts.sqlite", LIFETIME) as accounts:
        kept = accounts.users.password_of(accounts.users.named("karl"))
        assert [accounts.passwords.fits(kept, one) for one in (first, second, PASSWORD)] == [False, True, False]


@pytest.mark.slow
def test_a_user_signs_in_through_the_provider_or_with_a_password_and_the_list_says_which(
    tidewaiter: Command,
) -> None:
    assert (
        "signs in through the identity provider"
        in tidewaiter("user", "add", "ada", "--role", "clerk", "--by-provider").out
    )

    def ways() -> list[bool]:
        return [one["has_password"] for one in json.loads(tidewaiter("user", "list", "--json").out)]

    assert ways() == [False]
    assert "through the identity" in tidewaiter("user", "list").out
    assert "one-time password" in tidewaiter("user", "password", "ada").out
    assert ways() == [True]
    assert tidewaiter("user", "provider", "ada").code == 0
    assert ways() == [False]


WRONG = (
    ("add", "karl", "--role", "captain"), ("add", "a b", "--role", "clerk"), ("add", "karl", "--role", "broker"),
    ("add", "karl", "--role", "clerk", "--broker", "anker"), ("role", "nobody", "clerk"), ("disable", "nobody"),
    ("password", "nobody"),
)  # fmt: skip


@pytest.mark.parametrize("arguments", mostly_slow(WRONG, quick=WRONG[:2]))
def test_what_cannot_be_is_wrong_usage(arguments: tuple[str, ...], tidewaiter: Command) -> None:
    assert tidewaiter("user", *arguments).code == 2
    assert json.loads(tidewaiter("user", "list", "--json").out) == []


@pytest.mark.slow
def test_the_accounts_lie_beside_the_archive_and_are_no_part_of_it(tidewaiter: Command, papers: Path) -> None:
    assert tidewaiter("user", "add", "karl", "--role", "clerk").code == 0
    assert tidewaiter("clear", papers).code in {0, 10}
    assert tidewaiter("register", "rebuild").code == 0
    assert "karl" in tidewaiter("user", "list").out
