"""The desk in this process: an application on a folder of its own (`tests.desks` has the browsers)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from archive.accounts.accounts import open_accounts
from archive.accounts.passwords import Passwords
from desk.web.app import create_app
from desk.web.hall import Hall
from flows.settings import Settings
from flows.workshop import open_records, open_workshop
from tests.desks import LIFETIME, Clock, Desk


@pytest.fixture(scope="session")
def quick() -> Passwords:
    """Hashes that take no time: what they are worth is not what these tests are about."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(scope="session")
def halls(tmp_path_factory: pytest.TempPathFactory, quick: Passwords) -> Iterator[Hall]:
    """A hall of which each test takes the records and the workshop, and nothing that it would change."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("desk") / "data")
    with (
        open_records(settings) as records,
        open_workshop(settings) as workshop,
        open_accounts(settings.data_dir / "accounts.sqlite", LIFETIME, passwords=quick) as accounts,
    ):
        yield Hall(settings, records, workshop, accounts, Clock())


@pytest.fixture
def make_desk(halls: Hall, tmp_path: Path, quick: Passwords) -> Iterator[Callable[[Settings], Desk]]:
    """Makes a desk with those settings and with accounts of its own."""
    with open_accounts(tmp_path / "accounts.sqlite", LIFETIME, passwords=quick) as accounts:

        def make(settings: Settings) -> Desk:
            clock = Clock()
            hall = Hall(settings, halls.records, halls.workshop, accounts, clock)
            return Desk(create_app(hall), hall, clock)

        yield make


@pytest.fixture
def desk(make_desk: Callable[[Settings], Desk], halls: Hall) -> Desk:
    return make_desk(halls.settings)


@pytest.fixture
def settings(halls: Hall) -> Settings:
    return halls.settings
