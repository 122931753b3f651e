"""Where a register may be, and that no password is told when it cannot be reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.addresses import shown, url_of
from archive.errors import RegisterUnavailable, RegisterUnusable
from archive.register import Register
from tests.servers import PostgresServer

SECRET = "hunter2"  # noqa: S105 - what must not be told


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://me:{SECRET}@127.0.0.1:1/here",
        f"postgresql+psycopg://me@127.0.0.1:1/here?password={SECRET}",
        f"postgres://me:{SECRET}@127.0.0.1:1/here?connect_timeout=1",
        f"postgresql://me:{SECRET}@127.0.0.1:port/here",
        f"mysql://me:{SECRET}@127.0.0.1:1/here",
        f"me:{SECRET}@127.0.0.1/here",
    ],
)
def test_the_password_is_in_no_error(address: str) -> None:
    with pytest.raises((RegisterUnavailable, RegisterUnusable)) as told:
        Register(address)
    chain: BaseException | None = told.value
    while chain is not None:
        assert SECRET not in f"{chain} {chain!r}"
        chain = chain.__cause__ or chain.__context__
    assert SECRET not in shown(address)


def test_a_wrong_password_is_not_told_either(postgres_server: PostgresServer) -> None:
    address = postgres_server.new_database().replace(postgres_server.password, SECRET)
    with pytest.raises(RegisterUnavailable, match="password authentication failed") as told:
        Register(address)
    assert SECRET not in str(told.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_each_way_to_write_an_address_of_postgresql_is_taken(scheme: str) -> None:
    assert url_of(f"{scheme}://me@here/there").drivername == "postgresql+psycopg"


def test_a_file_is_an_address_of_sqlite(tmp_path: Path) -> None:
    assert url_of(tmp_path / "a register").database == str(tmp_path / "a register")
    assert url_of(f"sqlite:///{tmp_path / 'one'}").database == str(tmp_path / "one")
